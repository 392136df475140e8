"""What people decided about entities: an append-only log, a JSON object a line.

    merge         two entities are one: ``other`` becomes ``entity``
    split         what ``aliases``, ``reports`` and ``mentions`` pick of ``entity`` is ``other``
    alias_add     ``entity`` is also called ``aliases``
    alias_remove  ``entity`` is not called ``aliases``
    undo          the decision ``undoes`` holds no more

Each generation carries the whole log. Who decided and when is told there and nowhere in
the graph, so that the same reports and decisions give the same graph on any day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any, Literal

from kg.claim import Entity
from kg.errors import GraphError
from kg.extractions import entity_from_row

Kind = Literal["merge", "split", "alias_add", "alias_remove", "undo"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; ``mentions`` are (report, start) pairs, ``at`` an ISO time with its zone.

    ``entity`` and ``other`` are kept whole: a report that names only the one that goes
    still learns how the one that stays is called.
    """

    id: str
    kind: Kind
    entity: Entity | None = None
    other: Entity | None = None
    aliases: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    mentions: tuple[tuple[str, int], ...] = ()
    undoes: str | None = None
    by: str = ""
    at: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """The entities it is about."""
        return frozenset(e.id for e in (self.entity, self.other) if e is not None)

    def __str__(self) -> str:
        labels = [e.label for e in (self.entity, self.other) if e is not None]
        picked = [*self.aliases, *self.reports, *(f"{r}:{start}" for r, start in self.mentions)]
        told = " ".join(
            (self.kind.replace("_", " "), " ← ".join(labels), ", ".join(picked), self.undoes or "")
        )
        return " ".join(told.split())


def next_id(log: Sequence[Decision]) -> str:
    """Return the id of the decision that comes after ``log``."""
    return f"d{len(log) + 1:04d}"


def now() -> str:
    """Return the time a decision is made."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def in_force(log: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold: not undone, or undone by what was undone itself."""
    undone: set[str] = set()
    held: list[Decision] = []
    for decision in reversed(log):
        if decision.id in undone:
            continue
        if decision.undoes is not None:
            undone.add(decision.undoes)
        else:
            held.append(decision)
    return tuple(reversed(held))


def log_to_json(log: Iterable[Decision]) -> str:
    """Write a log, oldest first, a line a decision."""
    return "".join(json.dumps(_plain(item), ensure_ascii=False) + "\n" for item in log)


def log_from_json(text: str) -> tuple[Decision, ...]:
    """Read what :func:`log_to_json` wrote; raises GraphError."""
    try:
        return tuple(_decision(json.loads(line)) for line in text.splitlines())
    except (KeyError, TypeError, ValueError) as exc:
        raise GraphError(
            f"cannot read the log of decisions ({exc}): expected a decision of this program a "
            "line; restore decisions.jsonl, or ingest into a new --home"
        ) from exc


def _plain(decision: Decision) -> dict[str, Any]:
    held = asdict(decision)
    for name in ("entity", "other"):
        entity = getattr(decision, name)
        held[name] = None if entity is None else astuple(entity)
    return {name: value for name, value in held.items() if value}


def _decision(held: dict[str, Any]) -> Decision:
    for name in ("entity", "other"):
        if name in held:
            held[name] = entity_from_row(held[name])
    for name in ("aliases", "reports"):
        held[name] = tuple(held.get(name, ()))
    held["mentions"] = tuple((report, start) for report, start in held.get("mentions", ()))
    return Decision(**held)
