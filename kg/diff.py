"""What changed from one week to the next.

:func:`diff` aligns the statements of two weeks and names each difference:

* ``new``: said in neither the old week nor any before it
* ``value_changed``: the same quantity, another number; or a plan with another date
* ``status_changed``: a plan that became fact, a rumour confirmed, another entry under 상태 …
* ``reversed``: what was done, planned, foreseen or reported is now denied or cancelled, or
  the other way round, or no longer done ("완료", then "협상 중" of the same deal). An
  opinion that somebody contradicts stays one: ``status_changed``
* ``restated``: said again, in whatever words; ``back`` when it had been away
* ``dropped``: see :mod:`kg.dropped`; never prose that is simply not repeated

Forecasts, rumours and opinions are all hearsay: between them no status changes. Nor does
one when a fact is told again as the plan it once was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from kg.claim import Claim, Modality
from kg.difference import KINDS, Change, Kind, Weights, order
from kg.dropped import Dropped
from kg.folding import fold_changes
from kg.quantities import Amount, bag, comparable, same_value, settings
from kg.rounds import Rounds, steps_back
from kg.statements import Canon, Statement, coarser, outlay, said, shared, statements
from kg.turns import turns
from kg.vocab import PREDICATES

__all__ = ["KINDS", "Change", "Kind", "Past", "diff", "told_otherwise"]

_STAGE: dict[Modality, int] = {
    "denied": -1,
    "rumour": 0,
    "opinion": 0,
    "forecast": 0,
    "plan": 1,
    "fact": 2,
}


class Past(Protocol):
    """What was reported before the old week."""

    def claims(
        self,
        subjects: Sequence[str],
        predicate: str,
        objects: Sequence[str],
        metrics: Sequence[str],
    ) -> Iterable[tuple[str, Sequence[Claim]]]:
        """Yield report ids, the latest first, with their claims between these entities.

        ``metrics`` are the names a metric may go by, empty where there is none.
        """


def diff(
    old: Sequence[Claim],
    new: Sequence[Claim],
    *,
    before: Sequence[Claim] | Past = (),
    dates: tuple[dt.date, dt.date] | None = None,
    weeks: Mapping[str, str] | None = None,
    editions: bool = False,
) -> list[Change]:
    """Compare the claims of two weeks; ``before`` are those of earlier weeks, oldest first.

    ``dates`` are those of the two weeks' last reports: a plan that fell due between them
    and is not mentioned again is dropped. ``weeks`` gives the week of each report where a
    side spans several: then the latest week that says something stands. ``editions`` tells
    that both are editions of one text: whatever the new one leaves out is dropped.

    The order of the result does not depend on that of ``old`` and ``new``: by score, the
    highest first, then by what it is about.
    """
    known = before if isinstance(before, Sequence) else ()
    past = _Remembered(before) if isinstance(before, Sequence) else before
    canon, weights = Canon((*known, *old, *new)), Weights((*old, *new))
    was, now = (statements(side, canon, weeks or {}) for side in (old, new))
    history = _History(past, canon, was)
    changes, matched = _aligned(was, now, weights)
    left = [s for s in now if id(s) not in matched]
    gone = [s for s in was if id(s) not in matched]
    changes, matched = turns(was, gone, left, changes, weights)
    appeared = (_appeared(s, history, weights) for s in left if id(s) not in matched)
    changes += [change for change in appeared if change]
    dropped = Dropped(was, now, history.tells, dates)
    changes += [
        weights.change("dropped", s, None)
        for s in gone
        if id(s) not in matched and (editions or dropped.has(s))
    ]
    return sorted(fold_changes(changes), key=order)


def told_otherwise(old: Statement, new: Statement) -> bool:
    """Tell whether a statement gives another value for what an older one is about."""
    alike = old.about == new.about and _comparable(old, new)
    return alike and _differs(old, new) and not Rounds(()).apart(old, new)


class _Remembered:
    """Claims of earlier weeks that are at hand, oldest first."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._reports: dict[str, dict[tuple[str, str, str], list[Claim]]] = {}
        for claim in claims:
            ends = claim.subject.id, claim.predicate, claim.object.id if claim.object else ""
            held = self._reports.setdefault(claim.evidence.report, {})
            held.setdefault(ends, []).append(claim)

    def claims(
        self,
        subjects: Sequence[str],
        predicate: str,
        objects: Sequence[str],
        metrics: Sequence[str],  # noqa: ARG002 - others are told apart by the statements
    ) -> Iterator[tuple[str, Sequence[Claim]]]:
        for report in reversed(self._reports):
            held = self._reports[report]
            ways = {(s, predicate, o) for s in subjects for o in objects or ("",)}
            yield report, [claim for way in sorted(ways) for claim in held.get(way, ())]


class _History:
    """Statements of the old week and of those before it, looked up one by one."""

    def __init__(self, past: Past, canon: Canon, was: Sequence[Statement]) -> None:
        self._past, self._canon = past, canon
        self._was = _keyed(was)
        self._of_parts: dict[str, list[Statement]] = {}
        for s in was:
            if not s.functional and any(canon.wholes(end) for end in s.key[::2]):
                self._of_parts.setdefault(s.key[1], []).append(s)
        self._outlays: dict[tuple[str, Amount], list[Statement]] = {}
        for s in was:
            if money := outlay(s.claim):
                self._outlays.setdefault((s.key[0], money), []).append(s)

    def of(
        self, s: Statement, predicate: str | None = None
    ) -> Iterator[tuple[str, list[Statement]]]:
        """Yield earlier reports, the latest first, with what they say of the same ends."""
        predicate = predicate or s.key[1]
        subjects, objects = (self._canon.alike(s.key[i]) if s.key[i] else [] for i in (0, 2))
        metrics = _names(s.claim.qualifiers.get("metric", ""))
        found = self._past.claims(subjects, predicate, objects, metrics)
        for report, claims in found:
            if claims:
                held = statements(claims, self._canon)
                key = (s.key[0], predicate, s.key[2])
                yield report, [other for other in held if other.key == key]

    def tells(self, s: Statement) -> bool:
        """Tell whether any earlier report says something about the same."""
        return any(
            s.about == other.about if s.functional else _due(s) == _due(other)
            for _, held in self.of(s)
            for other in held
        )

    def implying(self, s: Statement) -> Iterator[tuple[str | None, Statement]]:
        """Yield what has said this in another way, the old week (None) first.

        With another relation, of a part of the same ("AWS" for 아마존), or the same money
        as another kind of outlay.
        """
        ways = [p for p, implied in settings()["implies"].items() if s.key[1] in implied]
        for predicate in ways:
            for other in self._was.get((s.key[0], predicate, s.key[2]), ()):
                yield None, other
        for predicate in ways:
            for report, held in self.of(s, predicate):
                for other in held:
                    yield report, other
        for other in self._of_parts.get(s.key[1], ()):
            if all(map(self._canon.covers, s.key[::2], other.key[::2])) and s.says == other.says:
                yield None, other
        if money := outlay(s.claim):
            for other in self._outlays.get((s.key[0], money), ()):
                yield None, other


def _due(s: Statement) -> set[tuple[str, str]]:
    """Return when a plan is due, in whatever words its claims date it."""
    given = (c.qualifiers for c in s.claims)
    return {(q, g[q]) for g in given for q in ("date", "period") if g.get(q)}


def _names(metric: str) -> tuple[str, ...]:
    """Return all names of a metric, empty for none."""
    groups = settings()["synonyms"]
    same = next((group for group in groups if metric in group), [metric])
    return tuple(same) if metric else ()


def _keyed(week: Sequence[Statement]) -> Mapping[tuple[str, str, str], list[Statement]]:
    held: dict[tuple[str, str, str], list[Statement]] = {}
    for s in week:
        held.setdefault(s.key, []).append(s)
    return held


def _aligned(
    was: Sequence[Statement], now: Sequence[Statement], weights: Weights
) -> tuple[list[Change], set[int]]:
    """Pair statements about the same thing: those that say the same first."""
    held = _keyed(was)
    several = _several(was) | _several(now)
    rounds = Rounds((*was, *now))
    pairs = sorted(
        (
            (_closeness(o, n), i, j, o, n)
            for j, n in enumerate(now)
            for i, o in enumerate(held.get(n.key, ()))
            if _comparable(o, n)
            and not rounds.apart(o, n)
            and (o.says == n.says or not several & ({_told(o), _told(n)} | _untold(o, n)))
        ),
        key=lambda p: p[:3],
    )
    changes, matched = [], set[int]()
    for _, _, _, o, n in pairs:
        if id(o) in matched or id(n) in matched:
            continue
        matched |= {id(o), id(n)}
        changes.append(weights.change(_compared(o, n), o, n))
    for _, _, _, o, n in pairs:  # said several times: what it was compared with is taken
        kind = "new" if id(n) in matched else _compared(o, n)
        if kind == "restated" or (kind == "status_changed" and not n.functional):
            matched |= {id(o), id(n)}
            changes.append(weights.change(kind, o, n))
    matched |= {id(o) for _, _, _, o, _ in pairs if not o.functional}
    return changes, matched


def _several(week: Sequence[Statement]) -> set[tuple[object, ...]]:
    """What a week gives several values for though it has one: no change can be told there."""
    functional = [s for s in week if s.functional]
    counts = Counter(s.about for s in functional) + Counter(map(_told, functional))
    return {about for about, count in counts.items() if count > 1}


def _told(statement: Statement) -> tuple[object, ...]:
    """What a statement is about, and who says so: houses differ on one target price."""
    sources = {c.attributed_to for c in statement.claims}
    return statement.about, next(iter(sources)) if len(sources) == 1 else None


def _untold(old: Statement, new: Statement) -> set[tuple[object, ...]]:
    """What two statements are about, unless one source says both."""
    return set() if _told(old) == _told(new) and _told(old)[1] else {old.about, new.about}


def _comparable(old: Statement, new: Statement) -> bool:
    """Tell whether two statements of one key can be about the same thing."""
    if old.functional:
        sources = {c.attributed_to for s in (old, new) for c in s.claims if c.attributed_to}
        same_source = len(sources) < 2 or old.says == new.says
        alike = comparable(old.claim.value, new.claim.value)
        return old.about == new.about and same_source and alike
    if shared(old.apart, new.apart) < 0 and not _postponed(old, new):
        return False
    if old.key[1] == "states":
        return old.says == new.says
    dates = (old.claim.qualifiers.get("date", ""), new.claim.qualifiers.get("date", ""))
    happened = old.modality == new.modality == "fact"
    return not (happened and all(dates) and not coarser(*dates))


def _postponed(old: Statement, new: Statement) -> bool:
    """Tell whether nothing but the period of a plan sets two statements apart."""
    if "fact" in (old.modality, new.modality) or {"denied"} & (old.modalities | new.modalities):
        return False
    rest = [{k: v for k, v in s.apart.items() if k != "period"} for s in (old, new)]
    return shared(*rest) >= 0


def _closeness(old: Statement, new: Statement) -> tuple[bool, int, bool]:
    """Sort key of a pair: the same said first, then more shared, then the same status."""
    return (
        old.says != new.says,
        -shared(old.apart, new.apart),
        not old.modalities & new.modalities,
    )


def _compared(old: Statement, new: Statement) -> Kind:
    kind = _status(old, new)
    if kind in {"reversed", "status_changed"} and not (old.functional and _differs(old, new)):
        return kind
    return "value_changed" if _differs(old, new) else kind


def _status(old: Statement, new: Statement) -> Kind:
    was, now = _STAGE[old.modality], _STAGE[new.modality]
    if -1 in (was, now) and was != now:
        open_still = old.modality == "opinion" or new.modality in {"rumour", "opinion"}
        return "status_changed" if open_still else "reversed"
    if new.claim.qualifiers.get("metric") in settings()["days"]:
        return "restated"  # that a day has passed is no news
    standing = old.standing, new.standing
    stands = all(standing) and bag(standing[0]) == bag(standing[1])
    if now > was and not stands and not (old.functional and old.modalities & new.modalities):
        return "status_changed"
    if all(standing) and not stands:
        ended = any(word in standing[1] for word in settings()["ended"])
        return "reversed" if ended or steps_back(old, new) else "status_changed"
    return "restated"


def _differs(old: Statement, new: Statement) -> bool:
    """Tell whether a quantity (or the date of a plan) is another one than before."""
    one, two = old.claim, new.claim
    if one.predicate == "states" or old.standing != "" != new.standing:
        return False
    if one.qualifiers.get("metric") in settings()["due"] and (_floats(one) or _floats(two)):
        return False
    if one.value and two.value:
        same = same_value(one.value, two.value)
        if same is not None:
            return not same
        if old.functional:
            return said(one) != said(two)
    names = [*settings()["measures"]]
    if not {old.modality, new.modality} & {"fact", "denied"}:
        names += ["date", "period"] if not PREDICATES[old.key[1]].literal else ["date"]
    both = [(one.qualifiers.get(n), two.qualifiers.get(n)) for n in names]
    return any(a and b and not _same_text(a, b) for a, b in both)


def _floats(due: Claim) -> bool:
    """Tell a date that only the week of its report tells: "두 주 뒤", "이번 주말"."""
    words = due.value.text.split() if due.value else []
    return any(word.startswith(tuple(settings()["floating"])) for word in words)


def _same_text(one: str, two: str) -> bool:
    return bag(one) == bag(two)


def _appeared(new: Statement, history: _History, weights: Weights) -> Change | None:
    """Say whether a statement is new, or back after weeks away, or implied by an older one.

    Nothing, where it is told only in passing and never before.
    """
    for report, week in history.of(new):
        found, _ = _aligned(week, [new], weights)
        if found:
            return weights.change(found[0].kind, None, new, found[0].old, report)
    for back, other in history.implying(new):
        return weights.change("restated", None, new, other.claims, back)
    return None if _in_passing(new) else weights.change("new", None, new)


def _in_passing(new: Statement) -> bool:
    """Tell whether a thing is only called somebody's own, which is no news of it: "가나의 X1"."""
    told = settings()["told_by"].get(new.key[1])
    if told is None or new.modalities != {"fact"}:
        return False
    places = [claim.evidence for claim in new.claims]
    return not any(place.in_table or re.search(told, place.quote, re.I) for place in places)
