"""Which pieces are headings, by size, weight and numbering, and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.captions import caption_of, is_apparatus
from corpus.marks import ends_sentence, mark_of
from corpus.readers.pdf.paragraphs import Piece, is_note, is_numbered

_LARGER = 1.11
_SELDOM = 0.2
"""No more of the letters are set in a font that is for headings only."""
_HANGUL = re.compile(r"[가-힣]")
_LONGEST = 110
_LONGEST_BOLD = 70
_MAX_LEVEL = 9
_BRACKETED = re.compile(r"[<〈《\[【(].*[>〉》\]】)]")
_Style = tuple[float, bool]


def body_size(pieces: Sequence[Piece]) -> float:
    """The size that most characters are set in, in points."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        for line in piece.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def with_levels(pieces: Sequence[Piece], *, besides: Collection[int] = frozenset()) -> list[Piece]:
    """Give each heading among the pieces of a document its level, from 1.

    ``besides`` holds the places of pieces that are none, such as the title.
    """
    body = body_size(pieces)
    letters = sum(len(line.text) for p in pieces for line in p.lines)
    bold = sum(len(line.text) for p in pieces for line in p.lines if line.bold)
    plain = bold * 2 < letters
    fonts = _heading_fonts(pieces, body)
    found = [
        i
        for i, piece in enumerate(pieces)
        if i not in besides
        and _is_heading(piece, body, heavy=(plain and piece.bold) or _set_in(piece, fonts))
    ]
    ranks = _ranks([pieces[i] for i in found])
    done = list(pieces)
    for i in found:
        level = ranks[(_style(pieces[i]), _kind(pieces[i]))]
        done[i] = replace(pieces[i], level=min(level, _MAX_LEVEL))
    return done


def _heading_fonts(pieces: Sequence[Piece], body: float) -> frozenset[str]:
    """The fonts that short lines of Hangul are set in, and hardly anything else.

    Faces made for headings need no bold: so 견고딕 over 명조.
    """
    letters: Counter[str] = Counter()
    longer: set[str] = set()
    short: Counter[str] = Counter()
    for piece in pieces:
        for line in piece.lines:
            letters[line.font] += len(line.text)
        fonts = {line.font for line in piece.lines}
        if len(fonts) == 1 and len(piece.raw) <= _LONGEST_BOLD and _HANGUL.search(piece.raw):
            short[fonts.pop()] += 0.97 * body <= piece.size < _LARGER * body
        else:
            longer |= fonts
    total = sum(letters.values())
    return frozenset(
        font
        for font, times in short.items()
        if font and times >= 2 and font not in longer and letters[font] <= _SELDOM * total
    )


def _set_in(piece: Piece, fonts: frozenset[str]) -> bool:
    return bool(piece.lines) and all(line.font in fonts for line in piece.lines)


def _is_heading(piece: Piece, body: float, *, heavy: bool) -> bool:
    if (
        not piece.lines
        or len(piece.lines) > 3
        or sum(len(line.text) for line in piece.lines) > _LONGEST
    ):
        return False
    text = piece.text
    letters = sum(1 for ch in text if ch.isalpha())
    if letters < 2 or is_note(text):
        return False
    if caption_of(text) or is_apparatus(text) or text.endswith((",", ":", "：", ";")):
        return False
    if _BRACKETED.fullmatch(text) or re.match(r"(?:https?://|www\.)|\S+@\S+", text):
        return False
    if piece.size >= _LARGER * body:
        return not text.endswith(".") or piece.size >= 1.3 * body
    if heavy and piece.size >= 0.97 * body and len(text) <= _LONGEST_BOLD:
        return not ends_sentence(text) and letters * 3 >= len(text.replace(" ", ""))
    numbered = is_numbered(text) and piece.size >= 0.97 * body and len(piece.lines) == 1
    return numbered and len(text) <= _LONGEST_BOLD and not ends_sentence(text)


def _style(piece: Piece) -> _Style:
    return (round(piece.size * 2) / 2, piece.bold)


def _kind(piece: Piece) -> str:
    mark = mark_of(piece.text)
    return "" if mark is None or mark.kind.startswith(("bullet", "bracket")) else mark.kind


def _ranks(headings: Sequence[Piece]) -> dict[tuple[_Style, str], int]:
    """Levels by style, larger and bolder first, and within a style by kind of number."""
    kinds: dict[_Style, list[str]] = {}
    for piece in headings:
        known = kinds.setdefault(_style(piece), [])
        kind = _kind(piece)
        if kind and kind not in known:
            known.append(kind)
    ranks: dict[tuple[_Style, str], int] = {}
    level = 1
    for style in sorted(kinds, key=lambda style: (-style[0], not style[1])):
        ranks[(style, "")] = level
        for step, kind in enumerate(kinds[style]):
            ranks[(style, kind)] = level + step
        level += max(1, len(kinds[style]))
    return ranks
