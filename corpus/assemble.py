"""Text and metadata into a report: what every reader ends with."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import UndatedReport
from corpus.frames import find_frames
from corpus.grids import Grid, find_grids
from corpus.lines import Line, front_matter, split_lines
from corpus.marks import Mark
from corpus.metadata import read_metadata
from corpus.outline import Heading, build_sections, find_headings
from corpus.passages import build_passages
from corpus.report import Page, Report, Section, Table
from corpus.tables import build_table


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a report; it wins over what the report says of itself.

    ``ocr`` asks for pictures of text to be read by their looks.
    """

    id: str | None = None
    date: dt.date | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What a reader has seen of a text's form and its characters do not tell.

    ``headings`` maps line numbers (from 0) to levels from 1, ``None`` where the form tells
    nothing and the characters are to tell; ``grids`` are the tables.
    """

    headings: Mapping[int, int] | None
    grids: tuple[Grid, ...] = ()


def normal(text: str) -> str:
    """Return ``text`` as reports keep it: NFC, line ends as ``\\n``, no byte-order mark."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def report_id(stem: str) -> str:
    """Make a report id of a file's stem: NFC, spaces and unsafe characters as ``-``."""
    stem = unicodedata.normalize("NFC", stem)
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "report"


def assemble(
    text: str,
    *,
    format: str,
    source: str,
    name: str,
    given: Given | None = None,
    pages: Sequence[Page] = (),
    layout: Layout | None = None,
) -> Report:
    """Make the report of a normalised ``text`` (see :func:`normal`).

    ``name`` is the file's stem, ``source`` what to call the origin; ``pages`` (whose
    spans point into ``text``) number passages and tables. With a ``layout``, headings and
    tables are the ones it has, not read off the characters. Raises :class:`UndatedReport`.
    """
    given = given or Given()
    lines = split_lines(text)
    grids = layout.grids if layout else find_grids(text, lines)
    frames = find_frames(text, lines, grids)
    taken = frozenset(n for frame in frames for n in range(frame.first, frame.last + 1))
    found = read_metadata(text, lines, _front(text), name=name, taken=taken)
    date = given.date or found.date
    if date is None:
        raise UndatedReport(
            f"cannot date {source!r}: no date in its front matter, first lines or file name; "
            "expected one such as 2025-01-06: give it with --date 2025-01-06"
        )
    markdown = format == "markdown"
    headings = (
        _seen(lines, layout.headings, taken)
        if layout and layout.headings is not None
        else find_headings(text, lines, taken | found.lines, markdown=markdown)
    )
    sections = build_sections(text, headings)
    paths = [_path(sections, lines[frame.first].span.start) for frame in frames]
    tables = tuple(
        _paged(build_table(text, lines, frame, path), pages)
        for frame, path in zip(frames, paths, strict=True)
    )
    id = given.id or report_id(name)
    report = Report(
        id=id,
        title=given.title or found.title,
        publisher=given.publisher or found.publisher,
        authors=given.authors or found.authors,
        date=date,
        source=source,
        format=format,
        sha256="",
        text=text,
        sections=sections,
        tables=tables,
        passages=build_passages(id, text, sections, tables, pages),
        pages=tuple(pages),
    )
    return replace(report, sha256=digest(report))


def _seen(
    lines: Sequence[Line], levels: Mapping[int, int], taken: frozenset[int]
) -> tuple[Heading, ...]:
    """The headings of a layout; a caption set like a heading is none."""
    return tuple(
        Heading(number, Mark(f"hash{level}", 0), lines[number].text, lines[number].span)
        for number, level in sorted(levels.items())
        if number not in taken and not lines[number].blank
    )


def digest(report: Report) -> str:
    """Return the SHA-256 of text and metadata; where the file lies does not matter."""
    parts = [
        report.id,
        report.title,
        report.publisher,
        list(report.authors),
        report.date.isoformat(),
        report.format,
        report.text,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _front(text: str) -> Mapping[str, object]:
    """The front matter, or nothing when it is absent or no mapping."""
    block = front_matter(text)
    if block is None:
        return {}
    import yaml

    body = "\n".join(block.of(text).strip().split("\n")[1:-1])
    try:
        data = yaml.load(body, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _path(sections: Sequence[Section], offset: int) -> tuple[str, ...]:
    path: tuple[str, ...] = ()
    for section in sections:
        if (section.heading or section.body).start > offset:
            break
        path = section.path
    return path


def _paged(table: Table, pages: Sequence[Page]) -> Table:
    page = next((p for p in pages if p.span.start <= table.span.start < p.span.end), None)
    return replace(table, page=page.index, printed_page=page.printed) if page else table
