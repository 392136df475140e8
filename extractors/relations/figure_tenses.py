"""How sure a figure is by its time and the words around it: reached, expected or planned."""

from __future__ import annotations

import re

from corpus.syllables import NIEUN, RIEUL, any_ending_in, final
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import looked_for
from extractors.figures.misnamed import beats
from extractors.figures.moves import PASSING
from extractors.language.phrases import Clause
from extractors.language.tense import PAST, is_present
from extractors.relations.tense_data import FIGURES, load_tenses
from extractors.relations.yet_to_come import is_of_deed_to_come, is_of_this_year
from extractors.values.periods import FoundPeriod
from extractors.values.values import FoundValue
from kg.claim import Modality

_CLOSING = ("connective", "final", "quote")
_BESIDE = 4
_LIKE = re.compile(r"에서\s|으?로,\s")
"""What follows figures that go on together: "추정치를 5조에서 6조로, 나라를 …"."""
_LOOKED = re.compile(r"(?:기대|예상|전망|추정|예측)(?:한|했던|하던)\s$")
"""Who looked for what turned out otherwise: "시장이 기대한 49억보다 많았다"."""
_UNSETTLED = ("fact", "plan", "forecast", "rumour")


def is_past_figure(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell what others are measured by or somebody once did: "100억보다 더", "산 것으로 추정"."""
    tenses = load_tenses()
    if draft.modality == "forecast" and tenses.estimated.match(scene.text, value.end):
        return True
    placed = draft.modality == "denied" and value.value.unit == "위"
    if draft.predicate not in FIGURES or not (placed or draft.modality in _UNSETTLED):
        return False
    if draft.modality == "forecast" and draft.qualifiers.get("basis") == "이전":
        told = draft.qualifiers.get("period")
        return any(p.value == told and not (p.ahead or p.running) for p in scene.periods)
    if draft.modality != "fact" and _is_told_before(scene, draft, value):
        return True
    looked = _LOOKED.search(scene.text, 0, value.start)
    return bool(
        (tenses.compared.match(scene.text, value.end) and not looked)
        or tenses.had.search(scene.text[draft.start : value.start])
    )


def _is_told_before(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell what a name goes by, or has reached, in a clause before it: "9억을 거둔 가나는"."""
    tenses, told = load_tenses(), draft.qualifiers.get("period")
    if value.value.unit == "위":
        name = tenses.placed.match(scene.text, value.end)
        return name is not None and any(start == name.end() for _, start, _ in scene.names)
    clause = scene.parsed.clause_from(value.end)
    if clause is None or clause.ending != "relative" or clause.start - value.end > _BESIDE:
        return False
    if any(p.ahead and p.value == told for p in scene.periods):
        return False
    last = scene.text[clause.end - 1]
    noun = clause.modified
    holds = clause.lemma in tenses.standing and noun is not None
    own = scene.named_in(noun.start, noun.until) if holds and noun else ()
    return final(last) == NIEUN and (
        (last != "는" and clause.lemma in tenses.reached)
        or any(n[0].id == draft.subject.id for n in own)
    )


def of_figure(scene: Scene, draft: Draft, value: FoundValue) -> Modality:
    """Judge a figure by the words around it and by its time."""
    if awaited := load_tenses().awaited.search(scene.text[: value.start]):
        draft.qualifiers.setdefault("basis", awaited["word"])
        return "forecast"
    if looked := looked_for(scene, value):
        draft.qualifiers.setdefault("basis", looked)
        return "forecast"
    if supposed := "forecast" if _is_condition(scene, value) else weighed(scene):
        return supposed
    before = scene.text[draft.start : value.start]
    tenses, end = load_tenses(), draft.clause.end if draft.clause else len(scene.text)
    behind = tenses.given.sub("", scene.text[value.end : end])
    grown = value.value.unit == "%" and PAST.search(behind)
    if (_is_expected(scene, draft, value) or _is_last(scene, value)) and not grown:
        return "forecast"
    if draft.qualifiers.get("basis"):
        return "fact"
    if tenses.rumoured.search(before) or tenses.talked.match(scene.text, value.end):
        return "rumour"
    intended = tenses.intended.match(scene.text, value.end) or tenses.meant.search(before)
    if intended or is_of_deed_to_come(scene, value):
        return "plan"
    return "forecast" if _is_supposed(scene, value, end) else _by_time(scene, draft, value, end)


def _is_condition(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure that is only supposed: "이익이 10조 원을 넘긴다면", "…을 거둘 경우"."""
    clause = scene.parsed.clause_from(value.end)
    if clause is None or clause.lemma in load_tenses().reckoned:
        return False
    return (
        _SUPPOSED.search(scene.text[max(clause.stem_end - 1, value.end) : clause.end + 4])
        is not None
    )


_SUPPOSED = re.compile(
    r"(?:[^았었였했됐렸졌]다면|" + any_ending_in(RIEUL) + r"\s?(?:경우|때)(?=[\s,에]))"
)


def weighed(scene: Scene) -> Modality | None:
    """Return how sure the figure is that a sentence only weighs: "이는 12% 늘어난 수치다"."""
    figure = scene.discourse.figure if scene.may_carry else None
    gone = any(not (p.ahead or p.running or p.over) for p in scene.periods)
    if gone or figure is None or figure.modality not in ("forecast", "plan"):
        return None
    return figure.modality if load_tenses().weighing.search(scene.text) else None


def _by_time(scene: Scene, draft: Draft, value: FoundValue, end: int) -> Modality:
    """Judge a figure by its time: money to be spent is planned, other figures are expected."""
    tenses, told = load_tenses(), draft.qualifiers.get("period")
    if any(word in draft.qualifiers.get("metric", "") for word in tenses.spending):
        return "plan" if _is_budgeted(scene, told, value.end, end) else "fact"
    behind = scene.text[value.end : value.end + 30]
    sized = draft.predicate == "marketSize" and _is_for_later(scene, told)
    if (
        sized
        or is_of_this_year(scene, told, value)
        or tenses.revised.match(behind)
        or _is_ahead(scene, told, value.end, end)
        or _is_set_or_moves(scene, draft, value)
    ):
        return "plan" if is_invested(draft) else "forecast"
    return "plan" if draft.clause is not None and is_decided(scene, draft.clause) else "fact"


def _is_expected(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell a figure that a word before it calls expected, with none between but like ones."""
    told = (c.end for c in scene.parsed.clauses if c.ending in _CLOSING and c.end <= value.start)
    start = min(draft.start, max(told, default=0))
    cued = list(load_tenses().expected.finditer(scene.text[start : value.start]))
    first = start + cued[-1].end() if cued else 0
    if cued and (_CLOSED.match(scene.text, first, value.start) or beats(scene, value)):
        return False
    if cued and PASSING.search(scene.text, first, value.start):
        return False
    between = (v for v in _others(scene, value) if first <= v.start < value.start)
    headed = bool(cued) and load_tenses().heading.match(cued[-1].group()) is not None
    return bool(cued) and (headed or all(_LIKE.match(scene.text, v.end) for v in between))


def _is_last(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure whose line ends with such a word: "720억 달러 증분 수요 추정"."""
    if load_tenses().last.match(scene.text, value.end) is None:
        return False
    ends = (c.end for c in scene.parsed.clauses if c.ending in _CLOSING and c.end > value.end)
    return all(end >= len(scene.text.rstrip(" .*)")) for end in ends)


_CLOSED = re.compile(r"[^()]*\)")
"""What leaves the bracket that a word stands in: "(예상치 상회), 이익률 45%"."""


def _is_supposed(scene: Scene, value: FoundValue, end: int) -> bool:
    """Tell what will be once something else is: "완공되면 20만 장으로 늘어난다"."""
    supposed = load_tenses().supposed.search(scene.text[: value.start])
    return supposed is not None and is_present(scene.text[:end])


def _is_set_or_moves(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell accounts that are set, or move in the present tense: "비중은 20%로 낮아진다"."""
    tenses, metric = load_tenses(), draft.qualifiers.get("metric", "")
    if not any(word in metric for word in tenses.accounts):
        return False
    if tenses.guided.match(scene.text, value.end):
        return True
    clause = scene.parsed.clause_from(value.end)
    return (
        clause is not None
        and tenses.moving.search(scene.text, value.end, clause.end) is not None
        and is_present(scene.text[: clause.end])
        and not tenses.again.search(scene.text)
    )


def _is_budgeted(scene: Scene, told: str | None, start: int, end: int) -> bool:
    """Tell spending that somebody has set, or that is of a time not over yet."""
    if load_tenses().planned.search(scene.text, start, end + 1):
        return True
    still = any(p.value == told and (p.ahead or p.running) for p in scene.periods)
    return still and PAST.search(scene.text, start, end) is None


def _is_for_later(scene: Scene, told: str | None) -> bool:
    return any(p.ahead and p.value == told for p in scene.periods)


def _is_ahead(scene: Scene, told: str | None, start: int, end: int) -> bool:
    """Tell a figure of a time to come; a quarter without its year may be the last one."""
    period = next((p for p in scene.periods if p.value == told and _is_due(scene, p)), None)
    if period is None or PAST.search(load_tenses().given.sub("", scene.text[start:end])):
        return False
    named = re.match(r"내년|20\d\d", scene.text[period.start : period.end])
    return is_present(scene.text[:end]) or (named is not None and "누적" not in scene.text)


def _is_due(scene: Scene, period: FoundPeriod) -> bool:
    """Tell a time to come, or the end of a year not over: "연말까지"."""
    return period.ahead or (period.running and scene.text.startswith("까지", period.end))


def is_decided(scene: Scene, clause: Clause) -> bool:
    """Tell what somebody is about to do, with an amount: "60억 원에 사들인다"."""
    tenses = load_tenses()
    return (
        clause.lemma in tenses.momentary
        and clause.subject is not clause.arg("object")
        and is_present(scene.text[: clause.end])
        and not tenses.again.search(scene.text)
    )


def _others(scene: Scene, value: FoundValue) -> list[FoundValue]:
    return [v for v in scene.values if v is not value and v.value.unit == value.value.unit]


def is_invested(draft: Draft) -> bool:
    """Tell money that somebody puts in, which is planned when what they do with it is."""
    invested = any(word in draft.qualifiers.get("metric", "") for word in load_tenses().invested)
    return invested and draft.value is not None and draft.value.currency is not None
