"""The Monday run: take in what is new in a folder, compare, tell what was watched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from agent.changes import Changes, changes
from agent.ingest import Outcome, ingest
from agent.watch import fired, watches

if TYPE_CHECKING:
    from kg.generation import Generation
    from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Week:
    """What a run took in, and what that changed; ``changes`` is None without an older week."""

    outcome: Outcome | None
    changes: Changes | None

    @property
    def news(self) -> bool:
        """Whether anybody needs to be told."""
        return self.changes is not None and (self.changes.news or bool(self.changes.alerts))


def weekly(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    min_confidence: Decimal = Decimal(0),
    step: Callable[[str], None] = lambda _: None,
) -> Week:
    """Take in the files that the workspace does not hold as they are, and compare.

    The latest week among them is compared with the week before it. Nothing is compared
    when nothing came.

    Raises:
        CorpusError: when a file cannot be read; nothing is stored then.
    """
    fresh = _fresh(workspace, files)
    if not fresh:
        return Week(None, None)
    outcome = ingest(workspace, fresh, step=step)
    came = {line.id for line in outcome.reports if line.status != "unchanged"}
    generation = workspace.generation()
    old, new = _weeks(generation, came)
    if not came or old is None:
        return Week(outcome, None)
    found = changes(generation, old, new).only(min_confidence=min_confidence)
    return Week(outcome, fired(generation, watches(workspace.home), found))


def _fresh(workspace: Workspace, files: Sequence[Path]) -> list[Path]:
    """Keep the files whose text the workspace does not hold; reading is cheap, extracting not."""
    from corpus.readers import read

    if not workspace.exists:
        return list(files)
    held = {info.id: info.sha256 for info in workspace.generation().reports}
    found = []
    for file in files:
        report = read(file)
        if held.get(report.id) != report.sha256:
            found.append(file)
    return found


def _weeks(generation: Generation, came: set[str]) -> tuple[str | None, str | None]:
    """Return the latest week that something came for, and the week before it."""
    weeks = sorted({info.week for info in generation.reports})
    new = max((info.week for info in generation.reports if info.id in came), default=None)
    earlier = [week for week in weeks if new is not None and week < new]
    return (earlier[-1] if earlier else None), new
