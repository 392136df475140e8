"""Tables whose columns are entities (specifications, comparisons) or periods of one entity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.report import Cell
from extractors.table_cells import (
    is_figure,
    is_nothing,
    is_status,
    is_undisclosed,
    names_in,
    tidy,
    value_of,
)
from extractors.table_matrix import is_pair, read_pair
from extractors.table_reading import LIKELY, Reading
from extractors.table_rows import caption_metric, product_relation
from extractors.table_schema import Header, fold, is_unit, period_of, read_header, schema
from kg.claim import Entity

_UNIT_ROW = re.compile(r"^(?:in|단위:?)\s+(?P<unit>.+)$", re.IGNORECASE)


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


def has_entity_columns(reading: Reading) -> bool:
    """Whether the columns right of the labels are entities, so that rows are attributes."""
    first = reading.headers[0]
    others = reading.headers[leading(reading) :]
    if first.role not in ("attribute", "metric") and first.cls != "Benchmark":
        return False
    known = [reading.known(header.text) for header in others]
    found = [e for e in known if e and e.cls not in ("Benchmark", "Concept", "Market")]
    if found and len(found) * 2 >= len(others):
        return not _about_rows(reading, found)
    plain = all(h.role == "metric" and not h.known and h.text for h in others)
    if first.role != "attribute" or not plain or len(others) < 2:
        return False
    labels = [read_header(row[0].text, reading.report.date) for row in reading.rows]
    return sum(1 for label in labels if label.known or label.unit) * 2 > len(labels)


def _about_rows(reading: Reading, columns: list[Entity]) -> bool:
    """Whether the rows are companies and the columns what is counted of them."""
    agents = ("Company", "Organization")
    rows = [reading.exactly(row[0].text) for row in reading.rows]
    known = sum(1 for entity in rows if entity and entity.cls in agents)
    return known * 2 > len(rows) and not any(entity.cls in agents for entity in columns)


def read_entity_columns(reading: Reading) -> None:
    """Claim each cell about its column's entity; a row of relation words changes what follows."""
    first = leading(reading)
    cls = "Model" if reading.headers[0].cls == "Benchmark" else _kind(reading) or "Product"
    columns = {
        i: reading.known(header.text) or reading.named(header.text, reading.table.span, cls)
        for i, header in enumerate(reading.headers)
        if i >= first and header.text and not _is_kind(reading, header)
    }
    kinds = [i for i, h in enumerate(reading.headers) if i >= first and _is_kind(reading, h)]
    relation: str | None = None
    for row in range(len(reading.rows)):
        label = _label(reading, row, first)
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
                _attribute(reading, row, i, subject, label)
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
            if thing and thing.cls in ("Chip", "Model", "Software", "Product"):
                place = (tidy(reading.rows[row][0].text), header.text)
                reading.metric(thing, replace(header, role="metric"), cell, place=place)


def header_text(reading: Reading, column: int) -> str:
    """The printed header of a column."""
    return reading.headers[column].text


def _kind(reading: Reading) -> str | None:
    """The class that the caption's words give to new names."""
    caption = f"{reading.table.title} {reading.table.subtitle}".casefold()
    for cls, words in schema().kinds.items():
        if any(word.casefold() in caption for word in words):
            return cls
    return None


def _label(reading: Reading, row: int, first: int) -> Cell:
    """The label nearest to the figures: the last filled one of the leading cells."""
    cells = [reading.cell(row, i) for i in range(first)]
    return next((cell for cell in reversed(cells) if cell.text), cells[0])


def _group(reading: Reading, row: int, first: int, label: Cell) -> str | None:
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


def _attribute(reading: Reading, row: int, column: int, subject: Entity, label: Cell) -> None:
    first = leading(reading)
    cell = reading.rows[row][column]
    header = read_header(tidy(label.text), reading.report.date)
    place = (tidy(label.text), reading.headers[column].text)
    group = _group(reading, row, first, label)
    benchmark = reading.known(label.text)
    if benchmark is None and reading.headers[0].cls == "Benchmark":
        benchmark = reading.named(tidy(label.text), label.span, "Benchmark")
    read = value_of(cell.text, reading.unit(header), reading.report.date)
    if benchmark and benchmark.cls == "Benchmark" and read:
        reading.add(
            subject, "scores", cell, place=place, object=benchmark, value=read[0],
            qualifiers={"group": group},
        )  # fmt: skip
        return
    if header.cls == "Company" and subject.cls in ("Chip", "Model", "Product", "Software"):
        for name in names_in(cell.text):
            company = reading.agent(name.text, cell.span)
            relation = product_relation(header.text)
            reading.add(company, relation, cell, place=place, object=subject)
        return
    reading.metric(subject, header, cell, place=place, qualifiers={"group": group})


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
        made = reading.named(name.text, cell.span, _kind(reading) or "Product")
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


def has_period_columns(reading: Reading) -> bool:
    """Whether the columns right of the labels are years, quarters or horizons."""
    others = reading.headers[leading(reading) :]
    periods = [header for header in others if header.role == "period"]
    return len(periods) >= 2 and len(periods) * 2 > len(others)


def read_period_columns(reading: Reading) -> bool:
    """Claim the figures of the caption's entity by metric and period; False if it has none.

    A row whose label is a known entity is about that one.
    """
    first = leading(reading)
    about = reading.subject_of_caption()
    labels = [_label(reading, row, first) for row in range(len(reading.rows))]
    if reading.headers[0].role == "entity" or about is None:
        return False
    if sum(1 for label in labels if reading.known(label.text)) * 2 > len(labels):
        return False
    for row, label in enumerate(labels):
        if not label.text:
            continue
        base = read_header(tidy(label.text), reading.report.date)
        group = _group(reading, row, first, label)
        for i, header in enumerate(reading.headers[first:], start=first):
            merged = _merged(base, header)
            place = (tidy(label.text), header.text)
            cell = reading.rows[row][i]
            reading.metric(about, merged, cell, place=place, qualifiers={"group": group})
    return True


def _merged(row: Header, column: Header) -> Header:
    modality = column.modality if column.modality != "fact" else row.modality
    if column.role == "period":
        return replace(row, period=column.period, modality=modality)
    return replace(row, name=f"{row.name} {column.name}", modality=modality)


def has_figures_of_caption(reading: Reading) -> bool:
    """Whether unknown rows and columns of figures are about the entity of the caption."""
    if any(h.role in ("entity", "rank", "ticker", "developer") for h in reading.headers):
        return False
    cells = [c for row in reading.rows for c in row[1:] if not is_nothing(c.text)]
    figures = [c for c in cells if is_figure(c.text) or value_of(c.text, None, reading.report.date)]
    if not cells or len(figures) * 3 < len(cells) * 2:
        return False
    if any(
        reading.exactly(row[0].text) for row in reading.rows if not _UNIT_ROW.match(row[0].text)
    ):
        return False
    return reading.subject_of_caption() is not None


def read_figures_of_caption(reading: Reading) -> None:
    """Rows are units or metrics, columns phases or kinds (kept as the condition)."""
    about = reading.subject_of_caption()
    if about is None:
        return
    corner = reading.headers[0]
    for cells in reading.rows:
        label = tidy(cells[0].text)
        if not label:
            continue
        unit_row = _UNIT_ROW.match(label)
        base = corner if unit_row else read_header(label, reading.report.date)
        if base.role == "period":
            base = replace(caption_metric(reading), period=base.period)
        for i, header in enumerate(reading.headers[1:], start=1):
            cell = cells[i]
            if unit_row:
                used = replace(base, unit=_unit(unit_row["unit"]))
            else:
                used = replace(base, period=header.period or base.period)
            kept = {"condition": None if header.role == "period" else header.text}
            if unit_row and not is_unit(unit_row["unit"]):
                kept["basis"] = unit_row["unit"]
            reading.metric(
                about, used, cell, place=(label, header.text), qualifiers=kept, confidence=LIKELY
            )


def _unit(text: str) -> str:
    """ "H800 GPU Hours" is GPU Hours: the machine is what it is counted on."""
    words = text.split()
    while len(words) > 1 and any(ch.isdigit() for ch in words[0]):
        words = words[1:]
    return " ".join(words)


def has_keys(reading: Reading) -> bool:
    """Whether it lists keys and values: an attribute column, then a value column."""
    roles = [header.role for header in reading.headers]
    return "value" in roles and "attribute" in roles[: roles.index("value")]


def read_keys(reading: Reading) -> bool:
    """Claim keys and values about the caption's entity, or about known ones in the keys."""
    roles = [header.role for header in reading.headers]
    at = roles.index("value")
    about = reading.subject_of_caption()
    for row in range(len(reading.rows)):
        label = _label(reading, row, at)
        own = reading.known(label.text)
        subject = own or about
        if not label.text or subject is None:
            continue
        cells = reading.rows[row]
        kept: dict[str, str | None] = {"group": _group(reading, row, at, label)}
        for i in range(at + 1, len(cells)):
            if roles[i] in ("asof", "date") and not is_nothing(cells[i].text):
                kept["period"] = _when(cells[i].text, reading)
        header = read_header(tidy(label.text), reading.report.date)
        if own:
            header = replace(reading.headers[at], known=False)
        place = (tidy(label.text), reading.headers[at].text)
        reading.metric(subject, header, cells[at], place=place, qualifiers=kept)
        _remarks(reading, row, at, subject, label)
    return about is not None or bool(reading.claims)


def _when(text: str, reading: Reading) -> str:
    from extractors.table_cells import date_of

    return period_of(text, reading.report.date) or date_of(text, reading.report.date) or text


def _remarks(reading: Reading, row: int, at: int, subject: Entity, label: Cell) -> None:
    """What stands beside the value: a claim of its own, named after the key."""
    for i in range(at + 1, len(reading.headers)):
        header, cell = reading.headers[i], reading.rows[row][i]
        if header.role in ("asof", "date", "rank") or is_nothing(cell.text):
            continue
        named = Header(header.text, f"{tidy(label.text)} {header.name}")
        reading.remark(subject, named, cell, place=(tidy(label.text), header.text))
