"""The sentence that answers, where the graph holds no claim that does.

Sentences of the passages found by hybrid search are scored by the names and words
they share with the question, by what stands around them (headings, caption, the
sentences before: Korean drops its topics), and by whether they contain the kind of
thing asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.linking import Linker, fold
from agent.question import Question, Term, relation_words, unit_words
from kg.claim import Evidence

if TYPE_CHECKING:
    from agent.pool import FoundPassage
    from corpus.report import Report, Span
    from corpus.sentences import Sentence

_REACH = 3  # sentences before, whose topic may still hold
_WEAK_KINDS = {"list": 0.95, "heading": 0.5, "caption": 0.9, "subtitle": 0.95, "prose": 1.0}
_NUMBER = re.compile(r"\d|[한두세네]\s?(배|곳|개)|절반|십|백")
_PERSON_HINT = re.compile(
    r"CEO|대표|교수|박사|연구원|창업자|회장|총리|대통령|판사|장관|개발자|수상자|의장|이사|수석|[가-힣]{2,4} (씨|전 )"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report with its score (0..1) and how much of the question it covers."""

    text: str
    evidence: Evidence
    score: float
    names: float
    words: float
    fits: bool


class Quoter:
    """Scores sentences for questions over one generation; keeps reports read."""

    def __init__(self, linker: Linker, classes: Mapping[str, str]) -> None:
        self._linker = linker
        self._classes = classes
        self._sentences: dict[str, tuple[list[int], list[Sentence]]] = {}

    def quotes(
        self,
        question: Question,
        families: Mapping[str, frozenset[str]],
        hits: Sequence[FoundPassage],
        reports: Mapping[str, Report],
        weight: Mapping[str, float],
    ) -> list[Quote]:
        """Return the sentences of the hits' passages, best first."""
        best = max((hit.score for hit in hits), default=0.0)
        found: dict[tuple[str, int], Quote] = {}
        for hit in hits:
            report = reports[hit.report]
            share = hit.score / best if best > 0 else 0.0
            for sentence, before in self._near(report, hit.passage.span):
                quote = self._quote(question, families, report, sentence, before, share, weight)
                found.setdefault((report.id, quote.evidence.start), quote)
        return sorted(found.values(), key=lambda q: (-q.score, q.evidence.report, q.evidence.start))

    def _near(self, report: Report, span: Span) -> list[tuple[Sentence, str]]:
        """Sentences that start in the range, each with the text of those just before it."""
        from corpus.sentences import sentences

        if report.id not in self._sentences:
            every = sorted(sentences(report), key=lambda s: s.span)
            self._sentences[report.id] = ([s.span.start for s in every], every)
        starts, every = self._sentences[report.id]
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        pairs = []
        for index in range(first, last):
            sentence = every[index]
            before = [
                s.clean.text
                for s in every[max(0, index - _REACH) : index]
                if s.section == sentence.section
            ]
            pairs.append((sentence, " ".join(before)))
        return pairs

    def _quote(
        self,
        question: Question,
        families: Mapping[str, frozenset[str]],
        report: Report,
        sentence: Sentence,
        before: str,
        share: float,
        weight: Mapping[str, float],
    ) -> Quote:
        text = sentence.clean.text.strip()
        around = " | ".join((*sentence.section, before))
        names = self._names(question, families, text, around)
        words = _words(question, fold(text), fold(around), weight)
        fits = self._fits(question, text)
        score = (
            names**1.5 * (0.75 * words + 0.25 * share) * _WEAK_KINDS.get(sentence.kind, 0.8)
            * (1.0 if fits else 0.45) * _period(question, text, around, report)
        )  # fmt: skip
        if text.endswith("?"):
            score *= 0.6
        span = sentence.span
        evidence = Evidence(
            report=report.id,
            section=sentence.section,
            quote=span.of(report.text),
            start=span.start,
            end=span.end,
            table=sentence.table,
        )
        return Quote(text, evidence, score, names, words, fits)

    def _names(
        self, question: Question, families: Mapping[str, frozenset[str]], text: str, around: str
    ) -> float:
        if not question.links:
            return 1.0
        here = {e for link in self._linker.find(text) for e in link.entities}
        near = {e for link in self._linker.find(around) for e in link.entities}
        total = 0.0
        for link in question.links:
            wanted = frozenset().union(*(families.get(e, frozenset({e})) for e in link.entities))
            if here & wanted or fold(link.text) in fold(text):
                total += 1.0
            elif near & wanted:
                total += 0.8
        return total / len(question.links)

    def _fits(self, question: Question, text: str) -> bool:
        """Whether the sentence holds the kind of thing asked for."""
        from extractors.values import find_values

        kind = question.kind
        if kind == "temporal":
            return re.search(r"\d+\s?(년|월|일|분기)|\d[./-]\d", text) is not None
        if kind in ("numeric", "count"):
            return (
                bool(find_values(text)) if kind == "numeric" else _NUMBER.search(text) is not None
            )
        if kind == "person" or question.classes:
            asked = set(question.classes) or {"Person"}
            others = [
                e
                for link in self._linker.find(text)
                for e in link.entities
                if e not in question.entities
            ]
            if any(self._classes.get(e) in asked for e in others):
                return True
            return "Person" in asked and _PERSON_HINT.search(text) is not None
        return True


def _words(question: Question, text: str, around: str, weight: Mapping[str, float]) -> float:
    """The weighted share of the question's words that the sentence says, context counting less."""
    total = covered = 0.0
    for term in question.terms:
        share = weight.get(term.form, 1.0) * (0.5 if term.tag in ("VV", "VA", "MAG") else 1.0)
        total += share
        covered += share * _said(term, text, around)
    return covered / total if total else 0.6


def _said(term: Term, text: str, around: str) -> float:
    key = fold(term.form)
    if key in text or any(word in text for word in unit_words(term.form)):
        return 1.0
    siblings = relation_words().get(term.form, ())
    if any(other in text for other in _same_relation(tuple(siblings))):
        return 0.7
    if key in around:
        return 0.6
    return 0.0


def _same_relation(predicates: tuple[str, ...]) -> frozenset[str]:
    """Two-syllable words of the same relations ("취소" for "접다")."""
    return frozenset(
        word for word, of in relation_words().items() if len(word) > 1 and set(of) & set(predicates)
    )


def _period(question: Question, text: str, around: str, report: Report) -> float:
    """Halve what says nothing of the period asked for."""
    if not question.periods:
        return 1.0
    from agent.scoring import periods_agree
    from extractors.periods import find_periods

    for period in question.periods:
        if any(periods_agree(period, p.value) for p in find_periods(text, report.date)):
            return 1.0
    for period in question.periods:
        if any(periods_agree(period, p.value) for p in find_periods(around, report.date)):
            return 0.8
    return 0.4
