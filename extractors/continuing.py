"""Figures that go on with the one before: "올해는 88조 원으로 추정된다", "나래 역시 10배다".

The sentence tells only another time or another holder; what is measured, and else whose it
is, is told by the figure of the sentence before, if both are of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.metric_data import load_metrics
from extractors.quantities import holding
from extractors.scene import Draft, Scene
from extractors.values import FoundValue
from kg.claim import Entity

_HOLDERS = ("Company", "Organization", "Place", "Chip", "Model", "Product", "Software", "Market")
_LINK = re.compile(r"^(?:또한?|이어|다만|반면|하지만|그러나|특히)?,?\s*$")
_TIME = re.compile(r"(?:에는|에도|에|은|는|엔|의 경우|도)?,?\s(?:약\s|각각\s)?")
_OTHER = re.compile(
    r"(?:\([^()]*\))?(?:은|는|도|이|가|의 경우|\s역시|\s또한)(?:은|는|도)?,?\s(?:약\s|각각\s)?"
)
_TOLD = re.compile(
    r"(?:으로|로|이|가|에|을|를|이라고|라고)?\s?(?:[\d.]+%\s)?(?:(?:늘어날|줄어들|커질|될|이를|달할)\s)?"
    r"(?:추정|전망|예상|예측|추산|집계|성장|이었|였|이다|다\.|다$|달했|기록|늘었|줄었|증가|감소|그쳤|것으로|수준)"
)
_SEGMENT = re.compile(
    r"^(?P<part>[가-힣A-Za-z&]+\s(?:부문|사업부|사업|본부))(?:은|는|도|이)\s(?:약\s)?"
)
"""A part of the firm told of, that goes right on to its figure: "게이밍 부문은 43억 달러"."""
_KEPT = ("metric", "product", "basis")
_SURE = "0.7"


def match_continuing(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figure of a sentence that only goes on with what the one before measured."""
    last, value = scene.discourse.figure, next(iter(scene.values), None)
    if last is None or value is None or last.value is None or not scene.may_carry:
        return
    alike = (last.value.unit, last.value.currency) == (value.value.unit, value.value.currency)
    told = any(d.value is not None and d.value.text == value.value.text for d in taken)
    measures = load_metrics().pattern.search(scene.masked)
    if not alike or told or measures or not _TOLD.match(scene.text, value.end):
        return
    segment = _SEGMENT.match(scene.text)
    part = segment["part"] if segment and segment.end() >= value.start else None
    alone = _only_time(scene, value) or (part is not None and last.subject.cls == "Company")
    holder = last.subject if alone else _other(scene, value)
    if holder is None:
        return
    draft = holding(scene, value, holder, last.qualifiers.get("metric", ""))
    draft.predicate = last.predicate
    del draft.qualifiers["metric"]
    draft.qualifiers |= {key: last.qualifiers[key] for key in _KEPT if key in last.qualifiers}
    if part:
        draft.qualifiers["product"] = part
    draft.confidence = _SURE
    yield draft


def _only_time(scene: Scene, value: FoundValue) -> bool:
    """Tell a sentence that begins with a time and goes right on to its figure."""
    period = next(iter(scene.periods), None)
    if period is None or not _LINK.match(scene.text[: period.start]):
        return False
    return _TIME.fullmatch(scene.text, period.end, value.start) is not None


def _other(scene: Scene, value: FoundValue) -> Entity | None:
    """Return another holder whose name goes right on to the figure: "나래 역시 10배다"."""
    for entity, _, end in scene.names:
        goes_on = _OTHER.fullmatch(scene.text, end, value.start)
        if goes_on and entity.cls in _HOLDERS and not scene.is_generic(entity):
            return entity
    return None
