"""Whom the rows of a table are about: one name or several in the cell of the key column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.report import Cell
from extractors.classes import BODIES, MADE
from extractors.language.words import is_listed
from extractors.tables.cells import NOTE, is_status, is_total, is_undisclosed, names_in, tidy
from extractors.tables.labels import lists_values, names_nothing
from extractors.tables.reading import Reading
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity, entity_id

_SUMS = ("합계", "총계", "전체", "총합", "total", "sum")
_ALTERNATIVES = re.compile(r"\s*[·/&+]\s*")
_COMMA = re.compile(r"\s*,\s*")
_LISTED = re.compile(r",|\s/\s")
_POINT = re.compile(r"\s?·\s?")
_FIRM = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z.&]+")
_OPEN = re.compile(r"^(?:미정|미확정|미선정|추후|검토|협의|선정|후보)(?:\s|$)|\s[—–]\s")
"""What says that nobody is chosen yet ("미정", "후보 3곳"), or more than who it is."""


def subjects_of(reading: Reading, key: int, cell: Cell, *, firms: bool = False) -> list[Entity]:
    """Whom a row is about; a sum is about the market of the caption, if it has a size.

    ``firms``: the column is known to hold those who do something, whatever its header says.
    """
    if is_total(cell.text):
        return _whole(reading, cell.text)
    if not firms and reading.headers[key].role == "status" and _is_step(cell.text):
        about = reading.caption.subject  # at each of its steps
        return [about] if about and about.cls in BODIES else []
    cls = "Company" if firms else reading.headers[key].cls
    cls = reading.caption.kind or cls if cls == "Concept" else cls
    if cls == "Company" and (_OPEN.search(cell.text) or is_undisclosed(cell.text)):
        return []
    names = list(names_in(cell.text)) if cls and _LISTED.search(cell.text) else []
    if len(names) > 1:
        return [reading.named(name.text, cell.span, cls) for name in names]
    for split in (_ALTERNATIVES, _COMMA):
        parts = split.split(cell.text)
        each = [reading.exactly(part) for part in parts] if len(parts) > 1 else []
        if each and all(each):
            return [entity for entity in each if entity]
    if together := _beside_points(cell.text) if cls == "Company" else []:
        return [reading.named(part, cell.span, cls) for part in together]
    known = None if cls and not firms else reading.exactly(cell.text)
    if not (cls or known) and _is_key(reading, key, cell.text):
        return []
    thing = _tier(reading, cell) or known or reading.named(tidy(cell.text), cell.span, cls)
    beside = (c.text for row in reading.table.rows for c in row.cells if c.column == key)
    return [told_apart(reading, cell.text, thing, beside)]


def _tier(reading: Reading, cell: Cell) -> Entity | None:
    """A tier of the service that the table is about: "Pro" is "가나코드 Pro"."""
    service = _service(reading) if fold(tidy(cell.text)) in schema().tiers else None
    if service is None:
        return None
    label = f"{service.label} {tidy(cell.text)}"
    return Entity(entity_id(label), "Product", label, broader=(service.id,))


def _service(reading: Reading) -> Entity | None:
    """The one thing that the caption, or else the nearest heading that names any, is about."""
    for text in (reading.table.title, *reversed(reading.table.section)):
        things = {e.id: e for e, _, _ in reading.names.find(text) if e.cls in MADE}
        if things:
            return next(iter(things.values())) if len(things) == 1 else None
    return None


def told_apart(reading: Reading, label: str, thing: Entity, beside: Iterable[str]) -> Entity:
    """Return one firm's own, where the same thing of another stands ``beside`` it.

    In a table of "가나 K1" and "다라 K1" a figure of K1 alone would be anybody's.
    """
    maker = _maker(reading, label, thing)
    if maker is None:
        return thing
    others = (_maker(reading, text, thing) for text in beside)
    if all(other is None or other.id == maker.id for other in others):
        return thing
    own = f"{maker.label} {thing.label}"
    return Entity(entity_id(own), thing.cls, own, broader=(thing.id,))


def _maker(reading: Reading, label: str, thing: Entity) -> Entity | None:
    """Return the firm whose name a label begins with, before that of a thing."""
    if thing.cls not in MADE:
        return None
    named = [entity for entity, _, _ in reading.names.find(label)]
    led = len(named) > 1 and named[0].cls in BODIES and named[1].id == thing.id
    return named[0] if led else None


def _whole(reading: Reading, label: str) -> list[Entity]:
    """The market that a row of sums is about, if it has a size."""
    whole = reading.caption.metric.predicate == "marketSize" and fold(label) in _SUMS
    return [reading.caption.market] if whole and reading.caption.market else []


def _is_step(label: str) -> bool:
    """Whether a label says how far something has come: "양산", "인증 진행"."""
    return is_status(label) or is_status(label.rsplit(" ", maxsplit=1)[-1])


def _is_key(reading: Reading, key: int, text: str) -> bool:
    """Whether a label names nothing, or is the key of a value of what nothing names."""
    listed = lists_values(reading, key) and not reading.names.find(text)
    return names_nothing(reading, text) or listed


def _beside_points(text: str) -> list[str]:
    """Part firms joined by points, what brackets add aside: "가나소재·다라케미칼(다라그룹)"."""
    parts = _POINT.split(NOTE.sub("", tidy(text)).strip())
    plain = all(_FIRM.fullmatch(part) and not is_listed(part) for part in parts)
    return parts if len(parts) > 1 and plain else []
