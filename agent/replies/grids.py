"""Whole tables: which row has most, how many rows there are, which rows fit a condition.

Any table that search finds will do; nothing need be known of what it is about. The
column that a question ranges over is the one whose header it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.conditions import kept_rows
from agent.evidence.quotes import Quote
from agent.evidence.rows import Field, fields, key_column, number, size
from agent.korean import jamo, particle
from agent.questions.linking import fold
from agent.questions.question import Question, horizons_of
from agent.questions.ways import Word
from agent.replies.quoting import Reply
from agent.words import (
    asked_place,
    asked_top,
    asks_ranking,
    data,
    focus_classes,
    pattern,
)
from corpus.report import Report, Row, Table
from kg.claim import Evidence

if TYPE_CHECKING:
    from agent.answerer import Answerer

_FEW, _MOST = 2, 40
_TIME = re.compile(
    r"\W*(?:(?:19|20)\d\d\s?(?:년|[./-]\s?\d|[HQ]\d)|\d{1,2}\s?월|[1-4]Q)"
)  # no figure
_LABEL = 0.3
# "제품 중 가장 …", "어느 칩", "… 투입된 칩은"
_ASKED_HEAD = (
    r"(?<![가-힣A-Za-z]){head}(?:들)?(?: ?(?:중|가운데)|(?:은|는)(?: ?모두| ?총)?(?:[ ?]|$))|"
    r"(?:어느|어떤|무슨) {head}"
)
_RANKED = r"top|상위|순위|많이|종목"
_FIRST = 6  # a table must be among the best units


@dataclass(frozen=True)
class Grid:
    """A table with the question's words, to be ranged over."""

    question: Question
    table: Table
    report: Report
    words: Sequence[Word]
    names: Sequence[frozenset[str]]

    @cached_property
    def key(self) -> int:
        """The column that says what a row is about: the one of the kind asked for, if any."""
        asked = self._asked_column()
        if asked is not None:
            return asked
        worded = key_column(self.table)
        return 0 if worded and self._tells_apart(0) and not self._tells_apart(worded) else worded

    def _tells_apart(self, column: int) -> bool:
        """Whether each row has a name of its own in a column ("V7", "V9")."""
        cells = [c.text.strip() for row in self.table.rows for c in row.cells if c.column == column]
        named = all(re.search(r"[^\W\d_]", text) for text in cells)
        return named and len(set(cells)) == len(cells) == len(self.table.rows)

    def _asked_column(self) -> int | None:
        """The column of words whose head is what a question asks for ("제품 중", "어느 공장").

        Else the first whose head is of the classes asked for (칩: 제품).
        """
        heads = [
            (column, header.strip())
            for column, header in enumerate(self.table.columns)
            if re.fullmatch("[가-힣A-Za-z]{1,6}", header.strip()) and not self._numeric(column)
        ]
        for column, head in heads:
            if re.search(_ASKED_HEAD.format(head=re.escape(head)), self.question.text):
                return column
        asked, kinds = set(self.question.classes), focus_classes()
        fitting = (column for column, head in heads if asked & set(kinds.get(head.lower(), ())))
        return next(fitting, None)

    @property
    def of_other_kind(self) -> bool:
        """Whether rows are of a kind known to be none of those asked for (국가 for 업체)."""
        head = self.table.columns[self.key].strip().lower() if self.table.columns else ""
        kinds, asked = set(focus_classes().get(head, ())), set(self.question.classes)
        return bool(kinds and asked) and not kinds & asked

    def label(self, row: Row) -> str:
        """What a row is about."""
        return next((c.text.strip() for c in row.cells if c.column == self.key), "")

    def field(self, row: Row, column: int) -> Field | None:
        """A row's cell in a column."""
        return next((f for f in fields(self.table, row.cells) if f.cell.column == column), None)

    def worded(self, text: str) -> float:
        """How much of the question's words a text says, names left out."""
        folded = fold(text)
        letters = jamo(folded)
        return sum(w.weight * w.said(folded, letters) for w in self.words)

    def said(self, text: str) -> float:
        """How much of the question a text says."""
        folded = fold(text)
        return self.worded(text) + sum(
            any(len(n) > 1 and n in folded for n in ns) for ns in self.names
        )

    def rows(self) -> list[Row]:
        """The rows that say something: of the group the question names, if it names one."""
        rows = [row for row in self.table.rows if self.label(row)]
        groups = {row.group for row in rows if row.group}
        asked = fold(self.question.text)
        wanted = {group for group in groups if fold(group) in asked}
        return [row for row in rows if row.group in wanted] if wanted else rows

    def measure(self) -> int | None:
        """The column of figures that the question asks for, if it is clear which."""
        shares: dict[int, float] = {}
        for column, header in enumerate(self.table.columns):
            if column != self.key and self._numeric(column):
                shares[column] = self._header(header)
        if not shares:
            return None
        best = max(shares.values())
        chosen = [column for column, share in shares.items() if share == best]
        return chosen[0] if len(chosen) == 1 or best > 0 else None

    def _header(self, header: str) -> float:
        """How well a header says what is asked; a year or horizon in it must be the one asked."""
        share = self.said(header)
        asked = self.question.text
        years = re.findall(r"(?<!\d)(?:20)?(\d\d)(?=년|F|E|A|$|\s)", header)
        if years:
            share += 0.5 if any(y in re.findall(r"(?:20)?(\d\d)년", asked) for y in years) else -0.2
        for row in data("questions")["measures"]:
            if re.search(row["asked"], asked) and re.search(row["header"], header, re.I):
                share += 0.8
        horizon = self.question.periods if self.question.horizon else ()
        if any(re.search(rf"(?<!\w){re.escape(h)}(?!\w)", header) for h in horizon):
            share += 1.0
        return share

    def _numeric(self, column: int) -> bool:
        cells = [c.text for row in self.table.rows for c in row.cells if c.column == column]
        rated = (number(text) is not None and not _TIME.match(text) for text in cells)
        return sum(rated) * 2 > len(cells)

    def whole(self, rows: Sequence[Row]) -> Evidence:
        """The stretch of the table from the first to the last of some rows."""
        start, end = rows[0].span.start, rows[-1].span.end
        return Evidence(
            report=self.report.id,
            section=self.table.section,
            quote=self.report.text[start:end],
            start=start,
            end=end,
            page=self.table.page,
            printed_page=self.table.printed_page,
            table=self.table.label or self.table.title or None,
        )


def over_table(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Answer a superlative, a count or a list by the table that answers best, if one does."""
    grid = _grid(question, quotes, answerer)
    if grid is None or len(grid.table.rows) < _FEW:
        return None
    if question.kind == "superlative":
        return _extreme(grid)
    if question.kind == "compare":
        return _compared(grid)
    kept = kept_rows(grid)
    if not kept or len(kept) > _MOST:
        return None
    if question.kind == "count":
        asked = fold(question.text)  # of one row itself, no count of rows
        named = any(len(own) > 1 and own in asked for own in map(fold, map(grid.label, kept)))
        return None if named else _counted(grid, kept)
    return _listed(grid, kept) if question.wants_all else None


def _grid(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Grid | None:
    """The table of the best unit that belongs to one."""
    asks = pattern("table").search(question.text) is not None
    found = (q.unit for q in quotes[: len(quotes) if asks else _FIRST] if q.unit.table)
    unit = next((u for u in found if u.table and len(u.table.rows) >= _FEW), None)
    table, report = (unit.table, unit.report) if unit else (None, "")
    if moved := _headed(question, quotes, answerer):
        table, report = moved
    if table is None:
        return None
    words, names = answerer.words_of(question)
    return Grid(question, table, answerer.report(report), words, names)


def _headed(
    question: Question, quotes: Sequence[Quote], answerer: Answerer
) -> tuple[Table, str] | None:
    """The table below the best heading of what rose, or fell, most, where that is asked for."""
    ways = [pattern(way) for way in ("rose", "fell")]
    asked = [way for way in ways if way.search(question.text)]
    if question.kind != "superlative" or len(asked) != 1:
        return None
    for unit in (q.unit for q in quotes[:_FIRST] if q.unit.kind == "heading"):
        if not asked[0].search(unit.text) or not re.search(_RANKED, unit.text, re.I):
            continue
        for table in answerer.report(unit.report).tables:
            if fold(" ".join(table.section[-1:])) == unit.folded and len(table.rows) >= _FEW:
                return table, unit.report
    return None


def _across(grid: Grid) -> Reply | None:
    """In a table of columns of things, say which column has most in the row asked for."""
    rows = [(grid.worded(grid.label(row)), row) for row in grid.rows()]
    said, row = max(rows, key=lambda pair: pair[0], default=(0.0, None))
    heads = max((grid.worded(head) for head in grid.table.columns), default=0.0)
    if row is None or said <= max(heads, _LABEL):
        return None
    others = [f for f in fields(grid.table, row.cells) if f.cell.column != grid.key]
    sized = [(told, f) for f in others if (told := size(f.cell.text)) is not None]
    rated = [(amount, f) for (amount, _), f in sized]
    if len(rated) < _FEW or len({currency for (_, currency), _ in sized}) > 1:
        return None
    low = pattern("low").search(grid.question.text) is not None
    _, best = (min if low else max)(rated, key=lambda pair: pair[0])
    label = grid.label(row)
    name = f"{best.name}({best.cell.text.strip()})"
    if grid.question.language == "en":
        text = f"{name}: {'lowest' if low else 'highest'} {label} of {len(rated)}."
    else:
        way = "가장 낮습니다" if low else "가장 높습니다"
        text = f"{name}{particle(best.name, '이/가')} {label} 기준으로 {way}."
    listed = ", ".join(f"{f.name} {f.cell.text.strip()}" for _, f in rated)
    step = f"{'min' if low else 'max'} of {len(rated)}: {listed}"
    return Reply((Sentence(text, (_row_evidence(grid, row, best),), steps=(step,)),))


def _extreme(grid: Grid) -> Reply | None:
    """Say which row has the most or least of the column asked for, in each currency there is."""
    if (across := _across(grid)) is not None:
        return across
    column = grid.measure()
    if column is None or grid.of_other_kind:
        return None
    lists = _rated(grid, grid.rows(), column)
    count = sum(map(len, lists))
    if count < _FEW:
        return None
    question, header = grid.question, lists[0][0][2].header
    told = horizons_of(f"{header} {question.focus}") if question.horizon else ()
    if told and set(told).isdisjoint(question.periods):
        return None  # returns of a week do not tell those of a year
    low = pattern("low").search(question.text) is not None
    ranks = pattern("ranks").search(header) is not None  # the first is the best
    for own in lists:
        own.sort(key=lambda r: r[0] if low != ranks else -r[0])
    place = asked_place(question.text)
    most = 1 if place else asked_top(question.text) or 1
    parts = [own[place - 1 : place] if place else own[:most] for own in lists]
    shown = [(row, field) for part in parts for _, row, field in part]
    if not shown:
        return None
    text = _extreme_text(grid, parts, count, low=low, ranks=ranks)
    first = [(row, field) for own in lists for _, row, field in own[: most + 2]]
    order = ", ".join(f"{grid.label(row)} {field.said}" for row, field in first)
    step = f"{'min' if low else 'max'} of {count}: {order}"
    evidence = tuple(_row_evidence(grid, row, field) for row, field in shown)
    return Reply((Sentence(text, evidence, steps=(step,)),))


def _extreme_text(
    grid: Grid, parts: Sequence[Sequence[_Rated]], count: int, *, low: bool, ranks: bool
) -> str:
    text, place = grid.question.text, asked_place(grid.question.text)
    names = " / ".join(
        ", ".join(grid.label(r) if ranks else f"{grid.label(r)}({f.said})" for _, r, f in part)
        for part in parts
        if part
    )
    header = next(field.name for part in parts for _, _, field in part)
    if grid.question.language == "en":
        return f"{names}: {'lowest' if low else 'highest'} {header} of {count}."
    each = "통화별로 " if len(parts) > 1 else ""
    subject = f"{each}{names}{particle(names, '이/가')}"
    if asks_ranking(text):
        return f"{header} 순위는 {each}{names} 순입니다."
    if ranks:
        return f"{subject} {'마지막' if low else '1위'}입니다."
    rank = "가장 낮습니다" if low else "가장 높습니다"
    if place:
        rank = f"{place}번째로 {'낮습니다' if low else '높습니다'}"
    return f"{subject} {header} 기준으로 {rank}."


_Rated = tuple[Decimal, Row, Field]


def _rated(grid: Grid, rows: Sequence[Row], column: int) -> list[list[_Rated]]:
    """The rows with how much their cells of a column say, those in each currency in a list."""
    lists: dict[str | None, list[_Rated]] = {}
    for row in rows:
        field = grid.field(row, column)
        if field and (told := size(field.cell.text)) is not None:
            lists.setdefault(told[1], []).append((told[0], row, field))
    return sorted(lists.values(), key=len, reverse=True)


def _compared(grid: Grid) -> Reply | None:
    """Put the named rows' cells of the column asked for side by side, the greater first."""
    column = grid.measure()
    rows = [row for row in grid.table.rows if _named(grid, grid.label(row))]
    lists = [] if column is None else _rated(grid, rows, column)
    rated = lists[0] if len(lists) == 1 else []
    if len(rated) != _FEW or grid.question.language == "en":
        return None
    low = pattern("low").search(grid.question.text) is not None
    (big, row, field), (small, other, behind) = sorted(rated, key=lambda r: -r[0], reverse=low)
    name, header = grid.label(row), field.name
    text = (
        f"{name}의 {header}{particle(header, '이/가')} {field.said}"
        f"{particle(field.said, '으로/로')} {grid.label(other)}({behind.said})보다 "
        f"{'낮습니다' if low else '높습니다'}."
    )
    step = f"{max(big, small)} − {min(big, small)} = {abs(big - small)}"
    evidence = (_row_evidence(grid, row, field), _row_evidence(grid, other, behind))
    return Reply((Sentence(text, evidence, steps=(step,)),))


def _named(grid: Grid, label: str) -> bool:
    folded = fold(label)
    return len(folded) > 1 and (
        folded in fold(grid.question.text)
        or any(len(n) > 1 and n in folded for names in grid.names for n in names)
    )


def _row_evidence(grid: Grid, row: Row, field: Field) -> Evidence:
    span = field.cell.span
    return Evidence(
        report=grid.report.id,
        section=grid.table.section,
        quote=span.of(grid.report.text),
        start=span.start,
        end=span.end,
        page=grid.table.page,
        printed_page=grid.table.printed_page,
        table=grid.table.label or grid.table.title or None,
        row=grid.label(row) or None,
        column=field.header or None,
    )


def _counted(grid: Grid, kept: Sequence[Row]) -> Reply | None:
    names = list(dict.fromkeys(grid.label(row) for row in kept))
    unit = re.search(
        r"몇\s?(곳|군데|개사|개국|개|명|건|가지|종목|종|나라|줄|회사|기업)", grid.question.text
    )
    counter = {"군데": "곳", "나라": "개국", "회사": "곳", "기업": "곳", None: "개"}
    word = unit[1] if unit else None
    said = counter.get(word, word) or "개"
    step = f"count({', '.join(names)}) = {len(names)}"
    listed = ", ".join(names)
    text = (
        f"{len(names)}: {listed}."
        if grid.question.language == "en"
        else f"모두 {len(names)}{said}입니다: {listed}."
    )
    return Reply((Sentence(text, (grid.whole(kept),), steps=(step,)),))


def _listed(grid: Grid, kept: Sequence[Row]) -> Reply | None:
    names = ", ".join(dict.fromkeys(grid.label(row) for row in kept))
    text = f"{names}." if grid.question.language == "en" else f"{names}입니다."
    return Reply((Sentence(text, (grid.whole(kept),)),))
