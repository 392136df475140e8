"""Bytes into a tree of elements: the encoding a page names, the repairs of libxml2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import UnreadableReport
from corpus.readers.text import marked_encoding

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|div|p|h[1-6]|table|ul|article)\b", re.I
)
_KOREAN = frozenset(
    {"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "windows-949"}
)
"""Names of one encoding: browsers read them all as CP949."""


def decoded(data: bytes, source: str) -> str:
    """Decode a page by its byte-order mark, its ``meta``, else as UTF-8 or CP949.

    Raises :class:`UnreadableReport` for empty files and what is no HTML.
    """
    if not data.strip():
        raise UnreadableReport(
            f"cannot read {source!r}: the file is empty; expected HTML: save the page again"
        )
    encoding = marked_encoding(data)
    if encoding is None and b"\0" in data[:4096]:
        raise UnreadableReport(
            f"cannot read {source!r}: it begins with {data[:8]!r}; expected HTML: "
            "is it another format with the suffix of a page?"
        )
    text = next(_decodings(data, encoding))
    if not _MARKUP.search(text):
        raise UnreadableReport(
            f"cannot read {source!r}: it begins with {text[:20]!r} and holds no HTML element; "
            "expected a saved page: give plain text the suffix .txt"
        )
    return text


def _decodings(data: bytes, marked: str | None) -> Iterator[str]:
    """Every reading of the bytes that makes sense, the likeliest first."""
    found = _CHARSET.search(data[:4096])
    named = found[1].decode("ascii").casefold() if found else None
    tried = [marked, "cp949" if named in _KOREAN else named, "utf-8", "cp949"]
    for encoding in tried:
        try:
            if encoding:
                yield data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    yield data.decode("utf-8", "replace")


def parsed(markup: str, source: str) -> Any:
    """Parse markup into an lxml element."""
    from lxml import etree

    clean = _DECLARED.sub("", markup).replace("\0", "")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except etree.LxmlError as exc:
        raise UnreadableReport(
            f"cannot read {source!r}: libxml2 cannot parse it ({type(exc).__name__}); expected "
            "HTML: save the page again"
        ) from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableReport(
            f"cannot read {source!r}: its elements are nested deeper than libxml2 goes (2048); "
            "expected a page of a report: save it again"
        )
    if root is None:
        raise UnreadableReport(
            f"cannot read {source!r}: it holds no element; expected HTML: save the page again"
        )
    return root
