"""Tables whose rows are who tells: target prices by broker, a market's size by research house."""

from __future__ import annotations

from dataclasses import replace

from corpus.report import Cell
from extractors.table_accounts import noted_firm
from extractors.table_cells import is_total, tidy, value_of
from extractors.table_periods import ends
from extractors.table_reading import Reading
from extractors.table_schema import Header
from extractors.table_vocabulary import fold, schema

_SIZE = "시장 규모"
_READ = ("metric", "period", "amount", "change")


def has_tellers(reading: Reading, key: int) -> bool:
    """Whether rows are who estimates, and not whom the figures are of."""
    words, header = schema(), fold(reading.headers[key].text)
    sized = any(h.predicate == "marketSize" for h in reading.headers)
    return header in words.tellers or (sized and header in words.bodies)


def read_told(reading: Reading, key: int) -> None:
    """Claim the figures about the caption's market or firm, each as its row tells."""
    sized = any(h.predicate == "marketSize" for h in reading.headers)
    caption = reading.caption
    about = caption.market_above if sized else caption.subject or noted_firm(reading)
    if about is None:
        return  # figures of nobody
    for row, cells in enumerate(reading.rows):
        teller = tidy(reading.cell(row, key).text)
        if not teller or is_total(teller):
            continue
        for i, header in enumerate(reading.headers):
            if i != key and header.role in _READ:
                place = (teller, header.text)
                told = _sized(reading, i, cells[i]) if sized else reading.under(i)
                reading.metric(about, told, cells[i], place=place, teller=teller)


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
