"""The records every reader produces: a report, its outline, tables and passages.

All offsets are code points into :attr:`Report.text`, half-open, so that
``report.text[span.start:span.end]`` is what the span covers, verbatim.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from corpus.dates import iso_week
from corpus.records import record

PassageKind = Literal["prose", "list", "table", "caption"]


@record(order=True)
class Span:
    """A half-open range of code points in one report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@record()
class Page:
    """A page of a paged format: its index from 1, the number printed on it, its text."""

    index: int
    printed: str | None
    span: Span


@record()
class Section:
    """A heading and the text under it, up to the next heading of any level.

    ``path`` holds the headings from the outermost to this one, as printed
    (``("I. AI Issue", "2. 엔비디아와 경쟁", "(1) ASIC vs GPU")``). ``level`` counts
    from 1. The text before the first heading is a section with an empty path.
    """

    path: tuple[str, ...]
    level: int
    heading: Span | None
    body: Span


@record()
class Cell:
    """One table cell; ``text`` is cleaned of markup, ``span`` is the raw cell (may be empty)."""

    row: int
    column: int
    text: str
    span: Span


@record()
class Row:
    """One body row. ``group`` is the label row above it ("하드웨어 인프라"), if any."""

    cells: tuple[Cell, ...]
    group: str | None
    span: Span


@record()
class Table:
    """A captioned or bare table; ``rows`` is empty when only its caption survived.

    ``label`` is what the report calls it ("표 11", "그림 2"); ``title`` the caption
    after the label; ``subtitle`` the tag line below. ``columns`` holds one printed
    header a column, two header rows joined by a space ("기간별 수익률(%) 1W").
    ``caption`` spans label and title, ``subtitle_span`` the tag line, ``span`` all.
    """

    label: str | None
    title: str
    subtitle: str
    columns: tuple[str, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]
    source: str | None
    unit: str | None
    notes: tuple[str, ...]
    section: tuple[str, ...]
    caption: Span | None
    subtitle_span: Span | None
    span: Span
    page: int | None = None
    printed_page: str | None = None


@record()
class Passage:
    """A retrieval unit of at most about 800 characters inside one section.

    ``id`` is ``"<report id>#<ordinal from 0>"``. A table of many rows becomes
    several passages of whole rows. ``table`` is its label or title.
    """

    id: str
    section: tuple[str, ...]
    kind: PassageKind
    span: Span
    table: str | None = None
    page: int | None = None
    printed_page: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read: immutable, format-independent, offsets into ``text``.

    ``id`` is stable across editions (the file's stem unless given); ``sha256`` is
    of the text and the metadata, so equal digests mean that nothing changed.
    """

    id: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    date: dt.date
    source: str
    format: str
    sha256: str
    text: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    pages: tuple[Page, ...] = ()

    @property
    def week(self) -> str:
        """The ISO week of the report's date, as ``2025-W02``."""
        return iso_week(self.date)

    def section_at(self, offset: int) -> tuple[str, ...]:
        """Return the path of the section whose heading or body holds ``offset``."""
        path: tuple[str, ...] = ()
        for section in self.sections:
            start = section.heading.start if section.heading else section.body.start
            if start > offset:
                break
            path = section.path
        return path

    def page_at(self, offset: int) -> Page | None:
        """Return the page that ``offset`` is on; ``None`` in formats without pages."""
        return next((p for p in self.pages if p.span.start <= offset < p.span.end), None)
