"""Pieces into the text of a report, with pages, headings and tables as places in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.assemble import Layout, normal
from corpus.captions import source_of
from corpus.grids import Grid
from corpus.readers.pdf.joins import Joiner
from corpus.readers.pdf.paragraphs import Piece, is_note, opens_item
from corpus.readers.pdf.runs import Run
from corpus.report import Page, Span


@dataclass(frozen=True, slots=True)
class Written:
    """A text, its pages and its layout (see :class:`corpus.assemble.Layout`)."""

    text: str
    pages: tuple[Page, ...]
    layout: Layout


@dataclass(slots=True)
class _Sheet:
    """The text as far as it is written."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    line: int = 0
    starts: dict[int, int] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.line += text.count("\n")


def write(pieces: Sequence[Piece], printed: Sequence[str | None], joiner: Joiner) -> Written:
    """Write the pieces of a document; ``printed`` holds the number printed on each page."""
    sheet = _Sheet()
    last: Piece | None = None
    for piece in pieces:
        body = _rows(piece, joiner) if piece.lattice else [[normal(piece.text)]]
        if last is not None:
            sheet.write("\n" if _listed(last) and _listed(piece) else "\n\n")
        sheet.starts.setdefault(piece.page, sheet.length)
        if piece.lattice:
            _table(sheet, piece, body)
        else:
            _paragraph(sheet, piece, body[0][0], joiner)
        last = piece
    sheet.write("\n")
    text = "".join(sheet.parts)
    layout = Layout(sheet.headings, tuple(sheet.grids))
    return Written(text, _pages(sheet, printed), layout)


def _listed(piece: Piece) -> bool:
    if not piece.lines or piece.level:
        return False
    text = piece.lines[0].text
    return (opens_item(text) or is_note(text)) and source_of(text) is None


def _paragraph(sheet: _Sheet, piece: Piece, text: str, joiner: Joiner) -> None:
    if piece.level:
        sheet.headings[sheet.line] = piece.level
    sheet.write("  " * piece.indent)
    for line, page in piece.turns:
        before = joiner.join([(run.text, run.spaced) for run in piece.lines[:line]])
        sheet.starts.setdefault(page, sheet.length + len(normal(before)))
    sheet.write(text)


def _rows(piece: Piece, joiner: Joiner) -> list[list[str]]:
    rows = piece.lattice.rows if piece.lattice else ()
    return [[_cell(cell, joiner) for cell in row] for row in rows]


def _cell(runs: Sequence[Run], joiner: Joiner) -> str:
    """One line of what stands in a cell on one or more."""
    return normal(joiner.join([(run.text, run.spaced) for run in runs])).replace("\t", " ")


def _table(sheet: _Sheet, piece: Piece, rows: list[list[str]]) -> None:
    first = sheet.line
    turns = dict(piece.turns)
    spans: list[tuple[Span, ...]] = []
    for number, row in enumerate(rows):
        if number:
            sheet.write("\n")
        if number in turns:
            sheet.starts.setdefault(turns[number], sheet.length)
        cells = []
        for i, cell in enumerate(row):
            if i:
                sheet.write("\t")
            cells.append(Span(sheet.length, sheet.length + len(cell)))
            sheet.write(cell)
        spans.append(tuple(cells))
    sheet.grids.append(Grid(first, sheet.line, tuple(spans)))


def _pages(sheet: _Sheet, printed: Sequence[str | None]) -> tuple[Page, ...]:
    """Pages that meet without a gap; one without text is empty where it would stand."""
    ends = sheet.length
    found: list[Page] = []
    for index in range(len(printed), 0, -1):
        start = sheet.starts.get(index, ends)
        if index == 1 or not any(page in sheet.starts for page in range(1, index)):
            start = 0 if index in sheet.starts else min(start, ends)
        found.append(Page(index, printed[index - 1], Span(start, ends)))
        ends = start
    return tuple(reversed(found))
