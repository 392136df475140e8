"""Prices of the tiers of a service: "Core 월 9달러와 Plus 월 19달러로 나뉜다"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.quantities import holding
from extractors.values.values import FoundValue
from kg.claim import Entity

_TIER = re.compile(
    r"(?:^|[\s,·(/])(?P<tier>[A-Z][A-Za-z+]{1,12}(?:\s[A-Z][A-Za-z+]+)?|[가-힣]{1,6}(?:형|플랜|요금제))"
    r"(?:\s(?:플랜|요금제|등급|버전))?(?:은|는|이|가)?\s?[(:]?\s?(?:월|매월|매달|연|연간)\s?(?:약\s)?$"
)
_SOLD = ("Software", "Model", "Product")
_SURE = "0.65"


def match_tier_prices(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what the tiers of a service cost that ``taken`` does not tell."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if not value.value.currency or value.value.text in told:
            continue
        tier = _TIER.search(scene.text[: value.start])
        holder = _service(scene, tier.start("tier"), value) if tier else None
        if tier is None or holder is None:
            continue
        draft = holding(scene, value, holder, "가격")
        draft.qualifiers["product"] = tier["tier"]
        draft.confidence = _SURE
        yield draft


def _service(scene: Scene, start: int, value: FoundValue) -> Entity | None:
    """Return what is sold in tiers: the thing named before them, else the one told of last."""
    if any(start <= n[1] < value.start for n in scene.names):
        return None  # a tier with a name of its own
    named = [n[0] for n in scene.names if n[2] <= start and n[0].cls in _SOLD]
    if named or not scene.may_carry:
        return named[-1] if named and not scene.is_generic(named[-1]) else None
    thing = scene.discourse.thing
    return thing if thing is not None and thing.cls in _SOLD else None
