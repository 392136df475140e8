"""PDF: text in reading order, headings, tables and pages, by PDFium."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

from corpus.assemble import Given, assemble
from corpus.errors import UnreadableReport
from corpus.readers.pdf.banded import find_banded
from corpus.readers.pdf.charts import without_labels
from corpus.readers.pdf.cover import Cover, read_cover
from corpus.readers.pdf.furniture import strip
from corpus.readers.pdf.glyphs import Sheet, sheet_of
from corpus.readers.pdf.headings import with_levels
from corpus.readers.pdf.joins import Joiner
from corpus.readers.pdf.ocr import recognise
from corpus.readers.pdf.paragraphs import Piece, loose, nested, pieces_of, together
from corpus.readers.pdf.ruled import find_lattices
from corpus.readers.pdf.runs import Run, runs_of
from corpus.readers.pdf.writing import write
from corpus.report import Report

MAX_PAGES = 2_000
MAX_BYTES = 512 * 1024 * 1024
"""Larger files are refused: they are no reports."""
_TAIL = 4096
"""A PDF ends with where its index is; readers look for it in so many bytes."""
_PASSWORD = 4
"""PDFium's error code for a document that asks for a password."""


def read_pdf(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read a ``.pdf`` report.

    Raises :class:`UnreadableReport` for files that are empty, damaged, encrypted, too
    large, or hold pictures of text only.
    """
    with _opened(data, source) as document:
        info = document.get_metadata_dict()
        leaves = [_leaf(document, i, source, ocr=given.ocr) for i in range(len(document))]
    sheets, pages = [sheet for sheet, _ in leaves], [runs for _, runs in leaves]
    if not any(pages):
        raise UnreadableReport(_textless(sheets, source))
    bare = strip(sheets, pages)
    flow = _flowing(
        piece
        for sheet, runs in zip(sheets, bare.pages, strict=True)
        for piece in without_labels(_pieces(sheet, runs), sheet)
    )
    if not flow:
        raise UnreadableReport(_textless((), source))
    joiner = Joiner(
        (run.text for runs in bare.pages for run in runs),
        (
            (one.text, other.text)
            for piece in flow
            for one, other in pairwise(piece.lines)
            if not one.spaced
        ),
    )
    pieces = [
        replace(piece, text=joiner.join([(line.text, line.spaced) for line in piece.lines]))
        for piece in flow
    ]
    cover = read_cover(pieces, bare.heads, info, len(sheets))
    written = write(nested(with_levels(pieces, besides=cover.title_pieces)), bare.printed, joiner)
    return assemble(
        written.text,
        format="pdf",
        source=source,
        name=name,
        given=_given(given, cover),
        pages=written.pages,
        layout=written.layout,
    )


def _pieces(sheet: Sheet, runs: Sequence[Run]) -> list[Piece]:
    """The pieces of one page: its ruled tables first, then the rest around them."""
    lattices, rest = find_lattices(sheet, runs)
    banded, rest = find_banded(sheet, rest)
    return pieces_of(sheet.index, [*lattices, *banded], rest, sheet.rules)


def _given(given: Given, cover: Cover) -> Given:
    """What the user says, and where nothing is said, what the cover says."""
    return replace(
        given,
        title=given.title or cover.title,
        date=given.date or cover.date,
        publisher=given.publisher or cover.publisher,
    )


@contextmanager
def _opened(data: bytes, source: str) -> Iterator[Any]:
    """Open a document with PDFium, its failures told as ours."""
    import pypdfium2

    if not data.strip():
        raise UnreadableReport(
            f"cannot read {source!r}: the file is empty; expected a PDF: copy it again"
        )
    if len(data) > MAX_BYTES:
        raise UnreadableReport(
            f"cannot read {source!r}: it has {len(data):,} bytes; expected at most "
            f"{MAX_BYTES:,}: split it"
        )
    if b"%PDF-" not in data[:1024]:
        raise UnreadableReport(
            f"cannot read {source!r}: it begins with {data[:8]!r}; expected '%PDF-': "
            "is it another format with the suffix .pdf?"
        )
    if b"startxref" not in data[-_TAIL:]:
        raise UnreadableReport(
            f"cannot read {source!r}: its end with the index of its parts is missing; expected "
            "a whole PDF: it was cut off, download or copy it again"
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        raise UnreadableReport(_refused(exc, source)) from exc
    try:
        count = len(document)
        if not 0 < count <= MAX_PAGES:
            raise UnreadableReport(
                f"cannot read {source!r}: it has {count:,} pages; expected 1 to {MAX_PAGES:,}: "
                "check or split the file"
            )
        yield document
    finally:
        document.close()


def _refused(exc: Exception, source: str) -> str:
    if getattr(exc, "err_code", None) == _PASSWORD or "assword" in str(exc):
        return (
            f"cannot read {source!r}: it is encrypted with a password; expected an open PDF: "
            "save it without a password"
        )
    return (
        f"cannot read {source!r}: PDFium cannot open it ({exc}); expected an undamaged PDF: "
        "download or export it again"
    )


def _leaf(document: Any, index: int, source: str, *, ocr: bool) -> tuple[Sheet, tuple[Run, ...]]:
    """One page, read and cut into runs; its glyphs are not kept."""
    import pypdfium2

    try:
        page = document[index]
        try:
            sheet = sheet_of(page, index + 1)
            runs = runs_of(sheet)
            if ocr and not runs and sheet.pictures:
                runs = recognise(page, source)
        finally:
            page.close()
    except pypdfium2.PdfiumError as exc:
        raise UnreadableReport(
            f"cannot read {source!r}: page {index + 1} of {len(document)} is damaged ({exc}); "
            "expected a whole PDF: download or export it again"
        ) from exc
    return replace(sheet, glyphs=()), runs


def _textless(sheets: Sequence[Sheet], source: str) -> str:
    if any(sheet.pictures for sheet in sheets):
        return (
            f"cannot read {source!r}: its {len(sheets)} pages are pictures without text; "
            "expected text: it needs OCR, ingest it with --ocr"
        )
    return f"cannot read {source!r}: it holds no text; expected a report: check the file"


def _flowing(pieces: Iterable[Piece]) -> list[Piece]:
    """Join what goes on in the next column or on the next page: paragraphs and tables."""
    done: list[Piece] = []
    for piece in pieces:
        one = together(done[-1], piece) if done else None
        if one:
            done[-1] = one
        else:
            done.append(piece)
    return [loose(piece) for piece in done]
