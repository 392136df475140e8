"""What is known of an entity, and how two entities are connected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agent.briefing.lines import quantity
from agent.errors import AgentError
from agent.replies.wording import say
from kg.alias_table import Name
from kg.claim import Claim, Entity
from kg.errors import UnknownEntity
from kg.facts import Facts
from kg.iris import entity_iri
from kg.superseded import superseded

if TYPE_CHECKING:
    from kg.generation import Generation


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity: its names, its claims by week (newest last), and how often it is mentioned.

    ``superseded`` holds, by claim id, what a later report says instead.
    """

    name: Name
    weeks: tuple[tuple[str, tuple[Claim, ...]], ...]
    mentions: tuple[tuple[str, int], ...]
    superseded: Mapping[str, Claim] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Yield the profile for people."""
        others = [label for label in self.name.labels if label != self.name.label]
        yield f"{self.name.label} ({self.name.cls})  {' · '.join(others)}"
        yield f"  {self.name.iri}"
        for week, claims in self.weeks:
            yield f"\n{week}"
            for claim in claims:
                later = self.superseded.get(claim.id)
                now = f"  (이후 {quantity(later)}, {place(later)})" if later else ""
                yield f"  · {say([claim], 'ko')}  [{place(claim)}]{now}"
        if self.mentions:
            counts = ", ".join(f"{report} {count}" for report, count in self.mentions)
            yield f"\npassages that mention it: {counts}"

    def to_json(self) -> dict[str, Any]:
        """Return the profile for `--json`."""
        return {
            "iri": self.name.iri,
            "label": self.name.label,
            "class": self.name.cls,
            "names": list(self.name.labels),
            "weeks": [
                {"week": w, "claims": [self._claim(c) for c in claims]} for w, claims in self.weeks
            ],
            "mentions": dict(self.mentions),
        }

    def _claim(self, claim: Claim) -> dict[str, Any]:
        from kg.export import claim_json

        later = self.superseded.get(claim.id)
        return claim_json(claim) | ({"superseded_by": claim_json(later)} if later else {})


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, walked from ``start`` to ``end``, with the claim behind it."""

    start: Entity
    end: Entity
    claim: Claim

    def row(self) -> tuple[str, ...]:
        """Return the cells of a table row."""
        forward = self.start.id == self.claim.subject.id
        arrow = f"—{self.claim.predicate}→" if forward else f"←{self.claim.predicate}—"
        quote = " ".join(self.claim.evidence.quote.split())
        return (
            self.start.label,
            arrow,
            self.end.label,
            self.claim.modality,
            place(self.claim),
            quote,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the step for `--json`."""
        from kg.export import claim_json

        return {
            "from": {"iri": entity_iri(self.start.id), "label": self.start.label},
            "to": {"iri": entity_iri(self.end.id), "label": self.end.label},
            "claim": claim_json(self.claim),
        }


def place(claim: Claim) -> str:
    """Say where a claim stands: report, table or last heading."""
    evidence = claim.evidence
    return " ".join(
        filter(None, (evidence.report, evidence.table or (evidence.section or ("",))[-1]))
    )


def resolve(generation: Generation, name: str) -> Name:
    """Find the one entity that a name or id means; of homographs the one with most claims.

    Raises:
        UnknownEntity: when none is known by it; similar names are offered.
    """
    from kg.identity import Identity

    if name in generation.names_by_id:
        return generation.names_by_id[name]
    identity = Identity(generation.names)
    found = identity.resolve(name)
    if not found:
        similar = identity.suggest(name)
        hint = f"혹시 {', '.join(similar[:3])}?" if similar else "try `kg search`"
        raise UnknownEntity(
            f"no entity is called {name!r}: expected a name from the reports; {hint}"
        )
    return max(found, key=lambda n: (n.claims, n.id))


def namesakes(generation: Generation, name: str, shown: Name) -> list[Name]:
    """Return the other entities that a name may mean, beside the one that is shown."""
    from kg.identity import Identity

    if name in generation.names_by_id:
        return []
    return [n for n in Identity(generation.names).resolve(name) if n.id != shown.id]


def profile(generation: Generation, name: str, until: dt.date | None = None) -> Profile:
    """Collect what is known of an entity until a date."""
    facts = Facts(generation)
    found = resolve(generation, name)
    claims = facts.claims_of(subject=found.id, until=until) + facts.claims_of(
        object=found.id, until=until
    )
    unique = {claim.id: claim for claim in claims}
    weeks: dict[str, list[Claim]] = {}
    for claim in sorted(unique.values(), key=facts.place):
        weeks.setdefault(facts.report(claim.evidence.report).week, []).append(claim)
    mentions: dict[str, int] = {}
    for passage in facts.passages_of(found.id):
        report = passage.rpartition("#")[0]
        if until is None or facts.report(report).date <= until:
            mentions[report] = mentions.get(report, 0) + 1
    return Profile(
        found,
        tuple((w, tuple(c)) for w, c in sorted(weeks.items())),
        tuple(sorted(mentions.items())),
        superseded(list(unique.values()), _dates(facts, unique.values())),
    )


def _dates(facts: Facts, claims: Iterable[Claim]) -> dict[str, str]:
    reports = {claim.evidence.report for claim in claims}
    return {report: facts.report(report).date.isoformat() for report in reports}


def connections(
    generation: Generation, start: str, goal: str, until: dt.date | None = None
) -> Sequence[Step]:
    """Find the shortest well-supported path between two entities; empty when there is none.

    Raises:
        UnknownEntity: when a name is known of nothing.
        AgentError: when both names mean the same entity.
    """
    from kg.network import Network

    first, last = resolve(generation, start), resolve(generation, goal)
    if first.id == last.id:
        raise AgentError(
            f"{start!r} and {goal!r} are both {first.label!r}: expected two different entities"
        )
    network = Network(Facts(generation).claims_of(until=until))
    try:
        found = network.paths(first.id, last.id, k=1)
    except UnknownEntity:  # its name is known, but no claim joins it with another
        return []
    return [Step(s.start, s.end, s.claims[0]) for path in found for s in path.steps]
