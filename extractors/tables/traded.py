"""Tables of what is traded itself: indices, coins, oil and rates, each with its price and move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.figures.price_names import price_name
from extractors.tables.schema import Header
from extractors.values.metric_data import load_metrics
from kg.claim import Entity

_PRICES = frozenset({"수치", "값", "현재", "현재가", "종가", "가격", "주가", "지수", "마감"})
_MOVES = frozenset({"등락", "등락률", "변동", "변동률", "변화", "변화율", "증감"})


def headed_by_traded(
    headers: Sequence[Header], labels: Sequence[str], named: Callable[[str], Entity | None]
) -> tuple[Header, ...]:
    """Let "지표" head what is traded where a row names some of it: "VIX", "비트코인"."""
    sheet = bool(headers) and headers[0].role == "attribute"
    if not sheet or not any(_is_traded(named(label)) for label in labels):
        return tuple(headers)
    return replace(headers[0], role="entity", cls="Market", known=True), *headers[1:]


def of_traded(header: Header, subject: Entity, headed: str) -> Header:
    """Name a price or a move after what is traded: "비트코인 가격", not its 주가 or 수치.

    What stands below ``headed`` "지수" closes at so many points, and is no share.
    """
    priced = price_name(subject)
    if _is_traded(subject):
        if header.name in _PRICES:
            return replace(header, name=priced, each=False)
        if header.name in _MOVES:
            return replace(header, name=f"{priced} 등락률", each=False)
    index = subject.cls == "Market" or headed.casefold().endswith(("지수", "index"))
    return replace(header, name="지수", each=False) if header.name == "주가" and index else header


def _is_traded(entity: Entity | None) -> bool:
    return entity is not None and entity.label in load_metrics().traded
