"""The other side of a comparison: "…는 3만 개로, 가나의 5만 개에 이어 두 번째다".

The figure beside a name takes what is measured, and when, from the figure that it is
compared with, in its own sentence or the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.moves import FILE as MOVES
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity

_HOLDERS = ("Company", "Organization", "Model", "Chip", "Product", "Place")
_OF = re.compile(r"\s?의\s(?:약\s)?")
_COMPARED = Worded(
    MOVES,
    r"(?:에\s(?:이어|견주|비하|비해|못 미|육박)|(?:와|과)\s(?:격차|차이|비교|비슷|맞먹)"
    r"|[을를]\s(?:크게 |훌쩍 )?{outdoing}|보다\s)",
)
_TAKEN = ("metric", "period")


def match_comparisons(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a draft for every named figure that another one of the same unit explains."""
    for entity, value in _sides(scene):
        if any(d.subject.id == entity.id and _same_text(d, value) for d in matched):
            continue
        pattern = _pattern(scene, matched, entity, value)
        if pattern is not None:
            end = _COMPARED.match(scene.text, value.end)
            yield _draft(pattern, entity, value, end.end() if end else value.end)


def _sides(scene: Scene) -> Iterator[tuple[Entity, FoundValue]]:
    for entity, _, end in scene.names:
        of = _OF.match(scene.text, end)
        at = of.end() if of else -1
        value = next((v for v in scene.values if v.start <= at <= v.start + 2 and of), None)
        told = value is not None and _COMPARED.match(scene.text, value.end)
        if value and told and entity.cls in _HOLDERS and not scene.is_generic(entity):
            yield entity, value


def _pattern(
    scene: Scene, matched: Sequence[Draft], entity: Entity, value: FoundValue
) -> Draft | None:
    """Return the figure that is compared: the nearest before, else the last sentence's."""
    before = [d for d in matched if d.value and scene.text.find(d.value.text) < value.start]
    last = [scene.discourse.figure] if scene.discourse.figure else []
    for draft in (*reversed(before), *last):
        fits = draft.value is not None and draft.subject.cls == entity.cls
        unit = draft.value and (draft.value.unit, draft.value.currency)
        if (
            fits
            and draft.subject.id != entity.id
            and unit
            == (
                value.value.unit,
                value.value.currency,
            )
        ):
            return draft
    return None


def _draft(pattern: Draft, entity: Entity, value: FoundValue, end: int) -> Draft:
    start = value.start - len(entity.label) - 2
    made = Draft(entity, pattern.predicate, pattern.object, value.value, max(0, start), end)
    made.qualifiers = {k: v for k, v in pattern.qualifiers.items() if k in _TAKEN}
    for key in ("quantity", "amount"):
        if key in pattern.qualifiers:
            made.qualifiers[key] = value.value.text
    made.attributed_to, made.confidence = pattern.attributed_to, "0.65"
    return made


def _same_text(draft: Draft, value: FoundValue) -> bool:
    return draft.value is not None and draft.value.text == value.value.text
