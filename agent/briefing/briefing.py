"""A diff made ready to be told: what comes first, what is grouped, what is only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.briefing.bundles import bundled
from agent.briefing.lines import Line, Teller, words
from agent.briefing.themes import Row, Theme, split_table, themes

if TYPE_CHECKING:
    from agent.weeks.changes import Changes
    from kg.difference import Change

FIRST = 5
"""How many changes are told before all themes."""

SHOWN = 8
"""How many lines of a theme are told before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A theme as it is told: lines, a table, and how many lines and rows are left out."""

    title: str
    count: int
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: tuple[Line, ...]
    more_rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A diff, ready to be written: title, counts by kind, first things first, sections."""

    title: str
    counts: tuple[tuple[str, int], ...]
    cells: int
    first: tuple[Line, ...]
    sections: tuple[Section, ...]
    names: tuple[str, ...]
    unsure: int
    alerts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.first or self.sections or self.alerts)


def brief(found: Changes, *, everything: bool = False) -> Briefing:
    """Order a diff for reading; ``everything`` leaves no line out."""
    teller = Teller((*found.before, *found.old.reports, *found.new.reports))
    groups = themes(found.changes)
    long = len(found.changes) > FIRST + SHOWN
    first = _first(groups) if long else []
    told = {id(change) for change in first}
    cells = {id(c) for g in groups for row in split_table(g)[1] for c in row.cells if c}
    sections = [_section(group, teller, told, everything) for group in groups]
    return Briefing(
        title=f"{found.old.title} → {found.new.title}",
        counts=_counts([c for c in found.changes if id(c) not in cells]),
        cells=len(cells),
        first=tuple(teller.line(change) for change in first),
        sections=tuple(s for s in sections if s.lines or s.rows),
        names=tuple(found.names_told()),
        unsure=found.unsure,
        alerts=tuple((alert.watch.text, tuple(alert.lines(teller))) for alert in found.alerts),
    )


def _first(groups: Sequence[Theme]) -> list[Change]:
    """Pick what matters most, of each subject at most two."""
    ranked = sorted(
        (c for group in groups if not group.table for c in group.changes if c.kind != "restated"),
        key=lambda c: -c.score,
    )
    picked: list[Change] = []
    seen: Counter[str] = Counter()
    for change in ranked:
        if seen[change.subject.id] < 2 and len(picked) < FIRST:
            picked.append(change)
            seen[change.subject.id] += 1
    return picked


def _section(group: Theme, teller: Teller, told: set[int], everything: bool) -> Section:
    columns, rows, rest = split_table(group)
    untold = [change for change in rest if id(change) not in told]
    lines = [teller.bundle(group) for group in bundled(untold)]
    most = len(lines) + len(rows) if everything or len(lines) <= SHOWN + 2 else SHOWN
    most_rows = len(rows) if everything else SHOWN
    return Section(
        group.name,
        sum(line.count for line in lines) + len(rows),
        tuple(lines[:most]),
        tuple(columns),
        tuple(rows[:most_rows]),
        tuple(lines[most:]),
        tuple(rows[most_rows:]),
    )


def _counts(changes: Sequence[Change]) -> tuple[tuple[str, int], ...]:
    counted = Counter(change.kind for change in changes)
    return tuple(
        (str(k["mark"]), counted[kind]) for kind, k in words()["kinds"].items() if counted[kind]
    )
