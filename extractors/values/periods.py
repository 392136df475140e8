"""Dates and periods in Korean text, resolved against the report's date.

Results are ISO-like: ``2025``, ``2025-H1``, ``2025-Q1``, ``2023-05``, ``2024-12-30``,
and ``2025/2028`` for a span of years. Relative words ("올해", "다음 분기", "3년 내") and
dates without a year take the year that lies nearest to the report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.records import record
from corpus.syllables import NIEUN, SSANG_SIOT, any_ending_in
from extractors.alternation import any_of
from extractors.values.period_rules import RULES

FISCAL = re.compile(r"(?<![A-Za-z])FY\s?'?\d|회계\s?연도|회계년도|사업연도", re.IGNORECASE)
"""What tells a time by a firm's own year."""
BY_FISCAL_YEAR = "회계연도"


@record()
class FoundPeriod:
    """A date or period: its half-open range in the text and its ISO-like value.

    ``coming`` is the value when the text speaks of what is to come and names no year:
    "4분기" in March is last year's in an account, this year's in a plan. ``gone`` is the
    value when it speaks of what was: "1분기" in October is this year's in an account.
    ``due`` is the value when something is expected of it: "4분기" in March is this year's, in
    January still last year's, of which no accounts are out yet.
    ``ahead`` tells a period that begins after the report's date, ``over`` one that a growth
    is measured against ("2023년보다"); ``running`` a year or span that is not over at the date.
    """

    start: int
    end: int
    value: str
    coming: str | None = None
    due: str | None = None
    gone: str | None = None
    ahead: bool = False
    over: bool = False
    running: bool = False


def find_periods(text: str, date: dt.date) -> list[FoundPeriod]:
    """Find all dates and periods of a text in order, resolved against ``date``."""
    found: list[FoundPeriod] = []
    for match in _PERIOD.finditer(text):
        pattern, resolve = _COMPILED[match.lastgroup or ""]
        parts = pattern.match(text, match.start())  # what follows is looked at again
        value = resolve(parts, date) if parts else None
        if value and match.lastgroup == "same_part":
            value = _same_part(found) or value
        if value:
            same = bool(found) and _SAME_YEAR.search(text, 0, match.start()) is not None
            if same:
                value = found[-1].value[:4] + value[4:]
            yearless = match.lastgroup in _YEARLESS and not match.group().startswith("지난")
            yearless = yearless and not same and not text[: match.start()].endswith("지난 ")
            later = _coming(value, date) if yearless else None
            begins = _first_month(value)
            if match.lastgroup in _FISCAL and told_by_firm(match.group()):
                begins = (begins[0] - 1, begins[1] + 1)  # as early as it may be by a firm's year
            ahead = begins > (date.year, date.month)
            ahead = ahead or _is_at_end(match.group(), text, match.end(), date, value)
            begun = match.lastgroup == "half" and _has_just_begun(value, date)
            past = yearless and (ahead or begun) and not match.group().startswith(("오는", "다음"))
            gone = f"{int(value[:4]) - 1}{value[4:]}" if past else None
            if match.lastgroup == "bare_day" and _is_gone_by(match, text, value, date):
                gone = _month_before(value)
            gone_by = _first_month(value) < (date.year, date.month)
            since = gone_by and _SINCE.match(text, match.end())
            over = bool(since or _OVER.match(text, match.end()))
            span = match.span()
            running = not ahead and _is_running(value, date)
            if _SO_FAR.match(text, match.end()):
                value, later, gone = _from_january(value), None, None
            due = later if later and _months_since(value, date) > _UNTIL_ACCOUNTS else None
            found.append(FoundPeriod(*span, value, later, due, gone, ahead, over, running))
    return found


_DONE_THEN = re.compile(
    rf"[^,.]{{0,14}}?(?:(?!는){any_ending_in(NIEUN)}\s(?:뒤|후|이후|직후|데)(?=[\s,])"
    rf"|(?![있겠]){any_ending_in(SSANG_SIOT)})"
)
"""What tells a day gone by: "1일 물러난 뒤", "17일 밝혔다"."""


def _is_gone_by(match: re.Match[str], text: str, value: str, date: dt.date) -> bool:
    """Tell a day that lies ahead but is told of as past: "1일 물러났다", told on the 23rd."""
    ahead = value > date.isoformat() and not match.group().startswith("오는")
    return ahead and _DONE_THEN.match(text, match.end()) is not None


def _month_before(day: str) -> str | None:
    """Return the same day of the month before, if it has one."""
    year, month, number = map(int, day.split("-"))
    index = year * 12 + month - 2
    try:
        return dt.date(index // 12, index % 12 + 1, number).isoformat()
    except ValueError:
        return None


def _same_part(found: Sequence[FoundPeriod]) -> str | None:
    """Return a part of a year as told before, of the year before: "지난해 동기에는"."""
    parts = [p.value for p in found if re.fullmatch(r"\d{4}-[QH\d]\d?", p.value)]
    return f"{int(parts[-1][:4]) - 1}{parts[-1][4:]}" if parts else None


def _is_at_end(said: str, text: str, end: int, date: dt.date, year: str) -> bool:
    """Tell the end of a year that is not near yet: "올해 말", "연말", told in spring."""
    if year != str(date.year) or date.month > _NEAR_END:
        return False
    return said == "연말" or _AT_END.match(text, end) is not None


_NEAR_END = 10
_AT_END = re.compile(r"\s?말(?![가-힣])|\s?말(?:까지|부터|에|의|께|쯤|경|로)(?![가-힣])")


def _has_just_begun(half: str, date: dt.date) -> bool:
    """Tell a half of which four months at most are over: no accounts of it are out yet."""
    first = 1 if half.endswith("1") else 7
    return half.startswith(str(date.year)) and first <= date.month < first + _ENOUGH


_ENOUGH = 4


def _months_since(part: str, date: dt.date) -> int:
    """Return how many months before the date a quarter, a half or a month ends."""
    return (date.year - int(part[:4])) * 12 + date.month - _last_month(part)


_UNTIL_ACCOUNTS = 2


def _from_january(value: str) -> str:
    """Let a quarter stand for the year up to its end: "3분기 누적 매출"."""
    if value[5:6] != "Q":
        return value
    return f"{value[:4]}-01/{value[:4]}-{3 * int(value[6]):02d}"


_SO_FAR = re.compile(r"(?:까지(?:의)?)?\s?누적")

_OVER = re.compile(
    r"(?:\s?(?:같은|동)\s?(?:기간?|달|분기|월))?\s?(?:대비|보다|에 비해|에 비하|비\s?[+\-\d])"
    r"|\s(?:초|말|[최저고]{1,2}점|평균)\s?(?:대비|보다|에 비해)"
    r"|\s?(?:같은|동)\s?(?:기간?|달|분기|월)의?\s?\(?\d[\d,.조억만천 ]*[^\s\d]{0,2}\)?(?:에서|보다)"
)
"""What makes of a period one to compare with: "지난해 같은 기간보다", "2025년 최저점 대비".

Also what was then, from which it moved: "작년 같은 기간의 3조 원에서".
"""
_SINCE = re.compile(r"(?:\([^()]*\))?\s?(?:[가-힣]{1,6}\s)?(?:이후|이래)(?![가-힣\d])")
"""What makes of one that is past the time since when: "2022년 이후 3만 명을 감원했다"."""
_SAME_YEAR = re.compile(r"(?:같은|그)\s?해\s?$")


def _first_month(value: str) -> tuple[int, int]:
    """Return year and month with which a period begins ("2025-Q3": 2025, 7)."""
    year, part = int(value[:4]), value[5:].split("/", maxsplit=1)[0]
    if "/" in value[:5] or not part:
        return year, 1
    months = {"Q": 3, "H": 6}.get(part[:1])
    return year, (int(part[1:]) - 1) * months + 1 if months else int(part[:2])


def _is_running(value: str, date: dt.date) -> bool:
    """Tell the year of the date, or a span of years that ends in a later one."""
    return value == str(date.year) or (value[4:5] == "/" and value[5:9] > str(date.year))


def _coming(value: str, date: dt.date) -> str | None:
    """Return the same part of the next year where ``value`` lies wholly before ``date``."""
    year = int(value[:4])
    if (year, _last_month(value)) >= (date.year, date.month):
        return None
    return f"{year + 1}{value[4:]}"


def _last_month(value: str) -> int:
    """Return the month that a quarter, a half or a month ends with."""
    part = value[5:]
    months = {"Q": 3, "H": 6}.get(part[:1], 0)
    return int(part[1:]) * months if months else int(part[:2])


@lru_cache(maxsize=8192)
def parse_period(text: str, date: dt.date) -> str | None:
    """Read a whole string as one date or period, else return ``None``."""
    found = find_periods(text.strip(), date)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text.strip())
    return found[0].value if whole else None


def told_by_firm(text: str) -> bool:
    """Tell a time told by a firm's own year: "FY26 1분기", "회계연도 2026년"."""
    return _BY_FIRM.search(text) is not None


_FISCAL = frozenset({"fiscal", "fiscal_quarter"})
_BY_FIRM = re.compile(r"FY|회계")
_YEARLESS = frozenset({"bare_quarter", "bare_coded", "bare_month", "dotted_day", "half"})


def _numbered(pattern: str) -> str:
    """Make groups plain, so that only the rule's own name tells which one matched."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


_SIGNS, _LETTERS = r"\d'’‘", "QHFJMASONDqhfjmasond"
_WORDS = (
    *("올", "금년", "재작년", "작년", "지난", "전년", "내년", "내후년"),
    *("이번", "이달", "이전", "당", "현", "다음", "차기", "직전", "향후", "앞으로", "오는"),
    *("연내", "연말", "연초", "연중", "상반기", "하반기", "회계"),
)
_OPENINGS = "".join(sorted({word[0] for word in _WORDS}))
_BEGINS = (
    rf"(?=(?-i:[{_SIGNS}{_LETTERS}{_OPENINGS}]))"
    rf"(?=(?-i:[{_SIGNS}]|(?<![A-Za-z\d])[{_LETTERS}]|{any_of(_WORDS)}))"
)
"""What a period begins with, looked at once a place, by one letter and then by the whole word,
and not by every rule; a Latin letter only where a word begins."""
_PERIOD = re.compile(
    _BEGINS + "(?:" + "|".join(f"(?P<{n}>{_numbered(r)})" for n, (r, _) in RULES.items()) + ")",
    re.IGNORECASE,
)
_COMPILED = {
    name: (re.compile(pattern, re.IGNORECASE), resolve)
    for name, (pattern, resolve) in RULES.items()
}
