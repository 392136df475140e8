"""Rows that are deals: who supplies, acquires or funds whom, with what, for how much."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.report import Cell
from extractors.classes import BODIES, MADE
from extractors.tables.accounts import noted_firm
from extractors.tables.cells import (
    Name,
    date_of,
    is_nothing,
    is_undisclosed,
    names_in,
    tidy,
    value_of,
)
from extractors.tables.periods import starts
from extractors.tables.reading import Reading
from extractors.tables.schema import modality_of_status
from extractors.tables.vocabulary import fold, schema
from extractors.values.values import parse_value
from kg.claim import Entity, Value

_CONTRACTED = ("계약상대", "계약상대방", "계약상대기업", "계약처", "발주처", "발주사")
_STAKES = ("지분", "지분율", "인수지분", "stake")


def deal_columns(reading: Reading) -> tuple[int, int, Mapping[str, object]] | None:
    """Two columns in a relation ("공급사", "고객사")."""
    folded = [fold(header.text) for header in reading.headers]
    for entry in schema().pairs:
        subject = next((i for i, h in enumerate(folded) if h in map(fold, entry["subject"])), None)
        object = next((i for i, h in enumerate(folded) if h in map(fold, entry["object"])), None)
        if subject is not None and object is not None:
            return subject, object, entry
    return None


def read_deal(reading: Reading, row: int, pair: tuple[int, int, Mapping[str, object]]) -> None:
    """One deal: the object is the product where there is one, the other party a qualifier."""
    subject_at, object_at, entry = pair
    cells = reading.rows[row]
    first, second = reading.cell(row, subject_at), cells[object_at]
    if is_nothing(first.text) or is_nothing(second.text):
        return
    subjects, others = _parties(reading, first), _parties(reading, second)
    products: list[tuple[Cell, Name, str]] = []
    if "role" in entry:
        for header, cell in zip(reading.headers, cells, strict=True):
            if header.role == "entity" and header.cls in MADE:
                products += [(cell, name, header.cls) for name in names_in(cell.text)]
    taken = {subject_at, object_at, *(cell.column for cell, _, _ in products)}
    qualifiers = _terms(reading, row, taken)
    place = (tidy(first.text), reading.headers[object_at].text)
    predicate = str(entry["predicate"] if products else entry.get("parties", entry["predicate"]))
    if products and others:
        qualifiers[str(entry["role"])] = ", ".join(other.label for other in others)
    dealt = [(cell, reading.named(n.text, cell.span, cls)) for cell, n, cls in products]
    sure = modality_of_status(qualifiers.get("status") or qualifiers.get("condition") or "")
    begins = starts(qualifiers.get("date") or "")
    timed = any(_timed(header.name) for header in reading.headers)
    if sure == "fact" and timed and begins and begins > reading.report.date:
        sure = "plan"
    for cell, target in dealt or [(second, other) for other in others]:
        for subject in subjects:
            reading.add(
                subject,
                predicate,
                cell,
                place=place,
                object=target,
                value=_amount(qualifiers.get("amount")),
                qualifiers=qualifiers,
                modality=sure,
            )


def _parties(reading: Reading, cell: Cell) -> list[Entity]:
    """Whom a cell names, one or several; nobody where it only says that they are not told."""
    whole = tidy(cell.text)
    if "," not in whole or reading.exactly(whole):
        told = [whole] if list(names_in(whole)) else []
    else:
        told = [name.text for name in names_in(whole)]
    return [reading.agent(text, cell.span) for text in told]


def _timed(name: str) -> bool:
    return name.endswith((" 시점", " 시기"))  # "양산 시점"


def has_contracts(reading: Reading) -> bool:
    """Whether rows are contracts of one firm: with whom, for how much."""
    told = [i for i, h in enumerate(reading.headers) if fold(h.text) in _CONTRACTED]
    priced = any(header.role == "amount" for header in reading.headers)
    return len(told) == 1 and priced and deal_columns(reading) is None and not _owned(reading)


def _owned(reading: Reading) -> bool:
    """Whether another column names the firm of each row."""
    firms = [h for h in reading.headers if h.role == "entity" and h.cls == "Company"]
    return any(fold(header.text) not in _CONTRACTED for header in firms)


def read_contracts(reading: Reading) -> bool:
    """Claim what the firm of the report supplies to whom its contracts name."""
    caption = reading.caption.subject
    firm = caption if caption and caption.cls in BODIES else noted_firm(reading)
    if firm is None:
        return True  # contracts of nobody
    at = next(i for i, h in enumerate(reading.headers) if fold(h.text) in _CONTRACTED)
    for row, cells in enumerate(reading.rows):
        terms = _terms(reading, row, {at})
        value = None
        for header, cell in zip(reading.headers, cells, strict=True):
            if header.role == "amount":
                read = value_of(cell.text, reading.unit(header), reading.report.date)
                value = read[0] if read else None
                terms["amount"] = cell.text
        for other in [] if is_nothing(cells[at].text) else _parties(reading, cells[at]):
            place = (tidy(cells[at].text), reading.headers[at].text)
            reading.add(
                firm, "supplies", cells[at], place=place, object=other, value=value,
                qualifiers=terms, modality=modality_of_status(terms.get("status") or ""),
            )  # fmt: skip
    return True


def _amount(text: str | None) -> Value | None:
    return parse_value(text) if text else None


def _terms(reading: Reading, row: int, taken: set[int]) -> dict[str, str | None]:
    """The terms of a deal from the columns that are not ``taken``: amount, date, conditions."""
    terms: dict[str, str | None] = {"group": reading.group(row)}
    for header, cell in zip(reading.headers, reading.rows[row], strict=True):
        if cell.column in taken or is_nothing(cell.text) or header.role == "rank":
            continue
        if is_undisclosed(cell.text):
            continue
        if header.role in ("amount", "value"):
            terms["amount"] = cell.text
        elif header.role == "status" or fold(header.text) in schema().standing:
            terms["status"] = cell.text
        elif header.role in ("date", "asof") or header.dated or _timed(header.name):
            terms["date"] = date_of(cell.text, reading.report.date) or cell.text
        elif fold(header.text) in _STAKES:
            terms["stake"] = cell.text
        elif not (header.known and header.role == "metric") and not cell.text.endswith("%"):
            terms.setdefault("condition", cell.text)
    return terms
