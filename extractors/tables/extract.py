"""Tables into claims, driven by what their headers say (``tables.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.report import Report, Table
from extractors.names.resolver import EntityResolver
from extractors.tables.accounts import has_revisions, read_key_data, read_revisions
from extractors.tables.businesses import has_businesses, read_businesses
from extractors.tables.calendar import read_calendar, read_schedule, schedule, weekdays
from extractors.tables.columns import has_entity_columns, read_entity_columns
from extractors.tables.customers import has_customers, read_customers
from extractors.tables.deals import has_contracts, read_contracts
from extractors.tables.figures import (
    has_figures_of_caption,
    has_period_columns,
    has_period_rows,
    read_figures_of_caption,
    read_period_columns,
    read_period_rows,
)
from extractors.tables.funding import has_rounds, read_rounds
from extractors.tables.keys import has_bare_keys, has_keys, read_bare_keys, read_keys
from extractors.tables.labels import has_headlines
from extractors.tables.note_figures import read_note_figures
from extractors.tables.plans import (
    agenda_columns,
    read_agenda,
    read_timeline,
    timeline_columns,
)
from extractors.tables.reading import EXTRACTOR, Reading
from extractors.tables.results import has_results, read_results
from extractors.tables.rows import read_rows
from extractors.tables.tellers import read_told, what_rows_say
from extractors.tables.vocabulary import schema
from kg.claim import Claim

__all__ = ["EXTRACTOR", "EntityResolver", "table_claims"]


def table_claims(report: Report, table: Table, resolver: EntityResolver) -> list[Claim]:
    """Return the claims of one table, in reading order, none twice.

    Every evidence is one cell, verbatim, with its row label and column header. A table
    without rows (its picture was lost) gives none, one without a header only a firm's key data.
    """
    if not table.rows or _is_boilerplate(table):
        return []
    reading = Reading(report, table, resolver)
    if not table.columns:
        read_key_data(reading)
    else:
        _read(reading)
        read_note_figures(reading)
    return list(_in_order(reading.claims))


def _in_order(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield claims by the place of their cells, none twice."""
    placed: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        placed.setdefault((claim.evidence.start, claim.evidence.end), []).append(claim)
    for place in sorted(placed):
        here = placed[place]
        yield from {claim.content: claim for claim in here}.values() if len(here) > 1 else here


def _is_boilerplate(table: Table) -> bool:
    """Whether a table speaks of the report itself: compliance notices, rating scales."""
    places = (table.title, *table.columns[:1], *table.section[-1:])
    return any(word in place.casefold() for word in schema().boilerplate for place in places)


_SHAPES = (
    (has_keys, read_keys),
    (has_bare_keys, read_bare_keys),
    (has_businesses, read_businesses),
    (has_contracts, read_contracts),
    (has_customers, read_customers),
    (has_rounds, read_rounds),
    (has_results, read_results),
    (has_revisions, read_revisions),
    (has_period_columns, read_period_columns),
    (has_period_rows, read_period_rows),
)
"""Shapes of tables about one entity, and what reads them: it tells whether it could."""


def _read(reading: Reading) -> None:
    """Choose how the table is to be read; the first shape that fits and yields is taken."""
    if weekdays(reading):
        read_calendar(reading)
        return
    firms = timeline_columns(reading)
    if firms:
        read_timeline(reading, firms)
        return
    agenda = agenda_columns(reading)
    if agenda:
        read_agenda(reading, agenda)
        return
    dates = schedule(reading)
    if dates:
        read_schedule(reading, dates)
        return
    if has_headlines(reading):
        read_rows(reading)
        return
    said = what_rows_say(reading, 0)
    if said:
        read_told(reading, 0, said)
        return
    if any(fits(reading) and read(reading) for fits, read in _SHAPES):
        return
    if has_entity_columns(reading):
        read_entity_columns(reading)
    elif has_figures_of_caption(reading):
        read_figures_of_caption(reading)
    else:
        read_rows(reading)
