"""Calendars by weekday: rows of day numbers, rows of events under them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.clean import clean
from corpus.report import Cell
from extractors.classes import BODIES
from extractors.tables.cells import date_of, is_nothing
from extractors.tables.reading import LIKELY, Reading
from extractors.tables.schema import Header
from extractors.tables.vocabulary import fold, schema
from kg.claim import Entity, Value

_DAY = re.compile(r"(?:(?P<month>\d{1,2})\s?[/.월]\s?)?(?P<day>\d{1,2})일?")
_EVENT = re.compile(r"[^·•\n]+")
_MOST = 4
"""How many columns a list of events has at most, without what was expected of each."""
RESULTS = re.compile(r"실적|earnings|results", re.IGNORECASE)
_ENGLISH = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def weekdays(reading: Reading) -> dict[int, int]:
    """Column to weekday (Monday 0) when at least five headers are weekdays, else nothing."""
    names = schema().weekdays
    found = {}
    for i, text in enumerate(reading.table.columns):
        word = text.strip().removesuffix("요일")
        if word in names:
            found[i] = (names.index(word) - 1) % 7
        elif word[:3].casefold() in _ENGLISH:
            found[i] = (_ENGLISH.index(word[:3].casefold()) - 1) % 7
    return found if len(found) >= 5 else {}


def read_calendar(reading: Reading) -> None:
    """Claim each event with its date; a company's results are its expected earnings date."""
    columns = weekdays(reading)
    dates = _dates(reading, columns)
    current: dict[int, dt.date] = {}
    for row, cells in enumerate(reading.rows):
        if row in dates:
            current = dates[row]
            continue
        for cell in cells:
            when = current.get(cell.column)
            if when and not is_nothing(cell.text):
                for part in _events(reading, cell):
                    _claim(reading, part, when.isoformat(), row=when.isoformat())


def schedule(reading: Reading) -> tuple[int, int] | None:
    """The columns of date and event when a table lists events by date, and little else."""
    roles = [header.role for header in reading.headers]
    events = [i for i, h in enumerate(reading.headers) if h.cls == "Event" or h.role == "value"]
    if "date" not in roles or len(events) != 1 or sum(map(_is_told, reading.headers)) > _MOST:
        return None
    others = {"entity", "metric", "amount", "score", "ticker"}
    named = reading.headers[events[0]].cls == "Event"
    rest = [
        h
        for i, h in enumerate(reading.headers)
        if i != events[0] and h.role in others and h.cls != "Place" and _is_told(h)
        if not (named and _is_host(h))
    ]
    return None if rest else (roles.index("date"), events[0])


def read_schedule(reading: Reading, columns: tuple[int, int]) -> None:
    """Claim each event with its date; a range counts from its first day."""
    for row, cells in enumerate(reading.rows):
        printed = reading.cell(row, columns[0]).text
        first = re.split(r"\s*[~∼〜～]\s*", printed)[0]
        when = date_of(first, reading.report.date)
        if not when or is_nothing(cells[columns[1]].text):
            continue
        place = next((cells[i].text for i, h in enumerate(reading.headers) if h.cls == "Place"), "")
        for part in _events(reading, cells[columns[1]]):
            subject = _claim(reading, part, when, row=printed, where=place)
            for header, cell in zip(reading.headers, cells, strict=True):
                if _is_host(header) and subject.cls == "Event":
                    spot = (printed, header.text)
                    reading.metric(subject, header, cell, place=spot, qualifiers={"date": when})


def _is_told(header: Header) -> bool:
    """Tell a column that says something of an event from one of what it was thought to bring."""
    words = schema()
    told = words.reported["expected"] | words.reported["done"] | words.revised["before"]
    return fold(header.text) not in told


def _is_host(header: Header) -> bool:
    """Whether a column says who holds an event."""
    return header.role == "metric" and fold(header.text) in schema().hosts


def _numbers(reading: Reading, columns: dict[int, int]) -> dict[int, dict[int, re.Match[str]]]:
    """Rows in which every filled cell is a day."""
    found = {}
    for row, cells in enumerate(reading.rows):
        filled = [cell for cell in cells if cell.column in columns and not is_nothing(cell.text)]
        days = {cell.column: _DAY.fullmatch(cell.text) for cell in filled}
        read = {column: match for column, match in days.items() if match}
        if read and len(read) == len(filled):
            found[row] = read
    return found


def _dates(reading: Reading, columns: dict[int, int]) -> dict[int, dict[int, dt.date]]:
    """Give every day its month: the run nearest to the report whose weekdays all agree."""
    rows = _numbers(reading, columns)
    flat = [(row, c, int(m["day"])) for row, ms in rows.items() for c, m in sorted(ms.items())]
    best: tuple[int, dict[int, dict[int, dt.date]]] | None = None
    for back in range(-2, 3):
        month = reading.report.date.year * 12 + reading.report.date.month - 1 + back
        placed = _placed(flat, month, columns)
        if placed:
            days = [day for row in placed.values() for day in row.values()]
            gap = min(abs((day - reading.report.date).days) for day in days)
            if best is None or gap < best[0]:
                best = gap, placed
    return best[1] if best else {}


def _placed(
    flat: list[tuple[int, int, int]], month: int, columns: dict[int, int]
) -> dict[int, dict[int, dt.date]] | None:
    """Count on from ``month`` (year × 12 + month − 1); ``None`` when a weekday disagrees."""
    placed: dict[int, dict[int, dt.date]] = {}
    last = 0
    for row, column, day in flat:
        if day < last:
            month += 1
        last = day
        try:
            date = dt.date(month // 12, month % 12 + 1, day)
        except ValueError:
            return None
        if date.weekday() != columns[column]:
            return None
        placed.setdefault(row, {})[column] = date
    return placed


def _events(reading: Reading, cell: Cell) -> Iterator[Cell]:
    """The events of one cell, each with its own exact span."""
    whole = clean(reading.report.text, cell.span)
    for match in _EVENT.finditer(whole.text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        if start < end and any(ch.isalnum() for ch in whole.text[start:end]):
            yield replace(cell, text=whole.text[start:end], span=whole.span(start, end))


def _claim(reading: Reading, event: Cell, when: str, *, row: str, where: str = "") -> Entity:
    """Claim one event with its date, about its company if it names one; return the subject."""
    found = reading.names.find(event.text)
    companies = [item for item in found if item[0].cls in BODIES]
    results = RESULTS.search(event.text)
    place = (row, reading.table.columns[event.column])
    subject: Entity
    if results and companies:
        subject, metric = companies[0][0], "실적발표 예정일"
    elif results:
        subject = reading.names.resolve(
            event.text[: results.start()].strip() or event.text, event.span, ("Company",)
        )
        metric = "실적발표 예정일"
    elif companies:
        subject, metric = companies[0][0], "일정"
    else:
        subject, metric = reading.names.resolve(event.text, event.span, ("Event",)), "일정"
    note = re.search(r"\(([^()]+)\)", event.text)
    reading.add(
        subject,
        "hasMetric",
        event,
        place=place,
        value=Value(event.text),
        qualifiers={
            "metric": metric,
            "date" if len(when) == 10 else "period": when,
            "condition": note[1] if note else None,
            "place": None if is_nothing(where) else where,
        },
        modality="plan" if when >= reading.report.date.isoformat() else "fact",
        confidence=LIKELY,
    )
    return subject
