"""Runs into pieces: paragraphs, list items and tables, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.captions import caption_of, is_apparatus
from corpus.marks import ends_sentence, mark_of
from corpus.readers.pdf.aligned import find_aligned, rows_of
from corpus.readers.pdf.columns import in_order
from corpus.readers.pdf.glyphs import Rule
from corpus.readers.pdf.ruled import Lattice
from corpus.readers.pdf.runs import Run
from corpus.readers.pdf.symbols import BULLETS

_TABLE = "\x00"
_DOUBT = 1.2
"""A line that ends no sentence must leave so many ems more to be the last of its paragraph."""
_NOTE = re.compile(r"(?:\*{1,4}|[†‡]|\d{1,2}\)|[¹²³⁴-⁹⁰]{1,2}⁾?)\s*(?=\S)")
_ITEM = re.compile(r"(?:\d{1,2}[.]\s|\d{1,2}[)]|[(]\d{1,2}[)]|[가-하][.]\s|[가-하][)]|[①-⑳])\s*\S")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list item or heading (``lines``), or a table (``lattice``), of one page.

    ``text`` is its lines joined (see :class:`corpus.readers.pdf.joins.Joiner`), empty before;
    ``right`` is the right edge of the column it stands in; ``level`` counts headings from
    1, 0 is text; ``indent`` is how deep a list item is nested. ``turns`` tells from which
    line or row on it stands on another page: pairs of that number and the page.
    """

    page: int
    lines: tuple[Run, ...] = ()
    lattice: Lattice | None = None
    right: float = 0.0
    level: int = 0
    indent: int = 0
    text: str = ""
    turns: tuple[tuple[int, int], ...] = ()

    @property
    def raw(self) -> str:
        """Its lines with a space between them."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of its text, in points."""
        return max(self.lines, key=lambda line: len(line.text)).size if self.lines else 0.0

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)


def opens_item(text: str) -> bool:
    """Tell whether a line starts with a bullet or an item number."""
    bullet = text[0] in BULLETS and len(text) > 2 and (text[1] == " " or text[0] not in "-–—·")
    return bullet or _ITEM.match(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a line starts with the mark of a footnote."""
    return _NOTE.match(text) is not None


def pieces_of(
    page: int, lattices: Sequence[Lattice], runs: Sequence[Run], rules: Sequence[Rule] = ()
) -> list[Piece]:
    """Put the tables and runs of a page into pieces, in reading order; ``rules`` part them."""
    stands = [_stand(i, lattice) for i, lattice in enumerate(lattices)]
    pieces: list[Piece] = []
    for region in in_order([*runs, *stands], rules):
        pieces += _region(
            page,
            [run for run in region if run not in stands],
            [lattices[int(run.text[1:])] for run in region if run in stands],
        )
    return _tied(pieces)


def _stand(number: int, lattice: Lattice) -> Run:
    """A table's place holder while columns are cut."""
    box = lattice.box
    return Run(
        f"{_TABLE}{number}", box.left, box.right, box.top, box.bottom, box.top, 10.0, False, ""
    )


def _region(page: int, runs: Sequence[Run], lattices: Sequence[Lattice]) -> list[Piece]:
    aligned, rest = find_aligned(runs)
    tables = sorted([*lattices, *aligned], key=lambda lattice: lattice.box.top)
    lines = [_line(row) for row in rows_of(rest)]
    right = max((line.right for line in lines), default=0.0)
    pieces: list[Piece] = []
    start = 0
    for lattice in tables:
        end = next(
            (i for i in range(start, len(lines)) if lines[i].middle > lattice.box.top), len(lines)
        )
        pieces += _paragraphs(page, lines[start:end], right)
        pieces.append(Piece(page, lattice=lattice))
        start = end
    pieces += _paragraphs(page, lines[start:], right)
    return pieces


def _line(row: Sequence[Run]) -> Run:
    """One line of what stands side by side without being a table."""
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda run: len(run.text))
    return replace(
        main,
        text=" ".join(run.text for run in row),
        left=row[0].left,
        right=row[-1].right,
        top=min(run.top for run in row),
        bottom=max(run.bottom for run in row),
        spaced=row[-1].spaced,
        bold=all(run.bold for run in row),
    )


def _paragraphs(page: int, lines: Sequence[Run], right: float) -> list[Piece]:
    pieces: list[Piece] = []
    pitch = _pitch(lines)
    run: list[Run] = []
    for i, line in enumerate(lines):
        if run and _breaks(run, line, pitch, _edge(lines, i, right)):
            pieces.append(Piece(page, tuple(run), right=right))
            run = []
        run.append(line)
    if run:
        pieces.append(Piece(page, tuple(run), right=right))
    return pieces


def _pitch(lines: Sequence[Run]) -> float:
    """The usual distance of baselines, in ems of the line."""
    steps = [
        (b.base - a.base) / b.size
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < 0.6 and b.base > a.base and b.size
    ]
    tight = sorted(step for step in steps if step < 2.6)
    return median(tight[: max(1, (len(tight) * 2) // 3)]) if tight else 1.6


def _edge(lines: Sequence[Run], i: int, right: float) -> float:
    """How far the lines around reach: what a full line is measured by."""
    around = [lines[i - 1].right, lines[i].right]
    for step in (-1, 1):
        j = i - 1 if step < 0 else i
        for _ in range(4):
            other = j + step
            if not 0 <= other < len(lines) or abs(lines[other].size - lines[j].size) > 0.6:
                break
            if abs(lines[other].base - lines[j].base) > 2.3 * lines[j].size:
                break
            around.append(lines[other].right)
            j = other
    return max(around) if len(around) > 2 else right


def _breaks(run: Sequence[Run], line: Run, pitch: float, edge: float) -> bool:
    """Whether a line starts a new paragraph after those of ``run``."""
    last, first = run[-1], run[0]
    em = max(line.size, 1.0)
    step = (line.base - last.base) / em
    if _opens(first, last, line) or step < 0 or step > 1.4 * pitch:
        return True
    if _apparatus(first.text) and line.left > first.left + 0.8 * em:
        return False
    ended = ends_sentence(last.text)
    short = _room(last, line, edge) > (0 if ended else _DOUBT * em)
    if line.bold != last.bold and (ended or step > 1.1 * pitch):
        return True
    if step > 1.25 * pitch and (ended or line.left > last.left + 0.8 * em):
        return True
    return short or _outdented(run, line, em)


def _opens(first: Run, last: Run, line: Run) -> bool:
    """Whether a line by itself shows that it is no continuation: its mark, size or words."""
    if opens_item(line.text) and not _inside(first, last, line):
        return True
    if abs(line.size - last.size) > 0.07 * max(line.size, 1.0):
        return True
    if caption_of(line.text) or _apparatus(line.text):
        return True
    starred = line.text[0] in "*†‡" and is_note(line.text)
    return starred and line.left <= first.left + line.size


def _inside(first: Run, last: Run, line: Run) -> bool:
    """A wrapped line may begin with what looks like a bullet ("- 3분기", "…이/다. 그")."""
    if line.text.startswith("다.") and not ends_sentence(last.text):
        return True
    return line.text[0] in "-–—" and not opens_item(first.text) and line.left > first.left + 2


def _apparatus(text: str) -> bool:
    return len(text) < 160 and is_apparatus(text)


def _room(last: Run, line: Run, edge: float) -> float:
    """How much room a line leaves beyond what the first word of the next one needs."""
    word = line.text.split(" ", 1)[0]
    ems = sum(0.95 if ch >= "ᄀ" else 0.55 for ch in word[:24])
    return edge - last.right - (ems + 0.6) * max(line.size, 1.0)


def _outdented(run: Sequence[Run], line: Run, em: float) -> bool:
    """A line left of the item's text, or indented after a paragraph's full line."""
    first, last = run[0], run[-1]
    if opens_item(first.text):
        hang = run[1].left if len(run) > 1 else first.left
        return line.left < hang - 0.8 * em
    if len(run) > 1 and line.left > run[1].left + 0.8 * em and ends_sentence(last.text):
        return True
    return line.left < min(first.left, last.left) - 1.5 * em and len(run) > 1


def nested(pieces: Iterable[Piece]) -> list[Piece]:
    """Set how deep each item stands in its list, by the left edges of the items in it."""
    done: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        if _is_item(piece):
            run.append(piece)
            continue
        done += [*_stepped(run), piece]
        run = []
    return [*done, *_stepped(run)]


def _is_item(piece: Piece) -> bool:
    if not piece.lines or piece.level or _apparatus(piece.lines[0].text):
        return False
    return opens_item(piece.lines[0].text) or is_note(piece.lines[0].text)


def _stepped(items: Sequence[Piece]) -> list[Piece]:
    steps: list[float] = []
    for left in sorted(item.lines[0].left for item in items):
        if not steps or left - steps[-1] > 3:
            steps.append(left)
    depths = [sum(1 for step in steps if step < item.lines[0].left - 3) for item in items]
    done: list[Piece] = []
    for item, depth in zip(items, depths, strict=True):
        above = done[-1] if done else None
        note = above is not None and is_note(item.lines[0].text)  # under the item it explains
        own = above.indent + (0 if is_note(above.lines[0].text) else 1) if above and note else depth
        done.append(replace(item, indent=min(3, own)))
    return done


def _tied(pieces: list[Piece]) -> list[Piece]:
    """Move the footnotes of a page behind the paragraphs that have their marks."""
    done = list(pieces)
    for piece in pieces:
        mark = _foot(piece, pieces)
        if not mark:
            continue
        home = next((p for p in done if p is not piece and _bears(p, mark)), None)
        if home is None or done.index(home) + 1 == done.index(piece):
            continue
        done.remove(piece)
        place = done.index(home) + 1
        while place < len(done) and _foot(done[place], pieces):
            place += 1
        done.insert(place, piece)
    return done


def _foot(piece: Piece, pieces: Sequence[Piece]) -> str | None:
    """The mark of a footnote: a marked line smaller than the text of its page."""
    if not piece.lines:
        return None
    match = _NOTE.match(piece.lines[0].text)
    body = max((p.size for p in pieces if p.lines and len(p.lines) > 1), default=0.0)
    small = piece.size <= 0.92 * body
    return match[0].strip().rstrip("⁾)") if match and small else None


def _bears(piece: Piece, mark: str) -> bool:
    if not piece.lines or piece.lines[0].text.startswith(mark):
        return False
    if mark[0] in "*†‡":
        return re.search(rf"\S(?<!\*){re.escape(mark)}(?!\*)", piece.raw) is not None
    raised = mark.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return re.search(rf"[^⁰¹²³⁴-⁹]{raised}(?![⁰¹²³⁴-⁹])", piece.raw) is not None


def _goes_on(piece: Piece, after: Piece) -> bool:
    """Tell whether a piece breaks off at the end of its column and ``after`` goes on with it."""
    if not piece.lines or not after.lines or abs(piece.size - after.size) > 0.05 * piece.size:
        return False
    last, first = piece.lines[-1], after.lines[0]
    if last is first or (_page(piece) == after.page and first.base > last.base):
        return False
    text = first.text
    if ends_sentence(last.text) or opens_item(text) or is_note(text) or caption_of(text):
        return False
    if piece.bold != after.bold or mark_of(text) or is_apparatus(text):
        return False
    return _room(last, first, piece.right) <= 0 and len(last.text) >= 12


def together(piece: Piece, after: Piece) -> Piece | None:
    """Return both as one when ``after`` goes on with ``piece``, ``None`` when it does not."""
    table = _continued(piece, after)
    if table and piece.lattice:
        turn = (len(piece.lattice.rows), after.page)
        return replace(piece, lattice=table, turns=(*piece.turns, turn))
    if _goes_on(piece, after):
        turns = piece.turns
        if after.page != _page(piece):
            turns = (*turns, (len(piece.lines), after.page))
        return replace(piece, lines=(*piece.lines, *after.lines), right=after.right, turns=turns)
    return None


def _page(piece: Piece) -> int:
    """The page that a piece ends on."""
    return piece.turns[-1][1] if piece.turns else piece.page


def _continued(piece: Piece, after: Piece) -> Lattice | None:
    """Return the whole table when ``after`` goes on with the one of ``piece`` on a new page.

    A header that is printed again is left out.
    """
    one, other = piece.lattice, after.lattice
    if one is None or other is None or after.page == _page(piece):
        return None
    same = abs(one.box.left - other.box.left) < 6 and abs(one.box.right - other.box.right) < 6
    same = same or not (one.edges or other.edges)
    if len(one.edges) != len(other.edges):
        return None
    if not same or len(one.rows[0]) != len(other.rows[0]):
        return None
    rows = other.rows[1:] if _words(one.rows[0]) == _words(other.rows[0]) else other.rows
    return Lattice(one.box, (*one.rows, *rows), one.edges)


def loose(piece: Piece) -> Piece:
    """Return a lone row of cells as a line of text, any other piece as it is."""
    if piece.lattice is None or piece.lattice.whole:
        return piece
    runs = [run for row in piece.lattice.rows for cell in row for run in cell]
    return Piece(
        piece.page, tuple(_line(row) for row in rows_of(runs)), right=piece.lattice.box.right
    )


def _words(row: Sequence[Sequence[Run]]) -> list[str]:
    return [" ".join(run.text for run in cell) for cell in row]


def is_numbered(text: str) -> bool:
    """Tell whether a line opens with an unmistakable heading number."""
    return mark_of(text, sure=True) is not None
