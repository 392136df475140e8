"""Which reports a word such as ``2025-W02``, ``2025-01-06`` or a report id stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import AgentError

if TYPE_CHECKING:
    from kg.generation import Generation, ReportInfo


@dataclass(frozen=True, slots=True)
class Scope:
    """Some reports under one name, oldest first."""

    name: str
    reports: tuple[ReportInfo, ...]

    @property
    def first(self) -> str:
        """The ISO date of the oldest report."""
        return self.reports[0].date.isoformat()


def scope_of(generation: Generation, name: str) -> Scope:
    """Find the reports of an id, an ISO date, an ISO week, or a month (``2025-01``).

    Raises:
        AgentError: when nothing of that name is in the workspace.
    """
    reports = generation.reports
    found = [r for r in reports if r.id == name]
    if not found and re.fullmatch(r"\d{4}-W\d{2}", name):
        found = [r for r in reports if r.week == name]
    if not found and re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", name):
        found = [r for r in reports if r.date.isoformat().startswith(name)]
    if not found:
        known = ", ".join(f"{r.id} ({r.week})" for r in reports[-3:])
        raise AgentError(
            f"no report for {name!r}: expected a report id, a date or an ISO week "
            f"such as 2025-W02; the latest are {known}"
        )
    return Scope(name, tuple(found))


def latest_two(generation: Generation) -> tuple[Scope, Scope]:
    """Return the week before the latest week, and the latest.

    Raises:
        AgentError: when the workspace holds reports of one week only.
    """
    weeks = sorted({r.week for r in generation.reports})
    if len(weeks) < 2:
        raise AgentError(
            f"nothing to compare: got reports of {len(weeks)} week, expected two; "
            "ingest another week, or name two reports"
        )
    old, new = (scope_of(generation, week) for week in weeks[-2:])
    return old, new


def before(generation: Generation, scope: Scope) -> Sequence[ReportInfo]:
    """Return the reports older than a scope."""
    return [r for r in generation.reports if r.date.isoformat() < scope.first]


def latest_after(generation: Generation, name: str) -> Scope:
    """Return the latest week, for a comparison with an older scope.

    Raises:
        AgentError: when the scope is of the latest week itself, or names no report.
    """
    week = max(r.week for r in generation.reports)
    if scope_of(generation, name).reports[-1].week == week:
        raise AgentError(
            f"nothing newer than {name!r}: expected an older report to compare the latest with; "
            "without arguments `kg diff` compares the latest two weeks"
        )
    return scope_of(generation, week)
