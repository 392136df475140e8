"""The headers of one table: two rows read together, changes joined to what they follow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.report import Cell, Table
from extractors.tables.cells import is_labels, tidy
from extractors.tables.periods import starts
from extractors.tables.schema import Header, follow, read_header, read_stacked
from extractors.tables.vocabulary import schema

_OF_WHICH = re.compile(r"(?:이|그)\s?(?:중|가운데)\s|(?:of which|o/w)\s", re.IGNORECASE)
_MEASURED = ("period", "metric", "amount")
PARTS = ("비중", "구성비", "매출 비중")
"""What part of a whole a sum is: the growth beside it is the sum's."""


def parents(table: Table) -> tuple[str, ...]:
    """For each column the first header row's text above a second one, else nothing.

    A parent reaches right over the sub-columns it has.
    """
    if len(table.header) < 2:
        return ("",) * len(table.columns)
    found, parent = [], ""
    for top, sub in zip(table.header[0], table.header[1], strict=True):
        parent = top.text or (parent if sub.text else "")
        found.append(parent if sub.text and sub.text != parent else "")
    return tuple(found)


_STAGED = re.compile(
    r"(?:이전|이후|기존|신규|전|후|현재|변경\s?전|변경\s?후|개편\s?전|개편\s?후|구형|신형|전작|후속|구|신|"
    r"Before|After|Old|New|Previous|Current)\s?\((?P<name>[가-힣A-Za-z][^()%]{1,39})\)",
    re.IGNORECASE,
)


def unstaged(text: str) -> str:
    """Return what a label names beside whether it is the old or the new one: "이후 (가나 5)"."""
    staged = _STAGED.fullmatch(text.strip())
    return staged["name"].strip() if staged else text


def read_headers(table: Table, date: dt.date) -> tuple[Header, ...]:
    """Read every column's header; the base of a change is the column it is a change of."""
    headers: list[Header] = []
    for i, (text, parent) in enumerate(zip(table.columns, parents(table), strict=True)):
        if parent:
            headers.append(read_stacked(parent, table.header[1][i].text, date))
        else:
            headers.append(read_header(unstaged(text), date))
    units = {h.name: h.unit for h in reversed(headers) if h.known and h.role == "metric" and h.unit}
    for i, header in enumerate(headers):
        if header.role == "metric" and header.basis and header.unit is None:
            headers[i] = replace(header, unit=units.get(header.name))
        if header.role == "change":
            headers[i] = replace(header, base=_base(headers, i))
    return tuple(headers)


def _base(headers: list[Header], at: int) -> int | None:
    """The column of the latest period among those alike before a change.

    Right after a consensus a change is the gap to it; one with a period of its own is
    about the column of that period.
    """
    before = headers[at - 1] if at else None
    if before and before.role == "change" and not before.ratio and headers[at].ratio:
        return at - 1
    plain = [i for i in range(at) if headers[i].role in _MEASURED]
    plain = [i for i in plain if headers[i].name not in PARTS] or plain
    nearest = headers[plain[-1]] if plain else None
    if nearest is None or headers[at - 1].role not in (*_MEASURED, "change"):
        return None
    alike = [i for i in plain if _alike(headers[i], nearest)]
    own = [i for i in alike if headers[at].period and headers[i].period == headers[at].period]
    if own:
        return own[-1]
    return max(alike, key=lambda i: (starts(headers[i].period or "") or dt.date.min, i))


def _alike(one: Header, other: Header) -> bool:
    return one.role == other.role and (one.role == "period" or one.name == other.name)


def time_of_flows(headers: Sequence[Header]) -> str | None:
    """The one period that headers of flows name, the first of them: "3분기 매출 | 영업이익"."""
    told = [h for h in headers if h.name in schema().flows and h.role == "metric"]
    periods = {h.period for h in told if h.period}
    first = bool(told) and told[0].period is not None
    return periods.pop() if first and len(periods) == 1 else None


def read_measures(labels: Sequence[str], date: dt.date) -> list[Header | None]:
    """Read the labels of consecutive rows as metrics; a change is that of the row above it."""
    found: list[Header | None] = []
    last: Header | None = None
    for text in labels:
        header = read_header(tidy(text), date)
        part = _OF_WHICH.match(text)
        if part and last is not None:
            name = f"{text[part.end() :].strip()} {last.name}"
            found.append(replace(last, text=text, name=name, predicate="hasMetric"))
        elif header.role == "change" and last is not None:
            found.append(follow(last, header))
        elif header.role == "metric" and (header.known or header.unit):
            last = header
            found.append(header)
        else:
            found.append(None)
    return found


def inner_headers(
    rows: Sequence[Sequence[Cell]], date: dt.date
) -> tuple[Mapping[int, Header] | None, ...]:
    """Read for each row what a repeated row of labels above it calls its columns.

    Such a row, the same several times in a table, has an empty mapping.
    """
    texts = [tuple(cell.text for cell in row[1:]) for row in rows]
    labels = [is_labels(row) and texts.count(row) > 1 for row in texts]
    found: list[Mapping[int, Header] | None] = []
    for at in range(len(texts)):
        above = texts[at - 1] if at and labels[at - 1] else None
        told = enumerate(above or (), start=1)
        read = {i: read_header(text, date) for i, text in told if text.strip()}
        found.append({} if labels[at] else read or None)
    return tuple(found)
