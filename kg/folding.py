"""Several changes that are one piece of news, folded into one.

* tellings of one event: "인수를 마쳤다" in the text and "완료" in a table
* cells of one row: the status and the due date of a plan, or all that left with a row
* a relation that another one implies: who releases a chip has developed it; a plant stands
  where somebody builds it
* what two make together, told of the one and of the other
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kg.claim import Claim
from kg.difference import PRECEDENCE, Change, order
from kg.identity import fold
from kg.quantities import amount_of, rate_of, settings
from kg.statements import is_of_row, outlay, said, table_of
from kg.vocab import PREDICATES

_Key = Callable[[Change], object | None]


def fold_changes(changes: Iterable[Change]) -> list[Change]:
    """Fold what belongs together; every claim stays with the change it went into."""
    folded = list(changes)
    for key in (_event, _row, _rate, _lost, _turn(folded), _together):
        folded = list(_folded(folded, key))
    return list(_implied(_retold(folded)))


def _folded(changes: Sequence[Change], key: _Key) -> Iterator[Change]:
    groups: dict[object, list[Change]] = {}
    for change in changes:
        found = key(change)
        if found is None:
            yield change
        else:
            groups.setdefault(found, []).append(change)
    for group in groups.values():
        yield _one(sorted(group, key=_rank))


def _one(group: Sequence[Change]) -> Change:
    """Make the first of a group speak for all; what else changed becomes its details."""
    head, *rest = group
    if not rest:
        return head
    same = [c for c in rest if _same(head, c)]
    other = [c for c in rest if c not in same]
    kinds = {head.kind, *(c.kind for c in rest if c.kind not in {"new", "dropped"})}
    kind = min(kinds, key=PRECEDENCE.index)
    details = (*head.details, *other, *(d for c in rest for d in c.details))
    return replace(
        head,
        kind=kind,
        old=_all(head.old, *(c.old for c in same if c.back == head.back)),
        new=_all(head.new, *(c.new for c in same)),
        score=max(c.score for c in group),
        details=tuple(d for d in details if d.kind != "restated"),
    )


def _same(head: Change, other: Change) -> bool:
    """Tell whether another change is of the same relation, or of its calling off."""
    if PREDICATES[head.predicate].functional:
        return False
    if _together(head) is not None and _together(head) == _together(other):
        return True
    ends = (head.key[0], head.key[2]) == (other.key[0], other.key[2])
    return other.key == head.key or (ends and "cancels" in (head.predicate, other.predicate))


def _all(*sides: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple({id(claim): claim for side in sides for claim in side}.values())


def _rank(change: Change) -> tuple[object, ...]:
    """Relations before figures, then by kind, then by what matters."""
    literal = PREDICATES[change.predicate].literal
    rate = rate_of(change.claim.qualifiers.get("metric", "")) is not None
    return (
        literal,
        rate,
        PRECEDENCE.index(change.kind),
        change.predicate == "cancels",
        not is_of_row(change.claim),
        order(change),
    )


def _event(change: Change) -> object | None:
    """Tellings of one relation that changed: the weaker ones add nothing to the strongest."""
    if PREDICATES[change.predicate].functional or PREDICATES[change.predicate].literal:
        return None
    if change.kind not in {"status_changed", "restated"} or not (change.old and change.new):
        return None
    return change.key


def _turn(changes: Iterable[Change]) -> _Key:
    """What was begun and is called off: the denial, the rumour it answers, the cancellation."""
    ends = {(c.subject.id, c.object.id) for c in changes if c.kind == "reversed" and c.object}

    def turned(change: Change) -> object | None:
        where = change.subject.id, change.object.id if change.object else ""
        told = change.kind == "reversed" or change.predicate == "cancels"
        told = told or (change.kind == "new" and change.claim.modality == "rumour")
        return where if told and change.new and where in ends else None

    return turned


def _row(change: Change) -> object | None:
    """The row of a schedule that a change of the new week stands in."""
    if change.kind == "dropped" or not change.new:
        return None
    cells = [(*t, c.evidence.row) for c in change.new if (t := table_of(c)) and c.evidence.row]
    metric = change.claim.qualifiers.get("metric")
    scheduled = metric in settings()["standing"] or metric in settings()["due"]
    if not cells or not (scheduled or not PREDICATES[change.predicate].literal):
        return None
    return min(cells) if scheduled or change.claim.modality == "plan" or _told(change) else None


def _told(change: Change) -> bool:
    return any(c.qualifiers.get("status") for c in change.new)


def _rate(change: Change) -> object | None:
    """The cells of a row that hold a figure and its rate of change."""
    metric = change.claim.qualifiers.get("metric", "")
    if change.kind != "value_changed":
        return None
    table = table_of(change.claim)
    if table is None:
        return None
    condition = change.claim.qualifiers.get("condition")
    period = change.claim.qualifiers.get("period")
    return *table, change.key, rate_of(metric) or metric, condition, period


def _lost(change: Change) -> object | None:
    """The row of a table that is gone."""
    cells = [(*t, c.evidence.row) for c in change.old if (t := table_of(c)) and c.evidence.row]
    return min(cells) if change.kind == "dropped" and cells else None


def _together(change: Change) -> object | None:
    """A thing with its two makers, whichever of them it is told of."""
    partner = change.claim.qualifiers.get("partner")
    if change.predicate != "coDevelops" or not partner or change.object is None:
        return None
    return change.object.id, frozenset({fold(change.subject.label), fold(partner)})


def _retold(changes: Sequence[Change]) -> list[Change]:
    """Put what is only told again in other words into the change that it repeats.

    The same money of one company as its 투자, its 계획 and what it puts into a building; a
    sentence that is quoted beside the claim which it makes.
    """
    kept: dict[int, Change] = {}
    told: dict[str, list[int]] = {}  # by subject, in the order in which they were kept
    for change in sorted(changes, key=lambda c: (not c.old, c.predicate == "states")):
        others = told.setdefault(change.subject.id, [])
        head = next((key for key in others if _repeats(change, kept[key])), None)
        if head is None:
            kept[id(change)] = change
            others.append(id(change))
        else:
            kept[head] = replace(kept[head], new=_all(kept[head].new, change.new))
    return [kept[id(c)] for c in changes if id(c) in kept]


def _repeats(change: Change, head: Change) -> bool:
    """Tell whether a new change says nothing that another of the week does not say."""
    if change.kind != "new" or not head.new or change.subject.id != head.subject.id:
        return False
    money = outlay(change.claim)
    if money is not None and money == outlay(head.claim):
        return True
    if change.predicate != "states":
        return _is_less(change.claim, head.claim)
    told = {(e.report, e.start, e.end) for e in (c.evidence for c in head.new)}
    said = [c.evidence for c in change.new]
    return all(any(r == e.report and s < e.end and e.start < f for r, s, f in told) for e in said)


def _is_less(claim: Claim, other: Claim) -> bool:
    """Tell the figure of a table without its period from the same one told with it."""
    one, two = claim.qualifiers, other.qualifiers
    same = (claim.predicate, one.get("metric")) == (other.predicate, two.get("metric"))
    counted = amount_of(claim.value) is not None and said(claim) == said(other)
    return same and counted and not one.get("period") and bool(two.get("period"))


def _implied(changes: Sequence[Change]) -> Iterator[Change]:
    """Leave out a relation that is said again, or said newly, with one that implies it."""
    implies = settings()["implies"]
    told = {c.key for c in changes if c.new}
    built = set(_built(changes))
    for change in changes:
        where = change.object and (change.subject.id, fold(change.object.label))
        if change.predicate == "locatedIn" and change.kind == "new" and where in built:
            continue
        subject, predicate, target = change.key
        ways = [p for p, implied in implies.items() if predicate in implied]
        covered = any((subject, way, target) in told for way in ways)
        if not (covered and change.kind in {"new", "restated"}):
            yield change


def _built(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield what is told to be built, with the place that is told with it."""
    for change in changes:
        if change.predicate == "builds" and change.object:
            places = (claim.qualifiers.get("place") for claim in change.new)
            yield from ((change.object.id, fold(place)) for place in places if place)
