"""Companies against companies: what a cell holds is what the two of them make together."""

from __future__ import annotations

import re

from corpus.report import Cell
from extractors.classes import BODIES, MADE
from extractors.tables.cells import Name, is_nothing, is_status, is_undisclosed, names_in, tidy
from extractors.tables.reading import Reading
from extractors.tables.schema import modality_of
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity, Modality

_MAKING = ("coDevelops", "develops", "supplies")
_LATIN = re.compile(r"[A-Za-z]{2}|[A-Za-z]-?\d")


def is_pair(subject: Entity, partner: Entity | None) -> bool:
    """Whether row and column are both companies."""
    return partner is not None and subject.cls in BODIES and partner.cls in BODIES


def read_pair(
    reading: Reading, cell: Cell, subject: Entity, partner: Entity, place: tuple[str, str]
) -> bool:
    """Claim what a cell says of its column's and its row's company; False if it is no name."""
    relation = reading.caption.relation or "partnersWith"
    modality = modality_of(cell.text) or "fact"
    if _is_status(cell.text):
        reading.add(
            subject,
            "partnersWith",
            cell,
            place=place,
            object=partner,
            qualifiers={"status": cell.text},
            modality=modality,
        )
        return True
    made = False
    for name in names_in(cell.text):
        thing = reading.known(name.text)
        if relation in _MAKING and _LATIN.search(name.text):
            thing = reading.thing(name.text, cell.span, reading.caption.kind or "Product")
        if thing is None or thing.cls not in MADE:
            continue
        made = True
        sure: Modality = modality_of(f"({name.condition})" if name.condition else "") or "fact"
        _together(reading, cell, (subject, partner), thing, relation, place, name, sure)
    return made


def _together(
    reading: Reading,
    cell: Cell,
    pair: tuple[Entity, Entity],
    thing: Entity,
    relation: str,
    place: tuple[str, str],
    name: Name,
    modality: Modality,
) -> None:
    subject, partner = pair
    together = relation in ("coDevelops", "develops")
    named = {"partner" if together else "product": partner.label if together else thing.label}
    reading.add(
        subject,
        relation,
        cell,
        place=place,
        object=thing if together else partner,
        qualifiers={**named, "condition": name.condition, "node": name.node},
        modality=modality,
    )
    if together:
        reading.add(
            partner,
            "coDevelops",
            cell,
            place=place,
            object=thing,
            qualifiers={
                "partner": subject.label,
                "condition": name.condition,
                "node": name.node,
            },
            modality=modality,
        )


def _is_status(text: str) -> bool:
    if is_nothing(text):
        return False
    bare = fold(tidy(text).split("(")[0])
    return is_status(text) or is_undisclosed(text) or any(bare.endswith(w) for w in schema().status)
