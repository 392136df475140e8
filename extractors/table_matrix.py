"""Companies against companies: what a cell holds is what the two of them make together."""

from __future__ import annotations

from corpus.report import Cell
from extractors.table_cells import is_nothing, is_status, is_undisclosed, names_in, tidy
from extractors.table_reading import Reading
from extractors.table_schema import fold, modality_of, schema
from kg.claim import Entity, Modality

_MAKERS = ("Company", "Organization")
_MADE = ("Chip", "Model", "Software", "Product", "Technology")


def relation_of_caption(reading: Reading) -> str | None:
    """The predicate whose words the caption or its subtitle holds ("설계 파트너")."""
    caption = fold(f"{reading.table.title} {reading.table.subtitle}")
    for predicate, words in schema().relations.items():
        if any(word in caption for word in words):
            return predicate
    return None


def is_pair(subject: Entity, partner: Entity | None) -> bool:
    """Whether row and column are both companies."""
    return partner is not None and subject.cls in _MAKERS and partner.cls in _MAKERS


def read_pair(
    reading: Reading, cell: Cell, subject: Entity, partner: Entity, place: tuple[str, str]
) -> bool:
    """Claim what a cell says of its column's and its row's company; False if it is no name."""
    relation = relation_of_caption(reading) or "partnersWith"
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
        if thing is None or thing.cls not in _MADE:
            continue
        made = True
        sure: Modality = modality_of(f"({name.condition})" if name.condition else "") or "fact"
        _together(reading, cell, (subject, partner), thing, relation, place, name.condition, sure)
    return made


def _together(
    reading: Reading,
    cell: Cell,
    pair: tuple[Entity, Entity],
    thing: Entity,
    relation: str,
    place: tuple[str, str],
    condition: str | None,
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
        qualifiers={**named, "condition": condition},
        modality=modality,
    )
    if together:
        reading.add(
            partner,
            "coDevelops",
            cell,
            place=place,
            object=thing,
            qualifiers={"partner": subject.label, "condition": condition},
            modality=modality,
        )


def _is_status(text: str) -> bool:
    if is_nothing(text):
        return False
    bare = fold(tidy(text).split("(")[0])
    return is_status(text) or is_undisclosed(text) or any(bare.endswith(w) for w in schema().status)
