"""Korean sentences by rule, with their exact places; no morphological analyser needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.blocks import Block, blocks
from corpus.captions import caption_of, source_of
from corpus.clean import Clean, clean
from corpus.records import record
from corpus.report import Report, Span, Table

SentenceKind = Literal["prose", "list", "heading", "caption", "subtitle"]

_STOP = re.compile(r"(?:[.!?。？！]+|…|[.]{3})[\"”’'」』)\]]*")
_GLUED = re.compile(r"(?<=[다요죠])[.](?=[가-힣A-Z])")
_QUOTING = re.compile(
    r"(?:이?라(?:고|는|며|면서|던|도|[,.]|\s)|고\s|고[,는도]|며|는|은|이|을|를|의|에|로|와|과|란|처럼|하고|등)"
)
_ABBREVIATION = re.compile(
    r"(?:(?:^|[\s(])(?:[A-Z]|[IVX]{2,4}|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|Inc|Corp|Co|Ltd|Fig|al|e\.g|i\.e|approx|[A-Z]\.[A-Z]))$"
)
_COUNT = re.compile(r"(?:^|\s)[(]?\d{1,2}$")
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "(": ")", "[": "]", '"': '"'}
_OPENER = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_EITHER = {opener: re.compile(f"[{re.escape(opener + _PAIRS[opener])}]") for opener in _PAIRS}
_BULLET = re.compile(
    r"\s*(?:[-*+•·∙‣⁃–—■□◆◇▶▷▣○●◎◦✓✔☞※➢❍▪▫ㅇ◈▸▹►➔➪❑❖✦]\s+|\d{1,2}[.]\s+|(?:\d{1,2}[)]|[(]\d{1,2}[)]|[①-⑳])\s*)(?=\S)"
)
_TELLING = re.compile(r"[^\W_]")
_TITLE = re.compile(r"\s{0,3}#{1,6}\s")
"""A heading that heads no section: the title, beside which its date may stand."""
_SHORT_LINE = 30
"""A line shorter than this that is followed by another one is a statement of its own."""


@record()
class Sentence:
    """One sentence, list item, heading or caption.

    ``span`` is its place in the report's text (markup inside, tight at both ends);
    ``clean`` its plain text with offsets into the report. ``table`` is the label (or
    title) of the table that a caption, subtitle or note belongs to.
    """

    section: tuple[str, ...]
    span: Span
    clean: Clean
    kind: SentenceKind
    table: str | None = None


def sentences(report: Report) -> Iterator[Sentence]:
    """Yield everything in a report that reads as a sentence, in order; table rows do not."""
    for block in blocks(report.text, report.sections, report.tables):
        if block.kind == "table" and block.table:
            yield from _of_table(report.text, block, block.table)
        elif block.kind == "heading":
            line = block.lines[0]
            yield from _made(report.text, line.span, block.section, "heading", None)
        else:
            kind: SentenceKind = "list" if block.kind == "list" else "prose"
            yield from _of_lines(report.text, block, kind)


def _of_table(text: str, block: Block, table: Table) -> Iterator[Sentence]:
    label = table.label or table.title or None
    rows = [cells[0].span.start for cells in table.header]
    rows += [row.span.start for row in table.rows]
    grid_start = min(rows, default=table.span.end)
    grid_end = max((row.span.end for row in table.rows), default=grid_start)
    for line in block.lines:
        inside = line.span.start < grid_end and line.span.end > grid_start
        if inside or source_of(line.text):
            continue
        kind: SentenceKind = "caption"
        if table.subtitle_span and table.subtitle_span.covers(line.span):
            kind = "subtitle"
        yield from _made(text, line.span, block.section, kind, label)


def _made(
    text: str, span: Span, section: tuple[str, ...], kind: SentenceKind, table: str | None
) -> Iterator[Sentence]:
    """One sentence of the span, bullets and white space left out."""
    whole = clean(text, span)
    if kind == "caption" and not caption_of(whole.text.strip()):
        yield from _cut(whole, section, kind, table)
        return
    start = len(whole.text) - len(whole.text.lstrip())
    end = len(whole.text.rstrip())
    if start < end:
        yield Sentence(section, whole.span(start, end), whole.part(start, end), kind, table)


def _of_lines(text: str, block: Block, kind: SentenceKind) -> Iterator[Sentence]:
    """Join wrapped lines, cut at complete ones, then cut each run into sentences."""
    run: list[Span] = []
    for i, line in enumerate(block.lines):
        run.append(line.span)
        last = i + 1 == len(block.lines)
        titled = _TITLE.match(text, line.raw.start, line.raw.end) is not None
        complete = (
            titled or len(line.text) < _SHORT_LINE or _STOP.search(line.text[-3:]) is not None
        )
        if last or complete:
            whole = clean(text, Span(run[0].start, run[-1].end))
            yield from _cut(whole, block.section, kind, None)
            run = []


def _cut(
    whole: Clean, section: tuple[str, ...], kind: SentenceKind, table: str | None
) -> Iterator[Sentence]:
    bullet = _BULLET.match(whole.text) if kind == "list" else None
    skip = bullet.end() if bullet else 0
    for start, end in split(whole.text[skip:]):
        part = whole.part(start + skip, end + skip)
        if _TELLING.search(part.text):
            yield Sentence(section, whole.span(start + skip, end + skip), part, kind, table)


def split(text: str) -> Iterator[tuple[int, int]]:
    """Cut plain text into sentences: half-open ranges without white space at their ends.

    Not cut: decimals and dates, abbreviations (``U.S.``), and what stands in quotes or
    brackets inside a sentence (``"…다."라고``). A quotation that is no part of a sentence
    is cut like any other text.
    """
    closed = _enclosed(text)
    start = 0
    for cut in sorted(_cuts(text)):
        if cut <= start or any(a < cut <= b for a, b in closed):
            continue
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield start + left, start + len(piece.rstrip())


def _cuts(text: str) -> set[int]:
    cuts = {match.end() for match in _GLUED.finditer(text) if not _QUOTING.match(text, match.end())}
    for match in _STOP.finditer(text):
        end = match.end()
        if end < len(text) and not text[end].isspace():
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        dot = match[0] == "."
        dated = before[-1:].isdigit() and text[end:].lstrip()[:1].isdigit()
        if dot and (dated or _ABBREVIATION.search(before) or _COUNT.search(before)):
            continue
        if match[0].startswith(("...", "…")) and not _begins(text, end):
            continue
        cuts.add(end)
    return cuts


def _begins(text: str, end: int) -> bool:
    """After an ellipsis, only a clear new start cuts: the end of the text."""
    return not text[end:].strip()


def _enclosed(text: str) -> list[tuple[int, int]]:
    """Ranges in quotes or brackets that belong to a sentence, outermost only."""
    found: list[tuple[int, int]] = []
    position = 0
    while opener := _OPENER.search(text, position):
        start = opener.start()
        end, position = _closing(text, start), start + 1
        if end >= 0 and not _free_quote(text, start, end):
            found.append((start, end))
            position = end + 1
    return found


_DEEPEST = 8
"""Brackets are not nested deeper in text that is meant to be read."""


def _closing(text: str, start: int) -> int:
    """The place of the matching closer, or -1: none, or too far to be one sentence."""
    opener, depth = text[start], 0
    for mark in _EITHER[opener].finditer(text, start + 1, start + 600):
        if mark[0] == _PAIRS[opener] and depth == 0:
            return mark.start()
        depth += 1 if mark[0] == opener else -1
        if depth > _DEEPEST:
            return -1
    return -1


def _free_quote(text: str, start: int, end: int) -> bool:
    """Whether a quotation is no part of a sentence: it opens one and nothing quotes it."""
    if text[start] in "([":
        return False
    before = text[:start].rstrip()
    opens = not before or before[-1] in '.!?…”"’:'
    return opens and not _QUOTING.match(text[end + 1 :])
