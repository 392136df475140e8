"""What the lines around a table say for all its cells: units, marks that change one, price days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from corpus.report import Table
from extractors.tables.schema import is_unit, whole_names
from extractors.tables.vocabulary import fold
from extractors.values.periods import find_periods

_UNIT_NOTE = re.compile(
    r"(?:^|[,.;]\s?)(?:단위는?|units?)\s?[:：]?\s*(?P<unit>[^,;*†‡]+)", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?P<mark>\*{1,3}|[†‡])\s?(?:표시|표)?\s?(?:는|은|:|：)?\s*(?:단위는?|단위:)?\s*(?P<unit>[^,;*†‡]{1,12}?)"
    r"\s?(?:기준|단위)?(?=$|[,;.*†‡])"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_PRICED = re.compile(r"종가|주가|시세|가격|시가총액")
_CURRENCY = re.compile(
    r"(?P<word>원화?|달러화?|위안화?|엔화?|유로화?|USD|KRW|JPY|CNY|TWD|현지 ?통화)\s?기준",
    re.IGNORECASE,
)
_CODES = {"원": "KRW", "달러": "USD", "위안": "CNY", "엔": "JPY", "유로": "EUR"}


def unit_of_table(table: Table) -> str | None:
    """The unit for all cells: as printed, in the corner, in a bracket of caption or heading, or
    in a note.
    """
    if table.unit:
        return table.unit
    if corner := next(filter(None, map(_unit_of_corner, _corners(table))), None):
        return corner
    for text in (table.title, table.subtitle, *table.section[-1:]):
        bracket = _BRACKET.search(text)
        printed = bracket[1].strip() if bracket else ""
        parts = [p for p in re.split(r"\s*[,;]\s*", printed) if not p.endswith("당")]
        if printed and parts and all(map(is_unit, parts)):
            return ", ".join(parts)
        if parts and is_unit(parts[-1]) and len(parts[-1]) > 2:
            return parts[-1]  # "확정, 억 원"
        if unit := _unit_in(printed):
            return unit
    return next(filter(None, map(_unit_in, table.notes)), None)


def _corners(table: Table) -> list[str]:
    """What stands in the corner above the labels, in one header row or two."""
    return [row[0].text for row in table.header if row and len(row) > 1]


def _unit_of_corner(text: str) -> str | None:
    """The unit that a corner holds, alone or behind the word for the labels: "구분(조원)"."""
    bracket = _BRACKET.search(text)
    label = text[: bracket.start()].strip() if bracket else ""
    unit = (bracket[1] if bracket else text).removeprefix("단위").strip(" :：")
    if not is_unit(unit) or (len(unit) < 2 and not bracket) or fold(label) in whole_names():
        return None  # the unit of its own column
    return unit


def _unit_in(text: str) -> str | None:
    """The unit that a note names, whatever else it says: "단위: 억원, 연결 기준"."""
    match = _UNIT_NOTE.search(text)
    unit = match["unit"].strip() if match else ""
    return unit if is_unit(unit) else None


def units_of_marks(table: Table) -> Mapping[str, str]:
    """Footnote mark -> the unit it gives to a cell ("*는 조원")."""
    found: dict[str, str] = {}
    for note in table.notes:
        for match in _MARKED.finditer(note):
            if is_unit(match["unit"].strip()):
                found.setdefault(match["mark"], match["unit"].strip())
    return found


def priced_on(table: Table, date: dt.date) -> str | None:
    """The day whose closing prices a note says the table shows, as an ISO date."""
    for text in (*table.notes, table.subtitle, table.title):
        if _PRICED.search(text) and "기준" in text:
            days = [p.value for p in find_periods(text, date) if len(p.value) == 10]
            if len(days) == 1:
                return days[0]
    return None


def currency_of_notes(table: Table) -> str | None:
    """The currency that a note or the caption says all prices are in ("달러 기준")."""
    for text in (*table.notes, table.subtitle, table.title):
        match = _CURRENCY.search(text)
        if match and "현지" not in match["word"]:
            word = match["word"].removesuffix("화")
            return _CODES.get(word, word.upper())
    return None
