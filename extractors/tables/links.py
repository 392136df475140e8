"""Cells that name others: what the row's entity has to do with whom a cell names."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from corpus.report import Cell
from extractors.classes import BODIES, MADE
from extractors.language.words import is_common
from extractors.names.name_patterns import patterns
from extractors.tables.cells import Name, is_figure, is_nothing, names_in, tidy
from extractors.tables.periods import ends, starts
from extractors.tables.reading import GENERIC, LIKELY, SURE, Reading
from extractors.tables.schema import Header, modality_of
from extractors.tables.vocabulary import schema
from kg.claim import Entity, Modality, Value

_SORTS = re.compile(r"\b(?:OEM|ODM|OSAT|CSP|SI|EMS|IDM)s?\b")
_FIRMS = ("사", "업체", "기업", "기관")
_PARTLY = re.compile(r"^(?:일부|주로|기존|신규|잠재|예비)\s")
"""What stands before a customer or supplier: "AMD, 일부 엔비디아"."""
_DEEDS = ("supplies", "purchases", "releases", "produces", "builds", "manufactures")
"""What is done at a time: before that it is planned."""
_FITTING = {"worksFor": ("role",), "partnersWith": ("status", "topic")}


def others_in(text: str) -> list[Name]:
    """List whom a cell names, without what says that they are so in part or from now on."""
    return [replace(name, text=_PARTLY.sub("", name.text)) for name in names_in(text)]


class Links:
    """One row about one entity, as far as its cells name other entities."""

    def __init__(self, reading: Reading, subject: Entity) -> None:
        self.reading = reading
        self.subject = subject
        self.qualifiers: dict[str, str | None] = {}
        self.terms: dict[str, str | None] = {}
        self.kind: str | None = None

    def text(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        """Claim what a cell says, as a text under its header's name."""
        self.reading.add(
            self.subject,
            "hasMetric",
            cell,
            place=place,
            value=Value(cell.text),
            qualifiers={**self.qualifiers, "metric": header.name},
            modality=header.modality,
            confidence=LIKELY if header.known else GENERIC,
        )

    def entities(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A column of entities beside the row's own: what relates them follows from the classes.

        False if nothing does.
        """
        cls, own = header.cls or "", self.subject.cls
        if own in MADE and cls in MADE and self.kind == "Company":
            maker = self.reading.agent(self.subject.label, cell.span)
            Links(self.reading, maker).related(header, cell, place, "develops", (cls,))
            return True
        if own in BODIES and cls in MADE:
            self.related(header, cell, place, "develops", (cls,))
        elif own in MADE and cls == "Company":
            predicate = product_relation(header.text)
            self.related(header, cell, place, predicate, BODIES, reverse=True)
        elif own == "Model" and cls in ("Chip", "Software"):
            self.related(header, cell, place, "uses", (cls,))
        elif cls == "Place" and own in BODIES and self.qualifiers.get("place"):
            site = self.reading.named(str(self.qualifiers["place"]), cell.span, "Facility")
            Links(self.reading, site).related(header, cell, place, "locatedIn", ("Place",))
        elif cls == "Place" and own in (*BODIES, "Facility") and self._placed(cell):
            self.related(header, cell, place, "locatedIn", ("Place",))
        elif own == "Facility" and cls == "Company":
            self.related(header, cell, place, "builds", BODIES, reverse=True)
        elif own in BODIES and cls == "Company":
            return self._companies(header, cell, place)
        else:
            return False
        return True

    def _placed(self, cell: Cell) -> bool:
        """Whether a cell names places: "메모리 1위" under 위치 is a rank, and none."""
        for name in names_in(cell.text):
            found = self.reading.names.find(name.text)
            places = sum(end - start for e, start, end in found if e.cls == "Place")
            strange = not found and not is_common(name.text) and " " not in name.text
            if not strange and places * 2 <= len(name.text):
                return False
        return True

    def serves(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """Read a post with the firm before it ("가나칩 최고기술책임자") as where one works."""
        found = self.reading.names.find(cell.text)
        firm, _, end = next((n for n in found if n[1] == 0 and n[0].cls in BODIES), (None, 0, 0))
        role = cell.text[end:].strip()
        if firm is None or not role.endswith(patterns().titles) or len(found) > 1:
            return False
        former = is_former(header)
        qualifiers = {**self.qualifiers, "role": f"전 {role}" if former else role}
        self.reading.add(
            self.subject, "worksFor", cell, place=place, object=firm, qualifiers=qualifiers
        )
        return True

    def developed_by(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        """The organisation column of a thing, a paper or a person."""
        if self.subject.cls == "Paper" or self.subject.cls in MADE:
            predicate = "publishes" if self.subject.cls == "Paper" else "develops"
            for name in names_in(cell.text):
                maker = self.reading.agent(name.text, cell.span)
                self.add(maker, predicate, cell, place, self.subject, name)
        elif self.subject.cls == "Person":
            self.related(header, cell, place, "worksFor", BODIES)
        else:
            self.text(header, cell, place)

    def launched(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A product under a year of a company's roadmap: released then, or planned for then."""
        if self.reading.caption.relation != "releases" or self.subject.cls not in BODIES:
            return False
        names = [] if is_figure(cell.text) else list(names_in(cell.text))
        last = ends(header.period or "")
        ahead = header.modality != "fact" or (last is not None and last > self.reading.report.date)
        for name in names:
            thing = self.reading.thing(name.text, cell.span, self.reading.caption.kind or "Product")
            self.reading.add(
                self.subject,
                "releases",
                cell,
                place=place,
                object=thing,
                qualifiers={
                    **self.qualifiers,
                    "period": header.period,
                    "node": name.node,
                    "condition": name.condition,
                },
                modality=modality_of(cell.text) or ("plan" if ahead else "fact"),
            )
        return bool(names)

    def related(
        self,
        header: Header,
        cell: Cell,
        place: tuple[str, str],
        predicate: str,
        classes: tuple[str, ...],
        *,
        reverse: bool = False,
    ) -> None:
        """Claim one relation to each name of a cell; a cell without names is a text."""
        named = [n for n in others_in(cell.text) if classes != BODIES or not self._is_kind(n.text)]
        for name in named:
            other = (
                self.reading.agent(name.text, cell.span)
                if classes == BODIES
                else self.reading.names.resolve(name.text, cell.span, classes)
            )
            subject, object = (other, self.subject) if reverse else (self.subject, other)
            self.add(subject, predicate, cell, place, object, name, former=is_former(header))
        if not named:
            self.text(header, cell, place)

    def _is_kind(self, text: str) -> bool:
        """Tell a kind of firm from a firm: "글로벌 제조사", "모든 로봇 OEM"."""
        words = _SORTS.sub("", text).strip()
        sort = " " in text or words.endswith(_FIRMS)
        plain = not words or (sort and is_common(words))
        return plain and self.reading.exactly(text) is None

    def _companies(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        lower = header.text.casefold()
        for entry in schema().companies:
            if any(word in lower for word in entry["words"]):
                back = bool(entry.get("reverse"))
                self.related(header, cell, place, entry["predicate"], BODIES, reverse=back)
                return True
        return False

    def add(
        self,
        subject: Entity,
        predicate: str,
        cell: Cell,
        place: tuple[str, str],
        object: Entity,
        name: Name,
        *,
        confidence: Decimal = SURE,
        former: bool = False,
    ) -> None:
        """Claim one relation with the row's qualifiers; a former one keeps no role or period."""
        qualifiers = {**self.qualifiers, "node": name.node, "condition": name.condition}
        qualifiers |= {
            key: text
            for key, text in self.terms.items()
            if key in _FITTING.get(predicate, ("status",)) and not is_nothing(text or "")
        }
        if former:
            for key in ("role", "period", "date"):
                qualifiers.pop(key, None)
            qualifiers["status"] = tidy(schema().former[0])
        told = modality_of(f"({name.condition})") if name.condition else None
        when = starts(qualifiers.get("date") or qualifiers.get("period") or "")
        ahead = when is not None and when > self.reading.report.date and predicate in _DEEDS
        modality: Modality = told or ("plan" if ahead else "fact")
        self.reading.add(
            subject,
            predicate,
            cell,
            place=place,
            object=object,
            qualifiers=qualifiers,
            modality=modality,
            confidence=confidence,
        )


def is_former(header: Header) -> bool:
    """Whether a column names what has been left behind ("이전 소속")."""
    return header.text.casefold().startswith(schema().former)


def product_relation(header: str) -> str:
    """What a company named under ``header`` does to the product the row or column is about."""
    lower = header.casefold()
    for entry in schema().companies:
        if "product" in entry and any(word in lower for word in entry["words"]):
            return str(entry["product"])
    return "develops"
