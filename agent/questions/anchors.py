"""Which week a question speaks of: "1월 20일 리포트에서", "2월 둘째 주", "이번 주"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.evidence.units import caption_text
from agent.questions.periods import grain
from agent.words import data
from kg.generation import ReportInfo

if TYPE_CHECKING:
    from agent.answerer import Answerer

_DAY = r"(?:(?P<year>20\d\d)[년.-]\s?)?(?P<month>\d{1,2})(?:월|[.-])\s?(?P<day>\d{1,2})일?"
_PUBLISHED = (
    r"(?:\s?(?:일?자|호|발간|판))?\s?(?:의\s?)?(?:종가\s?)?(?:[가-힣A-Za-z]{1,8}\s){0,2}?"
    r"(?:리포트|보고서|위클리|자료|기준|종가|[가-힣]*표(?=[에의를은는이가로 )]|$)"
    r"|일?자(?=[\s)])|호(?=[에의 ]|$))"
    r"(?:에서는?|의|에|으로|로)?"
)
_DATED = re.compile(_DAY + _PUBLISHED)
_ORDINALS = {
    **{"첫": 1, "첫째": 1, "둘째": 2, "두": 2, "셋째": 3, "세": 3},
    **{"넷째": 4, "네": 4, "다섯째": 5},
}
_WEEK_OF_MONTH = re.compile(
    r"(?:(?P<year>20\d\d)년\s?)?(?P<month>\d{1,2})월\s?"
    r"(?P<nth>첫째?|둘째|두|셋째|세|넷째|네|다섯째|마지막)\s?(?:번째\s?)?주"
    r"(?:차)?(?:\s?(?:리포트|보고서))?(?:에서는?|에|의)?"
)
_THIS = re.compile(
    r"(?:이번|금)\s?주(?:\s?(?:리포트|보고서))?(?:에서는?|에|의)?"
    r"|최신\s?(?:리포트|보고서)(?:에서는?|의)?|this week(?:'s report)?",
    re.I,
)
_LAST = re.compile(
    r"(?:지난|전)\s?주(?:\s?(?:리포트|보고서))(?:에서는?|에|의)?|last week'?s report", re.I
)
_ISO_WEEK = re.compile(r"(?P<week>20\d\d-W\d\d)(?:\s?(?:리포트|보고서))?(?:에서는?|에|의)?")
_PARTICLE = re.compile(r"^(?:을|를|은|는|이|가|의|도|만)(?=\s)")
_REACH = dt.timedelta(days=6)  # a closing price of Friday stands in Monday's report


@dataclass(frozen=True, slots=True)
class Anchor:
    """The reports a question is about, and the question without the words that say so."""

    reports: frozenset[str]
    text: str


def anchor(text: str, reports: Sequence[ReportInfo]) -> Anchor | None:
    """Find the week a question names; ``None`` when it names none that is there.

    ``reports`` are those in scope, oldest first.
    """
    if len(reports) < 2:
        return None
    for find in (_by_week, _by_date, _by_week_of_month, _by_nearness):
        found = find(text, reports)
        if found:
            match, chosen = found
            return Anchor(frozenset(r.id for r in chosen), _without(text, match))
    return None


def this_week(text: str) -> str | None:
    """Return a question without "이번 주" ("최신 보고서"); ``None`` where it does not say that."""
    match = _THIS.search(text)
    return _without(text, match) if match else None


def _without(text: str, match: re.Match[str]) -> str:
    tail = _PARTICLE.sub("", text[match.end() :])
    return " ".join(f"{text[: match.start()]} {tail}".split())


_Found = tuple[re.Match[str], list[ReportInfo]] | None


def _by_week(text: str, reports: Sequence[ReportInfo]) -> _Found:
    match = _ISO_WEEK.search(text)
    chosen = [r for r in reports if r.week == match["week"]] if match else []
    return (match, chosen) if match and chosen else None


def _by_date(text: str, reports: Sequence[ReportInfo]) -> _Found:
    match = _DATED.search(text)
    if not match:
        return None
    day = _nearest(match["year"], int(match["month"]), int(match["day"]), reports)
    later = [r for r in reports if day and day <= r.date <= day + _REACH]
    return (match, [r for r in later if r.date == later[0].date]) if later else None


def _by_week_of_month(text: str, reports: Sequence[ReportInfo]) -> _Found:
    match = _WEEK_OF_MONTH.search(text)
    if not match:
        return None
    of_month = [
        r
        for r in reports
        if r.date.month == int(match["month"]) and match["year"] in (None, str(r.date.year))
    ]
    if match["nth"] == "마지막":
        chosen = of_month[-1:]
    else:
        nth = _ORDINALS[match["nth"]]
        chosen = [r for r in of_month if (r.date.day - 1) // 7 + 1 == nth]
    return (match, chosen) if chosen else None


def _by_nearness(text: str, reports: Sequence[ReportInfo]) -> _Found:
    for pattern, at in ((_THIS, -1), (_LAST, -2)):
        if match := pattern.search(text):
            weeks = sorted({r.week for r in reports})
            if len(weeks) >= -at:
                return match, [r for r in reports if r.week == weeks[at]]
    return None


def _nearest(
    year: str | None, month: int, day: int, reports: Sequence[ReportInfo]
) -> dt.date | None:
    """The date meant: of the year given, else of the year in which a report is nearest."""
    years = [int(year)] if year else sorted({r.date.year for r in reports})
    dates = []
    for each in years:
        try:
            dates.append(dt.date(each, month, day))
        except ValueError:
            continue
    return min(dates, key=lambda d: min(abs(d - r.date) for r in reports), default=None)


def dated_words(text: str) -> str:
    """Return the words by which a question names a week ("2월 3일 리포트 기준으로"), or ``""``."""
    for pattern in (_ISO_WEEK, _DATED, _WEEK_OF_MONTH, _THIS, _LAST):
        if match := pattern.search(text):
            return match[0].strip()
    return ""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day by which something must have been reported, and the question without it."""

    day: dt.date
    text: str
    month_day: str

    def is_told(self, scope: Iterable[str], answerer: Answerer) -> bool:
        """Tell whether a report is of that day, or a table of one soon after is headed by it."""
        week = dt.timedelta(days=6)
        dates = {r: answerer.dates[r] for r in scope}
        near = sorted(r for r, date in dates.items() if self.day <= date <= self.day + week)
        if any(dates[r] == self.day for r in near):
            return True
        tables = (table for r in near for table in answerer.report(r).tables)
        return any(self.month_day in caption_text(table) for table in tables)


def as_of(text: str, today: dt.date) -> AsOf | None:
    """Find the day as of which a question asks; ``today`` resolves a day without a year."""
    from extractors.values.periods import find_periods

    form = data("forms")["as_of"]
    if re.search(form["not"], text):
        return None
    for found in find_periods(text, today):
        if grain(found.value) != "day":
            continue
        start, end = found.start, found.end
        after = re.match(form["after"], text[end:])
        before = re.search(form["before"], text[:start], re.I)
        if after is None and before is None:
            continue
        head = text[: before.start()] if before else text[:start]
        tail = text[end + after.end() :] if after else text[end:]
        day = dt.date.fromisoformat(found.value)
        rest = " ".join(f"{head} {tail.lstrip(', ')}".split())
        return AsOf(day, rest, f"{day.month}월 {day.day}일")
    return None
