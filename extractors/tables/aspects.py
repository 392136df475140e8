"""Rows that are aspects of one firm: "수율 | 좋아짐 | 경쟁사 추격" in its own table."""

from __future__ import annotations

from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES
from extractors.tables.cells import is_nothing, tidy
from extractors.tables.labels import asks, explains
from extractors.tables.reading import Reading
from kg.claim import Entity

_ASIDE = ("rank", "asof", "actor", "source", "date")


def firm_of_aspects(reading: Reading, key: int, cell: Cell) -> Entity | None:
    """Whose aspects the rows of a firm's own table are: "수율 | 좋아짐 | 경쟁사 추격"."""
    about = reading.caption.subject
    if about is None or about.cls not in BODIES or reading.headers[key].role != "attribute":
        return None
    named = any(e.cls in BODIES for e, _, _ in reading.names.find(cell.text))
    return None if named or reading.exactly(cell.text) else about


def read_aspect(reading: Reading, row: int, key: int, firm: Entity) -> None:
    """Claim what the columns say of one aspect of a firm: its "수율 리스크"."""
    label = tidy(reading.cell(row, key).text)
    for i, header in enumerate(reading.headers):
        cell = reading.rows[row][i]
        aside = header.role in _ASIDE or explains(header) or asks(header)
        if i != key and not (aside or is_nothing(cell.text)):
            named = header if header.role == "value" else replace(header, role="metric")
            name = label if header.role == "value" else f"{label} {header.name}"
            own = replace(named, name=name, known=False)
            reading.metric(firm, own, cell, place=(label, header.text))
