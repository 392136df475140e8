"""One reader a format: bytes in, :class:`corpus.report.Report` out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from corpus.assemble import Given, assemble, normal
from corpus.errors import UnreadableReport
from corpus.report import Report

Reader = Callable[[bytes, str, str, Given], Report]
"""``(data, source, name, given)`` to a report; raises :class:`corpus.errors.CorpusError`."""

READERS: dict[str, str] = {
    ".txt": "corpus.readers.text:read_plain",
    ".md": "corpus.readers.text:read_markdown",
    ".markdown": "corpus.readers.text:read_markdown",
    ".pdf": "corpus.readers.pdf:read_pdf",
    ".html": "corpus.readers.html:read_html",
    ".htm": "corpus.readers.html:read_html",
    ".eml": "corpus.readers.mail:read_mail",
    ".mht": "corpus.readers.mail:read_mail",
    ".mhtml": "corpus.readers.mail:read_mail",
    ".docx": "corpus.readers.docx:read_docx",
    ".hwpx": "corpus.readers.hwpx:read_hwpx",
}
"""Suffix to ``module:function``; the module is imported when its format is first met."""


def suffixes() -> tuple[str, ...]:
    """Return the file suffixes that can be read, sorted."""
    return tuple(sorted(READERS))


def read(
    path: Path,
    *,
    id: str | None = None,
    date: dt.date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: Sequence[str] = (),
    ocr: bool = False,
) -> Report:
    """Read one report file; what is given wins over what the file says of itself.

    ``ocr`` reads scanned PDFs with tesseract, where that is installed.

    Raises :class:`UnreadableReport` (unknown suffix, no such file, not that format) and
    :class:`corpus.errors.UndatedReport`.
    """
    where = READERS.get(path.suffix.lower())
    if where is None:
        raise UnreadableReport(
            f"cannot read {str(path)!r}: no reader for {path.suffix!r}; "
            f"expected one of {' '.join(suffixes())}: convert the file first"
        )
    try:
        data = path.read_bytes()
    except OSError as exc:
        reason = exc.strerror or "it cannot be opened"
        raise UnreadableReport(
            f"cannot read {str(path)!r}: {reason}; expected a readable file: check the path"
        ) from exc
    module, function = where.split(":")
    reader: Reader = getattr(import_module(module), function)
    given = Given(id, date, title, publisher, tuple(authors), ocr)
    return reader(data, str(path), path.stem, given)


def read_text(
    text: str,
    *,
    format: str = "text",
    source: str = "text",
    id: str | None = None,
    date: dt.date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: Sequence[str] = (),
) -> Report:
    """Read a report that is text already; ``format`` is ``"text"`` or ``"markdown"``.

    ``source`` names it; its last part without suffix is the id unless given.
    """
    text = normal(text)
    if not text.strip():
        raise UnreadableReport(
            f"cannot read {source!r}: it holds no text; expected a report: check the file"
        )
    given = Given(id, date, title, publisher, tuple(authors))
    return assemble(text, format=format, source=source, name=Path(source).stem, given=given)
