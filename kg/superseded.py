"""Values that a later report replaced: annotated when they are read, never deleted.

Only a value of the same subject, functional relation and qualifiers supersedes another
(RDF keeps both claims; which one stands depends on the date as of which one reads).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.claim import Claim
from kg.diff import told_otherwise
from kg.statements import Canon, Statement, statements


def superseded(claims: Sequence[Claim], dates: Mapping[str, str]) -> dict[str, Claim]:
    """Return, by claim id, the claim of the latest report that gives another value.

    ``dates`` holds the ISO date of every report. Reports of one day supersede nothing of
    each other. A value that was said again unchanged by the latest report stands.
    """
    canon = Canon(claims)
    days: dict[str, list[Claim]] = {}
    for claim in claims:
        days.setdefault(dates[claim.evidence.report], []).append(claim)
    about: dict[tuple[object, ...], list[list[Statement]]] = {}
    for day in sorted(days):
        for key, held in _functional(statements(days[day], canon)).items():
            about.setdefault(key, []).append(held)
    found: dict[str, Claim] = {}
    for told in about.values():
        found.update(_replaced(told))
    return found


def _functional(week: Iterable[Statement]) -> dict[tuple[object, ...], list[Statement]]:
    held: dict[tuple[object, ...], list[Statement]] = {}
    for s in week:
        if s.functional:
            held.setdefault(s.about, []).append(s)
    return held


def _replaced(told: Sequence[Sequence[Statement]]) -> dict[str, Claim]:
    """Compare each day's value with the last day's, where that gives one only."""
    *earlier, last = told
    if len(last) != 1:
        return {}
    return {
        claim.id: last[0].claim
        for held in earlier
        for s in held
        if told_otherwise(s, last[0])
        for claim in s.claims
    }
