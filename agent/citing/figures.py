"""Figures and dates of a sentence against what it cites.

A figure passes when one with the same amount and unit stands in the quote, its row,
column or caption (scales and currencies converted), or in shown arithmetic; and when
no other figure of the same unit there fits what the sentence says of it better.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SIGN = re.compile(r"[-−–▼▽△]\s?\$?$")
_SCALES = {"천": 3, "만": 4, "백만": 6, "억": 8, "십억": 9, "조": 12}
_ENGLISH_SCALE = re.compile(
    r"(?:[$€¥£₩]|(?:USD|TWD|KRW|EUR|JPY|CNY)\s?)(M|B)(?:n|N)?\b|\b([mM]illion|[bB]illion|mn|bn)s?\b"
)
_CURRENCY_WORDS = {
    "USD": ("달러", "$", "usd", "弗"), "KRW": ("원", "₩", "krw"), "EUR": ("유로", "€", "eur"),
    "CNY": ("위안", "cny", "rmb"), "JPY": ("엔", "¥", "jpy"), "TWD": ("대만달러", "nt$"),
    "GBP": ("파운드", "£"),
}  # fmt: skip
_RISES = re.compile(
    r"늘|증가|상승|오르|올랐|올라|올렸|올린|인상|확대|급등|뛰|비싸|비쌉|높|크다|큽|많"
)
_FALLS = re.compile(
    r"줄|감소|하락|내리|내렸|내린|떨어|인하|축소|급락|빠졌|빠진|싸다|쌉니|싸게|낮|작다|작습|적다|적습"
)
_ENDING = re.compile(r"입니다|이에요|예요|이라|이고")
_REACH = 14

Told = tuple[frozenset[str], frozenset[str], frozenset[str]]
Tokens = Callable[[str], Told]
"""Reads the names, the periods and the other words of a stretch of text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: its ends, what it is counted in, and its place."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    negative: bool

    @property
    def ends(self) -> frozenset[Decimal]:
        """The ends that are known."""
        return frozenset(n for n in (self.low, self.high) if n is not None)


def figures(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Find the figures of a text outside some ranges (dates, names), bare ones too."""
    from extractors.values.values import find_values

    found: list[Figure] = []
    for item in find_values(_ENDING.sub(lambda m: "이다 "[-len(m[0]) :], text)):  # units end there
        if not _within(item.start, taken) and not _within(item.end - 1, taken):
            value = item.value
            unit = value.currency or _unit(value.unit)
            minus = _SIGN.search(text[: item.start]) is not None
            low, high = value.minimum, value.maximum
            found.append(Figure(item.start, item.end, low, high, unit, minus))
    covered = [*taken, *((f.start, f.end) for f in found)]
    for match in _DIGITS.finditer(text):
        if not _within(match.start(), covered):
            amount = Decimal(match[0].replace(",", ""))
            minus = _SIGN.search(text[: match.start()]) is not None
            found.append(Figure(match.start(), match.end(), amount, amount, "", minus))
    return sorted(found, key=lambda f: f.start)


def _unit(unit: str | None) -> str:
    return {"개사": "곳", "개": "개", "퍼센트": "%", None: ""}.get(unit, unit or "")


def _within(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in ranges)


def date_spans(text: str, date: dt.date) -> list[tuple[int, int, str]]:
    """Return the dates and periods of a text: range and ISO-like value."""
    from extractors.values.periods import find_periods

    return [(p.start, p.end, p.value) for p in find_periods(text, date)]


_BRACKETED = re.compile(r"(?<=[%\d*])\([^()]*\d[^()]*\)")


def unsupported_date(
    said: str, quotes: str, around: str, date: dt.date, published: frozenset[str]
) -> str | None:
    """Return a date of the sentence that what it cites does not give.

    ``date`` resolves words such as "올해"; ``published`` are the dates of the reports cited.
    Where the quote itself gives a date as fine, one of the context does not count; that of a
    bracket is of what stands in it: "50%(2Q25 64%)".
    """
    close = {value for *_, value in date_spans(quotes, date)}
    own = {value for *_, value in date_spans(_BRACKETED.sub("", quotes), date)}
    wide = close | {value for *_, value in date_spans(around, date)} | published
    for start, end, value in date_spans(said, date):
        strict = any(_fineness(other) >= _fineness(value) for other in own)
        given = close | published if strict else wide
        if not any(_same_date(value, other) for other in given):
            return said[start:end]
    return None


def _fineness(period: str) -> int:
    return len(period.split("/", maxsplit=1)[0].split("-"))


def _same_date(said: str, offered: str) -> bool:
    """A coarser date is supported by a finer one, never the other way round."""
    return said == offered or offered.startswith(said + "-") or said in offered.split("/")


def unsupported_figure(
    said: str, taken: Sequence[tuple[int, int]], quotes: str, headers: str, steps: Sequence[str]
) -> str | None:
    """Return a figure of the sentence that neither the quotes nor the arithmetic give."""
    offered = [*figures(quotes), *figures(headers)]
    shown = [figure for step in steps for figure in figures(step)]
    for figure in figures(said, taken):
        worked = any(figure.ends <= o.ends and o.unit in ("", figure.unit) for o in shown)
        if not worked and not any(_same(figure, o, headers, quotes) for o in offered):
            return said[figure.start : figure.end]
    return None


def _same(a: Figure, b: Figure, headers: str, quotes: str) -> bool:
    """Whether a figure said is one offered: amount, unit and sign."""
    if a.negative and not b.negative and b.unit == a.unit and "-" not in quotes:
        return False
    if a.ends <= b.ends and a.ends:
        return a.unit in ("", b.unit) or (b.unit == "" and _headed(a.unit, headers))
    if b.unit or not a.ends:
        return False
    power = _scale_of(headers)
    if power is None:
        return False
    scaled = {n * 10**power for n in b.ends}
    return a.ends <= scaled and (a.unit == "" or _headed(a.unit, headers))


def _scale_of(headers: str) -> int | None:
    """The power of ten that a header or caption gives: "(억 원)", "NT$M"."""
    written = next((s for s in sorted(_SCALES, key=len, reverse=True) if s in headers), None)
    if written is not None:
        return _SCALES[written]
    english = _ENGLISH_SCALE.search(headers)
    return {"m": 6, "b": 9}[(english[1] or english[2])[0].lower()] if english else None


def _headed(unit: str, headers: str) -> bool:
    """Whether a header or caption names a unit ("주가 (달러)")."""
    folded = headers.lower()
    return any(word in folded for word in _CURRENCY_WORDS.get(unit, (unit.lower(),)))


_TELLER = re.compile(r"([가-힣A-Za-z&]{3,})에 따르면 ")
_CAME_TO = re.compile(
    r"\s?[^\s,\d]{0,4}(?:에서\s(?:[가-힣]{1,3}\s)?"
    r"|(?:보다|[을를])\s(?:[가-힣]{1,3}\s)?(?:낮은|높은|적은|많은|작은|큰|웃도는|밑도는)\s(?:약\s)?)"
)
"""What stands between a figure and the one it came to, or fell short of: "조 원에서 약 "."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    figure: Figure
    names: frozenset[str]
    words: frozenset[str]
    before: str


def misplaced_figure(
    said: str, taken: Sequence[tuple[int, int]], quote: str, quote_taken: Sequence[tuple[int, int]],
    tokens: Tokens,
) -> str | None:  # fmt: skip
    """Return a figure of the sentence that the quote gives for something else.

    Of the quote's figures of one unit, that said must fit the sentence best.
    """
    offered, teller = _labelled(quote, quote_taken, tokens), _TELLER.match(said)
    for mine in _labelled(said, taken, tokens):
        same_unit = [
            o for o in offered if o.figure.unit == mine.figure.unit or not mine.figure.unit
        ]
        own = [o for o in same_unit if mine.figure.ends & o.figure.ends]
        rivals = [o for o in same_unit if not mine.figure.ends & o.figure.ends]
        if teller and any(teller[1] in o.before for o in own):
            continue  # who says it stands right before it there
        if own and all(_better(mine, one, rivals) for one in own):
            return said[mine.figure.start : mine.figure.end]
    return None


def _better(mine: _Labelled, own: _Labelled, rivals: Sequence[_Labelled]) -> bool:
    """Whether another figure fits the sentence better than the one it says."""
    for rival in rivals:
        lacking = (mine.names - own.names) & (rival.names - own.names)
        if lacking and own.names - mine.names:
            return True
        mine_only = mine.names & own.names == mine.names & rival.names
        if mine_only and len(mine.words & rival.words) > len(mine.words & own.words):
            return True
    return False


def _labelled(text: str, taken: Sequence[tuple[int, int]], tokens: Tokens) -> list[_Labelled]:
    """The figures of a text, each with the names and words before it since the last one.

    A figure that no name, or no period, stands before keeps that of the one before it; one
    that the one before it came to ("3조에서 5조로") is of the same.
    """
    found: list[_Labelled] = []
    start, names, periods = 0, frozenset[str](), frozenset[str]()
    for figure in figures(text, taken):
        own, own_periods, words = tokens(text[start : figure.start])
        if found and _CAME_TO.fullmatch(text, start, figure.start):
            words = found[-1].words
        names, periods = own or names, own_periods or periods
        found.append(_Labelled(figure, names | periods, words, text[start : figure.start]))
        start = figure.end
    return found


def turned(said: str, taken: Sequence[tuple[int, int]], quote: str) -> str | None:
    """Return a figure that the sentence tells as a rise and the quote as a fall, or so."""
    offered = figures(quote)
    for figure in figures(said, taken):
        way = _way(said, figure)
        others = [o for o in offered if figure.ends & o.ends]
        ways = {_way(quote, other) or _by_sign(quote, other) for other in others} - {None}
        if way and ways and way not in ways:
            return said[figure.start : figure.end]
    return None


def _way(text: str, figure: Figure) -> str | None:
    after = text[figure.end : figure.end + _REACH]
    rise, fall = _RISES.search(after), _FALLS.search(after)
    if rise and fall:
        return "up" if rise.start() < fall.start() else "down"
    return "up" if rise else "down" if fall else None


def _by_sign(text: str, figure: Figure) -> str | None:
    before = text[max(0, figure.start - 2) : figure.start].strip()
    if text[figure.start : figure.start + 1] == "+" or before.endswith("+"):
        return "up"
    return "down" if figure.negative else None
