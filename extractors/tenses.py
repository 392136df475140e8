"""How sure a claim is by tense: what is told in the present of a time to come is planned.

A clause without a tense of its own takes that of the next ("짓고 … 들일 계획이다"), and figures
are expected where the words around them say so. The words are ``tenses.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.frame_data import load_frames
from extractors.lexicon_store import load_yaml
from extractors.modality import modality
from extractors.phrases import Clause
from extractors.scene import Draft, Scene
from extractors.values import FoundValue
from kg.claim import Modality

_DEEDS = frozenset(
    {"releases", "builds", "supplies", "produces", "ships", "investsIn", "acquires", "publishes"}
)
_MOMENTARY = _DEEDS | {"purchases", "founded", "partOf", "worksFor", "develops"}
_FIGURES = frozenset({"hasMetric", "marketSize", "marketShare", "changesPrice"})
_GOING_ON = _MOMENTARY - {"develops", "worksFor"} | {"uses", "partnersWith"} | _FIGURES
_PRESENT = re.compile(r"(?P<last>[가-힣])(?P<polite>니)?다(?:고|며|는|면서)?$")
_PAST = re.compile(
    "[" + "".join(chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == 20) + "](?!다면)"
)
_DATED = re.compile(r"(?:19|20)\d\d|지난|작년")
_NIEUN, _PIEUP = 4, 17
"""The final consonants ㄴ and ㅂ of the present tense, in the order of Unicode's syllables."""
_CONNECTING = frozenset({"고", "며", "으며", "아", "어", "여"})
_QUOTES = re.compile(r"[“”\"]")


@dataclass(frozen=True, slots=True)
class Tenses:
    """The words of ``tenses.yaml``, compiled."""

    momentary: frozenset[str]
    again: re.Pattern[str]
    done: frozenset[str]
    expected: re.Pattern[str]
    awaited: re.Pattern[str]
    revised: re.Pattern[str]
    spending: frozenset[str]
    planned: re.Pattern[str]
    examples: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=1)
def load_tenses() -> Tenses:
    """Load the words once a process."""
    data = load_yaml(Path(__file__).with_name("tenses.yaml"))
    return Tenses(
        frozenset(data["momentary"]),
        re.compile(data["again"]),
        frozenset(data["done"]),
        re.compile(data["expected"]),
        re.compile(data["awaited"]),
        re.compile(data["revised"]),
        frozenset(data["spending"]),
        re.compile(data["planned"]),
        tuple(data["examples"]),
    )


def settle_time(scene: Scene, draft: Draft) -> None:
    """Let what is told as a fact be a plan or a forecast where its tense or words say so."""
    if draft.modality != "fact":
        return
    if draft.predicate in _FIGURES and draft.value is not None:
        draft.modality = _of_figure(scene, draft)
    elif draft.clause is not None and _is_to_come(scene, draft, draft.clause):
        draft.modality = "plan"
    if draft.modality == "fact" and draft.clause and draft.predicate in _GOING_ON:
        told = _of_the_next(scene, draft.clause) if draft.extractor == "frames" else None
        counted = draft.predicate in _FIGURES and told == "plan"
        draft.modality = told if told and not counted else "fact"


@lru_cache(maxsize=1)
def _by_building() -> frozenset[str]:
    """Return the words of building: what they put at a place is there only once it stands."""
    frames = [f for f in load_frames().frames if f.predicate == "builds"]
    return frozenset(word for frame in frames for word in (*frame.nouns, *frame.verbs))


def _is_to_come(scene: Scene, draft: Draft, clause: Clause) -> bool:
    """Tell a deed in the present of a time to come, or of a moment: "5월 시제품을 내놓는다"."""
    sited = draft.predicate == "locatedIn" and clause.lemma in _by_building()
    if draft.predicate not in _MOMENTARY and not sited:
        return False
    if clause.serial:  # "300억을 들여 공장을 짓는다"
        after = (c for c in scene.parsed.clauses if c.start >= clause.end)
        clause = next(after, clause)
    present = _is_present(scene.text[: clause.end])
    told = draft.qualifiers.get("period")
    ahead = any(p.ahead for p in scene.periods if p.value == told)
    gone = any(_DATED.match(scene.text, p.start) and not p.ahead for p in scene.periods)
    tenses = load_tenses()
    once = clause.lemma in tenses.momentary and not gone and not tenses.again.search(scene.text)
    announced = sited or draft.predicate == "builds" or (draft.value and draft.value.currency)
    deed = sited or draft.predicate in _DEEDS
    return bool(
        (deed and ahead and (present or clause.is_noun))
        or (present and (once or (deed and announced)))
    )


def _is_present(text: str) -> bool:
    """Tell a text that ends in the present tense: "짓는다", "공개합니다"."""
    ending = _PRESENT.search(text)
    if ending is None or (ending["last"] == "습" and _PAST.match(text, ending.start() - 1)):
        return False
    return (ord(ending["last"]) - 0xAC00) % 28 == (_PIEUP if ending["polite"] else _NIEUN)


def _of_figure(scene: Scene, draft: Draft) -> Modality:
    """Judge a figure by the words around it and by its time."""
    value = next((v for v in scene.values if v.value is draft.value), None)
    if value and (awaited := load_tenses().awaited.search(scene.text[: value.start])):
        draft.qualifiers.setdefault("basis", awaited["word"])
        return "forecast"
    if value is None or draft.qualifiers.get("basis"):
        return "fact"
    tenses, before = load_tenses(), scene.text[draft.start : value.start]
    cued = list(tenses.expected.finditer(before))
    near = cued and not any(
        draft.start + cued[-1].end() <= v.start < value.start for v in _others(scene, value)
    )
    behind = scene.text[value.end : value.end + 30]
    clause, told = draft.clause, draft.qualifiers.get("period")
    end = clause.end if clause else len(scene.text)
    grown = value.value.unit == "%" and _PAST.search(scene.text, value.end, end)
    if near and not grown:
        return "forecast"
    if any(word in draft.qualifiers.get("metric", "") for word in tenses.spending):
        return "plan" if tenses.planned.search(scene.text, value.end, end + 1) else "fact"
    if tenses.revised.match(behind) or _is_ahead(scene, told, value.end, end):
        return "forecast"
    return "plan" if clause is not None and _is_decided(scene, clause) else "fact"


def _is_ahead(scene: Scene, told: str | None, start: int, end: int) -> bool:
    """Tell a figure of a time to come; a quarter without its year may be the last one."""
    period = next((p for p in scene.periods if p.ahead and p.value == told), None)
    if period is None or _PAST.search(scene.text, start, end):
        return False
    named = re.match(r"내년|20\d\d", scene.text[period.start : period.end])
    return _is_present(scene.text[:end]) or (named is not None and "누적" not in scene.text)


def _is_decided(scene: Scene, clause: Clause) -> bool:
    """Tell what somebody is about to do, with an amount: "60억 원에 사들인다"."""
    tenses = load_tenses()
    return (
        clause.lemma in tenses.momentary
        and clause.subject is not clause.arg("object")
        and _is_present(scene.text[: clause.end])
        and not tenses.again.search(scene.text)
    )


def tense_of(scene: Scene, start: int, end: int) -> Modality:
    """Judge what is said by the tense of its last clause: "12억 유로를 투자한다고 발표했다"."""
    clauses = [c for c in scene.parsed.clauses if start <= c.start < end]
    if not clauses or not _is_present(scene.text[: clauses[-1].end]):
        return "fact"
    if _is_decided(scene, clauses[-1]):
        return "plan"
    ahead = any(p.ahead for p in scene.periods if start <= p.start < end)
    return "forecast" if ahead else "fact"


def _others(scene: Scene, value: FoundValue) -> list[FoundValue]:
    return [v for v in scene.values if v is not value and v.value.unit == value.value.unit]


def _of_the_next(scene: Scene, clause: Clause) -> Modality | None:
    """Return what the next clause with a tense makes of one without: "짓고 … 들일 계획이다"."""
    connective = clause.ending == "connective"
    if not connective or clause.lemma in load_tenses().done or not _is_tenseless(scene, clause):
        return None
    if any(clause.start - 40 <= p.start < clause.end and not p.ahead for p in scene.periods):
        return None  # it has a time of its own
    for later in scene.parsed.clauses:
        if later.start < clause.end or later.ending == "relative":
            continue
        if _QUOTES.search(scene.text, clause.end, later.end) or _turns(clause, later):
            return None
        if later.ending != "connective" or not _is_tenseless(scene, later):
            told = modality(scene.text[later.stem_end : later.tail_end])
            return told if told in ("plan", "forecast") else None
    return None


def _turns(clause: Clause, later: Clause) -> bool:
    """Tell a clause about somebody else, where the first has no subject beside it."""
    other = later.subject is not None and later.subject.start > clause.end
    return other and (clause.subject is None or clause.subject.case != "subject")


def _is_tenseless(scene: Scene, clause: Clause) -> bool:
    """Tell "짓고", "지어", "지으며" from "지었고" and "짓고 있으며"."""
    last = [m for m in scene.tokens if clause.start <= m.start and m.end <= clause.end][-2:]
    return (
        len(last) > 1
        and last[-1].tag == "EC"
        and last[-1].form in _CONNECTING
        and last[0].tag != "EP"
        and not (last[0].tag == "VX" and last[0].form == "있")
    )
