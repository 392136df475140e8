"""A section of a 한글 document into words and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.marks import ends_sentence
from corpus.readers.archive import attribute, local
from corpus.readers.flow import (
    Merged,
    Part,
    Rows,
    Words,
    cell_text,
    notes_of,
    rows_of,
    split_mark,
    tidy,
)
from corpus.readers.hwpx.header import Header, Letters, Shape, Style, whole
from corpus.readers.numbering import Numbering
from corpus.readers.pdf.symbols import BULLETS, raised

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES = frozenset({"lineBreak", "tab", "nbSpace", "fwSpace"})
_BOXES = frozenset({"rect", "ellipse", "polygon", "container", "drawText", "curve", "arc"})
_UNREAD = frozenset({"header", "footer", "hiddenComment", "secPr", "linesegarray"})
_OUTLINE = re.compile(r"(?:개요|outline)\s*(\d{1,2})", re.IGNORECASE)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁽⁾]+$")
_LONGEST = 110
"""A longer paragraph is none of the outline's headings: 개요 styles serve as lists too."""


@dataclass(slots=True)
class _Gathered:
    """What one paragraph holds: text with its looks, and what is anchored in it."""

    runs: list[tuple[str, Letters]] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)


class Body:
    """Reads sections with the document's header; counts lists, notes and pages."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.numbering = Numbering(header.numbers)
        self.outline = next(iter(header.numbers), "0")
        self.noted = 0
        self.page = 1
        self.height = -1
        self.columned = False

    def parts(self, section: Element) -> Iterator[Part]:
        """Yield what stands in a section, its pages as the file remembers them."""
        for item in section.iter():
            if local(item) == "secPr" and attribute(item, "outlineShapeIDRef"):
                self.outline = attribute(item, "outlineShapeIDRef")
            if local(item) == "colPr" and whole(attribute(item, "colCount"), 1) > 1:
                self.columned = True
        self.height = -1
        for item in section:
            if local(item) == "p":
                self._turn(item)
                yield from self._paragraph(item)

    def _turn(self, paragraph: Element) -> None:
        """Count a page where the lines that 한글 remembers begin again at the top."""
        if self.columned:
            return
        tops = [
            whole(attribute(line, "vertpos"))
            for array in paragraph
            if local(array) == "linesegarray"
            for line in array
        ]
        if tops and self.height > tops[0]:
            self.page += 1
        self.height = tops[0] if tops else self.height

    def _paragraph(self, item: Element) -> Iterator[Part]:
        style = self.header.styles.get(attribute(item, "styleIDRef"), Style((), ""))
        shape = self.header.shapes.get(attribute(item, "paraPrIDRef") or style.shape, Shape())
        got = _Gathered()
        self._gather(item, Letters(), got)
        text = tidy("".join(text for text, _ in got.runs))
        if text:
            yield self._words(text, shape, style, got)
        for mark, note in got.notes:
            yield Words(self._flat(note), mark=mark, page=self.page, note=True)
        for inner in got.inner:
            yield from self._table(inner) if local(inner) == "tbl" else self._list(inner)

    def _words(self, text: str, shape: Shape, style: Style, got: _Gathered) -> Words:
        level = _level(shape, style, text)
        mark = self._mark(shape)
        if level:
            return Words(f"{mark} {text}".strip(), level=level, page=self.page)
        depth = shape.level if mark else 0
        if not mark:
            mark, text = split_mark(text)
        inked = [(run, look) for run, look in got.runs if run.strip()]
        look = max(inked, key=lambda run: len(run[0]))[1]
        bold = all(look.bold for _, look in inked)
        return Words(text, mark=mark, depth=depth, size=look.size, bold=bold, page=self.page)

    def _mark(self, shape: Shape) -> str:
        if shape.kind == "BULLET":
            char = tidy(self.header.bullets.get(shape.list, ""))
            return char if char in BULLETS and char else "•"
        if shape.kind in ("OUTLINE", "NUMBER"):
            key = self.outline if shape.list == "0" else shape.list
            return self.numbering.mark(key, shape.level)
        return ""

    def _gather(self, item: Element, letters: Letters, got: _Gathered) -> None:
        for one in item:
            kind = local(one)
            if kind in _UNREAD:
                continue
            if kind == "t":
                text = _text(one)
                got.runs.append((raised(text) if letters.raised else text, letters))
            elif kind == "run":
                look = self.header.letters.get(attribute(one, "charPrIDRef"), Letters())
                self._gather(one, look, got)
            elif kind == "ctrl":
                self._gather(one, letters, got)
            elif kind in ("footNote", "endNote"):
                self.noted += 1
                mark = f"{self.noted})"
                got.runs.append((raised(mark), letters))
                got.notes.append((mark, one))
            elif kind == "tbl" or kind in _BOXES:
                got.inner.append(one)

    def _list(self, holder: Element) -> Iterator[Part]:
        """Yield the paragraphs of a box, a caption or a cell."""
        for one in holder:
            kind = local(one)
            if kind == "p":
                yield from self._paragraph(one)
            elif kind in ("subList", "caption") or kind in _BOXES:
                yield from self._list(one)

    def _flat(self, holder: Element) -> str:
        return cell_text(self._list(holder))

    def _table(self, table: Element) -> Iterator[Part]:
        page = self.page
        caption = next((one for one in table if local(one) == "caption"), None)
        below = caption is not None and attribute(caption, "side").upper() == "BOTTOM"
        if caption is not None and not below:
            yield from self._list(caption)
        cells: list[Merged] = []
        held: list[Part] = []
        for row, line in enumerate(one for one in table if local(one) == "tr"):
            for column, cell in enumerate(one for one in line if local(one) == "tc"):
                parts = list(self._list(cell))
                held += parts
                cells.append(_merged(cell, row, column, cell_text(parts)))
        rows = rows_of(cells)
        if rows is None:
            yield from held
        else:
            yield Rows(rows.cells, page)
            yield from notes_of(held)
        if caption is not None and below:
            yield from self._list(caption)


def _level(shape: Shape, style: Style, text: str) -> int:
    """A heading's level from 1, by its style or its place in the outline; 0 for text."""
    if len(text) > _LONGEST or ends_sentence(_RAISED.sub("", text)) or shape.kind == "BULLET":
        return 0
    named = next((m for name in style.names if (m := _OUTLINE.fullmatch(name.strip()))), None)
    if named:
        return whole(named[1], 1)
    return shape.level + 1 if shape.kind == "OUTLINE" else 0


def _merged(cell: Element, row: int, column: int, text: str) -> Merged:
    found = {local(one): one for one in cell}
    address, span = found.get("cellAddr"), found.get("cellSpan")
    if address is not None:
        row = _bounded(attribute(address, "rowAddr"), row)
        column = _bounded(attribute(address, "colAddr"), column)
    down = across = 1
    if span is not None:
        down = max(1, _bounded(attribute(span, "rowSpan"), 1))
        across = max(1, _bounded(attribute(span, "colSpan"), 1))
    return Merged(row, column, down, across, text)


def _bounded(text: str, otherwise: int) -> int:
    """A count of rows or columns that a damaged file cannot make huge."""
    number = whole(text, otherwise)
    return number if 0 <= number < 5_000 else otherwise


def _text(item: Element) -> str:
    """The characters of ``hp:t``, its breaks and tabs as spaces, without deleted ones."""
    pieces = [item.text or ""]
    deleted = False
    for one in item:
        kind = local(one)
        if kind in ("deleteBegin", "deleteEnd"):
            deleted = kind == "deleteBegin"
        elif kind in _SPACES:
            pieces.append(" ")
        elif kind == "hyphen":
            pieces.append("-")
        if not deleted:
            pieces.append(one.tail or "")
    return "".join(pieces)
