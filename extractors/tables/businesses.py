"""Rows that are the businesses of one firm: "사업부 | 매출 | 영업이익률" in its own results."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.classes import BODIES
from extractors.tables.accounts import noted_firm, results_period
from extractors.tables.cells import NOTE, is_total, tidy
from extractors.tables.columns import label_of, leading
from extractors.tables.headers import PARTS
from extractors.tables.reading import Reading
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity

_READ = ("metric", "change", "amount", "period")
_BY_PART = re.compile(r"(?:제품|제품군|품목|서비스|용도|고객|고객사|응용처)별\s")
"""Of what a firm's sums are parts by the heading: "제품별 매출 비중"."""
_SUMS = ("합계", "총계", "전체", "총합", "계", "total", "sum")


def has_businesses(reading: Reading) -> bool:
    """Whether the first column holds businesses, and others their figures."""
    caption = reading.caption
    if _BY_PART.search(caption.headed) and caption.metric.name.startswith(tuple(schema().accounts)):
        return noted_firm(reading) is not None and reading.headers[0].role in (
            "entity",
            "attribute",
        )
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
        whole = label in schema().wholes or fold(label) in _SUMS
        if is_total(label) and not whole:
            continue
        for i, header in enumerate(reading.headers):
            if i < first or not label or header.role not in _READ:
                continue
            told = reading.under(i)
            if told.name in PARTS and whole:
                continue
            period = told.period or reading.caption.period or results_period(reading)
            name = told.name if whole else f"{label} {told.name}"
            own = replace(told, name=name, period=period, predicate="hasMetric")
            if unit := _own_firm(reading, label, firm):
                own = replace(own, name=told.name)
            reading.metric(unit or firm, own, cells[i], place=(label, header.text))
    return True


def _own_firm(reading: Reading, label: str, firm: Entity) -> Entity | None:
    """A subsidiary that stands among the divisions under its own name: "가나디스플레이"."""
    named = reading.exactly(NOTE.sub("", label).strip())
    return named if named and named.cls == "Company" and named.id != firm.id else None


def _firm(reading: Reading) -> Entity | None:
    about = reading.caption.subject
    return about if about and about.cls in BODIES else noted_firm(reading)
