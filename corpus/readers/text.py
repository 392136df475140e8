"""Plain text and Markdown: the file's own characters, decoded."""

from __future__ import annotations

import codecs

from corpus.assemble import Given, assemble, normal
from corpus.errors import UnreadableReport
from corpus.report import Report

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED = frozenset("\t\n\r\f\v\x1b")


def read_plain(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read a ``.txt`` report."""
    text = decode(data, source)
    return assemble(text, format="text", source=source, name=name, given=given)


def read_markdown(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read a ``.md`` report; the markup stays in its text."""
    text = decode(data, source)
    return assemble(text, format="markdown", source=source, name=name, given=given)


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte-order mark tells."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, source: str) -> str:
    """Decode by byte-order mark, else as UTF-8, else as CP949 (한글 완성형); then normalise.

    Raises :class:`UnreadableReport` for empty files, binary files and other encodings.
    """
    text = normal(_decoded(data, source))
    if not text.strip():
        raise UnreadableReport(
            f"cannot read {source!r}: it holds no text; expected a report: check the file"
        )
    control = next((ch for ch in text if ch < " " and ch not in _ALLOWED), None)
    if control is not None:
        raise UnreadableReport(
            f"cannot read {source!r}: it holds the control character {control!r}; "
            "expected text: is it a binary file with a text suffix?"
        )
    return text


def _decoded(data: bytes, source: str) -> str:
    encoding = marked_encoding(data)
    for candidate in (encoding,) if encoding else ("utf-8", "cp949"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    raise UnreadableReport(
        f"cannot read {source!r}: its first bytes are {data[:8]!r}; expected text in UTF-8, "
        "UTF-16 with a byte-order mark, or CP949: save it as UTF-8"
    )
