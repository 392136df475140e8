"""Changes by theme: what belongs together is read together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.briefing.lines import words

if TYPE_CHECKING:
    from kg.difference import Change

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its changes, the most important first; ``table`` its columns, if any."""

    name: str
    changes: tuple[Change, ...]
    table: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One entity's row of a theme's table: a cell a column, ``None`` where nothing changed."""

    name: str
    cells: tuple[Change | None, ...]


def themes(changes: Sequence[Change]) -> list[Theme]:
    """Sort changes into themes: those that matter most first, tables last."""
    held: dict[str, list[Change]] = {}
    for change in changes:
        held.setdefault(_theme(change)["name"], []).append(change)
    known = {theme["name"]: theme for theme in words()["themes"]}
    made = [
        Theme(name, tuple(found), tuple(known[name].get("table", ())))
        for name, found in held.items()
    ]
    return sorted(made, key=lambda t: (bool(t.table), -max(c.score for c in t.changes), t.name))


def split_table(theme: Theme) -> tuple[list[str], list[Row], list[Change]]:
    """Return a theme's columns and rows, and the changes that are told as lines.

    A column is a metric, with its period where it has several ("수익률 1W"). Rows keep the
    order of their largest change.
    """
    if not theme.table:
        return [], [], list(theme.changes)
    cells: dict[str, dict[str, Change]] = {}
    names: dict[str, str] = {}
    rest: list[Change] = []
    for change in theme.changes:
        column = _column(change, theme.table)
        row = cells.setdefault(change.subject.id, {})
        if column is None or column in row:
            rest.append(change)
        else:
            row[column] = change
            names[change.subject.id] = change.subject.label
    found = {column for row in cells.values() for column in row}
    columns = sorted(found, key=lambda c: (_place(c, theme.table), c))
    rows = [
        Row(names[id_], tuple(row.get(c) for c in columns)) for id_, row in cells.items() if row
    ]
    return columns, sorted(rows, key=_size, reverse=True), rest


def _size(row: Row) -> float:
    """How large the change of the row's first filled cell is."""
    first = next((c for c in row.cells if c is not None and c.percent is not None), None)
    return abs(float(first.percent)) if first and first.percent is not None else 0.0


def _place(column: str, metrics: Sequence[str]) -> int:
    return next(i for i, metric in enumerate(metrics) if column.startswith(metric))


def _column(change: Change, metrics: Sequence[str]) -> str | None:
    given = change.claim.qualifiers
    if change.kind != "value_changed" or given.get("metric") not in metrics:
        return None
    period = given.get("period", "")
    more = "" if _YEAR.match(period) else period
    return f"{given['metric']} {more}".strip()


def _theme(change: Change) -> dict[str, Any]:
    claim = change.claim
    metric = claim.qualifiers.get("metric")
    every: list[dict[str, Any]] = words()["themes"]
    if claim.predicate == "hasMetric":
        found = (theme for theme in every if metric in theme.get("metrics", ()))
    else:
        found = (theme for theme in every if claim.predicate in theme.get("relations", ()))
    return next((t for t in found), every[-1])
