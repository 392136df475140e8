"""Tables between horizontal rules only: columns by white gutters, rows by their distance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.aligned import Cells, parented, strips_of
from corpus.readers.pdf.glyphs import Box, Rule, Sheet
from corpus.readers.pdf.ruled import Lattice
from corpus.readers.pdf.runs import Run
from corpus.tables import is_figure

_NEAR = 3.0
"""Rules of one table begin and end within so many points."""
_LEAST = 120.0
"""A table is at least so many points wide."""
_TALL = 420.0
"""Two rules of a table are no further apart."""
_GUTTER = 5.0
_HEADER = 60.0
"""A header is no higher."""
_SHORT, _LABEL = 45, 30
"""Longest cell of a header, and usual longest label of a row."""
_JUMP = 1.25
"""Rows are so much further apart than the lines of a cell."""


def find_banded(sheet: Sheet, runs: Sequence[Run]) -> tuple[list[Lattice], list[Run]]:
    """Find the tables of a page that three or more rules of one width set apart.

    Returns them and the runs outside.
    """
    found: list[Lattice] = []
    rest = list(runs)
    for chain in _chains([rule for rule in sheet.rules if rule.level]):
        lattice = _lattice(chain, rest)
        if lattice:
            taken = {id(run) for row in lattice.rows for cell in row for run in cell}
            rest = [run for run in rest if id(run) not in taken]
            found.append(lattice)
    return found, rest


def _chains(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules over each other that begin and end alike, three at least."""
    left = sorted((r for r in rules if r.right - r.left >= _LEAST), key=lambda r: r.top)
    while left:
        first = left.pop(0)
        chain = [first]
        for rule in list(left):
            alike = abs(rule.left - first.left) < _NEAR and abs(rule.right - first.right) < _NEAR
            if alike and rule.top - chain[-1].top < _TALL:
                left.remove(rule)
                if rule.top - chain[-1].top > _NEAR:
                    chain.append(rule)
        if len(chain) > 2:
            yield chain


def _lattice(chain: Sequence[Rule], runs: Sequence[Run]) -> Lattice | None:
    box = Box(chain[0].left, chain[0].right, chain[0].top, chain[-1].top)
    bands = [
        [run for run in runs if _inside(run, box) and top.top < run.middle <= below.top]
        for top, below in pairwise(chain)
    ]
    if chain[1].top - chain[0].top > _HEADER or not all(bands[:2]):
        return None
    columns = _columns([run for band in bands for run in band])
    if len(columns) < 2 or any(len(run.text) > _SHORT for run in bands[0]):
        return None
    strips = [[_cells(strip, columns) for strip in strips_of(band)] for band in bands if band]
    figured = _figured([cells for band in strips[1:] for cells in band])
    rows = strips[0] + [row for band in strips[1:] for row in _rows(band, figured=figured)]
    rows = parented(rows) if len(strips[0]) > 1 else rows
    return Lattice(box, tuple(rows)) if _tabular(rows) else None


def _inside(run: Run, box: Box) -> bool:
    return box.left - _NEAR <= run.left and run.right <= box.right + _NEAR


def _columns(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """The ranges of x between white gutters; what spans one is left out of account."""
    ranges: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.left):
        if ranges and run.left <= ranges[-1][1] + _GUTTER:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], run.right))
        else:
            ranges.append((run.left, run.right))
    return ranges


def _cells(strip: Sequence[Run], columns: Sequence[tuple[float, float]]) -> Cells:
    cells: list[list[Run]] = [[] for _ in columns]
    for run in strip:
        place = next(i for i, (left, right) in enumerate(columns) if left <= run.left <= right)
        cells[place].append(run)
    return tuple(tuple(sorted(cell, key=lambda run: (run.base, run.left))) for cell in cells)


def _figured(strips: Sequence[Cells]) -> bool:
    """Whether strips one after the other have figures in one column: each is a row then."""
    both = 0
    for above, below in pairwise(strips):
        both += any(
            a and b and is_figure(a[-1].text) and is_figure(b[0].text)
            for a, b in zip(above, below, strict=True)
        )
    return both * 2 >= max(1, len(strips) - 1)


def _rows(strips: Sequence[Cells], *, figured: bool) -> list[Cells]:
    """Join the strips of one row: those that stand closer than rows do."""
    gaps = [_top(b) - _bottom(a) for a, b in pairwise(strips)]
    limit = _limit(gaps, strips)
    done: list[Cells] = list(strips[:1])
    for gap, strip in zip(gaps, strips[1:], strict=True):
        label = bool(strip[0]) and not any(strip[1:])
        if limit is not None and gap < limit and (label or not figured):
            done[-1] = tuple((*a, *b) for a, b in zip(done[-1], strip, strict=True))
        else:
            done.append(strip)
    return done


def _limit(gaps: Sequence[float], strips: Sequence[Cells]) -> float | None:
    """The distance that parts rows from lines; ``None`` when all stand alike."""
    size = median(run.size for strip in strips for cell in strip for run in cell)
    # From baseline to the top of letters, so that leading counts alike on all lines.
    steps = sorted(gap + size for gap in gaps)
    jumps = [(b / a, a, b) for a, b in pairwise(steps) if a > 0 and b / a >= _JUMP]
    if not jumps:
        return None
    _, low, high = jumps[0]
    return (low + high) / 2 - size if low <= 1.9 * size else None


def _top(cells: Cells) -> float:
    return min(run.base - run.size for cell in cells for run in cell)


def _bottom(cells: Cells) -> float:
    return max(run.base for cell in cells for run in cell)


def _tabular(rows: Sequence[Cells]) -> bool:
    """A header with a cell over most columns, rows with labels: no columns of prose."""
    if len(rows) < 2 or sum(1 for cell in rows[0] if cell) < 2:
        return False
    wide = [row for row in rows[1:] if sum(1 for cell in row if cell) > 1]
    labels = [sum(len(run.text) for run in row[0]) for row in rows[1:] if row[0]]
    return bool(wide) and bool(labels) and median(labels) <= _LABEL
