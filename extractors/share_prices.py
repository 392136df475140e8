"""Moves of shares and indices: "가나(-2.35%)", "2.8% 내린 284.65달러에 거래를 마쳤다".

Reports of markets never name what such a percentage measures. The words are data
(``metrics.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.holders import topic_entity
from extractors.metric_data import load_metrics
from extractors.quantities import clause_of, holding
from extractors.scene import Draft, Named, Scene
from extractors.values import FoundValue
from kg.claim import Entity

_TRADED = ("Company", "Market")
_FROM_NAME = re.compile(r"(?:\s?\((?:[A-Z0-9.]{1,10}\s?[,/·]\s?)?|\s)(?P<sign>[+▲▼▽↑↓]\s?)?")
"""What stands between a name and its move: "가나(", "가나(NVDA, +", "가나 ▼"."""
_POINTS = re.compile(r"(?:포인트|p|pt)\s?\((?P<sign>[+▲▼▽↑↓]\s?)?$")
_HUNDREDTHS = re.compile(r"\.\d\d%")
"""Only moves of prices are told to the hundredth of a percent."""
_SIGNED = ("-", "−", "△")
_OF_IT = re.compile(r"\)의\s")
_NEAR = 6
"""How far at most a price stands behind its move: "내린 주당 21달러"."""
_SURE = "0.7"


def match_share_prices(scene: Scene) -> Iterator[Draft]:
    """Yield how far shares and indices moved, and at what price they closed."""
    if not any(v.value.unit == "%" or v.value.currency for v in scene.values):
        return
    for value in scene.values:
        if value.value.unit == "%":
            yield from _signed(scene, value)
        else:
            yield from _closed(scene, value)


def _signed(scene: Scene, value: FoundValue) -> Iterator[Draft]:
    """ "가나(-2.35%)는": the move of whom the bracket stands behind."""
    for name in scene.names:
        gap = _FROM_NAME.fullmatch(scene.text, name[2], value.start)
        if gap and name[0].cls in _TRADED and _is_move(scene, name, value, gap["sign"]):
            yield _moved(scene, name[0], value, gap["sign"])
            return
    points = _POINTS.search(scene.text[: value.start])
    index = _topic(scene, value) if points else None
    if points and index:
        yield _moved(scene, index, value, points["sign"])


def _is_move(scene: Scene, name: Named, value: FoundValue, sign: str | None) -> bool:
    """Tell the move of a price from the growth of what the sentence measures."""
    if not sign and not value.value.text.startswith(_SIGNED):
        return False
    metrics = load_metrics()
    told = metrics.pattern.search(scene.text, 0, name[1])
    behind = _OF_IT.match(scene.text, value.end)
    if (told and told["word"] not in metrics.shares) or (
        behind and metrics.pattern.search(scene.text, behind.end(), behind.end() + 15)
    ):
        return False
    exact = _HUNDREDTHS.search(value.value.text) is not None
    return exact or metrics.market.search(scene.text) is not None


def _closed(scene: Scene, price: FoundValue) -> Iterator[Draft]:
    """ "2.8% 내린 284.65달러에 마감": the price, and how far it came."""
    moves = list(_moves_to(scene, price))
    closing = load_metrics().closing
    closes = closing.match(scene.text, price.end) or (
        moves and price.value.currency and closing.search(scene.text, price.end)
    )
    traded = _topic(scene, price) if closes else None
    if traded is None or (traded.cls == "Company" and not price.value.currency):
        return
    yield _draft(scene, traded, price, _priced(traded))
    for value, fallen in moves:
        yield _draft(scene, traded, value, f"{_priced(traded)} {'하락률' if fallen else '상승률'}")


def _moves_to(scene: Scene, price: FoundValue) -> Iterator[tuple[FoundValue, bool]]:
    """Yield the rate by which a price came to where it is, and whether it fell."""
    for value in scene.values:
        moved = load_metrics().moving.match(scene.text, value.end)
        near = moved and 0 <= price.start - moved.end() <= _NEAR
        if moved and near and value.value.unit == "%" and not value.value.text.startswith(_SIGNED):
            yield value, moved["falls"] is not None


def _topic(scene: Scene, value: FoundValue) -> Entity | None:
    return topic_entity(scene, clause_of(scene, value), None, _TRADED)


def _moved(scene: Scene, traded: Entity, value: FoundValue, sign: str | None) -> Draft:
    rate = {"": "등락률", "▼": "하락률", "▽": "하락률", "↓": "하락률"}
    name = rate.get((sign or "").strip(), "상승률")
    return _draft(scene, traded, value, f"{_priced(traded)} {name}")


def _priced(traded: Entity) -> str:
    return "주가" if traded.cls == "Company" else "지수"


def _draft(scene: Scene, traded: Entity, value: FoundValue, metric: str) -> Draft:
    draft = holding(scene, value, traded, metric)
    draft.confidence = _SURE
    return draft
