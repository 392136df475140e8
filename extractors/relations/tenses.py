"""How sure a claim is by tense: what is told in the present of a time to come is planned.

A clause without a tense of its own takes that of the next ("짓고 … 들일 계획이다"), and figures
are expected where the words around them say so. The words are ``tenses.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.classes import ACTORS, BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.misheld_data import load_misheld
from extractors.language.modality import modality
from extractors.language.phrases import Clause
from extractors.language.tense import is_present
from extractors.lexicon.frame_data import load_frames
from extractors.relations.figure_tenses import (
    is_decided,
    is_invested,
    is_past_figure,
    of_figure,
    weighed,
)
from extractors.relations.tense_data import FIGURES, load_tenses
from extractors.values.values import FoundValue
from kg.claim import Modality

_DEEDS = frozenset(
    {"releases", "builds", "supplies", "produces", "ships", "investsIn", "acquires", "publishes"}
)
MOMENTARY = _DEEDS | {"purchases", "founded", "partOf", "worksFor", "develops"}
_GOING_ON = MOMENTARY - {"develops", "worksFor"} | {"uses", "partnersWith"} | FIGURES
_DATED = re.compile(r"(?:19|20)\d\d|지난|작년")
_CONNECTING = frozenset({"고", "며", "으며", "아", "어", "여"})
_QUOTES = re.compile(r"[“”\"]")


def settle_time(scene: Scene, draft: Draft) -> None:
    """Let what is told as a fact be a plan or a forecast where its tense or words say so."""
    value = _found(scene, draft)
    if draft.qualifiers.get("metric") == "목표주가" and draft.modality in ("fact", "opinion"):
        draft.modality = "forecast" if _is_of_another(scene, draft) else "opinion"
    elif value is not None and is_past_figure(scene, draft, value):
        draft.modality = "fact"
    elif draft.modality == "fact":
        draft.modality = "rumour" if _is_told_on(scene) else _settled(scene, draft, value)


def _found(scene: Scene, draft: Draft) -> FoundValue | None:
    if draft.value is None:
        return None
    return scene.value_of(draft) or next((v for v in scene.values if v.value == draft.value), None)


def _is_of_another(scene: Scene, draft: Draft) -> bool:
    """Tell a target that the text reports of a house from one that it sets itself."""
    others = (n for n in scene.names if n[0].id != draft.subject.id and n[1] < draft.end)
    named = any(n[0].cls in ACTORS for n in others)
    return named or any(word in scene.text for word in load_misheld().setters)


def _settled(scene: Scene, draft: Draft, value: FoundValue | None) -> Modality:
    """Judge by figure and tense, else by the clause that the draft's own goes on in."""
    clause = draft.clause
    if draft.predicate in FIGURES and draft.value is not None:
        told = of_figure(scene, draft, value) if value else weighed(scene) or "fact"
    else:
        told = "plan" if clause and _is_to_come(scene, draft, clause) else "fact"
    if told == "fact" and clause and draft.predicate in _GOING_ON and _is_of_rule(draft):
        after = _of_the_next(scene, clause)
        counted = draft.predicate in FIGURES and after == "plan" and not is_invested(draft)
        return after if after and not counted else told
    return told


def _is_of_rule(draft: Draft) -> bool:
    """Tell a draft whose clause is that of its own deed: any figure, else what a rule tells."""
    return draft.extractor == "frames" or draft.predicate in FIGURES


def _is_told_on(scene: Scene) -> bool:
    """Tell a sentence that goes on with a rumour: "68억 달러를 해외에 쓴다는 것이다"."""
    return scene.discourse.hearsay and load_tenses().told_on.search(scene.text) is not None


@lru_cache(maxsize=1)
def _by_building() -> frozenset[str]:
    """Return the words of building: what they put at a place is there only once it stands."""
    frames = [f for f in load_frames().frames if f.predicate == "builds"]
    return frozenset(word for frame in frames for word in (*frame.nouns, *frame.verbs))


def _is_to_come(scene: Scene, draft: Draft, clause: Clause) -> bool:
    """Tell a deed in the present of a time to come, or of a moment: "5월 시제품을 내놓는다"."""
    sited = draft.predicate == "locatedIn" and clause.lemma in _by_building()
    adopted = draft.predicate == "uses" and draft.subject.cls in BODIES
    if draft.predicate not in MOMENTARY and not (sited or adopted):
        return False
    done = clause.is_noun and scene.text.startswith(("을 ", "를 "), clause.end)
    if clause.serial or done or scene.text.startswith("는 데 ", clause.end - 1):
        # "300억을 들여 공장을 짓는다", "공장을 짓는 데 300억을 쓴다", "투자를 단행한다"
        after = (c for c in scene.parsed.clauses if c.start >= clause.end)
        clause = next(after, clause)
    if clause.is_noun and _ACHIEVED.match(scene.text, clause.end):
        return False  # "시제품 생산 성공(7월)"
    present = is_present(scene.text[: clause.end])
    told = draft.qualifiers.get("period")
    ahead = any(p.ahead for p in scene.periods if p.value == told)
    gone = any(_DATED.match(scene.text, p.start) and not p.ahead for p in scene.periods)
    tenses = load_tenses()
    once = clause.lemma in tenses.momentary and not gone and not tenses.again.search(scene.text)
    announced = sited or draft.predicate == "builds" or (draft.value and draft.value.currency)
    deed = sited or draft.predicate in _DEEDS
    return bool(
        (deed and ahead and (present or clause.is_noun or _is_tenseless(scene, clause)))
        or (present and (once or (deed and announced)))
    )


_ACHIEVED = re.compile(
    r"(?:을|를|에)?\s?(?:성공|완료|달성|마무리)(?!\s?(?:예정|계획|목표|전망|시))"
)


def tense_of(scene: Scene, start: int, end: int) -> Modality:
    """Judge what is said by the tense of its last clause: "12억 유로를 투자한다고 발표했다"."""
    clauses = [c for c in scene.parsed.clauses if start <= c.start < end]
    if not clauses or not is_present(scene.text[: clauses[-1].end]):
        return "fact"
    if is_decided(scene, clauses[-1]):
        return "plan"
    ahead = any(p.ahead for p in scene.periods if start <= p.start < end)
    return "forecast" if ahead else "fact"


def _of_the_next(scene: Scene, clause: Clause) -> Modality | None:
    """Return what the next clause with a tense makes of one without: "짓고 … 들일 계획이다"."""
    connective = clause.ending == "connective"
    if not connective or clause.lemma in load_tenses().done or not _is_tenseless(scene, clause):
        return None
    if _has_own_time(scene, clause):
        return None
    for later in scene.parsed.clauses:
        if later.start < clause.end or later.ending == "relative":
            continue
        if _QUOTES.search(scene.text, clause.end, later.end) or _turns(clause, later):
            return None
        if later.ending != "connective" or not _is_tenseless(scene, later):
            told = modality(scene.text[later.stem_end : later.tail_end])
            if told == "fact" and _is_due(scene, later):
                return "plan"
            return told if told in ("plan", "forecast", "rumour") else None
    return None


def _is_due(scene: Scene, clause: Clause) -> bool:
    """Tell a clause in the present of a time to come: "2년 뒤 시작하고 2029년 완공한다"."""
    ahead = any(p.ahead and clause.start - _NEAR <= p.start < clause.end for p in scene.periods)
    return ahead and is_present(scene.text[: clause.end])


_NEAR = 20


def _has_own_time(scene: Scene, clause: Clause) -> bool:
    """Tell a clause of a time gone by, or of this year where the next is of another."""
    years = {p.value[:4] for p in scene.periods if p.start >= clause.end}
    own = [p for p in scene.periods if clause.start - 40 <= p.start < clause.end]
    return any(not p.ahead and (not p.running or years - {p.value[:4]}) for p in own)


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
