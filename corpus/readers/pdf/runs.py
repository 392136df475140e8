"""Glyphs into runs: stretches of one line with no wide gap and no rule inside."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.readers.pdf.glyphs import GAP, Glyph, Rule, Sheet
from corpus.readers.pdf.symbols import BULLETS, HYPHEN, raised

_WIDE = 0.85
_WIDE_SPACE = 1.5
"""A gap of so many ems parts two columns or cells; more where a space is drawn in it."""
_SPACES = (" ", GAP)
_WORD = 0.33
"""A gap of so many ems parts two words where no space is drawn."""
_HANG = 3.0
"""A bullet stands up to so many ems before its text."""


_BAND = 16.0
"""Runs of one line are looked for in bands of so many points."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line. ``spaced`` tells that a space is drawn after it."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    font: str
    spaced: bool = False

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From its first to its last glyph."""
        return self.right - self.left


def runs_of(sheet: Sheet) -> tuple[Run, ...]:
    """Cut a page into runs, from top to bottom and left to right."""
    walls = _Walls(rule for rule in sheet.rules if not rule.level)
    runs = [_run(glyphs) for glyphs in _strokes(sheet.glyphs, walls)]
    runs = _single([run for run in runs if run.text])
    return tuple(sorted(_joined(runs, walls), key=lambda run: (round(run.base, 0), run.left)))


class _Walls:
    """Vertical rules, looked up by where they stand."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = sorted(rules, key=lambda rule: rule.left)
        self.places = [rule.left for rule in self.rules]

    def between(self, left: float, right: float, height: float) -> bool:
        """Whether a rule stands between two x at a height."""
        for i in range(bisect_left(self.places, left - 1), len(self.rules)):
            rule = self.rules[i]
            if rule.left > right + 1:
                return False
            if rule.top <= height <= rule.bottom and rule.right <= right + 1:
                return True
        return False


def _strokes(glyphs: Sequence[Glyph], walls: _Walls) -> Iterable[list[Glyph]]:
    """Glyphs in drawing order, cut where the line, a wide gap or a rule ends a run."""
    run: list[Glyph] = []
    last: Glyph | None = None
    spaced = False
    for glyph in glyphs:
        if glyph.text in _SPACES:
            spaced = spaced or glyph.text == " "
            if run:
                run.append(glyph)
            continue
        wide = _WIDE_SPACE if spaced else _WIDE
        spaced = False
        if last and not _goes_on(last, glyph, walls, wide):
            yield run
            run = []
        run.append(glyph)
        last = glyph
    if run:
        yield run


def _goes_on(last: Glyph, glyph: Glyph, walls: _Walls, wide: float) -> bool:
    em = max(last.style.size, glyph.style.size, 1.0)
    shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    lower = min(last.bottom - last.top, glyph.bottom - glyph.top)
    if shared < 0.4 * lower or abs(last.base - glyph.base) > 0.6 * em:
        return False
    gap = glyph.left - last.right
    if gap < -0.6 * em or gap > wide * em:
        return False
    height = (glyph.top + glyph.bottom) / 2
    return gap <= 0.05 * em or not walls.between(last.right, glyph.left, height)


def _run(glyphs: list[Glyph]) -> Run:
    inked = [glyph for glyph in glyphs if glyph.text not in _SPACES]
    weights: Counter[tuple[float, bool, str]] = Counter()
    for glyph in inked:
        weights[(glyph.style.size, glyph.style.bold, glyph.style.font)] += len(glyph.text)
    size, bold, font = max(weights, key=lambda key: (weights[key], key))
    base = max(g.base for g in inked if g.style.size == size)
    pieces: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.text in _SPACES:
            if pieces and pieces[-1] != " ":
                pieces.append(" ")
            continue
        if last and pieces[-1] != " " and glyph.left - last.right > _WORD * size:
            pieces.append(" ")
        small = glyph.style.size <= 0.8 * size or glyph.bottom - glyph.top <= 0.8 * size
        high = base - glyph.base >= 0.15 * size
        pieces.append(raised(glyph.text) if small and high else glyph.text)
        last = glyph
    text = "".join(pieces).strip()
    return Run(
        text.rstrip(HYPHEN).replace(HYPHEN, "") + (HYPHEN if text.endswith(HYPHEN) else ""),
        min(g.left for g in inked),
        max(g.right for g in inked),
        min(g.top for g in inked),
        max(g.bottom for g in inked),
        base,
        size,
        bold,
        font,
        glyphs[-1].text == " ",
    )


def _single(runs: Sequence[Run]) -> list[Run]:
    """Drop what is drawn twice at one place, as bold or shadow."""
    seen: dict[str, list[Run]] = {}
    kept = []
    for run in runs:
        twins = seen.setdefault(run.text, [])
        near = 0.25 * run.size
        if any(abs(t.left - run.left) < near and abs(t.base - run.base) < near for t in twins):
            continue
        twins.append(run)
        kept.append(run)
    return kept


def _joined(runs: Sequence[Run], walls: _Walls) -> list[Run]:
    """Join runs of one line that were drawn apart: a bullet and its text, a word in bold."""
    done: list[Run] = []
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: (run.left, run.base)):
        band = int(run.base // _BAND)
        near = [i for step in (-1, 0, 1) for i in bands[band + step]]
        able = [i for i in near if _follows(done[i], run, walls)]
        if able:
            best = max(able, key=lambda i: (done[i].right, -i))
            done[best] = _pair(done[best], run)
        else:
            bands[band].append(len(done))
            done.append(run)
    return done


def _follows(left: Run, right: Run, walls: _Walls) -> bool:
    gap = right.left - left.right
    em = max(left.size, right.size)
    bullet = len(left.text) <= 2 and left.text[0] in BULLETS
    if gap < -0.5 * em or gap > (_HANG if bullet else _WIDE) * min(left.size, right.size):
        return False
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    lower = min(left.bottom - left.top, right.bottom - right.top)
    same = abs(left.base - right.base) <= (0.5 if bullet else 0.35) * em
    if shared < 0.5 * lower or not same:
        return False
    return gap <= 0.05 * em or not walls.between(left.right, right.left, right.middle)


def _pair(left: Run, right: Run) -> Run:
    em = max(left.size, right.size)
    bullet = left.text in BULLETS
    apart = left.spaced or bullet or right.left - left.right > 0.2 * em
    main = left if len(left.text) > len(right.text) else right
    return replace(
        main,
        text=f"{left.text}{' ' if apart else ''}{right.text}",
        left=left.left,
        right=max(left.right, right.right),
        top=min(left.top, right.top),
        bottom=max(left.bottom, right.bottom),
        spaced=right.spaced,
    )
