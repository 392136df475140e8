"""Candidate claims for a question: by the entities it names, by metric, and by passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agent.evidence.contexts import Context, context_of
from agent.evidence.fitness import Names
from agent.evidence.scoring import Scored, Scorer, by_score
from agent.questions.linking import fold
from agent.questions.question import Question
from corpus.report import Passage
from kg.claim import Claim
from kg.facts import Row
from kg.iris import entity_iri, report_iri

if TYPE_CHECKING:
    from agent.answerer import Answerer

_PASSAGES = 12
_FROM_PASSAGES = 12
_FEW = 3  # passages more, of a phrase in quotation marks
_FLOOR = 0.12
_MOST = 240  # claims read of the things named; of a big company there are thousands
_COMMON = 0.3
_OVER_TABLES = ("superlative", "count", "compare")
_Search = tuple[str, frozenset[str] | None, tuple[str, ...]]  # a text, reports, entities
_TOP_FOR_TABLES = 3


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that search found, with its score (higher is better, within one question)."""

    score: float
    report: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scored claims, best first; the passages found; the families, names and weights used."""

    scored: Sequence[Scored]
    hits: Sequence[FoundPassage]
    families: Mapping[str, frozenset[str]]
    names: Sequence[Names]
    weight: Mapping[str, float]


class Pool:
    """Collects and scores the claims that may answer a question."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._contexts: dict[str, dict[str, Context]] = {}  # by report, then by claim
        self._found: tuple[_Search, list[FoundPassage]] | None = None

    def take_over(self, before: Pool, reports: Collection[str]) -> None:
        """Keep the contexts that ``before`` made for claims of these reports."""
        self._contexts = {r: made for r, made in before._contexts.items() if r in reports}

    def scored(self, question: Question, scope: frozenset[str]) -> Candidates:
        """Score every claim that touches the question, in the reports of ``scope``."""
        answerer = self._answerer
        families = {e: answerer.families.of_entity(e) for e in question.entities}
        ids = sorted(set().union(*families.values()))
        everything = len(scope) == len(answerer.generation.reports)
        within = None if everything else scope
        hits = self._passages(question.text, within, ids)
        if otherwise := self._as_printed(question, hits):
            hits = self._passages(otherwise, within, ids)
        hits = [*hits, *self._by_phrase(question, hits, within)]
        weight = self.weights(question)
        others = self._others(question)
        if others:  # passages of the thing meant, not of another of that name
            meant = {p for e in question.entities for p in answerer.facts.passages_of(e)}
            hits = [hit for hit in hits if hit.passage.id in meant]
        claims = {c.id: c for c in self._claims(question, ids, hits, within)}
        if others:
            claims = {i: c for i, c in claims.items() if not others & _of(c)}
        names = answerer.quoter.wanted(question, families)
        scorer = Scorer(question, families, weight, answerer.classes, names)
        scored = self._all_scored(scorer, claims.values())
        if question.kind in _OVER_TABLES or question.wants_all:
            more = [c for c in self._same_tables(scored[:_TOP_FOR_TABLES]) if c.id not in claims]
            scored = by_score([*scored, *self._all_scored(scorer, more)])
        return Candidates(scored, hits, families, names, weight)

    def _as_printed(self, question: Question, hits: Sequence[FoundPassage]) -> str | None:
        """The question with the reports' own names for what no passage found calls as it does."""
        answerer = self._answerer
        labels = (
            answerer.naming.labels[link.entities[0]]
            for link in question.links
            if len(link.entities) == 1
            and (question.language == "en" or not any(_says(link.text, h, answerer) for h in hits))
        )
        asked = fold(question.text)
        own = [label for label in dict.fromkeys(labels) if fold(label) not in asked]
        return " ".join((question.text, *own)) if own else None

    def _passages(
        self, text: str, within: frozenset[str] | None, ids: Sequence[str]
    ) -> list[FoundPassage]:
        """Search; what was found last is kept, for a question may be asked of another time too."""
        search = text, within, tuple(ids)
        if self._found is None or self._found[0] != search:
            self._found = search, self._answerer.passages(text, _PASSAGES, within, ids)
        return self._found[1]

    def _by_phrase(
        self,
        question: Question,
        hits: Sequence[FoundPassage],
        within: frozenset[str] | None,
    ) -> list[FoundPassage]:
        """Passages that say a phrase in quotation marks, where those found do not."""
        answerer = self._answerer
        known = {hit.passage.id for hit in hits}
        more: list[FoundPassage] = []
        for phrase in (t.form for t in question.terms if t.tag == "PHRASE"):
            if any(_says(phrase, hit, answerer) for hit in hits):
                continue
            found = answerer.passages(phrase, _PASSAGES, within)
            more += [h for h in found if h.passage.id not in known and _says(phrase, h, answerer)]
        return more[:_FEW]

    def _others(self, question: Question) -> frozenset[str]:
        """The namesakes of what the question names, where it tells which one is meant."""
        alike = self._answerer.namesakes
        shared = (alike[e] for e in question.entities if e in alike)
        return frozenset().union(*shared) - frozenset(question.entities)

    def _all_scored(self, scorer: Scorer, claims: Iterable[Claim]) -> list[Scored]:
        meant = self._answerer.naming.meant
        scored = (scorer.score(c, self._context, meant) for c in claims)
        return by_score([s for s in scored if s and s.score >= _FLOOR])

    def _same_tables(self, scored: Iterable[Scored]) -> list[Claim]:
        """All claims of the tables that the best claims stand in: what a ranking ranges over."""
        answerer = self._answerer
        spans = {
            (c.evidence.report, (table.span.start, table.span.end))
            for c in (s.claim for s in scored)
            if c.evidence.in_table
            for table in answerer.report(c.evidence.report).tables
            if table.span.start <= c.evidence.start < table.span.end
        }
        within = (answerer.facts.within(report, *span) for report, span in sorted(spans))
        return answerer.facts.claims(dict.fromkeys(iri for iris in within for iri in iris))

    def _claims(
        self,
        question: Question,
        ids: Sequence[str],
        hits: Sequence[FoundPassage],
        within: frozenset[str] | None,
    ) -> list[Claim]:
        facts = self._answerer.facts
        iris: dict[str, None] = {}
        if ids:
            iris |= dict.fromkeys(self._newest(facts.select(self._by_entity(ids))))
        for query in self._by_metric(question):
            rows = facts.select(query)
            ranges = question.kind in _OVER_TABLES or question.wants_all
            found = (str(row[0]) for row in rows) if ranges else self._newest(rows)
            iris |= dict.fromkeys(found)
        for hit in hits[:_FROM_PASSAGES]:
            span = hit.passage.span
            iris |= dict.fromkeys(facts.within(hit.report, span.start, span.end))
        claims = facts.claims(iris)
        return claims if within is None else [c for c in claims if c.evidence.report in within]

    def _newest(self, rows: Sequence[Row]) -> list[str]:
        """The claims of (claim, graph) rows; of many the newest: passages bring older ones."""
        if len(rows) > _MOST:
            rows = sorted(rows, key=lambda row: (self._age(str(row[1])), str(row[0])))[:_MOST]
        return [str(row[0]) for row in rows]

    def _by_entity(self, ids: Sequence[str]) -> str:
        values = " ".join(f"<{entity_iri(e)}>" for e in ids)
        names = self._answerer.generation.names_by_id
        labels = sorted({label for e in ids if e in names for label in names[e].labels})
        quoted = " ".join(
            '"' + label.replace("\\", "\\\\").replace('"', '\\"') + '"' for label in labels
        )
        return (
            f"SELECT DISTINCT ?c ?g WHERE {{ GRAPH ?g {{ {{ VALUES ?e {{ {values} }}"
            " { ?c rdf:subject ?e } UNION { ?c rdf:object ?e } }"
            f" UNION {{ VALUES ?l {{ {quoted} }}"
            " { ?c kg:partner ?l } UNION { ?c kg:counterparty ?l }"
            " UNION { ?c kg:product ?l } UNION { ?c kg:attributedTo ?l } } } }"
        )

    def _by_metric(self, question: Question) -> list[str]:
        """Queries for the claims whose metric the question says ("시가총액", "수익률")."""
        if (
            question.links
            and question.kind not in ("superlative", "count", "compare")
            and not question.wants_all
        ):
            return []
        asked = fold(question.text) + ("수익률" if question.horizon else "")
        said = [metric for metric, folded in self._metrics if folded in asked]
        values = " ".join('"' + m.replace("\\", "\\\\").replace('"', '\\"') + '"' for m in said)
        pattern = f"VALUES ?m {{ {values} }} GRAPH ?g {{ ?c kg:metric ?m }}"
        return [f"SELECT DISTINCT ?c ?g WHERE {{ {pattern} }}"] if said else []

    def _age(self, graph: str) -> int:
        """Days from a report's date to the newest report's; the more, the older."""
        return self._ages.get(graph, 0)

    @cached_property
    def _ages(self) -> dict[str, int]:
        dates = self._answerer.dates
        newest = max(dates.values(), default=dt.date.min)
        return {report_iri(report): (newest - date).days for report, date in dates.items()}

    @cached_property
    def _metrics(self) -> list[tuple[str, str]]:
        """All metrics that a question may say, each with its folded name."""
        facts, reports = self._answerer.facts, self._answerer.generation.reports
        rows = (facts.select_of(r.id, "DISTINCT ?m", "?c kg:metric ?m") for r in reports)
        metrics = sorted({str(metric) for found in rows for (metric,) in found})
        return [(metric, key) for metric in metrics if len(key := fold(metric)) > 1]

    def _context(self, claim: Claim) -> Context:
        try:  # a question asks for a hundred that are all there
            return self._contexts[claim.evidence.report][claim.id]
        except KeyError:
            context = context_of(claim, self._answerer.caption(claim.evidence))
            self._contexts.setdefault(claim.evidence.report, {})[claim.id] = context
            return context

    def weights(self, question: Question) -> dict[str, float]:
        """Weigh the question's words and names by how rare they are in the workspace, 0.3 to 1."""
        index = self._answerer.index
        names = {e: max(_COMMON, index.rarity(e, "entities")) for e in question.entities}
        return names | {
            t.form: max(_COMMON, index.rarity(t.form + ("다" if t.tag in ("VV", "VA") else "")))
            for t in question.terms
        }


def _of(claim: Claim) -> set[str]:
    """The entities that a claim relates."""
    return {claim.subject.id, claim.object.id} if claim.object else {claim.subject.id}


def _says(phrase: str, hit: FoundPassage, answerer: Answerer) -> bool:
    return fold(phrase) in fold(hit.passage.span.of(answerer.report(hit.report).text))
