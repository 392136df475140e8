"""Quantities in Korean and English text: amounts, counts, percents, ranges, open ends.

Scales are applied ("600~900억 달러" is 60,000,000,000 to 90,000,000,000 USD), money
is in whole units of its ISO 4217 currency, and an open end ("이상", "최대") is ``None``.
Years, dates and version numbers are no quantities and are never found.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from corpus.records import record
from extractors.alternation import holds_any
from extractors.values.period_rules import SLASHED_DAY
from extractors.values.units import (
    CURRENCIES,
    ENDINGS,
    MONEY,
    PREFIX_CURRENCIES,
    SCALES,
    SIGN_MONEY,
    UNIT,
    UNIT_NAMES,
)
from kg.claim import Value

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_COUNTED = rf"{_NUMBER}(?:[천백십]\s?\d{{1,3}}(?![\d,.]|\s?(?:년|월|일)))*"
"""Digits, or as the news agencies write them: "1천200"."""
_KOREAN_SCALE = r"(?:[십백천]?[조억만]|[천백십](?=\s?[가-힣]))"
_LATIN_SCALE = r"(?:\s?(?:thousand|million|billion|trillion)|[KMBTkb]|[MmBb]n|tn)(?![A-Za-z/\d])"
_MAGNITUDE = (
    rf"{_COUNTED}(?:\s?{_KOREAN_SCALE}(?:\s?{_COUNTED}\s?{_KOREAN_SCALE})*"
    rf"(?:\s?(?:\d,\d{{3}}|\d[천백]\d{{1,3}}|\d{{1,4}})(?![\d,.]|\s?[십백천]?[조억만]|년|월|일|분기|위|곳|~(?!\s?\d+(?:\.\d+)?[만억조천])))?여?"
    rf"|{_LATIN_SCALE}|여(?=\s?[가-힣]))?"
)
_BEFORE = (
    r"(?:약|대략|거의|최소한?|(?<!사상\s)(?<!역대\s)(?<!업계\s)(?<!국내\s)(?<!세계\s)최대"
    r"|(?<!사상\s)(?<!역대\s)최고|적어도|총|연?평균|up to|about|over)"
)
_AFTER = r"(?:이상|이하|초과|미만|이내|안팎|내외|가량)"
_LATIN_BEGINS = "uoanhcsrUOANHCSR$"
_QUANTITY = re.compile(
    rf"""(?=(?-i:[약대거최적총연평마\d\-−△\\＄¥€£₩￦{_LATIN_BEGINS}]))
    (?P<before>(?<![가-힣]){_BEFORE}\s?)?
    (?P<sign>마이너스\s?|(?<![\w.)\]%])[-−△]|(?<=\s)–(?=\$?\d))?
    (?P<money1>{SIGN_MONEY}\s?)?(?P<low>{_MAGNITUDE})
    (?:\s?(?P<unit1>{MONEY}|{UNIT}))?
    (?:(?:\s?[~∼〜～–]\s?|—|-\s?|\s-\s|(?<=%)에서\s(?=\d[\d.]*%\s?(?:증가|성장|상승|하락|감소|인상|인하)))(?P<sign2>[-−](?=\d))?(?P<money2>{SIGN_MONEY}\s?)?(?P<high>{_MAGNITUDE})
       (?:\s?(?P<unit2>{MONEY}|{UNIT}))?)?
    (?P<level>(?:(?<=%)\s?[초중후]반)?대(?=[^가-힣]|$|의|에|로|를|가|까지|다|인|이|은|는|였|입)|(?<=%)\s?[초중후]반(?=[^가-힣]|$|의|에|으|을|이|은))?
    (?:\s?(?P<after>{_AFTER}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_SCALED = re.compile(rf"({_NUMBER})\s?([십백천]?[조억만]|[십백천]|[A-Za-z]+)?")
_DIGIT = re.compile(r"\d")
_LONGEST_BEFORE = len("up to 마이너스 US$ ")
"""No more than this stands in a quantity before its first digit."""
_WORD_NUMBERS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "열": 10}
_WORDED = re.compile(
    r"(?=(?-i:[한두세네다여열수몇절lmhLMH\d]))(?:"  # told apart once, not by every alternative
    r"(?P<times>(?P<count>한|두|세|네|다섯|여섯|열)\s?(?:배|곱절)(?:\s이상(?!의))?(?=[^가-힣]|$|로|의|가|를|에|나|이|까|씩|늘|증|다|예|였|죠|인|쯤|입|랍|고|는|급|가량|정도|수준|도))"
    rf"|(?P<vague>(?:수|몇)\s?(?P<tens>[십백천])?(?P<scale>[만억조])?"
    rf"(?<=[십백천만억조])\s?(?P<of>{MONEY}|(?:개|대|명|장|곳|건)(?=[^가-힣]|$|{ENDINGS})))"
    r"|(?P<half>절반(?:\s?(?P<least>이상|넘게)|\s?(?P<most>이하|미만))?)|(?P<digits>(?:(?P<digit_count>한|두|세|네)\s?자릿수)(?:\s?중반|\s?초반|\s?후반)?)"
    r"|(?P<single>(?:low|mid|high)[- ](?:single|double)(?:[- ]digits?)?)"
    r"|(?P<part>(?<![\d,.])(?P<below>\d{1,3}(?:,\d{3})?|\d{4})분의\s?(?P<above>\d{1,2}))"
    rf"|(?P<slash>(?!{SLASHED_DAY})(?<![\d/.,A-Za-z])(?P<top>\d)/(?P<bottom>\d{{1,2}})(?![\d/.%])))",
    re.IGNORECASE,
)
_MAY_BE_WORDED = re.compile(
    r"배|곱절|절반|자릿수|분의|/|수\s?[십백천만억조]|몇\s?[십백천만억조]"
    r"|s(?i:ingle)|S(?i:ingle)|d(?i:ouble)|D(?i:ouble)"
)
"""What every worded quantity holds: most texts are done with after one quick look."""
_NOT_QUANTITIES = re.compile(
    r"(?=[\d'F제])(?:"
    rf"{SLASHED_DAY}|(?:19|20)\d{{2}}(?=\s(?:[1-4]\s?분기|[상하]반기))|"
    r"(?:(?:19|20)\d{2}|(?<!\d)'?\d{2})년(?=\s?\d|[^가-힣\d]|$|에|의|까|부|을|이|은|는|초|말|도|형|경|쯤|중|대비|과|와|산|판)"
    r"(?:\s?\d{1,2}월(?:\s?\d{1,2}일)?|\s?\d분기|\s?\d차)?"
    r"|\d{1,2}월(?:\s?\d{1,2}일)?|\d분기|\d반기|[1-4]Q\s?\d{2,4}(?![\d.,]*\s?[%조억만])|\d{2,4}\s?[1-4]Q|FY\s?\d{2,4}"
    r"|(?:19|20)\d{2}[.\-/]\s?(?:1[0-2]|0?[1-9])(?:[.\-/]\s?\d{1,2})?\.?(?![\d,])"
    r"|(?:19|20)\d{2}(?:[~∼\-–→](?:19|20)?\d{2}년?)(?!\d)|(?:19|20)\d{2}[EF](?![A-Za-z])"
    r"|(?:19|20)\d{2}\s?회계\s?연도"
    r"|(?<![\d.])\d{1,2}일(?!간|\s?동안|\s?만에|\s?이내)|제\s?\d+조|\d{1,2}:\d{2})"
)
_ASIDE = re.compile(r"(?:±|(?<![A-Za-z])[Pp]er)\s?[\d.,]+[KMB]?")
"""Tolerances and what a price is for: "50±1", "$9 per 1M 토큰"."""
_MARKED = ("±", "er ")
_YEARS_MONTHS = re.compile(r"(?<!\d)(?P<years>\d{1,2})년\s?(?P<months>\d{1,2})개월")
_NAME_WITH_DIGITS = re.compile(r"(?<![A-Za-z0-9$])[A-Za-z_][A-Za-z0-9_.\-]*\d[A-Za-z0-9_.\-]*")
_YEARS_LONG = re.compile(r"(?<!\d)\d{1,2}년(?!\s?\d{1,2}월|\s?\d분기)")


@record()
class FoundValue:
    """A quantity and its half-open range in the searched text; ``value.text`` is that slice."""

    start: int
    end: int
    value: Value


@lru_cache(maxsize=8192)
def parse_value(text: str, *, unit: str | None = None) -> Value | None:
    """Read a whole string as one quantity, else return ``None``.

    ``unit`` applies when the string names none; it may carry a scale ("조원", "십억 달러",
    "천 대"), which is then applied.
    """
    stripped = text.strip()
    match = _QUANTITY.fullmatch(stripped)
    if match is None:
        worded = _WORDED.fullmatch(stripped)
        return _worded_value(worded) if worded else None
    scale, currency = Decimal(1), None
    if not (match["unit1"] or match["unit2"] or match["money1"]) and unit:
        scale, unit, currency = read_unit(unit)
    return _quantity(match, scale=scale, unit=unit, currency=currency)


def find_values(text: str) -> list[FoundValue]:
    """Find all quantities of a text in order, without overlap; dates and names are skipped."""
    worded = _WORDED.finditer(text) if _MAY_BE_WORDED.search(text) else ()
    found = [FoundValue(m.start(), m.end(), _worded_value(m)) for m in worded]
    if "개월" in text:
        found += [FoundValue(m.start(), m.end(), _months(m)) for m in _YEARS_MONTHS.finditer(text)]
    barred = _barred_ranges(text) if _DIGIT.search(text) else []
    position = 0
    while (digit := _DIGIT.search(text, position)) and (
        match := _QUANTITY.search(text, max(position, digit.start() - _LONGEST_BEFORE))
    ):
        end = match.end()
        block = _blocking(barred, match.start("low"), end)
        if block is not None:
            position = max(block, match.start() + 1)
            continue
        if not _is_quantity(text, match):
            position = _past_token(text, match.start("low"))
            continue
        found.append(FoundValue(match.start(), end, _quantity(match)))
        position = end
    return _without_overlap(found)


@lru_cache(maxsize=512)
def read_unit(text: str) -> tuple[Decimal, str | None, str | None]:
    """Split a printed unit into scale, unit and currency: "조원" is 10¹², None, "KRW"."""
    printed = text.strip().strip("()[]").removeprefix("단위:").strip()
    match = re.fullmatch(
        rf"(?P<scale>{_KOREAN_SCALE}|[천백])?\s?(?P<money>{MONEY}|\$)", printed, re.IGNORECASE
    )
    if match:
        scale = SCALES[match["scale"]] if match["scale"] else 1
        return Decimal(scale), None, CURRENCIES[match["money"].lower()]
    match = re.fullmatch(rf"(?P<money>{SIGN_MONEY})\s?(?P<scale>[a-z]+)", printed, re.IGNORECASE)
    if match and match["scale"].lower() in SCALES:
        scale = SCALES[match["scale"].lower()]
        return Decimal(scale), None, PREFIX_CURRENCIES[match["money"].lower()]
    if printed.lower() in PREFIX_CURRENCIES:
        return Decimal(1), None, PREFIX_CURRENCIES[printed.lower()]
    match = re.fullmatch(rf"(?P<scale>{_KOREAN_SCALE}|[천백])\s?(?P<unit>{UNIT})", printed)
    if match:
        return Decimal(SCALES[match["scale"]]), _unit_name(match["unit"]), None
    iso = printed.upper()
    if iso.lower() in CURRENCIES and iso.isalpha() and iso.isascii():
        return Decimal(1), None, CURRENCIES[iso.lower()]
    return Decimal(1), _unit_name(printed) if printed else None, None


def _quantity(
    match: re.Match[str],
    *,
    scale: Decimal = Decimal(1),
    unit: str | None = None,
    currency: str | None = None,
) -> Value:
    low_text, high_text = match["low"], match["high"]
    low = _number(low_text)
    high = _number(high_text) if high_text else low
    if high_text:
        low = _share_scale(low_text, low, high_text, high, own_unit=bool(match["unit1"]))
    if match["sign"]:
        low, high = (-low, high if high_text else -low)
    if match["sign2"]:
        high = -high
    low, high = _plain(low * scale), _plain(high * scale)
    minimum, maximum = _ends(match, min(low, high), max(low, high))
    printed = (match["unit2"] or match["unit1"] or "").lower()
    sign = (match["money1"] or match["money2"] or "").strip().lower()
    if sign:
        currency, unit = PREFIX_CURRENCIES[sign], None
    elif printed in CURRENCIES:
        currency, unit = CURRENCIES[printed], None
    elif printed:
        currency, unit = None, _unit_name(match["unit2"] or match["unit1"])
    return Value(match.group(), minimum, maximum, unit, currency)


def _share_scale(
    low_text: str, low: Decimal, high_text: str, high: Decimal, *, own_unit: bool
) -> Decimal:
    """Give the first number of a range the scale written only after the second."""
    if own_unit or re.search(r"[^\d,.\s]", low_text):
        return low
    bare = _number(re.match(_NUMBER, high_text).group())  # type: ignore[union-attr]  # found by that pattern
    factor = high / bare if bare else Decimal(1)
    return low * factor if low * factor <= high else low


def _ends(
    match: re.Match[str], low: Decimal, high: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    before = (match["before"] or "").strip().lower()
    after = match["after"] or ""
    if after in ("이상", "초과") or before in ("최소", "최소한", "적어도", "over"):
        return low, None
    if after in ("이하", "미만", "이내") or before in ("최대", "up to"):
        return None, high
    return low, high


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal:
    """Evaluate a magnitude: "1조 2,000억" and "1조2천억" are 1,200,000,000,000."""
    total = section = Decimal(0)
    for match in _SCALED.finditer(text):
        number, scale = Decimal(match[1].replace(",", "")), match[2] or ""
        if len(scale) == 1 and scale in "천백십":
            section += number * SCALES[scale]
            continue
        total += (section + number) * SCALES.get(scale.lower(), 1)
        section = Decimal(0)
    return total + section


def _plain(number: Decimal) -> Decimal:
    """Drop trailing zeros without an exponent: equal quantities print equally."""
    whole = number.to_integral_value()
    return Decimal(int(whole)) if number == whole else number.normalize()


@lru_cache(maxsize=1024)
def _unit_name(printed: str) -> str:
    compact = re.sub(r"\s+", " ", printed.strip())
    return UNIT_NAMES.get(compact.replace("% ", "%").lower(), compact)


def _worded_value(match: re.Match[str]) -> Value:
    text = match.group()
    if match["times"]:
        times = Decimal(_WORD_NUMBERS[match["count"]])
        return Value(text, times, times, "배")
    if match["vague"]:
        return _vague_value(match)
    if match["half"]:
        least, most = (None if match[end] else Decimal(50) for end in ("most", "least"))
        return Value(text, least, most, "%")
    if match["digits"]:
        power = _WORD_NUMBERS[match["digit_count"]]
        return Value(text, Decimal(10) ** (power - 1), Decimal(10) ** power - 1, "%")
    if match["single"]:
        power = 1 if "single" in text.lower() else 2
        return Value(text, Decimal(10) ** (power - 1), Decimal(10) ** power - 1, "%")
    above = Decimal(match["above"] or match["top"])
    below = Decimal((match["below"] or match["bottom"]).replace(",", ""))
    share = round(above / below, 4) if below else None
    return Value(text, share, share)


def _months(match: re.Match[str]) -> Value:
    """ "3년 6개월" lasts 42 months."""
    lasting = Decimal(int(match["years"]) * 12 + int(match["months"]))
    return Value(match.group(), lasting, lasting, "개월")


def _vague_value(match: re.Match[str]) -> Value:
    """ "수백억 달러": at least so much, nobody says how much."""
    tens, scale = match["tens"] or "", match["scale"] or ""
    least = Decimal(SCALES.get(tens, 1)) * Decimal(SCALES.get(scale, 1))
    currency = CURRENCIES.get(match["of"].lower())
    return Value(match.group(), least, None, None if currency else match["of"], currency)


def _barred_ranges(text: str) -> list[tuple[int, int]]:
    """List the ranges of dates, of digits inside Latin names ("GPT-4") and of what is behind ±."""
    spans = [m.span() for m in _NOT_QUANTITIES.finditer(text) if not _is_duration(text, m)]
    names = _NAME_WITH_DIGITS.finditer(text)
    spans += [m.span() for m in _ASIDE.finditer(text)] if holds_any(text, _MARKED) else []
    spans += [m.span() for m in names if not re.match(r"(?:US|NT|HK|USD|RMB)\d", m.group())]
    return sorted(spans)


def _is_duration(text: str, match: re.Match[str]) -> bool:
    """Tell "3년 내" and "10년간" (durations) from "25년 1분기" (a date)."""
    years = _YEARS_LONG.match(text, match.start())
    if years is None or match.group().startswith("'"):
        return False
    return int(years.group()[:-1]) < 16 or bool(
        re.match(r"\s?(?:간|동안|이상|만에|내)", text[years.end() :])
    )


def _blocking(barred: list[tuple[int, int]], start: int, end: int) -> int | None:
    return next((stop for begin, stop in barred if begin < end and start < stop), None)


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """Refuse ordinals ("12대 고객사", "제3"), digits glued to words, and lone list numbers."""
    start, end = match.start("low"), match.end()
    before = text[match.start() - 1 : match.start()]
    if text[: match.start()].rstrip().endswith("±"):
        return False  # how far a figure may be off
    if match["money1"] is None and ((before.isalnum() and before.isascii()) or before == "제"):
        return False
    if before in {"-", "_", "."} and text[match.start() - 2 : match.start() - 1].isalnum():
        return False
    plain = match["low"].isdigit() and len(match["low"]) <= 3 and match["high"] is None
    if plain and match["unit1"] == "대" and re.match(r" [가-힣]", text[end : end + 2]):
        return " " in text[start:end]
    if match["unit1"] is None and match["unit2"] is None and match["money1"] is None:
        return not _LETTER.match(text, end) or bool(_PAST_NUMBER.match(text[end:]))
    return True


_LETTER = re.compile(r"[A-Za-z가-힣]")
_PAST_NUMBER = re.compile(rf"(?:{ENDINGS}|점|포인트)")


def _past_token(text: str, start: int) -> int:
    match = _DIGITS.match(text, start)
    return match.end() if match else start + 1


_DIGITS = re.compile(r"[\d,.]+")


def _without_overlap(found: list[FoundValue]) -> list[FoundValue]:
    if len(found) < 2:
        return found
    kept: list[FoundValue] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end - item.start > kept[-1].end - kept[-1].start:
            kept[-1] = item
    return kept
