"""Imported for its effect: all that reading a report needs, loaded by a process to be copied.

Its copies share what it holds; loaded by each of them it would take seconds and 0.7 GB.
"""

from __future__ import annotations

import datetime as dt
import gc

from corpus.readers import read_text
from extractors.pipeline import extract
from kg.search.analyzer import use_threads
from kg.search.writer import passage_terms

_EVERYTHING = """# 반도체

가나전자는 2031년 매출이 1조 원으로 10% 늘었다고 밝혔다. 다라칩스가 새 칩 'X1'을 공급할 계획이다.

| 기업 | 매출(억 원) |
|---|---|
| 가나전자 | 100 |
"""
"""A heading, prose with figures and names of its own, a table: each wants other data files."""

gc.disable()  # of what is loaded here nothing is garbage
use_threads(1)
_report = read_text(_EVERYTHING, id="loaded", date=dt.date(2031, 1, 1))
passage_terms(_report, extract(_report))
gc.enable()
gc.freeze()  # or looking for garbage would touch, and so copy, what is shared
