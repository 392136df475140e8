"""Tables whose columns are entities: specifications, comparisons, who makes what with whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES, THINGS
from extractors.language.words import is_common, is_listed
from extractors.tables.cells import (
    is_nothing,
    is_status,
    is_total,
    is_undisclosed,
    names_in,
    tidy,
    value_of,
)
from extractors.tables.key_links import read_link
from extractors.tables.labels import explains
from extractors.tables.links import product_relation
from extractors.tables.matrix import is_pair, read_pair
from extractors.tables.orientation import runs_across
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, read_header
from extractors.tables.subjects import told_apart
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity

_PERIOD = re.compile(
    r"\s(?:(?:FY|F|C|CY)?[QH]?\d['’\dQHEFAP]*|(?:20)?\d\d년(?:\s?[1-4]분기|\s?[상하]반기)?)"
)
"""A period behind a firm's name: "가나전자 1Q31", "다라칩스 FQ3'31"."""
_TIMED = re.compile(
    r"(?P<name>.*[가-힣A-Za-z]{2}.*?)\s(?P<period>"
    r"(?:FY|F|CY|C)?(?:[1-4]Q|Q[1-4]|[12]H|H[12])\s?['’]?(?:20)?\d\d\s?\(?[EFAP]?\)?"
    r"|FY\s?['’]?(?:20)?\d\d\s?\(?[EFAP]?\)?|(?:20)?\d\d(?:년|[EFAP])(?:\s?[1-4]분기|\s?[상하]반기)?)"
)
"""A name with a period behind it that tells itself from a number: not "가나 5080"."""
_FEWEST = 2
_NEXT = re.compile(r"다음|차기|내년|next|가이던스|guidance", re.IGNORECASE)
_NAMED = re.compile(r"[A-Za-z0-9]")


def leading(reading: Reading) -> int:
    """How many columns at the left hold labels: one, or more attribute columns in a row."""
    count = 0
    for header in reading.headers[:-1]:
        if header.role != "attribute" and count:
            break
        count += 1
        if header.role != "attribute":
            break
    return max(count, 1)


_OF_ATTRIBUTES = ("Benchmark", "Technology")
"""Classes of what rows may be of which columns of others tell: "3나노 | 양산 중 | 개발 중"."""


def has_entity_columns(reading: Reading) -> bool:
    """Whether the columns right of the labels are entities, so that rows are attributes."""
    first = reading.headers[0]
    others = reading.headers[leading(reading) :]
    if first.role not in ("attribute", "metric") and first.cls not in _OF_ATTRIBUTES:
        return False
    known = [_named_by(reading, header) for header in others]
    found = [e for e in known if e and e.cls not in ("Benchmark", "Concept", "Market")]
    if found and len(found) * 2 >= len(others):
        return not _about_rows(reading, found)
    if _has_unknown_firms(reading, others):
        return True
    plain = all(h.role == "metric" and not h.known and h.text for h in others)
    if first.role != "attribute" or not plain or len(others) < 2:
        return False
    if all(is_common(header.text) for header in others):
        return False  # "현황", "시사점"
    if reading.caption.subject and not any(_NAMED.search(h.text) for h in others):
        return False
    labels = [read_header(row[0].text, reading.report.date) for row in reading.rows]
    if sum(1 for label in labels if label.known or label.unit) * 2 > len(labels):
        return True
    return runs_across(reading, len(reading.headers) - len(others))


def _has_unknown_firms(reading: Reading, others: Sequence[Header]) -> bool:
    """Whether most columns are names with a period behind them, and rows a firm's figures."""
    named = [name for header in others if (name := _timed(header, reading.report.date)[0])]
    if len(named) * 2 <= len(others):
        return False
    return len(_accounts(reading)) >= _FEWEST


def _accounts(reading: Reading) -> list[Header]:
    """The rows that are sums of a firm's accounts."""
    measures = reading.measures([row[0].text for row in reading.rows])
    return [m for m in measures if m and m.name in schema().accounts]


def _timed(header: Header, date: dt.date) -> tuple[str, str]:
    """Part a name from the period behind it: "다라칩스 FQ3'31"; no name, if it is none."""
    match = _TIMED.fullmatch(header.text)
    if match is None:
        return "", ""
    name, words = match["name"].strip(), schema()
    told = fold(name) in words.versions | words.consensus or name in words.wholes
    plain = told or is_listed(name) or read_header(name, date).known
    return ("", "") if plain else (name, match["period"].strip())


def _named_by(reading: Reading, header: Header) -> Entity | None:
    """The known entity that a column is about, a period behind its name or not."""
    known = reading.known(header.text)
    found = [] if known else reading.names.find(header.text)
    timed = found and found[0][1] == 0 and _PERIOD.fullmatch(header.text[found[0][2] :])
    return found[0][0] if timed else known


def _about_rows(reading: Reading, columns: list[Entity]) -> bool:
    """Whether the rows are companies and the columns what is counted of them."""
    agents = BODIES
    rows = [reading.exactly(row[0].text) for row in reading.rows]
    known = sum(1 for entity in rows if entity and entity.cls in agents)
    return known * 2 > len(rows) and not any(entity.cls in agents for entity in columns)


def read_entity_columns(reading: Reading) -> None:
    """Claim each cell about its column's entity; a row of relation words changes what follows."""
    first = leading(reading)
    cls = "Model" if reading.headers[0].cls == "Benchmark" else reading.caption.kind or "Product"
    cls = "Company" if _has_unknown_firms(reading, reading.headers[first:]) else cls
    beside = [e for h in reading.headers[first:] if (e := _named_by(reading, h))]
    cls = "Company" if beside and all(e.cls in BODIES for e in beside) else cls
    date, span = reading.report.date, reading.table.span
    columns = {
        i: _named_by(reading, header)
        or reading.named(_timed(header, date)[0] or header.text, span, cls)
        for i, header in enumerate(reading.headers)
        if i >= first
        and header.text
        and not _is_kind(reading, header)
        and not (is_total(header.text) or is_listed(header.text))
        and not (header.role == "remark" or explains(header))
    }
    heads = [reading.headers[i].text for i in columns]
    columns = {
        i: told_apart(reading, reading.headers[i].text, entity, heads)
        for i, entity in columns.items()
    }
    kinds = [i for i, h in enumerate(reading.headers) if i >= first and _is_kind(reading, h)]
    relation: str | None = None
    labels = [label_of(reading, row, first) for row in range(len(reading.rows))]
    measures = reading.measures([label.text for label in labels])
    for row, label in enumerate(labels):
        if not label.text:
            continue
        words = _relation(reading, row, columns)
        if words:
            relation = words
            continue
        for i, subject in columns.items():
            cell = reading.rows[row][i]
            if is_nothing(cell.text):
                continue
            partner = None if relation else reading.exactly(label.text)
            if partner and is_pair(subject, partner):
                read_pair(
                    reading, cell, subject, partner, (tidy(label.text), header_text(reading, i))
                )
            elif relation:
                _related(reading, row, i, subject, label, relation)
            else:
                _attribute(reading, row, i, subject, label, measures[row])
        for i in kinds:
            _kind_of_row(reading, row, i, columns)


def _is_kind(reading: Reading, header: Header) -> bool:
    """Whether a header among entities is only the word for a kind of thing ("공정")."""
    return header.role == "entity" and reading.exactly(header.text) is None


def _kind_of_row(reading: Reading, row: int, column: int, columns: Iterable[int]) -> None:
    """A cell under such a word is about the chips and models that its row names."""
    cell = reading.rows[row][column]
    header = reading.headers[column]
    if is_nothing(cell.text) or is_undisclosed(cell.text):
        return
    for i in columns:
        for name in names_in(reading.rows[row][i].text):
            thing = reading.known(name.text)
            if thing and thing.cls in THINGS:
                place = (tidy(reading.rows[row][0].text), header.text)
                reading.metric(thing, replace(header, role="metric"), cell, place=place)


def header_text(reading: Reading, column: int) -> str:
    """The printed header of a column."""
    return reading.headers[column].text


def label_of(reading: Reading, row: int, first: int) -> Cell:
    """The label nearest to the figures: the last filled one of the leading cells."""
    cells = [reading.cell(row, i) for i in range(first)]
    return next((cell for cell in reversed(cells) if cell.text), cells[0])


def group_of(reading: Reading, row: int, first: int, label: Cell) -> str | None:
    """What a row's label stands under: an outer row header, else a group row."""
    above = [reading.cell(row, i).text for i in range(first)]
    return next((text for text in above if text and text != label.text), reading.group(row))


def _relation(reading: Reading, row: int, columns: dict[int, Entity]) -> str | None:
    """The predicate of a row whose cells name a relation to their own columns."""
    texts = [reading.rows[row][i].text for i in columns]
    filled = [text for text in texts if not is_nothing(text)]
    if not filled or any(len(text) > 40 or any(ch.isdigit() for ch in text) for text in filled):
        return None
    for predicate, words in schema().relations.items():
        if all(any(word in fold(text) for word in words) for text in filled):
            named = [reading.names.find(text) for text in filled]
            label = read_header(reading.rows[row][0].text, reading.report.date)
            heads = label.role == "partner" or label.cls == "Company"
            return predicate if all(named) or heads else None
    return None


def _attribute(
    reading: Reading, row: int, column: int, subject: Entity, label: Cell, measure: Header | None
) -> None:
    first = leading(reading)
    cell = reading.rows[row][column]
    header = measure or read_header(tidy(label.text), reading.report.date)
    place = (tidy(label.text), reading.headers[column].text)
    group = group_of(reading, row, first, label)
    benchmark = reading.known(label.text)
    if benchmark is None and reading.headers[0].cls == "Benchmark" and not is_total(label.text):
        benchmark = reading.named(tidy(label.text), label.span, "Benchmark")
    read = value_of(cell.text, reading.unit(header), reading.report.date)
    if benchmark and benchmark.cls == "Benchmark" and read:
        reading.add(
            subject, "scores", cell, place=place, object=benchmark, value=read[0],
            qualifiers={"group": group},
        )  # fmt: skip
        return
    if header.cls == "Company" and subject.cls in THINGS:
        for name in names_in(cell.text):
            company = reading.agent(name.text, cell.span)
            relation = product_relation(header.text)
            reading.add(company, relation, cell, place=place, object=subject)
        return
    if read_link(reading, subject, header, cell, place):
        return
    if not _NEXT.search(label.text):
        header = _of_column(header, reading.headers[column], reading.report.date)
    reading.metric(subject, header, cell, place=place, qualifiers={"group": group})


def _of_column(header: Header, column: Header, date: dt.date) -> Header:
    """A row's metric in the period of a column: one of a firm's own year is kept as printed."""
    if header.period:
        return header
    own = None if column.period else _timed(column, date)[1] or None
    modality = column.modality if header.modality == "fact" else header.modality
    return replace(
        header,
        period=column.period,
        standing=column.standing,
        modality=modality,
        basis=header.basis or own,
    )


def _related(
    reading: Reading, row: int, column: int, subject: Entity, label: Cell, relation: str
) -> None:
    """A cell under relation words: names are what is made, the row's label is the partner."""
    cell = reading.rows[row][column]
    place = (tidy(label.text), reading.headers[column].text)
    partner = reading.known(label.text) or reading.named(tidy(label.text), label.span, "Company")
    if is_status(cell.text) or is_undisclosed(cell.text):
        reading.add(
            subject,
            "partnersWith",
            cell,
            place=place,
            object=partner,
            qualifiers={"status": cell.text, "topic": _topic(relation)},
        )
        return
    for name in names_in(cell.text):
        made = reading.named(name.text, cell.span, reading.caption.kind or "Product")
        together = relation in ("coDevelops", "develops")
        reading.add(
            subject,
            relation,
            cell,
            place=place,
            object=made if together else partner,
            qualifiers={
                "partner" if together else "product": partner.label if together else made.label,
                "node": name.node,
                "condition": name.condition,
            },
        )


def _topic(relation: str) -> str:
    from kg.vocab import PREDICATES

    return PREDICATES[relation].ko
