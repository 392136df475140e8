"""DOCX: paragraphs, headings by style, lists, tables and footnotes (ISO/IEC 29500)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.assemble import Given
from corpus.readers.archive import Archive, local
from corpus.readers.docx.body import Body
from corpus.readers.docx.styles import numberings, relations, styles_of
from corpus.readers.flow import Known, build, tidy
from corpus.report import Report

_OFFICE = "/relationships/officeDocument"

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read_docx(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read a ``.docx`` report; tracked deletions are left out, insertions are text.

    Raises :class:`corpus.errors.UnreadableReport` for files that are empty, damaged,
    encrypted, bombs, or no Word documents.
    """
    archive = Archive(data, source, ".docx")
    main = next(iter(relations(archive, "", _OFFICE)), None)
    if main is None or main not in archive.names:
        raise archive.refusal("it holds no Word document", "is it another Office format?")
    root = archive.xml(main)
    if local(root) != "document":
        raise archive.refusal(f"its main part is a {local(root)!r}", "is it another Office format?")
    body = Body(styles_of(archive, main), numberings(archive, main), _notes(archive, main))
    flow = body.parts(root)
    return build(
        flow, format="docx", source=source, name=name, given=given, known=_properties(archive)
    )


def _notes(archive: Archive, main: str) -> dict[str, Element]:
    """Foot- and endnotes by ``kind:id``."""
    found: dict[str, Element] = {}
    for kind in ("footnote", "endnote"):
        for part in relations(archive, main, f"/relationships/{kind}s"):
            for note in archive.xml(part):
                if local(note) == kind:
                    id = next((v for k, v in note.attrib.items() if k.endswith("}id")), "")
                    found[f"{kind}:{id}"] = note
    return found


def _properties(archive: Archive) -> Known:
    """The title that the author gave; who saved it and when says nothing of the report."""
    for part in relations(archive, "", "/metadata/core-properties"):
        if part in archive.names:
            for element in archive.xml(part):
                if local(element) == "title" and element.text and tidy(element.text):
                    return Known(title=tidy(element.text))
    return Known()
