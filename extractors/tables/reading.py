"""One table being read: its headers, its names, and how its claims are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from corpus.clean import plain
from corpus.report import Cell, Report, Table
from corpus.tables import effective_cell
from extractors.classes import BODIES
from extractors.names.resolver import EntityResolver
from extractors.tables.captions import Caption
from extractors.tables.cells import (
    date_of,
    is_label,
    is_placeholder,
    is_prose,
    is_undisclosed,
    part_of,
    split_glued,
    tells_nothing,
    tidy,
    value_of,
)
from extractors.tables.headers import inner_headers, read_headers, read_measures, time_of_flows
from extractors.tables.names import CellNames
from extractors.tables.notes import currency_of_notes, priced_on, unit_of_table, units_of_marks
from extractors.tables.parts import facts_in, is_account, is_unnamed, listed, measures
from extractors.tables.periods import ends, is_horizon, starts
from extractors.tables.ratings import headed_by_ratings
from extractors.tables.schema import Header, follow, is_ratio, modality_of, read_header, returns
from extractors.tables.standings import Standings
from extractors.tables.token_prices import token_prices
from extractors.tables.traded import headed_by_flows, headed_by_traded
from extractors.tables.vocabulary import schema
from extractors.values.periods import BY_FISCAL_YEAR, FISCAL
from extractors.values.values import read_unit
from kg.claim import Claim, Entity, Evidence, Modality, Value

EXTRACTOR = "tables/1"
SURE, LIKELY, GENERIC = Decimal("0.95"), Decimal("0.85"), Decimal("0.7")
_LONGEST_DATE = 40
_FIGURES = ("metric", "amount", "value")
_NAMING = ("marketShare", "marketSize")
"""Predicates that name what is measured themselves."""
_SHARE = "시장 점유율 "  # and how it changed
_FOOTNOTE = re.compile(r"(?<=\S)\s?(?P<mark>\*{1,3}|[†‡])$")


class Reading(CellNames):
    """A table with its headers read, and the claims made of it so far."""

    def __init__(self, report: Report, table: Table, resolver: EntityResolver) -> None:
        self.report = report
        self.table = table
        super().__init__(resolver)
        self.caption = Caption(report, table, resolver)
        self.headers = read_headers(table, report.date)
        self.rows = tuple(split_glued(report.text, row.cells) for row in table.rows)
        labels = [row[0].text for row in self.rows if row]
        texts = [[row[i].text for row in self.rows] for i in range(len(self.headers))]
        headers = headed_by_flows(self.headers, self.caption.headed)
        headers = headed_by_ratings(headers, texts, self.caption.headed, report.date)
        self.headers = headed_by_traded(headers, labels, self.exactly)
        self.claims: list[Claim] = []
        units = re.split(r"[,;]|\s/\s", unit_of_table(table) or "")
        self._units = [unit.strip() for unit in units if unit.strip()]
        self._marks = units_of_marks(table)
        self._priced = priced_on(table, report.date)
        self.money = currency_of_notes(table)
        self._standings = Standings.read(table, self.rows)

    @cached_property
    def marked(self) -> bool:
        """Whether estimates are marked as such, so that periods without a mark are facts."""
        labels = (row[0].text for row in self.rows)
        headers = (*self.headers, *(read_header(text, self.report.date) for text in labels))
        return any(header.standing == "forecast" for header in headers)

    @cached_property
    def reviewed(self) -> bool:
        """Whether all figures are results that are out, whatever the calendar says of them."""
        headed = self.caption.headed.casefold()
        told = any(word in headed for word in schema().reviews)
        return told and modality_of(headed) in (None, "fact") and not self.marked

    @cached_property
    def inner(self) -> tuple[Mapping[int, Header] | None, ...]:
        """For each row the labels that a repeated row of labels above it gives its columns.

        Such a row, the same several times in a table, has an empty mapping: it claims nothing.
        """
        return inner_headers(self.rows, self.report.date)

    @cached_property
    def alone(self) -> Sequence[Header]:
        """For each column the metric of its figures in rows that measure nothing themselves."""
        return [self.under(column) for column in range(len(self.headers))]

    def under(self, column: int, measure: Header | None = None) -> Header:
        """The metric of a column's figures in a row that measures ``measure``, if it does.

        A period's column holds the row's, else the caption's; a change's is what it follows.
        """
        header = self.headers[column]
        if header.role == "change":
            if header.base is not None:
                base = self.under(header.base, measure)
                gap = self.headers[header.base]
                if gap.role == "change" and gap.base is not None:
                    base = replace(base, modality=self.under(gap.base, measure).modality)
                return follow(base, header)
            return follow(measure, header) if measure else replace(header, role="metric")
        if header.role == "period" and not (measure and measure.period):
            return self.timed(measure or self.caption.metric, header)
        if measure is None or header.role == "period":
            return measure or header  # "3분기 매출 가이던스", whatever stands above
        name = measure.name if header.role == "amount" else f"{measure.name} {header.name}"
        told = replace(measure, text=header.text, name=name, unit=header.unit or measure.unit)
        return self.timed(told, header) if header.period and not told.period else told

    def timed(self, measure: Header, period: Header) -> Header:
        """A metric in a period: what is past is no forecast, whatever the caption announces."""
        if is_horizon(period.period or "") and not measure.known:
            measure = returns(period)
        elif is_horizon(period.period or "") and not is_ratio(measure):
            name = f"{measure.name} 변화율"  # "현물가격 | 1W"
            measure = replace(measure, name=name, unit=period.unit or "%", predicate="hasMetric")
        last = ends(period.period or "")
        past = last is not None and last <= self.report.date
        modality = period.modality
        if modality == "fact" and period.standing is None and not past:
            modality = measure.modality
        return replace(
            measure,
            text=period.text,
            role="metric",
            unit=period.unit or measure.unit,
            period=period.period,
            basis=period.basis or measure.basis,
            standing=period.standing,
            modality=modality,
        )

    def measures(self, labels: Sequence[str]) -> list[Header | None]:
        """Read the labels of consecutive rows as metrics; a change is that of the row above it."""
        return read_measures(labels, self.report.date)

    def group(self, row: int) -> str | None:
        """The group row above a body row."""
        return self.table.rows[row].group

    def cell(self, row: int, column: int) -> Cell:
        """A body cell, looking up through merged leading cells."""
        cell = self.rows[row][column]
        if cell.text or column > 2:
            return cell
        return effective_cell(self.table, row, column)

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
        attributed_to: str | None = None,
        confidence: Decimal = SURE,
    ) -> None:
        """Make one claim; ``place`` is row label and column header, blank qualifiers drop out."""
        if not len(cell.span) or (object is not None and object.id == subject.id):
            return
        if is_placeholder(subject.label) or (object is None and is_label(cell.text)):
            return
        kept = {key: text for key, text in (qualifiers or {}).items() if text}
        if predicate == "hasMetric" and is_unnamed(kept.get("metric", ""), value):
            return
        if predicate in _NAMING:
            kept.pop("metric", None)
        if modality == "fact" and object is None and value and value.minimum is not None:
            modality = self._standings.of(cell, place) or modality
        self.claims.append(
            Claim(
                subject=subject,
                predicate=predicate,
                object=object,
                value=value,
                evidence=self.evidence(cell, *place),
                qualifiers=kept,
                modality=modality,
                attributed_to=attributed_to,
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
        teller: str | None = None,
    ) -> None:
        """Claim what a cell says under a header, by ``teller``: a quantity, a date or a text."""
        if header.role == "source" or tells_nothing(cell.text):
            return
        timed = header.dated or header.role in ("date", "asof")
        read = None if timed else value_of(cell.text, self._unit(header, cell), self.report.date)
        whole = read and (measures(header) or not cell.text[0].isalpha())
        parts = [] if whole else self._listed(header, cell)
        for measure, part in parts:
            self.metric(subject, measure, part, place=place, qualifiers=qualifiers, teller=teller)
        if parts or (is_account(header) and is_prose(cell.text)):
            return
        more = {**(qualifiers or {}), **({"basis": header.basis} if header.basis else {})}
        period = header.period
        value = Value(tidy(cell.text))
        predicate, told = "hasMetric", None
        if read:
            value, own = read
            value = self._money(header, value, currency)
            period = own or period
            predicate = header.predicate
            subject, told = self._about(subject, header, more)
            if header.name in schema().priced:
                more.setdefault("date", self._priced)
        elif header.role != "remark":
            self._when(cell, more, timed=timed)
        more.setdefault("metric", header.name)
        if read and not period and header.name in schema().flows and not more.get("period"):
            period = self.caption.period or time_of_flows(self.headers)
        if period:
            more |= {"period": period, **_fiscal((header.text, *place), more)}
        modality = self._modality(header, cell, more, sure=read is not None)
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
            attributed_to=told or teller,
            confidence=confidence or certain,
        )

    def _when(self, cell: Cell, qualifiers: dict[str, str | None], *, timed: bool) -> None:
        """Keep the time that a cell without a figure names."""
        if is_undisclosed(cell.text) or len(cell.text) >= _LONGEST_DATE:
            return
        when = date_of(cell.text, self.report.date)
        exact = timed and when is not None and len(when) == 10
        qualifiers.setdefault("date" if exact else "period", when)

    def _about(
        self, subject: Entity, header: Header, qualifiers: dict[str, str | None]
    ) -> tuple[Entity, str | None]:
        """A market's size is the market's, told by the company; a share is one of something."""
        if header.predicate == "marketSize":
            agent = self.caption.agent
            if subject.cls in BODIES and self.caption.market:
                return self.caption.market, subject.label
            return subject, agent.label if agent and agent.id != subject.id else None
        share = header.predicate == "marketShare" or header.name.startswith(_SHARE)
        shared = share or (header.name in schema().counted and subject.cls in BODIES)
        goods = self.caption.goods if subject is self.caption.subject else None
        product = self.caption.shared(header.text) if shared else goods
        if product and product.id != subject.id:
            qualifiers.setdefault("product", product.label)
        return subject, None

    def _money(self, header: Header, value: Value, currency: str | None) -> Value:
        """Give a price without a unit the currency of its row, else the one a note names."""
        currency = currency or (self.money if header.each else None)
        bare = currency and not value.currency and not value.unit
        return replace(value, currency=currency) if bare else value

    def _modality(
        self, header: Header, cell: Cell, qualifiers: Mapping[str, str | None], *, sure: bool
    ) -> Modality:
        """What a cell says of its own standing, unless it is of a day that has not come."""
        short = len(cell.text) < 30 and header.role != "remark"
        told = modality_of(cell.text) if short else None
        if told not in (None, "fact"):
            return told
        said = replace(header, modality=told) if told else header
        return self.ahead(said, qualifiers, sure=sure)

    def ahead(
        self, header: Header, qualifiers: Mapping[str, str | None], *, sure: bool
    ) -> Modality:
        """What lies after the report's date is no fact: a forecast figure, a planned date.

        So is the figure of a year or quarter still running, where estimates go unmarked.
        """
        if header.modality != "fact" or header.standing == "fact" or self.reviewed:
            return header.modality
        period = qualifiers.get("date") or qualifiers.get("period") or ""
        first, last = starts(period), ends(period)
        if first and first > self.report.date:
            return "forecast" if sure else "plan"
        long = header.period == period and not re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", period)
        running = last is not None and last > self.report.date and long and not self.marked
        return "forecast" if running and sure else "fact"

    def _listed(self, header: Header, cell: Cell) -> list[tuple[Header, Cell]]:
        """The figures of a cell that lists several, each with what it measures, if all are told."""
        if header.role not in _FIGURES:
            return []
        parts = token_prices(cell.text, header, self.table)
        parts = parts or listed(cell.text, header, self.unit(header), self.report.date)
        others = {e.cls for part in parts if (e := self.exactly(part.label))} & {*BODIES, "Place"}
        cells = [part_of(self.report.text, cell, part.start, part.end) for part in parts]
        return [] if others else [(p.header, c) for p, c in zip(parts, cells, strict=True)]

    def _facts(
        self,
        subject: Entity,
        cell: Cell,
        place: tuple[str, str],
        qualifiers: Mapping[str, str | None],
    ) -> None:
        """Claim the small facts inside a text cell, each with its own slice as evidence."""
        for noun, value, start, end in facts_in(cell.text):
            named = self.exactly(noun)
            if named and named.cls in (*BODIES, "Place"):
                continue  # "삼성 5나노" is no figure of 삼성's
            self.add(
                subject,
                "hasMetric",
                part_of(self.report.text, cell, start, end),
                place=place,
                value=value,
                qualifiers={**qualifiers, "metric": noun},
                confidence=GENERIC,
            )

    def remark(
        self, subject: Entity, header: Header, cell: Cell, *, place: tuple[str, str]
    ) -> None:
        """Claim what stands beside a value: places and figures; a text unless a mere remark."""
        found = self.names.find(cell.text)
        covered = sum(end - start for _, start, end in found)
        if {e.cls for e, _, _ in found} == {"Place"} and covered + len(found) > len(cell.text):
            for entity, _, _ in found:
                self.add(subject, "locatedIn", cell, place=place, object=entity, confidence=LIKELY)
        if header.role == "remark":
            self._facts(subject, cell, place, {})
        else:
            self.metric(subject, header, cell, place=place, confidence=LIKELY)

    def unit(self, header: Header) -> str | None:
        """The unit of a header, else the table's; a ratio is in percent among money."""
        units = self._units
        if header.unit or not units:
            return header.unit
        if is_ratio(header):
            return next((unit for unit in units if unit in ("%", "%p", "bp", "배")), "%")
        unit = next((unit for unit in units if unit != "%"), units[0])
        scale, _, currency = read_unit(unit)
        return currency if header.each and currency and scale != 1 else unit

    def _unit(self, header: Header, cell: Cell) -> str | None:
        """The unit that a footnote mark gives to this cell ("25.1*"), else the header's."""
        if not self._marks:
            return self.unit(header)
        match = _FOOTNOTE.search(plain(cell.span.of(self.report.text)))
        own = self._marks.get(match["mark"]) if match else None
        return own or self.unit(header)


def _fiscal(told: Iterable[str], qualifiers: Mapping[str, str | None]) -> dict[str, str | None]:
    """Say of a period that it is of a firm's own year, where its header does: "1Q FY26"."""
    own = qualifiers.get("basis") or (BY_FISCAL_YEAR if any(map(FISCAL.search, told)) else None)
    return {"basis": own} if own else {}
