"""What formats without pages of their own give: words and tables in order, then a report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.assemble import Given, Layout, assemble, normal
from corpus.errors import UnreadableReport
from corpus.grids import Grid
from corpus.readers.pdf.symbols import BULLETS, HYPHEN, letter, private
from corpus.report import Page, Report, Span

_SPACE = re.compile(r"\s+")
_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a heading with a ``level`` from 1; a list item with a ``mark``.

    ``size`` (points) and ``bold`` tell how all of it is set, ``page`` where it begins, both
    0 when unknown. A ``title`` names the report and heads no section; a ``note`` is a
    footnote, its ``mark`` the number.
    """

    text: str
    level: int = 0
    mark: str = ""
    depth: int = 0
    size: float = 0.0
    bold: bool = False
    page: int = 0
    title: bool = False
    note: bool = False

    @property
    def line(self) -> str:
        """The line that stands for it in the text."""
        return f"{self.mark} {self.text}" if self.mark else self.text


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its rows of cell texts, of one length."""

    cells: tuple[tuple[str, ...], ...]
    page: int = 0


Part = Words | Rows


@dataclass(frozen=True, slots=True)
class Known:
    """What a file says of its report outside the text."""

    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """Return ``text`` on one line as reports keep it: NFC, no look-alikes, single spaces."""
    plain = "".join(" " if ch.isspace() else _shown(ch) for ch in text).replace(HYPHEN, "")
    return normal(_SPACE.sub(" ", plain).strip())


def _shown(char: str) -> str:
    return private(char) if "\ue000" <= char <= "\uf8ff" else letter(char)


def build(
    flow: Iterable[Part], *, format: str, source: str, name: str, given: Given, known: Known
) -> Report:
    """Make the report of a flow; what is given wins over what the file says of itself.

    Raises :class:`UnreadableReport` when there is no text, and
    :class:`corpus.errors.UndatedReport`.
    """
    parts = [part for part in flow if not isinstance(part, Words) or part.text]
    if not parts:
        raise UnreadableReport(
            f"cannot read {source!r}: it holds no text; expected a report: check the file"
        )
    titled, title = _titled(parts)
    text, layout, pages = _write(_headed(titled))
    given = replace(
        given,
        title=given.title or title or known.title,
        date=given.date or known.date,
        publisher=given.publisher or known.publisher,
        authors=given.authors or known.authors,
    )
    return assemble(
        text, format=format, source=source, name=name, given=given, pages=pages, layout=layout
    )


def _titled(parts: Sequence[Part]) -> tuple[list[Part], str | None]:
    """Find the title: what says so, else a first heading alone at the top level."""
    words = {i: part for i, part in enumerate(parts) if isinstance(part, Words)}
    own = next((i for i, part in words.items() if part.title), None)
    if own is None:
        levels = {i: part.level for i, part in words.items() if part.level}
        top = [i for i, level in levels.items() if level == min(levels.values())]
        own = top[0] if len(top) == 1 and top[0] == min(levels) and len(levels) > 1 else None
    if own is None:
        return list(parts), None
    done = list(parts)
    done[own] = replace(words[own], level=0, title=True)
    return done, words[own].text


def _headed(parts: Sequence[Part]) -> list[Part]:
    """Level by looks what no style calls a heading, where none is called so."""
    from corpus.readers.pdf.headings import with_levels
    from corpus.readers.pdf.paragraphs import Piece
    from corpus.readers.pdf.runs import Run

    if any(isinstance(part, Words) and part.level for part in parts):
        return list(parts)
    words = [(i, part) for i, part in enumerate(parts) if isinstance(part, Words)]
    pieces = []
    for _, part in words:
        run = Run(part.line, 0, 0, 0, 0, 0, part.size or 10.0, part.bold, "")
        pieces.append(Piece(1, (run,), text=part.line))
    besides = {n for n, (_, part) in enumerate(words) if part.title or part.mark}
    done = list(parts)
    for (i, part), piece in zip(words, with_levels(pieces, besides=besides), strict=True):
        done[i] = replace(part, level=piece.level)
    return done


def _write(parts: Sequence[Part]) -> tuple[str, Layout, tuple[Page, ...]]:
    """Write parts a blank line apart, the items of a list a line each."""
    pieces: list[str] = []
    length = line = 0
    headings: dict[int, int] = {}
    grids: list[Grid] = []
    starts: dict[int, int] = {}
    last: Part | None = None
    for part in parts:
        if last is not None:
            gap = "\n" if _listed(last) and _listed(part) else "\n\n"
            pieces.append(gap)
            length, line = length + len(gap), line + len(gap)
        if part.page:
            starts.setdefault(part.page, length)
        if isinstance(part, Rows):
            body, grid = _grid(part, length, line)
            grids.append(grid)
            line = grid.last
        else:
            body = "  " * min(part.depth, _MAX_DEPTH) + part.line
            if part.level:
                headings[line] = part.level
        pieces.append(body)
        length += len(body)
        last = part
    text = "".join(pieces) + "\n"
    layout = Layout(headings or None, tuple(grids))
    return text, layout, _pages(starts, len(text))


def _listed(part: Part) -> bool:
    return isinstance(part, Words) and bool(part.mark)


def _grid(rows: Rows, start: int, line: int) -> tuple[str, Grid]:
    spans: list[tuple[Span, ...]] = []
    lines = []
    for row in rows.cells:
        cells = []
        for cell in row:
            cells.append(Span(start, start + len(cell)))
            start += len(cell) + 1
        spans.append(tuple(cells))
        lines.append("\t".join(row))
    return "\n".join(lines), Grid(line, line + len(lines) - 1, tuple(spans))


def _pages(starts: dict[int, int], end: int) -> tuple[Page, ...]:
    """Pages that meet without a gap; none where no page is known."""
    if len(starts) < 2 and max(starts, default=1) == 1:
        return ()
    done: list[Page] = []
    for index in range(max(starts), 0, -1):
        start = starts.get(index, end) if index > 1 else 0
        done.append(Page(index, None, Span(start, end)))
        end = start
    return tuple(reversed(done))


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell of a table in its file: where it stands, how far it reaches, what it says."""

    row: int
    column: int
    down: int
    across: int
    text: str


_MAX_CELLS = 200_000


def rows_of(cells: Iterable[Merged]) -> Rows | None:
    """Lay cells out in a rectangle; ``None`` for what is no table of two by two.

    A cell merged across stands at its left. One merged down stands in each of its rows,
    since it holds for them all; in the first column only in the first of them, where
    tables are read so.
    """
    known = list(cells)
    if not known:
        return None
    height = max(cell.row + cell.down for cell in known)
    width = max(cell.column + cell.across for cell in known)
    if height * width > _MAX_CELLS:
        return None
    grid = [[""] * width for _ in range(height)]
    for cell in known:
        for row in range(cell.row, cell.row + (cell.down if cell.column else 1)):
            grid[row][cell.column] = cell.text
    grid = [row for row in grid if any(row)]
    keep = [i for i in range(width) if any(row[i] for row in grid)]
    grid = [[row[i] for i in keep] for row in grid]
    wide = sum(1 for row in grid if sum(1 for text in row if text) > 1)
    return Rows(tuple(map(tuple, grid))) if wide > 1 else None


def cell_text(parts: Iterable[Part]) -> str:
    """Return all that stands in a cell on one line, without its footnotes."""
    texts = []
    for part in parts:
        if isinstance(part, Rows):
            texts += [text for row in part.cells for text in row if text]
        elif not part.note:
            texts.append(part.line)
    return " ".join(texts)


def notes_of(parts: Iterable[Part]) -> list[Part]:
    """Return the footnotes among the parts of a cell."""
    return [part for part in parts if isinstance(part, Words) and part.note]


def split_mark(text: str) -> tuple[str, str]:
    """Part a bullet typed before a text from it ("□ 개요"); no mark when there is none."""
    if len(text) > 2 and text[0] in BULLETS and text[1] == " ":
        return text[0], text[2:].strip()
    return "", text
