"""Lists: what one report gives several of, by one measure, for one time and in one unit.

Figures stand beside each other only so: those of another report, time or currency are never
ranked among them. Which of the lists answers is a matter of their times.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from agent.korean import fill, particle
from agent.questions.linking import fold
from agent.questions.periods import answers_for, written
from agent.questions.question import Question
from agent.replies.arithmetic import magnitude
from agent.replies.conflicts import former
from agent.replies.phrasing import wording
from agent.replies.wording import value_text
from agent.words import data, modality_words
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.claim import Claim, Modality

_AHEAD = frozenset({"forecast", "plan"})
_NOTE = re.compile(r"(?<=[^\s(])\s*\([^()]*\)$")
_PREFIXED = re.compile(r"([kKMGTP])(W|Wh|B|B/s|bps|FLOPS)")
_NEAR = 200  # characters
_SCALES = {"k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "P": 15}
_HOLDERS = frozenset({*AGENTS, "Place", "Software"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Figures as one report gives them for one time, the greatest first; ``what`` they are."""

    claims: tuple[Claim, ...]
    day: dt.date
    what: str

    @property
    def first(self) -> Claim:
        """The greatest."""
        return self.claims[0]

    @property
    def period(self) -> str:
        """The time that all are of."""
        return self.first.qualifiers.get("period", "")

    @property
    def modality(self) -> Modality:
        """How sure most of them are; of as many, the greatest's."""
        return main_modality(self.claims)

    @property
    def ahead(self) -> bool:
        """Whether these are still to come."""
        return self.modality in _AHEAD

    @property
    def of_holders(self) -> bool:
        """Whether these are of firms and the like, not of things."""
        return self.first.subject.cls in _HOLDERS

    def of(self, sides: Sequence[frozenset[str]]) -> Listing | None:
        """The figures of some, where all of them have one."""
        own = tuple(c for c in self.claims if any(c.subject.id in side for side in sides))
        return Listing(own, self.day, self.what) if len(own) == len(sides) else None


def listings(
    claims: Iterable[Claim],
    what: Callable[[Claim], str],
    question: Question,
    answerer: Answerer,
    *,
    enough: int = 1,
) -> list[Listing]:
    """Put claims together by report, measure, time and unit; what answers best comes first.

    That is the time asked for, else what has come before what is foretold; a list of at least
    ``enough`` before a shorter one; the last time told of, then the last report.
    """
    ahead = asks_ahead(question)
    groups: dict[tuple[object, ...], dict[str, Claim]] = {}
    unclear: set[tuple[tuple[object, ...], str]] = set()
    for claim in sorted(claims, key=lambda c: _standing(c, ahead=ahead)):
        period = claim.qualifiers.get("period", "")
        if question.periods and not _is_of(claim, question, answerer, near=enough > 1):
            continue
        holder = claim.subject.cls in _HOLDERS
        key = (claim.evidence.report, period, fold(what(claim)), _counted(claim)[1], holder)
        first = groups.setdefault(key, {}).setdefault(claim.subject.id, claim)
        if _contradicts(first, claim):
            unclear.add((key, claim.subject.id))
    for group, subject in unclear:
        del groups[group][subject]
    found = [_listing(own, what, answerer.dates) for own in groups.values() if own]
    found = [f for f in found if _is_whole(f, answerer)]
    return sorted(found, key=lambda f: _fitness(f, ahead=ahead, enough=enough), reverse=True)


def _listing(
    own: Mapping[str, Claim], what: Callable[[Claim], str], dates: Mapping[str, dt.date]
) -> Listing:
    ranked = tuple(sorted(own.values(), key=lambda c: (-amount(c), c.subject.id)))
    return Listing(ranked, dates[ranked[0].evidence.report], what(ranked[0]))


def _contradicts(one: Claim, other: Claim) -> bool:
    """Whether one sentence gives two figures for the same, so that one is of something else."""
    near = abs(one.evidence.start - other.evidence.start) < _NEAR and not one.evidence.in_table
    return near and one.modality == other.modality and amount(one) != amount(other)


def _standing(claim: Claim, *, ahead: bool) -> tuple[bool, bool, float, int]:
    """Of two figures of one thing, which comes first: what has come, or what is foretold."""
    foretold = claim.modality in _AHEAD
    return former(claim), foretold is not ahead, -float(claim.confidence), claim.evidence.start


def asks_ahead(question: Question) -> bool:
    """Tell whether a question asks for what is foretold: "설비투자 계획"."""
    words = {m: modality_words(m) for m in _AHEAD}
    return any(t.form in words[m] for m in _AHEAD for t in question.terms)


def _is_of(claim: Claim, question: Question, answerer: Answerer, *, near: bool) -> bool:
    """Whether a claim is of a time asked for; of its own it has none, if ``near`` it is told."""
    if period := claim.qualifiers.get("period"):
        fit = max(answers_for(asked, period) for asked in question.periods)
        return fit == 1 if near else fit > 0  # a quarter's figures rank nothing in the year
    if not near:
        return False
    place = claim.evidence
    unit = answerer.quoter.units(answerer.report(place.report)).at(place.start)
    around = said_beside(claim, answerer) + (fold(unit.before) if unit else "")
    return any(written(asked, around) for asked in question.periods)


def _fitness(listing: Listing, *, ahead: bool, enough: int) -> tuple[object, ...]:
    from extractors.tables.periods import ends

    last = ends(listing.period) or listing.day
    several = min(len(listing.claims), enough)
    as_asked = listing.ahead is ahead
    return as_asked, several, min(last, listing.day), listing.day, listing.first.id


def _is_whole(listing: Listing, answerer: Answerer) -> bool:
    """Whether no row is missing of the column that a list stands in: the first may be there."""
    places = [c.evidence for c in listing.claims if c.evidence.in_table]
    of_names = all(_heads(c) for c in listing.claims)
    if len({place.column for place in places}) != 1 or not of_names:
        return True
    tables = answerer.report(places[0].report).tables
    spans = [[row.span for row in table.rows] for table in tables]
    start = places[0].start
    rows = next((s for s in spans if s and s[0].start <= start < s[-1].end), [])
    total = data("questions")["patterns"]["total"]
    texts = (s.of(answerer.report(places[0].report).text).strip("| ") for s in rows)
    return sum(not re.match(total, text, re.I) for text in texts) <= len(places)


def _heads(claim: Claim) -> bool:
    """Whether the row of a claim is headed by what has the figure."""
    row, subject = fold(claim.evidence.row or ""), claim.subject
    names = (subject.label, subject.label_en, subject.known_as, *subject.aliases)
    return any(fold(name) in row for name in names if name)


def _counted(claim: Claim) -> tuple[Decimal, str]:
    """How great a figure is, and in what: "800MW" as watts, "274%" that fell as less than none."""
    value, size = claim.value, magnitude(claim.value) or Decimal(0)
    unit = (value.unit or value.currency or "") if value else ""
    if prefixed := _PREFIXED.fullmatch(unit):
        return size * 10 ** _SCALES[prefixed[1]], prefixed[2]
    return (-size if size > 0 and falls(claim) else size), unit


def unit_of(claim: Claim) -> str:
    """Return what a figure is counted in, without its scale."""
    return _counted(claim)[1]


def amount(claim: Claim) -> Decimal:
    """Return how great a figure is among those it is listed with."""
    return _counted(claim)[0]


def falls(claim: Claim) -> bool:
    """Tell whether a figure says by how much something fell: "매출 감소율"."""
    metric = claim.qualifiers.get("metric", "")
    return re.search(data("forms")["figures"]["fell"], metric) is not None


def main_modality(claims: Sequence[Claim]) -> Modality:
    """Return how sure most of some claims are; of as many, the first."""
    count = Counter(c.modality for c in claims)
    return max(claims, key=lambda c: count[c.modality]).modality


def as_sure(body: str, claims: Sequence[Claim], modality: Modality) -> str:
    """Add who says so, if anybody does, and an ending that says how sure it is."""
    ending: str = wording()["copula_endings"][modality]
    pair = re.match(r"\{:([^}]+)\}", ending)
    said = body + (particle(body, pair[1]) + ending[pair.end() :] if pair else ending)
    speakers = {c.attributed_to for c in claims if c.modality == modality}
    who = next((s for s in speakers if s), None) if len(speakers) == 1 else None
    own = {fold(c.subject.label) for c in claims}
    told_by = who if who and fold(who) not in own else None
    return (fill(wording()["attribution"]["ko"], who=told_by) if told_by else "") + said


def size_text(claim: Claim) -> str:
    """Return a figure as printed, without what is noted beside it: "38.6% (1위)"."""
    text = _NOTE.sub("", value_text(claim.value)) if claim.value else ""
    return f"-{text}" if falls(claim) and amount(claim) < 0 and text[:1].isdigit() else text


def ranks(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """Return who stands at which place: equals at the same, the next after all of them."""
    found: dict[int, list[Claim]] = {}
    for _, equals in groupby(claims, key=amount):
        found[1 + sum(map(len, found.values()))] = list(equals)
    return found


def said_beside(claim: Claim, answerer: Answerer) -> str:
    """Return all that is said where a claim stands, folded: its sentence or cell, and above."""
    place = claim.evidence
    title = answerer.report(place.report).title
    around = (place.quote, place.table, place.row, place.column, *place.section, title)
    return fold(" ".join(filter(None, (*around, answerer.caption(place)))))


def says_all(text: str, words: Iterable[str]) -> bool:
    """Tell whether a folded text has all of some folded words."""
    return all(word in text for word in words)
