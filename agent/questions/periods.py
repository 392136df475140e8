"""Periods of questions against periods and words of reports.

A figure of a year is none of its quarters, and a quarter's none of the year's: periods
are compared by how long they last (their grain), not only by where they lie.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

Grain = Literal["span", "year", "half", "quarter", "month", "day"]

_GRAINS: tuple[tuple[str, Grain], ...] = (
    (r"\d{4}", "year"),
    (r"\d{4}-H[12]", "half"),
    (r"\d{4}-Q[1-4]", "quarter"),
    (r"\d{4}-\d\d", "month"),
    (r"\d{4}-\d\d-\d\d", "day"),
)
_ORDER: tuple[Grain, ...] = ("span", "year", "half", "quarter", "month", "day")
PARTS: frozenset[Grain] = frozenset({"half", "quarter", "month"})
"""Parts of a year that have figures of their own."""

_PART_OF_YEAR = 0.7  # a quarter's figure beside a question for the year


@lru_cache(maxsize=16384)
def grain(period: str) -> Grain:
    """Return how long an ISO-like period lasts; what has no known form is a span."""
    shapes = ((re.fullmatch(shape, period), name) for shape, name in _GRAINS)
    return next((name for match, name in shapes if match), "span")


@lru_cache(maxsize=16384)
def periods_agree(a: str, b: str) -> bool:
    """Tell whether one ISO-like period lies in the other ("2025" and "2025-Q1")."""
    if "/" in a or "/" in b:
        return bool({part[:4] for part in a.split("/")} & {part[:4] for part in b.split("/")})
    if grain(a) == grain(b):
        return a == b
    (outer, inner) = (a, b) if _ORDER.index(grain(a)) < _ORDER.index(grain(b)) else (b, a)
    return inner.startswith(outer) or _within(inner, outer)


@lru_cache(maxsize=16384)
def answers_for(asked: str, said: str, *, figure: bool = True) -> float:
    """Return how well what holds of ``said`` answers a question about ``asked``, 0..1.

    1 for the same period. A ``figure`` of a quarter, half-year or month is neither that
    of the year nor that of a shorter time; that of a year may do with less. An event of
    a shorter time lies in the longer one; of a longer one nothing is known.
    """
    if not periods_agree(asked, said):
        return 0.0
    mine, theirs = grain(asked), grain(said)
    if figure and asked != said and any("-" in p and "/" in p for p in (asked, said)):
        return _PART_OF_YEAR if mine == "year" else 0.0  # months together: "1~8월 누적"
    if mine == theirs or "span" in (mine, theirs):
        return 1.0
    if _ORDER.index(theirs) < _ORDER.index(mine):
        return 0.0 if mine in PARTS else 1.0
    if not figure or theirs == "day":
        return 1.0 if mine in ("month", "year") or not figure else 0.0
    return _PART_OF_YEAR if mine == "year" else 0.0


def _within(inner: str, outer: str) -> bool:
    """Whether a month, day or quarter lies in a quarter or half of its year."""
    if inner[:4] != outer[:4]:
        return False
    months = _months(inner), _months(outer)
    return all(months) and set(months[0]) <= set(months[1])


def _months(period: str) -> range:
    part = period[5:]
    if part[:1] == "Q":
        return range(int(part[1]) * 3 - 2, int(part[1]) * 3 + 1)
    if part[:1] == "H":
        return range(int(part[1]) * 6 - 5, int(part[1]) * 6 + 1)
    return range(int(part[:2]), int(part[:2]) + 1) if part[:2].isdigit() else range(0)


def written(period: str, text: str) -> bool:
    """Tell whether the folded text writes the period out ("2024-12-30": 12월30일)."""
    if match := re.fullmatch(r"\d{4}-(\d\d)/\d{4}-(\d\d)", period):
        return re.search(rf"(?<!\d){int(match[1])}월?[~∼\-–]{int(match[2])}월", text) is not None
    year, _, rest = period.partition("-")
    if not rest:
        return year in text
    if match := re.fullmatch(r"(\d\d)-(\d\d)", rest):
        return f"{int(match[1])}월{int(match[2])}일" in text
    if rest.startswith("Q"):
        return f"{rest[1]}분기" in text or f"{rest[1]}q{year[2:]}" in text
    if rest.startswith("H"):
        return ("상반기", "하반기")[int(rest[1]) - 1] in text or f"{rest[1]}h{year[2:]}" in text
    return f"{int(rest)}월" in text if rest.isdigit() else False


def heads(labels: list[str], published: dt.date) -> dict[int, str]:
    """Return the periods that labels of columns or rows are, by place ("3Q25": 2025-Q3).

    Empty unless at least two are: one year in a header makes no table of years.
    """
    from extractors.values.periods import find_periods

    found: dict[int, str] = {}
    for place, label in enumerate(labels):
        text = label.strip()
        for period in find_periods(text, published)[:1]:
            if period.start == 0 and len(text) - period.end <= _BESIDE:
                found[place] = period.value
    return found if len(found) > 1 else {}


_BESIDE = 8  # characters behind the period in its label: "2027F", "3Q25(예상)"
