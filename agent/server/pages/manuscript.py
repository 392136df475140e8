"""A report as a page: its text as published, sections and tables rebuilt, places marked.

Everything stands in the page verbatim and in order, escaped; markup of the file
(``**``, ``#``) is there too, hidden. So what a mark covers reads as the quote does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from corpus.report import Span

if TYPE_CHECKING:
    from corpus.report import Cell, Report, Table

Kind = Literal["entity", "claim", "quote", "markup", "strong"]
_CLASSES: dict[Kind, str] = {
    "entity": "e",
    "claim": "c",
    "quote": "q",
    "markup": "mk",
    "strong": "b",
}
_HEADING = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"\s*(?:[-*+•·▪■□○●◦∙※]|\d{1,2}[.)])\s+")
_STRONG = re.compile(r"(\*\*)(?=\S)(.+?)(\*\*)", re.S)
_FRONT = re.compile(r"---\n.*?\n---\n", re.S)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and what it is; ``ref`` names the entity or claim."""

    start: int
    end: int
    kind: Kind
    ref: str = ""


def manuscript(report: Report, marks: Iterable[Mark] = ()) -> str:
    """Return the report's text as HTML with the marks in it; nothing in it is executed."""
    page = _Page(report, marks)
    return "\n".join(page.blocks())


def anchor(start: int) -> str:
    """Return the id of the heading that starts at an offset."""
    return f"s{start}"


class _Page:
    """Writes one report."""

    def __init__(self, report: Report, marks: Iterable[Mark]) -> None:
        self._report = report
        self._text = report.text
        self._marks = sorted(
            (*marks, *self._markup()), key=lambda m: (m.start, m.end, m.kind, m.ref)
        )
        self._quoted = False

    def blocks(self) -> Iterator[str]:
        """Yield block elements in the order of the text."""
        headings = {s.heading.start: s.level for s in self._report.sections if s.heading}
        at = self._start()
        for table in sorted(self._report.tables, key=lambda t: t.span):
            if table.span.start >= at:
                yield from self._prose(Span(at, table.span.start), headings)
                yield self._table(table)
                at = table.span.end
        yield from self._prose(Span(at, len(self._text)), headings)

    def _start(self) -> int:
        """Leave out the file's front matter, unless something quoted stands there."""
        front = _FRONT.match(self._text) if self._report.format == "markdown" else None
        end = front.end() if front else 0
        return 0 if any(m.kind == "quote" and m.start < end for m in self._marks) else end

    def _prose(self, span: Span, headings: dict[int, int]) -> Iterator[str]:
        paragraph: list[Span] = []
        for line in (*_lines(self._text, span), Span(span.end, span.end)):
            plain = line.of(self._text)
            level = headings.get(line.start) or _level(plain)
            listed = _BULLET.match(plain)
            alone = self._report.format == "text" or level or listed or not plain.strip()
            if paragraph and alone:
                yield self._paragraph(Span(paragraph[0].start, paragraph[-1].end))
                paragraph = []
            if level:
                tag = f"h{min(level + 1, 6)}"
                yield f'<{tag} id="{anchor(line.start)}">{self._inline(line)}</{tag}>'
            elif plain.strip():
                paragraph.append(line)

    def _paragraph(self, span: Span) -> str:
        listed = _BULLET.match(span.of(self._text))
        tag = '<p class="li">' if listed else "<p>"
        return f"{tag}{self._inline(span)}</p>"

    def _table(self, table: Table) -> str:
        cells = [c for row in (*table.header, *(r.cells for r in table.rows)) for c in row]
        if not cells:
            lines = "".join(f"<p>{self._inline(s)}</p>" for s in _lines(self._text, table.span))
            return f'<figure class="caption">{lines}</figure>'
        first, last = min(c.span.start for c in cells), max(c.span.end for c in cells)
        above = self._around(Span(table.span.start, self._text.rfind("\n", 0, first) + 1))
        end = self._text.find("\n", last)
        below = self._around(
            Span(end if 0 <= end < table.span.end else table.span.end, table.span.end)
        )
        header = "".join(self._row(row, "th") for row in table.header)
        body = "".join(self._row(row.cells, "td") for row in table.rows)
        return (
            f'<figure class="table"><figcaption>{above}</figcaption><div class="wide"><table>'
            f"<thead>{header}</thead><tbody>{body}</tbody></table></div>"
            f'<div class="notes">{below}</div></figure>'
        )

    def _around(self, span: Span) -> str:
        """The lines above or below a grid; a Markdown rule of dashes is not one."""
        lines = (s for s in _lines(self._text, span) if not s.of(self._text).startswith("|"))
        return "".join(f"<div>{self._inline(line)}</div>" for line in lines)

    def _row(self, cells: Sequence[Cell], tag: str) -> str:
        written = (
            f"<{tag}>{self._inline(c.span) if len(c.span) else escape(c.text)}</{tag}>"
            for c in cells
        )
        return f"<tr>{''.join(written)}</tr>"

    def _inline(self, span: Span) -> str:
        """Write a stretch of text: a piece for every change of what covers it."""
        over = [m for m in self._marks if m.start < span.end and m.end > span.start]
        cuts = {span.start, span.end}
        for mark in over:
            cuts.update((max(mark.start, span.start), min(mark.end, span.end)))
        places = sorted(cuts)
        return "".join(
            self._piece(Span(a, b), [m for m in over if m.start <= a and m.end >= b])
            for a, b in pairwise(places)
        )

    def _piece(self, span: Span, over: Sequence[Mark]) -> str:
        text = escape(span.of(self._text))
        if not over:
            return text
        kinds = sorted({_CLASSES[m.kind] for m in over})
        data = "".join(
            f' data-{_CLASSES[kind]}="{escape(" ".join(dict.fromkeys(refs)))}"'
            for kind in ("claim", "entity")
            if (refs := [m.ref for m in over if m.kind == kind])
        )
        tag, identity = "span", ""
        if "q" in kinds:
            tag, identity = "mark", "" if self._quoted else ' id="quote"'
            self._quoted = True
        return f'<{tag}{identity} class="{" ".join(kinds)}"{data}>{text}</{tag}>'

    def _markup(self) -> Iterator[Mark]:
        """The file's own markup, and what it makes bold."""
        if self._report.format != "markdown":
            return
        for match in _STRONG.finditer(self._text):
            if "\n\n" not in match[2]:
                yield Mark(match.start(1), match.end(1), "markup")
                yield Mark(match.start(2), match.end(2), "strong")
                yield Mark(match.start(3), match.end(3), "markup")
        for line in _lines(self._text, Span(0, len(self._text))):
            if found := _HEADING.match(line.of(self._text)):
                yield Mark(line.start, line.start + found.end(), "markup")


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines within a span, without their ends; empty ones only between others."""
    at = span.start
    while at < span.end:
        end = text.find("\n", at, span.end)
        end = span.end if end < 0 else end
        yield Span(at, end)
        at = end + 1


def _level(line: str) -> int:
    found = _HEADING.match(line)
    return len(found[1]) if found else 0
