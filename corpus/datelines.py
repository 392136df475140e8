"""When each part of a report was written: a collection of articles has a date for each.

Words such as "지난달" and days without a month count from there, not from the day on which
the collection came out.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from itertools import takewhile

from corpus.dates import dates_in, is_only_date
from corpus.report import Report, Section

_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]{6,20})[)\]】]\W*$")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*(?:년|[./-])\s*(\d{1,2})월?\.?")
_MARKS = " \t#*_[](){}【】|·•-–—:,."
_GOES_ON = re.compile(
    r"일?(?:\s?[~∼–]|부터|까지|에(?=\s)|의(?=\s)|자로|\s?(?:[가-힣]+\s)?(?:시행|발효|기한|예정))"
)
"""What tells of a span or a day to come rather than when a part was written."""
_MIDDLE = 15
_BELOW = 3
"""The line with the date stands among so many below a heading: title, date, byline."""
_NEAR = 240
"""Characters of that many lines: a longer one is no date."""


class Datelines:
    """The dates of a report's parts, by place."""

    def __init__(self, report: Report) -> None:
        self._starts = [0]
        self._dates = [report.date]
        dated: dict[tuple[str, ...], dt.date] = {}
        for section in report.sections:
            path, own = section.path, _own(report, section)
            if own is None or own > report.date:
                above = (path[:n] for n in range(len(path) - 1, 0, -1))
                own = next((dated[p] for p in above if p in dated), report.date)
            dated[path] = own
            self._starts.append((section.heading or section.body).start)
            self._dates.append(own)

    def at(self, offset: int) -> dt.date:
        """Return the date of the part that holds ``offset``; the report's where none is told."""
        return self._dates[bisect_right(self._starts, offset) - 1]


def _own(report: Report, section: Section) -> dt.date | None:
    """The date in brackets at the end of a heading, or on a line of its own below it."""
    if section.heading is None:
        return None
    heading = section.heading.of(report.text)
    bracketed = _BRACKETED.search(heading)
    if bracketed:
        return _read(bracketed[1])
    if (edge := _at_edge(heading)) is not None:
        return edge
    start = section.body.start
    lines = report.text[start : min(start + _NEAR, section.body.end)].split("\n")[:-1]
    short = [line for line in lines if line.strip()][:_BELOW]
    own = takewhile(lambda line: not line.startswith("#"), short)
    dates = (next(dates_in(line))[0] for line in own if is_only_date(line))
    return next(dates, None)


def _at_edge(heading: str) -> dt.date | None:
    """The date which a heading begins or ends with: "2031.02.14 가나전자 — 다라증권"."""
    for date, start, end in dates_in(heading):
        first, last = heading[:start].strip(_MARKS), heading[end:].strip(_MARKS)
        if (not first or not last) and not _GOES_ON.match(heading, end):
            return date
    return None


def _read(text: str) -> dt.date | None:
    """A day, or the middle of a month, from which all its days are the nearest."""
    day = next(dates_in(text), None)
    if day:
        return day[0]
    month = _MONTH.fullmatch(text.strip())
    if not month or not 1 <= int(month[2]) <= 12:
        return None
    return dt.date(int(month[1]), int(month[2]), _MIDDLE)
