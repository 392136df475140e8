"""One difference between two weeks: its kind, its size, how much it matters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Literal, get_args

from kg.claim import Claim, Entity
from kg.quantities import amount_of, plain_number, rate_of, settings
from kg.statements import Statement, said

Kind = Literal["new", "restated", "value_changed", "status_changed", "reversed", "dropped"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PRECEDENCE: tuple[Kind, ...] = (
    "reversed",
    "status_changed",
    "value_changed",
    "new",
    "dropped",
    "restated",
)
"""Of several kinds that one thing shows, the first is what it is reported as."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two weeks, with the claims of both.

    ``absolute`` is new minus old in the value's unit, ``percent`` relative to the old
    value; both ``None`` unless both weeks give one comparable number. Ranges count by
    their middle. ``back`` is the report that said it last, before the old week.
    ``score`` ranks: higher matters more. ``details`` are further changes that the same
    row or the same event shows: the due date beside the status, the licence of a model
    that left a ranking.
    """

    kind: Kind
    subject: Entity
    predicate: str
    object: Entity | None
    old: tuple[Claim, ...]
    new: tuple[Claim, ...]
    absolute: Decimal | None = None
    percent: Decimal | None = None
    back: str | None = None
    score: Decimal = Decimal(0)
    details: tuple[Change, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim that speaks for it: the new week's, else the old one's."""
        return (self.new or self.old)[0]

    @property
    def confidence(self) -> Decimal:
        """How sure the extraction is of the less sure of its two sides; 0..1."""
        return min(max(c.confidence for c in side) for side in (self.old, self.new) if side)

    @property
    def key(self) -> tuple[str, str, str]:
        """Subject, relation and object, by id."""
        return (self.subject.id, self.predicate, self.object.id if self.object else "")


class Weights:
    """How much changes matter, by ``diff.yaml`` and by how often the weeks name an entity."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._named: Counter[str] = Counter()
        for claim in claims:
            ends = {claim.subject.id} | ({claim.object.id} if claim.object else set())
            self._named.update(ends)
        self._most = math.log1p(max(self._named.values(), default=1))

    def change(
        self,
        kind: Kind,
        old: Statement | None,
        new: Statement | None,
        last: tuple[Claim, ...] = (),
        back: str | None = None,
    ) -> Change:
        """Make the change from one statement to another; ``last`` was said before both."""
        was, now = old.claims if old else last, new.claims if new else ()
        claim = (now or was)[0]
        absolute, percent = delta(was[0], now[0]) if was and now else (None, None)
        score = self._score(kind, claim, percent)
        if back is not None:
            score = (score * Decimal(str(settings()["back"]))).quantize(Decimal("0.001"))
        ends = claim.subject, claim.predicate, claim.object
        return Change(kind, *ends, was, now, absolute, percent, back, score)

    def _score(self, kind: Kind, claim: Claim, percent: Decimal | None) -> Decimal:
        weights = settings()
        size = 1 + min(abs(percent or Decimal(0)), Decimal(100)) / 100
        factors = (
            weights["kinds"][kind],
            weights["relations"].get(claim.predicate, 1),
            self._of_metric(claim.qualifiers.get("metric", "")),
            round(1 + weights["centrality"] * self._central(claim), 3),
        )
        weight = prod(Decimal(str(factor)) for factor in factors)
        return (weight * size * claim.confidence).quantize(Decimal("0.001"))

    @staticmethod
    def _of_metric(metric: str) -> float:
        weights = settings()
        listed: float | None = weights["metrics"].get(metric)
        if listed is not None:
            return listed
        return float(weights["rate"]) if rate_of(metric) else 1.0

    def _central(self, claim: Claim) -> float:
        """How much of the weeks is about its entities: from 0 to 1 for the most named one."""
        ends = [claim.subject, *([claim.object] if claim.object else [])]
        return sum(math.log1p(self._named[e.id]) for e in ends) / (self._most * len(ends))


def order(change: Change) -> tuple[object, ...]:
    """Sort key: what matters most first, then by what it is about."""
    claim = change.claim
    return (
        -change.score,
        change.subject.label,
        change.predicate,
        change.object.label if change.object else "",
        tuple(sorted(claim.qualifiers.items())),
        repr(said(claim)),
        claim.id,
    )


def delta(old: Claim, new: Claim) -> tuple[Decimal | None, Decimal | None]:
    """Return the change in value, absolute and in percent to one decimal."""
    one, two = _middle(old), _middle(new)
    if one is None or two is None or one[1] != two[1]:
        return None, None
    absolute = two[0] - one[0]
    if not one[0]:
        return absolute, None
    return absolute, (absolute / abs(one[0]) * 100).quantize(Decimal("0.1"))


def _middle(claim: Claim) -> tuple[Decimal, str] | None:
    amount = amount_of(claim.value)
    if amount:
        return (amount[0] + amount[1]) / 2, amount[2]
    for name in settings()["measures"]:
        number = plain_number(claim.qualifiers.get(name))
        if number is not None:
            return number, name
    return None
