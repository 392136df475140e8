"""Rules of what a date or a period looks like, and what each is as ISO-like text.

A rule is a pattern with plain groups and a function from its match and the report's date to
the value, ``None`` where there is no such day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

_YEAR = r"(?:19|20)\d{2}"
_SHORT_YEAR = r"(?:(?<![\d,.])'?(?:1[5-9]|2\d|3\d))"
SLASHED_DAY = (
    r"(?<![\d/.,A-Za-z])(?:(?:[2-9]|1[0-2])/(?:1[3-9]|2\d|3[01])(?![\d/.%])"
    r"|(?:[1-9]|1[0-2])/(?:[1-9]|[12]\d|3[01])"
    r"(?=\([월화수목금토일]\)|\s?(?:종가|시가|장중|마감|현재가|기준))"
    r"|(?:(?<=내일\()|(?<=오늘\()|(?<=어제\()|(?<=모레\())(?:[1-9]|1[0-2])/(?:[12]?\d|3[01])(?=\)))"
)
"""A day as "7/22" that is no fraction: past the twelfth, no January, or of a weekday, a price."""
_TAIL = r"(?!\d|\s?(?:간|동안|이상|만에|내|이내|째|차|이하)(?![가-힣]))"
_RELATIVE_YEARS = {
    **{"올해": 0, "금년": 0, "올": 0, "당해": 0, "작년": -1, "지난해": -1, "전년": -1},
    **{"재작년": -2, "내년": 1, "내후년": 2, "후년": 2},
}
_RELATIVE_QUARTERS = {
    **{"이번": 0, "당": 0, "현": 0, "금": 0, "올해 이번": 0, "다음": 1, "차기": 1, "내": 1},
    **{"지난": -1, "전": -1, "직전": -1, "이전": -1},
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)


def _full_year(text: str) -> int:
    digits = text.strip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _years(match: re.Match[str], _: dt.date) -> str | None:
    first, last = match.groups()
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return f"{first}/{end}" if end > int(first) else None


def _korean_date(match: re.Match[str], _: dt.date) -> str | None:
    year = _full_year(match[1])
    if match[4]:
        return f"{year}-Q{match[4]}"
    if match[5]:
        return f"{year}-H{1 if match[5] in '상1' else 2}"
    if match[3]:
        return _day(year, int(match[2]), int(match[3]))
    if match[2]:
        return f"{year}-{int(match[2]):02d}" if 1 <= int(match[2]) <= 12 else None
    return str(year)


def _year_and_part(match: re.Match[str], _: dt.date) -> str | None:
    year, quarter, half = match.groups()
    return f"{year}-Q{quarter}" if quarter else f"{year}-H{1 if half == '상' else 2}"


def _part_and_year(match: re.Match[str], _: dt.date) -> str | None:
    """Read "4분기 2025", "상반기(2025년)"."""
    quarter, half, year = match.groups()
    return f"{year}-Q{quarter}" if quarter else f"{year}-H{1 if half == '상' else 2}"


def _numeric_date(match: re.Match[str], _: dt.date) -> str | None:
    year, month, day = _full_year(match[1]), int(match[2]), match[3]
    if not 1 <= month <= 12:
        return None
    return _day(year, month, int(day)) if day else f"{year}-{month:02d}"


def _slashed(match: re.Match[str], date: dt.date) -> str | None:
    """Read "7/22": a day of the year that has it nearest."""
    month, day = map(int, match.group().split("/"))
    return _day(_nearest_year(date, month), month, day)


def _coded(match: re.Match[str], _: dt.date) -> str | None:
    """Read "1Q25", "4Q 2024", "2H25", "Q1 2025", "Q1'25" and "2025 1Q"."""
    groups = [g for g in match.groups() if g]
    if len(groups) != 3:
        return None
    year = next(g for g in groups if len(g) >= 2)
    kind = next(g for g in groups if g.isalpha()).upper()
    number = next(g for g in groups if len(g) == 1 and g.isdigit())
    return f"{_full_year(year)}-{kind}{number}"


def _fiscal(match: re.Match[str], _: dt.date) -> str | None:
    return str(_full_year(next(g for g in match.groups() if g)))


def _fiscal_quarter(match: re.Match[str], _: dt.date) -> str:
    """Read "FY25 4분기", "2026 회계연도 1분기" and "FQ1 FY27" by the firm's own year."""
    number, year = sorted((g for g in match.groups() if g), key=len)
    return f"{_full_year(year)}-Q{number}"


def _english(match: re.Match[str], date: dt.date) -> str | None:
    month = _MONTHS[match[1][:3].lower()]
    day, year = match[2], match[3]
    if not day and not year:
        return None
    resolved = int(year) if year else _nearest_year(date, month)
    return _day(resolved, month, int(day)) if day else f"{resolved}-{month:02d}"


def _year_before(match: re.Match[str], date: dt.date) -> str:
    return str(date.year + _RELATIVE_YEARS[match[1]])


def _relative_year(match: re.Match[str], date: dt.date) -> str | None:
    year = date.year + _RELATIVE_YEARS[match[1]]
    if match[2]:
        return f"{year}-Q{match[2]}"
    if match[3]:
        return f"{year}-H{1 if match[3] == '상' else 2}"
    if match[4] and match[5]:
        return _day(year, int(match[4]), int(match[5]))
    if match[4]:
        return f"{year}-{int(match[4]):02d}" if 1 <= int(match[4]) <= 12 else None
    return str(year)


def _relative_quarter(match: re.Match[str], date: dt.date) -> str | None:
    index = date.year * 4 + (date.month - 1) // 3 + _RELATIVE_QUARTERS[match[1]]
    return f"{index // 4}-Q{index % 4 + 1}"


def _relative_month(match: re.Match[str], date: dt.date) -> str | None:
    shift = {"이번달": 0, "이달": 0, "금월": 0, "지난달": -1, "다음달": 1}
    index = date.year * 12 + date.month - 1 + shift[match[1].replace(" ", "")]
    year, month = index // 12, index % 12 + 1
    return _day(year, month, int(match[2])) if match[2] else f"{year}-{month:02d}"


def _ahead(match: re.Match[str], date: dt.date) -> str | None:
    years = int(match[1] or match[2])
    return f"{date.year}/{date.year + years}"


def _bare_quarter(match: re.Match[str], date: dt.date) -> str | None:
    """Take the quarter nearest to the report: "4분기" in January is last year's."""
    number = next(g for g in match.groups() if g)
    wanted, now = int(number) - 1, date.year * 4 + (date.month - 1) // 3
    index = min(
        (y * 4 + wanted for y in range(date.year - 1, date.year + 2)),
        key=lambda i: (abs(i - now), i),
    )
    return f"{index // 4}-Q{index % 4 + 1}"


def _bare_half(match: re.Match[str], date: dt.date) -> str | None:
    return f"{date.year}-H{1 if match[1] == '상' else 2}"


def _quarters(match: re.Match[str], date: dt.date) -> str:
    """ "1~3분기": the months of the first to the last, of the year that has the last nearest."""
    told, year, last = match.groups()
    month = 3 * int(last)
    if told:
        year = str(date.year - (told != "올해"))
    year = year or str(_nearest_year(date, month))
    return f"{year}-01/{year}-{month:02d}"


def _months(match: re.Match[str], date: dt.date) -> str | None:
    """ "1~8월": from the first to the last, of the year that has the last nearest."""
    first, last = int(match[2]), int(match[3])
    if not 1 <= first < last <= 12:
        return None
    year = _nearest_year(date, last) if not match[1] else date.year - (match[1] != "올해")
    return f"{year}-{first:02d}/{year}-{last:02d}"


def _bare_month(match: re.Match[str], date: dt.date) -> str | None:
    word, month, day = match[1], int(match[2]), match[3]
    if not 1 <= month <= 12:
        return None
    year = _nearest_year(date, month)
    if word == "지난" and (year, month) > (date.year, date.month):
        year -= 1
    if word in ("오는", "다음") and (year, month) < (date.year, date.month):
        year += 1
    return _day(year, month, int(day)) if day else f"{year}-{month:02d}"


def _bare_day(match: re.Match[str], date: dt.date) -> str | None:
    """ "17일 밝혔다": the nearest such day, before or, with 오는, after the report's date."""
    word, day = match[1], int(match[2])
    near = []
    for months in (-1, 0, 1):
        index = date.year * 12 + date.month - 1 + months
        found = _day(index // 12, index % 12 + 1, day)
        if found:
            near.append(dt.date.fromisoformat(found))
    if word == "오는":
        near = [d for d in near if d >= date]
    elif word == "지난":
        near = [d for d in near if d <= date]
    return min(near, key=lambda d: (abs((d - date).days), d)).isoformat() if near else None


def _this_year(match: re.Match[str], date: dt.date) -> str | None:  # noqa: ARG001 - a rule
    return str(date.year)


def _nearest_year(date: dt.date, month: int) -> int:
    """Choose the year that puts ``month`` within about half a year of the report."""
    gap = month - date.month
    return date.year - 1 if gap > 6 else date.year + 1 if gap < -8 else date.year


def _brief_span(match: re.Match[str], _: dt.date) -> str | None:
    first, last = int(match[1]), int(match[2])
    return f"20{first:02d}/20{last:02d}" if first < last < _LATEST else None


def _brief(match: re.Match[str], _: dt.date) -> str | None:
    """Read "’25.11.3", "’25.11월", "’26.1분기", "’25.上" of official papers."""
    year, quarter, half, month, day = match.groups()
    if int(year) >= _LATEST:
        return None
    if quarter or half:
        return f"20{year}-Q{quarter}" if quarter else f"20{year}-H{1 if half in '상上' else 2}"
    if not 1 <= int(month) <= 12:
        return None
    return _day(2000 + int(year), int(month), int(day)) if day else f"20{year}-{int(month):02d}"


_LATEST = 60


def _dotted_day(match: re.Match[str], date: dt.date) -> str | None:
    month, day = int(match[1]), int(match[2])
    return _day(_nearest_year(date, month), month, day) if 1 <= month <= 12 else None


Rule = tuple[str, Callable[["re.Match[str]", dt.date], "str | None"]]
RULES: dict[str, Rule] = {
    "brief_span": (
        r"(?<!\w)['’‘](\d{2})년?\s?[~∼～\-–]\s?['’‘]?(\d{2})(?:년|(?![\d.%]))",
        _brief_span,
    ),
    "brief": (
        r"(?<!\w)['’‘](\d{2})\.\s?(?:([1-4])\s?분기|([상하上下])(?:반기)?"
        r"|(\d{1,2})(?:월|(?![\d%억조만배달원QqHh]))(?:\.?\s?(\d{1,2})(?:일|(?![\d%억조만배달원]))\.?)?)",
        _brief,
    ),
    "dotted_day": (r"(?<![\d.])(\d{1,2})\.(\d{1,2})일(?![가-힣]*간)", _dotted_day),
    "years": (
        rf"({_YEAR})년?\s?(?:[~∼～\-–→]|부터\s?)\s?({_YEAR}|\d{{2}})(?:년|(?=\s|\)|,|$))(?:까지)?",
        _years,
    ),
    "quarters": (
        rf"(?<![\d.])(?:(올해|지난해|작년)\s?|({_YEAR})년\s?)?1(?:분기)?\s?[~∼～\-–]\s?([2-4])\s?분기",
        _quarters,
    ),
    "korean": (
        rf"({_YEAR}|{_SHORT_YEAR})년(?!대(?!비))(?:\s?(\d{{1,2}})월(?:\s?(\d{{1,2}})일)?|\s?([1-4])\s?분기"
        rf"|\s?([상하])반기)?{_TAIL}",
        _korean_date,
    ),
    "year_end": (rf"(?<![\d.,])({_YEAR})말(?![가-힣])", _fiscal),
    "measured": (
        rf"(?<![\d.,\-/$₩€A-Za-z])(?<![A-Za-z] )({_YEAR})"
        r"(?=\s(?:[가-힣A-Z][가-힣A-Za-z0-9]{0,11}\s)?(?:capex|매출|영업이익|순이익|설비투자|자본지출|점유율|eps|가이던스|출하량|시장\s?규모))",
        _fiscal,
    ),
    "noted": (rf"(?<=[BMKTn억조만원러안엔%개대명장]\()({_YEAR})(?=\))", _fiscal),
    "within": (rf"({_YEAR})년(?=\s?이?내(?![가-힣]))", _fiscal),
    "numeric": (
        rf"(?<![\d.\-/])({_YEAR}|\d{{2}}(?=\.\d{{2}}\.\d{{2}}))[.\-/]\s?(\d{{1,2}})(?:[.\-/]\s?(\d{{1,2}}))?\.?(?![\d,%])",
        _numeric_date,
    ),
    "slashed": (SLASHED_DAY, _slashed),
    "part": (
        rf"(?<![\d.,])({_YEAR})\s(?:([1-4])\s?분기|([상하])반기)",
        _year_and_part,
    ),
    "part_first": (
        rf"(?<![\d.~\-])(?:([1-4])\s?분기|([상하])반기)(?:\s|\s?\()({_YEAR})년?\)?"
        r"(?![\d.,]|\s?[억만조천%원개대명건])",
        _part_and_year,
    ),
    "dotted": (rf"(?<![\d.])'?({_YEAR}|\d{{2}})\.([1-4])(Q)(?![A-Za-z\d])", _coded),
    "coded": (
        rf"(?<![A-Za-z\d])(?:([1-4])([QH])\s?'?({_YEAR}|\d{{2}})|([QH])([1-4])\s?(?:'?({_YEAR})|['’](\d{{2}}))"
        rf"|({_YEAR})\s?([1-4])([QH]))(?=[EFAP]?(?![A-Za-z\d%]|\.\d))",
        _coded,
    ),
    "fiscal_quarter": (
        rf"(?<![A-Za-z\d])(?:(?:FY\s?'?({_YEAR}|\d{{2}})(?:년)?|({_YEAR})년?\s?회계\s?연도"
        rf"|회계\s?연도\s?({_YEAR})년?)\s?(?:([1-4])\s?분기|F?Q([1-4])|([1-4])Q)"
        rf"|F?(?:Q([1-4])|([1-4])Q),?\s?FY\s?'?({_YEAR}|\d{{2}})|FY([1-4])Q({_YEAR}|\d{{2}}))(?!\d)",
        _fiscal_quarter,
    ),
    "fiscal": (
        rf"(?<![A-Za-z\d])(?:FY\s?'?({_YEAR}|\d{{2}})|({_YEAR})[EFAP])(?![A-Za-z\d])"
        rf"|({_YEAR})년?\s?회계\s?연도|회계\s?연도\s?({_YEAR})년?",
        _fiscal,
    ),
    "english": (
        rf"\b({_MONTH_NAME})\s(?:(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?={_YEAR}))?)?({_YEAR})?",
        _english,
    ),
    "same_part": (
        r"(지난해|작년|전년)(?=\s?(?:동기|같은\s?(?:기간|분기))(?!\s?(?:대비|보다|에\s비|과\s비교|比)))",
        _year_before,
    ),
    "relative": (
        r"(올해|금년|재작년|작년|지난해|전년|내년|내후년|올(?=\s?(?:[1-4]\s?분기|[상하]반기|\d{1,2}월)))"
        r"(?:\s?([1-4])\s?분기|\s?([상하])반기|\s?(\d{1,2})월(?:\s?(\d{1,2})일)?)?(?!\s?(?:대비|동기))"
        r"(?!(?<=전년)\s?(?:[~+▲▼−\-]\s?\d|약?\s?\d[\d.]*\s?배))",
        _relative_year,
    ),
    "quarter": (
        r"(이번|당|현|다음|차기|지난|직전|이전)\s?분기(?!\s?(?:대비|별))",
        _relative_quarter,
    ),
    "months": (
        r"(?<!\d)(?:(올해|지난해|작년)\s?)?(\d{1,2})(?:월)?\s?[~∼～\-–]\s?(\d{1,2})월(?!\d)",
        _months,
    ),
    "month": (r"(이번 달|이달|지난 ?달|다음 ?달)(?:\s?(\d{1,2})일(?!\s?간))?", _relative_month),
    "ahead": (
        r"(?:향후|앞으로|오는)\s?(\d{1,2})년(?:간|\s?동안|\s?내|\s?안)?|(?<!\d)(\d{1,2})년\s?(?:이내|내|안)(?:에|로|\s)?(?<!\s)",
        _ahead,
    ),
    "bare_month": (
        r"(?<!\d)(?:(지난|오는|다음)\s?)?(\d{1,2})월(?:\s?(\d{1,2})일)?(?!\d)",
        _bare_month,
    ),
    "bare_day": (
        r"(?<![\d월.,~∼\-–])(?:(지난|오는)\s)?(\d{1,2})일(?=[은에의자까부이,(\s]|$)"
        r"(?!\s?(?:간|동안|째|치|만에|만의|이내|내에|내로|연속|분|마다|이상|이하|정도|가량"
        r"|이 걸|이나|이면))",
        _bare_day,
    ),
    "year_part": (r"(연내|연말|연초|연중)", _this_year),
    "bare_quarter": (r"(?<![\d.])([1-4])\s?분기(?!\s?(?:대비|연속))", _bare_quarter),
    "bare_coded": (
        r"(?<![A-Za-z\d])(?:Q([1-4])|([1-4])Q)"
        rf"(?![A-Za-z\d]|\s?(?:{_YEAR}|\d\d)(?![\d.,]*\s?[%조억만]))",
        _bare_quarter,
    ),
    "half": (r"([상하])반기", _bare_half),
}
