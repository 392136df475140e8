"""A workspace: a directory of immutable generations, one of them current.

    CURRENT               the name of the current generation ("g000012")
    generations/g000012/  see :mod:`kg.generation`
    writer.lock           held by the one writer; writer.json says who that is

A commit builds the next generation beside the current one, hard-linking all that did not
change, syncs it to the disk and then replaces CURRENT in one rename. A kill at any
instant leaves the old generation or the new one, whole. Directories numbered above the
current one are rubbish of such a kill; the next writer clears them away. A rollback publishes
a copy of an older generation as the next one, so that numbers only grow.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from corpus.report import Report
from kg import graphs
from kg.alias_table import Name, merge_names, names_from_json, names_json, names_of
from kg.change import Change
from kg.claim import Extraction
from kg.decisions import Decision, log_to_json
from kg.errors import WorkspaceError
from kg.extractions import extraction_to_json
from kg.files import link, sync, unshare, write
from kg.generation import (
    DECISIONS,
    FOLDERS,
    LAYOUT,
    MANIFEST,
    NAMES,
    Generation,
    Manifest,
    ReportInfo,
    discard,
    is_held,
)
from kg.labels import relabelled
from kg.log import LOG, entry, log_json, rolled_back
from kg.store import ONTOLOGY_FILE, write_store

__all__ = ["Generation", "IndexWriter", "Manifest", "Name", "ReportInfo", "Workspace"]

KEPT = 10
"""How many generations stay, the current one included; those in use stay longer."""

_NAME = re.compile(r"g(\d{6,})")


class IndexWriter(Protocol):
    """Writes the search files of a generation."""

    @property
    def embedder(self) -> str:
        """The name of the embedding model, kept in the manifest."""

    def write(
        self,
        target: Path,
        previous: Path | None,
        added: Sequence[tuple[Report, Extraction]],
        removed: Sequence[str],
    ) -> None:
        """Fill ``target`` (which does not exist yet) from ``previous``, leaving that alone.

        ``removed`` are report ids to drop first: also those that ``added`` replaces.
        """


class Workspace:
    """The workspace below ``home``; the directory is made by the first commit."""

    def __init__(self, home: Path) -> None:
        self.home = Path(home)
        self._pointer = str(self.home / "CURRENT")
        self._opened: Generation | None = None

    def __repr__(self) -> str:
        return f"Workspace({str(self.home)!r})"

    @property
    def exists(self) -> bool:
        """Whether a generation has ever been committed here."""
        return (self.home / "CURRENT").exists()

    @property
    def is_read(self) -> bool:
        """Whether anybody holds the current generation open, as a server does."""
        current = self._current()
        return current is not None and is_held(current)

    def generation(self) -> Generation:
        """Return the current generation; the same object for as long as it is current.

        Raises WorkspaceError when there is none, or when it is damaged.
        """
        name = self._name()
        if name is None:
            raise WorkspaceError(
                f"no workspace at {str(self.home)!r}: expected one made by `kg ingest PATH…`; "
                "run that first, or name another with --home DIR"
            )
        if self._opened is None or self._opened.path.name != name:
            try:
                self._opened = Generation(self.home / "generations" / name)
            except WorkspaceError:
                if self._name() == name:
                    raise
                return self.generation()  # writers overtook us between the two reads
        return self._opened

    def commit(
        self,
        *,
        add: Sequence[tuple[Report, Extraction]] = (),
        remove: Sequence[str] = (),
        decide: Sequence[Decision] = (),
        note: str = "",
        index: IndexWriter,
        wait: float = 0.0,
    ) -> Generation:
        """Publish a generation with reports added, replaced or removed, or decisions made.

        A report whose id is known replaces that report. Equal reports with equal claims
        change nothing; when nothing changes the current generation is returned. What was
        decided holds for all reports, those that come later too. ``wait`` is how many
        seconds to wait for another writer.

        Raises UnknownReport for the removal of a report that is not there, GraphError for
        two editions at once, WorkspaceError when another process is writing.
        """
        with self._writing(wait):
            current = self.generation() if self.exists else None
            change = Change.of(current, add, remove, decide)
            if current is not None and not (change.added or change.dropped or decide):
                return current
            number = self._clear_rubbish(current)
            target = self._directory(number)
            try:
                manifest = _manifest(number, current, change, note, index)
                _build(target, current, change, manifest)
                write(target / LOG, log_json(current, entry(current, change, manifest)))
                index.write(
                    target / "index",
                    None if current is None else current.index,
                    change.pairs,
                    change.dropped,
                )
                _seal(target)
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
            self._publish(target)
            self._prune(number)
        return self.generation()

    def rollback(self, number: int, *, note: str = "", wait: float = 0.0) -> Generation:
        """Publish a copy of an older generation; nothing of what lies between is lost.

        The copy is a generation of its own, so that a rollback is logged and can itself be
        rolled back. Raises WorkspaceError for a generation that is not kept, or the current.
        """
        with self._writing(wait):
            current = self.generation()
            if number not in self.kept() or number == current.number:
                kept = ", ".join(str(n) for n in self.kept() if n != current.number) or "none"
                raise WorkspaceError(
                    f"cannot go back to generation {number}: expected one that is kept and not "
                    f"the current one ({current.number}); these are {kept}; see `kg log`"
                )
            old = Generation(self._directory(number))
            fresh = self._clear_rubbish(current)
            target = self._directory(fresh)
            manifest = replace(
                old.manifest,
                number=fresh,
                parent=current.number,
                created_at=_now(),
                note=note or f"rollback to {number}",
            )
            try:
                _copy(old, target, manifest, log_json(current, rolled_back(current, old, manifest)))
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
            self._publish(target)
            self._prune(fresh)
        return self.generation()

    def kept(self) -> list[int]:
        """Return the numbers of the generations one can go back to, the current included."""
        current = self.generation().number
        return [
            n for n in self._numbers() if n <= current and (self._directory(n) / MANIFEST).exists()
        ]

    def _current(self) -> Path | None:
        name = self._name()
        return None if name is None else self.home / "generations" / name

    def _name(self) -> str | None:
        """Return the name of the current generation's folder."""
        try:
            with open(self._pointer, "rb", buffering=0) as file:  # read for every question
                name = file.read().decode("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as exc:
            raise WorkspaceError(
                f"cannot read {str(self.home / 'CURRENT')!r}: expected the name of a "
                f"generation ({exc}); check the disk, or use another --home"
            ) from exc
        if not _NAME.fullmatch(name):
            raise WorkspaceError(
                f"{str(self.home / 'CURRENT')!r} says {name!r}: expected the name of a "
                "generation such as 'g000001'; write one of those below generations/ into it"
            )
        return name

    def _directory(self, number: int) -> Path:
        return self.home / "generations" / f"g{number:06d}"

    def _numbers(self) -> list[int]:
        names = os.listdir(self.home / "generations")
        return sorted(int(m[1]) for name in names if (m := _NAME.fullmatch(name)))

    @contextmanager
    def _writing(self, wait: float) -> Iterator[None]:
        """Hold the writer's lock, or tell who does."""
        from filelock import FileLock, Timeout

        holder = self.home / "writer.json"
        try:
            (self.home / "generations").mkdir(parents=True, exist_ok=True)
            with FileLock(self.home / "writer.lock", timeout=wait):
                write(holder, json.dumps(_this_process()))
                try:
                    yield
                finally:
                    holder.unlink(missing_ok=True)
        except Timeout:
            raise WorkspaceError(_locked(self.home, holder)) from None
        except OSError as exc:
            raise WorkspaceError(
                f"cannot write the workspace {str(self.home)!r}: {exc.strerror or exc}; "
                "expected a folder with room and with leave to write; choose another --home"
            ) from exc

    def _clear_rubbish(self, current: Generation | None) -> int:
        """Delete what an interrupted commit left; return the next generation's number."""
        number = 0 if current is None else current.number
        left = [n for n in self._numbers() if n > number and not discard(self._directory(n))]
        return max([number, *left]) + 1

    def _publish(self, target: Path) -> None:
        sync(target.parent)
        fresh = self.home / "CURRENT.new"
        write(fresh, target.name + "\n")
        sync(fresh)
        os.replace(fresh, self.home / "CURRENT")
        sync(self.home)

    def _prune(self, current: int) -> None:
        """Delete the oldest generations beyond KEPT; one that is being read stays."""
        older = [n for n in self._numbers() if n <= current]
        for number in older[:-KEPT]:
            discard(self._directory(number))


def _manifest(
    number: int, current: Generation | None, change: Change, note: str, index: IndexWriter
) -> Manifest:
    from importlib.metadata import version

    gone = {*change.dropped, *(item.info.id for item in change.added)}
    kept = () if current is None else (i for i in current.reports if i.id not in gone)
    reports = sorted((*kept, *(item.info for item in change.added)), key=lambda i: (i.date, i.id))
    return Manifest(
        number=number,
        parent=None if current is None else current.number,
        created_at=_now(),
        note=note,
        version=version("kg-weekly"),
        embedder=index.embedder,
        ontology=hashlib.sha256(ONTOLOGY_FILE.read_bytes()).hexdigest(),
        layout=LAYOUT,
        reports=tuple(reports),
    )


def _build(target: Path, current: Generation | None, change: Change, manifest: Manifest) -> None:
    """Write all of a generation but its index and the seal (the manifest's final name)."""
    target.mkdir(parents=True)
    if current is not None:
        current.store.backup(str(target / "graph"))
    stale = current is None or current.manifest.ontology != manifest.ontology
    tables = _write_reports(target, current, change, manifest)
    before = {} if current is None else current.tables(tables, but=change.dropped)
    fresh = {item.info.id for item in change.added}
    label = list(relabelled(before, tables, fresh))
    concerned = {report for report, _ in label} - fresh
    for file in (target / "reports" / i.file for i in manifest.reports if i.id in concerned):
        unshare(file)
    write_store(
        target / "graph",
        drop=[graph for report in change.dropped for graph in graphs.graphs_of(report)],
        add=[quad for item in change.added for quad in item.quads],
        ontology=ONTOLOGY_FILE.read_bytes() if stale else None,
        label=label,
    )
    write(target / DECISIONS, log_to_json(change.log))
    write(target / (MANIFEST + ".new"), manifest.to_json())


def _write_reports(
    target: Path, current: Generation | None, change: Change, manifest: Manifest
) -> dict[str, tuple[Name, ...]]:
    """Write what is kept of new reports, link that of the others, merge the names.

    Returns the names of each report.
    """
    from corpus.store import report_to_json

    fresh = {item.info.id: item for item in change.added}
    tables = {}
    for folder in FOLDERS:
        (target / folder).mkdir()
    for info in manifest.reports:
        names = target / "names" / info.file
        if info.id in fresh:
            item = fresh[info.id]
            write(target / "reports" / info.file, report_to_json(item.report))
            write(target / "extractions" / info.file, extraction_to_json(item.raw))
            write(names, names_json(names_of(item.extraction)))
        elif current is not None:
            for folder in FOLDERS:
                link(current.path / folder / info.file, target / folder / info.file)
        tables[info.id] = names_from_json(names.read_text(encoding="utf-8"))
    write(target / NAMES, names_json(merge_names(tables.values())))
    return tables


def _copy(old: Generation, target: Path, manifest: Manifest, log: str) -> None:
    """Write a generation that holds what an older one holds; its files are hard-linked."""
    target.mkdir(parents=True)
    old.store.backup(str(target / "graph"))
    for folder in ("index", *FOLDERS):
        shutil.copytree(old.path / folder, target / folder, copy_function=link)
    for name in (NAMES, DECISIONS):
        link(old.path / name, target / name)
    write(target / LOG, log)
    write(target / (MANIFEST + ".new"), manifest.to_json())
    _seal(target)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _seal(target: Path) -> None:
    """Sync every new file and directory, then give the manifest its name."""
    for folder, _, files in os.walk(target, topdown=False):
        for name in files:
            path = Path(folder, name)
            if path.stat().st_nlink == 1:  # hard-linked files were synced when they were new
                sync(path)
        sync(Path(folder))
    os.replace(target / (MANIFEST + ".new"), target / MANIFEST)
    sync(target)


def _this_process() -> dict[str, str | int]:
    import socket

    since = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since}


def _locked(home: Path, holder: Path) -> str:
    who = "another process"
    with suppress(OSError, ValueError, KeyError):
        told = json.loads(holder.read_text(encoding="utf-8"))
        who = f"process {told['pid']} on {told['host']} since {told['since']}"
    return (
        f"cannot write the workspace {str(home)!r}: {who} is writing to it; "
        "expected one writer at a time; try again when it has finished"
    )
