"""Names that a table prints beside a known ticker: another spelling of that company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report
from extractors.names.names import Names
from extractors.tables.cells import is_figure, is_nothing, tidy
from extractors.tables.schema import read_header

_CODE = re.compile(r"(?P<symbol>[A-Z]{1,5}|\d{4,6})(?:[.\s]+[A-Z]{1,3})?")


def adopt_tickers(report: Report, names: Names) -> None:
    """Let "가나 테크 | GNT US" make 가나 테크 a name of the company that GNT is, if it is none."""
    for name, code in _pairs(report):
        match = _CODE.fullmatch(code)
        if match and 1 < len(name) <= 40:
            names.adopt(name, code, match["symbol"])


def _pairs(report: Report) -> Iterator[tuple[str, str]]:
    for table in report.tables:
        roles = [read_header(column, report.date) for column in table.columns]
        tickers = [i for i, header in enumerate(roles) if header.role == "ticker"]
        owners = [i for i, h in enumerate(roles) if h.role == "entity" and h.cls == "Company"]
        if not tickers or not owners:
            continue
        for row in table.rows:
            name, code = tidy(row.cells[owners[0]].text), row.cells[tickers[0]].text.strip()
            if not (is_nothing(name) or is_nothing(code) or is_figure(name)):
                yield name, code
