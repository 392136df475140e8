"""What one week says, claim by claim put together: the units that a diff compares.

Claims of one subject, relation, object and distinguishing qualifiers are one
:class:`Statement`, however often and under whatever names the week says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from kg.claim import Claim, Entity, Modality, Value
from kg.identity import fold, names_of
from kg.vocab import PREDICATES

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_MINUS = re.compile(r"(?<![\w.])[-–](?=\d)")  # a sign, where folding sees a hyphen
_SIGNS = frozenset("+−▲▼↑↓%<>≤≥")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_STRONGEST: tuple[Modality, ...] = ("fact", "denied", "plan", "forecast", "rumour", "opinion")

Amount = tuple[Decimal, Decimal, str]  # lower end, upper end, unit and currency folded


@lru_cache(maxsize=1)
def settings() -> Mapping[str, Any]:
    """Read ``diff.yaml``: weights, measures, distinguishing qualifiers."""
    import yaml

    path = Path(__file__).with_name("diff.yaml")
    loaded: Mapping[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded


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
    def identity(self) -> tuple[object, ...]:
        """A sort key: what it is about, then what it says."""
        return (*self.about, self.says, self.claim.id)


class Canon:
    """One id an entity: names discovered in one week lead to those of another."""

    def __init__(self, claims: Iterable[Claim]) -> None:
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

    def id(self, entity: Entity | None) -> str:
        """Return the id that all names of an entity share, empty for no entity."""
        if entity is None:
            return ""
        found = self._ids[entity.id]
        while self._ids[found] != found:
            found = self._ids[found]
        return found

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


def statements(claims: Iterable[Claim], canon: Canon) -> list[Statement]:
    """Put the claims of one week together, in a fixed order whatever theirs."""
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    parts: dict[tuple[Any, ...], tuple[tuple[str, str, str], dict[str, str]]] = {}
    for claim in claims:
        key, apart = _key(claim, canon), _apart(claim)
        functional = PREDICATES[claim.predicate].functional
        group = (
            key,
            tuple(sorted(apart.items())),
            said(claim) if functional else said_apart(claim),
        )
        groups.setdefault(group, []).append(claim)
        parts[group] = key, apart
    made = [Statement.of(*parts[group], held) for group, held in groups.items()]
    return sorted(_latest(made), key=lambda s: repr(s.identity))


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says beside its key: its normalised value, else its first measure."""
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


@lru_cache(maxsize=65536)
def bag(text: str) -> str:
    """Fold a text so that white space and the order of words do not matter."""
    folded = fold(_MINUS.sub("−", text))
    numbers = sorted(n.replace(",", "") for n in _DIGITS.findall(folded))
    rest = sorted(ch for ch in _DIGITS.sub("", folded) if ch.isalnum() or ch in _SIGNS)
    return f"{' '.join(numbers)}|{''.join(rest)}"


def amount_of(value: Value | None) -> Amount | None:
    """Return a value's ends and unit; an open end is the other one; None without numbers."""
    if value is None or (value.minimum is None and value.maximum is None):
        return None
    low = value.minimum if value.minimum is not None else value.maximum
    high = value.maximum if value.maximum is not None else value.minimum
    if low is None or high is None:
        return None
    unit = fold(f"{value.unit or ''}/{value.currency or ''}")
    open_end = (">" if value.maximum is None else "") + ("<" if value.minimum is None else "")
    return (low.normalize(), high.normalize(), unit + open_end)


def plain_number(text: str | None) -> Decimal | None:
    """Return the number of a text that holds one only ("3위": 3), else None."""
    found = _NUMBER.findall((text or "").replace(",", ""))
    return Decimal(found[0]) if len(found) == 1 else None


def _key(claim: Claim, canon: Canon) -> tuple[str, str, str]:
    ends = [canon.id(claim.subject), canon.id(claim.object)]
    if PREDICATES[claim.predicate].symmetric:
        ends.sort()
    return (ends[0], claim.predicate, ends[1])


def _apart(claim: Claim) -> dict[str, str]:
    """Distinguishing qualifiers; a period of one day is when it was measured, not of what."""
    found = {}
    for name in settings()["distinguishing"]:
        text = claim.qualifiers.get(name, "")
        if text.strip() and not (name == "period" and _DAY.fullmatch(text.strip())):
            found[name] = fold(text) if name == "period" else bag(text)
    return found


def _event(claim: Claim) -> str:
    """Return the date of what happened; what is only planned may move."""
    if claim.modality in {"fact", "denied"}:
        return claim.qualifiers.get("date", "") or _day(claim)
    return ""


def _day(claim: Claim) -> str:
    period = claim.qualifiers.get("period", "").strip()
    return period if _DAY.fullmatch(period) else ""


def _latest(made: Sequence[Statement]) -> list[Statement]:
    """Of a functional statement measured on several days keep the last day's."""
    days = {id(s): max(map(_day, s.claims)) for s in made if s.functional}
    last: dict[tuple[object, ...], str] = {}
    for s in made:
        if s.functional:
            last[s.about] = max(last.get(s.about, ""), days[id(s)])
    return [s for s in made if not days.get(id(s)) or days[id(s)] == last[s.about]]


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
