"""What changed from one week to the next.

:func:`diff` aligns the statements of two weeks and names each difference:

* ``new``: said in neither the old week nor any before it
* ``value_changed``: the same quantity, another number; or a plan with another date
* ``status_changed``: a plan that became fact, a rumour confirmed or denied …
* ``reversed``: a fact, plan or forecast that is now denied or cancelled, or the other way
  round. A rumour that is denied is cleared up, not reversed: ``status_changed``
* ``restated``: said again, in whatever words; ``back`` when it had been away
* ``dropped``: gone from a table that the new week still prints, or a dated plan or figure
  repeated weekly and now not; never prose that is simply not repeated

Forecasts, rumours and opinions are all hearsay: between them no status changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Literal, get_args

from kg.claim import Claim, Entity, Modality
from kg.diff_format import to_html, to_json, to_markdown, to_text
from kg.statements import (
    Canon,
    Statement,
    amount_of,
    bag,
    plain_number,
    said,
    settings,
    shared,
    statements,
)

__all__ = ["KINDS", "Change", "Kind", "diff", "to_html", "to_json", "to_markdown", "to_text"]

Kind = Literal["new", "restated", "value_changed", "status_changed", "reversed", "dropped"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_Week = dict[tuple[str, str, str], list[Statement]]

_STAGE: dict[Modality, int] = {
    "denied": -1,
    "rumour": 0,
    "opinion": 0,
    "forecast": 0,
    "plan": 1,
    "fact": 2,
}
_UNDONE = frozenset(
    {"develops", "releases", "builds", "acquires", "produces", "ships", "investsIn"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two weeks, with the claims of both.

    ``absolute`` is new minus old in the value's unit, ``percent`` relative to the old
    value; both ``None`` unless both weeks give one comparable number. Ranges count by
    their middle. ``back`` is the report that said it last, before the old week.
    ``score`` ranks: higher matters more.
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


def diff(
    old: Sequence[Claim], new: Sequence[Claim], *, before: Sequence[Claim] = ()
) -> list[Change]:
    """Compare the claims of two weeks; ``before`` holds those of earlier weeks, oldest first.

    The order of the result does not depend on that of ``old`` and ``new``: by score, the
    highest first, then by what it is about.
    """
    canon = Canon((*before, *old, *new))
    was, now = statements(old, canon), statements(new, canon)
    earlier = _by_report(before, canon)
    changes, matched = _aligned(was, now)
    left = [s for s in now if id(s) not in matched]
    gone = [s for s in was if id(s) not in matched]
    undone, matched = _undone(gone, left)
    changes += undone
    changes += [_appeared(s, earlier) for s in left if id(s) not in matched]
    dropped = _Dropped(now, {key for _, week in earlier for key in week})
    changes += [
        _change("dropped", s, None) for s in gone if id(s) not in matched and dropped.has(s)
    ]
    return sorted(changes, key=_order)


def _by_report(before: Sequence[Claim], canon: Canon) -> list[tuple[str, _Week]]:
    """Statements of each earlier report by their key, the latest report first."""
    reports: dict[str, list[Claim]] = {}
    for claim in before:
        reports.setdefault(claim.evidence.report, []).append(claim)
    return [(report, _keyed(statements(reports[report], canon))) for report in reversed(reports)]


def _keyed(week: Sequence[Statement]) -> _Week:
    held: _Week = {}
    for s in week:
        held.setdefault(s.key, []).append(s)
    return held


def _aligned(was: Sequence[Statement], now: Sequence[Statement]) -> tuple[list[Change], set[int]]:
    """Pair statements about the same thing: those that say the same first."""
    held = _keyed(was)
    several = _several(was) | _several(now)
    pairs = sorted(
        (
            (_closeness(o, n), i, j, o, n)
            for j, n in enumerate(now)
            for i, o in enumerate(held.get(n.key, ()))
            if _comparable(o, n) and (o.says == n.says or not {o.about, n.about} & several)
        ),
        key=lambda p: p[:3],
    )
    changes, matched = [], set[int]()
    for _, _, _, o, n in pairs:
        if id(o) in matched or id(n) in matched:
            continue
        matched |= {id(o), id(n)}
        changes.append(_compared(o, n))
    repeated = [
        (o, n)
        for _, _, _, o, n in pairs
        if id(n) not in matched and _compared(o, n).kind == "restated"
    ]
    for o, n in repeated:
        if id(n) not in matched:
            matched.add(id(n))
            changes.append(_compared(o, n))
    return changes, matched


def _several(week: Sequence[Statement]) -> set[tuple[object, ...]]:
    """What a week gives several values for though it has one: no change can be told there."""
    counts = Counter(s.about for s in week if s.functional)
    return {about for about, count in counts.items() if count > 1}


def _comparable(old: Statement, new: Statement) -> bool:
    """Tell whether two statements of one key can be about the same thing."""
    if old.functional:
        sources = {c.attributed_to for s in (old, new) for c in s.claims if c.attributed_to}
        same_source = len(sources) < 2 or old.says == new.says
        return old.about == new.about and same_source
    if shared(old.apart, new.apart) < 0:
        return False
    if old.key[1] == "states":
        return old.says == new.says
    dates = (old.claim.qualifiers.get("date", ""), new.claim.qualifiers.get("date", ""))
    happened = old.modality == new.modality == "fact"
    return not (happened and all(dates) and not _coarser(*dates))


def _coarser(one: str, two: str) -> bool:
    """Tell whether one date is the other or contains it ("2025-01" and "2025-01-06")."""
    return one.startswith(two) or two.startswith(one)


def _closeness(old: Statement, new: Statement) -> tuple[bool, bool, int]:
    """Sort key of a pair: the same said first, then the same status, then more shared."""
    return (
        old.says != new.says,
        not old.modalities & new.modalities,
        -shared(old.apart, new.apart),
    )


def _compared(old: Statement, new: Statement) -> Change:
    kind = _status(old, new)
    if kind in {"reversed", "status_changed"} and not (old.functional and _differs(old, new)):
        return _change(kind, old, new)
    return _change("value_changed" if _differs(old, new) else kind, old, new)


def _status(old: Statement, new: Statement) -> Kind:
    if old.modalities & new.modalities:
        return "restated"
    was, now = _STAGE[old.modality], _STAGE[new.modality]
    if was == now:
        return "restated"
    if -1 in (was, now):
        hearsay = {old.modality, new.modality} & {"rumour", "opinion"}
        return "status_changed" if hearsay else "reversed"
    return "status_changed"


def _differs(old: Statement, new: Statement) -> bool:
    """Tell whether a quantity (or the date of a plan) is another one than before."""
    one, two = old.claim, new.claim
    if one.predicate == "states":
        return False
    amounts = amount_of(one.value), amount_of(two.value)
    if all(amounts):
        return amounts[0] != amounts[1]
    if old.functional and one.value and two.value:
        return said(one) != said(two)
    names = [*settings()["measures"]]
    if not {old.modality, new.modality} & {"fact", "denied"}:
        names.append("date")
    both = [(one.qualifiers.get(n), two.qualifiers.get(n)) for n in names]
    return any(a and b and not _same_text(a, b) for a, b in both)


def _same_text(one: str, two: str) -> bool:
    return bag(one) == bag(two)


def _undone(gone: Sequence[Statement], left: Sequence[Statement]) -> tuple[list[Change], set[int]]:
    """Pair what was planned or done with its cancellation, and the other way round."""
    changes, matched = [], set[int]()
    ends: dict[tuple[str, str], list[Statement]] = {}
    for o in gone:
        ends.setdefault((o.key[0], o.key[2]), []).append(o)
    for n in left:
        for o in ends.get((n.key[0], n.key[2]), ()):
            done, undoes = sorted((o.key[1], n.key[1]), key="cancels".__eq__)
            turned = done in _UNDONE and undoes == "cancels"
            stands = "denied" not in (o.modality, n.modality)
            if turned and stands and not matched & {id(o), id(n)}:
                matched |= {id(o), id(n)}
                changes.append(_change("reversed", o, n))
    return changes, matched


def _appeared(new: Statement, earlier: Iterable[tuple[str, _Week]]) -> Change:
    """Say whether a statement is new, or back after weeks away."""
    for report, week in earlier:
        found, _ = _aligned(week.get(new.key, []), [new])
        if found:
            return _change(found[0].kind, None, new, found[0].old, report)
    return _change("new", None, new)


class _Dropped:
    """Tells what a week should have said again and did not."""

    def __init__(self, now: Sequence[Statement], known: set[tuple[str, str, str]]) -> None:
        self._about = {s.about for s in now}
        self._tables = {_column(s) for s in now if s.claim.evidence.table is not None}
        self._known = known

    def has(self, old: Statement) -> bool:
        if old.about in self._about:
            return False  # another value of it is there
        claim = old.claim
        if old.functional and claim.evidence.table is not None:
            return _column(old) in self._tables
        dated = old.modality == "plan" and any(claim.qualifiers.get(q) for q in ("date", "period"))
        return (old.functional or dated) and old.key in self._known


def _column(s: Statement) -> tuple[str, ...]:
    """What all rows of a recurring table's column share: all but the subject."""
    return (*s.key[1:], s.apart.get("metric", ""))


def _change(
    kind: Kind,
    old: Statement | None,
    new: Statement | None,
    last: tuple[Claim, ...] = (),
    back: str | None = None,
) -> Change:
    was = old.claims if old else last
    now = new.claims if new else ()
    claim = (now or was)[0]
    absolute, percent = _delta(was[0], now[0]) if was and now else (None, None)
    return Change(
        kind,
        claim.subject,
        claim.predicate,
        claim.object,
        was,
        now,
        absolute,
        percent,
        back,
        _score(kind, claim, percent),
    )


def _delta(old: Claim, new: Claim) -> tuple[Decimal | None, Decimal | None]:
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


def _score(kind: Kind, claim: Claim, percent: Decimal | None) -> Decimal:
    weights = settings()
    size = 1 + min(abs(percent or Decimal(0)), Decimal(100)) / 100
    factors = (
        weights["kinds"][kind],
        weights["relations"].get(claim.predicate, 1),
        weights["metrics"].get(claim.qualifiers.get("metric"), 1),
    )
    weight = prod(Decimal(str(factor)) for factor in factors)
    return (weight * size * claim.confidence).quantize(Decimal("0.001"))


def _order(change: Change) -> tuple[object, ...]:
    claim = (change.new or change.old)[0]
    return (
        -change.score,
        change.subject.label,
        change.predicate,
        change.object.label if change.object else "",
        tuple(sorted(claim.qualifiers.items())),
        repr(said(claim)),
        claim.id,
    )
