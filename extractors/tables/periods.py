"""Periods in headers: years, quarters, months, horizons, and marks of estimates beside them."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import Literal

from extractors.values.periods import find_periods, parse_period

Standing = Literal["fact", "forecast", "plan"]

_HORIZON = re.compile(
    r"(?<![A-Za-z0-9])(?![234]D\s)(?:\d{1,2}[DWMY]|(?:20\d\d\s)?YTD|QTD|MTD|\d{1,2}(?:일|주일?|개월|년))(?![A-Za-z0-9가-힣])",
    re.IGNORECASE,
)
"""Spans of returns ("1M", "2025 YTD"); "3D 적층" is a shape."""
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_SPANS = {"일간": "1D", "주간": "1W", "월간": "1M"}
"""Headers of changes over a day, a week or a month."""
_TRAILING = re.compile(r"(?<![A-Za-z])(?:TTM|LTM)(?![A-Za-z])|최근 12개월(?: 누적)?", re.IGNORECASE)
_TWELVE = "TTM"
"""The twelve months that have last been reported."""
_QUARTER = re.compile(
    r"(?<![\dA-Za-z])(?:(?P<n1>[1-4])(?P<k1>[QH])\s?'?(?P<y1>(?:20)?\d{2})"
    r"|'?(?P<y2>(?:20)?\d{2})\s?[.년]?\s?(?P<n2>[1-4])(?P<k2>[QH]|\s?분기)"
    r"|(?P<k4>[QH])(?P<n4>[1-4])\s?['’](?P<y4>\d{2})"
    r"|(?P<y3>20\d{2})\s?(?P<k3>[QH])(?P<n3>[1-4]))(?=[EFAP]?(?![\dA-Za-z]))",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:FY\s?'?|')?(?P<year>(?:(?:19|20)\d\d)|(?<=')\d{2}|(?<=FY)\d{2})(?:\s?년)?", re.I
)
_SHORT_YEAR = re.compile(r"'?(?P<year>1[5-9]|2\d)(?:년?\s?\(?[EFAP]\)?|년)", re.IGNORECASE)
_YEARS = re.compile(
    r"'?(?P<low>(?:20)?\d{2})년?\s?[~∼〜～–-]\s?'?(?P<high>(?:20)?\d{2})\s?[EF]?(?:년|(?=\W|$))"
)
_MARK = re.compile(
    r"(?<=[\dQHqh년월기말])\s?(?:(?P<bare>[EFAPefap])|\((?P<round>[EFAPefap])\))(?![A-Za-z0-9])"
)
_STANDINGS: dict[str, Standing] = {
    **dict.fromkeys("EF", "forecast"),
    **dict.fromkeys("AP", "fact"),
}
_WORDS: dict[str, Standing] = {
    **dict.fromkeys(("추정", "추정치", "전망", "전망치", "예상", "예상치", "가이던스"), "forecast"),
    **dict.fromkeys(("예측", "예측치", "컨센서스"), "forecast"),
    **dict.fromkeys(("목표", "계획"), "plan"),
    **dict.fromkeys(("실적", "확정", "확정치", "잠정", "잠정치", "잠정실적"), "fact"),
}
_NOTED_YEAR = re.compile(r"\s?\((?P<year>(?:19|20)\d\d)(?:년)?\)$")
_PLAIN = re.compile(r"연간|누적|평균|말|기준")


def period_of(text: str, date: dt.date) -> str | None:
    """Read a whole label as a period: "2025E", "3Q24", "'25년", "2025.04", "1M", "YTD"."""
    short = _SHORT_YEAR.fullmatch(text.strip())
    if short:
        return f"20{short['year']}"
    label = _MARK.sub("", text.strip()).strip()
    if named := _named(label, date):
        return named
    if _HORIZON.fullmatch(label):
        return label.upper() if label.isascii() else label
    quarter = _QUARTER.fullmatch(label)
    if quarter:
        return _quarter(quarter)
    year = _YEAR.fullmatch(label)
    if year:
        return year["year"] if len(year["year"]) == 4 else f"20{year['year']}"
    months = re.fullmatch(r"'?(\d{2})[.년]\s?(\d{1,2})월", label)
    if months and 1 <= int(months[2]) <= 12:
        return f"20{months[1]}-{int(months[2]):02d}"
    return parse_period(label.removesuffix("말").strip(), date) or parse_period(label, date)


def _named(label: str, date: dt.date) -> str | None:
    """Read "TTM", "주간" and "8/7"."""
    day = _DAY.fullmatch(label)
    if day:
        return nearest(int(day[1]), int(day[2]), date)
    return _TWELVE if _TRAILING.fullmatch(label) else _SPANS.get(label)


def nearest(month: int, day: int, date: dt.date) -> str | None:
    """The day of that month nearest to ``date``, if there is one."""
    years = (date.year - 1, date.year, date.year + 1)
    days = [dt.date(year, month, day) for year in years if _exists(year, month, day)]
    best = min(days, key=lambda option: abs((option - date).days), default=None)
    return best.isoformat() if best else None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def standing_of(text: str) -> Standing | None:
    """Tell what a mark says of the period beside it: "2025E", "1Q25(P)", "2024년 실적"."""
    mark = _MARK.search(text)
    if mark:
        return _STANDINGS[(mark["bare"] or mark["round"]).upper()]
    words = [word for word in re.split(r"[\s()]+", text) if word in _WORDS]
    return _WORDS[words[-1]] if words else None


def is_horizon(period: str) -> bool:
    """Tell a span that ends today ("1W", "3M", "YTD") from a date."""
    return _HORIZON.fullmatch(period) is not None


def take_period(text: str, date: dt.date) -> tuple[str | None, str]:
    """Take a period off a label: "수익률 1M", "2024년 매출" and "1Q25 가이던스" keep the rest.

    A bare year stays unless it leads or words of standing follow: "AIME 2025" is a name.
    """
    whole = period_of(text, date)
    if whole:
        return whole, ""
    years = _YEARS.search(text)
    if years and int(years["low"][-2:]) < int(years["high"][-2:]):
        low, high = (f"20{years[part][-2:]}" for part in ("low", "high"))
        return f"{low}/{high}", _without(text, years.start(), years.end())
    if trailing := _TRAILING.search(text):
        return _TWELVE, _without(text, trailing.start(), trailing.end())
    horizon = _HORIZON.search(text)
    if horizon and not horizon.group().endswith(("년", "일", "주", "개월")):
        return horizon.group().upper(), _without(text, horizon.start(), horizon.end())
    year = _NOTED_YEAR.search(text)
    if year:
        return year["year"], text[: year.start()]
    for pattern in (_QUARTER, re.compile(r"^'?(?:19|20)\d\d(?:년|(?=[EFAP]?\s))|'?\b[12]\d[EF]\b")):
        match = pattern.search(text)
        if match:
            period = _quarter(match) if pattern is _QUARTER else _year(match.group())
            return period, _without(text, match.start(), match.end())
    found = find_periods(text, date)
    if len(found) == 1 and re.search(r"\d", text[found[0].start : found[0].end]):
        return found[0].value, _without(text, found[0].start, found[0].end)
    return None, text


def _year(printed: str) -> str:
    digits = re.sub(r"\D", "", printed)
    return digits if len(digits) == 4 else f"20{digits}"


def _quarter(match: re.Match[str]) -> str:
    year, kind, number = (
        next(told for at in "1234" if (told := match[f"{part}{at}"])) for part in "ykn"
    )
    kind = kind.strip().upper()
    return f"{year if len(year) == 4 else '20' + year}-{'H' if kind == 'H' else 'Q'}{number}"


def _without(text: str, start: int, end: int) -> str:
    """Cut a period out, with its mark and the words of standing that are left alone."""
    rest = f"{text[:start]} {re.sub(r'^[EFAPefap](?![A-Za-z])', '', text[end:])}"
    rest = re.sub(r"(?:(?<=\s)|^)[(]?[EFAP][)]?(?=\s|$)|[(\[]\s*[EFAP]?\s*[)\]]", " ", rest)
    rest = re.sub(r"\s+", " ", rest).strip(" -–/:,'")
    words = rest.split(" ")
    return "" if all(w in _WORDS or _PLAIN.fullmatch(w) for w in words) else rest


_ISO = re.compile(r"(?P<y>\d{4})(?:-(?:H(?P<h>[12])|Q(?P<q>[1-4])|(?P<m>\d\d)(?:-(?P<d>\d\d))?))?")


@lru_cache(maxsize=4096)
def starts(period: str) -> dt.date | None:
    """Return the first day of an ISO period ("2025-H2", "2025-Q1", "2025-03"), if it is one."""
    match = _ISO.fullmatch(period.split("/", maxsplit=1)[0])
    if not match:
        return None
    month = _first_month(match)
    return dt.date(int(match["y"]), month, int(match["d"] or 1))


@lru_cache(maxsize=4096)
def ends(period: str) -> dt.date | None:
    """Return the last day of an ISO period, of a span ("2024/2026") that of its end."""
    match = _ISO.fullmatch(period.rsplit("/", maxsplit=1)[-1])
    if not match:
        return None
    if match["d"]:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    months = 1 if match["m"] else 3 if match["q"] else 6 if match["h"] else 12
    after = int(match["y"]) * 12 + _first_month(match) - 1 + months
    return dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)


def _first_month(match: re.Match[str]) -> int:
    if match["m"]:
        return int(match["m"])
    if match["q"]:
        return int(match["q"]) * 3 - 2
    return int(match["h"]) * 6 - 5 if match["h"] else 1
