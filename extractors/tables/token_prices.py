"""Prices of what goes into a model and what comes out of it, told side by side: "$2 / $10"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.report import Table
from extractors.tables.parts import Part
from extractors.tables.schema import Header

_IN, _OUT = r"(?:입력|인풋|input|in)", r"(?:출력|아웃풋|output|out)"
_BOTH = re.compile(
    rf"(?<![a-z])(?P<first>{_IN}|{_OUT})\s?(?:가격|단가|요금)?\s?[/·|,]\s?(?:{_IN}|{_OUT})(?![a-z])",
    re.IGNORECASE,
)
_PRICE = r"[$￦₩€¥]?\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:달러|원|위안|유로|센트))?"
_PAIR = re.compile(rf"(?P<first>{_PRICE})\s?[/·|]\s?(?P<second>{_PRICE})")
_PER = re.compile(
    r"(?P<many>1\s?M|1\s?MM|1\s?million|백만|100만|1\s?K|1천|천|1,?000)\s?(?:개\s?)?(?:tok|토큰)",
    re.IGNORECASE,
)
_MONEY = {"$": "달러", "달러": "달러", "usd": "달러", "₩": "원", "￦": "원", "원": "원"}
_MANY = {"m": "100만", "만": "100만", "n": "100만"}


def token_prices(text: str, header: Header, table: Table) -> list[Part]:
    """Part a pair of prices under a header, or below a caption, that says which is which."""
    above = table.title or (table.section[-1] if table.section else "")
    told = next((s for s in (header.text, above, *table.notes) if _BOTH.search(s)), None)
    pair = _PAIR.fullmatch(text.strip())
    if told is None or pair is None:
        return []
    match = _BOTH.search(told)
    assert match is not None
    names = ["입력 가격", "출력 가격"]
    if re.fullmatch(_OUT, match["first"], re.IGNORECASE):
        names.reverse()
    said = " ".join((header.text, above, *table.notes, text))
    unit, many = _unit(said), _many(said)
    own = any(mark in text for mark in _MONEY)
    priced = replace(header, role="metric", known=True, unit=unit, period=None)
    priced = replace(priced, predicate="hasMetric", basis=f"{many}당" if own and many else None)
    start = len(text) - len(text.lstrip())
    spans = [(start + s, start + e) for s, e in (pair.span("first"), pair.span("second"))]
    parts = zip(names, spans, strict=True)
    return [Part(replace(priced, name=name), "", *span) for name, span in parts]


def _unit(words: str) -> str | None:
    """The money of prices, and for how many tokens: "달러/100만 토큰"."""
    money = next((name for mark, name in _MONEY.items() if mark in words.casefold()), None)
    many = _many(words)
    return f"{money}/{many}" if money and many else money


def _many(words: str) -> str | None:
    per = _PER.search(words)
    return f"{_MANY.get(per['many'].casefold()[-1], '1천')} 토큰" if per else None
