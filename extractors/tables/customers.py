"""Tables below a heading that names a firm, whose rows are its customers: "고객 | 제품 | 단계"."""

from __future__ import annotations

from extractors.classes import BODIES, MADE
from extractors.tables.cells import is_nothing, names_in, span_of, tidy
from extractors.tables.deals import deal_columns
from extractors.tables.links import others_in
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, modality_of_status
from extractors.tables.vocabulary import fold, schema


def has_customers(reading: Reading) -> bool:
    """Whether one column names customers, no other names firms, and the heading names whose."""
    firm = reading.caption.subject
    at = _column(reading)
    if firm is None or firm.cls not in BODIES or at is None or deal_columns(reading):
        return False
    others = [h for i, h in enumerate(reading.headers) if i != at and h.cls == "Company"]
    named = [reading.exactly(name.text) for row in reading.rows for name in names_in(row[at].text)]
    figures = any(h.role in ("period", "change", "amount") or _measures(h) for h in reading.headers)
    return not others and not figures and firm not in named


def read_customers(reading: Reading) -> bool:
    """Claim whom the firm supplies, with what, at which step and when."""
    firm, at = reading.caption.subject, _column(reading)
    assert firm is not None
    assert at is not None
    for row, cells in enumerate(reading.rows):
        if is_nothing(cells[at].text):
            continue
        terms = _terms(reading, row)
        sure = modality_of_status(terms.get("status") or "")
        for name in others_in(cells[at].text):
            reading.add(
                firm,
                "supplies",
                cells[at],
                place=(tidy(cells[at].text), reading.headers[at].text),
                object=reading.agent(name.text, cells[at].span),
                qualifiers=terms,
                modality=sure,
            )
    return True


def _measures(header: Header) -> bool:
    return header.known and header.role == "metric" and not header.dated


def _column(reading: Reading) -> int | None:
    told = [i for i, h in enumerate(reading.headers) if fold(h.text) in schema().customers]
    return told[0] if len(told) == 1 else None


def _terms(reading: Reading, row: int) -> dict[str, str | None]:
    """What is supplied, at which step it stands, and when."""
    terms: dict[str, str | None] = {}
    for i, header in enumerate(reading.headers):
        text = reading.rows[row][i].text
        if is_nothing(text):
            continue
        if header.role == "status" or fold(header.text) in schema().standing:
            terms["status"] = text
        elif header.role == "entity" and header.cls in MADE:
            terms["product"] = text
        elif header.role in ("date", "asof") or fold(header.name) in schema().spans:
            terms["period"] = span_of(text, reading.report.date)
    return terms
