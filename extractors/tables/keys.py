"""Keys and values: fact sheets of one firm or thing, with a header or without."""

from __future__ import annotations

from dataclasses import replace

from corpus.report import Cell
from extractors.classes import BODIES, MADE, THINGS
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import is_category
from extractors.tables.accounts import noted_firm, titled_firm
from extractors.tables.cells import date_of, is_nothing, is_total, names_in, tidy, value_of
from extractors.tables.columns import group_of, label_of
from extractors.tables.key_links import read_link
from extractors.tables.labels import explains
from extractors.tables.periods import period_of
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, read_header
from extractors.tables.vocabulary import fold, schema
from extractors.values.metric_data import load_metrics
from extractors.values.values import find_values
from kg.claim import Entity


def has_keys(reading: Reading) -> bool:
    """Whether it lists keys and values: an attribute column, then a value column."""
    roles = [header.role for header in reading.headers]
    return "value" in roles and "attribute" in roles[: roles.index("value")]


def read_keys(reading: Reading) -> bool:
    """Claim keys and values about the caption's entity, or about known ones in the keys."""
    roles = [header.role for header in reading.headers]
    at = roles.index("value")
    named = _named_itself(reading, at)
    about = named or reading.caption.subject or noted_firm(reading) or _headed_thing(reading)
    firm = about is not None and about.cls in BODIES
    labels = [label_of(reading, row, at) for row in range(len(reading.rows))]
    owned = [_own(reading, label.text, firm=firm) for label in labels]
    for row, (label, own) in enumerate(zip(labels, owned, strict=True)):
        subject = own or _whose(reading, label.text) or about
        if subject is None and any(owned):
            subject = _itself(reading, label, reading.rows[row][at])
        naming = named is not None and fold(label.text) in schema().naming
        if not label.text or subject is None or naming:
            continue
        cells = reading.rows[row]
        kept: dict[str, str | None] = {"group": group_of(reading, row, at, label)}
        for i in range(at + 1, len(cells)):
            if roles[i] in ("asof", "date") and not is_nothing(cells[i].text):
                kept["period"] = _when(cells[i].text, reading)
        name = _besides(reading, label.text) if own else tidy(label.text)
        header = read_header(name, reading.report.date)
        if not name and fold(reading.headers[at].text) in schema().unmeasuring:
            continue  # "GPU | H200 6,144장": nothing says what is measured
        if not name:
            header = replace(reading.headers[at], known=False)
        place = (tidy(label.text), reading.headers[at].text)
        if not read_link(reading, subject, header, cells[at], place):
            reading.metric(subject, header, cells[at], place=place, qualifiers=kept)
        _remarks(reading, row, at, subject, label)
    return about is not None or bool(reading.claims)


def _named_itself(reading: Reading, at: int) -> Entity | None:
    """What a sheet says it is about: "제품명 | K2", "회사명 | 가나전자"."""
    for cells in reading.rows:
        header = read_header(tidy(cells[0].text), reading.report.date)
        names = list(names_in(cells[at].text))
        if header.role == "entity" and fold(header.text) in schema().naming and len(names) == 1:
            return reading.named(names[0].text, cells[at].span, header.cls)
    return None


def _own(reading: Reading, label: str, *, firm: bool) -> Entity | None:
    """Whom a key itself names; a firm's sheet tells its own "패키징 매출" and "D램 비중"."""
    known = reading.known(label) or _named_in(reading, label)
    if known is None or not firm:
        return known
    kind = known.cls not in (*BODIES, *THINGS) or known.label in load_frames().generic
    of_firm = (kind or is_category(known)) and _is_of_firms(_besides(reading, label))
    return None if of_firm else known


def _itself(reading: Reading, label: Cell, cell: Cell) -> Entity | None:
    """What a sum is of among figures of others, where its key names nobody: "계약 금액"."""
    money = any(found.value.currency for found in find_values(cell.text))
    header = read_header(tidy(label.text), reading.report.date)
    named = header.known and header.role == "metric"
    summed = money and not named and not is_total(label.text)
    return reading.named(tidy(label.text), label.span, None) if summed else None


def _is_of_firms(words: str) -> bool:
    metric = load_metrics().words.get(words)
    return words.endswith(_PARTS) or (metric is not None and metric.of == "org")


_PAIR = 2
_WIDTHS = (_PAIR, 2 * _PAIR)
_PARTS = ("비중", "점유율")


def _whose(reading: Reading, label: str) -> Entity | None:
    """The one thing told of, where a key is such as only things have: "파라미터 수"."""
    header = read_header(tidy(label), reading.report.date)
    return reading.caption.thing if header.name in schema().of_things else None


def _headed_thing(reading: Reading) -> Entity | None:
    """The thing with which both the report's title and a heading above begin."""
    led = [reading.names.find(t)[:1] for t in (reading.report.title, *reading.table.section)]
    first = [found[0][0] if found and found[0][1] == 0 else None for found in led]
    thing = first[0] if first[0] and first[0].cls in MADE else None
    return thing if thing and any(e and e.id == thing.id for e in first[1:]) else None


def _named_in(reading: Reading, label: str) -> Entity | None:
    """The firm or thing that a key tells something of: "가나 K2 양산 개시"."""
    named = [e for e, _, _ in reading.names.find(label) if e.cls in (*BODIES, *MADE)]
    return named[-1] if len(named) == 1 else None


def _besides(reading: Reading, label: str) -> str:
    """What a key says besides the name that it begins with: the "수율" of "K2 수율"."""
    text = tidy(label)
    found = [] if reading.exactly(text) else reading.names.find(text)
    if not found:
        return ""
    leads = len(found) == 1 and found[0][1] == 0
    return text[found[0][2] :].strip() if leads else text


def has_bare_keys(reading: Reading) -> bool:
    """Whether keys and values stand without a header, the first pair or pairs in its place."""
    if len(reading.headers) not in _WIDTHS or len(reading.table.header) != 1:
        return False
    keys = [key.text for key, _ in _pairs(reading)]
    values = [cell.text for _, cell in _pairs(reading)]
    if sum(map(_is_key, keys)) * 2 > len(keys) and _is_key(keys[0]):
        return not any(map(_is_key, values))
    if len(reading.headers) > _PAIR:
        return False
    first, second = reading.headers
    told = first.role == "metric" and first.known and second.role == "metric" and not second.known
    told = told and not is_total(second.text)
    labels = [row[0].text for row in reading.rows]
    known = sum(1 for m in reading.measures(labels) if m)
    counted = value_of(second.text, None, reading.report.date) is not None
    return told and known * (4 if counted else 2) >= len(labels)


def read_bare_keys(reading: Reading) -> bool:
    """Claim pairs about the caption's entity, else the firm of the report's title."""
    pairs = _pairs(reading)
    named = [(key, cell) for key, cell in pairs if fold(key.text) in schema().naming]
    about = reading.caption.subject or titled_firm(reading)
    for key, cell in named[:1]:
        cls = read_header(key.text, reading.report.date).cls
        about = reading.named(tidy(cell.text), cell.span, cls)
    if about is None:
        return True  # figures of nobody
    for key, cell in pairs:
        label = tidy(key.text)
        header = read_header(label, reading.report.date)
        place = (label, "")
        if (key, cell) not in named[:1] and not read_link(reading, about, header, cell, place):
            reading.metric(about, header, cell, place=place)
    return True


def _pairs(reading: Reading) -> list[tuple[Cell, Cell]]:
    """The keys and values of a sheet without a header, two or four to a row."""
    rows = (reading.table.header[0], *reading.rows)
    return [(row[i], row[i + 1]) for row in rows for i in range(0, len(row), 2) if row[i].text]


def _is_key(text: str) -> bool:
    """Tell a label that only a firm's or a product's sheet has, whatever it is worth there."""
    words, label = schema(), fold(tidy(text).split("(")[0])
    return label in words.naming | words.chiefs | words.seated | words.profiled


def _when(text: str, reading: Reading) -> str:
    return period_of(text, reading.report.date) or date_of(text, reading.report.date) or text


def _remarks(reading: Reading, row: int, at: int, subject: Entity, label: Cell) -> None:
    """What stands beside the value: a claim of its own, named after the key."""
    for i in range(at + 1, len(reading.headers)):
        header, cell = reading.headers[i], reading.rows[row][i]
        if header.role in ("asof", "date", "rank", "source") or is_nothing(cell.text):
            continue
        role = "remark" if explains(header) else header.role
        named = Header(header.text, f"{tidy(label.text)} {header.name}", role=role)
        reading.remark(subject, named, cell, place=(tidy(label.text), header.text))
