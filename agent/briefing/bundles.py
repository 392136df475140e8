"""Cells of one column that are one piece of news: told in a line, not in ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from kg.difference import Change

LEAST = 3
"""From how many cells of a column on they are told together."""

SHOWN = 6
"""How many cells of a column a line names; the rest is counted."""


def bundled(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """Put cells that came or went with one column together, in the order of their first."""
    held: dict[object, list[Change]] = {}
    for place, change in enumerate(changes):
        held.setdefault(_column(change) or place, []).append(change)
    found: list[tuple[Change, ...]] = []
    for group in held.values():
        found += [tuple(group)] if len(group) >= LEAST else [(change,) for change in group]
    return found


def _column(change: Change) -> object | None:
    claim = change.claim
    cell = claim.evidence
    if change.kind not in {"new", "dropped"} or change.back or not cell.table:
        return None
    if not PREDICATES[claim.predicate].functional:
        return None
    metric, period = claim.qualifiers.get("metric"), claim.qualifiers.get("period")
    thing = change.object.id if change.object else ""
    return change.kind, cell.report, cell.table, claim.predicate, thing, metric, period
