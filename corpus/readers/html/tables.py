"""Which tables hold data and which only lay a page out; their cells, spans and captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.flow import Merged, Rows, Words, rows_of, tidy

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG = 500
"""A table of data rarely has a longer cell."""
_MAX_SPAN = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """A table of data with its caption, which CSS may set below."""

    rows: Rows
    caption: str
    below: bool

    def around(self, *, before: bool) -> Iterator[Words]:
        """Yield the caption, if it stands on that side of the table."""
        if self.caption and self.below is not before:
            yield Words(self.caption)


def rows_of_table(table: Any) -> Found | None:
    """Read a table of data; ``None`` for tables that lay out a page."""
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table"), None) is not None
    ):
        return None
    if any(next(table.iterdescendants(tag), None) is not None for tag in _HEADINGS):
        return None
    cells = list(_cells(table))
    declared = next(table.iterdescendants("th", "caption", "thead"), None) is not None
    if not declared and any(len(cell.text) > _LONG for cell in cells):
        return None
    rows = rows_of(cells)
    if rows is None or len(rows.cells[0]) < 2:
        return None
    caption = next(table.iterdescendants("caption"), None)
    style = "" if caption is None else (caption.get("style") or "").replace(" ", "")
    text = "" if caption is None else tidy("".join(caption.itertext()))
    return Found(rows, text, "caption-side:bottom" in style)


def _cells(table: Any) -> Iterator[Merged]:
    """Cells with their places, as the table model of HTML puts them (4.9.12)."""
    taken: dict[int, int] = {}
    """For each column, how many more rows a cell from above fills."""
    lines = [line for line in table.iterdescendants("tr")]
    for row, line in enumerate(lines):
        column = 0
        used: dict[int, int] = {}
        for cell in line.iterchildren("td", "th"):
            while taken.get(column, 0) > 0:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan") or len(lines) - row
            down = min(down, len(lines) - row)
            across = max(1, across)
            yield Merged(row, column, down, across, _text(cell))
            used |= dict.fromkeys(range(column, column + across), down)
            column += across
        taken = {at: left - 1 for at, left in (taken | used).items() if left > 1}


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(_MAX_SPAN, int(text)) if text.isdecimal() and len(text) < 8 else 1


def _text(cell: Any) -> str:
    """The words of a cell on one line; blocks and breaks part them."""
    from lxml import etree

    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        apart = element.tag in ("br", "p", "div", "li", "tr", "td", "th")
        if event == "start":
            pieces += [" "] if apart else []
            pieces.append(element.text or "")
        elif element is not cell:
            pieces += [" "] if apart else []
            pieces.append(element.tail or "")
    return tidy("".join(pieces))
