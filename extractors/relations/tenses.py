"""How sure a claim is by tense: what is told in the present of a time to come is planned.

A clause without a tense of its own takes that of the next ("짓고 … 들일 계획이다"), and figures
are expected where the words around them say so. The words are ``tenses.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.syllables import NIEUN, PIEUP, SSANG_SIOT, any_ending_in, final
from extractors.classes import ACTORS, BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import looked_for
from extractors.figures.misheld_data import load_misheld
from extractors.figures.misnamed import beats
from extractors.figures.moves import PASSING
from extractors.language.modality import compiled, modality
from extractors.language.phrases import Clause
from extractors.lexicon.frame_data import load_frames
from extractors.relations.yet_to_come import is_of_deed_to_come, is_of_this_year
from extractors.values.periods import FoundPeriod
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words
from kg.claim import Modality

_DEEDS = frozenset(
    {"releases", "builds", "supplies", "produces", "ships", "investsIn", "acquires", "publishes"}
)
MOMENTARY = _DEEDS | {"purchases", "founded", "partOf", "worksFor", "develops"}
FIGURES = frozenset({"hasMetric", "marketSize", "marketShare", "changesPrice"})
_GOING_ON = MOMENTARY - {"develops", "worksFor"} | {"uses", "partnersWith"} | FIGURES
_PRESENT = re.compile(
    r"(?P<last>[가-힣])(?P<polite>니)?(?:다(?:고|며|는|면서|네요|죠)?|대요?|답니다)$"
)
_PAST = re.compile(any_ending_in(SSANG_SIOT) + "(?!다면)")
_DATED = re.compile(r"(?:19|20)\d\d|지난|작년")
_CONNECTING = frozenset({"고", "며", "으며", "아", "어", "여"})
_QUOTES = re.compile(r"[“”\"]")
_CLOSING = ("connective", "final", "quote")
_BESIDE = 4
_LIKE = re.compile(r"에서\s|으?로,\s")
"""What follows figures that go on together: "추정치를 5조에서 6조로, 나라를 …"."""


@dataclass(frozen=True, slots=True)
class Tenses:
    """The words of ``tenses.yaml``, compiled."""

    momentary: frozenset[str]
    again: re.Pattern[str]
    done: frozenset[str]
    expected: re.Pattern[str]
    awaited: re.Pattern[str]
    last: re.Pattern[str]
    given: re.Pattern[str]
    heading: re.Pattern[str]
    reached: frozenset[str]
    standing: frozenset[str]
    placed: re.Pattern[str]
    revised: re.Pattern[str]
    spending: frozenset[str]
    planned: re.Pattern[str]
    intended: re.Pattern[str]
    rumoured: re.Pattern[str]
    had: re.Pattern[str]
    compared: re.Pattern[str]
    estimated: re.Pattern[str]
    supposed: re.Pattern[str]
    invested: frozenset[str]
    told_on: re.Pattern[str]
    talked: re.Pattern[str]
    meant: re.Pattern[str]


@lru_cache(maxsize=1)
def load_tenses() -> Tenses:
    """Load the words once a process."""
    data = load_words("relations/tenses.yaml")
    cues = {key: compiled([told]) for key, told in data.items() if isinstance(told, str)}
    return filled(Tenses, data, **cues)


def settle_time(scene: Scene, draft: Draft) -> None:
    """Let what is told as a fact be a plan or a forecast where its tense or words say so."""
    value = _found(scene, draft)
    if draft.qualifiers.get("metric") == "목표주가" and draft.modality in ("fact", "opinion"):
        draft.modality = "forecast" if _is_of_another(scene, draft) else "opinion"
    elif value is not None and _is_past_figure(scene, draft, value):
        draft.modality = "fact"
    elif draft.modality == "fact":
        draft.modality = "rumour" if _is_told_on(scene) else _settled(scene, draft, value)


def _is_of_another(scene: Scene, draft: Draft) -> bool:
    """Tell a target that the text reports of a house from one that it sets itself."""
    others = (n for n in scene.names if n[0].id != draft.subject.id and n[1] < draft.end)
    named = any(n[0].cls in ACTORS for n in others)
    return named or any(word in scene.text for word in load_misheld().setters)


def _settled(scene: Scene, draft: Draft, value: FoundValue | None) -> Modality:
    """Judge by figure and tense, else by the clause that the draft's own goes on in."""
    clause = draft.clause
    if draft.predicate in FIGURES and draft.value is not None:
        told = _of_figure(scene, draft, value) if value else "fact"
    else:
        told = "plan" if clause and _is_to_come(scene, draft, clause) else "fact"
    if told == "fact" and clause and draft.predicate in _GOING_ON and _is_of_rule(draft):
        after = _of_the_next(scene, clause)
        counted = draft.predicate in FIGURES and after == "plan" and not _is_invested(draft)
        return after if after and not counted else told
    return told


def _is_of_rule(draft: Draft) -> bool:
    """Tell a draft whose clause is that of its own deed: any figure, else what a rule tells."""
    return draft.extractor == "frames" or draft.predicate in FIGURES


def _is_invested(draft: Draft) -> bool:
    """Tell money that somebody puts in, which is planned when what they do with it is."""
    invested = any(word in draft.qualifiers.get("metric", "") for word in load_tenses().invested)
    return invested and draft.value is not None and draft.value.currency is not None


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
        (deed and ahead and (present or clause.is_noun))
        or (present and (once or (deed and announced)))
    )


_ACHIEVED = re.compile(
    r"(?:을|를|에)?\s?(?:성공|완료|달성|마무리)(?!\s?(?:예정|계획|목표|전망|시))"
)


def is_present(text: str) -> bool:
    """Tell a text that ends in the present tense: "짓는다", "공개합니다"."""
    ending = _PRESENT.search(text)
    if ending is None or (ending["last"] == "습" and _PAST.match(text, ending.start() - 1)):
        return False
    return final(ending["last"]) == (PIEUP if ending["polite"] else NIEUN)


_LOOKED = re.compile(r"(?:기대|예상|전망|추정|예측)(?:한|했던|하던)\s$")
"""Who looked for what turned out otherwise: "시장이 기대한 49억보다 많았다"."""
_UNSETTLED = ("fact", "plan", "forecast", "rumour")


def _is_past_figure(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell what others are measured by or somebody once did: "100억보다 더", "산 것으로 추정"."""
    tenses = load_tenses()
    if draft.modality == "forecast" and tenses.estimated.match(scene.text, value.end):
        return True
    if draft.predicate not in FIGURES or draft.modality not in _UNSETTLED:
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


def _found(scene: Scene, draft: Draft) -> FoundValue | None:
    if draft.value is None:
        return None
    return scene.value_of(draft) or next((v for v in scene.values if v.value == draft.value), None)


def is_past(text: str) -> bool:
    """Tell a text that ends in the past tense: "끝났다", but "끝나고 있다", "끝내겠다"."""
    last = text.rstrip(" .")[-2:]
    return last[1:] == "다" and last[:1] not in ("있", "겠") and _PAST.match(last) is not None


def _of_figure(scene: Scene, draft: Draft, value: FoundValue) -> Modality:
    """Judge a figure by the words around it and by its time."""
    if awaited := load_tenses().awaited.search(scene.text[: value.start]):
        draft.qualifiers.setdefault("basis", awaited["word"])
        return "forecast"
    if looked := looked_for(scene, value):
        draft.qualifiers.setdefault("basis", looked)
        return "forecast"
    before = scene.text[draft.start : value.start]
    tenses, end = load_tenses(), draft.clause.end if draft.clause else len(scene.text)
    behind = tenses.given.sub("", scene.text[value.end : end])
    grown = value.value.unit == "%" and _PAST.search(behind)
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
    ):
        return "plan" if _is_invested(draft) else "forecast"
    return "plan" if draft.clause is not None and _is_decided(scene, draft.clause) else "fact"


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


def _is_budgeted(scene: Scene, told: str | None, start: int, end: int) -> bool:
    """Tell spending that somebody has set, or that is of a time not over yet."""
    if load_tenses().planned.search(scene.text, start, end + 1):
        return True
    still = any(p.value == told and (p.ahead or p.running) for p in scene.periods)
    return still and _PAST.search(scene.text, start, end) is None


def _is_for_later(scene: Scene, told: str | None) -> bool:
    return any(p.ahead and p.value == told for p in scene.periods)


def _is_ahead(scene: Scene, told: str | None, start: int, end: int) -> bool:
    """Tell a figure of a time to come; a quarter without its year may be the last one."""
    period = next((p for p in scene.periods if p.value == told and _is_due(scene, p)), None)
    if period is None or _PAST.search(load_tenses().given.sub("", scene.text[start:end])):
        return False
    named = re.match(r"내년|20\d\d", scene.text[period.start : period.end])
    return is_present(scene.text[:end]) or (named is not None and "누적" not in scene.text)


def _is_due(scene: Scene, period: FoundPeriod) -> bool:
    """Tell a time to come, or the end of a year not over: "연말까지"."""
    return period.ahead or (period.running and scene.text.startswith("까지", period.end))


def _is_decided(scene: Scene, clause: Clause) -> bool:
    """Tell what somebody is about to do, with an amount: "60억 원에 사들인다"."""
    tenses = load_tenses()
    return (
        clause.lemma in tenses.momentary
        and clause.subject is not clause.arg("object")
        and is_present(scene.text[: clause.end])
        and not tenses.again.search(scene.text)
    )


def tense_of(scene: Scene, start: int, end: int) -> Modality:
    """Judge what is said by the tense of its last clause: "12억 유로를 투자한다고 발표했다"."""
    clauses = [c for c in scene.parsed.clauses if start <= c.start < end]
    if not clauses or not is_present(scene.text[: clauses[-1].end]):
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
    if _has_own_time(scene, clause):
        return None
    for later in scene.parsed.clauses:
        if later.start < clause.end or later.ending == "relative":
            continue
        if _QUOTES.search(scene.text, clause.end, later.end) or _turns(clause, later):
            return None
        if later.ending != "connective" or not _is_tenseless(scene, later):
            told = modality(scene.text[later.stem_end : later.tail_end])
            return told if told in ("plan", "forecast", "rumour") else None
    return None


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
