"""Rounds of funding and other deals: of which one is a figure or a standing?

A company raises money more than once: another sum at another time is another round, and
what is done does not go back to talks. Both are new, not a change of what was before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.quantities import same_value, settings
from kg.statements import Statement, coarser, table_of


class Rounds:
    """Tells the rounds of two weeks apart, by the sums in the rows of their tables."""

    def __init__(self, weeks: Iterable[Statement]) -> None:
        self._sums: dict[tuple[str, str, str], list[Statement]] = {}
        for s in weeks:
            if _is_sum(s):
                for row in _rows(s):
                    self._sums.setdefault(row, []).append(s)

    def apart(self, old: Statement, new: Statement) -> bool:
        """Tell whether two statements on one thing are of two rounds."""
        if not old.functional or not _at_other_times(old, new):
            return False
        if _is_sum(new):
            return _of_other_sums(old, new)
        if not (old.standing and new.standing):
            return False
        return steps_back(old, new) or any(
            _of_other_sums(one, two) for one in self._beside(old) for two in self._beside(new)
        )

    def _beside(self, s: Statement) -> list[Statement]:
        return [other for row in _rows(s) for other in self._sums.get(row, ())]


def steps_back(old: Statement, new: Statement) -> bool:
    """Tell whether what was done is open again: "완료", then "협상 중"."""
    return _stage(old.standing) == "done" and _stage(new.standing) == "open"


def _stage(standing: str) -> str | None:
    """Return how far something has come; what is still to be done is open: "완료 예정"."""
    stages = settings()["stages"]
    return next((s for s in ("open", "done") if any(w in standing for w in stages[s])), None)


def _is_sum(s: Statement) -> bool:
    return s.functional and s.claim.qualifiers.get("metric") in settings()["rounds"]


def _of_other_sums(old: Statement, new: Statement) -> bool:
    one, two = old.claim.value, new.claim.value
    return bool(one and two) and same_value(one, two) is False  # type: ignore[arg-type]  # both are there


def _at_other_times(old: Statement, new: Statement) -> bool:
    times = [s.claim.qualifiers.get("period", "") for s in (old, new)]
    return all(times) and not coarser(*times)


def _rows(s: Statement) -> set[tuple[str, str, str]]:
    places = ((table_of(c), c.evidence.row) for c in s.claims)
    return {(*table, row) for table, row in places if table and row}
