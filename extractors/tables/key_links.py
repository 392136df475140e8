"""Keys of a firm's fact sheet whose values are names: its seat, products, chief, customers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from corpus.report import Cell
from extractors.classes import BODIES, THINGS
from extractors.tables.cells import names_in, tidy
from extractors.tables.links import Links, others_in
from extractors.tables.reading import Reading
from extractors.tables.schema import Header
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity

_PERSON = re.compile(r"[가-힣]{2,4}|[가-힣]+ [가-힣]+|[A-Z][a-z]+(?: [A-Z][a-z.]+){1,2}")
_LEADING = re.compile(r"^(?:주요|핵심|대표(?!이사|자|$))")
_WRITTEN = re.compile(r"[A-Z][\w-]*\d|[A-Z][A-Za-z]{2,}")


def read_link(
    reading: Reading, subject: Entity, header: Header, cell: Cell, place: tuple[str, str]
) -> bool:
    """Claim what a firm has to do with those its cell names; False if the cell names nobody."""
    if subject.cls not in BODIES:
        return False
    label = _LEADING.sub("", fold(header.text))
    if label in schema().chiefs:
        return _chief(reading, subject, header, cell, place)
    if label in schema().seated:
        return _seat(reading, subject, cell, place)
    if header.cls in THINGS:
        return _products(reading, subject, header, cell, place)
    if label in _partners():
        firms = [reading.exactly(name.text) for name in others_in(cell.text)]
        other = replace(header, role="entity", cls="Company")
        known = bool(firms) and all(firm and firm.cls in BODIES for firm in firms)
        return known and Links(reading, subject).entities(other, cell, place)
    return False


@lru_cache(maxsize=1)
def _partners() -> frozenset[str]:
    """Return the labels for companies that something is done with, as they are folded."""
    words = [word for entry in schema().companies for word in entry["words"]]
    return frozenset(fold(told) for word in words for told in (word, f"{word}사"))


def _chief(
    reading: Reading, firm: Entity, header: Header, cell: Cell, place: tuple[str, str]
) -> bool:
    """The person who leads a firm ("대표이사 | 홍길동")."""
    name = tidy(cell.text)
    if not _PERSON.fullmatch(name):
        return False
    person = reading.named(name, cell.span, "Person")
    if person.cls != "Person":
        return False
    role = {"role": header.text.strip()}
    reading.add(person, "worksFor", cell, place=place, object=firm, qualifiers=role)
    return True


def _seat(reading: Reading, firm: Entity, cell: Cell, place: tuple[str, str]) -> bool:
    """The places in which a firm sits, from the widest to the nearest."""
    found = [e for e, _, _ in reading.names.find(cell.text) if e.cls == "Place"]
    for site in found:
        reading.add(firm, "locatedIn", cell, place=place, object=site)
    return bool(found)


def _products(
    reading: Reading, firm: Entity, header: Header, cell: Cell, place: tuple[str, str]
) -> bool:
    """What a firm makes, where every name is written as one or known ("주요 제품 | K4, K5")."""
    names = list(names_in(cell.text))
    named = [n.text for n in names if reading.exactly(n.text) or _WRITTEN.search(n.text)]
    if not names or len(named) < len(names):
        return False
    predicate = "produces" if header.cls in ("Product", "Chip") else "develops"
    for name in names:
        made = reading.named(name.text, cell.span, header.cls)
        kept = {"node": name.node, "condition": name.condition}
        reading.add(firm, predicate, cell, place=place, object=made, qualifiers=kept)
    return True
