"""What one week says, claim by claim put together: the units that a diff compares.

Claims of one subject, relation, object and distinguishing qualifiers are one
:class:`Statement`, however often and under whatever names the week says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from kg.claim import Claim, Entity, Modality
from kg.identity import fold, names_of
from kg.quantities import Amount, amount_of, bag, settings
from kg.vocab import PREDICATES

__all__ = ["Canon", "Statement", "amount_of", "bag", "said", "settings", "shared", "statements"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")
_STRONGEST: tuple[Modality, ...] = ("fact", "denied", "plan", "forecast", "rumour", "opinion")


@dataclass(frozen=True, slots=True)
class Statement:
    """Claims of one week that say the same thing, best extracted first.

    ``key`` is (subject, relation, object), the ends of a symmetric relation sorted;
    ``apart`` the distinguishing qualifiers with their values folded; ``about`` both;
    ``says`` what :func:`said` of the first claim, ``modalities`` those of all.
    """

    key: tuple[str, str, str]
    apart: Mapping[str, str]
    claims: tuple[Claim, ...]
    says: tuple[object, ...]
    modalities: frozenset[Modality]
    about: tuple[object, ...]

    @classmethod
    def of(cls, key: tuple[str, str, str], apart: Mapping[str, str], claims: list[Claim]) -> Self:
        """Put claims of one key together."""
        best = tuple(sorted(claims, key=_best))
        about = (key, tuple(sorted(apart.items())))
        return cls(key, apart, best, said(best[0]), frozenset(c.modality for c in best), about)

    @property
    def claim(self) -> Claim:
        """The claim that speaks for all of them."""
        return self.claims[0]

    @property
    def functional(self) -> bool:
        """Whether it has one value only, so that another value supersedes it."""
        return PREDICATES[self.key[1]].functional

    @property
    def modality(self) -> Modality:
        """The strongest of its modalities, facts first."""
        return min(self.modalities, key=_STRONGEST.index)

    @property
    def standing(self) -> str:
        """What it says of its own progress ("진행 중", "예고"), brackets left out; or empty."""
        if self.claim.qualifiers.get("metric") in settings()["standing"] and self.claim.value:
            return _BRACKETS.sub("", self.claim.value.text).strip()
        told = (_BRACKETS.sub("", c.qualifiers.get("status", "")).strip() for c in self.claims)
        return next(filter(None, told), "")

    @property
    def identity(self) -> tuple[object, ...]:
        """A sort key: what it is about, then what it says."""
        return (*self.about, self.says, self.claim.id)


class Canon:
    """One id an entity: names discovered in one week lead to those of another.

    ``conditions`` are the ones that tell rows of one table apart ("현물", "고정 거래");
    any other condition is only a remark beside the figure.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        claims = tuple(claims)
        self.conditions = _conditions(claims)
        self._entities: dict[str, Entity] = {}
        self._named: dict[str, set[str]] = {}
        for claim in claims:
            for entity in (claim.subject, claim.object):
                if entity is not None:
                    held = self._entities.setdefault(entity.id, entity)
                    if entity.curated and not held.curated:
                        self._entities[entity.id] = entity
                    for name in names_of(entity):
                        self._named.setdefault(fold(name), set()).add(entity.id)
        self._ids = {id_: self._resolved(e) for id_, e in self._entities.items()}
        self._alike: dict[str, list[str]] = {}
        for id_ in sorted(self._entities):
            self._alike.setdefault(self.id(self._entities[id_]), []).append(id_)

    def id(self, entity: Entity | None) -> str:
        """Return the id that all names of an entity share, empty for no entity."""
        if entity is None:
            return ""
        found = self._ids.get(entity.id, entity.id)
        while self._ids.get(found, found) != found:
            found = self._ids[found]
        return found

    def alike(self, id_: str) -> list[str]:
        """Return all ids that lead to this one, itself included, sorted."""
        return self._alike.get(id_, [id_])

    def wholes(self, id_: str) -> frozenset[str]:
        """Return the ids of what an organisation is part of, by the lexicon."""
        entity = self._entities.get(id_)
        firm = entity is not None and entity.cls in {"Company", "Organization"}
        return frozenset(entity.broader) if entity and firm else frozenset()

    def covers(self, whole: str, part: str) -> bool:
        """Tell whether an id is another one, or what that one is part of."""
        return whole == part or whole in self.wholes(part)

    def _resolved(self, entity: Entity) -> str:
        if entity.curated:
            return entity.id
        own = {fold(n) for n in (entity.label, entity.label_en, *entity.aliases) if n}
        alike = {
            other
            for name in own
            for other in self._named.get(name, ())
            if self._entities[other].cls == entity.cls
        }
        curated = sorted(o for o in alike if self._entities[o].curated)
        if curated:  # several: a homograph, which a name alone does not decide
            return curated[0] if len(curated) == 1 else entity.id
        return min(alike | {entity.id})


def statements(
    claims: Iterable[Claim], canon: Canon, weeks: Mapping[str, str] | None = None
) -> list[Statement]:
    """Put the claims of one week together, in a fixed order whatever theirs.

    ``weeks`` gives the week of each report where they are of several weeks.
    """
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    parts: dict[tuple[Any, ...], tuple[tuple[str, str, str], dict[str, str]]] = {}
    for claim in claims:
        key, apart = _key(claim, canon), _apart(claim, canon)
        functional = PREDICATES[claim.predicate].functional
        group = (
            key,
            tuple(sorted(apart.items())),
            said(claim) if functional else said_apart(claim),
        )
        groups.setdefault(group, []).append(claim)
        parts[group] = key, apart
    made = [Statement.of(*parts[group], held) for group, held in groups.items()]
    made = sorted(made, key=lambda s: repr(s.identity))
    return sorted((*_spoken(made, weeks or {}), *_joined(made)), key=lambda s: repr(s.identity))


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says beside its key: its normalised value, else its first measure.

    Of a day only the day counts: "1.29" and "분기 실적" on it are the same.
    """
    given = claim.qualifiers
    if given.get("metric") in settings()["days"] and given.get("date"):
        return ("date", given["date"])
    amount = amount_of(claim.value)
    if amount:
        return ("amount", amount)
    if claim.value and claim.value.text.strip():
        return ("text", bag(claim.value.text))
    for measure in settings()["measures"]:
        if claim.qualifiers.get(measure):
            return (measure, bag(claim.qualifiers[measure]))
    return ()


def said_apart(claim: Claim) -> tuple[object, ...]:
    """What keeps two claims of one key apart in a relation that may hold many times."""
    if PREDICATES[claim.predicate].literal:
        return said(claim)
    return (_event(claim),)


def _key(claim: Claim, canon: Canon) -> tuple[str, str, str]:
    ends = [canon.id(claim.subject), canon.id(claim.object)]
    if PREDICATES[claim.predicate].symmetric:
        ends.sort()
    return (ends[0], claim.predicate, ends[1])


def _apart(claim: Claim, canon: Canon) -> dict[str, str]:
    """Distinguishing qualifiers, folded; when and on what standing it was measured are none."""
    found = {}
    for name in settings()["distinguishing"]:
        text = claim.qualifiers.get(name, "").strip()
        if not text or _is_circumstance(claim, name, text) or _is_told(claim, name, text):
            continue
        found[name] = fold(text) if name == "period" else bag(text)
        if name == "metric":
            found[name] = _synonyms().get(found[name], found[name])
    condition = bag(claim.qualifiers.get("condition", ""))
    if condition in canon.conditions:
        found["condition"] = condition
    return found


def _is_told(claim: Claim, name: str, text: str) -> bool:
    """Tell a metric that only says the relation again: the 시장 규모 of a market's size."""
    return name == "metric" and text in settings()["said_by"].get(claim.predicate, ())


def _is_circumstance(claim: Claim, name: str, text: str) -> bool:
    """Tell whether a qualifier says when a figure was taken, not what it is of."""
    if name == "basis":
        return _side(text) != 0
    if name != "period":
        return False
    metric = claim.qualifiers.get("metric")
    if metric in settings()["due"]:
        return True  # the period is the value itself
    level = metric in settings()["levels"] or metric in settings()["standing"]
    return bool(_DAY.fullmatch(text)) or (level and claim.modality not in {"plan", "forecast"})


def _side(basis: str) -> int:
    """Return -1 for a figure reprinted from before, 1 for the present one beside it, else 0."""
    folded, known = fold(basis), settings()["bases"]
    if any(fold(word) == folded for word in known["former"]):
        return -1
    return int(any(fold(word) == folded for word in known["present"]))


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, str]:
    groups = settings()["synonyms"]
    return {bag(word): bag(group[0]) for group in groups for word in group}


def _conditions(claims: Iterable[Claim]) -> frozenset[str]:
    """Find the conditions under which one table gives one figure several times."""
    cells: dict[tuple[object, ...], set[str]] = {}
    for claim in claims:
        given, evidence = claim.qualifiers, claim.evidence
        table = table_of(claim)
        if table and given.get("condition"):
            place = (*table, evidence.column, claim.subject.id)
            cells.setdefault((*place, given.get("metric")), set()).add(bag(given["condition"]))
    return frozenset(c for found in cells.values() if len(found) > 1 for c in found)


def _event(claim: Claim) -> str:
    """Return the date of what happened; what is only planned may move."""
    if claim.modality in {"fact", "denied"}:
        return claim.qualifiers.get("date", "") or _day(claim)
    return ""


def _day(claim: Claim) -> str:
    period = claim.qualifiers.get("period", "").strip()
    return period if _DAY.fullmatch(period) else ""


def _taken(claim: Claim) -> str:
    """Return when a figure was taken, as far as its period says that."""
    period = claim.qualifiers.get("period", "").strip()
    return period if period and _is_circumstance(claim, "period", period) else ""


def _spoken(made: Sequence[Statement], weeks: Mapping[str, str]) -> Iterator[Statement]:
    """Of several values for one thing yield the one that the week stands by, if any is.

    The latest week's where there are several, the present figure beside the one reprinted
    from before, the cell of a table beside numbers picked from its prose, the latest one
    measured; else all of them.
    """
    about: dict[tuple[object, ...], list[Statement]] = {}
    for s in made:
        if s.functional:
            about.setdefault(s.about, []).append(s)
    ranks: tuple[Callable[[Statement], Any], ...] = (_week(weeks), _presence, _in_table, _latest)
    for several in about.values():
        kept = several
        for rank in ranks:
            best = max(map(rank, kept))
            kept = [s for s in kept if rank(s) == best]
        yield from kept


def _week(weeks: Mapping[str, str]) -> Callable[[Statement], str]:
    return lambda s: max(weeks.get(c.evidence.report, "") for c in s.claims)


def _presence(s: Statement) -> int:
    return max(_side(c.qualifiers.get("basis", "")) for c in s.claims)


def _latest(s: Statement) -> str:
    return max(map(_taken, s.claims))


def _in_table(s: Statement) -> bool:
    return any(table_of(c) is not None for c in s.claims)


def _joined(made: Sequence[Statement]) -> Iterator[Statement]:
    """Join what a week says of one relation in several places and degrees of detail."""
    held: dict[tuple[str, str, str], list[Statement]] = {}
    for s in made:
        if not s.functional:
            held.setdefault(s.key, []).append(s)
    for several in held.values():
        if PREDICATES[several[0].key[1]].literal:
            yield from several
            continue
        whole: list[Statement] = []
        for s in sorted(several, key=lambda s: (_STRONGEST.index(s.modality), -len(s.apart))):
            place = next((i for i, other in enumerate(whole) if _fits(other, s)), None)
            if place is None:
                whole.append(s)
            else:
                apart = {**s.apart, **whole[place].apart}
                claims = [*whole[place].claims, *s.claims]
                whole[place] = Statement.of(s.key, apart, claims)
        yield from whole


def _fits(one: Statement, two: Statement) -> bool:
    """Tell whether two tellings of one relation can be of one and the same event."""
    if shared(one.apart, two.apart) < 0 or "denied" in one.modalities ^ two.modalities:
        return False
    amounts = {s.says for s in (one, two) if s.says}
    dates = [max(map(_event, s.claims)) for s in (one, two)]
    return len(amounts) < 2 and (not all(dates) or coarser(*dates))


def outlay(claim: Claim) -> Amount | None:
    """Return the money that a claim says its subject spends or means to; None for none."""
    value, metric = claim.value, claim.qualifiers.get("metric", "")
    spent = metric in settings()["outlays"] or claim.predicate in {"investsIn", "builds"}
    if not spent or value is None or not value.currency or claim.modality == "denied":
        return None
    return amount_of(value)


def table_of(claim: Claim) -> tuple[str, str] | None:
    """Return the report and the table of a cell; one without a label goes by its section."""
    evidence = claim.evidence
    if evidence.table is not None:
        return evidence.report, evidence.table
    cell = evidence.row or evidence.column
    return (evidence.report, " > ".join(("", *evidence.section))) if cell else None


def is_of_row(claim: Claim) -> bool:
    """Tell whether a table's row is of a claim's subject, not of another of its columns."""
    row = fold(claim.evidence.row or "")
    return any(fold(name) in row for name in names_of(claim.subject))


def coarser(one: str, two: str) -> bool:
    """Tell whether one date is the other or contains it ("2025-01" and "2025-01-06")."""
    return one.startswith(two) or two.startswith(one)


def _best(claim: Claim) -> tuple[object, ...]:
    return (
        _STRONGEST.index(claim.modality),
        -claim.confidence,
        claim.evidence.report,
        claim.evidence.start,
        claim.id,
        repr((claim.evidence, claim.value)),  # what a claim's id does not tell apart
    )


def shared(one: Mapping[str, str], two: Mapping[str, str]) -> int:
    """Count qualifiers on which two statements agree; -1 when they contradict each other."""
    both = one.keys() & two.keys()
    if any(one[name] != two[name] for name in both):
        return -1
    return len(both)
