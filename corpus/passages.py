"""Report into passages: contiguous slices of at most about 800 characters, one section each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, blocks
from corpus.clean import clean
from corpus.report import Page, Passage, PassageKind, Section, Span, Table
from corpus.sentences import split

LIMIT = 800
"""Longest passage, in characters, unless one sentence or table row is longer."""
ENOUGH = 350
"""A passage of this length takes no further paragraph."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a passage is packed from: never cut, but for a sentence over ``LIMIT``."""

    kind: PassageKind
    span: Span
    glued: bool = False
    """Whether it must stay with the unit before it while there is room."""


def build_passages(
    report_id: str,
    text: str,
    sections: Sequence[Section],
    tables: Sequence[Table],
    pages: Sequence[Page] = (),
) -> tuple[Passage, ...]:
    """Cut a text into passages, in reading order, numbered from 0."""
    made: list[Passage] = []
    pending: list[_Unit] = []
    section: tuple[str, ...] = ()
    heading = -1

    def flush(table: str | None = None) -> None:
        for kind, span in _pack(pending):
            page = next((p for p in pages if p.span.start <= span.start < p.span.end), None)
            made.append(
                Passage(
                    f"{report_id}#{len(made)}",
                    section,
                    kind,
                    span,
                    table,
                    page.index if page else None,
                    page.printed if page else None,
                )
            )
        pending.clear()

    last_end = 0
    for block in blocks(text, sections, tables):
        hidden = "<" in text[last_end : block.span.start] and last_end > 0
        if block.section != section or block.kind == "heading" or hidden:
            flush()
            section = block.section
        if block.kind == "table" and block.table:
            if len(pending) != 1 or pending[0].span.start != heading:
                flush()
            pending.extend(_table_units(block, block.table))
            flush(block.table.label or block.table.title or None)
        else:
            if block.kind == "heading":
                heading = block.span.start
            pending.extend(_prose_units(text, block))
        last_end = block.span.end
    flush()
    return tuple(made)


def _prose_units(text: str, block: Block) -> Iterator[_Unit]:
    kind: PassageKind = "list" if block.kind == "list" else "prose"
    if len(block.span) <= LIMIT:
        nested = kind == "list" and block.lines[0].indent > 1
        yield _Unit(kind, block.span, glued=nested)
        return
    whole = clean(text, block.span)
    cuts = [block.span.start]
    for start, _ in split(whole.text):
        place = whole.offsets[start]
        cuts.append(_outside(text, place, cuts[-1]))
    cuts.append(block.span.end)
    pieces = zip(sorted(set(cuts)), sorted(set(cuts))[1:], strict=False)
    for number, (start, end) in enumerate(pieces):
        for span in _halves(text, Span(start, end)):
            yield _Unit(kind, span, glued=number > 0)


def _outside(text: str, place: int, floor: int) -> int:
    """Move a cut before the markup that opens the sentence after it."""
    while place > floor and text[place - 1] in "*_`~":
        place -= 1
    return place


def _halves(text: str, span: Span) -> Iterator[Span]:
    """Cut a monstrous sentence at white space near the limit."""
    start = span.start
    while span.end - start > 2 * LIMIT:
        cut = text.rfind(" ", start + LIMIT // 2, start + LIMIT)
        cut = cut + 1 if cut > 0 else start + LIMIT
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _table_units(block: Block, table: Table) -> Iterator[_Unit]:
    """Caption, tag line and header as one unit with the first row, then a unit a row."""
    kind: PassageKind = "table" if table.rows else "caption"
    first = table.rows[0].span.end if table.rows else 0
    head_end = max((line.span.end for line in block.lines if line.span.start < first), default=0)
    if head_end:
        yield _Unit(kind, Span(table.span.start, head_end), glued=True)
    for line in block.lines:
        if line.span.start >= head_end:
            start = table.span.start if line is block.lines[0] else line.raw.start
            yield _Unit(kind, Span(start, line.raw.end), glued=True)


def _pack(units: Sequence[_Unit]) -> Iterator[tuple[PassageKind, Span]]:
    """Join neighbours while they fit; white space at the ends is left out by the units."""
    run: list[_Unit] = []
    for unit in units:
        if run:
            length = unit.span.end - run[0].span.start
            full = run[-1].span.end - run[0].span.start >= ENOUGH and not unit.glued
            if length > LIMIT or full:
                yield _joined(run)
                run = []
        run.append(unit)
    if run:
        yield _joined(run)


def _joined(run: list[_Unit]) -> tuple[PassageKind, Span]:
    kinds = {unit.kind for unit in run}
    kind = next(k for k in ("table", "caption", "prose", "list") if k in kinds)
    return kind, Span(run[0].span.start, run[-1].span.end)
