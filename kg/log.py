"""What each generation of a workspace changed, kept with the generation itself.

Every generation holds the whole log up to itself (``log.jsonl``), so that it outlives the
generations that are cleared away, and a copy of an old generation brings its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.change import Change

if TYPE_CHECKING:
    from kg.generation import Generation, Manifest, ReportInfo

LOG = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One generation: which reports came, were replaced or went; what was decided.

    ``claims`` counts the claims of all reports after it. ``copy_of`` is the generation that
    a rollback brought back.
    """

    number: int
    at: str
    note: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    decisions: tuple[str, ...]
    reports: int
    claims: int
    copy_of: int | None = None

    @property
    def text(self) -> str:
        """Say in a line what it changed."""
        parts = [
            f"{mark} {', '.join(names[:4])}{f' … ({len(names)})' if len(names) > 4 else ''}"
            for mark, names in (
                ("+", self.added),
                ("~", self.replaced),
                ("-", self.removed),
                ("decided", self.decisions),
            )
            if names
        ]
        back = f"back to {self.copy_of}" if self.copy_of is not None else ""
        return "; ".join(filter(None, (back, *parts))) or self.note

    def to_json(self) -> dict[str, Any]:
        """Return the entry for `--json` and for the log file."""
        return asdict(self)


def entry(current: Generation | None, change: Change, manifest: Manifest) -> Entry:
    """Make the entry of a generation that a commit is about to publish."""
    known = set() if current is None else {info.id for info in current.reports}
    fresh = [item.info.id for item in change.added]
    decided = change.log[len(() if current is None else current.decisions) :]
    return Entry(
        manifest.number,
        manifest.created_at,
        manifest.note,
        tuple(id_ for id_ in fresh if id_ not in known),
        tuple(id_ for id_ in fresh if id_ in known),
        tuple(id_ for id_ in change.dropped if id_ not in fresh),
        tuple(str(decision) for decision in decided),
        len(manifest.reports),
        sum(info.claims for info in manifest.reports),
    )


def rolled_back(current: Generation, old: Generation, manifest: Manifest) -> Entry:
    """Make the entry of a generation that is a copy of an older one."""
    now, was = _contents(current.reports), _contents(old.reports)
    return Entry(
        manifest.number,
        manifest.created_at,
        manifest.note,
        tuple(sorted(was.keys() - now.keys())),
        tuple(sorted(id_ for id_ in was.keys() & now.keys() if was[id_] != now[id_])),
        tuple(sorted(now.keys() - was.keys())),
        (),
        len(manifest.reports),
        sum(info.claims for info in manifest.reports),
        copy_of=old.number,
    )


def entries(generation: Generation) -> tuple[Entry, ...]:
    """Read the log of a generation, oldest first; empty for one made without a log."""
    return log_from_json(_read(generation.path))


def log_json(generation: Generation | None, last: Entry) -> str:
    """Return the log of a generation with one more entry, one JSON object a line."""
    before = "" if generation is None else _read(generation.path)
    return before + json.dumps(last.to_json(), ensure_ascii=False) + "\n"


def log_from_json(text: str) -> tuple[Entry, ...]:
    """Read what :func:`log_json` wrote."""
    lists = ("added", "replaced", "removed", "decisions")
    return tuple(
        Entry(**(row | {name: tuple(row[name]) for name in lists}))
        for row in map(json.loads, text.splitlines())
    )


def _read(path: Path) -> str:
    file = path / LOG
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _contents(reports: Sequence[ReportInfo]) -> dict[str, str]:
    return {info.id: info.content for info in reports}
