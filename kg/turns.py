"""Statements of two weeks that differ in more than their words and are one story.

* what was begun or planned and is cancelled, or the other way round
* what was reported of one thing and is denied of its whole kind: "가나 칩 구매" and the
  denial of any purchase of "AI 칩"
* talks between two parties, and what they now make together
* whom somebody was said to join, and the body that it has joined under another description
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.claim import Entity
from kg.difference import Change, Kind, Weights
from kg.identity import fold, names_of
from kg.statements import Statement, is_of_row

_UNDONE = frozenset(
    {"develops", "releases", "builds", "acquires", "produces", "ships", "investsIn"}
)
_HEARSAY = frozenset({"rumour", "plan", "forecast"})

Pair = tuple[Kind, Statement, Statement]


def turns(
    was: Sequence[Statement],
    gone: Sequence[Statement],
    left: Sequence[Statement],
    changes: Sequence[Change],
    weights: Weights,
) -> tuple[list[Change], set[int]]:
    """Pair what is left of two weeks; return all changes, with these, and what is paired.

    ``was`` is all of the old week, ``gone`` and ``left`` what no ``changes`` have told yet.
    A denial takes the place of the change that told its rumour again.
    """
    matched = set[int]()
    found: list[Change] = []
    replaced = set[int]()
    for kind, old, new in (
        *_cancelled(gone, left),
        *_denied(was, left),
        *_specified(gone, left),
        *_joined(gone, left),
    ):
        if not matched & {id(old), id(new)}:
            matched |= {id(old), id(new)}
            replaced |= {id(old.claims)}
            found.append(weights.change(kind, old, new))
    kept = [c for c in changes if not (c.kind == "restated" and id(c.old) in replaced)]
    return [*kept, *found], matched


def _cancelled(gone: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Pair]:
    ends: dict[tuple[str, str], list[Statement]] = {}
    for o in gone:
        ends.setdefault((o.key[0], o.key[2]), []).append(o)
    for n in left:
        for o in ends.get((n.key[0], n.key[2]), ()):
            done, undoes = sorted((o.key[1], n.key[1]), key="cancels".__eq__)
            stands = "denied" not in (o.modality, n.modality)
            if done in _UNDONE and undoes == "cancels" and stands:
                yield "reversed", o, n


def _denied(was: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Pair]:
    for n in left:
        kind = _kind(n.claim.object)
        if n.modality != "denied" or not kind:
            continue
        for o in was:
            same = o.key[:2] == n.key[:2] and _kind(o.claim.object) == kind
            if same and o.modality in _HEARSAY:
                yield "reversed", o, n


def _kind(thing: Entity | None) -> str:
    """Return what kind of thing is meant where no name tells which: "칩" of "AI 칩"."""
    words = thing.label.split() if thing and not thing.curated else []
    return fold(words[-1]) if len(words) > 1 else ""


def _specified(gone: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Pair]:
    talks = [o for o in gone if o.key[1] == "partnersWith" and o.standing]
    for n in sorted(left, key=lambda s: not is_of_row(s.claim)):
        partner = fold(n.claim.qualifiers.get("partner", ""))
        if n.key[1] != "coDevelops" or not partner:
            continue
        for o in talks:
            others = _others(o, n.key[0])
            if partner in {fold(name) for other in others for name in names_of(other)}:
                yield "status_changed", o, n


def _joined(gone: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Pair]:
    foreseen = [o for o in gone if o.key[1] == "partOf" and o.modality in _HEARSAY]
    for n in left:
        for o in foreseen:
            same = n.key[:2] == o.key[:2] and n.modality == "fact"
            if same and _words(n.claim.object) & _words(o.claim.object):
                yield "status_changed", o, n


def _words(thing: Entity | None) -> set[str]:
    """Return the words that describe a thing without a name of its own."""
    words = thing.label.split() if thing and not thing.curated else []
    return {word for word in words if not any(ch.isdigit() for ch in word)}


def _others(talk: Statement, one: str) -> Iterable[Entity]:
    """Return whom one party of a partnership talks with; nobody if it is no party."""
    if one not in (talk.key[0], talk.key[2]):
        return ()
    ends = {e for c in talk.claims for e in (c.subject, c.object) if e}
    return (e for e in ends if e.id != one)
