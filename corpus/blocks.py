"""The running order of a report: headings, paragraphs, list items, tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from corpus.lines import Line, split_lines
from corpus.records import record
from corpus.report import Section, Span, Table

BlockKind = Literal["heading", "prose", "list", "table"]


@record()
class Block:
    """A run of lines of one kind inside one section; ``lines`` are its lines with text."""

    kind: BlockKind
    section: tuple[str, ...]
    lines: tuple[Line, ...]
    table: Table | None = None

    @property
    def span(self) -> Span:
        """From the first to the last character with text (a whole table, when it is one)."""
        if self.table:
            return self.table.span
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def blocks(text: str, sections: Sequence[Section], tables: Sequence[Table]) -> Iterator[Block]:
    """Yield the blocks of a text in reading order; hidden lines are in none of them."""
    starts = [s.heading.start if s.heading else s.body.start for s in sections]
    headings = {s.heading.start for s in sections if s.heading}
    spans = sorted(tables, key=lambda table: table.span)
    opens = [table.span.start for table in spans]
    run: list[Line] = []
    previous = None
    lines = split_lines(text)
    for at, line in enumerate(lines):
        if line.blank:
            yield from _close(run, sections, starts)
            continue
        place = bisect_right(opens, line.span.end - 1) - 1
        table = spans[place] if place >= 0 and line.span.start < spans[place].span.end else None
        if table:
            yield from _close(run, sections, starts)
            if table is not previous:
                previous = table
                yield _table(lines[at:], table, sections, starts)
        elif line.span.start in headings:
            yield from _close(run, sections, starts)
            yield Block("heading", _path(line, sections, starts), (line,))
        else:
            if run and (line.is_item or (run[0].is_item and not line.indent)):
                yield from _close(run, sections, starts)
            run.append(line)
    yield from _close(run, sections, starts)


def _path(line: Line, sections: Sequence[Section], starts: list[int]) -> tuple[str, ...]:
    place = bisect_right(starts, line.span.end - 1) - 1
    return sections[place].path if place >= 0 else ()


def _close(run: list[Line], sections: Sequence[Section], starts: list[int]) -> Iterator[Block]:
    if run:
        kind: BlockKind = "list" if run[0].is_item else "prose"
        yield Block(kind, _path(run[0], sections, starts), tuple(run))
        run.clear()


def _table(
    lines: Sequence[Line], table: Table, sections: Sequence[Section], starts: list[int]
) -> Block:
    """Make the block of a table that begins with the first of these lines."""
    inside = takewhile(lambda line: line.span.start < table.span.end, lines)
    told = tuple(line for line in inside if not line.blank)
    return Block("table", _path(told[0], sections, starts), told, table)
