"""Tables whose rows are about entities: companies, models, chips, deals, or things unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from corpus.report import Cell
from extractors.table_cells import (
    Name,
    date_of,
    is_figure,
    is_nothing,
    is_status,
    is_undisclosed,
    names_in,
    rank_of,
    tidy,
    value_of,
)
from extractors.table_deals import MADE, deal_columns, read_deal
from extractors.table_plans import plan_columns, read_plan
from extractors.table_reading import GENERIC, LIKELY, SURE, Reading
from extractors.table_schema import (
    Header,
    fold,
    is_aside,
    is_horizon,
    is_local,
    metric_in,
    read_header,
    returns,
    schema,
    starts,
)
from kg.claim import Entity, Value

_MAKERS = ("Company", "Organization")
_ASIDE = ("rank", "asof", "actor")


def read_rows(reading: Reading) -> None:
    """Claim every cell of every row about the entity in the row's key column."""
    key = key_column(reading)
    if key is None:
        return
    pair, plans = deal_columns(reading), plan_columns(reading)
    for row in range(len(reading.rows)):
        if plans:
            read_plan(reading, row, plans)
        if pair:
            read_deal(reading, row, pair)
            continue
        cell = reading.cell(row, key)
        if is_nothing(cell.text) or not any(ch.isalnum() for ch in cell.text):
            continue
        if fold(cell.text) in schema().totals:
            continue
        for subject in _subjects(reading, key, cell):
            _Row(reading, row, key, subject, cell).read()


def key_column(reading: Reading) -> int | None:
    """The column that says what a row is about: the first of entities, else the first of words."""
    for i, header in enumerate(reading.headers):
        texts = [row[i].text for row in reading.rows if not is_nothing(row[i].text)]
        bare = [t for t in texts if is_figure(t) and not any(ch.isalpha() for ch in t)]
        if header.role == "entity" and len(bare) * 2 <= len(texts):
            return i
    for i, header in enumerate(reading.headers):
        if header.role in ("rank", "ticker", "date", "asof"):
            continue
        texts = [row[i].text for row in reading.rows if not is_nothing(row[i].text)]
        words = [t for t in texts if not is_figure(t)]
        if texts and len(words) * 2 > len(texts):
            return i
    return None


def _subjects(reading: Reading, key: int, cell: Cell) -> list[Entity]:
    cls = reading.headers[key].cls
    names = list(names_in(cell.text)) if cls and "," in cell.text else []
    if len(names) > 1:
        return [reading.named(name.text, cell.span, cls) for name in names]
    parts = re.split(r"\s*[·/&+]\s*", cell.text)
    each = [reading.exactly(part) for part in parts] if len(parts) > 1 else []
    if each and all(each):
        return [entity for entity in each if entity]
    listed = [reading.exactly(part) for part in re.split(r"\s*,\s*", cell.text)]
    if len(listed) > 1 and all(listed):
        return [entity for entity in listed if entity]
    known = None if cls else reading.exactly(cell.text)
    return [known or reading.named(tidy(cell.text), cell.span, cls)]


def caption_metric(reading: Reading) -> Header:
    """What the figures of a table are when its columns are only periods: the caption says."""
    title = reading.table.title
    header = read_header(title, reading.report.date)
    if header.known and header.role == "metric":
        return header
    name = metric_in(title)
    if name:
        entry = next(entry for entry in schema().metrics if entry["name"] == name)
        predicate = str(entry.get("predicate", "hasMetric"))
        return replace(header, name=name, known=True, predicate=predicate, period=None)
    return replace(header, name=header.name if header.role == "metric" else title, known=False)


class _Row:
    """One row about one entity."""

    def __init__(self, reading: Reading, row: int, key: int, subject: Entity, label: Cell) -> None:
        self.reading = reading
        self.row = row
        self.key = key
        self.subject = subject
        self.label = tidy(label.text)
        self.cells = reading.rows[row]
        self.qualifiers: dict[str, str | None] = {"group": reading.group(row)}
        self.terms: dict[str, str | None] = {}
        self.rank: tuple[str, str | None] | None = None
        self.ranked = False
        for i, header in enumerate(reading.headers):
            if header.role == "rank":
                self.rank = rank_of(self.cells[i].text)
            elif header.role == "asof" and i != key:
                self.qualifiers["period"] = date_of(self.cells[i].text, reading.report.date)
            elif header.role in ("status", "value", "title") and i != key:
                term = {"status": "status", "value": "topic", "title": "role"}[header.role]
                self.terms[term] = self.cells[i].text
            elif is_aside(header) and i != key:
                self._aside(header, self.cells[i].text)
            elif self._elsewhere(header) and not is_nothing(self.cells[i].text):
                self.qualifiers["place"] = self.cells[i].text

    def _aside(self, header: Header, text: str) -> None:
        """Keep what kind of figure a row holds, or what it rests on, as a qualifier."""
        if not is_nothing(text):
            self.qualifiers["condition" if header.role == "attribute" else "basis"] = text

    def _elsewhere(self, header: Header) -> bool:
        """Whether a column of places says where the deal is, not where the company sits."""
        seat = any(word.casefold() in header.text.casefold() for word in schema().seats)
        return header.cls == "Place" and self.subject.cls in _MAKERS and not seat

    def read(self) -> None:
        """Go through the columns."""
        for i, header in enumerate(self.reading.headers):
            cell = self.cells[i]
            if i == self.key or is_nothing(cell.text) or header.role in _ASIDE:
                continue
            if is_aside(header):
                continue
            if self._elsewhere(header):
                continue
            place = (self.label, header.text)
            if is_undisclosed(cell.text) or is_status(cell.text):
                self._text(header, cell, place)
            else:
                self._column(header, cell, place)

    def _column(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        if header.role == "ticker":
            self._text(Header(header.text, "티커", known=True), cell, place)
        elif header.role == "developer":
            self._developed_by(header, cell, place)
        elif header.role == "partner":
            self._related(header, cell, place, "partnersWith", _MAKERS)
        elif header.role == "entity" and header.cls:
            self._entities(header, cell, place)
        elif not self._scored(header, cell, place):
            self._metric(header, cell, place)

    def _metric(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        if header.role == "period":
            header = self._of_period(header)
        elif not header.known and self._periodic and is_figure(cell.text):
            caption = caption_metric(self.reading)
            if caption.known:
                header = replace(header, name=f"{caption.name} {header.name}", known=True)
        if header.predicate == "changesPrice" and self._repriced(header, cell, place):
            return
        qualifiers = self._product(header)
        if self.rank and not self.ranked:
            qualifiers |= {"rank": self.rank[0], "rankChange": self.rank[1]}
            self.ranked = True
        self.reading.metric(
            self.subject,
            header,
            cell,
            place=place,
            qualifiers=qualifiers,
            currency=self._local() if header.unit is None and is_local(header.text) else None,
        )

    def _of_period(self, header: Header) -> Header:
        """A period's column holds the caption's metric; what is past is no forecast."""
        caption = caption_metric(self.reading)
        if is_horizon(header.period or "") and not caption.known:
            caption = returns(header)
        when = starts(header.period or "")
        past = when is not None and when.year < self.reading.report.date.year
        modality = header.modality
        if modality == "fact" and not past:
            modality = caption.modality
        return replace(
            caption,
            text=header.text,
            role="metric",
            unit=header.unit or caption.unit,
            period=header.period,
            modality=modality,
        )

    @property
    def _periodic(self) -> bool:
        return sum(1 for header in self.reading.headers if header.role == "period") > 1

    def _repriced(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A price change of a technology or product belongs to the company of the caption."""
        about = self.reading.subject_of_caption()
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        if about is None or about.cls not in _MAKERS or self.subject.cls not in MADE or not read:
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
        if self.subject.cls in _MAKERS and not header.known:
            products = [
                name.text
                for i, other in enumerate(self.reading.headers)
                if other.role == "entity" and other.cls in MADE and i != self.key
                for name in names_in(self.cells[i].text)
            ]
            if len(products) == 1:
                qualifiers["product"] = products[0]
        return qualifiers

    def _text(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
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

    def _scored(self, header: Header, cell: Cell, place: tuple[str, str]) -> bool:
        """A figure under a score header, or under a benchmark's name, is a score."""
        if self.subject.cls not in ("Model", "Chip", "Software", "Product"):
            return False
        own = self.reading.known(header.text)
        named = own is not None and own.cls == "Benchmark"
        if header.role != "score" and not named:
            return False
        benchmark = own if named else self.reading.benchmark(header)
        read = value_of(cell.text, self.reading.unit(header), self.reading.report.date)
        if benchmark is None or read is None:
            return False
        qualifiers = {**self.qualifiers, "setting": self.reading.setting()}
        if self.rank and header.role == "score":
            qualifiers |= {"rank": self.rank[0], "rankChange": self.rank[1]}
            self.ranked = True
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

    def _developed_by(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        if self.subject.cls == "Paper" or self.subject.cls in MADE:
            predicate = "publishes" if self.subject.cls == "Paper" else "develops"
            for name in names_in(cell.text):
                maker = self.reading.agent(name.text, cell.span)
                self._add(maker, predicate, cell, place, self.subject, name)
        elif self.subject.cls == "Person":
            self._related(header, cell, place, "worksFor", _MAKERS)
        else:
            self._text(header, cell, place)

    def _related(
        self,
        header: Header,
        cell: Cell,
        place: tuple[str, str],
        predicate: str,
        classes: tuple[str, ...],
        *,
        reverse: bool = False,
    ) -> None:
        named = list(names_in(cell.text))
        for name in named:
            other = (
                self.reading.agent(name.text, cell.span)
                if classes == _MAKERS
                else self.reading.names.resolve(name.text, cell.span, classes)
            )
            subject, object = (other, self.subject) if reverse else (self.subject, other)
            self._add(subject, predicate, cell, place, object, name)
        if not named:
            self._text(header, cell, place)

    def _entities(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        """A column of entities beside the row's own: what relates them follows from the classes."""
        cls, own = header.cls or "", self.subject.cls
        if own in _MAKERS and cls in MADE:
            self._related(header, cell, place, "develops", (cls,))
        elif own in MADE and cls == "Company":
            predicate = product_relation(header.text)
            self._related(header, cell, place, predicate, _MAKERS, reverse=True)
        elif own == "Model" and cls in ("Chip", "Software"):
            self._related(header, cell, place, "uses", (cls,))
        elif cls == "Place" and own in (*_MAKERS, "Facility"):
            self._related(header, cell, place, "locatedIn", ("Place",))
        elif own == "Facility" and cls == "Company":
            self._related(header, cell, place, "builds", _MAKERS, reverse=True)
        elif own in _MAKERS and cls == "Company":
            self._companies(header, cell, place)
        elif not self._scored(header, cell, place):
            self._metric(header, cell, place)

    def _companies(self, header: Header, cell: Cell, place: tuple[str, str]) -> None:
        lower = header.text.casefold()
        for entry in schema().companies:
            if any(word in lower for word in entry["words"]):
                back = bool(entry.get("reverse"))
                self._related(header, cell, place, entry["predicate"], _MAKERS, reverse=back)
                return
        self._metric(header, cell, place)

    def _add(
        self,
        subject: Entity,
        predicate: str,
        cell: Cell,
        place: tuple[str, str],
        object: Entity,
        name: Name,
        confidence: Decimal = SURE,
    ) -> None:
        qualifiers = {**self.qualifiers, "node": name.node, "condition": name.condition}
        fitting = {"worksFor": ("role",), "partnersWith": ("status", "topic")}
        qualifiers |= {
            key: text
            for key, text in self.terms.items()
            if key in fitting.get(predicate, ("status",)) and not is_nothing(text or "")
        }
        self.reading.add(
            subject,
            predicate,
            cell,
            place=place,
            object=object,
            qualifiers=qualifiers,
            confidence=confidence,
        )


def product_relation(header: str) -> str:
    """What a company named under ``header`` does to the product the row or column is about."""
    lower = header.casefold()
    for entry in schema().companies:
        if "product" in entry and any(word in lower for word in entry["words"]):
            return str(entry["product"])
    return "develops"
