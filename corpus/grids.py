"""Grids of raw cells: tab-separated lines, Markdown pipe tables, columns aligned by spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from corpus.captions import caption_of, is_apparatus
from corpus.lines import Line
from corpus.report import Span

_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_GAP = re.compile(r"(?:[ 　]{2,}|　)+")
_NUMBER = re.compile(r"[-+▲▼△(]?[$₩€¥]?\d[\d,.]*\s*\S{0,4}")
_FIGURE = re.compile(r"[-+~약▲▼△(\[$₩€£¥\s]*\d(?!\d{3}(?!\d)|\s?[QqHh분반])")
"""A figure, not a year or quarter that heads a column: "12조 원", "-3.2%"."""
_MAX_LOOSE = 60
"""A line without a tab between two lines with tabs is a row of one cell up to this length."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of trimmed raw cell spans, and the lines ``first``..``last`` (inclusive) they are on."""

    first: int
    last: int
    rows: tuple[tuple[Span, ...], ...]


def find_grids(text: str, lines: Sequence[Line]) -> tuple[Grid, ...]:
    """Find every grid of at least two rows and two columns, in order, none overlapping."""
    grids: list[Grid] = []
    number = 0
    while number < len(lines):
        grid = (
            _pipes(text, lines, number)
            or _tabs(text, lines, number)
            or _spaces(text, lines, number)
        )
        if grid:
            grids.append(grid)
            number = grid.last + 1
        else:
            number += 1
    return tuple(grids)


def _grid(rows: list[tuple[Span, ...]], first: int, last: int) -> Grid | None:
    wide = sum(1 for row in rows if sum(1 for cell in row if len(cell)) > 1)
    return Grid(first, last, tuple(rows)) if len(rows) > 1 and wide > 1 else None


def _trim(text: str, start: int, end: int) -> Span:
    """Drop white space at both ends; a blank range becomes empty at its own start."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _split(text: str, span: Span, cuts: Iterator[re.Match[str]]) -> tuple[Span, ...]:
    cells, start = [], span.start
    for cut in cuts:
        cells.append(_trim(text, start, span.start + cut.start()))
        start = span.start + cut.end()
    cells.append(_trim(text, start, span.end))
    return tuple(cells)


def _has_tab(text: str, line: Line) -> bool:
    return not line.blank and "\t" in line.raw.of(text).rstrip(" ") and not _indented(text, line)


def _indented(text: str, line: Line) -> bool:
    """Whether its only tabs come before the text: an indented line, no row."""
    body = line.raw.of(text)
    return "\t" not in body.lstrip("\t ").rstrip() and not body.endswith("\t")


def _tabs(text: str, lines: Sequence[Line], first: int) -> Grid | None:
    if not _has_tab(text, lines[first]):
        return None
    rows: list[tuple[Span, ...]] = []
    last, number = first, cast("int | None", first)
    while number is not None:
        last = number
        line = lines[number]
        rows.append(_split(text, line.raw, re.finditer("\t", line.raw.of(text))))
        number = _next_tab_line(text, lines, number, len(rows))
    return _grid(rows, first, last)


def _next_tab_line(text: str, lines: Sequence[Line], number: int, count: int) -> int | None:
    """The next row's line: the one below, or one blank line further while all are so spaced."""
    after = number + 1
    if after >= len(lines):
        return None
    line = lines[after]
    if _has_tab(text, line):
        return after
    follows = after + 1 < len(lines) and _has_tab(text, lines[after + 1])
    if line.blank:
        spaced = not lines[after - 2].blank if after >= 2 and count > 1 else False
        return after + 1 if follows and not spaced else None
    loose = len(line.text) <= _MAX_LOOSE and not caption_of(line.text)
    return after if follows and loose and not is_apparatus(line.text) else None


def _pipes(text: str, lines: Sequence[Line], first: int) -> Grid | None:
    if not _has_pipe(text, lines[first]):
        return None
    last, width = first, len(_piped(text, lines[first].span))
    while last + 1 < len(lines) and _has_pipe(text, lines[last + 1]):
        if last > first and _heads(text, lines, last + 1, width):
            break  # tables that a conversion left without a line between them
        last += 1
    raws = [lines[n].span.of(text) for n in range(first, last + 1)]
    delimited = any(_DELIMITER.fullmatch(raw) and "-" in raw for raw in raws[1:2])
    framed = all(raw.startswith("|") and raw.endswith("|") for raw in raws)
    if not (delimited or framed):
        return None
    rows = [
        _piped(text, lines[first + i].span)
        for i, raw in enumerate(raws)
        if not _DELIMITER.fullmatch(raw)
    ]
    return _grid(rows, first, last)


def _heads(text: str, lines: Sequence[Line], number: int, width: int) -> bool:
    """Whether another table begins: labels above a delimiter of as many columns.

    A row may stand between the two where the table before is of another ``width``.
    """
    cells = [span.of(text) for span in _piped(text, lines[number].span)]
    labels = [cell for cell in cells if cell and not _FIGURE.match(cell)]
    if len(labels) < max(2, sum(map(bool, cells))):
        return False
    reach = 1 if len(cells) == width else 2
    below = [line.span for line in lines[number + 1 : number + 1 + reach]]
    alike = [span for span in below if len(_piped(text, span)) == len(cells)]
    return alike == below and any(_is_delimiter(span.of(text)) for span in below)


def _is_delimiter(raw: str) -> bool:
    return "|" in raw and "-" in raw and _DELIMITER.fullmatch(raw) is not None


def _has_pipe(text: str, line: Line) -> bool:
    raw = line.span.of(text)
    return bool(raw) and re.search(r"(?<!\\)\|", raw) is not None


def _piped(text: str, span: Span) -> tuple[Span, ...]:
    raw = span.of(text)
    start = 1 if raw.startswith("|") else 0
    end = len(raw) - 1 if re.search(r"(?<!\\)\|$", raw) else len(raw)
    inner = Span(span.start + start, span.start + max(start, end))
    return _split(text, inner, re.finditer(r"(?<!\\)\|", inner.of(text)))


def _spaces(text: str, lines: Sequence[Line], first: int) -> Grid | None:
    """Three or more lines that all split into the same number of cells by wide gaps."""
    rows: list[tuple[Span, ...]] = []
    for line in lines[first:]:
        if line.blank:
            break
        row = _split(text, line.span, _GAP.finditer(line.span.of(text)))
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
    if len(rows) < 3 or not _tabular(text, rows):
        return None
    return _grid(rows, first, first + len(rows) - 1)


def _tabular(text: str, rows: list[tuple[Span, ...]]) -> bool:
    """Two columns might be wrapped prose: ask for figures in the last one."""
    if len(rows[0]) > 2:
        return all(len(cell) <= 40 for row in rows for cell in row[:-1])
    figures = sum(1 for row in rows[1:] if _NUMBER.fullmatch(row[-1].of(text)))
    return figures >= len(rows) - 2
