"""Which reports a word such as ``2025-W02``, ``2025-01..2025-02`` or a report id stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import AgentError

if TYPE_CHECKING:
    from kg.generation import Generation, ReportInfo

BEFORE = ".."
"""Everything before the other scope, or with an end ("..2025-01") all until there."""

_WEEK = re.compile(r"\d{4}-W\d{2}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Scope:
    """Some reports under one name, oldest first."""

    name: str
    reports: tuple[ReportInfo, ...]

    @property
    def first(self) -> str:
        """The ISO date of the oldest report."""
        return self.reports[0].date.isoformat()

    @property
    def title(self) -> str:
        """What the reports span: "2025-W05 (2025-01-27)"."""
        weeks = sorted({r.week for r in self.reports})
        dates = sorted({r.date.isoformat() for r in self.reports})
        week = weeks[0] if len(weeks) == 1 else f"{weeks[0]}~{weeks[-1]}"
        days = ", ".join(dates) if len(dates) < 3 else f"{dates[0]}~{dates[-1]}"
        return f"{week} ({days})"


def scope_of(generation: Generation, name: str) -> Scope:
    """Find the reports of an id, an ISO date, week, month or year, or of a span of these.

    ``2025-W01..2025-W04`` is a span, both ends included; one of them may be left out.

    Raises:
        AgentError: when nothing of that name is in the workspace.
    """
    reports = generation.reports
    found = [r for r in reports if r.id == name]
    if not found and BEFORE in name:
        found = _span(generation, name)
    if not found and _WEEK.fullmatch(name):
        found = [r for r in reports if r.week == name]
    if not found and _DATE.fullmatch(name):
        found = [r for r in reports if r.date.isoformat().startswith(name)]
    if not found:
        known = ", ".join(f"{r.id} ({r.week})" for r in reports[-3:])
        raise AgentError(
            f"no report for {name!r}: expected a report id, a date, a month, an ISO week "
            f"such as 2025-W02 or a span such as 2025-W01..2025-W04; the latest are {known}"
        )
    return Scope(name, tuple(found))


def scopes(generation: Generation, old: str | None, new: str | None) -> tuple[Scope, Scope]:
    """Find the two scopes to compare; by default the latest week and the one before it.

    ``old`` alone is compared with the latest week. ``..`` as ``old`` stands for everything
    before ``new``.

    Raises:
        AgentError: when a scope names no report, when both name the same, or when there is
            nothing to compare with.
    """
    if old is None:
        return latest_two(generation)
    if new is None and old != BEFORE:
        return scope_of(generation, old), latest_after(generation, old)
    second = scope_of(generation, new or max(r.week for r in generation.reports))
    if old != BEFORE:
        first = scope_of(generation, old)
        meet = set(first.reports) & set(second.reports)
        if meet and first.reports != second.reports:
            raise AgentError(
                f"{old!r} and {new!r} overlap: expected reports in one of the two only; "
                "name two weeks, or two spans that do not meet"
            )
        return first, second
    earlier = before(generation, second)
    if not earlier:
        raise AgentError(
            f"nothing before {second.name!r}: expected an older report to compare it with; "
            "see `kg reports`"
        )
    return Scope(BEFORE, tuple(earlier)), second


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


def _span(generation: Generation, name: str) -> list[ReportInfo]:
    start, _, end = name.partition(BEFORE)
    first = scope_of(generation, start).reports[0].date if start else None
    last = scope_of(generation, end).reports[-1].date if end else None
    return [
        r
        for r in generation.reports
        if (first is None or first <= r.date) and (last is None or r.date <= last)
    ]
