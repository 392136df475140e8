"""Sums of a list in a sentence, each in the bracket behind what it goes to: "▲실증(120억 원) ▲…".

They are parts of the sum told before, and of whom that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import carried
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity

_ITEM = re.compile(r"[▲△▶]\s?(?P<what>[^▲△▶()]{2,48}?)\s?(?P<bracket>\([^()]*\))")
_FEWEST = 2
"""So many items make a list."""
_BUDGET = "예산"
_SURE = "0.7"


def match_allotments(scene: Scene) -> Iterator[Draft]:
    """Yield what each item of such a list gets, if all get sums and somebody is told to give."""
    items = list(_ITEM.finditer(scene.text)) if "▲" in scene.text or "△" in scene.text else []
    sums = [_sum(scene, *item.span("bracket")) for item in items]
    holder = _holder(scene, items[0].start()) if len(items) >= _FEWEST else None
    if holder is None or not all(sums) or not any(v and v.value.currency for v in sums):
        return
    whole = scene.discourse.figure
    own = whole is not None and whole.value is not None and whole.subject.id == holder.id
    metric = whole.qualifiers.get("metric", _BUDGET) if own and whole else _BUDGET
    for item, value in zip(items, sums, strict=True):
        if value is None:
            continue
        draft = Draft(holder, "hasMetric", None, value.value, item.start("what"), item.end())
        draft.qualifiers = {"metric": metric, "product": item["what"].strip()}
        if own and whole and "period" in whole.qualifiers:
            draft.qualifiers["period"] = whole.qualifiers["period"]
        draft.modality = whole.modality if own and whole else "fact"
        draft.confidence = _SURE
        yield draft


def _sum(scene: Scene, start: int, end: int) -> FoundValue | None:
    """Return the one sum of money in a bracket: "(120억원)", "(54억)"."""
    inside = [v for v in scene.values if start < v.start and v.end < end]
    money = len(inside) == 1 and (inside[0].value.currency or kind_of(inside[0].value) == "scaled")
    return inside[0] if money else None


def _holder(scene: Scene, before: int) -> Entity | None:
    """Return who gives: the body named before a list, else the one told of before."""
    named = scene.named_in(0, before, BODIES)
    return named[-1][0] if named else carried(scene, BODIES)
