"""Names that a week speaks of for the first time, or again after weeks away."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from agent.words import focus_classes
from kg.graphs import graph_of
from kg.iris import entity_iri
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from agent.questions.scopes import Scope
    from kg.claim import Claim, Entity
    from kg.facts import Facts
    from kg.generation import ReportInfo

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SHOWN = 12
_ASKED = 12  # reports
_WEEKS_AWAY = 2  # back after one week left out is no news


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An entity of the new week; ``last`` is when it was named before, ``weeks`` how long ago."""

    entity: Entity
    claims: int
    last: dt.date | None = None
    weeks: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return it for `--json`."""
        return {
            "iri": entity_iri(self.entity.id),
            "label": self.entity.label,
            "class": self.entity.cls,
            "claims": self.claims,
            "last": self.last.isoformat() if self.last else None,
            "weeks_away": self.weeks or None,
        }


def newcomers(
    facts: Facts,
    was: Iterable[Claim],
    now: Iterable[Claim],
    earlier: Sequence[ReportInfo],
    new: Scope,
) -> Iterator[Newcomer]:
    """Find the entities of the new week that the old one does not name, most claimed first.

    ``earlier`` are all reports before the new ones; an entity mentioned in any of them is
    no first mention, whether or not anything was claimed of it.
    """
    known = {e.id for claim in was for e in _ends(claim)}
    counted: Counter[str] = Counter()
    entities: dict[str, Entity] = {}
    for claim in now:
        for entity in _ends(claim):
            named = not (_is_row(claim, entity) or is_described(entity))
            if entity.id not in known and named:
                counted[entity.id] += 1
                entities[entity.id] = entity
    dates = {graph_of(info.id): info.date for info in reversed(earlier)}
    start = new.reports[0].date
    for id_, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        last = _last(facts, id_, dates)
        if last is None:
            yield Newcomer(entities[id_], count)
        elif (weeks := (start - last).days // 7) > _WEEKS_AWAY:
            yield Newcomer(entities[id_], count, last, weeks)


def told(names: Sequence[Newcomer]) -> Iterator[str]:
    """Yield lines for people: first mentions by class, then those that are back."""
    from agent.briefing.lines import words

    classes: dict[str, list[str]] = {}
    for name in names:
        if name.last is None:
            classes.setdefault(name.entity.cls, []).append(name.entity.label)
    for cls, labels in classes.items():
        more = f" 외 {len(labels) - _SHOWN}" if len(labels) > _SHOWN else ""
        yield f"처음 나온 {words()['classes'][cls]}: {', '.join(labels[:_SHOWN])}{more}"
    back = [n for n in names if n.last is not None]
    if back:
        labels = [f"{n.entity.label}({n.weeks}주 만)" for n in back[:_SHOWN]]
        more = f" 외 {len(back) - _SHOWN}" if len(back) > _SHOWN else ""
        yield f"오랜만에 다시 나온 이름: {', '.join(labels)}{more}"


def _ends(claim: Claim) -> list[Entity]:
    return [claim.subject, claim.object] if claim.object else [claim.subject]


def _is_row(claim: Claim, entity: Entity) -> bool:
    """Tell whether an entity is no more than what a row of a table is called."""
    return not entity.curated and entity.cls in {"Event", "Concept"} and bool(claim.evidence.row)


def is_described(entity: Entity) -> bool:
    """Tell a thing or group without a name of its own: "AI 칩", "고성능 LLM", "18개국"."""
    from extractors.language.words import is_common

    if entity.curated or entity.cls in {"Person", "Company", "Paper"}:
        return False
    *before, last = entity.label.split()
    of_kind = last.lower() in focus_classes() and not re.search(r"[A-Za-z0-9]", "".join(before))
    return entity.label[0].isdigit() or (bool(before) and (is_common(last) or of_kind))


def _last(facts: Facts, entity: str, dates: dict[ox.NamedNode, dt.date]) -> dt.date | None:
    """Return the date of the last earlier report that names an entity; the latest come first.

    The latest are asked one by one: only what none of them names is looked for in all.
    """
    node, find = ox.NamedNode(entity_iri(entity)), facts.generation.store.quads_for_pattern
    for graph in islice(dates, _ASKED):
        if next(iter(find(node, _TYPE, None, graph)), None) is not None:
            return dates[graph]
    named = (q.graph_name for q in find(node, _TYPE, None, None))
    return max(
        (dates[g] for g in named if isinstance(g, ox.NamedNode) and g in dates), default=None
    )
