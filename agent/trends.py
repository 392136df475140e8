"""A figure over the reports: what was said of it week after week, each value cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from agent.profiles import resolve
from kg.claim import Claim, Entity
from kg.rdf import entity_iri
from kg.statements import amount_of

if TYPE_CHECKING:
    from kg.facts import Facts

_Key = tuple[str, str | None, tuple[tuple[str, str], ...], str]
_APART = ("metric", "period", "product", "setting", "basis", "counterparty")


@dataclass(frozen=True, slots=True)
class Point:
    """One value as one report gave it; ``middle`` of a range, in the trend's unit."""

    date: str
    title: str
    middle: Decimal
    claim: Claim


@dataclass(frozen=True, slots=True)
class Trend:
    """The values of one figure: same subject, relation, object, qualifiers and unit."""

    subject: Entity
    predicate: str
    object: Entity | None
    qualifiers: tuple[tuple[str, str], ...]
    unit: str
    points: tuple[Point, ...]

    @property
    def reports(self) -> int:
        """How many reports give it."""
        return len({point.claim.evidence.report for point in self.points})

    @property
    def measured(self) -> str:
        """Currency and unit, as far as the values have them."""
        value = self.points[-1].claim.value
        return " ".join(filter(None, (value.currency, value.unit))) if value else ""

    def to_json(self) -> dict[str, Any]:
        """Return the trend for the API."""
        from kg.export import entity_json, number

        return {
            "subject": entity_json(self.subject),
            "predicate": self.predicate,
            "object": entity_json(self.object) if self.object else None,
            "qualifiers": dict(self.qualifiers),
            "unit": self.measured,
            "points": [
                {
                    "date": p.date,
                    "value": number(p.middle),
                    "text": p.claim.value.text if p.claim.value else "",
                    "modality": p.claim.modality,
                    "report": p.claim.evidence.report,
                    "title": p.title,
                    "section": list(p.claim.evidence.section),
                    "table": p.claim.evidence.table,
                    "quote": p.claim.evidence.quote,
                    "start": p.claim.evidence.start,
                    "end": p.claim.evidence.end,
                }
                for p in self.points
            ],
        }


def trends(facts: Facts, name: str, *, metric: str | None = None) -> Sequence[Trend]:
    """Return every figure of an entity, those that most reports give first.

    ``metric`` keeps figures whose metric or relation it is. Raises UnknownEntity.
    """
    found = resolve(facts.generation, name)
    held: dict[_Key, list[Point]] = {}
    for claim in facts.claims_of(subject=found.id):
        amount = amount_of(claim.value)
        if amount is None or metric not in (None, claim.qualifiers.get("metric"), claim.predicate):
            continue
        info = facts.report(claim.evidence.report)
        point = Point(info.date.isoformat(), info.title, (amount[0] + amount[1]) / 2, claim)
        held.setdefault(_key(claim, amount[2]), []).append(point)
    made = (_trend(key, points) for key, points in held.items())
    return sorted(made, key=_order)


def _key(claim: Claim, unit: str) -> _Key:
    apart = tuple((q, claim.qualifiers[q]) for q in _APART if claim.qualifiers.get(q))
    return claim.predicate, claim.object.id if claim.object else None, apart, unit


def _trend(key: _Key, points: list[Point]) -> Trend:
    """One value a report and amount: what a report repeats counts once."""
    once = {(p.claim.evidence.report, p.middle): p for p in reversed(points)}
    ordered = sorted(once.values(), key=lambda p: (p.date, p.claim.evidence.report, p.middle))
    claim = ordered[-1].claim
    return Trend(claim.subject, key[0], claim.object, key[2], key[3], tuple(ordered))


def _order(trend: Trend) -> tuple[object, ...]:
    return (
        -trend.reports,
        -len(trend.points),
        trend.predicate,
        trend.qualifiers,
        trend.unit,
        (entity_iri(trend.object.id) if trend.object else ""),
    )
