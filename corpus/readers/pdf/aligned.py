"""Tables without rules: rows of short runs that stand in common columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.captions import caption_of, is_apparatus
from corpus.readers.pdf.glyphs import Box
from corpus.readers.pdf.ruled import Lattice
from corpus.readers.pdf.runs import Run
from corpus.tables import is_figure

Row = tuple[Run, ...]
Cells = tuple[tuple[Run, ...], ...]

_PERIOD = re.compile(r"(?:19|20)?\d\d[.]?\d{0,2}[AEFP]?|[1-4]Q\d{0,2}[AEFP]?|[-–—]|N/?A|n/?a")
_FIGURE = re.compile(r"[-+(]?\d[\d,]*[.]\d+\)?%?|[-+(]?\d{1,3}(?:,\d{3})+\)?")
"""What no header says: a fraction, or thousands."""
_RISE = 0.72
"""How high letters rise above the baseline, in ems."""
_LONG = 45
"""A cell of a table without rules is rarely longer than this."""


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """Sort runs into lines by their baselines, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        last = rows[-1] if rows else None
        if last and abs(run.base - last[0].base) <= 0.45 * min(run.size, last[0].size):
            last.append(run)
        else:
            rows.append([run])
    return [tuple(sorted(row, key=lambda run: run.left)) for row in rows]


def strips_of(runs: Sequence[Run]) -> list[Row]:
    """Sort runs into strips with white between them: the lines of a cell are in one strip."""
    strips: list[list[Run]] = []
    floor = 0.0
    for run in sorted(runs, key=lambda run: (run.base - _RISE * run.size, run.left)):
        if strips and run.base - _RISE * run.size < floor - 0.5:
            strips[-1].append(run)
            floor = max(floor, run.base)
        else:
            strips.append([run])
            floor = run.base
    return [tuple(sorted(strip, key=lambda run: (run.left, run.base))) for strip in strips]


def find_aligned(runs: Sequence[Run]) -> tuple[list[Lattice], list[Run]]:
    """Find tables by alignment in one column of a page; returns them and the other runs."""
    rows = strips_of(runs)
    found: list[Lattice] = []
    taken: set[int] = set()
    for first, last in _stretches(rows):
        lattice = _lattice(rows[first : last + 1])
        if lattice:
            found.append(lattice)
            taken |= {id(run) for row in lattice.rows for cell in row for run in cell}
    return found, [run for run in runs if id(run) not in taken]


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Ranges of rows that may be a table: several runs each, a lone one here and there."""
    start: int | None = None
    last = 0
    for number, row in enumerate(rows):
        if start is not None and (number - last > 2 or _parted(rows[number - 1], row)):
            yield from _worth(start, last)
            start = None
        if len(_slots(row)) > 1 and not caption_of(row[0].text):
            start = number if start is None else start
            last = number
        elif caption_of(row[0].text) or is_apparatus(row[0].text):
            if start is not None:
                yield from _worth(start, last)
            start = None
    if start is not None:
        yield from _worth(start, last)


def _worth(start: int, last: int) -> Iterator[tuple[int, int]]:
    if last - start >= 2:
        yield start, last


def _parted(above: Row, below: Row) -> bool:
    gap = min(run.base for run in below) - max(run.base for run in above)
    return gap > 3.2 * max(below[0].size, above[0].size)


def _slots(row: Row) -> list[tuple[float, float]]:
    """The ranges of x that a row fills, apart from each other."""
    return _merged((run.left, run.right) for run in row)


def _merged(ranges: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    done: list[tuple[float, float]] = []
    for left, right in sorted(ranges):
        if done and left <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(done[-1][1], right))
        else:
            done.append((left, right))
    return done


def _lattice(rows: Sequence[Row]) -> Lattice | None:
    columns = _columns(rows)
    if len(columns) < 2:
        return None
    cells = [_cells(row, columns) for row in rows]
    cells = parented(_unwrapped(cells, rows))
    if not _tabular(cells):
        return None
    flat = [run for row in rows for run in row]
    box = Box(
        min(r.left for r in flat), max(r.right for r in flat),
        min(r.top for r in flat), max(r.bottom for r in flat),
    )  # fmt: skip
    return Lattice(box, tuple(cells))


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The ranges of x that the fullest rows fill."""
    counts = Counter(len(slots) for slots in map(_slots, rows) if len(slots) > 1)
    enough = max(counts, key=lambda n: (counts[n] * n, n))
    full = [slots for slots in map(_slots, rows) if len(slots) >= enough]
    return _merged(slot for slots in full for slot in slots)


def _cells(row: Row, columns: Sequence[tuple[float, float]]) -> tuple[tuple[Run, ...], ...]:
    cells: list[list[Run]] = [[] for _ in columns]
    for run in row:
        shares = [min(run.right, right) - max(run.left, left) for left, right in columns]
        touched = [i for i, share in enumerate(shares) if share > 0]
        place = touched[0] if touched else max(range(len(columns)), key=lambda i: shares[i])
        cells[place].append(run)
    return tuple(tuple(sorted(cell, key=lambda run: (run.base, run.left))) for cell in cells)


def _unwrapped(
    cells: list[tuple[tuple[Run, ...], ...]], rows: Sequence[Row]
) -> list[tuple[tuple[Run, ...], ...]]:
    """Join a line that only goes on with the cells above it, set tighter than the rows."""
    gaps = sorted(b[0].base - a[0].base for a, b in pairwise(rows))
    usual = gaps[len(gaps) // 2]
    done: list[tuple[tuple[Run, ...], ...]] = []
    for number, row in enumerate(cells):
        tight = number > 0 and _tight(rows, number, usual)
        above = done[-1] if done else None
        label = bool(row[0]) and not any(row[1:]) and not _tight(rows, number + 1, usual)
        on = tight and (not row[0] or label)
        if above and on and all(a for a, b in zip(above, row, strict=True) if b):
            done[-1] = tuple((*a, *b) for a, b in zip(above, row, strict=True))
        else:
            done.append(row)
    return done


def _tight(rows: Sequence[Row], number: int, usual: float) -> bool:
    """Whether a row stands closer to the one above than rows do."""
    return number < len(rows) and rows[number][0].base - rows[number - 1][0].base < 0.8 * usual


def parented(cells: list[Cells]) -> list[Cells]:
    """Set headers that stand over the middle of several columns over the first of these."""
    if len(cells) < 3:
        return cells
    top, sub = cells[0], cells[1]
    parents = [cell for i, cell in enumerate(top) if cell and sub[i]]
    columns = [i for i, cell in enumerate(sub) if cell and (i or not top[0])]
    over = [i for i in columns if top[i]]
    if not parents or len(parents) >= len(columns) or len(over) != len(parents) or top[0]:
        return cells
    if any(_FIGURE.fullmatch(run.text) for cell in sub for run in cell):
        return cells
    groups = _groups([_middle(cell) for cell in parents], [_middle(sub[i]) for i in columns])
    moved = list(top)
    for i in over:
        moved[i] = ()
    for parent, (first, _) in zip(parents, groups, strict=True):
        moved[columns[first]] = parent
    return [tuple(moved), *cells[1:]]


def _middle(cell: Sequence[Run]) -> float:
    return (min(run.left for run in cell) + max(run.right for run in cell)) / 2


def _groups(parents: Sequence[float], columns: Sequence[float]) -> list[tuple[int, int]]:
    """Part columns among parents, in order, so that each stands over the middle of its own.

    Returns half-open ranges of columns.
    """
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {(0, 0): (0.0, [])}
    for n, parent in enumerate(parents, start=1):
        for end in range(n, len(columns) + 1):
            options = []
            for start in range(n - 1, end):
                if (n - 1, start) in best:
                    cost, ranges = best[(n - 1, start)]
                    middle = (columns[start] + columns[end - 1]) / 2
                    options.append((cost + abs(middle - parent), [*ranges, (start, end)]))
            if options:
                best[(n, end)] = min(options)
    return best[(len(parents), len(columns))][1]


def _is_value(text: str) -> bool:
    return is_figure(text) or _PERIOD.fullmatch(text) is not None


def _tabular(rows: Sequence[tuple[tuple[Run, ...], ...]]) -> bool:
    """Short cells in every row, figures among them; two columns need figures in the last."""
    filled = [[" ".join(run.text for run in cell) for cell in row] for row in rows]
    wide = [row for row in filled if sum(1 for text in row if text) > 1]
    texts = [text for row in wide for text in row if text]
    if len(wide) < 3 or sum(1 for text in texts if len(text) > _LONG) * 10 > len(texts):
        return False
    width = len(filled[0])
    if width == 2:
        values = sum(1 for row in wide[1:] if _is_value(row[1]))
        return values >= max(2, 0.7 * (len(wide) - 1))
    short = sum(1 for text in texts if len(text) <= 14)
    values = sum(1 for text in texts if _is_value(text))
    return values * 4 >= len(texts) or short * 10 >= 7 * len(texts)
