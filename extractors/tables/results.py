"""A firm's results beside what was expected: "지표 | 실제 | 컨센서스 | 서프라이즈 | YoY"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.tables.accounts import measured_rows, titled_firm
from extractors.tables.cells import is_nothing, is_undisclosed, tidy
from extractors.tables.columns import leading
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, follow, metric_in, read_header
from extractors.tables.vocabulary import fold, schema

_YEAR_AGO = re.compile(r"전년\s?(?:동기|동분기)?(?:\s?실적)?|작년\s?(?:동기)?")


def has_results(reading: Reading) -> bool:
    """Whether columns hold what was reported and what was expected, and rows are metrics."""
    words = schema().reported
    heads = {fold(tidy(header.text)) for header in reading.headers[1:]}
    if not (heads & words["done"] and heads & words["expected"]):
        return False
    labels = [tidy(row[0].text) for row in reading.rows]
    return sum(metric_in(label) is not None for label in labels) * 2 > len(labels)


def read_results(reading: Reading) -> bool:
    """Claim both of each metric, the expected as a forecast, and changes between them."""
    about = reading.caption.subject or titled_firm(reading)
    if about is None:
        return True  # figures of nobody
    for label, measure, row in measured_rows(reading):
        told = measure or read_header(label, reading.report.date)
        told = replace(told, period=told.period or reading.caption.period)
        for at, header in _columns(reading, told, leading(reading)):
            if not (is_nothing(row[at].text) or is_undisclosed(row[at].text)):
                measured = _changed(header, row[at].text, told)
                reading.metric(about, measured, row[at], place=(label, header.text))
    return True


def _changed(header: Header, text: str, measure: Header) -> Header:
    """A cell says itself which change it holds: "+180% YoY" below "서프라이즈" is no surprise."""
    told = text.rsplit(" ", maxsplit=1)[-1].strip("()")
    if fold(told) not in schema().changes or fold(told) == fold(header.text):
        return header
    return replace(header, name=f"{measure.name} {told}")


def _columns(reading: Reading, measure: Header, first: int) -> Iterator[tuple[int, Header]]:
    """Yield the columns with what each holds of a row's metric."""
    words = schema().reported
    for at, header in enumerate(reading.headers[first:], start=first):
        word = fold(tidy(header.text))
        if word in words["done"]:
            yield at, replace(measure, text=header.text)
        elif word in words["expected"]:
            name = f"{measure.name} {header.name}"
            yield at, replace(measure, text=header.text, name=name, modality="forecast")
        elif header.role == "period":
            yield at, reading.timed(measure, header)
        elif header.role == "change":
            yield at, replace(follow(measure, replace(header, base=None)), modality="fact")
        elif header.role == "metric" and _YEAR_AGO.fullmatch(header.text) and measure.period:
            yield at, replace(measure, text=header.text, period=_year_before(measure.period))
        elif header.role == "metric":
            yield at, replace(header, name=f"{measure.name} {header.name}")


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"
