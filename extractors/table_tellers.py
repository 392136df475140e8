"""Tables whose rows are who tells: target prices by broker, a market's size by research house."""

from __future__ import annotations

from dataclasses import replace

from corpus.report import Cell
from extractors.table_accounts import noted_firm
from extractors.table_cells import is_total, tidy, value_of
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
                told = reading.under(i)
                if sized and not told.known and _is_size(reading, told, cells[i]):
                    told = replace(told, name=_SIZE, predicate="marketSize", known=True)
                reading.metric(about, told, cells[i], place=place, teller=teller)


def _is_size(reading: Reading, header: Header, cell: Cell) -> bool:
    """Tell money of a year to come beside a market's size ("도달 전망": 2033년 35억 달러)."""
    read = value_of(cell.text, reading.unit(header), reading.report.date)
    return read is not None and read[0].currency is not None and read[1] is not None
