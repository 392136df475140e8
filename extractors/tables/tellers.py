"""Tables whose rows only say who tells, in which case or where: the figures are the caption's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from corpus.report import Cell
from extractors.classes import BODIES
from extractors.tables.accounts import noted_firm, titled_firm
from extractors.tables.cells import is_total, tidy, value_of
from extractors.tables.labels import explains
from extractors.tables.periods import ends
from extractors.tables.reading import Reading
from extractors.tables.schema import Header
from extractors.tables.vocabulary import fold, schema

Saying = Literal["teller", "condition", "place"]
_SIZE = "시장 규모"
_READ = ("metric", "period", "amount", "change")


def what_rows_say(reading: Reading, key: int) -> Saying | None:
    """Tell rows of brokers, scenarios or a firm's regions from rows whose figures are their own."""
    words, header = schema(), reading.headers[key]
    sized = any(h.predicate == "marketSize" for h in reading.headers)
    if fold(header.text) in words.tellers or (sized and fold(header.text) in words.bodies):
        return "teller"
    if fold(header.text) in words.scenarios or _are_cases(reading, key):
        return "condition"
    figures = [h for i, h in enumerate(reading.headers) if i != key and h.role in _READ]
    named = [reading.caption.metric if h.role == "period" else h for h in figures]
    of_firm = named and all(h.name.startswith(tuple(words.accounts)) for h in named)
    return "place" if header.cls == "Place" and of_firm else None


def _are_cases(reading: Reading, key: int) -> bool:
    """Whether labels name cases, whatever heads them: "강세 시나리오", "약세", "평균"."""
    words, labels = schema(), [row[key].text for row in reading.rows]
    told = [{fold(word) for word in re.split(r"[\s()/]+", label) if word} for label in labels]
    cases = [label for label in told if label & words.cases]
    others = [label for label in told if label & (words.consensus | words.totals)]
    return len(cases) > 1 and len(cases) + len(others) == len(told)


def read_told(reading: Reading, key: int, said: Saying) -> None:
    """Claim the figures about the caption's market or firm, each as its row tells."""
    sized = any(h.predicate == "marketSize" for h in reading.headers)
    caption = reading.caption
    about = caption.market_above if sized else caption.subject or noted_firm(reading)
    if said == "condition" and not sized:
        about = about or titled_firm(reading)
    of = _firms(reading, key) if said == "teller" and not sized else None
    if of is None and (about is None or (said == "place" and about.cls not in BODIES)):
        return  # figures of nobody
    for row, cells in enumerate(reading.rows):
        label = tidy(reading.cell(row, key).text)
        firm = tidy(reading.cell(row, of).text) if of is not None else ""
        subject = reading.agent(firm, reading.cell(row, of or 0).span) if firm else about
        if not label or is_total(label) or subject is None:
            continue
        for i, header in enumerate(reading.headers):
            if i != key and header.role in _READ and not explains(header):
                reading.metric(
                    subject,
                    _sized(reading, i, cells[i]) if sized else reading.under(i),
                    cells[i],
                    place=(label, header.text),
                    qualifiers={} if said == "teller" else {said: label},
                    teller=label if said == "teller" else None,
                )


def _firms(reading: Reading, key: int) -> int | None:
    """The column that says of which firm a row's teller tells: "증권사 | 종목 | 목표주가"."""
    firms = (i for i, h in enumerate(reading.headers) if i != key and h.cls == "Company")
    return next((i for i in firms if reading.headers[i].role == "entity"), None)


def _sized(reading: Reading, column: int, cell: Cell) -> Header:
    """What a cell says of a market's size: how large it is, will be in a year, or grows."""
    told, printed = reading.under(column), reading.headers[column]
    read = value_of(cell.text, reading.unit(told), reading.report.date)
    dated = read is not None and read[0].currency is not None and (read[1] or printed.period)
    if printed.role == "change":
        last = ends(read[1] or "") if read else None
        ahead = last is not None and last > reading.report.date
        told = replace(told, name=f"{_SIZE} {printed.name}", period=printed.period)
        return replace(told, modality="forecast") if ahead else told
    if dated and (printed.role == "period" or not told.known):
        return replace(told, role="metric", name=_SIZE, predicate="marketSize", known=True)
    return told
