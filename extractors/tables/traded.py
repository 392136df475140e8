"""Tables of what is traded itself: indices, coins, oil and rates, each with its price and move."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.figures.price_names import price_name
from extractors.tables.schema import Header
from extractors.values.metric_data import load_metrics
from kg.claim import Entity

_FEWEST = 2
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


def of_traded(header: Header, subject: Entity, headed: str, text: str) -> Header:
    """Name a price or a move after what is traded: "비트코인 가격", not its 주가 or 수치.

    What stands below ``headed`` "지수" closes at so many points, and is no share.
    """
    priced = price_name(subject)
    if _is_traded(subject):
        if header.name in _PRICES:
            return replace(header, name=priced, each=False)
        if header.name in _MOVES:
            move = "등락률" if "%" in text or header.name.endswith("률") else "등락폭"
            return replace(header, name=f"{priced} {move}", each=False)
    index = subject.cls == "Market" or headed.casefold().endswith(("지수", "index"))
    return replace(header, name="지수", each=False) if header.name == "주가" and index else header


def _is_traded(entity: Entity | None) -> bool:
    return entity is not None and entity.label in load_metrics().traded


_INVESTORS = frozenset(
    ["개인", "외국인", "외인", "기관", "기관계", "연기금", "금융투자", "투신", "프로그램"]
)
_FLOWS = re.compile(r"수급|순매수|매매\s?동향|매매\s?추이|투자자별|투자주체별|순매도")
_OTHER = re.compile(r"비중|보유|잔고|거래대금|지분")
_NET = "순매수"


def headed_by_flows(headers: Sequence[Header], headed: str) -> tuple[Header, ...]:
    """Let columns of kinds of investors hold what these bought net: "외국인 | 기관".

    ``headed`` is what stands above the table; it, or two such columns, must speak of trading.
    """
    groups = [i for i, h in enumerate(headers) if h.text.strip() in _INVESTORS]
    if len(groups) < _FEWEST or not _FLOWS.search(headed) or _OTHER.search(headed):
        return tuple(headers)
    named = {i: f"{headers[i].text.strip()} {_NET}" for i in groups}
    return tuple(
        replace(h, role="metric", cls=None, name=named[i], known=True) if i in named else h
        for i, h in enumerate(headers)
    )
