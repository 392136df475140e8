"""One table being read: its headers, its names, and how its claims are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from corpus.clean import clean
from corpus.report import Cell, Report, Row, Span, Table
from corpus.tables import effective_cell
from extractors.resolver import EntityResolver
from extractors.table_cells import (
    date_of,
    facts_in,
    is_nothing,
    is_undisclosed,
    split_glued,
    tidy,
    value_of,
)
from extractors.table_schema import Header, modality_of, read_header, schema, starts
from extractors.values import find_values
from kg.claim import Claim, Entity, Evidence, Modality, Value, entity_id

EXTRACTOR = "tables/1"
SURE, LIKELY, GENERIC = Decimal("0.95"), Decimal("0.85"), Decimal("0.7")
_PRODUCTS = ("Model", "Chip", "Product", "Software")
_SUBJECTS = (*_PRODUCTS, "Company", "Organization", "Technology", "Person", "Facility", "Place")
_VERSION = re.compile(
    r"(?:모델|칩|model)\s+(?:명\s+)?['\"“”]?([A-Za-z]{0,2}\d[\w.-]*)", re.IGNORECASE
)
_OF_IS = re.compile(
    r"(?:the )?(?P<metric>[a-z]+(?: [a-z]+){0,2}) of (?P<entity>[\w.+:-]+(?: [\w.+:-]+){0,3}?)"
    r" (?:is|was|at) (?P<value>[^;]+?)(?=[.;]?$|[.;]\s|, )"
)
_QUOTED = re.compile(r"[“\"‘']([^”\"’']{2,40})[”\"’']")


class Reading:
    """A table with its headers read, and the claims made of it so far."""

    def __init__(self, report: Report, table: Table, resolver: EntityResolver) -> None:
        self.report = report
        self.table = table
        self.names = resolver
        self.headers = tuple(self._header(i) for i in range(len(table.columns)))
        self.rows = tuple(split_glued(report.text, row.cells) for row in table.rows)
        self.claims: list[Claim] = []

    def _header(self, column: int) -> Header:
        """Two header rows are parent and child: a child period belongs to the parent's metric."""
        return read_header(self.table.columns[column], self.report.date)

    def group(self, row: int) -> str | None:
        """The group row above a body row."""
        return self.table.rows[row].group

    def cell(self, row: int, column: int) -> Cell:
        """A body cell, looking up through merged leading cells."""
        cell = self.rows[row][column]
        if cell.text or column > 2:
            return cell
        return effective_cell(self.table, row, column)

    def named(self, text: str, span: Span, cls: str | None) -> Entity:
        """The entity a cell names; of class ``cls``, or of whatever class it is known by."""
        return self.names.resolve(text, span, (cls,) if cls else ("Concept",))

    def agent(self, text: str, span: Span) -> Entity:
        """The company or organisation a cell names, even when the name is known as a product."""
        entity = self.names.resolve(text, span, ("Company", "Organization"))
        if entity.cls in ("Company", "Organization", "Person", "Place"):
            return entity
        return Entity(entity_id(text), "Company", text)

    def exactly(self, text: str) -> Entity | None:
        """The known entity that a label names, brackets aside, and nothing more."""
        core = re.sub(r"\s*\([^()]*\)", "", tidy(text)).strip()
        for entity, start, end in self.names.find(core):
            if end - start == len(core):
                return entity
        return None

    def known(self, text: str) -> Entity | None:
        """The known entity that makes up most of a label."""
        found = self.names.find(text)
        best = max(found, key=lambda item: item[2] - item[1], default=None)
        if best is None:
            return None
        core = re.sub(r"\([^()]*\)|\s", "", text)
        return best[0] if (best[2] - best[1]) * 2 > len(core) else None

    def subject_of_caption(self) -> Entity | None:
        """Whom the caption (else the nearest heading) is about: the most specific name in it."""
        table = self.table
        for text in (table.title, table.subtitle, *reversed(table.section)):
            found = self.names.find(text)
            if text in table.section and len(found) != 1:
                continue
            versioned = self._versioned(text, found)
            if versioned:
                return versioned
            for cls in _SUBJECTS:
                for entity, _, _ in found:
                    if entity.cls == cls:
                        return entity
        return None

    def _versioned(self, text: str, found: list[tuple[Entity, int, int]]) -> Entity | None:
        """ "가나의 새 모델 V3" names the model "가나-V3"."""
        match = _VERSION.search(text)
        makers = [e for e, _, end in found if e.cls in ("Company", "Organization")]
        if not match or not makers:
            return None
        covered = [e for e, s, end in found if s <= match.start(1) < end and e.cls in _SUBJECTS]
        if covered and covered[0] not in makers:
            return covered[0]
        maker = makers[0].label_en or makers[0].label
        caption = self.table.caption or self.table.span
        cls = "Chip" if match.group().startswith("칩") else "Model"
        return self.names.resolve(f"{maker}-{match[1]}", caption, (cls,))

    def benchmark(self, header: Header) -> Entity | None:
        """The benchmark a score column belongs to: named in its header, else in the caption."""
        table = self.table
        for text in (header.text, table.title, table.subtitle, *table.notes):
            for entity, _, _ in self.names.find(text):
                if entity.cls == "Benchmark":
                    return entity
        return None

    def setting(self) -> str | None:
        """What the caption puts in quotes before "기준": a benchmark's category."""
        match = _QUOTED.search(self.table.title)
        return match[1] if match and "기준" in self.table.title[match.end() :][:6] else None

    def evidence(self, cell: Cell, row: str | None, column: str | None) -> Evidence:
        """The cell, verbatim, and where it stands."""
        return Evidence(
            report=self.report.id,
            section=self.table.section,
            quote=cell.span.of(self.report.text),
            start=cell.span.start,
            end=cell.span.end,
            page=self.table.page,
            printed_page=self.table.printed_page,
            table=self.table.label or self.table.title or None,
            row=row or None,
            column=column or None,
        )

    def add(  # noqa: PLR0913 - a claim has that many parts
        self,
        subject: Entity,
        predicate: str,
        cell: Cell,
        *,
        place: tuple[str, str],
        object: Entity | None = None,
        value: Value | None = None,
        qualifiers: Mapping[str, str | None] | None = None,
        modality: Modality = "fact",
        confidence: Decimal = SURE,
    ) -> None:
        """Make one claim; ``place`` is row label and column header, blank qualifiers drop out."""
        if not len(cell.span) or (object is not None and object.id == subject.id):
            return
        kept = {key: text for key, text in (qualifiers or {}).items() if text}
        self.claims.append(
            Claim(
                subject=subject,
                predicate=predicate,
                object=object,
                value=value,
                evidence=self.evidence(cell, *place),
                qualifiers=kept,
                modality=modality,
                extractor=EXTRACTOR,
                confidence=confidence,
            )
        )

    def metric(
        self,
        subject: Entity,
        header: Header,
        cell: Cell,
        *,
        place: tuple[str, str],
        qualifiers: Mapping[str, str | None] | None = None,
        confidence: Decimal | None = None,
        currency: str | None = None,
    ) -> None:
        """Claim what a cell says under a header: a quantity, a date or a text."""
        if is_nothing(cell.text) or not cell.text:
            return
        more = dict(qualifiers or {})
        timed = header.dated or header.role in ("date", "asof")
        read = None if timed else value_of(cell.text, self.unit(header), self.report.date)
        period = header.period
        value = Value(tidy(cell.text))
        predicate = "hasMetric"
        if read:
            value, own = read
            if currency and not value.currency and not value.unit:
                value = replace(value, currency=currency)
            period = own or period
            predicate = header.predicate
        elif not is_undisclosed(cell.text):
            when = date_of(cell.text, self.report.date) if len(cell.text) < 40 else None
            exact = timed and when is not None and len(when) == 10
            more.setdefault("date" if exact else "period", when)
        more.setdefault("metric", header.name)
        if period:
            more["period"] = period
        modality = modality_of(cell.text) if len(cell.text) < 30 else None
        modality = modality or self._ahead(header, more, sure=read is not None)
        if not (header.known and header.role == "metric"):
            self._facts(subject, cell, place, more)
        certain = SURE if header.known and read else LIKELY if header.known or read else GENERIC
        self.add(
            subject,
            predicate,
            cell,
            place=place,
            value=value,
            qualifiers=more,
            modality=modality,
            confidence=confidence or certain,
        )

    def _ahead(
        self, header: Header, qualifiers: Mapping[str, str | None], *, sure: bool
    ) -> Modality:
        """What lies after the report's date is no fact: a forecast figure, a planned date."""
        when = starts(qualifiers.get("date") or qualifiers.get("period") or "")
        if header.modality == "fact" and when and when > self.report.date:
            return "forecast" if sure else "plan"
        return header.modality

    def _facts(
        self,
        subject: Entity,
        cell: Cell,
        place: tuple[str, str],
        qualifiers: Mapping[str, str | None],
    ) -> None:
        """Claim the small facts inside a text cell, each with its own slice as evidence."""
        whole = clean(self.report.text, cell.span)
        shift = len(whole.text) - len(whole.text.lstrip())
        for noun, value, start, end in facts_in(cell.text):
            span = whole.span(shift + start, shift + end)
            self.add(
                subject,
                "hasMetric",
                replace(cell, span=span),
                place=place,
                value=value,
                qualifiers={**qualifiers, "metric": noun},
                confidence=GENERIC,
            )

    def remark(
        self, subject: Entity, header: Header, cell: Cell, *, place: tuple[str, str]
    ) -> None:
        """Claim what stands beside a value: places, and what :meth:`metric` makes of it."""
        found = self.names.find(cell.text)
        places = [entity for entity, _, _ in found if entity.cls == "Place"]
        covered = sum(end - start for _, start, end in found)
        if places and len(places) == len(found) and covered + len(found) > len(cell.text):
            for entity in places:
                self.add(subject, "locatedIn", cell, place=place, object=entity, confidence=LIKELY)
        self.metric(subject, header, cell, place=place, confidence=LIKELY)

    def notes(self) -> None:
        """Claim what notes say in the form "the METRIC of ENTITY is VALUE"."""
        whole = clean(self.report.text, self.table.span)
        for note in self.table.notes:
            for match in _OF_IS.finditer(note):
                at = whole.text.find(note)
                values = find_values(match["value"])
                found = self.exactly(match["entity"])
                if at < 0 or not values or found is None or values[0].start > 0:
                    continue
                span = whole.span(at + match.start("value"), at + match.end("value"))
                self.add(
                    found,
                    "hasMetric",
                    Cell(0, 0, match["value"], span),
                    place=("", ""),
                    value=replace(values[0].value, text=match["value"]),
                    qualifiers={"metric": match["metric"]},
                    confidence=LIKELY,
                )

    def unit(self, header: Header) -> str | None:
        """The unit of a header, else the table's; a ratio is in percent among money."""
        if header.unit or not self.table.unit:
            return header.unit
        units = [unit.strip() for unit in re.split(r"[,;]|\s/\s", self.table.unit)]
        if header.name.endswith(schema().ratios):
            return next((unit for unit in units if unit in ("%", "%p", "bp", "배")), "%")
        return next((unit for unit in units if unit != "%"), units[0])

    def row_of(self, row: int) -> Row:
        """The body row as read by the corpus."""
        return self.table.rows[row]
