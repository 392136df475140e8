"""Reading order: columns cut at white gutters, top to bottom inside each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf.aligned import rows_of
from corpus.readers.pdf.glyphs import Rule
from corpus.readers.pdf.runs import Run

_GUTTER = 8.0
"""A gutter between columns is at least so many points wide."""
_SHARE = 0.13
"""A column takes at least this share of the width it is cut from."""
_DEEP = 4
_ACROSS = 0.7
"""A rule over this share of the width parts what is above it from what is below."""
_LINE, _LINES = 12, 3
"""A line of prose has so many letters, a column so many lines."""


def in_order(runs: Sequence[Run], rules: Sequence[Rule] = (), *, depth: int = 0) -> list[list[Run]]:
    """Cut the runs of a page into regions, in reading order; a region has one column.

    Columns end at ``rules`` that run across them, as the edges of boxes do.
    """
    rows = rows_of(runs)
    regions: list[list[Run]] = []
    flow: list[Run] = []
    number = 0
    while number < len(rows):
        cut = _band(rows, number, rules) if depth < _DEEP else None
        if cut is None:
            flow.extend(rows[number])
            number += 1
            continue
        last, gutter = cut
        if flow:
            regions.append(flow)
            flow = []
        band = [run for row in rows[number : last + 1] for run in row]
        left = [run for run in band if run.right <= gutter]
        right = [run for run in band if run.right > gutter]
        for side in (left, right):
            regions += in_order(side, rules, depth=depth + 1)
        number = last + 1
    if flow:
        regions.append(flow)
    return regions


def _barred(
    spans: list[list[float]], above: Sequence[Run], below: Sequence[Run], rules: Sequence[Rule]
) -> bool:
    """Whether a rule runs between two rows across most of what they fill."""
    low, high = spans[0][0], spans[-1][1]
    top, bottom = above[0].base, min(run.base for run in below)
    return any(
        rule.level
        and top <= rule.top <= bottom
        and min(rule.right, high) - max(rule.left, low) >= _ACROSS * (high - low)
        for rule in rules
    )


def _band(
    rows: Sequence[tuple[Run, ...]], first: int, rules: Sequence[Rule]
) -> tuple[int, float] | None:
    """The longest stretch of rows from ``first`` with a gutter that parts two columns."""
    spans: list[list[float]] = []
    found: tuple[int, float] | None = None
    for last in range(first, len(rows)):
        for run in rows[last]:
            spans = _covered(spans, run.left, run.right)
        if len(spans) < 2 and last > first:
            break
        if last - first < 2:
            continue
        barred = last + 1 < len(rows) and _barred(spans, rows[last], rows[last + 1], rules)
        ends = barred or last + 1 == len(rows) or len(_after(spans, rows[last + 1])) < 2
        if ends:
            gutter = _gutter(spans, rows[first : last + 1])
            found = (last, gutter) if gutter is not None else found
        if barred:
            break
    return found


def _after(spans: list[list[float]], row: Sequence[Run]) -> list[list[float]]:
    for run in row:
        spans = _covered(spans, run.left, run.right)
    return spans


def _covered(spans: list[list[float]], left: float, right: float) -> list[list[float]]:
    """Add a range to sorted, disjoint ranges that lie a gutter apart."""
    before = [span for span in spans if span[1] + _GUTTER < left]
    after = [span for span in spans if span[0] - _GUTTER > right]
    inside = spans[len(before) : len(spans) - len(after)]
    low = min([left, *(span[0] for span in inside)])
    high = max([right, *(span[1] for span in inside)])
    return [*before, [low, high], *after]


def _gutter(spans: list[list[float]], rows: Sequence[tuple[Run, ...]]) -> float | None:
    """The x of the gutter with columns of text on both sides, the widest first."""
    gaps = sorted(
        ((b[0] - a[1], (a[1] + b[0]) / 2) for a, b in pairwise(spans)),
        reverse=True,
    )
    whole = spans[-1][1] - spans[0][0]
    for _, place in gaps:
        left = [run for row in rows for run in row if run.right <= place]
        right = [run for row in rows for run in row if run.right > place]
        if _parts(left, right, whole):
            return place
    return None


def _parts(left: Sequence[Run], right: Sequence[Run], whole: float) -> bool:
    if min(_width(left), _width(right)) < _SHARE * whole:
        return False
    lines = rows_of(left), rows_of(right)
    if min(map(len, lines)) < _LINES:
        return False
    prose = [_is_prose(side, rows) for side, rows in zip((left, right), lines, strict=True)]
    if all(prose):
        return True
    if not any(prose) or max(map(len, lines)) < 6:
        return False
    if _one_table(*lines):
        return False
    bases = [row[0].base for row in lines[1]]
    level = sum(1 for row in lines[0] if any(abs(row[0].base - base) < 1.5 for base in bases))
    return level < 0.5 * min(map(len, lines))


def _one_table(left: Sequence[tuple[Run, ...]], right: Sequence[tuple[Run, ...]]) -> bool:
    """Rows of many cells beside lines that begin and end at their height: a column of remarks."""
    many = max(sum(1 for row in side if len(row) > 2) / len(side) for side in (left, right))
    em = 2.5 * left[0][0].size
    level = abs(left[0][0].base - right[0][0].base) < em
    return many > 0.5 and level and abs(left[-1][0].base - right[-1][0].base) < em


def _width(runs: Sequence[Run]) -> float:
    return max(run.right for run in runs) - min(run.left for run in runs)


def _is_prose(runs: Sequence[Run], rows: Sequence[tuple[Run, ...]]) -> bool:
    """Most of the letters stand in lines that fill their column, no figures and labels."""
    width = _width(runs)
    if sum(1 for row in rows if len(row) > 1) * 3 > len(rows):
        return _all_prose(runs)
    total = full = 0
    for row in rows:
        letters = sum(len(run.text) for run in row)
        total += letters
        if letters >= _LINE and sum(run.width for run in row) >= 0.55 * width:
            full += letters
    return full >= 0.6 * total


def _all_prose(runs: Sequence[Run]) -> bool:
    """Whether what stands side by side are columns of prose, each of several lines."""
    spans: list[list[float]] = []
    for run in runs:
        spans = _covered(spans, run.left, run.right)
    if len(spans) < 2:
        return False
    for left, right in spans:
        column = [run for run in runs if left <= run.left <= right]
        rows = rows_of(column)
        if len(rows) < _LINES or any(len(row) > 1 for row in rows) or not _is_prose(column, rows):
            return False
    return True
