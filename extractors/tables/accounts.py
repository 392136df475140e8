"""A firm's accounts in notes about it: whose they are, their businesses, estimates revised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.report import Cell
from extractors.context.topics import profiled
from extractors.tables.cells import is_total, tidy, value_of
from extractors.tables.columns import label_of, leading
from extractors.tables.headers import parents
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, read_header
from extractors.tables.vocabulary import schema
from extractors.values.periods import find_periods
from kg.claim import Entity

_RESULTS = re.compile(
    r"실적\s?(?:발표|요약|리뷰|분석|속보)|(?:확정|잠정)\s?실적|earnings|results", re.IGNORECASE
)
_OF_RESULTS = re.compile(r"\s?(?:확정|잠정)?\s?실적")
_BUSINESSES = ("Technology", "Product", "Chip")


def titled_firm(reading: Reading) -> Entity | None:
    """Return the firm that a report's title is about, if that names one, or its ticker too."""
    titled = reading.names.find(reading.report.title)
    firms = dict.fromkeys(entity for entity, _, _ in titled if entity.cls == "Company")
    named = [firm for firm in firms if not _is_ticker(firm.label, reading.report.text)]
    if named and named[0].curated and titled[0][1] == 0:
        named = [firm for firm in named if firm.curated]  # who leads, not what a guess adds
    return named[0] if len(named) == 1 else None


def _is_ticker(label: str, text: str) -> bool:
    """Tell a name that the text calls by its exchange: "NASDAQ: GNA"."""
    listed = rf"(?:NASDAQ|NYSE|AMEX|TSE|TWSE|HKEX)[A-Za-z]{{0,3}}\s?:\s?{re.escape(label)}\b"
    return label.isupper() and re.search(listed, text, re.IGNORECASE) is not None


def noted_firm(reading: Reading) -> Entity | None:
    """Return the firm that the report's title begins with: a note on it, all tables its own.

    So they are in a report of its results, whatever the title begins with, and below a title
    that ends in its name: "탐방 노트 — 가나전자"; but not what another is asked of.
    """
    if reading.caption.of_another:
        return None
    firm, title = titled_firm(reading), reading.report.title
    named = reading.names.find(title)
    alone = profiled(title, named)
    if _RESULTS.search(title) or (alone and firm and alone.id == firm.id):
        return firm
    first = next(iter(named), None)
    if firm is None or first is None or first[0].id != firm.id:
        return None
    return None if re.search(r"[가-힣A-Za-z]{2}", title[: first[1]]) else firm


def results_period(reading: Reading) -> str | None:
    """Return of which time a report's results are by its title: "가나 2분기 확정실적"."""
    title = reading.report.title
    told = find_periods(title, reading.report.date) if _RESULTS.search(title) else []
    own = next((p for p in told if _OF_RESULTS.match(title, p.end)), None)
    return (own.gone or own.value) if own else None


def is_sum(measure: Header) -> bool:
    """Tell a sum of accounts, which has parts, from a ratio and from what a thing has."""
    ratio = (measure.unit or "").startswith(("%", "배"))
    return measure.known and measure.name in schema().accounts and not ratio


def is_part(reading: Reading, label: Cell) -> bool:
    """Tell a row that names a business, or is indented: "메모리" below 매출액, "ㄴ 광학"."""
    text = tidy(label.text)
    before = reading.report.text[: label.span.start].rpartition("|")[2]
    if text != label.text.strip() or "\u3000" in before:
        return not read_header(text, reading.report.date).known
    known = reading.exactly(text)
    business = known is not None and known.cls in _BUSINESSES
    return business or text.endswith(tuple(schema().businesses)) or text in schema().businesses


def read_key_data(reading: Reading) -> None:
    """Claim the pairs of a table without a header: the firm's whose report it is.

    Half of the values must be figures, and a quarter of the keys known metrics.
    """
    about = titled_firm(reading)
    rows = [row.cells for row in reading.table.rows if len(row.cells) == 2]
    if about is None or len(rows) < len(reading.table.rows):
        return
    known = sum(read_header(tidy(key.text), reading.report.date).known for key, _ in rows)
    figures = sum(value_of(cell.text, None, reading.report.date) is not None for _, cell in rows)
    if known * 4 < len(rows) or figures * 2 < len(rows):
        return
    for key, cell in rows:
        label = tidy(key.text)
        header = read_header(label, reading.report.date)
        if label and header.role == "metric" and value_of(cell.text, None, reading.report.date):
            reading.metric(about, header, cell, place=(label, ""))


def has_revisions(reading: Reading) -> bool:
    """Whether columns hold old and new estimates, and rows metrics."""
    words = {
        word for header in reading.headers for word in (tidy(header.text).split() or [""])[-1:]
    }
    labels = [label_of(reading, row, leading(reading)).text for row in range(len(reading.rows))]
    measures = [m for m in reading.measures(labels) if m and m.known]
    both = words & schema().revised["before"] and words & schema().revised["after"]
    return bool(both) and len(measures) * 2 > len(labels)


def read_revisions(reading: Reading) -> bool:
    """Claim old and new estimates of a firm, the old ones as such."""
    about = reading.caption.subject or titled_firm(reading)
    if about is None:
        return True  # figures of nobody
    for label, measure, row in measured_rows(reading):
        for at, header in _columns(reading, measure, leading(reading)) if measure else ():
            reading.metric(about, header, row[at], place=(label, header.text))
    return True


def measured_rows(reading: Reading) -> Iterator[tuple[str, Header | None, Sequence[Cell]]]:
    """Yield the rows but their totals: label, what it says is measured, cells."""
    first = leading(reading)
    labels = [label_of(reading, row, first).text for row in range(len(reading.rows))]
    for label, measure, row in zip(labels, reading.measures(labels), reading.rows, strict=True):
        if label and not is_total(label):
            yield tidy(label), measure, row


def _columns(reading: Reading, measure: Header, first: int) -> Iterator[tuple[int, Header]]:
    """Yield the columns with what each holds of a row's metric: before, after, the change."""
    above, revised = parents(reading.table), schema().revised
    for at, header in enumerate(reading.headers[first:], start=first):
        word = _last(header)
        over = read_header(tidy(above[at] or header.text), reading.report.date)
        told = replace(measure, text=header.text, modality="forecast")
        told = reading.timed(told, over) if over.role == "period" else told
        told = replace(told, text=header.text, modality="forecast")
        if word in revised["before"]:
            yield at, replace(told, basis="이전")
        elif word in revised["after"]:
            yield at, told
        elif word in revised["change"]:
            name = f"{measure.name} 추정치 변화율"
            yield at, replace(told, name=name, known=False, unit="%", predicate="hasMetric")


def _last(header: Header) -> str:
    """Return the word that tells what a column holds: the 신규 of "2025E 신규"."""
    return (tidy(header.text).split() or [""])[-1]
