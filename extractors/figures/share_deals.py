"""Shares that one firm trades of another: "가나는 다라 주식 3조 원어치를 팔았다".

The sum is what the trader paid or got, and is nothing that the other firm has.
"""

from __future__ import annotations

import re

from extractors.classes import ACTORS
from extractors.context.scene import Draft, Scene
from extractors.values.values import FoundValue
from extractors.word_lists import Worded

_WORDS = "figures/share_prices.yaml"
_SHARES = re.compile(r"\s?(?:의\s)?(?:보유\s)?(?P<what>주식|지분)(?:을|를|\s중)?\s(?:약\s|총\s)?")
_DEED = Worded(
    _WORDS,
    r"(?:\s?(?:어치|규모|상당))?(?:의|를|을|에)?\s(?:전량\s|추가로?\s|모두\s)?(?:(?P<sold>{sold})|"
    r"(?P<bought>{bought}))",
)


def is_of_shares(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Tell the price of a firm's shares that another trades from what the firm has."""
    return value.value.currency is not None and _traded(scene, draft, value) is not None


def give_to_trader(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Give such a sum to who trades, by what they trade; ``False`` if nobody is said to."""
    shares, deed = _traded(scene, draft, value), _DEED.match(scene.text, value.end)
    if shares is None or deed is None:
        return False
    led = [p for p in scene.parsed.phrases if p.leads]
    led = [p for p in led if p.end <= shares.start()]
    trader = next((n[0] for p in reversed(led) for n in scene.fill(p, ACTORS)), None)
    if trader is None or trader.id == draft.subject.id:
        return False
    way = "매각" if deed["sold"] else "매입"
    draft.qualifiers["metric"] = f"{draft.subject.label} {shares['what']} {way} 금액"
    draft.subject = trader
    return True


def _traded(scene: Scene, draft: Draft, value: FoundValue) -> re.Match[str] | None:
    """Find the shares that the sum buys, behind the name of whose they are: the draft's firm."""
    own = (n for n in scene.names if n[0].id == draft.subject.id)
    found = (_SHARES.fullmatch(scene.text, n[2], value.start) for n in own)
    return next((match for match in found if match), None)
