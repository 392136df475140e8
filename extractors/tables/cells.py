"""What one cell holds: nothing, a status, a list of names, a quantity, a date, a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.clean import clean
from corpus.report import Cell
from extractors.sparing import sparing
from extractors.tables.periods import is_horizon, nearest, take_period
from extractors.tables.vocabulary import fold, schema
from extractors.values.periods import find_periods
from extractors.values.values import find_values, parse_value
from kg.claim import Value

_SPLIT = re.compile(
    r"\s*[,;、]\s*|(?<=[a-z0-9])·(?=[A-Z])|\s+(?:및|와|과|&|and)\s+|\s+/\s+|\s*<br\s*/?>\s*|\n"
)
_VERSIONS = re.compile(
    r"(?P<base>.*?)(?P<first>[A-Za-z]?\d+(?:[.]\d+)?)(?P<rest>(?:/[A-Za-z]?\d+(?:[.]\d+)?)+)$"
)
_RANGE = re.compile(
    r"(?P<base>.*?)(?P<mark>[A-Za-z]?)(?P<low>\d{1,2})\s?[~∼〜～]\s?(?P=mark)(?P<high>\d{1,2})$"
)
NOTE = sparing(r"\s*\(([^()]*)\)")
_NODE = re.compile(r"\d+(?:\.\d+)?\s?(?:nm|나노|㎚|Å|A)", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:약|총)?\s?\d+\s?(?:여)?\s?(?:개국|개사|개|종|가지|건|곳|대)(?:\s.*)?|외\s?\d+.*|다수|여러.*"
)
_OPEN = re.compile(r"\s(?:또는|혹은|or)\s")
"""What is one or the other is no name: "하람 또는 신규"."""
_ETC = re.compile(r"\s*(?:등|외)(?:\s?총?\s?\d+\s?여?\s?(?:개국|개사|개|곳|종|명|인|사|건))?$")
_CODED = re.compile(
    r"(?P<left>\D.*?)\s+(?P<right>\d{4,6} [A-Z]{2}|[A-Z]{1,5} (?:US|KS|KQ|JP|HK|TT|LN|GY|FP|CH|NA))"
)
_PAIRED = re.compile(r"(?P<left>[-+]?\d[\d,.]*%?)\s+(?P<right>[-+]?\d[\d,.]*%?)")
_FIGURES = re.compile(r"[-+−△▲▼()$₩€¥\d,.%~\s/]+[A-Za-z%]{0,3}")
NO_QUANTITY = re.compile(r"\d/\d|^(?:19|20)\d\d년$")
_DONE = re.compile(r"\s?\((?:완료|예정|확정|잠정|종료)\)$")
_UNTIL = re.compile(r"\s*[~∼〜～–]\s*(?:\d{4}[-./년]\s?)?(?:\d{1,2}[-./월]\s?)?\d{1,2}(?:일|월)?$")
_MONTH_DAY = re.compile(r"(\d{1,2})\s?[-./월]\s?(\d{1,2})\s?일?")
_YEAR_MONTH = re.compile(r"(?P<year>20\d\d)\s?[-./]\s?(?P<month>0?[1-9]|1[0-2])")
_GLUED = re.compile(r"(?P<left>(?:\d{4}[-./])?\d{1,2}[-./]\d{1,2})\s+(?P<right>\D.*)", re.DOTALL)
_LASTING = re.compile(r"^\s*\d{1,2}\s?(?:년|개월|주|일)(?:간)?\s*$|까지\s*$")
"""How long something lasts, or until when: no time that figures are of."""
_RANK = re.compile(r"(?P<rank>\d{1,3})\s?(?:위|등|st|nd|rd|th)?\s*(?:\((?P<change>[^()]*)\))?")
_FOOTNOTE = re.compile(r"(?<=\S)\s?(?:\*{1,3}|[†‡¹⁴⁵]|(?<!m)[²³]|\d?\))$")  # but "814mm²"
_DASHED = sparing(r"^(?:[-–·•]\s+|[①-⑳]\s*)(?=[^\W\d])")
_BELOW = "ㄴ└┗↳"
_NOTED = tuple("*†‡¹²³⁴⁵)\n")
"""How a cell with a footnote mark ends."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name from a cell with what its brackets add ("(5nm)" → node, else condition)."""

    text: str
    start: int
    node: str | None = None
    condition: str | None = None


def is_money(text: str, date: dt.date) -> bool:
    """Tell an amount of money, whatever is said of it: "약 177억 달러 (USD 17.7B)"."""
    read = value_of(text, None, date)
    return read is not None and read[0].currency is not None


@lru_cache(maxsize=8192)  # a cell is asked for by every column's rule
def is_nothing(text: str) -> bool:
    """Tell whether a cell says nothing: blank, dash, N/A."""
    return text.strip().casefold() in schema().nothing


def is_total(text: str) -> bool:
    """Tell whether a label sums up the others ("합계", "메모리 평균", "기타")."""
    last = fold(NOTE.sub("", text).strip().split(" ")[-1]) if text.strip() else ""
    return fold(NOTE.sub("", text)) in schema().totals or last in schema().totals - {"계", "other"}


def is_undisclosed(text: str) -> bool:
    """Tell whether a cell says that a thing is not made known ("미공개")."""
    return fold(text) in schema().undisclosed


@lru_cache(maxsize=8192)
def is_status(text: str) -> bool:
    """Tell whether a cell is a bare status ("진행중", "협의 중")."""
    return fold(NOTE.sub("", text)) in schema().status


@lru_cache(maxsize=8192)
def is_figure(text: str) -> bool:
    """Tell whether a cell is only digits, signs and a short unit."""
    return bool(_FIGURES.fullmatch(text)) and any(ch.isdigit() for ch in text)


_ASKED = sparing(r"\?$|여부$|\s\S*(?:[는은인던]가|[있없었았였했됐겠하되]나|까)$")
"""How a cell ends that asks: a checklist tells nothing."""


def tells_nothing(text: str) -> bool:
    """Tell a blank cell, and one that asks: "수율이 안정적인가"."""
    silent = _ASKED.search(text) or _SILENT.search(text)
    return not text or is_nothing(text) or silent is not None


_SILENT = re.compile(
    r"(?:발표문|발표|자료|보고서|공시|원문|기사|문서)에(?:는|도|서|서는)?\s(?:[^,.]{1,12}\s)?"
    r"(?:미제시|미공개|미기재|미언급|없음|없다)$"
)
"""What says only where nothing is said: "자료에 수치 미공개"."""


def is_label(text: str) -> bool:
    """Tell a cell that only names what stands beside it ("기간", "장소")."""
    return fold(text) in schema().labels


def is_labels(cells: Sequence[str]) -> bool:
    """Tell a row of short words from one of figures or names."""
    told = [text.strip() for text in cells if text.strip()]
    plain = all(re.fullmatch(r"[가-힣A-Za-z ()]{1,10}", text) for text in told)
    return len(told) > 1 and len(set(told)) == len(told) and plain


def is_prose(text: str) -> bool:
    """Tell words without a figure, too many for a mark such as "흑자 전환"."""
    return text.count(" ") > 1 and not any(ch.isdigit() for ch in text)


def is_placeholder(label: str) -> bool:
    """Tell what only stands for a name: the A and B of two views side by side."""
    return len(label) == 1 and label.isascii()


def rank_of(text: str) -> tuple[str, str | None] | None:
    """Read "4(▼2)" as rank "4" and change "▼2"; a dash is no change."""
    match = _RANK.fullmatch(text.strip())
    if not match:
        return None
    change = (match["change"] or "").strip()
    return match["rank"], change if change and not is_nothing(change) else None


def names_in(text: str) -> Iterator[Name]:
    """Split a cell into the names it lists; counts, statuses and dashes are no names.

    "MTIA v1/v2" gives both versions in full; "TPU v1~v3" gives each and the family "TPU".
    """
    start = 0
    for cut in [*_SPLIT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        if not _inside_brackets(text, end):
            yield from _named(text[start:end], start)
            start = cut.end() if cut else end


def _inside_brackets(text: str, place: int) -> bool:
    if place >= len(text):
        return False
    return text.count("(", 0, place) > text.count(")", 0, place)


def _named(piece: str, start: int) -> Iterator[Name]:
    notes = [note.strip() for note in NOTE.findall(piece)]
    bare = NOTE.sub("", piece).strip(" *·•'\"“”‘’")
    bare = _ETC.sub("", bare)
    if not bare or is_nothing(bare) or is_status(bare) or is_undisclosed(bare):
        return
    if _OPEN.search(bare) or _COUNT.fullmatch(bare):
        return
    if len(bare) > 50 or not any(ch.isalpha() for ch in bare):
        return
    node = next((note for note in notes if _NODE.fullmatch(note)), None)
    condition = next((note for note in notes if note != node), None)
    shift = start + len(piece) - len(piece.lstrip())
    for name in _expanded(bare):
        yield Name(name, shift, node, condition)


def _expanded(name: str) -> Iterator[str]:
    span = _RANGE.fullmatch(name)
    if span and 0 < int(span["high"]) - int(span["low"]) < 12:
        base = span["base"]
        for number in range(int(span["low"]), int(span["high"]) + 1):
            yield f"{base}{span['mark']}{number}"
        if len(base.strip(" -")) > 1:
            yield base.strip(" -")
        return
    versions = _VERSIONS.fullmatch(name)
    if versions and versions["base"]:
        parts = [versions["first"], *versions["rest"].strip("/").split("/")]
        lettered = versions["first"][0].isalpha()
        for part in parts:
            whole = part[0].isalpha() and not lettered
            letter = versions["first"][0] if lettered and not part[0].isalpha() else ""
            yield part if whole else f"{versions['base']}{letter}{part}"
        return
    slashed = name.split("/")
    if len(slashed) > 1 and all(re.fullmatch(r"[A-Z][\w.-]*\d[\w.-]*", part) for part in slashed):
        yield from slashed
        return
    yield name


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Drop a footnote mark at the end of a cell, and the mark of a row below another."""
    noted = text.endswith(_NOTED) and "(" not in text
    bare = _FOOTNOTE.sub("", text) if noted else text
    return _DASHED.sub("", bare.strip().lstrip(_BELOW).lstrip())


_ASIDE = re.compile(r"\s*[≈≒][^,;/]+$|\s[—–]\s[^\d,;/]+$")
"""What a figure is over again, or a remark on it: "52조 원 ≈ 355억 달러", "133조 원 — 전사"."""
_FALLEN = re.compile(r"^(?P<much>\d[\d.,]*\s?[%p]*)\s?[▼▽↓]$")
_RISEN = re.compile(r"(?<=[\d%p])\s?[▲△↑]$")
"""A change whose sign stands behind it: "5%▼", "12% ▲"."""
_LOSS = re.compile(r"\(\s?(\d[\d,]*(?:\.\d+)?\s?%?)\s?\)")
"""How accounts print what is less than nothing: "(9,112.4)"."""


def _noted(text: str, date: dt.date) -> str | None:
    """Return the one period that a bracket is about: "30.6% (2026~2033)", "750억 달러(2028년)"."""
    parts = [part for note in NOTE.findall(text) for part in re.split(r"[,;]\s", note)]
    read = [take_period(part.strip(), date) for part in parts]
    told = [period for period, rest in read if period and not rest and not is_horizon(period)]
    return told[0] if len(told) == 1 else None


@lru_cache(maxsize=8192)
def value_of(text: str, unit: str | None, date: dt.date) -> tuple[Value, str | None] | None:
    """Read a cell as one quantity, with the period it names ("2027년까지 250억 달러").

    ``None`` when the cell is a text, or holds more than one quantity.
    """
    printed = tidy(text)
    if NO_QUANTITY.search(printed):
        return None
    loss = _LOSS.fullmatch(printed)
    bare = f"-{loss[1]}" if loss else _ASIDE.sub("", printed)
    signed = _RISEN.sub("", _FALLEN.sub(r"-\g<much>", bare))
    signed = signed.lstrip("+▲").strip().replace("▼", "-").replace("△", "-")
    whole = parse_value(signed, unit=unit)
    if whole:
        return replace(whole, text=printed), None
    noted = parse_value(NOTE.sub("", signed), unit=unit)
    if noted:
        return replace(noted, text=printed), _noted(printed, date)
    periods = find_periods(printed, date)
    found = find_values(printed)
    if len(found) != 1:
        return None
    rest = printed[: found[0].start] + printed[found[0].end :]
    for period in periods:
        rest = rest.replace(printed[period.start : period.end], "", 1)
    rest = re.sub(r"까지|에는|부터|기준|약|대비|중|예상|전망|[^\w]", "", rest)
    if len(rest) > 4 and not re.fullmatch(r"[A-Z][A-Z0-9]{3,7}", rest):
        return None
    hedged = rest or printed[0] in "~∼〜～" or printed[-1] == "+"
    value = replace(found[0].value, text=printed) if hedged else found[0].value
    return value, periods[0].value if periods else None


@lru_cache(maxsize=4096)
def date_of(text: str, date: dt.date) -> str | None:
    """Read a date cell as an ISO period; a month and day without year lie near ``date``."""
    text = _UNTIL.sub("", _DONE.sub("", text.strip()))
    found = find_periods(text, date)
    if found and found[0].end - found[0].start >= len(text.strip()) - 6:
        return found[0].value
    match = _MONTH_DAY.fullmatch(text.strip())
    if not match:
        return None
    return nearest(int(match[1]), int(match[2]), date)


@lru_cache(maxsize=1024)
def span_of(text: str, date: dt.date) -> str | None:
    """Read the time a row is of: "1Q26 (1~3월)", "2024~2026"; what is open ("~2024") is none."""
    if text.strip()[:1] in "~∼〜～" or text.strip()[-1:] in "~∼〜～" or _LASTING.search(text):
        return None
    bare = NOTE.sub("", text).strip()
    month = _YEAR_MONTH.fullmatch(bare)
    if month:
        return f"{month['year']}-{int(month['month']):02d}"
    period, rest = take_period(bare, date)
    if period and not rest:
        return period
    told = [found.value for note in NOTE.findall(text) for found in find_periods(note, date)]
    return told[0] if len(told) == 1 else date_of(text, date)


def part_of(text: str, cell: Cell, start: int, end: int) -> Cell:
    """Return a part of a cell, with its own exact span in the report's ``text``."""
    whole = clean(text, cell.span)
    shift = len(whole.text) - len(whole.text.lstrip())
    return replace(cell, text=cell.text[start:end], span=whole.span(shift + start, shift + end))


def split_glued(text: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Part what was run together with the next column, when that one is empty.

    A date and a text ("01-30 강자"), a name and its ticker, two figures.

    Spans stay exact slices of the report's ``text``.
    """
    fixed = list(cells)
    for i, cell in enumerate(cells[:-1]):
        if cells[i + 1].text:
            continue
        match = next((m for p in (_GLUED, _CODED, _PAIRED) if (m := p.fullmatch(cell.text))), None)
        if match is None:
            continue
        fixed[i] = part_of(text, cell, *match.span("left"))
        right = part_of(text, cell, *match.span("right"))
        fixed[i + 1] = replace(cells[i + 1], text=right.text, span=right.span)
    return tuple(fixed)
