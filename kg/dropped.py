"""What a week should have said again and did not.

Only what recurs can be missed: a row of a table that the new week prints again, or that
earlier weeks printed too; a plan that was repeated weekly; a plan that fell due. An event
of a calendar that has passed is no loss, and prose that is not repeated is no news.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence

from kg.claim import Claim
from kg.identity import fold
from kg.quantities import settings
from kg.statements import Statement, table_of
from kg.vocab import PREDICATES

_ALIKE = 0.5  # share of common columns from which two tables are one table, printed again
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")

Table = tuple[str, str]  # report, label


class Dropped:
    """Tells of each statement of the old week that is gone whether that is news.

    ``known`` tells whether earlier weeks say something of the same.
    """

    def __init__(
        self,
        was: Sequence[Statement],
        now: Sequence[Statement],
        known: Callable[[Statement], bool],
        dates: tuple[dt.date, dt.date] | None,
    ) -> None:
        self._about = {s.about for s in now}
        self._keys = {s.key for s in now}
        self._known, self._dates = known, dates
        self._columns, self._now = _columns(was), _columns(now)
        self._rows = _rows(now)
        self._recurs: dict[Table, bool] = {}
        self._of: dict[Table, list[Statement]] = {}
        for s in was:
            for table in {t for c in s.claims if (t := table_of(c))}:
                self._of.setdefault(table, []).append(s)

    def has(self, old: Statement) -> bool:
        """Tell whether it is missed."""
        if old.about in self._about or (not old.functional and old.key in self._keys):
            return False  # another value of it is there
        if old.modality == "plan" and old.functional and self._passed(old):
            return False
        planned = old.modality == "plan" and not old.functional
        cells = [c for c in old.claims if table_of(c)] if old.functional or planned else []
        if cells:
            return self._left(cells[0])
        if not planned:
            return False
        dated = any(old.claim.qualifiers.get(q) for q in ("date", "period"))
        return dated and (self._passed(old) or self._known(old))

    def _left(self, cell: Claim) -> bool:
        """Tell whether a cell is gone from a table that recurs."""
        table = table_of(cell)
        assert table is not None
        columns = self._columns[table]
        again = [t for t, other in self._now.items() if _likeness(columns, other) >= _ALIKE]
        if again:
            present = any(_row(cell) in self._rows[t] for t in again)
            return not present or any(_column(cell) in self._now[t] for t in again)
        if table not in self._recurs:
            self._recurs[table] = any(self._known(s) for s in self._of[table][:8])
        return self._recurs[table]

    def _passed(self, old: Statement) -> bool:
        """Tell whether it was due after the old week and by the new one."""
        if self._dates is None:
            return False
        given = old.claim.qualifiers
        due = [end for q in ("date", "period") if (end := _end(given.get(q, "")))]
        return any(self._dates[0] <= end <= self._dates[1] for end in due)


def _column(claim: Claim) -> str:
    """What all cells of a column share, whatever its header says this week."""
    metric = claim.qualifiers.get("metric") or claim.evidence.column or ""
    return f"{claim.predicate} {claim.object.id if claim.object else ''} {fold(metric)}"


def _row(claim: Claim) -> tuple[str, str]:
    """Whose row it is: a plan's by what it is called, a figure's by whom it is of."""
    if not PREDICATES[claim.predicate].functional:
        return "", fold(claim.evidence.row or "")
    return claim.subject.id, fold(claim.qualifiers.get("condition", ""))


def _columns(week: Sequence[Statement]) -> dict[Table, set[str]]:
    found: dict[Table, set[str]] = {}
    for claim in (c for s in week for c in s.claims):
        if table := table_of(claim):
            found.setdefault(table, set()).add(_column(claim))
            metric = claim.qualifiers.get("metric")
            found[table] |= {role for role in ("standing", "due") if metric in settings()[role]}
    return found


def _rows(week: Sequence[Statement]) -> dict[Table, set[tuple[str, str]]]:
    found: dict[Table, set[tuple[str, str]]] = {}
    for claim in (c for s in week for c in s.claims):
        if table := table_of(claim):
            row = "", fold(claim.evidence.row or "")
            found.setdefault(table, set()).update((_row(claim), row))
    return found


def _likeness(one: set[str], two: set[str]) -> float:
    """Return the share of common columns; schedules are alike, whatever their rows promise."""
    if {"standing", "due"} <= one & two:
        return 1.0
    return len(one & two) / len(one | two)


def _end(period: str) -> dt.date | None:
    """Return the last day of a date, month or quarter; None for anything vaguer."""
    if found := _QUARTER.fullmatch(period):
        year, month = int(found[1]), 3 * int(found[2])
    elif found := _MONTH.fullmatch(period):
        year, month = int(found[1]), int(found[2])
    else:
        try:
            return dt.date.fromisoformat(period)
        except ValueError:
            return None
    if not 1 <= month <= 12:
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])
