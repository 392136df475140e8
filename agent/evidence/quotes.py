"""The sentence that answers, where the graph holds no claim that does.

Units of the passages found by hybrid search are weighed in two rounds: cheap signs
choose which are looked at closely, close signs which is the best and how sure it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.evidence.fitness import CHEAP, CLOSE, Names, Wanted, cheap, close, of_part
from agent.evidence.holding import Holding
from agent.evidence.units import Unit, Units
from agent.evidence.weighing import first_look, named, ranked_by, sureness, together
from agent.questions.linking import fold, says
from agent.questions.naming import Naming
from agent.questions.question import EXACT, Question
from agent.words import asked_unit, pattern, synonyms
from kg.claim import Evidence

if TYPE_CHECKING:
    from agent.evidence.pool import FoundPassage
    from corpus.report import Report, Span

_CHECKED = 16  # the best units, which alone are looked into closely
_FAR = 3.0
_PLAIN, _AHEAD, _LIKELY = 8.5, 2.5, 0.55  # what stands out so is likely right
_OTHER_TIME, _OTHER_THING, _OTHER_OWNER = 0.5, 0.6, 0.5
_OTHER_PART = 0.29  # too little for arithmetic too: a year's figure for a quarter's
_UNNAMED, _UNCOUNTED = 0.5, 0.6  # what says no name asked about; no figure in the unit asked for
_AROUND = 8.0  # of the rank, at most, where the period asked for is not said
_RARE, _FEW_WORDS = 0.9, 0.35
_APT, _NAMED, _SAID, _SAID_ALL = 8.0, 0.8, 0.39, 0.6  # what names it, holds it and says it
_OFFICE = 0.3
_ITSELF = 0.95  # of the names, in the sentence itself
_FEW_NAMES, _OF_OTHERS = 0.5, 0.55  # of several names asked about
_COUNTED = re.compile(r"몇 ?(?:개(?!월|국|년)|번|차례|단계|등급)")
_SAME_LINE = 2  # characters between two sentences
_Place = tuple[str, int, int]  # a report and a range in it
_ASKING = frozenset({"numeric", "temporal", "count", "lookup", "superlative"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A unit of a report, how likely it answers (0..1) and how much of the question it covers."""

    text: str
    evidence: Evidence
    score: float
    names: float
    words: float
    fits: bool
    unit: Unit
    rank: float = 0.0

    def says_it(self, focus: str | None) -> bool:
        """Tell whether it says itself of whom and of what it is, not only the text around it."""
        return (self.names >= _ITSELF or not focus) and fold(focus or "") in self.unit.folded


Quotes = Callable[[], Sequence[Quote]]
"""Quotes, best first, that are made when they are asked for."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A unit looked at closely, with all its signs (``CHEAP`` then ``CLOSE``)."""

    unit: Unit
    signs: list[float]


class Quoter:
    """Weighs sentences and table rows for questions over one generation; keeps reports read."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._units: dict[str, Units] = {}

    def take_over(self, before: Quoter, reports: Collection[str]) -> None:
        """Keep the units that ``before`` made of these reports."""
        self._units = {r: units for r, units in before._units.items() if r in reports}

    def quotes(
        self,
        question: Question,
        names: Sequence[Names],
        hits: Sequence[FoundPassage],
        reports: Mapping[str, Report],
        weight: Mapping[str, float],
    ) -> list[Quote]:
        """Return the units of the hits' passages that are worth a close look, best first."""
        considered = self.considered(question, names, hits, reports, weight)
        plain = [ranked_by(c.signs) for c in considered]
        ranks = [r - _elsewhen(question, c.signs) for r, c in zip(plain, considered, strict=True)]
        order = sorted(
            range(len(ranks)),
            key=lambda i: (-ranks[i], considered[i].unit.report, considered[i].unit.span.start),
        )
        found = []
        for place, i in enumerate(order):
            rival = order[1] if place == 0 and len(order) > 1 else order[0]
            lead = ranks[i] - ranks[rival] if rival != i else _FAR
            found.append(_quote(question, considered[i], plain[i], lead))
        return found

    def considered(
        self,
        question: Question,
        names: Sequence[Names],
        hits: Sequence[FoundPassage],
        reports: Mapping[str, Report],
        weight: Mapping[str, float],
        most: int | None = _CHECKED,
    ) -> list[Considered]:
        """Return the units worth a close look with all their signs: ``most``, or all."""
        newest = max((report.date for report in reports.values()), default=dt.date.min)
        strengths = [
            max((weight.get(e, 1.0) for e in link.entities), default=1.0) for link in question.links
        ]
        wanted = Wanted.of(question, names, weight, newest, strengths)
        best = max((hit.score for hit in hits), default=0.0)
        seen: dict[_Place, tuple[Unit, list[float]]] = {}
        for hit in hits:
            report = reports[hit.report]
            share = hit.score / best if best > 0 else 0.0
            for unit in self.units(report).within(hit.passage.span):
                if unit.place not in seen:
                    seen[unit.place] = unit, cheap(wanted, unit, share, report.date)
        ordered = sorted(seen) if most is None else _first(seen, most)
        holding = Holding(question, self._naming.linker, self._naming.classes)
        return [
            Considered(unit, signs + close(wanted, unit, holding, reports[unit.report].date, signs))
            for unit, signs in map(seen.__getitem__, ordered)
        ]

    def units(self, report: Report) -> Units:
        """Return the units of a report, made once."""
        if report.id not in self._units:
            self._units[report.id] = Units(report)
        return self._units[report.id]

    def wanted(self, question: Question, families: Mapping[str, frozenset[str]]) -> list[Names]:
        """Return for each name in the question the folded names of all that it stands for."""
        return [
            frozenset(
                name
                for e in link.entities
                for member in families.get(e, frozenset({e}))
                for name in self._naming.folded.get(member, ())
            )
            | {fold(link.text)}
            for link in question.links
        ]

    def first(self, report: Report, span: Span) -> Quote | None:
        """Return the first sentence of prose in a range."""
        return next(iter(self.every(report, span)), None)

    def every(self, report: Report, span: Span) -> list[Quote]:
        """Return the sentences of prose and list items in a range, in their order."""
        near = (u for u in self.units(report).within(span) if u.kind in ("prose", "list"))
        return [Quote(u.text, u.evidence, 1.0, 1.0, 1.0, True, u) for u in near]

    def following(self, quote: Quote, report: Report, *, why: bool = False) -> Quote | None:
        """Return the sentence right after a quote that goes on with it ("이는 …").

        ``why`` takes one too that gives the reason for it ("… 때문이다").
        """
        after = self.units(report).beside(quote.unit, 1)
        told = pattern("announces").search(quote.text) is not None
        if after is None:
            return None
        line = after.span.start - quote.unit.span.end <= _SAME_LINE
        because = why and line and pattern("gives_reason").search(after.text) is not None
        if after.kind not in ("prose", "list" if told or because else "prose"):
            return None
        if not (told or because or pattern("goes_on").match(after.text)):
            return None
        return replace(quote, text=after.text, evidence=after.evidence, unit=after)


def _first(seen: Mapping[_Place, tuple[Unit, list[float]]], most: int) -> list[_Place]:
    """The places of the units that look best at first, ties in the reports' own order."""
    looks = [(-first_look(signs), place) for place, (_, signs) in seen.items()]
    return [place for _, place in sorted(looks)[:most]]


def _elsewhen(question: Question, signs: Sequence[float]) -> float:
    """What the rank loses where only the text around says the quarter or month asked for."""
    period = signs[len(CHEAP) + CLOSE.index("period")]
    return _AROUND * (1.0 - period) if of_part(question) else 0.0


def _lacking(question: Question, at: Mapping[str, float]) -> float:
    """Lower what says nothing of the period asked for, or nothing of the thing asked about."""
    share = 1.0
    if question.periods and not question.horizon and at["period"] == 0:
        share *= _OTHER_PART if of_part(question) else _OTHER_TIME
    unnamed = bool(question.links) and at["names"] + at["names_near"] == 0
    if unnamed and (question.kind in EXACT or (question.periods and not question.horizon)):
        share *= _UNNAMED
    if _uncounted(question, at):
        share *= _UNCOUNTED
    several = len(question.links) > 1 and at["names"] + at["names_near"] < _FEW_NAMES
    if several and question.kind in _ASKING - {"superlative"}:
        share *= _OF_OTHERS
    phrased = any(term.tag == "PHRASE" for term in question.terms)
    ownerless = question.owners and not question.links and not phrased
    if ownerless and at["owners_missing"] * 2 >= len(question.owners):
        share *= _OTHER_OWNER
    unsaid = at["focus"] == 0 and at["focus_near"] == 0 and at["rarest_missing"] > _RARE
    asks = question.kind in _ASKING and not question.classes and question.language == "ko"
    if asks and unsaid and at["words"] < _FEW_WORDS:
        share *= _OTHER_THING
    return share


def _uncounted(question: Question, at: Mapping[str, float]) -> bool:
    """Whether a sentence has no figure in the unit that the question asks for by name."""
    prose = question.language == "ko" and not at["row"]
    counted = asked_unit(question.text) is not None or _COUNTED.search(question.text)
    return prose and question.kind == "numeric" and bool(counted) and not at["holds"]


def _apt(question: Question, unit: Unit, at: Mapping[str, float]) -> bool:
    """Whether a sentence names all, and says enough words, of a question for something exact.

    What holds the very kind of thing asked for may say the rest in words of its own; a
    figure must say what it is of, for there are many others.
    """
    if question.kind not in EXACT or question.language != "ko" or at["row"]:
        return False
    if question.kind == "person":  # who holds an office of the very thing named
        return at["names"] >= _RARE and question.classes == ("Person",) and at["words"] > _OFFICE
    of_it = question.links and (at["focus"] or _like_focus(question, unit))
    enough = _SAID if of_it or question.kind == "temporal" else _SAID_ALL
    return at["names"] + _NAMED * at["names_near"] >= _NAMED and at["words"] >= enough


def _like_focus(question: Question, unit: Unit) -> bool:
    """Whether a word that stands for the thing asked about is said ("Capex": 설비투자액)."""
    like = (word for word in synonyms(question.focus or "") if not word.endswith("다"))
    return says(unit.folded, [fold(word) for word in like if len(word) > 1])


def _quote(question: Question, considered: Considered, rank: float, lead: float) -> Quote:
    at = named(considered.signs)
    score = sureness(together(at, rank, lead, question.kind, question.language))
    if at["holds"] and rank >= _PLAIN and lead >= _AHEAD:
        score = max(score, _LIKELY)
    if at["holds"] and rank >= _APT and _apt(question, considered.unit, at):
        score = max(score, _LIKELY)
    score *= _lacking(question, at)
    unit = considered.unit
    return Quote(
        text=unit.text,
        evidence=unit.evidence,
        score=score,
        names=at["names"] + 0.8 * at["names_near"],
        words=at["words"] + 0.7 * at["words_near"],
        fits=bool(at["holds"]),
        unit=unit,
        rank=rank,
    )
