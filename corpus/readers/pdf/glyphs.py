"""A PDF page as PDFium draws it: glyphs with their boxes, straight rules, pictures.

All coordinates are points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.pdf.symbols import is_symbol_font, letter, private, symbol

_BOLD = re.compile(r"bold|heavy|black|extrab|demi|(?:^|[-_])EB?$|(?:^|[-_])B$", re.IGNORECASE)
_MAX_GLYPHS = 60_000
_MAX_POINTS = 40_000
"""Limits a page: beyond them it is a drawing, and what is left of it is not read."""
_THIN = 2.6
"""A filled rectangle no thicker than this is a line."""

GAP = "\x1f"
"""Stands where PDFium sees a gap between words and no space is drawn."""

Point = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: ``size`` in points; ``font`` without its subset prefix."""

    size: float
    bold: bool
    font: str
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character (or what stands for it) and its box; ``base`` is its baseline."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line, as a box of hardly any thickness."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: ``index`` from 1, size in points, all that is drawn on it."""

    index: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    drawn: tuple[Box, ...] = ()
    """Filled or curved shapes: bars and lines of charts, shades, frames."""


def sheet_of(page: Any, index: int) -> Sheet:
    """Read one page of an open pypdfium2 document."""
    width, height = page.get_size()
    place = _placing(page)
    rules, pictures, drawn = _drawings(page, place)
    glyphs = tuple(_glyphs(page, place, width, height))
    return Sheet(index, width, height, glyphs, rules, pictures, drawn)


def _placing(page: Any) -> Point:
    """From PDF coordinates (origin at the bottom left, before rotation) to ours."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()

    def place(x: float, y: float) -> tuple[float, float]:
        if turn == 90:
            return y - bottom, x - left
        if turn == 180:
            return right - x, y - bottom
        if turn == 270:
            return top - y, right - x
        return x - left, top - y

    return place


def _glyphs(page: Any, place: Point, width: float, height: float) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw = textpage.raw
    styles: dict[int, Style] = {}
    style = None
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    turn = page.get_rotation()
    try:
        for i in range(min(pdfium.FPDFText_CountChars(raw), _MAX_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(raw, i)
            made = pdfium.FPDFText_IsGenerated(raw, i) == 1
            if not code or (made and code in (10, 13)):
                continue
            key = ctypes.cast(pdfium.FPDFText_GetTextObject(raw, i), ctypes.c_void_p).value or 0
            if key or style is None:  # a space that PDFium adds belongs to no object
                style = styles.get(key) or styles.setdefault(key, _style(pdfium, raw, i, turn))
            if not style.upright:
                continue
            pdfium.FPDFText_GetLooseCharBox(raw, i, rect)
            pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
            ax, ay = place(rect.left, rect.top)
            bx, by = place(rect.right, rect.bottom)
            base = place(x.value, y.value)[1]
            left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            if right < 0 or left > width or bottom < 0 or top > height:
                continue
            text = GAP if made and code == 32 else _shown(code, style)
            if text:
                yield Glyph(text, left, right, top, bottom, base, style)
    finally:
        textpage.close()


def _shown(code: int, style: Style) -> str:
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    char = chr(code)
    if char.isspace():
        return " "
    if is_symbol_font(style.font):
        return symbol(char, style.font)
    if 0xE000 <= code <= 0xF8FF:
        return private(char)
    return letter(char)


def _style(pdfium: Any, raw: Any, i: int, turn: int) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, i, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, i) * (math.hypot(matrix.c, matrix.d) or 1.0)
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, i, buffer, 128, flags)
    font = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))
    bold = _BOLD.search(font) is not None or pdfium.FPDFText_GetFontWeight(raw, i) >= 600
    angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - turn) % 360
    upright = angle < 8 or angle > 352
    return Style(round(abs(size), 1), bold, font, upright)


def _drawings(page: Any, place: Point) -> tuple[tuple[Rule, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Rules, pictures and other shapes, forms opened."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    pictures: list[Box] = []
    drawn: list[Box] = []
    points = 0
    for item, matrix in _objects(pdfium, page.raw, None, 0):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(pdfium, item, matrix, place))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            count = pdfium.FPDFPath_CountSegments(item)
            points += count
            if points > _MAX_POINTS:
                break
            lines = list(_straight(pdfium, item, count, matrix, place))
            rules += lines
            if not lines or _filled(pdfium, item):
                drawn.append(_bounds(pdfium, item, matrix, place))
    return tuple(rules), tuple(pictures), tuple(drawn)


_Matrix = tuple[float, float, float, float, float, float]


def _times(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (
        a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p,
        e * m + f * o + q, e * n + f * p + r,
    )  # fmt: skip


def _matrix(pdfium: Any, item: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _objects(
    pdfium: Any, holder: Any, matrix: _Matrix | None, depth: int
) -> Iterator[tuple[Any, _Matrix | None]]:
    """All page objects in drawing order, each with the matrix of the forms around it."""
    if depth:
        count, get = pdfium.FPDFFormObj_CountObjects(holder), pdfium.FPDFFormObj_GetObject
    else:
        count, get = pdfium.FPDFPage_CountObjects(holder), pdfium.FPDFPage_GetObject
    for number in range(max(count, 0)):
        item = get(holder, number)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < 5:
                inner = _times(_matrix(pdfium, item), matrix)
                yield from _objects(pdfium, item, inner, depth + 1)
        else:
            yield item, matrix


def _apply(matrix: _Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(pdfium: Any, item: Any, matrix: _Matrix | None, place: Point) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    corners = [place(*_apply(matrix, x, y)) for x, y in ((left, bottom), (right, top), (left, top))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), max(xs), min(ys), max(ys))


def _filled(pdfium: Any, item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    return fill.value != 0


def _straight(
    pdfium: Any, item: Any, count: int, matrix: _Matrix | None, place: Point
) -> Iterator[Rule]:
    """The horizontal and vertical lines of a path; a thin filled bar counts as one line."""
    own = _times(_matrix(pdfium, item), matrix)
    box = _bounds(pdfium, item, matrix, place)
    if count <= 6 and min(box.right - box.left, box.bottom - box.top) <= _THIN:
        if max(box.right - box.left, box.bottom - box.top) > 2 * _THIN:
            yield Rule(box.left, box.right, box.top, box.bottom)
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*_apply(own, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _line(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _line(last, start)


def _line(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if min(right - left, bottom - top) <= 1.0 and max(right - left, bottom - top) >= 4.0:
        yield Rule(left, right, top, bottom)
