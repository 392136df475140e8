"""Ruled tables: a lattice of lines, its cells and merged cells, the runs inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.glyphs import Box, Rule, Sheet
from corpus.readers.pdf.runs import Run
from corpus.tables import is_figure

_NEAR = 2.5
"""Lines so close are one; a line reaches another across so small a gap."""
_MAX_PAIRS = 250_000
_LINE, _PROSE = 80, 500
"""A lone row holds no longer cell than the first; a small table none longer than the second."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table found on a page: for each row and column, the runs of that cell in order.

    ``edges`` are the x of its vertical rules, empty when it has none.
    """

    box: Box
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    edges: tuple[float, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is a table by itself: two rows or more with two cells or more.

        Less may still be a part of one that goes on on another page.
        """
        return sum(1 for row in self.rows if sum(1 for cell in row if cell) > 1) > 1


def find_lattices(sheet: Sheet, runs: Sequence[Run]) -> tuple[list[Lattice], list[Run]]:
    """Find the ruled tables of a page; returns them and the runs outside them all."""
    found: list[Lattice] = []
    rest = list(runs)
    for level, upright in _components(sheet.rules):
        lattice = _lattice(level, upright, rest)
        if lattice:
            taken = {id(run) for row in lattice.rows for cell in row for run in cell}
            rest = [run for run in rest if id(run) not in taken]
            found.append(lattice)
    return found, rest


def _components(rules: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of horizontal and vertical rules that touch each other, larger ones first."""
    level = _merged([r for r in rules if r.level], level=True)
    upright = _merged([r for r in rules if not r.level], level=False)
    if not level or not upright or len(level) * len(upright) > _MAX_PAIRS:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, line in enumerate(level):
        for j, post in enumerate(upright, start=len(level)):
            if _meet(line, post):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*level, *upright]):
        groups.setdefault(root(i), ([], []))[0 if i < len(level) else 1].append(rule)
    real = [group for group in groups.values() if len(group[0]) > 1 and group[1]]
    return sorted(real, key=lambda group: -len(group[0]) - len(group[1]))


def _meet(line: Rule, post: Rule) -> bool:
    return (
        line.left - _NEAR <= post.right
        and post.left <= line.right + _NEAR
        and post.top - _NEAR <= line.bottom
        and line.top <= post.bottom + _NEAR
    )


def _merged(rules: Sequence[Rule], *, level: bool) -> list[Rule]:
    """Join the pieces of lines drawn cell by cell."""
    bundles: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.top if level else r.left):
        place = rule.top if level else rule.left
        first = bundles[-1][0] if bundles else None
        if first and place - (first.top if level else first.left) <= _NEAR:
            bundles[-1].append(rule)
        else:
            bundles.append([rule])
    return [line for bundle in bundles for line in _strung(bundle, level=level)]


def _strung(bundle: Sequence[Rule], *, level: bool) -> list[Rule]:
    """Join the rules of one place that touch end to end."""
    done: list[Rule] = []
    for rule in sorted(bundle, key=lambda r: r.left if level else r.top):
        last = done[-1] if done else None
        if last and level and rule.left <= last.right + _NEAR:
            done[-1] = Rule(last.left, max(last.right, rule.right), last.top, last.bottom)
        elif last and not level and rule.top <= last.bottom + _NEAR:
            done[-1] = Rule(last.left, last.right, last.top, max(last.bottom, rule.bottom))
        else:
            done.append(rule)
    return done


def _steps(places: Iterable[float]) -> list[float]:
    """Places closer than a few points as one, in order."""
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > 2 * _NEAR:
            steps.append(place)
    return steps


def _lattice(level: list[Rule], upright: list[Rule], runs: Sequence[Run]) -> Lattice | None:
    left, right = min(r.left for r in level), max(r.right for r in level)
    top, bottom = min(r.top for r in upright), max(r.bottom for r in upright)
    xs = _steps([*(r.left for r in upright), left, right])
    ys = _steps([*(r.top for r in level), top, bottom])
    if len(xs) < 3 or len(ys) < 2 or len(xs) > 60 or len(ys) > 250:
        return None
    box = Box(xs[0], xs[-1], ys[0], ys[-1])
    inside = [run for run in runs if _within(run, box)]
    if len(inside) < 2:
        return None
    anchors = _anchors(xs, ys, level, upright)
    cells: list[list[list[Run]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for run in inside:
        row = _slot(ys, run.middle)
        column = _slot(xs, (run.left + run.right) / 2)
        at_row, at_column = anchors[row][column]
        cells[at_row][at_column].append(run)
    rows = [[tuple(sorted(c, key=_reading)) for c in row] for row in cells]
    kept = _tight([tuple(row) for line in rows for row in _split(line)])
    lattice = Lattice(box, kept, tuple(xs))
    return lattice if _is_table(lattice) else None


def _is_table(lattice: Lattice) -> bool:
    """Cells side by side, and not the columns or boxes of a page that lines set apart."""
    rows = lattice.rows
    if not any(sum(1 for cell in row if cell) > 1 for row in rows):
        return False
    lengths = [sum(len(run.text) for run in cell) for row in rows for cell in row if cell]
    if not lattice.whole:
        return max(lengths) <= _LINE
    return max(lengths) <= _PROSE or len(lengths) > 8


def _reading(run: Run) -> tuple[float, float]:
    return (round(run.base), run.left)


def _within(run: Run, box: Box) -> bool:
    middle = (run.left + run.right) / 2
    return box.left <= middle <= box.right and box.top <= run.middle <= box.bottom


def _slot(steps: list[float], place: float) -> int:
    return max(0, min(len(steps) - 2, sum(1 for step in steps[1:-1] if step <= place)))


def _anchors(
    xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]
) -> list[list[tuple[int, int]]]:
    """For each square of the lattice, the top left square of the merged cell it belongs to."""
    own = [[(j, i) for i in range(len(xs) - 1)] for j in range(len(ys) - 1)]
    for j in range(len(ys) - 1):
        for i in range(len(xs) - 1):
            if i and not _post(upright, xs[i], ys[j], ys[j + 1]):
                own[j][i] = own[j][i - 1]
            elif j and not _beam(level, ys[j], xs[i], xs[i + 1]):
                own[j][i] = own[j - 1][i]
    return own


def _post(upright: list[Rule], x: float, top: float, bottom: float) -> bool:
    near = [r for r in upright if abs(r.left - x) <= 2 * _NEAR]
    shared = sum(max(0.0, min(r.bottom, bottom) - max(r.top, top)) for r in near)
    return shared >= 0.6 * (bottom - top)


def _beam(level: list[Rule], y: float, left: float, right: float) -> bool:
    near = [r for r in level if abs(r.top - y) <= 2 * _NEAR]
    shared = sum(max(0.0, min(r.right, right) - max(r.left, left)) for r in near)
    return shared >= 0.6 * (right - left)


def _split(row: Sequence[tuple[Run, ...]]) -> list[list[tuple[Run, ...]]]:
    """Part a row whose lines are rows of their own, because rules stand only between columns.

    So they are when two or more columns have text on nearly every line, and all of one
    such column's lines are figures.
    """
    bases: list[float] = []
    for run in sorted((run for cell in row for run in cell), key=lambda run: run.base):
        if not bases or run.base - bases[-1] > 0.5 * run.size:
            bases.append(run.base)
    if len(bases) < 2:
        return [list(row)]

    def line(run: Run) -> int:
        return min(range(len(bases)), key=lambda i: abs(bases[i] - run.base))

    lines = [{line(run) for run in cell} for cell in row]
    full = [cell for cell, n in zip(row, lines, strict=True) if len(n) >= 0.75 * len(bases)]
    figures = [cell for cell in full if all(is_figure(run.text) for run in cell)]
    if len(full) < 2 or not figures:
        return [list(row)]
    parted: list[list[tuple[Run, ...]]] = []
    for i in range(len(bases)):
        parted.append([tuple(run for run in cell if line(run) == i) for cell in row])
    return parted


def _tight(rows: list[tuple[tuple[Run, ...], ...]]) -> tuple[tuple[tuple[Run, ...], ...], ...]:
    """Leave out rows and columns without any text."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return ()
    keep = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    return tuple(tuple(row[i] for i in keep) for row in rows)
