"""What a figure that no word names is called by what has it: the size of a market, a price."""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.pairs.features import Party
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue

_SOLD = ("Technology", "Chip", "Product")
_MOVED = re.compile(r"%\s?(?:오른|내린|상승한|하락한|뛴|떨어진)\s$")
_TRADED = re.compile(
    r"(?:로|으로|에)\s(?:[가-힣]+\s){0,4}?(?:보합|강세|약세|상승|하락|올랐|내렸|거래)"
)
_MANY = 100_000_000
"""So many of something bare are the parameters of a model: "2.4조"."""


def may_be_told(value: FoundValue) -> bool:
    """Tell a figure that some kinds of holders have but one of."""
    return kind_of(value.value) in ("money", "scaled", "percent")


def by_holder(scene: Scene, holder: Party, value: FoundValue) -> str | None:
    """Name a figure by what has it: the size of a market, the price of a thing."""
    if holder.kind == "Market" and value.value.currency:
        return None if holder.entity.label in load_metrics().traded else "시장 규모"
    if holder.kind == "Market" and load_metrics().change.match(scene.text, value.end):
        return "시장 규모 증감률"
    moved = _MOVED.search(scene.text[: value.start]) or _TRADED.match(scene.text, value.end)
    if holder.kind in _SOLD and value.value.currency and moved:
        return "가격"
    many = value.value.minimum is not None and value.value.minimum >= _MANY
    return "파라미터" if holder.kind == "Model" and many and not value.value.currency else None
