"""Tables of what one firm makes: "로봇 | 도입 시기 | 역할" below a heading that names the firm."""

from __future__ import annotations

from extractors.classes import BODIES, MADE
from extractors.figures.holders import is_house
from extractors.lexicon.makers import makers
from extractors.tables.cells import is_total
from extractors.tables.reading import LIKELY, Reading
from extractors.tables.vocabulary import schema
from kg.claim import Entity

_FEWEST = 3
_NAMED = ("developer", "partner", "actor")


def read_lineup(reading: Reading, key: int, subjects: list[tuple[int, Entity]]) -> None:
    """Claim that the firm of the heading makes the things that the rows are about.

    Only where no column names firms, none of the things is known to be another's, and the firm
    is none that only counts what others make.
    """
    firm = reading.caption.subject
    header = reading.headers[key]
    made = [(row, thing) for row, thing in subjects if thing.cls in MADE]
    if firm is None or is_house(firm) or firm.cls != "Company":
        return
    if header.cls not in MADE or len(made) < _FEWEST:
        return
    if any(h.cls in BODIES or h.role in _NAMED for h in reading.headers):
        return
    told = (reading.table.title, reading.table.subtitle, *reading.table.section[-2:])
    if not any(e.id == firm.id for text in told for e, _, _ in reading.names.find(text)):
        return
    known = [makers().get(thing.id) for _, thing in made]
    if any(map(schema().compared.search, told)) or any(ids and firm.id not in ids for ids in known):
        return
    for row, thing in made:
        cell = reading.cell(row, key)
        if not is_total(cell.text):
            place = (cell.text, header.text)
            reading.add(firm, "develops", cell, place=place, object=thing, confidence=LIKELY)
