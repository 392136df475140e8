"""The Monday run: take in what is new in a folder, compare, tell what was watched for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from agent.ingest import Outcome, ingest
from agent.weeks.changes import Changes, changes
from agent.weeks.watch import fired, watches

if TYPE_CHECKING:
    from kg.generation import Generation
    from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Week:
    """What a run took in, and what that changed; ``changes`` is None without an older week."""

    outcome: Outcome
    changes: Changes | None

    @property
    def came(self) -> tuple[str, ...]:
        """The reports that are new, or new editions; those only read again are not."""
        return tuple(line.id for line in self.outcome.reports if line.status in ("new", "replaced"))

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
    when nothing came; that reports were read again is no news.

    Raises:
        CorpusError: when a file cannot be read; nothing is stored then.
    """
    outcome = ingest(workspace, files, step=step)
    told = tuple(line for line in outcome.reports if line.status != "unchanged")
    week = Week(replace(outcome, reports=told), None)
    generation = workspace.generation()
    old, new = _weeks(generation, week.came)
    if old is None:
        return week
    found = changes(generation, old, new).only(min_confidence=min_confidence)
    return replace(week, changes=fired(generation, watches(workspace.home), found))


def _weeks(generation: Generation, came: Collection[str]) -> tuple[str | None, str | None]:
    """Return the latest week that something came for, and the week before it."""
    weeks = sorted({info.week for info in generation.reports})
    new = max((info.week for info in generation.reports if info.id in came), default=None)
    earlier = [week for week in weeks if new is not None and week < new]
    return (earlier[-1] if earlier else None), new
