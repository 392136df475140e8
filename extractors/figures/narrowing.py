"""What a figure is limited to: the period before it, and the part of a firm it is of."""

from __future__ import annotations

import re

from extractors.context.scene import Draft, Scene
from extractors.figures.metric_lists import Found
from extractors.figures.parts.named import part_before
from extractors.values.values import FoundValue

_COMPARED = re.compile(
    r"\s?(?:\([^()]*\)|[\d.,]+\s?[가-힣%]{0,4})\s?(?:보다|대비|에 비해|에 비하면)"
    r"|(?:의|도의?)?\s[\d.,]+[^,]{1,16}?에서\s"
)
"""What makes of a time with its figure the one compared with: "전년(3조)보다", "5월의 3조에서"."""


_BESIDE = 2
"""How far behind a time its own figure stands."""


def _is_of_part(draft: Draft, found: Found) -> bool:
    """Tell a figure that a firm has of what it sells: its sales, its share of a market."""
    shared = draft.predicate == "marketShare" and draft.object is None
    sold = found.metric.of == "org" or found.metric.predicate in ("ships", "produces")
    sold = sold or draft.subject.cls == "Place"
    return shared or (draft.predicate == "hasMetric" and sold)


def narrow(scene: Scene, draft: Draft, value: FoundValue, found: Found) -> None:
    """Give a draft the period nearest before its value, else the clause's first; name a part."""
    if draft.predicate == "hasMetric" and draft.object is not None:
        draft.qualifiers["product"], draft.object = draft.object.label, None
    elif _is_of_part(draft, found):
        part = part_before(scene, draft.subject, found.start)
        named = draft.qualifiers.get("metric", "")
        if part and not named.startswith(f"{part} "):
            draft.qualifiers["product"] = part
    told = [p for p in scene.periods if p.start < value.start and p.start >= draft.start]
    own = [p for p in told if not _COMPARED.match(scene.text, p.end, value.start)]
    between = [p for p in own if p.start >= min(found.end, value.start)]
    before = (between or own)[-1:]
    if before:
        draft.qualifiers["period"] = before[0].value
        return
    after = next((p for p in scene.periods if value.end <= p.start < draft.end), None)
    if after is None or "," in scene.text[value.end : after.start]:
        return
    if not any(0 <= v.start - after.end <= _BESIDE for v in scene.values):
        draft.qualifiers["period"] = after.value  # not that of "6달러로 전년 7달러를 밑돌았다"
