"""A reading of a question: which claims it asks for, as SPARQL that runs as shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.evidence.scoring import Scored, Slot
from agent.questions.linking import fold
from agent.questions.question import Question
from kg.claim import Claim
from kg.iris import entity_iri, report_iri

_SAME_READING = 0.8


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot of the claim that the question fixes: by entities, or by labels in a qualifier."""

    slot: Slot
    entities: tuple[str, ...]
    labels: tuple[str, ...]


SURE_CELL = 0.8
"""How good a table's claim is that needs no sentence beside it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One interpretation: a predicate, what is bound, what is asked, and how good it is.

    ``claims`` are those that the reading selects, best first; ``score`` is the best's.
    """

    predicate: str
    bound: tuple[Bound, ...]
    slot: Slot
    metric: str | None
    score: float
    coverage: float
    claims: tuple[Claim, ...]

    @property
    def in_table(self) -> bool:
        """Whether its best claim stands in a table."""
        return self.claims[0].evidence.in_table

    @property
    def is_sure_cell(self) -> bool:
        """Whether its best claim is a table's that needs no sentence beside it."""
        return self.in_table and self.score >= SURE_CELL

    def sparql(self, *, until: dt.date | None = None, report: str | None = None) -> str:
        """Return the reading as a SELECT; the prefixes of ``kg.vocab`` are understood."""
        lines = [
            "SELECT ?claim ?subject ?object ?value ?date ?quote WHERE {",
            f"  ?claim rdf:predicate kg:{self.predicate} ; rdf:subject ?subject .",
            "  ?claim prov:wasDerivedFrom ?evidence .",
        ]
        lines += [
            "  OPTIONAL { ?claim rdf:object ?object }",
            "  OPTIONAL { ?claim kg:valueText ?value }",
        ]
        for bound in self.bound:
            lines.append("  " + _pattern(bound))
        if self.metric:
            lines.append(f"  ?claim kg:metric {_literal(self.metric)} .")
        lines.append(
            "  ?evidence oa:exact ?quote ; dcterms:isPartOf ?report . ?report dcterms:date ?date ."
        )
        if until:
            lines.append(f'  FILTER(?date <= "{until.isoformat()}"^^xsd:date)')
        if report:
            lines.append(f"  FILTER(?report = <{report_iri(report)}>)")
        return "\n".join([*lines, "} ORDER BY ?date ?claim"])


def _literal(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    )
    return f'"{escaped}"'


def _pattern(bound: Bound) -> str:
    if bound.slot in ("subject", "object"):
        ids = " ".join(f"<{entity_iri(e)}>" for e in bound.entities)
        return f"VALUES ?{bound.slot} {{ {ids} }}" + (
            " ?claim rdf:object ?object ." if bound.slot == "object" else ""
        )
    labels = " ".join(_literal(label) for label in bound.labels)
    return f"VALUES ?{bound.slot} {{ {labels} }} ?claim kg:{bound.slot} ?{bound.slot} ."


def read(
    question: Question,
    scored: Sequence[Scored],
    families: Mapping[str, frozenset[str]],
    labels: Mapping[str, str],
    dates: Mapping[str, dt.date],
) -> Reading | None:
    """Make the reading of the best scored claim and of those that say the same kind of thing.

    Its claims come newest report first (``dates`` by report id), then best first.
    """
    if not scored:
        return None
    named = frozenset(
        member for e in question.entities for member in families.get(e, frozenset({e}))
    )
    best = scored[0]
    shape = _shape(best, named, labels)
    same = [
        s.claim
        for s in scored
        if s.score >= _SAME_READING * best.score and _shape(s, named, labels) == shape
    ]
    return Reading(
        predicate=best.claim.predicate,
        bound=_merged(same, named, labels),
        slot=best.slot,
        metric=best.claim.qualifiers.get("metric"),
        score=best.score,
        coverage=best.coverage,
        claims=tuple(sorted(same, key=lambda c: -dates[c.evidence.report].toordinal())),
    )


def _shape(scored: Scored, named: frozenset[str], labels: Mapping[str, str]) -> tuple[object, ...]:
    claim = scored.claim
    slots = tuple(_fixed(claim, named, labels))
    condition = claim.qualifiers.get("condition") if scored.slot == "value" else None
    return claim.predicate, scored.slot, claim.qualifiers.get("metric"), condition, slots


def _merged(
    claims: Sequence[Claim], named: frozenset[str], labels: Mapping[str, str]
) -> tuple[Bound, ...]:
    """What the claims fix, each slot with all the entities or labels found in it."""
    by_slot: dict[Slot, set[str]] = {}
    for claim in claims:
        for slot, fixed in _fixed(claim, named, labels).items():
            by_slot.setdefault(slot, set()).add(fixed)
    bounds = []
    for slot, fixed_in in sorted(by_slot.items()):
        words = tuple(sorted(fixed_in))
        ids = slot in ("subject", "object")
        bounds.append(Bound(slot, words if ids else (), () if ids else words))
    return tuple(bounds)


def _fixed(claim: Claim, named: frozenset[str], labels: Mapping[str, str]) -> dict[Slot, str]:
    """The slots of a claim that hold something named: an entity id, or a qualifier's label."""
    found: dict[Slot, str] = {}
    if claim.subject.id in named:
        found["subject"] = claim.subject.id
    if claim.object and claim.object.id in named:
        found["object"] = claim.object.id
    slots: tuple[Slot, ...] = ("partner", "counterparty", "product")
    for slot in slots:
        label = claim.qualifiers.get(slot)
        if label and labels.get(fold(label)) in named:
            found[slot] = label
    return found
