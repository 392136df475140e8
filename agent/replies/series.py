"""A value over the reports: what each gave for one figure, oldest first, with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from agent.briefing.lines import Teller, difference, quantity
from agent.curating.profiles import resolve
from agent.questions.linking import Linker
from agent.replies.wording import period_text
from kg.claim import Claim, Entity
from kg.facts import Facts
from kg.identity import fold
from kg.quantities import amount_of, settings
from kg.statements import Canon, Statement, statements
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from kg.generation import Generation, ReportInfo

_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What one report gave: its number (the middle of a range) in the claim's unit."""

    report: ReportInfo
    claim: Claim
    number: Decimal

    def to_json(self) -> dict[str, Any]:
        """Return the point for `--json`."""
        from kg.export import claim_json
        from kg.quantities import number

        return {
            "date": self.report.date.isoformat(),
            "title": self.report.title,
            "number": number(self.number),
            "claim": claim_json(self.claim),
        }


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over the reports; ``name`` is what it is of, ``unit`` of all its points."""

    name: str
    subject: Entity
    predicate: str
    unit: str
    points: tuple[Point, ...]

    def rows(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield date, value, change against the point before, place, quote."""
        teller = Teller(point.report for point in self.points)
        last: Point | None = None
        for point in self.points:
            change = difference(last.claim, point.claim) if last else ""
            quote = " ".join(point.claim.evidence.quote.split())
            said = quantity(point.claim)
            if point.claim.modality != "fact":
                said += f" ({_modality(point.claim)})"
            yield (
                point.report.date.isoformat(),
                said,
                change,
                teller.place(point.claim.evidence),
                quote,
            )
            last = point

    def to_json(self) -> dict[str, Any]:
        """Return the series for `--json`."""
        return {
            "name": self.name,
            "predicate": self.predicate,
            "unit": self.unit,
            "points": [point.to_json() for point in self.points],
        }


def series(
    generation: Generation,
    text: str,
    *,
    metric: str | None = None,
    until: dt.date | None = None,
) -> list[Series]:
    """Follow the figures that a text names ("HBM 시장 규모"), those of most reports first.

    ``metric`` is a metric or relation in either language; without one the words of the
    text beside the entity's name are taken, and without these every figure is followed.

    Empty when nothing numeric is known of it under that name; :func:`figures` says what is.

    Raises:
        UnknownEntity: when the text names no entity.
    """
    entities, rest = _named(generation, text)
    wanted = metric if metric is not None else rest
    found = _all(generation, entities, until)
    exact = [s for s in found if wanted and fold(wanted) in map(fold, _names(s) + _relation(s))]
    kept = exact or [s for s in found if not wanted or _called(s, wanted)]
    return sorted(kept, key=lambda s: (-len(s.points), s.name))


def figures(generation: Generation, text: str) -> list[str]:
    """Return what figures of the entity in a text can be followed, sorted."""
    entities, _ = _named(generation, text)
    return sorted({_metric_of(s.points[-1].claim) for s in _all(generation, entities, None)})


def _all(generation: Generation, entities: Sequence[str], until: dt.date | None) -> list[Series]:
    facts = Facts(generation)
    claims = {
        claim.id: claim
        for entity in entities
        for claim in facts.claims_of(subject=entity, until=until)
        if _figure(claim)
    }
    return _followed(facts, list(claims.values()))


def _named(generation: Generation, text: str) -> tuple[list[str], str]:
    """Return the entities that a text names and the words beside their name."""
    links = Linker.of((label, n.id) for n in generation.names for label in n.labels).find(text)
    if not links:
        return [resolve(generation, text).id], ""
    link = links[0]
    return list(link.entities), f"{text[: link.start]} {text[link.end :]}".strip()


def _figure(claim: Claim) -> bool:
    return amount_of(claim.value) is not None and PREDICATES[claim.predicate].functional


def _followed(facts: Facts, claims: Sequence[Claim]) -> list[Series]:
    canon = Canon(claims)
    reports: dict[str, list[Claim]] = {}
    for claim in claims:
        reports.setdefault(claim.evidence.report, []).append(claim)
    held: dict[_Key, list[Point]] = {}
    for report, said in reports.items():
        for key, statement in _spoken(statements(said, canon)).items():
            amount = amount_of(statement.claim.value)
            assert amount is not None
            point = Point(facts.report(report), statement.claim, (amount[0] + amount[1]) / 2)
            held.setdefault(key, []).append(point)
    return [_series(points) for points in held.values()]


def _spoken(week: Sequence[Statement]) -> dict[_Key, Statement]:
    """Return what a report says of each figure; of several values the surest."""
    best: dict[_Key, Statement] = {}
    for s in sorted(week, key=lambda s: (s.claim.confidence, s.claim.id)):
        amount = amount_of(s.claim.value)
        if amount is not None:
            best[(s.about, amount[2].strip("<>"))] = s
    return best


def _series(points: list[Point]) -> Series:
    ordered = sorted(points, key=lambda p: (p.report.date, p.report.id))
    claim = ordered[-1].claim
    value = claim.value
    unit = (value.unit or value.currency or "") if value else ""
    return Series(_name(claim), claim.subject, claim.predicate, unit, tuple(ordered))


def _name(claim: Claim) -> str:
    """Say what a figure is of: "알파벳 2025년 설비투자"."""
    given = claim.qualifiers
    level = given.get("metric") in settings()["levels"]
    period = given.get("period", "")
    dated = not period or (level and claim.modality not in {"plan", "forecast"})
    parts = (
        claim.subject.label,
        claim.object.label if claim.object else "",
        given.get("product", ""),
        "" if dated else period_text(period, "ko"),
        _metric_of(claim),
        *(f"({given[q]})" for q in ("setting", "condition") if _tells(claim, q)),
    )
    return " ".join(filter(None, parts))


def _tells(claim: Claim, qualifier: str) -> bool:
    """Tell whether a qualifier belongs to the figure's name rather than to its source."""
    named = qualifier == "setting" or "가격" in claim.qualifiers.get("metric", "")
    return named and bool(claim.qualifiers.get(qualifier))


def _metric_of(claim: Claim) -> str:
    return claim.qualifiers.get("metric") or PREDICATES[claim.predicate].ko


def _called(found: Series, wanted: str) -> bool:
    """Tell whether a series goes by about that name.

    A relation that measures anything ("지표") says nothing of what is measured: a text that
    merely holds its name does not mean every one of its figures.
    """
    asked, names, relation = fold(wanted), _names(found), _relation(found)
    held = names if "metric" in found.points[-1].claim.qualifiers else names + relation
    return any(asked in fold(name) for name in names + relation) or any(
        fold(name) in asked for name in held
    )


def _names(found: Series) -> list[str]:
    """Return what a series goes by: its metric, by a synonym, by what it is against."""
    metric = _metric_of(found.points[-1].claim)
    ko = PREDICATES[found.predicate].ko
    groups = (g for g in settings()["synonyms"] if metric in g or ko in g)
    obj = found.points[-1].claim.object
    called = [metric, *next(groups, ()), *((obj.label, obj.label_en) if obj else ())]
    return [name for name in called if name]


def _relation(found: Series) -> list[str]:
    predicate = PREDICATES[found.predicate]
    return [predicate.name, predicate.ko, predicate.en]


def _modality(claim: Claim) -> str:
    from agent.briefing.lines import words

    return str(words()["modalities"][claim.modality])
