"""Tables of who gets, runs or buys how many of what: "기관 | 물량 | 칩", "사업자 | K2 7,656장"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.report import Cell
from extractors.classes import BODIES, MADE
from extractors.tables.cells import NOTE, is_nothing, names_in, part_of, span_of, tidy, value_of
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, modality_of
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity

_UNITS = r"(?:만|천)?\s?(?:여\s?)?(?:장|대|기|개|식|랙|units?|EA|GPUs?|racks?)"
_COUNT = re.compile(
    rf"(?:약|최대|최소|총|~|≈)?\s?\d[\d,.]*\s?{_UNITS}\+?(?:\s?이상|\s?내외|\s?규모)?"
    r"(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_THING = r"(?P<thing>(?=[^,·/]*[A-Za-z])[A-Za-z가-힣][\w가-힣. -]*?)\s+"
_COUNTED = re.compile(rf"{_THING}(?P<count>{_COUNT.pattern})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,(?!\d)|[+;]|\s/\s|\n|\s·\s)\s*")
_PART = re.compile(r"\(\s?(?P<share>[~약]?\s?\d[\d.]*\s?%)\s?\)")
_CODE = re.compile(r"[A-Z][\w-]*(?:\s[A-Z0-9][\w-]*)*(?<=\d)[A-Z]*")
"""A name written as codes are: "B300", "MI355X", "GB300 NVL72"."""
_NEAR = 2
"""How many points a printed part of a count may lie off the counts' own."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """Columns of those who get something, of counts, and of what is counted.

    ``what`` is missing where each count names it itself.
    """

    who: int
    much: tuple[int, ...]
    what: int | None


def allotted(reading: Reading) -> Allotment | None:
    """Find who gets how many of what, where a table counts things for several of them."""
    columns = range(len(reading.headers))
    much = tuple(i for i in columns if _counts(reading, i))
    rest = [i for i in columns if i not in much]
    named = any(_mostly(reading, i, _things) for i in much)
    things = [i for i in rest if reading.headers[i].role == "entity" and _is_made(reading, i)]
    who = next((i for i in rest if _gets(reading, i) and _mostly(reading, i, _is_one)), None)
    if not much or who is None or len(things) > 1 or not (named or things):
        return None
    return Allotment(who, much, None if named else things[0])


def read_allotment(reading: Reading, row: int, subject: Entity, lots: Allotment) -> Collection[int]:
    """Claim how many of what a row's party gets; return the columns that this took up."""
    cells = reading.rows[row]
    label = tidy(reading.cell(row, lots.who).text)
    named = [(at, part) for at in lots.much for part in _things(reading, cells[at])]
    only = {thing for _, (thing, _) in named}
    product = tidy(cells[lots.what].text) if lots.what is not None else None
    if product is None and len(only) == 1:
        product = next(iter(only))
    when = _when(reading, row)
    before: tuple[Header, Cell] | None = None
    for at in lots.much:
        header, cell = reading.headers[at], cells[at]
        parts: list[tuple[str | None, Cell]] = [*_things(reading, cell)] or [(product, cell)]
        for thing, part in parts:
            if not is_nothing(part.text):
                _claim(reading, subject, header, part, thing, (label, header.text), when)
        if before and len(parts) == 1:
            _claim_part(reading, subject, before, (header, cell), product, (label, header.text))
        counted = _things(reading, cell)
        before = (header, counted[0][1] if len(counted) == 1 else cell) if len(parts) == 1 else None
    return lots.much if lots.what is None else (*lots.much, lots.what)


def _claim(
    reading: Reading,
    subject: Entity,
    header: Header,
    cell: Cell,
    thing: str | None,
    place: tuple[str, str],
    when: dict[str, str | None],
) -> None:
    """Claim one count: a purchase where the header says so of one thing, else a figure."""
    names = list(names_in(thing or ""))
    planned = modality_of(reading.caption.headed)
    header = replace(header, modality=planned or header.modality)
    read = value_of(cell.text, reading.unit(header), reading.report.date)
    bought = any(word in fold(header.text) for word in schema().relations["purchases"])
    if not (bought and read and len(names) == 1 and not header.unit):
        header = replace(header, role="metric", name=_plain(header.name))
        told = {**when, "product": None if is_nothing(thing or "") else thing}
        reading.metric(subject, header, cell, place=place, qualifiers=told)
        return
    made = reading.exactly(names[0].text) or reading.named(names[0].text, cell.span, "Product")
    reading.add(
        subject,
        "purchases",
        cell,
        place=place,
        object=made,
        value=read[0],
        qualifiers={**when, "quantity": cell.text},
        modality=reading.ahead(header, when, sure=False),
    )


def _claim_part(
    reading: Reading,
    subject: Entity,
    whole: tuple[Header, Cell],
    part: tuple[Header, Cell],
    product: str | None,
    place: tuple[str, str],
) -> None:
    """Claim which part of the count before it a count is, where the two bear out its bracket."""
    told = _PART.search(part[1].text)
    date = reading.report.date
    read = [value_of(text, None, date) for text in (NOTE.sub("", whole[1].text), part[1].text)]
    figures = [r[0].minimum for r in read if r and r[0].minimum]
    share = value_of(told["share"], None, date) if told else None
    if told is None or len(figures) < len(read) or share is None or share[0].minimum is None:
        return
    if abs(figures[1] * 100 / figures[0] - share[0].minimum) > _NEAR:
        return
    name = f"{_plain(whole[0].name)} 대비 {_plain(part[0].name)} 비중"
    cell = part_of(reading.report.text, part[1], *told.span("share"))
    header = Header(part[0].text, name, unit="%")
    reading.metric(subject, header, cell, place=place, qualifiers={"product": product})


def _when(reading: Reading, row: int) -> dict[str, str | None]:
    """When a row's party gets it, if a column says so."""
    for i, header in enumerate(reading.headers):
        if header.role in ("date", "asof") or fold(header.name) in schema().spans:
            return {"period": span_of(reading.rows[row][i].text, reading.report.date)}
    return {}


def _plain(name: str) -> str:
    return NOTE.sub("", name).strip() or name


def _counts(reading: Reading, column: int) -> bool:
    """Whether a column holds counts of things, by its cells; a change or price is none."""
    header = reading.headers[column]
    if header.role in ("rank", "date", "asof", "source", "remark"):
        return False
    return _mostly(reading, column, _counted_in)


def _counted_in(reading: Reading, cell: Cell) -> bool:
    return _COUNT.fullmatch(tidy(cell.text)) is not None or bool(_things(reading, cell))


def _mostly(reading: Reading, column: int, holds: Callable[[Reading, Cell], object]) -> bool:
    """Whether most filled cells of a column hold something."""
    cells = [row[column] for row in reading.rows if not is_nothing(row[column].text)]
    return bool(cells) and sum(bool(holds(reading, cell)) for cell in cells) * 3 > len(cells) * 2


def _things(reading: Reading, cell: Cell) -> list[tuple[str, Cell]]:
    """Part a cell into things and their counts, if it holds nothing else: "K2 12장, K3 6장"."""
    found, start = [], 0
    for cut in [*_BETWEEN.finditer(cell.text), None]:
        end = cut.start() if cut else len(cell.text)
        match = _COUNTED.fullmatch(cell.text, start, end)
        if match is None or not _makes(reading, match["thing"]):
            return []
        found.append((match["thing"], part_of(reading.report.text, cell, *match.span("count"))))
        start = cut.end() if cut else end
    return found


def _makes(reading: Reading, name: str) -> bool:
    """Whether a name before a count is one of a thing: known as one, or written as a code."""
    known = reading.exactly(name)
    return known.cls in MADE if known else _CODE.fullmatch(name) is not None


def _is_made(reading: Reading, column: int) -> bool:
    return reading.headers[column].cls in MADE


def _gets(reading: Reading, column: int) -> bool:
    """Whether a column names those who get something: by its header, or most of its cells."""
    header = reading.headers[column]
    if header.cls == "Company" or fold(_plain(header.text)) in _receivers():
        return True
    if header.role in ("remark", "source"):
        return False
    return column == 0 and _mostly(reading, column, _is_body)


def _is_one(_: Reading, cell: Cell) -> bool:
    return "," not in cell.text


def _is_body(reading: Reading, cell: Cell) -> bool:
    known = reading.exactly(cell.text)
    return known is not None and known.cls in BODIES


@lru_cache(maxsize=1)
def _receivers() -> frozenset[str]:
    """Return how columns of those are headed that take part in something, or make something."""
    words = schema()
    makers = {word for word, role in words.roles.items() if role in ("developer", "actor")}
    return frozenset(makers) | words.receivers
