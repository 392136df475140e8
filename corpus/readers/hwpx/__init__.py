"""HWPX: paragraphs, outline, lists, tables and footnotes of 한글 documents (OWPML, KS X 6101)."""

from __future__ import annotations

import posixpath
import re

from corpus.assemble import Given
from corpus.readers.archive import Archive, attribute, local
from corpus.readers.flow import Known, build, tidy
from corpus.readers.hwpx.header import Header, header_of
from corpus.readers.hwpx.section import Body
from corpus.report import Report

_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
_PACKAGE = "Contents/content.hpf"


def read_hwpx(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read a ``.hwpx`` report.

    Raises :class:`corpus.errors.UnreadableReport` for files that are empty, damaged,
    encrypted, bombs, or no 한글 documents.
    """
    archive = Archive(data, source, ".hwpx")
    if _encrypted(archive):
        raise archive.refusal("it is encrypted with a password", "save it without one")
    known, sections = _package(archive)
    if not sections:
        raise archive.refusal("it holds no section of a 한글 document", "is it another format?")
    head = next((n for n in archive.names if n.casefold() == "contents/header.xml"), None)
    body = Body(header_of(archive.xml(head)) if head else Header())
    flow = [part for section in sections for part in body.parts(archive.xml(section))]
    return build(flow, format="hwpx", source=source, name=name, given=given, known=known)


def _encrypted(archive: Archive) -> bool:
    manifest = "META-INF/manifest.xml"
    if manifest not in archive.names:
        return False
    return any("encryption" in local(item) for item in archive.xml(manifest).iter())


def _package(archive: Archive) -> tuple[Known, list[str]]:
    """The title, and the sections in the order of the package, else of their numbers."""
    numbered = sorted(
        (int(match[1]), name) for name in archive.names if (match := _SECTION.fullmatch(name))
    )
    sections = [name for _, name in numbered]
    if _PACKAGE not in archive.names:
        return Known(), sections
    root = archive.xml(_PACKAGE)
    title = next((e.text for e in root.iter() if local(e) == "title" and e.text), "")
    paths = {attribute(e, "id"): attribute(e, "href") for e in root.iter() if local(e) == "item"}
    spine = [paths.get(attribute(e, "idref"), "") for e in root.iter() if local(e) == "itemref"]
    named = [_found(archive, path) for path in spine]
    ordered = [name for name in named if name in sections]
    rest = [name for name in sections if name not in ordered]
    return Known(title=tidy(title) or None), [*dict.fromkeys(ordered), *rest]


def _found(archive: Archive, path: str) -> str:
    """A part by the path a package writes: from its root or from its own folder."""
    names = (path, posixpath.normpath(posixpath.join("Contents", path)))
    return next((name for name in names if name in archive.names), "")
