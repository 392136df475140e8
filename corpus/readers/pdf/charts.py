"""Charts: the words and figures on their axes say nothing without the drawing, and are left out."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.captions import caption_of, source_of
from corpus.marks import ends_sentence
from corpus.readers.pdf.glyphs import Box, Sheet
from corpus.readers.pdf.paragraphs import Piece, opens_item

_OPENERS, _CLOSERS = frozenset("<〈[【"), frozenset(">〉]】")
_LABEL = 40
"""What stands in a chart is not longer than this."""
_SHAPES = 3
"""A chart has at least so many bars, lines or curves, or is a picture."""


def without_labels(pieces: Sequence[Piece], sheet: Sheet) -> list[Piece]:
    """Leave out the labels between the title of a chart and its source line, on one page."""
    kept: list[Piece] = []
    number = 0
    while number < len(pieces):
        kept.append(pieces[number])
        number += 1
        if _titles(kept[-1]):
            number = _after_chart(pieces, number, sheet)
    return kept


def _titles(piece: Piece) -> bool:
    text = piece.raw
    return bool(text) and (
        caption_of(text) is not None or (text[0] in "<〈[【" and text[-1] in ">〉]】")
    )


def _after_chart(pieces: Sequence[Piece], first: int, sheet: Sheet) -> int:
    """Where the text goes on after a chart; ``first`` itself when there is none."""
    last = first
    while last < len(pieces) and _is_label(pieces[last]):
        last += 1
    if last == first or last == len(pieces) or source_of(pieces[last].raw) is None:
        return first
    lines = [line for piece in pieces[first:last] for line in piece.lines]
    area = Box(
        min(line.left for line in lines), max(line.right for line in lines),
        min(line.top for line in lines), max(line.bottom for line in lines),
    )  # fmt: skip
    shapes = sum(1 for box in sheet.drawn if _meet(box, area))
    pictured = any(_meet(box, area) for box in sheet.pictures)
    return last if pictured or shapes >= _SHAPES else first


def _is_label(piece: Piece) -> bool:
    text = piece.raw
    return bool(text) and not (
        piece.lattice
        or any(len(line.text) > _LABEL for line in piece.lines)
        or ends_sentence(text)
        or opens_item(text)
        or source_of(text)
        or caption_of(text)
    )


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)
