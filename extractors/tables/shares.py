"""Shares in tables: of which product or market a column's shares are."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.classes import BODIES
from extractors.tables.captions import SHARED
from extractors.tables.cells import value_of
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, metric_in, read_header
from kg.claim import Entity

_SHARE = "marketShare"
_METRIC = "시장 점유율"
_BY_FIRM = re.compile(r"(?:공급사|업체|제조사|기업|회사|벤더)별\s(?:공급\s|출하\s)?비중")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def shared_by(reading: Reading, header: Header, text: str) -> tuple[Header, Entity] | None:
    """Read a percentage under a product's name beside columns of shares: "DRAM 점유율 | HBM".

    Where no other column says so the heading may: "3.2 시장 점유율".
    """
    read = value_of(text, header.unit, reading.report.date)
    if header.known or header.role != "metric" or not read or read[0].unit != "%":
        return None
    thing = reading.exactly(_BRACKETS.sub("", header.name))
    if thing is None or thing.cls in BODIES or thing.cls not in SHARED:
        return None
    beside = next((h for h in reading.headers if h.predicate == _SHARE), None)
    headed = reading.caption.headed
    if beside is None and metric_in(headed) != _METRIC and not _BY_FIRM.search(headed):
        return None
    share = beside or read_header(_METRIC, reading.report.date)
    return replace(share, text=header.text, period=header.period), thing
