"""Labels of rows that name nothing: words for a kind, metrics, headlines, numbers of steps."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.language.words import is_listed
from extractors.tables.cells import is_nothing, tidy
from extractors.tables.reading import Reading
from extractors.tables.schema import Header, read_header
from extractors.tables.vocabulary import fold, schema

_NTH = re.compile(r"(?:제\s?)?\d{1,2}\s?(?:차|회차|순위|번째)(?:\s?\([^()]*\))?")
_SENTENCE = re.compile(r"[가-힣](?:은|는|이|가|을|를)\s.*[가-힣]다\.?$")
"""A whole sentence, of which the row says whether it is so: "가나는 다라를 인수한다"."""
_REMARK = re.compile(r"\s[—–]\s.{12,}|\S[이가은는을를]\s.*[가-힣](?:[음함됨임]|[다요죠])\.?$")
"""A statement, with its reason or in a few words: "둔화 — 현물가가 내린다", "신호가 뚜렷해졌음"."""
_LONGEST = 60
_SHORTEST = 2
_SAYING = ("value", "remark", "basis", "source", "asof", "date")
"""Roles of columns that say something of what a row is about, and are never what it is about."""


def is_headline(header: Header) -> bool:
    """Tell a column of headlines, summaries or links: prose about many things at once."""
    return fold(header.text) in schema().headlines


def has_headlines(reading: Reading) -> bool:
    """Whether rows are about the news of the day, sorted by kind or date."""
    return any(is_headline(header) for header in reading.headers)


def may_head(reading: Reading, header: Header) -> bool:
    """Tell whether a column may say what rows are about: by its header, which names no one."""
    said = header.role in _SAYING or is_headline(header) or explains(header) or asks(header)
    return not (said or _compares_times(reading)) and reading.exactly(header.text) is None


_THEN = re.compile(r"(?:과거|이전|종전|before|as-?is)(?:의|에는|\s|$)", re.IGNORECASE)
_NOW = re.compile(
    r"(?:현재|지금|앞으로|이후|이번|향후|now|after|to-?be)(?:의|에는|\s|$)", re.IGNORECASE
)


def _compares_times(reading: Reading) -> bool:
    """Whether the first column says how things were and the next how they are: "과거 | 현재"."""
    first, *others = [header.text for header in reading.headers]
    return bool(_THEN.match(first)) and any(map(_NOW.match, others))


def explains(header: Header) -> bool:
    """Tell a column of what the writer makes of things: "해석", "시사점", "위험 요인"."""
    last = header.text.rpartition(" ")[2]
    return not schema().explaining.isdisjoint((fold(header.text), fold(last)))


def is_silent(header: Header) -> bool:
    """Tell a column that says nothing of what a row is about, whatever its cells hold."""
    return header.role in ("basis", "source") or fold(header.text) in _silent()


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    """Return how columns for kinds of figures, for headlines and for questions are headed."""
    words = schema()
    return words.asides | words.headlines | words.open_questions


def asks(header: Header) -> bool:
    """Tell a column of what is still to be found out: "확인해야 할 것"."""
    return fold(header.text) in schema().open_questions


def sorts_rows(reading: Reading, column: int) -> bool:
    """Whether a column only sorts the rows: unknown labels under which several rows stand."""
    texts = [row[column].text for row in reading.rows if not is_nothing(row[column].text)]
    repeated = len(set(texts)) * 2 <= len(texts)
    return repeated and not any(reading.exactly(text) for text in texts)


def names_nothing(reading: Reading, label: str) -> bool:
    """Tell a row label that is a letter, a common noun, a sentence, a metric or a part's number."""
    text = tidy(label)
    if len(text) < _SHORTEST or _NTH.fullmatch(text) or text.endswith("?") or is_listed(text):
        return True
    if _SENTENCE.search(text) or _REMARK.search(text) or len(text) > _LONGEST:
        return True
    if fold(text.rpartition(" ")[2]) in schema().plan_steps:
        return True
    header = read_header(text, reading.report.date)
    return header.known and header.role in ("metric", "change", "period")


def lists_values(reading: Reading, key: int) -> bool:
    """Whether rows are keys with values of something that the table does not name."""
    others = [header for i, header in enumerate(reading.headers) if i != key]
    told = all(h.role in _SAYING or is_headline(h) or explains(h) for h in others)
    return told and reading.headers[key].role == "attribute"
