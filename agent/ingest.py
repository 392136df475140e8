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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import AgentError
from agent.model_reading import ModelReading
from kg.curation import decided
from kg.decisions import in_force
from kg.errors import EmbedderMismatch
from kg.search.analyzer import use_threads

if TYPE_CHECKING:
    from corpus.report import Report
    from kg.claim import Extraction
    from kg.difference import Change
    from kg.workspace import Workspace

Status = str  # "new", "replaced", "unchanged"

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
        from agent.editions import edition_lines

        same = self.status == "unchanged"
        detail = "" if same else f"  {self.passages} passages, {self.claims} claims"
        yield f"{'would be ' if dry else ''}{self.status}  {self.date}  {self.id}{detail}"
        if dry and self.report is not None:
            yield from edition_lines(self.report, self.changes)

    def to_json(self, *, dry: bool) -> dict[str, Any]:
        """Return the line for `--json`."""
        from agent.editions import edition_json

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

    ``jobs`` is how many cores read and extract, each by a process of its own; left out, all
    of them do. ``options`` are keyword arguments of :func:`corpus.readers.read` for a single file.
    ``step`` is told each file's name as it is done. ``reading`` asks a model.

    Raises:
        CorpusError: when a file cannot be read; nothing is stored then.
        AgentError: when two files have one id.
        EmbedderMismatch: when the workspace was indexed with another embedder.
        ServiceFailure: when a model fails for good or its cap is reached; nothing is stored.
    """
    from kg.search.writer import SearchIndexWriter

    name = _embedder(workspace, embedder)
    pairs = list(_extracted(files, dict(options or {}), jobs, step))
    _refuse_twins(files, pairs)
    current = workspace.generation() if workspace.exists else None
    pairs, model = (reading or ModelReading()).of(pairs, current, dry_run=dry_run)
    before = {r.id: r for r in current.reports} if current else {}
    held = in_force(current.decisions) if current else ()
    decisive = [(report, decided(report, extraction, held)) for report, extraction in pairs]
    lines: list[Line] = []
    for report, extraction in pairs:
        known = before.get(report.id)
        status = "new" if known is None else "replaced"
        lines.append(
            Line(
                report.id,
                report.date.isoformat(),
                status,
                len(report.passages),
                len(extraction.claims),
            )
        )
    if dry_run:
        kept = _unchanged(lines, decisive, before)
        shown = tuple(_previewed(workspace, kept, decisive))
        return Outcome(shown, None, True, model)
    index = SearchIndexWriter(name) if name else SearchIndexWriter()
    generation = workspace.commit(add=pairs, note=f"ingest {len(pairs)} reports", index=index)
    return Outcome(tuple(_unchanged(lines, decisive, before)), generation.number, False, model)


def _previewed(
    workspace: Workspace, lines: Iterable[Line], pairs: Sequence[tuple[Report, Extraction]]
) -> Iterator[Line]:
    """Say of every report that would be replaced what its new edition changes."""
    from agent.editions import edition_changes

    for line, (report, extraction) in zip(lines, pairs, strict=True):
        if line.status == "replaced":
            found = edition_changes(workspace.generation(), report, extraction)
            yield replace(line, changes=tuple(found), report=report)
        else:
            yield line


def _unchanged(
    lines: Sequence[Line], pairs: Sequence[tuple[Report, Extraction]], before: Mapping[str, Any]
) -> Iterator[Line]:
    """Mark those whose text and claims the workspace already holds."""
    from kg.graphs import content_digest
    from kg.quads import report_quads

    for line, (report, extraction) in zip(lines, pairs, strict=True):
        known = before.get(report.id)
        same = (
            known is not None
            and known.sha256 == report.sha256
            and known.content == content_digest(report_quads(report, extraction))
        )
        yield Line(line.id, line.date, "unchanged", line.passages, line.claims) if same else line


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
    with ProcessPoolExecutor(
        workers, mp_context=_processes(), initializer=use_threads, initargs=(1,)
    ) as pool:
        largest = sorted(files, key=_size, reverse=True)  # or cores would wait for a last long one
        done = {}
        for file, pair in zip(largest, pool.map(work, largest), strict=True):
            done[file] = pair
            step(file.name)
    yield from (done[file] for file in files)


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
    from extractors.pipeline import extract
    from extractors.printed import as_printed
    from kg.search.writer import passage_terms

    report = read(file, **options)
    extraction = as_printed(report, extract(report))
    return report, replace(extraction, passage_terms=passage_terms(report, extraction))


def _refuse_twins(files: Sequence[Path], pairs: Sequence[tuple[Report, Extraction]]) -> None:
    seen: dict[str, Path] = {}
    for file, (report, _) in zip(files, pairs, strict=True):
        if report.id in seen:
            raise AgentError(
                f"two files have the report id {report.id!r}: {str(seen[report.id])!r} and "
                f"{str(file)!r}; expected one edition of each; rename one or ingest it alone "
                "with --id"
            )
        seen[report.id] = file


def remove(workspace: Workspace, report: str) -> None:
    """Retract one report; raises UnknownReport."""
    from kg.search.writer import SearchIndexWriter

    index = SearchIndexWriter(workspace.generation().manifest.embedder)
    workspace.commit(remove=[report], note=f"remove {report}", index=index)
