"""Units of a report: its sentences and table rows, ready to be compared with a question."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from agent.korean import jamo
from agent.questions.linking import fold
from agent.words import pattern
from kg.claim import Evidence

if TYPE_CHECKING:
    from corpus.report import Page, Report, Row, Span, Table

UnitKind = Literal["prose", "list", "heading", "caption", "subtitle", "row"]

_CONTENT = ("NNG", "XR", "VV", "VA")
_FIGURE = re.compile(r"\d[\d,.]*")
_NEAR = 40  # characters between a figure and the words that say what it is
_SHORT = 18
_REACH = 3  # sentences before, whose topic may still hold


@dataclass(frozen=True)
class Unit:
    """A sentence, list item, heading, caption or table row.

    ``text`` is plain; a row reads "header: cell | header: cell". ``before`` is the text of
    the units just before it in its section (Korean drops its topics), of a row its
    table's caption. ``offset`` is its place among its report's units.
    """

    report: str
    section: tuple[str, ...]
    span: Span
    text: str
    kind: UnitKind
    offset: int
    before: str
    quote: str = field(repr=False)
    table: Table | None = None
    row: Row | None = None
    page: Page | None = None

    @cached_property
    def place(self) -> tuple[str, int, int]:
        """Its report, and where it starts and ends there."""
        return self.report, self.span.start, self.span.end

    @cached_property
    def folded(self) -> str:
        """The text to look words up in."""
        return fold(self.text)

    @cached_property
    def around(self) -> str:
        """Headings and the text before, to look words up in."""
        return fold(" | ".join((*self.section, self.before)))

    @cached_property
    def letters(self) -> str:
        """The text in Korean letters, to look the stems of verbs up in."""
        return jamo(self.folded)

    @cached_property
    def letters_around(self) -> str:
        """Headings and the text before, in Korean letters."""
        return jamo(self.around)

    @cached_property
    def written(self) -> tuple[str, str]:
        """The text and what is around it on lines of their own, folded and in letters."""
        folded = f"{self.folded}\n{self.around}"
        return folded, f"{self.letters}\n{self.letters_around}"

    @cached_property
    def shape(self) -> tuple[float, ...]:
        """Its form as signs: of a row, a list, a caption, a heading, a question, a short text."""
        return (
            float(self.kind == "row"),
            float(self.kind == "list"),
            float(self.kind in ("caption", "subtitle")),
            float(self.kind == "heading"),
            float(self.text.endswith("?")),
            float(len(self.text) < _SHORT),
        )

    @cached_property
    def figures(self) -> tuple[tuple[str, str, str], ...]:
        """The figures, each with the text beside it: folded, and in Korean letters."""
        found = []
        for match in _FIGURE.finditer(self.text):
            window = fold(self.text[max(0, match.start() - _NEAR) : match.end() + _NEAR])
            found.append((match[0], window, jamo(window)))
        return tuple(found)

    @cached_property
    def content(self) -> frozenset[tuple[str, str]]:
        """The content morphemes, each with its tag."""
        from kg.search.analyzer import morphemes

        return frozenset((m.form, m.tag) for m in morphemes(self.text) if m.tag in _CONTENT)

    @cached_property
    def apparatus(self) -> bool:
        """Whether it only names sources, by its heading or its first word."""
        heading = pattern("apparatus").search(" ".join(self.section[-1:]))
        return heading is not None or pattern("source_line").match(self.text) is not None

    @cached_property
    def evidence(self) -> Evidence:
        """Where it stands."""
        table = self.table
        return Evidence(
            report=self.report,
            section=self.section,
            quote=self.quote,
            start=self.span.start,
            end=self.span.end,
            page=self.page.index if self.page else None,
            printed_page=self.page.printed if self.page else None,
            table=(table.label or table.title or None) if table else None,
        )


class Units:
    """The units of one report, made section by section as they are asked for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._starts = [
            section.heading.start if section.heading else section.body.start
            for section in report.sections
        ]
        self._made: dict[int, tuple[Unit, ...]] = {}
        self._within: dict[tuple[int, int], tuple[Unit, ...]] = {}

    def within(self, span: Span) -> tuple[Unit, ...]:
        """Return the units that start in a range, looked up once: passages are asked for often."""
        key = span.start, span.end
        if key not in self._within:
            self._within[key] = tuple(self._starting(span))
        return self._within[key]

    def _starting(self, span: Span) -> Iterator[Unit]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        for place in range(first, max(last, first + 1)):
            yield from (u for u in self._section(place) if span.start <= u.span.start < span.end)

    def at(self, start: int) -> Unit | None:
        """Return the unit that covers an offset."""
        place = max(0, bisect_right(self._starts, start) - 1)
        covering = (u for u in self._section(place) if u.span.start <= start < u.span.end)
        return next(covering, None)

    def beside(self, unit: Unit, step: int) -> Unit | None:
        """Return the unit ``step`` places on (back, when negative), in the same section."""
        place = max(0, bisect_right(self._starts, unit.span.start) - 1)
        index = unit.offset + step
        every = self._section(place)
        return every[index] if 0 <= index < len(every) else None

    def _section(self, place: int) -> tuple[Unit, ...]:
        if place not in self._made:
            self._made[place] = tuple(_units(self._report, self._alone(place)))
        return self._made[place]

    def _alone(self, place: int) -> Report:
        """The report with all but one section blanked out, offsets kept: reading one is quick."""
        report, starts = self._report, self._starts
        start = starts[place] if starts else 0
        end = starts[place + 1] if place + 1 < len(starts) else len(report.text)
        blank = " " * (start - 1) + "\n" if start else ""
        return replace(
            report,
            text=blank + report.text[start:end],
            sections=report.sections[place : place + 1],
            tables=tuple(t for t in report.tables if start <= t.span.start < end),
        )


def _units(report: Report, part: Report) -> Iterator[Unit]:
    """The units of ``part``, whose offsets are those of ``report``."""
    from corpus.sentences import sentences

    drafts: list[tuple[Span, str, UnitKind, tuple[str, ...], Table | None, Row | None]] = [
        (s.span, s.clean.text.strip(), s.kind, s.section, _holding(part, s.span), None)
        for s in sentences(part)
    ]
    for each in part.tables:
        drafts += [
            (row.span, _row_text(each, row), "row", each.section, each, row) for row in each.rows
        ]
    drafts.sort(key=lambda d: (d[0].start, d[0].end))
    recent: list[str] = []
    for offset, (span, text, kind, section, table, row) in enumerate(drafts):
        before = caption_text(table) if table is not None else " ".join(recent[-_REACH:])
        quote = span.of(report.text)
        page = report.page_at(span.start)
        yield Unit(report.id, section, span, text, kind, offset, before, quote, table, row, page)
        if row is None:
            recent.append(text)


def _holding(report: Report, span: Span) -> Table | None:
    return next((t for t in report.tables if t.span.covers(span)), None)


def caption_text(table: Table) -> str:
    """Return label, title, tag line and unit of a table."""
    return " ".join(filter(None, (table.label, table.title, table.subtitle, table.unit)))


def _row_text(table: Table, row: Row) -> str:
    cells = (
        f"{table.columns[c.column]}: {c.text}" if c.column < len(table.columns) else c.text
        for c in row.cells
        if c.text.strip()
    )
    group = f"{row.group} | " if row.group else ""
    return group + " | ".join(cells)
