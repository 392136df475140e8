"""Tables whose rows are about entities: companies, models, chips, deals, or things unknown."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES, MADE, THINGS
from extractors.tables.allotments import allotted, read_allotment
from extractors.tables.aspects import firm_of_aspects, read_aspect
from extractors.tables.cells import (
    NOTE,
    Name,
    date_of,
    is_figure,
    is_nothing,
    is_status,
    is_undisclosed,
    names_in,
    rank_of,
    span_of,
    tidy,
    value_of,
)
from extractors.tables.deals import deal_columns, read_deal
from extractors.tables.key_columns import key_column, measured, ranked, varied
from extractors.tables.key_links import read_link
from extractors.tables.labels import explains, is_silent
from extractors.tables.lineups import read_lineup
from extractors.tables.links import Links, is_former
from extractors.tables.plans import plan_columns, read_plan
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, is_aside, is_local, modality_of
from extractors.tables.shares import shared_by
from extractors.tables.subjects import subjects_of
from extractors.tables.traded import of_traded
from extractors.tables.vocabulary import fold, schema
from extractors.values.values import find_values
from kg.claim import Entity, Modality, Value

_MARKED = re.compile(r"[✅✔☑❌✖✗⚠🟢🔴🟡⭕○◎●△▲▽]")
"""What a verdict begins with."""
_ASIDE = ("rank", "asof", "actor")
_Columns = tuple[int, int | None, int | None]
_TERMS = {"status": "status", "value": "topic", "title": "role"}


def read_rows(reading: Reading) -> None:
    """Claim every cell of every row about the entity in the row's key column."""
    key = key_column(reading)
    if key is None:
        return
    pair, plans = deal_columns(reading), plan_columns(reading)
    lots = None if pair or plans else allotted(reading)
    key = plans["what"] if plans and plans["who"] == key else lots.who if lots else key
    at = measured(reading, key)
    measures = reading.measures([row[at].text for row in reading.rows]) if at is not None else []
    columns = key, ranked(reading, key), varied(reading, key)
    about: list[tuple[int, Entity]] = []
    for row in range(len(reading.rows)):
        if plans:
            read_plan(reading, row, plans)
        if pair:
            read_deal(reading, row, pair)
            continue
        cell = reading.cell(row, key)
        labels = reading.inner[row] == {}
        if labels or is_nothing(cell.text) or not any(ch.isalnum() for ch in cell.text):
            continue
        firm = firm_of_aspects(reading, key, cell)
        if firm is not None:
            read_aspect(reading, row, key, firm)
            continue
        for subject in subjects_of(reading, key, cell, firms=lots is not None):
            about.append((row, subject))
            measure = measures[row] if measures else None
            taken = read_allotment(reading, row, subject, lots) if lots else ()
            _Row(reading, row, columns, subject, measure).read(taken)
    read_lineup(reading, key, about)


class _Row(Links):
    """One row about one entity; ``columns`` are its own, what ranks rows, what tells them apart."""

    def __init__(
        self, reading: Reading, row: int, columns: _Columns, subject: Entity, measure: Header | None
    ) -> None:
        super().__init__(reading, subject)
        self.row = row
        self.key, self.rank_at, self.variant = columns
        self.measure = measure
        self.kind = reading.headers[self.key].cls
        self.unnamed = subject.cls == "Concept" and not self.kind
        self.label = tidy(reading.cell(row, self.key).text)
        self.cells = reading.rows[row]
        told = (modality_of(note) for note in NOTE.findall(self.label))
        self.hedged: Modality | None = next(filter(None, told), None)
        self.qualifiers["group"] = reading.group(row)
        if reading.headers[self.key].role == "status":
            self.qualifiers["condition"] = self.label
        self.rank: tuple[str, str | None] | None = None
        if self.variant is not None:
            self.qualifiers["condition"] = self.cells[self.variant].text
        self.dated: int | None = None
        for i, header in enumerate(reading.headers):
            if i != self.key:
                self._qualify(i, header, self.cells[i].text)
            elif header.role == "rank":
                self.rank = rank_of(self.cells[i].text)

    def _qualify(self, column: int, header: Header, text: str) -> None:
        """Keep what a column says of the whole row: its rank, date, kind, place, status."""
        if header.role == "rank":
            self.rank = rank_of(text)
        elif header.role == "asof":
            self.qualifiers["period"] = date_of(text, self.reading.report.date)
        elif header.role == "date" and self.subject.cls != "Event":
            when = date_of(text, self.reading.report.date)
            self.dated = column
            if when:
                self.qualifiers.setdefault("date" if len(when) == 10 else "period", when)
        elif fold(header.name) in schema().spans and self.subject.cls in (*BODIES, *MADE):
            when = span_of(text, self.reading.report.date)
            self.dated = column if when else self.dated
            self.qualifiers.setdefault("period", when)
        elif header.role in ("status", "value", "title"):
            self.terms[_TERMS[header.role]] = text
        elif is_aside(header):
            self._aside(column, header, text)
        elif (header.cls == "Facility" and self.subject.cls in BODIES and not is_nothing(text)) or (
            self._elsewhere(header) and not is_nothing(text)
        ):
            self.qualifiers["place"] = text

    def _aside(self, column: int, header: Header, text: str) -> None:
        """Keep what kind of figure a row holds, or what it rests on, as a qualifier."""
        if fold(header.text).startswith("출처"):
            return  # where it was read is no condition
        told = self.measure is not None and column == measured(self.reading, self.key)
        if not is_nothing(text) and not told:
            self.qualifiers["basis" if header.role == "basis" else "condition"] = text

    def _elsewhere(self, header: Header) -> bool:
        """Whether a column of places says where the deal is, not where the company sits."""
        if header.cls != "Place" or self.subject.cls not in BODIES:
            return False
        return not any(word.casefold() in header.text.casefold() for word in schema().seats)

    def read(self, taken: Collection[int] = ()) -> None:
        """Go through the columns not ``taken``; a date is a claim only where nothing else is."""
        before = len(self.reading.claims)
        inner = self.reading.inner[self.row] or {}
        for i, printed in enumerate(self.reading.headers):
            header, cell = inner.get(i, printed), self.cells[i]
            built = header.role == "actor" and self.subject.cls == "Facility"
            if i in (self.key, self.dated, self.variant, *taken) or is_nothing(cell.text):
                continue
            if header.role in _ASIDE and not built:
                continue
            if self._is_no_measure(header, cell) or is_silent(header) or self._elsewhere(header):
                continue
            if header.role == "status" and i < self.key and not is_status(cell.text):
                continue  # a step under which firms stand
            place = (self.label, header.text)
            if is_undisclosed(cell.text) or is_status(cell.text):
                self.text(header, cell, place)
            elif i in inner:
                self._labelled(header, cell, place)
            else:
                self._column(i, header, cell, place)
        if self.dated is not None and len(self.reading.claims) == before:
            header, cell = self.reading.headers[self.dated], self.cells[self.dated]
            self.reading.metric(self.subject, header, cell, place=(self.label, header.text))

    def _is_no_measure(self, header: Header, cell: Cell) -> bool:
        """Tell what a label that is no name is judged or argued by, and measures nothing."""
        if not self.unnamed:
            return False
        worded = not header.known and not find_values(cell.text)
        whose = self.reading.exactly(cell.text) if worded else None
        told = header.role == "value" or _MARKED.match(cell.text) or (whose and whose.cls in BODIES)
        return explains(header) or bool(told)

    def _labelled(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        """Claim a cell under a label of its own: where an event takes place, else a text."""
        found = self.reading.names.find(cell.text) if header.cls == "Place" else []
        sites = [entity for entity, _, _ in found if entity.cls == "Place"]
        if sites:
            name = Name(cell.text, 0)
            for site in sites:
                self.add(self.subject, "locatedIn", cell, place, site, name)
            return
        self.text(header, cell, place)

    def _column(self, column: int, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        employed = self.subject.cls == "Person" and header.role == "title"
        if header.role == "ticker":
            self.text(Header(header.text, "티커", known=True), cell, place)
        elif header.role == "developer":
            self.developed_by(header, cell, place)
        elif header.role == "partner":
            self.related(header, cell, place, "partnersWith", BODIES)
        elif header.role == "tier":
            self._tiered(cell, place)
        elif header.role == "actor":
            self.related(header, cell, place, "builds", BODIES, reverse=True)
        elif (
            (header.role == "period" and self.launched(header, cell, place))
            or (employed and any(h.role == "developer" for h in self.reading.headers))
            or (self.subject.cls == "Person" and self.serves(header, cell, place))
        ):
            return
        elif not (
            (header.role == "entity" and self.entities(header, cell, place))
            or self._scored(column, header, cell, place)
            or self._scores_of_thing(header, cell, place)
            or (
                header.role == "metric"
                and read_link(self.reading, self.subject, header, cell, place)
            )
        ):
            self._metric(column, header, cell, place)

    def _metric(self, column: int, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        told = self.measure if is_figure(cell.text) else None
        header = self.reading.under(column, told) if told else self.reading.alone[column]
        header = of_traded(header, self.subject, self.reading.headers[self.key].text, cell.text)
        qualifiers = self._product(header)
        if is_former(self.reading.headers[column]):  # what was left behind has no date of its own
            qualifiers |= {"date": None, "period": None}
        if self.subject.cls in BODIES and (share := shared_by(self.reading, header, cell.text)):
            header, product = share
            qualifiers["product"] = product.label
        elif self.measure is None:
            header = self._composed(header, cell, qualifiers)
        if self._counted(header, cell, place):
            return
        if header.predicate == "changesPrice" and self._repriced(header, cell, place):
            return
        if self.rank and column == self.rank_at:
            qualifiers |= {"rank": self.rank[0], "rankChange": self.rank[1]}
        if self.hedged and header.modality == "fact":
            header = replace(header, modality=self.hedged)
        self.reading.metric(
            self.subject,
            header,
            cell,
            place=place,
            qualifiers=qualifiers,
            currency=self._local() if header.unit is None and is_local(header.text) else None,
        )

    def _composed(self, header: Header, cell: Cell, qualifiers: dict[str, str | None]) -> Header:
        """Figures under a mere kind are the caption's metric of it: "입력" of prices."""
        caption = self.reading.caption.metric
        if header.known or header.role != "metric" or header.unit or not is_figure(cell.text):
            return header
        if not caption.known or caption.role != "metric" or caption.modality == "opinion":
            return header
        thing = self.reading.exactly(header.name)
        if thing and thing.cls in MADE and caption.predicate == "marketShare":
            qualifiers["product"] = thing.label
            return replace(caption, text=header.text, period=header.period or caption.period)
        if caption.predicate == "marketShare" and "%" not in cell.text:
            return header  # sums and counts beside shares
        own = any(h.known and h.role == "metric" and not h.unit for h in self.reading.headers)
        if own or caption.name in header.name:
            return header
        name = f"{header.name} {caption.name}".strip()
        basis = header.basis or caption.basis
        return replace(caption, text=header.text, name=name, basis=basis, predicate="hasMetric")

    def _tiered(self, cell: Cell, place: tuple[str, str]) -> None:
        """A country or company is part of the tier that its row names."""
        tier = self.reading.named(tidy(cell.text), cell.span, "Concept")
        self.reading.add(
            self.subject,
            "partOf",
            cell,
            place=place,
            object=tier,
            value=Value(tidy(cell.text)),
            qualifiers=self.qualifiers,
        )

    def _counted(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A count under a product is how many were bought or supplied, if the caption says so."""
        relation = self.reading.caption.relation
        thing = self.reading.exactly(header.name) if relation in ("purchases", "supplies") else None
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        if not thing or thing.cls not in MADE or not read or self.subject.cls not in BODIES:
            return False
        period = read[1] or header.period or self.reading.caption.period
        self.reading.add(
            self.subject,
            str(relation),
            cell,
            place=place,
            object=thing,
            value=read[0],
            qualifiers={"period": period, **self.qualifiers, "quantity": cell.text},
            modality=header.modality,
        )
        return True

    def _repriced(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A price change of a technology or product belongs to the company of the caption."""
        about = self.reading.caption.subject
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        if about is None or about.cls not in BODIES or self.subject.cls not in MADE or not read:
            return False
        self.reading.add(
            about,
            "changesPrice",
            cell,
            place=place,
            object=self.subject,
            value=read[0],
            qualifiers={"period": read[1] or header.period, **self.qualifiers},
            modality=header.modality,
        )
        return True

    def _local(self) -> str | None:
        """The currency of the exchange that the row's ticker names ("005930 KS")."""
        for i, header in enumerate(self.reading.headers):
            code = self.cells[i].text.split(" ")[-1] if header.role == "ticker" else ""
            if code in schema().exchanges:
                return schema().exchanges[code]
        return None

    def _product(self, header: Header) -> dict[str, str | None]:
        """A company's remark beside its one product is about that product."""
        qualifiers = dict(self.qualifiers)
        if self.subject.cls in BODIES and not header.known:
            products = [
                name.text
                for i, other in enumerate(self.reading.headers)
                if other.role == "entity" and other.cls in MADE and i != self.key
                for name in names_in(self.cells[i].text)
            ]
            if len(products) == 1:
                qualifiers["product"] = products[0]
        return qualifiers

    def _scores_of_thing(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A result in the row of a benchmark is what the caption's one thing scores in it."""
        thing = self.reading.caption.thing if self.subject.cls == "Benchmark" else None
        result = header.role == "score" or fold(header.text) in schema().results
        if thing is None or not result:
            return False
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        self.reading.add(
            thing,
            "scores",
            cell,
            place=place,
            object=self.subject,
            value=read[0] if read else Value(cell.text),
            qualifiers=self.qualifiers,
        )
        return True

    def _scored(self, column: int, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A figure under a score header, or under a benchmark's name, is a score."""
        if self.subject.cls not in THINGS:
            return False
        own = self.reading.known(header.text)
        named = own is not None and own.cls == "Benchmark"
        if header.role != "score" and not named:
            return False
        benchmark = own if named else self.reading.caption.benchmark(header)
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        if benchmark is None or read is None:
            return False
        qualifiers = {**self.qualifiers, "setting": self.reading.caption.setting}
        if self.rank and header.role == "score" and column == self.rank_at:
            qualifiers |= {"rank": self.rank[0], "rankChange": self.rank[1]}
        self.reading.add(
            self.subject,
            "scores",
            cell,
            place=place,
            object=benchmark,
            value=read[0],
            qualifiers=qualifiers,
        )
        return True
