"""The sentence that answers, where the graph holds no claim that does.

Sentences of the passages found by hybrid search are scored by the names and words
they share with the question, by what stands around them (headings, caption, the
sentences before: Korean drops its topics), and by whether they contain the kind of
thing asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.linking import Linker, fold
from agent.periods import periods_agree
from agent.question import Question, Term, translatable
from agent.words import (
    asked_unit,
    counted_so,
    pattern,
    relation_words,
    same_relation,
    similarity,
    translations,
    unit_words,
    word_set,
)
from kg.claim import Evidence
from kg.generation import Name

if TYPE_CHECKING:
    from agent.pool import FoundPassage
    from corpus.report import Report, Span
    from corpus.sentences import Sentence

Names = frozenset[str]

_CHECKED = 16  # the best sentences, which alone are looked into closely
_UNFIT = 0.45
_UNFOCUSED = 0.5
_ALIKE = 0.6
_VERBS = ("VV", "VA")
_UNOWNED, _UNOWNED_BESIDE = 0.6, 0.8
_EXACT = frozenset({"numeric", "temporal", "count"})
_WORTHLESS = 0.05
_REACH = 3  # sentences before, whose topic may still hold
_WEAK_KINDS = {"list": 0.95, "heading": 0.4, "caption": 0.5, "subtitle": 0.95, "prose": 1.0}
_LATIN = re.compile(r"[A-Z][A-Za-z0-9&.-]+")
_NAMED = {"Company", "Organization", "Product", "Software", "Model", "Chip", "Technology", "Paper"}


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

    def __init__(self, linker: Linker, names: Mapping[str, Name]) -> None:
        self._linker = linker
        self._classes = {name.id: name.cls for name in names.values()}
        self._labels = {
            n.id: tuple(fold(x) for x in n.labels if len(x) > 1) for n in names.values()
        }
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
        names = self.wanted(question, families)
        newest = max((report.date for report in reports.values()), default=dt.date.min)
        found: dict[tuple[str, int], Quote] = {}
        for hit in hits:
            report = reports[hit.report]
            share = hit.score / best if best > 0 else 0.0
            for sentence, before in self._near(report, hit.passage.span):
                quote = _quote(question, names, report, sentence, before, share, weight)
                quote = replace(quote, score=quote.score * _freshness(report.date, newest))
                found.setdefault((report.id, quote.evidence.start), quote)
        ranked = _ranked(found.values())
        checked = [self._checked(question, quote) for quote in ranked[:_CHECKED]]
        return _ranked(
            [*checked, *(replace(q, score=q.score * _UNFIT, fits=False) for q in ranked[_CHECKED:])]
        )

    def wanted(self, question: Question, families: Mapping[str, frozenset[str]]) -> list[Names]:
        """Return for each name in the question the folded names of all that it stands for."""
        return [
            frozenset(
                name
                for e in link.entities
                for member in families.get(e, frozenset({e}))
                for name in self._labels.get(member, ())
            )
            | {fold(link.text)}
            for link in question.links
        ]

    def first(self, report: Report, span: Span) -> Quote | None:
        """Return the first sentence of prose in a range."""
        near = (sentence for sentence, _ in self._near(report, span) if sentence.kind == "prose")
        sentence = next(near, None)
        if sentence is None:
            return None
        text = sentence.clean.text.strip()
        return Quote(text, _evidence(report, sentence), 1.0, 1.0, 1.0, True)

    def following(self, quote: Quote, report: Report) -> Quote | None:
        """Return the sentence right after a quote that goes on with it ("이는 …")."""
        starts, every = self._sentences[report.id]
        index = bisect_left(starts, quote.evidence.end)
        if index >= len(every) or every[index].section != quote.evidence.section:
            return None
        text = every[index].clean.text.strip()
        if every[index].kind != "prose" or not pattern("goes_on").match(text):
            return None
        return replace(quote, text=text, evidence=_evidence(report, every[index]))

    def _checked(self, question: Question, quote: Quote) -> Quote:
        """Look closely at a good sentence: the kind of thing asked, like words, the focus."""
        fits = self._fits(question, quote.text)
        verbs = [t for t in question.terms if t.tag in _VERBS]
        missing = [t for t in verbs if not _said(t, fold(quote.text), "")]
        alike = likeness(missing, quote.text) if missing else {}
        gained = sum(alike.values()) / max(1, len(question.terms))
        score = quote.score * (1.0 if fits else _UNFIT) + 0.5 * quote.names * gained * (
            1 - quote.words
        )
        if question.kind in _EXACT and question.focus and not _focused(question, quote.text):
            score *= _UNFOCUSED
        if pattern("apparatus").search(" ".join(quote.evidence.section[-1:])):
            score *= _UNFIT
        near = fold(" ".join((quote.text, *quote.evidence.section)))
        missing_owners = [o for o in question.owners if fold(o) not in near]
        unowned = _UNOWNED_BESIDE if question.links else _UNOWNED
        score *= unowned ** min(2, len(missing_owners))
        return replace(quote, fits=fits, score=min(score, 1.0))

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

    def _fits(self, question: Question, text: str) -> bool:
        """Whether the sentence holds the kind of thing asked for."""
        from extractors.values import find_values

        kind = question.kind
        if kind == "temporal":
            return re.search(r"\d+\s?(년|월|일|분기)|\d[./-]\d", text) is not None
        if kind == "numeric":
            wanted = asked_unit(question.text)
            return any(counted_so(found.value, wanted) for found in find_values(text))
        if kind == "count":
            return _counts(question, text)
        if kind == "superlative":
            return pattern("most").search(text) is not None
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
            if asked & _NAMED and any(w not in question.text for w in _LATIN.findall(text)):
                return True
            return "Person" in asked and pattern("person").search(text) is not None
        return True


def _counts(question: Question, text: str) -> bool:
    """Whether a sentence counts with the counter asked for ("몇 등급" and "세 등급")."""
    counter = re.search(
        r"몇\s*([가-힣]+?)(?:이|은|는|을|를|로|으로|나|인|야|지|\?|\s|$)", question.text
    )
    number = r"(?:\d|[한두세네]|다섯|여섯|일곱|여덟|아홉|열)"
    shape = rf"{number}\s?{counter[1]}" if counter else r"\d"
    return re.search(shape, text) is not None


def _focused(question: Question, text: str) -> bool:
    """Whether the sentence says the very thing asked about ("수율은 몇 퍼센트?")."""
    focus = question.focus or ""
    if focus in word_set("amounts"):
        return True
    folded = fold(text)
    words = (
        focus,
        *unit_words(focus),
        *translations(focus),
        *same_relation(tuple(relation_words().get(focus, ()))),
    )
    return any(fold(word) in folded for word in words) or any(
        fold(focus).endswith(fold(link.text)) for link in question.links
    )


def likeness(missing: Sequence[Term], text: str) -> dict[str, float]:
    """For each word not said, how near in meaning the nearest word of the sentence is.

    Verbs only ("재다" and "측정"): vectors put nouns of one field close that mean other
    things ("수율" and "패키징").
    """
    from kg.search.analyzer import morphemes

    said = {(m.form, m.tag) for m in morphemes(text) if m.tag in ("NNG", "XR", *_VERBS)}
    found: dict[str, float] = {}
    for term in missing:
        if term.tag not in _VERBS:
            continue
        best = max((similarity((term.form, term.tag), other) for other in said), default=0.0)
        if best >= _ALIKE:
            found[term.form] = best
    return found


def _ranked(quotes: Iterable[Quote]) -> list[Quote]:
    return sorted(quotes, key=lambda q: (-q.score, q.evidence.report, q.evidence.start))


def _quote(
    question: Question,
    wanted: Sequence[Names],
    report: Report,
    sentence: Sentence,
    before: str,
    share: float,
    weight: Mapping[str, float],
) -> Quote:
    """Score one sentence by names, words and period; whether it fits is judged later."""
    text = sentence.clean.text.strip()
    around = " | ".join((*sentence.section, before))
    folded, near = fold(text), fold(around)
    names = _names(wanted, folded, near)
    words = _words(question, folded, near, weight)
    score = names**1.25 * (0.75 * words + 0.25 * share) * _WEAK_KINDS.get(sentence.kind, 0.8)
    if score > _WORTHLESS:
        score *= _period(question, text, around, report) * (0.6 if text.endswith("?") else 1.0)
    return Quote(text, _evidence(report, sentence), score, names, words, True)


def _evidence(report: Report, sentence: Sentence) -> Evidence:
    span = sentence.span
    return Evidence(
        report=report.id,
        section=sentence.section,
        quote=span.of(report.text),
        start=span.start,
        end=span.end,
        table=sentence.table,
    )


def _freshness(published: dt.date, newest: dt.date) -> float:
    """Prefer what was said lately: a little less for what is two months older."""
    return 1.0 - 0.05 * min(1.0, (newest - published).days / 60)


def _names(wanted: Sequence[Names], text: str, around: str) -> float:
    if not wanted:
        return 1.0
    total = 0.0
    for names in wanted:
        if any(name in text for name in names):
            total += 1.0
        elif any(name in around for name in names):
            total += 0.8
    return total / len(wanted)


def _words(question: Question, text: str, around: str, weight: Mapping[str, float]) -> float:
    """The weighted share of the question's words that the sentence says, context counting less."""
    total = covered = 0.0
    for term in question.terms:
        if question.language == "en" and not translatable(term):
            continue
        share = weight.get(term.form, 1.0) * (0.5 if term.tag in ("VV", "VA", "MAG") else 1.0)
        total += share
        covered += share * _said(term, text, around)
    return covered / total if total else 0.6


def _said(term: Term, text: str, around: str) -> float:
    key = fold(term.form)
    others = (*unit_words(term.form), *translations(term.form))
    if key in text or any(word in text for word in others):
        return 1.0
    siblings = relation_words().get(term.form, ())
    if any(other in text for other in same_relation(tuple(siblings))):
        return 0.7
    if key in around or any(word in around for word in others):
        return 0.6
    return 0.0


def _period(question: Question, text: str, around: str, report: Report) -> float:
    """Lower what says nothing of the period asked for; "3일" stands for a day near the report."""
    if not question.periods or question.horizon:
        return 1.0
    from extractors.periods import find_periods

    if any(_bare_day(period, text, report.date) for period in question.periods):
        return 1.0
    for where, share in ((text, 1.0), (around, 0.8)):
        found = find_periods(where, report.date)
        if any(periods_agree(p, f.value) for p in question.periods for f in found):
            return share
    published = (report.date.isoformat(), report.week)
    if any(periods_agree(p, date) for p in question.periods for date in published):
        return 0.9
    return 0.4


def _bare_day(period: str, text: str, published: dt.date) -> bool:
    """Whether a text names a day of the report's weeks by its number alone ("3일")."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period)
    if not match:
        return False
    day = dt.date(*map(int, match.groups()))
    near = dt.timedelta(0) <= published - day <= dt.timedelta(days=20)
    return near and re.search(rf"(?<![\d.,]){day.day}일", text) is not None
