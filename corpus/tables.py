"""Frames into tables: header rows, group rows, padded rows, and their reading helpers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.captions import caption_of, note_of, source_of, unit_of
from corpus.clean import plain
from corpus.frames import Frame
from corpus.lines import Line
from corpus.report import Cell, Row, Span, Table

_FIGURE = re.compile(
    r"[-+−▲▼△▽~약]*\s*[$₩€¥£]?\s?\d[\d,.]*(?:\s?(?:%p?|[KMBT]|[가-힣]{1,3}|[A-Za-z]{1,4}))?"
)
_PAIR = 2
_TOLD = re.compile(r"\s=\s|^.{30}")
"""What stands in no header: an equation, or more than thirty characters."""
_WEEKDAY = re.compile(r"[일월화수목금토](?:요일)?|(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*")
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s*년?\s*(?:[EFAP]|\([EFAP]\))?|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])|'?\d\d년?[EFAP]|[1-4]Q\s?'?\d{0,4}[EFAP]?|[1-4]\s?분기"
    r"|\d{1,2}[WMY]|\d{1,2}(?:월|일|주)|FY\s?\d{2,4}[EFAP]?|\d{2,4}[.]?[1-4]Q[EFAP]?|YTD|[1-4]H\d{0,4}",
    re.IGNORECASE,
)


def build_table(text: str, lines: Sequence[Line], frame: Frame, section: tuple[str, ...]) -> Table:
    """Make the record of one frame; spans stay inside the frame's lines."""
    caption = lines[frame.caption] if frame.caption is not None else None
    read = caption_of(caption.text) if caption else None
    title = read.title if read else (caption.text.strip("[]<>【】〈〉《》") if caption else "")
    extra = [lines[n].text for n in sorted(frame.extra)]
    subtitle = [lines[n] for n in frame.subtitle]
    header, rows = _parts(_matrix(text, frame))
    units = [unit_of(line) for line in (title, *(s.text for s in subtitle), *extra)]
    return Table(
        label=read.label if read else None,
        title=title,
        subtitle=" ".join(line.text for line in subtitle),
        columns=_columns(header),
        header=header,
        rows=rows,
        source=next((s for s in map(source_of, extra) if s), None),
        unit=next((unit for unit in units if unit), None),
        notes=tuple(_notes(extra)),
        section=section,
        caption=caption.span if caption else None,
        subtitle_span=Span(subtitle[0].span.start, subtitle[-1].span.end) if subtitle else None,
        span=_whole(lines, frame),
    )


def _whole(lines: Sequence[Line], frame: Frame) -> Span:
    first, last = lines[frame.first], lines[frame.last]
    grid = frame.grid
    start = first.raw.start if grid and grid.first == frame.first else first.span.start
    end = last.raw.end if grid and grid.last == frame.last else last.span.end
    return Span(start, end)


def _notes(extra: list[str]) -> list[str]:
    """Notes proper, and lines inside the table that are nothing else."""
    found = []
    for line in extra:
        note = note_of(line)
        if note:
            found.append(note)
        elif not source_of(line):
            found.append(line)
    return found


def _matrix(text: str, frame: Frame) -> list[tuple[Cell, ...]]:
    """All rows of the grid, padded to one width, empty columns at the right cut off."""
    if frame.grid is None:
        return []
    rows = frame.grid.rows
    width = max(i + 1 for row in rows for i, span in enumerate(row) if len(span))
    matrix = []
    for number, spans in enumerate(rows):
        end = spans[-1].end
        padded = spans[:width] + (Span(end, end),) * (width - len(spans))
        matrix.append(tuple(Cell(number, i, plain(s.of(text)), s) for i, s in enumerate(padded)))
    return matrix


def _parts(
    matrix: list[tuple[Cell, ...]],
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[Row, ...]]:
    """Tell header rows from body rows, and lift group rows on to the rows below them.

    A lone first cell is a group only where rows follow it, and never in a calendar.
    """
    if not matrix:
        return (), ()
    deep = 0 if _headless(matrix) else 2 if _second_header(matrix) else 1
    rows: list[Row] = []
    group: str | None = None
    calendar = all(_WEEKDAY.fullmatch(cell.text) for cell in matrix[0])
    printed = [[cell.text for cell in row] for row in matrix[:deep]]
    for number, cells in enumerate(matrix[deep:], start=deep):
        if [cell.text for cell in cells] in printed:
            continue  # the header again, at the top of another page
        label = None if calendar or number + 1 == len(matrix) else _group(cells)
        if label:
            group = label
        elif any(cell.text for cell in cells):
            span = Span(cells[0].span.start, max(cell.span.end for cell in cells))
            rows.append(Row(cells, group, span))
    return tuple(matrix[:deep]), tuple(rows)


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a number (and unit) that is no year, quarter or horizon."""
    return _FIGURE.fullmatch(text) is not None and not _PERIOD.fullmatch(text)


def _headless(matrix: list[tuple[Cell, ...]]) -> bool:
    """A first row of figures under which the same columns hold figures is no header.

    Nor is the first of keys and values, whose value is longer than any label.
    """
    if len(matrix[0]) == _PAIR and (_TOLD.search(matrix[0][1].text)):
        return True
    first = [cell for cell in matrix[0][1:] if cell.text]
    figures = [cell for cell in first if is_figure(cell.text)]
    if not figures or len(figures) * 2 < len(first) or len(matrix) < 2:
        return False
    below = [matrix[1][cell.column] for cell in figures]
    return all(is_figure(cell.text) for cell in below)


def _second_header(matrix: list[tuple[Cell, ...]]) -> bool:
    """A second row that labels sub-columns: it fills blanks, or repeats merged cells."""
    if len(matrix) < 3:
        return False
    top, sub = matrix[0], matrix[1]
    if any(is_figure(cell.text) for cell in sub) or sum(1 for c in sub if c.text) < 2:
        return False
    fills = any(cell.text and not top[cell.column].text for cell in sub[1:])
    if not sub[0].text:
        return fills
    if not top[0].text:  # the corner stands in the second row
        return fills and any(is_figure(cell.text) for cell in matrix[2])
    merged = any(a.text and a.text == b.text for a, b in pairwise(top))
    return merged and sub[0].text == top[0].text


def _columns(header: tuple[tuple[Cell, ...], ...]) -> tuple[str, ...]:
    """One printed header a column; a parent reaches right over the sub-columns it has."""
    if not header:
        return ()
    if len(header) == 1:
        return tuple(cell.text for cell in header[0])
    parent, columns = "", []
    for top, sub in zip(header[0], header[1], strict=True):
        parent = top.text or (parent if sub.text else "")
        joined = parent if sub.text in ("", parent) else f"{parent} {sub.text}"
        columns.append(joined.strip())
    return tuple(columns)


def _group(cells: tuple[Cell, ...]) -> str | None:
    """The label of a row that only has one: its first cell, or one text in every cell."""
    texts = [cell.text for cell in cells]
    alone = bool(texts[0]) and not any(texts[1:])
    merged = len(texts) > 2 and len(set(texts)) == 1
    letters = sum(1 for ch in texts[0] if ch.isalpha())
    return texts[0] if (alone or merged) and len(texts) > 1 and letters > 1 else None


def effective_cell(table: Table, row: int, column: int) -> Cell:
    """Return a body cell, or for a blank leading one the cell that is merged down into it.

    ``row`` indexes ``table.rows``. Only columns left of the first filled cell are merged;
    a blank further right is a blank.
    """
    cells = table.rows[row].cells
    if cells[column].text or any(cell.text for cell in cells[:column]):
        return cells[column]
    group = table.rows[row].group
    for above in range(row - 1, -1, -1):
        if table.rows[above].group != group:
            break
        if table.rows[above].cells[column].text:
            return table.rows[above].cells[column]
    return cells[column]
