"""What the price of something traded is called: 주가, 지수, 가격 or 환율 (``metrics.yaml``)."""

from __future__ import annotations

import re

from extractors.classes import THINGS
from extractors.context.scene import Draft, Scene
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_RATE = re.compile(r"(?:증가|감소|증감|상승|하락|등락)(?:률|율)$")
_MOVES = {"증가율": "상승률", "감소율": "하락률", "증감률": "등락률"}
"""What a rate of growth is called of a price."""


def price_name(traded: Entity) -> str:
    """Return what the price of shares, an index or a good is called: "비트코인 가격"."""
    if traded.cls != "Market":
        return "주가"
    return load_metrics().traded.get(traded.label, "지수")


def settle_price_name(draft: Draft) -> None:
    """Call prices of goods so, which have no shares: "낸드는 4.6% 오른 2달러", "유가 증가율"."""
    named = draft.qualifiers.get("metric", "")
    traded = load_metrics().traded.get(draft.subject.label)
    if traded and (rate := _RATE.search(named)):
        draft.qualifiers["metric"] = f"{traded} {_MOVES.get(rate[0], rate[0])}"
    elif named.startswith("주가") and draft.subject.cls in ("Chip", "Technology"):
        draft.qualifiers["metric"] = named.replace("주가", "가격", 1)


def is_price_each(scene: Scene, value: FoundValue) -> bool:
    """Tell what a thing costs by the piece or the month: "나래 2는 대당 2,700만 원이다"."""
    each = _EACH.search(scene.text, 0, value.start)
    thing = each and any(
        n[0].cls in THINGS and not scene.is_generic(n[0]) and 0 <= each.start() - n[2] <= 1
        for n in scene.names
    )
    return bool(thing) and _PLAINLY.match(scene.text, value.end) is not None


_EACH = re.compile(
    r"[은는이가,:]\s(?:가격은\s)?(?:(?:한\s)?(?:대|장|개|기|벌|좌석|계정|시간)당|월|연)\s(?:약\s)?$"
)
_PLAINLY = re.compile(
    r"(?:부터)?(?:,|이?다|이며|이고|입니다|이에요|예요|\s?수준|\s?선"
    r"|에 (?:팔|판매|공급|이용|내놓)|로 (?:책정|정해|매겨))"
)
