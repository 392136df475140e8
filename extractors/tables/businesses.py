"""Rows that are the businesses of one firm: "사업부 | 매출 | 영업이익률" in its own results."""

from __future__ import annotations

from dataclasses import replace

from extractors.classes import BODIES
from extractors.tables.accounts import noted_firm
from extractors.tables.cells import is_total, tidy
from extractors.tables.columns import label_of, leading
from extractors.tables.headers import PARTS
from extractors.tables.reading import Reading
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity


def has_businesses(reading: Reading) -> bool:
    """Whether the first column holds businesses, and others their figures."""
    figures = [h for h in reading.headers[1:] if h.known and h.role == "metric"]
    return fold(tidy(reading.headers[0].text)) in schema().divisions and bool(figures)


def read_businesses(reading: Reading) -> bool:
    """Claim each figure as the firm's, named after the business; a sum is the firm's as it is."""
    firm = _firm(reading)
    if firm is None:
        return True  # figures of nobody
    first = leading(reading)
    for row, cells in enumerate(reading.rows):
        label = tidy(label_of(reading, row, first).text)
        whole = is_total(label) or label in schema().wholes
        for i, header in enumerate(reading.headers):
            if i < first or not label or header.role not in ("metric", "change", "amount"):
                continue
            told = reading.under(i)
            if told.name in PARTS and whole:
                continue
            period = told.period or reading.caption.period
            name = told.name if whole else f"{label} {told.name}"
            own = replace(told, name=name, period=period, predicate="hasMetric")
            reading.metric(firm, own, cells[i], place=(label, header.text))
    return True


def _firm(reading: Reading) -> Entity | None:
    about = reading.caption.subject
    return about if about and about.cls in BODIES else noted_firm(reading)
