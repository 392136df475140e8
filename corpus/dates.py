"""Full dates as Korean and English reports print them, in text and in file names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"""(?<![\d.])(?P<y>(?:19|20)\d\d)\s*(?:년|[./-])\s*(?P<m>\d{{1,2}})\s*(?:월|[./-])\s*(?P<d>\d{{1,2}})(?!\d)
      | (?<!\d)(?P<cy>(?:19|20)\d\d)(?P<cm>[01]\d)(?P<cd>[0-3]\d)(?!\d)
      | \b(?P<en>{_MONTH})\.?\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ey>(?:19|20)\d\d)
      | (?<!\d)(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<bn>{_MONTH})\.?,?\s+(?P<by>(?:19|20)\d\d)
      | (?<![\d.])(?P<sy>2\d)[.](?P<sm>\d{{1,2}})[.](?P<sd>\d{{1,2}})(?![\d.])""",
    re.VERBOSE | re.IGNORECASE,
)
_YEARED = re.compile(r"(?:19|20)\d\d|2\d[.]")
"""What every full date holds: its year."""
_MONTH_ONLY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:년|[.-])\s*(\d{1,2})\s*월?\s*호")
_NAME = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")
_NAME_KOREAN = re.compile(r"(20\d\d)년[-_ ]?(\d{1,2})월[-_ ]?(\d{1,2})일")
_NAME_SHORT = re.compile(r"(?<!\d)(2\d)([01]\d)([0-3]\d)(?!\d)")
_NAME_WEEK = re.compile(r"(?<!\d)(20\d\d)[-_]?W(\d\d)(?!\d)", re.IGNORECASE)
_NAME_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.]([01]\d)(?![\d])")


def dates_in(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """Yield each full date with its half-open range; impossible dates are passed over."""
    for match in _DATE.finditer(text) if _YEARED.search(text) else ():
        date = _read(match)
        if date:
            yield date, match.start(), match.end()


def is_only_date(line: str) -> bool:
    """Tell a line that is a full date and hardly more: a weekday, a time, "입력"."""
    found = next(dates_in(line), None)
    if not found:
        return False
    rest = line[: found[1]] + line[found[2] :]
    return len(re.sub(r"[\W_]", "", rest)) <= 8


def _read(match: re.Match[str]) -> dt.date | None:
    if match["y"]:
        return _date(match["y"], match["m"], match["d"])
    if match["cy"]:
        return _date(match["cy"], match["cm"], match["cd"])
    if match["en"]:
        return _date(match["ey"], _month(match["en"]), match["ed"])
    if match["bn"]:
        return _date(match["by"], _month(match["bn"]), match["bd"])
    return _date(f"20{match['sy']}", match["sm"], match["sd"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def month_in(text: str) -> dt.date | None:
    """Return the first day of the month that an issue names ("2024년 12월호")."""
    match = _MONTH_ONLY.search(text)
    return _date(match[1], match[2], 1) if match else None


def date_in_name(stem: str) -> dt.date | None:
    """Read the date in a stem: 2025-01-06, 20250106, 250106, 2025-W02 (its Monday), 2025-01."""
    for pattern in (_NAME, _NAME_KOREAN):
        match = pattern.search(stem)
        date = _date(*match.groups()) if match else None
        if date:
            return date
    match = _NAME_WEEK.search(stem)
    if match:
        try:
            return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            return None
    match = _NAME_SHORT.search(stem)
    if match:
        return _date(f"20{match[1]}", match[2], match[3])
    match = _NAME_MONTH.search(stem)
    return _date(match[1], match[2], 1) if match else None


def iso_week(day: dt.date) -> str:
    """Return the ISO week of a day, as ``2025-W02``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
