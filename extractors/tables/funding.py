"""The rounds of one firm: "연월 | 라운드 | 조달액 | 기업가치 | 투자사" below its name."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES
from extractors.language.words import is_common
from extractors.tables.accounts import noted_firm
from extractors.tables.cells import date_of, is_money, is_nothing, names_in, tidy
from extractors.tables.deals import deal_columns
from extractors.tables.periods import period_of
from extractors.tables.reading import Reading
from extractors.tables.schema import read_header
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity

_ROLE = re.compile(r"\s?\((?:리드|주도|공동\s?주도|신규|기존|lead)\)", re.IGNORECASE)
"""What an investor did, behind the name: "가나벤처스 (리드)"."""


def has_rounds(reading: Reading) -> bool:
    """Whether rows are rounds with those who paid, and no other column names firms."""
    at, rounds = _column(reading, schema().investors), _column(reading, schema().rounds)
    others = [h for i, h in enumerate(reading.headers) if i != at and h.cls == "Company"]
    if at is None or rounds is None or others:
        return False
    return deal_columns(reading) is None


def read_rounds(reading: Reading) -> bool:
    """Claim who invested in the firm and how much it raised; of nobody, where none is named."""
    firm = reading.caption.subject or noted_firm(reading)
    at, rounds = _column(reading, schema().investors), _column(reading, schema().rounds)
    if firm is None or firm.cls not in BODIES or at is None or rounds is None:
        return True
    for row, cells in enumerate(reading.rows):
        label = tidy(cells[rounds].text)
        told: dict[str, str | None] = {"basis": label, "period": _when(reading, row)}
        _read_sums(reading, row, firm, told)
        for investor in _investors(reading, cells[at]):
            place = (label, reading.headers[at].text)
            reading.add(investor, "investsIn", cells[at], place=place, object=firm, qualifiers=told)
    return True


def _read_sums(reading: Reading, row: int, firm: Entity, told: dict[str, str | None]) -> None:
    """Claim what a round brought and what the firm was worth."""
    for header, cell in zip(reading.headers, reading.rows[row], strict=True):
        if is_nothing(cell.text) or header.role in ("date", "asof", "rank", "source"):
            continue
        raised = fold(header.text) in schema().raised
        if raised or (header.role == "metric" and is_money(cell.text, reading.report.date)):
            named = read_header("투자금", reading.report.date) if raised else header
            sum_of = replace(named, text=header.text, unit=header.unit or named.unit)
            reading.metric(
                firm, sum_of, cell, place=(told["basis"] or "", header.text), qualifiers=told
            )


def _investors(reading: Reading, cell: Cell) -> list[Entity]:
    """List whom a cell names; "초기 투자자" are nobody in particular."""
    named = [_ROLE.sub("", name.text).strip() for name in names_in(cell.text)]
    return [reading.agent(text, cell.span) for text in named if text and not is_common(text)]


def _when(reading: Reading, row: int) -> str | None:
    date = reading.report.date
    cells = (cell.text for cell in reading.rows[row] if not is_money(cell.text, date))
    return next(filter(None, (period_of(t, date) or date_of(t, date) for t in cells)), None)


def _column(reading: Reading, words: frozenset[str]) -> int | None:
    told = [i for i, h in enumerate(reading.headers) if fold(h.text) in words]
    return told[0] if len(told) == 1 else None
