"""HTML: the main content of saved pages and newsletters, parsed by libxml2."""

from __future__ import annotations

from dataclasses import replace

from corpus.assemble import Given
from corpus.errors import UnreadableReport
from corpus.readers.flow import Known, build
from corpus.readers.html.content import main_content
from corpus.readers.html.document import decoded, parsed
from corpus.readers.html.facts import facts_of
from corpus.readers.html.walk import parts_of
from corpus.report import Report

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused: they are no reports."""


def read_html(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read an ``.html`` report: its text, with the addresses it links to as sources.

    Raises :class:`UnreadableReport` for files that are empty, too large, or no HTML.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableReport(
            f"cannot read {source!r}: it has {len(data):,} bytes; expected at most "
            f"{MAX_BYTES:,}: split it"
        )
    return report_of(decoded(data, source), source, name, given, Known())


def report_of(
    markup: str, source: str, name: str, given: Given, known: Known, *, format: str = "html"
) -> Report:
    """Read markup that is decoded already; ``known`` is what its envelope says."""
    root = parsed(markup, source)
    facts = facts_of(root)
    known = replace(
        known,
        title=known.title or facts.title,
        date=known.date or facts.date,
        publisher=known.publisher or facts.publisher,
        authors=known.authors or facts.authors,
    )
    flow = parts_of(main_content(root))
    return build(flow, format=format, source=source, name=name, given=given, known=known)
