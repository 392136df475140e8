"""Figures that go on with the one before: "올해는 88조 원으로 추정된다", "나래 역시 10배다".

The sentence tells only another time or another holder; what is measured, and else whose it
is, is told by the figure of the sentence before, if both are of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import PARTIES
from extractors.context.scene import Draft, Scene
from extractors.figures.moves import FILE as MOVES
from extractors.figures.parts.divisions import leading_division
from extractors.figures.quantities import holding
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity, entity_id

_LINK = re.compile(r"^(?:또한?|이어|다만|반면|하지만|그러나|특히)?,?\s*$")
_TIME = re.compile(r"(?:에는|에도|에|은|는|엔|의 경우|도|의)?,?\s(?:약\s|각각\s)?")
_OTHER = re.compile(
    r"(?:\s\d+(?:Gb|GB|단|세대))?(?:\([^()]*\))?"
    r"(?:은|는|도|이|가|의 경우|\s역시|\s또한)(?:은|는|도)?,?\s(?:약\s|각각\s)?"
    r"(?:(?:초당|주당|분당|시간당|하루|월|연)\s)?"
)
_TOLD = re.compile(
    r"(?:으로|로|이|가|에|을|를|이라고|라고)?\s?(?:[\d.]+%\s)?(?:(?:늘어날|줄어들|커질|될|이를|달할)\s)?"
    r"(?:추정|전망|예상|예측|추산|집계|성장|이었|였|이다|다\.|다$|달했|기록|늘었|줄었|증가|감소|그쳤|것으로|수준)"
)
_PLAIN = re.compile(
    r"(?:\s?\([^()]*\))?\s?(?:수준|정도|가량|선|안팎|규모)?(?:에|로|으로|을|를|이|가|까지|인)?\s?"
    r"(?:(?:이르|달하|달한|늘어|줄어|커|높아|낮아|그치|머물|머무|불과|넘|웃돌|웃도|밑돌|기록|나타"
    r"|내려|올라"
    r"|되고|되며|됩|된|돼|됐|차지|반면|순|가장|이며|이고|인데|예요|이에요|입니다|이죠|죠|고요|구요|네요|래요|이래요|대요"
    r"|였|이었|이라|다[.,]|다$|뿐|(?:그\s)?(?:뒤를|뒤이어|다음을)\s?)|,|\.?$)"
)
"""What follows the figure of another holder, if only its figure is told of it."""
_TAKEN = re.compile(r"(?:\([^()]*\))?[을를]\s(?:약\s|각각\s)?")
_SEEN = re.compile(
    r"(?:으로|로)\s(?:각각\s)?(?:봅|봤|보고|본다|보며|내다|예상|전망|추정|추산|예측|집계|잡|제시|제안|평가|분석)"
)
"""What follows the figure of another that somebody estimates: "다라를 약 8%로 본다"."""
_AGO = re.compile(
    r"^(?:\d+년 전|몇 년 전|한 해 전|출시 당시|설립 당시|창업 당시|당시)"
    r"(?:만 해도|까지만 해도|에는|엔)?\s(?:약\s)?"
)
"""A time long ago that a sentence begins with, which goes right on to its figure."""
_FROM = re.compile(r"에서\s")
_KIND = re.compile(
    r"(?:^|[,.]\s|(?:이고|이며|였고|으로|로|인데)\s)(?P<kind>[가-힣A-Za-z]+(?:\s[가-힣A-Za-z]+)?)"
    r"(?:은|는|이|가|도)\s(?:약\s)?$"
)
"""A kind of thing that is measured like the kind before: ", 시스템반도체는 46억 달러"."""
_RATE = re.compile(r"(?P<of>.*)\s(?P<change>상승|하락|증가|감소|증감|등락)[률율]$")
_MOVED = Worded(MOVES, r"(?P<up>{going_up})|(?P<down>{going_down})")
_SOON = 40
"""How far from a figure stands how it moved, at most."""
_SORTS = (
    PARTIES,
    ("Chip", "Model", "Product", "Software", "Technology", "Concept"),
    ("Market",),
)
"""Classes of holders that are measured alike."""
_SURE = "0.7"


def match_continuing(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures of a sentence that only go on with what one before measured."""
    told = {d.value.text for d in taken if d.value is not None}
    known = list(taken)
    for value in scene.values:
        last, since = _last(scene, known, value)
        if last is None or last.value is None or value.value.text in told:
            continue
        alike = (last.value.unit, last.value.currency) == (value.value.unit, value.value.currency)
        if not alike or load_metrics().pattern.search(scene.masked, since, value.start):
            continue
        draft = _goes_on(scene, value, last, here=since > 0)
        if draft is not None:
            known.append(draft)
            yield draft


def _last(scene: Scene, known: Sequence[Draft], value: FoundValue) -> tuple[Draft | None, int]:
    """Return the figure of its unit told last before a value, and where the text after begins."""
    unit = value.value.unit, value.value.currency
    for found in reversed(scene.values):
        if found.end <= value.start and (found.value.unit, found.value.currency) == unit:
            drafts = [d for d in known if d.value is found.value and d.predicate in _CONTINUED]
            if drafts:
                return drafts[-1], found.end
    discourse = scene.discourse
    last = discourse.score or discourse.figure
    if last is None or not scene.may_carry:
        return None, 0
    alike = [
        d
        for d in discourse.figures
        if d.value is not None and (d.value.unit, d.value.currency) == unit
    ]
    return alike[-1] if alike and last.predicate in MEASURED else last, 0


MEASURED = ("hasMetric", "marketShare")
_CONTINUED = (*MEASURED, "scores")


def _goes_on(scene: Scene, value: FoundValue, last: Draft, *, here: bool) -> Draft | None:
    part = leading_division(scene, value.start, inside=here)
    ago = not here and _AGO.fullmatch(scene.text, 0, value.start) is not None
    parted = part is not None and last.subject.cls == "Company"
    alone = ago or parted or (not here and _only_time(scene, value))
    former = alone and _FROM.match(scene.text, value.end) is not None
    holder = last.subject if alone else _other(scene, value, last.subject)
    endings = (_TOLD,) if alone else (_TOLD, _PLAIN)
    told = (
        former
        or _SEEN.match(scene.text, value.end)
        or any(e.match(scene.text, value.end) for e in endings)
    )
    if holder is None or not told or (last.predicate == "scores" and holder is last.subject):
        return None
    name = _directed(scene, value, last.qualifiers.get("metric", ""))
    if name is None:
        return None
    draft = holding(scene, value, holder, name)
    draft.predicate = last.predicate
    draft.object = last.object if last.predicate == "scores" else None
    if "metric" not in last.qualifiers:
        draft.qualifiers.pop("metric", None)
    if "product" in last.qualifiers:
        draft.qualifiers["product"] = last.qualifiers["product"]
    if part:
        draft.qualifiers["product"] = part
    if ago or former:
        draft.qualifiers["basis"] = "이전"
    draft.confidence = _SURE
    return draft


def _directed(scene: Scene, value: FoundValue, name: str) -> str | None:
    """Name a rate of change by the way that this one went, or not at all if none is told."""
    rate = _RATE.fullmatch(name)
    if rate is None:
        return name
    moved = _MOVED.search(scene.text, value.end, value.end + _SOON)
    if moved is None:
        return None
    sized = rate["change"] in ("증가", "감소", "증감")
    words = ("증가율", "감소율") if sized else ("상승률", "하락률")
    return f"{rate['of']} {words[bool(moved['down'])]}"


def _only_time(scene: Scene, value: FoundValue) -> bool:
    """Tell a sentence that begins with a time and goes right on to its figure."""
    period = next(iter(scene.periods), None)
    if period is None or not _LINK.match(scene.text[: period.start]):
        return False
    return _TIME.fullmatch(scene.text, period.end, value.start) is not None


def _is_estimated(scene: Scene, end: int, value: FoundValue) -> bool:
    """Tell "…, 다라를 약 8%로 봅니다", where the first figure was taken in the same way."""
    taken = _TAKEN.fullmatch(scene.text, end, value.start)
    return taken is not None and _SEEN.match(scene.text, value.end) is not None


def _other(scene: Scene, value: FoundValue, last: Entity) -> Entity | None:
    """Return another holder whose name goes right on to the figure: "나래 역시 10배다"."""
    sort = next((classes for classes in _SORTS if last.cls in classes), ())
    for entity, _, end in scene.names:
        goes_on = end <= value.start and (
            _OTHER.fullmatch(scene.text, end, value.start) or _is_estimated(scene, end, value)
        )
        if goes_on and entity.cls in sort and entity.id != last.id:
            return entity if scene.is_generic(entity) <= scene.is_generic(last) else None
    kind = _KIND.search(scene.text[: value.start]) if last.cls == "Concept" else None
    if kind is None or any(
        n[1] < kind.end("kind") and kind.start("kind") < n[2] for n in scene.names
    ):
        return None
    return Entity(entity_id(kind["kind"]), "Concept", kind["kind"])
