"""Figures that the notes below a table give in whole sentences: "the METRIC of ENTITY is VALUE"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.clean import clean
from corpus.report import Cell
from extractors.tables.reading import LIKELY, Reading
from extractors.values.values import find_values

_OF_IS = re.compile(
    r"(?:the )?(?P<metric>[a-z]+(?: [a-z]+){0,2}) of (?P<entity>[\w.+:-]+(?: [\w.+:-]+){0,3}?)"
    r" (?:is|was|at) (?P<value>[^;]+?)(?=[.;]?$|[.;]\s|, )"
)


def read_note_figures(reading: Reading) -> None:
    """Claim the figures of the notes that name whose they are."""
    if not reading.table.notes:
        return
    whole = clean(reading.report.text, reading.table.span)
    for note in reading.table.notes:
        for match in _OF_IS.finditer(note):
            at = whole.text.find(note)
            values = find_values(match["value"])
            found = reading.exactly(match["entity"])
            if at < 0 or not values or found is None or values[0].start > 0:
                continue
            span = whole.span(at + match.start("value"), at + match.end("value"))
            reading.add(
                found,
                "hasMetric",
                Cell(0, 0, match["value"], span),
                place=("", ""),
                value=replace(values[0].value, text=match["value"]),
                qualifiers={"metric": match["metric"]},
                confidence=LIKELY,
            )
