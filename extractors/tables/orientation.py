"""Which way a table runs: alike cells beside each other are one attribute of several things."""

from __future__ import annotations

from corpus.report import Cell
from extractors.tables.cells import date_of, is_nothing, is_undisclosed, value_of
from extractors.tables.reading import Reading

_MARKS = frozenset("OXox○×✓✔✗✘△◯●◎⭕❌✅")
_FEWEST = 3


def is_mark(text: str) -> bool:
    """Tell a sign for yes, no or in part: "✓", "X", "△"."""
    bare = text.replace("\ufe0f", "").strip()
    return len(bare) == 1 and bare in _MARKS


def runs_across(reading: Reading, first: int) -> bool:
    """Whether rows hold cells of one kind each, and columns of several: names stand on top.

    A kind is a unit, a date, a mark or a text; a table of one kind tells nothing.
    """
    rows = [[_kind(reading, cell) for cell in row[first:]] for row in reading.rows]
    told = [{kind for kind in row if kind} for row in rows if sum(map(bool, row)) > 1]
    alike = sum(len(kinds) == 1 for kinds in told)
    if len(told) < _FEWEST or alike * 3 < len(told) * 2:
        return False
    columns = list(zip(*rows, strict=True))
    mixed = [len({kind for kind in column if kind}) > 1 for column in columns]
    return sum(mixed) * 2 > len(columns)


def _kind(reading: Reading, cell: Cell) -> str:
    text = cell.text.strip()
    if is_mark(text):
        return "mark"
    if is_nothing(text) or is_undisclosed(text):
        return ""
    if date_of(text, reading.report.date):
        return "date"
    read = value_of(text, None, reading.report.date)
    if read is None:
        return "text"
    return read[0].currency or read[0].unit or "number"
