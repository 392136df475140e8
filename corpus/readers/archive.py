"""Zip archives of XML, as word processors write them: opened with limits, nothing fetched."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from corpus.errors import UnreadableReport

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are refused."""
MAX_PART = 64 * 1024 * 1024
"""No XML part of a report is larger when unpacked."""
MAX_TOTAL = 512 * 1024 * 1024
MAX_PARTS = 10_000
MAX_DEPTH = 200
"""XML nested deeper than this is an attack on its readers."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""OLE compound files: encrypted OOXML, and the binary formats before it."""


class Archive:
    """An open archive; its parts are read by name. Raises :class:`UnreadableReport`."""

    def __init__(self, data: bytes, source: str, suffix: str) -> None:
        self.source = source
        self.suffix = suffix
        self._zip = self._opened(data)
        self._guard()

    def _opened(self, data: bytes) -> zipfile.ZipFile:
        if not data.strip():
            raise self.refusal("the file is empty", "copy it again")
        if len(data) > MAX_BYTES:
            raise self.refusal(f"it has {len(data):,} bytes", f"split it below {MAX_BYTES:,}")
        if data.startswith(_COMPOUND):
            raise self.refusal(
                "it is encrypted with a password, or in an older binary format",
                f"save it as {self.suffix} without a password",
            )
        if not data.startswith(b"PK"):
            raise self.refusal(f"it begins with {data[:8]!r}", "is it another format?")
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
            raise self.damaged(exc) from exc

    def _guard(self) -> None:
        """Refuse bombs before a byte is unpacked; what the index claims is checked on reading."""
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS:
            raise self.refusal(f"it holds {len(parts):,} parts", f"expected below {MAX_PARTS:,}")
        if sum(part.file_size for part in parts) > MAX_TOTAL:
            raise self.refusal(
                f"it unpacks to more than {MAX_TOTAL:,} bytes", "it is no report: leave it out"
            )
        if any(part.flag_bits & 1 for part in parts):
            raise self.refusal("it is encrypted with a password", "save it without one")

    def refusal(self, what: str, todo: str) -> UnreadableReport:
        """Return the error that says why the file is not read."""
        return UnreadableReport(
            f"cannot read {self.source!r}: {what}; expected a {self.suffix} file: {todo}"
        )

    def damaged(self, exc: Exception) -> UnreadableReport:
        """Return the error for a damaged file."""
        return self.refusal(f"it is damaged ({type(exc).__name__})", "download or save it again")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return a part unpacked, by its exact name."""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (
            KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError,
            NotImplementedError,
        ) as exc:  # fmt: skip
            raise self.damaged(exc) from exc
        if len(data) > MAX_PART:
            raise self.refusal(
                f"its part {name!r} unpacks to more than {MAX_PART:,} bytes",
                "it is no report: leave it out",
            )
        return data

    def xml(self, name: str) -> Element:
        """Parse a part; entities and document types are refused, nothing is fetched."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except DefusedXmlException as exc:
            raise self.refusal(
                f"its part {name!r} defines entities or a document type", "it is unsafe"
            ) from exc
        except (ParseError, ValueError, LookupError) as exc:
            raise self.damaged(exc) from exc
        if _deeper(root, MAX_DEPTH):
            raise self.refusal(
                f"its part {name!r} is nested deeper than {MAX_DEPTH}", "it is no report"
            )
        return root


def _deeper(root: Element, limit: int) -> bool:
    """Whether elements are nested deeper than ``limit``; without recursion."""
    level = [root]
    for _ in range(limit):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def local(element: Element) -> str:
    """Return an element's name without its namespace; ``""`` for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace; ``""`` when it is missing."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
