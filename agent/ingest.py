"""Reports into a workspace: read, extract, commit; all of them or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import AgentError
from agent.llm.model_reading import ModelReading
from agent.warned import warn_in_lines
from kg.decisions import in_force
from kg.errors import EmbedderMismatch
from kg.search.analyzer import use_threads

if TYPE_CHECKING:
    from corpus.report import Report
    from kg.change import Addition
    from kg.claim import Extraction
    from kg.difference import Change
    from kg.generation import Generation, ReportInfo
    from kg.workspace import Workspace

Status = str  # "new", "replaced", "re-read" (the same text by another extractor), "unchanged"

_MANY = 24
"""From so many files on, starting processes (about 3 s of loading) pays off."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one report."""

    id: str
    date: str
    status: Status
    passages: int
    claims: int
    changes: tuple[Change, ...] = ()
    report: Report | None = None

    def lines(self, *, dry: bool) -> Iterator[str]:
        """Yield what to tell the user; what a new edition would change only when ``dry``."""
        from agent.curating.editions import edition_lines

        same = self.status == "unchanged"
        detail = "" if same else f"  {self.passages} passages, {self.claims} claims"
        yield f"{'would be ' if dry else ''}{self.status}  {self.date}  {self.id}{detail}"
        if dry and self.report is not None:
            yield from edition_lines(self.report, self.changes)

    def to_json(self, *, dry: bool) -> dict[str, Any]:
        """Return the line for `--json`."""
        from agent.curating.editions import edition_json

        row: dict[str, Any] = {
            "id": self.id,
            "date": self.date,
            "status": self.status,
            "passages": self.passages,
            "claims": self.claims,
        }
        if dry and self.report is not None:
            row["changes"] = edition_json(self.report, self.changes)
        return row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingest did, or would do when ``dry``; ``generation`` is the current one after it.

    ``model`` tells what a model was asked and took, if there was one.
    """

    reports: tuple[Line, ...]
    generation: int | None
    dry: bool
    model: Mapping[str, Any] | None = None

    def lines(self) -> Iterator[str]:
        """Yield what to tell the user, a line a report; when dry, what editions change."""
        for line in self.reports:
            yield from line.lines(dry=self.dry)

    def to_json(self) -> dict[str, Any]:
        """Return the outcome for `--json`."""
        rows = [line.to_json(dry=self.dry) for line in self.reports]
        told = {"dry_run": self.dry, "generation": self.generation, "reports": rows}
        return told if self.model is None else told | {"model": self.model}


def ingest(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    options: Mapping[str, Any] | None = None,
    embedder: str | None = None,
    jobs: int | None = None,
    dry_run: bool = False,
    step: Callable[[str], None] = lambda _: None,
    reading: ModelReading | None = None,
) -> Outcome:
    """Read and extract files and commit them as one generation.

    A file that is stored as it is is not extracted again, unless the extractor is another.
    ``jobs`` is how many cores read and extract, each by a process of its own; left out, all
    of them do. ``options`` are keyword arguments of :func:`corpus.readers.read` for a single file.
    ``step`` is told each file's name as it is done. ``reading`` asks a model.

    Raises:
        CorpusError: when a file cannot be read; nothing is stored then.
        AgentError: when two files have one id.
        EmbedderMismatch: when the workspace was indexed with another embedder.
        ServiceFailure: when a model fails for good or its cap is reached; nothing is stored.
    """
    from extractors.version import extractor_version
    from kg.search.writer import SearchIndexWriter

    name = _embedder(workspace, embedder)
    current = workspace.generation() if workspace.exists else None
    reading, given, version = reading or ModelReading(), dict(options or {}), extractor_version()
    ids = dict(_held(current, files, given, version)) if reading.is_plain else {}
    for file in ids:
        step(file.name)
    rest = [file for file in files if file not in ids]
    pairs = [(r, replace(e, read_by=version)) for r, e in _extracted(rest, given, jobs, step)]
    ids |= {file: report.id for file, (report, _) in zip(rest, pairs, strict=True)}
    _refuse_twins(files, ids)
    before = {info.id: info for info in current.reports} if current else {}
    pairs, model = reading.of(pairs, current, dry_run=dry_run)
    if dry_run:
        items = _additions(current, pairs)
        after = before | {id_: item.info for id_, item in items.items()}
        lines = [_line(before.get(ids[file]), after[ids[file]]) for file in files]
        return Outcome(tuple(_previewed(current, lines, items)), None, True, model)
    index = SearchIndexWriter(name) if name else SearchIndexWriter()
    generation = workspace.commit(add=pairs, note=f"ingest {len(pairs)} reports", index=index)
    lines = [_line(before.get(ids[file]), generation.info(ids[file])) for file in files]
    return Outcome(tuple(lines), generation.number, False, model)


def _held(
    current: Generation | None, files: Sequence[Path], options: Mapping[str, Any], version: str
) -> Iterator[tuple[Path, str]]:
    """Yield the files that are stored as they are, read by this very extractor, with their ids.

    Extracting them again would find the same; reading a file takes a hundredth of that.
    """
    from corpus.readers import read

    for file in files:
        id_ = options.get("id") or file.stem
        if current is None or id_ not in current or current.info(id_).read_by != version:
            continue
        report = read(file, **options)
        if report.id == id_ and report == replace(current.report(id_), source=report.source):
            yield file, id_


def _additions(
    current: Generation | None, pairs: Iterable[tuple[Report, Extraction]]
) -> dict[str, Addition]:
    from kg.change import Addition

    decisions = in_force(current.decisions) if current else ()
    return {report.id: Addition.of(report, raw, decisions) for report, raw in pairs}


def _line(known: ReportInfo | None, info: ReportInfo) -> Line:
    """Say what became of a report that was ``known`` before."""
    if known is None:
        status = "new"
    elif known.holds(info):
        status = "unchanged"
    else:
        same = _edition(known) == _edition(info)
        status = "re-read" if same and info.read_by not in ("", known.read_by) else "replaced"
    return Line(info.id, info.date.isoformat(), status, info.passages, info.claims)


_edition = attrgetter("sha256", "title", "publisher", "date")


def _previewed(
    current: Generation | None, lines: Iterable[Line], items: Mapping[str, Addition]
) -> Iterator[Line]:
    """Say of every report that would be replaced or read again what that changes."""
    from agent.curating.editions import edition_changes

    for line in lines:
        if current is not None and line.status in ("replaced", "re-read"):
            item = items[line.id]
            found = edition_changes(current, item.report, item.extraction)
            yield replace(line, changes=tuple(found), report=item.report)
        else:
            yield line


def _embedder(workspace: Workspace, wanted: str | None) -> str | None:
    if not workspace.exists:
        return wanted
    current = workspace.generation().manifest.embedder
    if wanted is not None and wanted != current:
        raise EmbedderMismatch(
            f"--embedder cannot change: got {wanted!r}, expected {current!r}, with which this "
            "workspace was indexed; ingest into another --home"
        )
    return current


def _extracted(
    files: Sequence[Path],
    options: dict[str, Any],
    jobs: int | None,
    step: Callable[[str], None],
) -> Iterator[tuple[Report, Extraction]]:
    work = partial(read_and_extract, options=options)
    if jobs is not None:
        use_threads(1)  # a core a process; Kiwi that is loaded already keeps its threads
    elif len(files) >= _MANY:
        jobs = os.cpu_count() or 1
    if jobs in (None, 1) or len(files) == 1:
        for file in files:
            yield work(file)
            step(file.name)
        return
    workers = min(jobs or 1, len(files))
    with ProcessPoolExecutor(workers, mp_context=_processes(), initializer=_begin) as pool:
        largest = sorted(files, key=_size, reverse=True)  # or cores would wait for a last long one
        done = {}
        for file, pair in zip(largest, pool.map(work, largest), strict=True):
            done[file] = pair
            step(file.name)
    yield from (done[file] for file in files)


def _begin() -> None:
    """Set up a process that reads reports: a core a process, warnings as this one's."""
    use_threads(1)
    warn_in_lines()


def _size(file: Path) -> int:
    """Return how large a file is; one that is not there is refused by who reads it."""
    return file.stat().st_size if file.exists() else 0


def _processes() -> BaseContext:
    """Return how processes are started: as copies of one that has loaded everything.

    Never of this one: a copy of a process that has used Kiwi or the index hangs on their
    threads. What it has loaded uses none but its own. Elsewhere than on Linux libraries
    may not bear being copied, so each process loads for itself.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    server = get_context("forkserver")
    server.set_forkserver_preload(["agent.loaded"])
    return server


def read_and_extract(file: Path, options: Mapping[str, Any]) -> tuple[Report, Extraction]:
    """Read one file, extract its claims and analyse its passages for the index.

    All that needs the analyser happens here, as this step may run in another process.
    """
    from corpus.readers import read
    from extractors.names.printed import as_printed
    from extractors.pipeline import extract
    from kg.search.writer import passage_terms

    report = read(file, **options)
    extraction = as_printed(report, extract(report))
    return report, replace(extraction, passage_terms=passage_terms(report, extraction))


def _refuse_twins(files: Sequence[Path], ids: Mapping[Path, str]) -> None:
    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(ids[file], file)
        if other != file:
            raise AgentError(
                f"two files have the report id {ids[file]!r}: {str(other)!r} and {str(file)!r}; "
                "expected one edition of each; rename one or ingest it alone with --id"
            )


def remove(workspace: Workspace, report: str) -> None:
    """Retract one report; raises UnknownReport."""
    from kg.search.writer import SearchIndexWriter

    index = SearchIndexWriter(workspace.generation().manifest.embedder)
    workspace.commit(remove=[report], note=f"remove {report}", index=index)
