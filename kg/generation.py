"""One generation of a workspace: graph, search index, reports and names of one version.

A generation never changes once it is published. Its directory holds

    graph/          an Oxigraph store, opened read-only
    index/          the search files
    reports/        one JSON file a report, hard-linked from generation to generation
    extractions/    what was extracted from each report, before any decision; hard-linked
    names/          the alias table of each report, hard-linked too
    names.json      all of them merged: every entity, without a look into the graph
    log.jsonl       what each generation up to this one changed, see :mod:`kg.log`
    decisions.jsonl the log of what people decided about entities, see :mod:`kg.decisions`
    manifest.json   what is in here; written last, so its presence means "whole"
"""

from __future__ import annotations

import datetime as dt
import json
import os
import weakref
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.dates import iso_week
from corpus.report import Report
from kg.alias_table import Name, names_from_json
from kg.claim import Extraction
from kg.decisions import Decision, log_from_json
from kg.errors import UnknownReport, WorkspaceError
from kg.extractions import extraction_from_json
from kg.store import dataset, open_store

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rdflib import Dataset

MANIFEST = "manifest.json"
NAMES = "names.json"
DECISIONS = "decisions.jsonl"
FOLDERS = ("reports", "extractions", "names")
LAYOUT = 4
"""Raised with every change of what a generation holds that older programs misread."""


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What the manifest says of one report.

    ``sha256`` is the report's own; ``content`` digests the quads made from it, so a
    better extractor is noticed too. ``file`` is its name below each of ``FOLDERS``.
    ``read_by`` is the version of the extractor; empty for one stored before it was kept.
    """

    id: str
    title: str
    publisher: str | None
    date: dt.date
    source: str
    format: str
    sha256: str
    passages: int
    claims: int
    extractors: tuple[str, ...]
    content: str
    file: str
    read_by: str = ""

    def holds(self, other: ReportInfo) -> bool:
        """Whether another edition is this one: text, metadata and claims, and who read them."""
        mine, its = ((i.sha256, i.content, i.read_by) for i in (self, other))
        return mine == its

    @property
    def week(self) -> str:
        """The ISO week of the report's date, as ``2025-W02``."""
        return iso_week(self.date)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of; ``reports`` in order of date, then id."""

    number: int
    parent: int | None
    created_at: str
    note: str
    version: str
    embedder: str
    ontology: str
    layout: int
    reports: tuple[ReportInfo, ...]

    def to_json(self) -> str:
        """Return the manifest as one JSON document."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what :meth:`to_json` wrote; raises ValueError, TypeError or KeyError."""
        fields: dict[str, Any] = json.loads(text)
        if fields["layout"] != LAYOUT:
            raise ValueError(f"layout {fields['layout']!r} instead of {LAYOUT}")
        reports = tuple(
            ReportInfo(
                **item
                | {
                    "date": dt.date.fromisoformat(item["date"]),
                    "extractors": tuple(item["extractors"]),
                }
            )
            for item in fields.pop("reports")
        )
        return cls(reports=reports, **fields)


class Generation:
    """A published generation, read-only; open it through :class:`kg.workspace.Workspace`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            held = os.open(path / MANIFEST, os.O_RDONLY)
        except OSError as exc:
            raise WorkspaceError(
                f"the generation {str(path)!r} is not whole: expected {MANIFEST} in it "
                f"({exc.strerror}); roll back, or ingest again into a new --home"
            ) from exc
        weakref.finalize(self, os.close, held)  # ends the hold when the last reader goes
        hold(held)
        if os.name != "nt" and os.fstat(held).st_nlink == 0:
            raise WorkspaceError(f"the generation {str(path)!r} was deleted: open the current one")

    def __repr__(self) -> str:
        return f"Generation({str(self.path)!r})"

    @cached_property
    def manifest(self) -> Manifest:
        """What the generation is made of."""
        try:
            return Manifest.from_json((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError) as exc:
            raise WorkspaceError(
                f"cannot read {str(self.path / MANIFEST)!r}: expected a manifest of this "
                f"program ({exc}); ingest again into a new --home"
            ) from exc

    @property
    def number(self) -> int:
        """The generation's number, from 1."""
        return self.manifest.number

    @property
    def graph(self) -> Path:
        """The directory of the graph."""
        return self.path / "graph"

    @property
    def index(self) -> Path:
        """The directory of the search files."""
        return self.path / "index"

    @cached_property
    def store(self) -> ox.Store:
        """The graph, opened read-only once a process."""
        return open_store(self.graph)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset whose default graph is the union."""
        return dataset(self.store)

    @property
    def reports(self) -> tuple[ReportInfo, ...]:
        """All reports, in order of date, then id."""
        return self.manifest.reports

    @cached_property
    def _by_id(self) -> dict[str, ReportInfo]:
        return {info.id: info for info in self.reports}

    def __contains__(self, report: str) -> bool:
        return report in self._by_id

    def shared_with(self, other: Generation) -> frozenset[str]:
        """Return the ids of the reports that are the same here and there, text and claims.

        The one file of both tells: where reports cannot be linked, none is shared.
        """
        return frozenset(
            info.id
            for info in self.reports
            if other._by_id.get(info.id) == info and self._is_one_file(other, info)
        )

    def _is_one_file(self, other: Generation, info: ReportInfo) -> bool:
        mine, its = (path / "reports" / info.file for path in (self.path, other.path))
        try:
            return mine.samefile(its)
        except FileNotFoundError:  # the other generation has been cleared away
            return False

    def info(self, report: str) -> ReportInfo:
        """Return what is known of one report; raises UnknownReport."""
        try:
            return self._by_id[report]
        except KeyError:
            known = ", ".join(info.id for info in self.reports[-3:]) or "none at all"
            raise UnknownReport(
                f"no report {report!r} in this workspace: expected a report id "
                f"(the latest: {known}); see `kg reports`"
            ) from None

    def report(self, report: str) -> Report:
        """Read one whole report back; raises UnknownReport."""
        from corpus.store import report_from_json

        file = self.path / "reports" / self.info(report).file
        return report_from_json(file.read_text(encoding="utf-8"))

    def extraction(self, report: str) -> Extraction:
        """Read back what was extracted from a report, before any decision."""
        file = self.path / "extractions" / self.info(report).file
        return extraction_from_json(file.read_text(encoding="utf-8"))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions ever made, oldest first, also those that were undone."""
        return log_from_json((self.path / DECISIONS).read_text(encoding="utf-8"))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The alias table, ordered by entity id."""
        return names_from_json((self.path / NAMES).read_text(encoding="utf-8"))

    def tables(
        self, known: Mapping[str, tuple[Name, ...]], but: Collection[str]
    ) -> dict[str, tuple[Name, ...]]:
        """Return the names of each report, those of all ``but`` some being ``known``."""
        return {
            i.id: names_from_json((self.path / "names" / i.file).read_text(encoding="utf-8"))
            if i.id in but
            else known[i.id]
            for i in self.reports
        }

    def has_names_of(self, other: Generation) -> bool:
        """Whether the alias table is the same here and there."""
        mine, its = (path / NAMES for path in (self.path, other.path))
        return mine.read_bytes() == its.read_bytes()

    @cached_property
    def names_by_id(self) -> dict[str, Name]:
        """The alias table by entity id."""
        return {name.id: name for name in self.names}


def hold(file: int) -> None:
    """Mark a generation as in use for as long as the descriptor is open (POSIX only)."""
    if os.name != "nt":
        import fcntl

        with suppress(OSError):  # a file system without locks: then nothing is in use
            fcntl.flock(file, fcntl.LOCK_SH)


def is_held(path: Path) -> bool:
    """Whether anybody reads a generation just now: another process, or this one (POSIX only)."""
    if os.name == "nt":
        return False
    import fcntl

    try:
        with (path / MANIFEST).open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # there is none, or no locks
        return False
    return False


def discard(path: Path) -> bool:
    """Delete a generation unless a process reads it; tell whether it is gone.

    The manifest goes first: a directory without one is no generation, so a deletion that
    is cut short leaves only rubbish for the next writer.
    """
    import shutil

    try:
        if not _retire(path / MANIFEST):
            return False
        shutil.rmtree(path)
    except PermissionError:
        if os.name != "nt":
            raise
        return False  # a reader has a file open; the next writer tries again
    return True


def _retire(manifest: Path) -> bool:
    """Unlink a manifest while nobody holds it; tell whether it is gone."""
    try:
        with manifest.open() as file:
            if os.name != "nt":
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                manifest.unlink()
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    manifest.unlink(missing_ok=True)
    return True
