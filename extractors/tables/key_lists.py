"""Lists that are fact sheets: "- 3분기 매출: 78조원" in a report about one firm.

The items are read as the rows of a sheet of keys and values. Only keys that name a known metric
count, and only values that are one quantity of its kind; the rest is left to prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.report import Cell, Report, Row, Span, Table
from corpus.sentences import Sentence
from extractors.classes import BODIES
from extractors.names.resolver import EntityResolver
from extractors.tables.accounts import noted_firm
from extractors.tables.cells import value_of
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, is_ratio, modality_of, read_header
from extractors.tables.vocabulary import fold, schema
from kg.claim import Claim, Value

_ITEM = re.compile(r"(?P<key>[^:：|]{2,24}?)\s?[:：]\s+(?P<value>\S.{0,60})")
_FEWEST = 2
_FIGURES = ("hasMetric", "marketShare", "marketSize")


def list_claims(
    report: Report, sentences: Sequence[Sentence], names: EntityResolver
) -> Iterator[Claim]:
    """Yield the figures of a firm that the lists of its own report or chapter give."""
    for (kind, section), run in groupby(sentences, key=lambda s: (s.kind, s.section)):
        if kind != "list":
            continue
        items = [(s, m) for s in run if (m := _ITEM.fullmatch(s.clean.text))]
        if len(items) >= _FEWEST:
            yield from _read(Reading(report, _sheet(section, items), names))


def settled(prose: Iterable[Claim], listed: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims of prose and of lists; what prose says of a firm itself goes before."""
    listed = list(listed)
    for claim in prose:
        same = [one for one in listed if _is_of(claim, one)]
        if not same or claim.subject.cls in BODIES:
            listed = [one for one in listed if one not in same]
            yield claim
    yield from listed


def _is_of(claim: Claim, listed: Claim) -> bool:
    """Whether a claim of prose tells the figure of an item."""
    place, item = claim.evidence, listed.evidence
    alike = claim.value and listed.value and claim.value.minimum == listed.value.minimum
    here = place.start < item.end and item.start < place.end
    return bool(alike) and here and claim.predicate in _FIGURES


def _sheet(section: tuple[str, ...], items: Sequence[tuple[Sentence, re.Match[str]]]) -> Table:
    rows = []
    for number, (sentence, match) in enumerate(items):
        item = sentence.clean.span(*match.span())
        key = Cell(number, 0, match["key"], sentence.clean.span(*match.span("key")))
        rows.append(Row((key, Cell(number, 1, match["value"], item)), None, item))
    whole = Span(rows[0].span.start, rows[-1].span.end)
    return Table(
        label=None,
        title="",
        subtitle="",
        columns=("", ""),
        header=(),
        rows=tuple(rows),
        source=None,
        unit=None,
        notes=(),
        section=section,
        caption=None,
        subtitle_span=None,
        span=whole,
    )


def _read(reading: Reading) -> Sequence[Claim]:
    firm = reading.caption.subject or noted_firm(reading)
    if firm is None or firm.cls not in BODIES:
        return ()
    ahead = modality_of(reading.caption.headed)
    for key, cell in reading.rows:
        header = read_header(key.text, reading.report.date)
        part = fold(key.text) in schema().businesses or reading.exactly(key.text) is not None
        if part or not (header.known and header.role == "metric"):
            continue
        read = value_of(cell.text, reading.unit(header), reading.report.date)
        if read and _fits(header, read[0]):
            told = replace(header, modality=ahead) if ahead and not header.period else header
            reading.metric(firm, told, cell, place=("", ""))
    return reading.claims


def _fits(header: Header, value: Value) -> bool:
    """Whether a value is of the kind that its metric is measured in."""
    if is_ratio(header):
        return value.unit in ("%", "%p")
    money = header.each or header.name in schema().accounts or header.name == "설비투자"
    return value.currency is not None if money else value.unit != "%"
