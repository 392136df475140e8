"""Which columns say what rows are about, what they measure, and what they are ranked by."""

from __future__ import annotations

import datetime as dt

from extractors.classes import BODIES, MADE
from extractors.tables.cells import is_figure, is_money, is_nothing, names_in, tidy, value_of
from extractors.tables.labels import may_head, sorts_rows
from extractors.tables.periods import starts
from extractors.tables.reading import Reading
from extractors.tables.schema import is_aside
from extractors.tables.vocabulary import schema

_LONGEST = 20
"""How long the words for a variant are at most."""


def key_column(reading: Reading) -> int | None:
    """The column that says what a row is about: the first of entities, else the first of words."""
    for i, header in enumerate(reading.headers):
        texts = [row[i].text for row in reading.rows if not is_nothing(row[i].text)]
        bare = [t for t in texts if _is_bare(t, reading.report.date)]
        if header.role == "entity" and len(bare) * 2 <= len(texts):
            made = _made(reading, i) if header.cls == "Company" else None
            laws = [at for at, h in enumerate(reading.headers) if h.cls == "Policy"]
            if header.cls == "Place" and len(laws) == 1:
                return laws[0]  # when a law comes into force is the law's, not its country's
            led = _led_by_firms(reading, i) if header.cls in MADE else None
            return led if led is not None else i if made is None else made
    for i, header in enumerate(reading.headers):
        if header.role in ("rank", "ticker", "date", "asof"):
            continue
        texts = [row[i].text for row in reading.rows if not is_nothing(row[i].text)]
        words = [t for t in texts if not is_figure(t)]
        if texts and len(words) * 2 > len(texts) and not sorts_rows(reading, i):
            return i if may_head(reading, header) else None
        if texts and len(words) * 2 <= len(texts) and i == 0:
            return None  # rows of figures and what they mean
    return None


def _led_by_firms(reading: Reading, things: int) -> int | None:
    """The first column, if it holds firms, before one of what each has: "대상 | … | 기술"."""
    if things == 0 or reading.headers[0].known:
        return None
    texts = [tidy(row[0].text) for row in reading.rows if not is_nothing(row[0].text)]
    firms = [e for text in texts if (e := reading.exactly(text)) and e.cls in BODIES]
    return 0 if texts and len(firms) * 3 >= len(texts) * 2 else None


def _is_bare(text: str, date: dt.date) -> bool:
    """Tell a figure alone from a name with one: an amount of money, or no letter at all."""
    return is_money(text, date) or (is_figure(text) and not any(map(str.isalpha, text)))


def _made(reading: Reading, firms: int) -> int | None:
    """The column of one product a row beside its firm, where other columns tell of products."""
    things = [
        i
        for i, header in enumerate(reading.headers)
        if i != firms and header.role == "entity" and header.cls in MADE[:4]
    ]
    if len(things) != 1 or firms > things[0]:
        return None
    texts = [row[things[0]].text for row in reading.rows]
    single = sum(len(list(names_in(text))) == 1 for text in texts) * 3 >= len(texts) * 2
    told = any(
        header.name in schema().of_things
        for i, header in enumerate(reading.headers)
        if i not in (firms, things[0])
    )
    return things[0] if told and single and len(set(texts)) == len(texts) else None


def ranked(reading: Reading, key: int) -> int | None:
    """The column that a rank is by: the first of scores or figures, the latest of periods."""
    able = [
        i
        for i, header in enumerate(reading.headers)
        if i != key and header.role in ("score", "period", "metric", "amount") and not header.cls
    ]
    scores = [i for i in able if reading.headers[i].role == "score"]
    if scores or not able:
        return scores[0] if scores else None
    first = reading.headers[able[0]]
    alike = [
        i
        for i in able
        if reading.headers[i].role == first.role
        and (first.role == "period" or reading.headers[i].name == first.name)
        and reading.headers[i].standing != "forecast"
    ]
    if not first.period or not alike:
        return able[0]
    return max(alike, key=lambda i: (starts(reading.headers[i].period or "") or dt.date.min, -i))


def varied(reading: Reading, key: int) -> int | None:
    """The column of words that tells rows of one name apart: "DRAM | DDR5 16Gb | …"."""
    labels = [reading.cell(row, key).text for row in range(len(reading.rows))]
    if len(set(labels)) == len(labels):
        return None
    for i, header in enumerate(reading.headers):
        if i == key or header.role != "metric" or header.known or header.unit:
            continue
        if not any(_counts(reading, at) for at in range(i + 1, len(reading.headers))):
            return None
        texts = [row[i].text for row in reading.rows]
        pairs = set(zip(labels, texts, strict=True))
        words = [t for t in texts if not is_figure(t) and not is_nothing(t)]
        if len(words) == len(texts) == len(pairs) and max(map(len, words)) <= _LONGEST:
            return i
    return None


def _counts(reading: Reading, column: int) -> bool:
    """Whether most cells of a column are figures."""
    told = [value_of(row[column].text, None, reading.report.date) for row in reading.rows]
    return sum(value is not None for value in told) * 2 > len(told)


def measured(reading: Reading, key: int) -> int | None:
    """The column whose cells say which metric a row holds ("구분": 매출액, 영업이익)."""
    for i, header in enumerate(reading.headers):
        if (i != key and header.role in ("attribute", "metric") and not header.known) or is_aside(
            header
        ):
            if i == key:
                continue
            texts = [row[i].text for row in reading.rows if not is_nothing(row[i].text)]
            read = [header for header in reading.measures(texts) if header]
            if texts and len(read) * 2 > len(texts):
                return i
    return None
