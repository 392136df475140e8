"""From a question to a checked answer: the one entry point of the agent."""

from __future__ import annotations

import datetime as dt
import time
import weakref
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from agent.answer import Answer, Sentence, number_citations
from agent.citing.citations import Checker
from agent.citing.sources import Sources
from agent.evidence.aptness import apt_claims, priced
from agent.evidence.fitness import Names, Wanted
from agent.evidence.parts import of_the_part
from agent.evidence.pool import Candidates, FoundPassage, Pool
from agent.evidence.quotes import Considered, Quote, Quoter
from agent.evidence.rows import said_row
from agent.evidence.timing import years_before
from agent.evidence.units import Unit
from agent.extent import Extent
from agent.questions.anchors import anchor, as_of
from agent.questions.families import Families
from agent.questions.guesses import Guesser
from agent.questions.linking import Linker
from agent.questions.naming import Naming
from agent.questions.question import Question, parse, spelt_out
from agent.questions.reading import read
from agent.questions.ways import Word
from agent.replies.firms import of_its_firm, owner_of, told_near
from agent.replies.issues import in_brief, once
from agent.replies.phrasing import wording
from agent.replies.quoting import abstain
from agent.replies.replies import reply
from agent.replies.things import on_the_right_side
from agent.replies.unheard import unheard
from agent.said import Said
from agent.words import pattern
from kg.claim import Claim, Evidence
from kg.facts import Facts
from kg.iris import claim_iri

if TYPE_CHECKING:
    from agent.weeks.changes import Changes
    from corpus.report import Passage, Report
    from kg.generation import Generation
    from kg.network import Network
    from kg.search.hybrid import SearchIndex


class Answerer:
    """Answers questions over one generation; keeps what it read between questions.

    What ``before``, an answerer over an earlier generation, keeps of the reports that both
    share is taken over, so that a new report does not make every question slow again.
    """

    def __init__(self, generation: Generation, before: Answerer | None = None) -> None:
        self.generation = generation
        self.facts = Facts(generation)
        self._reports: dict[str, Report] = {}
        self._changes: dict[tuple[str, str], Changes] = {}
        self._networks: dict[frozenset[str], Network] = {}
        self._parsed: tuple[str, dt.date, Question] | None = None
        self._worded: tuple[Question, tuple[tuple[Word, ...], list[Names]]] | None = None
        if before is not None:
            self._take_over(before)

    def _take_over(self, before: Answerer) -> None:
        shared = self.generation.shared_with(before.generation)
        if self.generation.has_names_of(before.generation):
            self.naming = before.naming
            self.checker.take_over(before.checker, shared)
        self._reports = {r: report for r, report in before._reports.items() if r in shared}
        self.facts.take_over(before.facts, shared)
        self.pool.take_over(before.pool, shared)
        self.quoter.take_over(before.quoter, shared)

    def ask(self, text: str, *, until: dt.date | None = None, report: str | None = None) -> Answer:
        """Answer one question from what was reported ``until`` a date, or in one ``report``.

        Raises:
            UnknownReport: when ``report`` is not in the workspace.
        """
        started = time.perf_counter()
        scope = self._scope(until, report)
        said = self._said(spelt_out(text), Extent(scope, until, report))
        said = replace(said, question=replace(said.question, text=text))
        return self._finish(said, started, until, report)

    def _said(self, text: str, extent: Extent) -> Said:
        """Answer as of the day that the question names, if it names one; else as it stands.

        A report or a table of that very day may be meant: these are asked first.
        """
        cut = as_of(text, self.today(extent.reports)) if extent.report is None else None
        if cut is None:
            return self.at_once(text, extent)
        earlier = frozenset(r for r in extent.reports if self.dates[r] <= cut.day)
        if cut.is_told(extent.reports, self):
            said = self.at_once(text, extent)
            if not said.reply.abstained:
                return said
        until = min(filter(None, (cut.day, extent.until)))
        return self.at_once(cut.text, Extent(earlier, until, None))

    def at_once(self, text: str, extent: Extent) -> Said:
        """Answer a question as it stands, unchecked.

        What no report mentions is answered by saying so, whatever else the question names.
        """
        text, missing = unheard(self._in_full(text), self, extent.reports)
        if missing:
            said = in_brief(text, self, extent)
            return said or self._not_heard_of(missing, text, extent.reports)
        return once(text, self, extent)

    def _not_heard_of(self, missing: Sequence[str], text: str, scope: frozenset[str]) -> Said:
        question = self.parsed(text, scope)
        quotes = self.quotes(question, scope)
        return Said(question, abstain(question, quotes, self, missing=missing), None)

    def one_hop(self, text: str, scope: frozenset[str]) -> Said:
        """Answer a question by what fits it best in the reports of ``scope``, unchecked."""
        text, scope = self.anchored(self._spelt_out(text), scope)
        question = self.parsed(text, scope)
        said = self._one_hop(question, scope)
        if said.reply.claims or not (said.reply.abstained or question.entities):
            return said
        oldest = min((self.dates[r].year for r in scope), default=dt.date.max.year)
        earlier = (self._one_hop(q, scope) for q in years_before(question, oldest))
        if not said.reply.abstained:  # what is only quoted may do, unless a figure is known
            earlier = (s for s in earlier if all(c.value for c in s.reply.claims))
        return next((s for s in earlier if s.reply.claims), said)  # claims tell their year

    def _one_hop(self, question: Question, scope: frozenset[str]) -> Said:
        found = self.pool.scored(question, scope)
        sided = on_the_right_side(question, found.scored, found.families)
        sided = of_its_firm(question, sided, found.families, self.classes)
        scored = apt_claims(question, of_the_part(question, sided, found.names), self.dates)
        reading = read(question, scored, found.families, self.naming.meant, self.dates)
        quotes = partial(self._quotes, question, found)
        return Said(question, reply(question, reading, scored, quotes, self, scope), reading)

    def parsed(self, text: str, scope: frozenset[str]) -> Question:
        """Read a question; the last one is kept, for one form is tried after another."""
        today, last = self.today(scope), self._parsed
        if last is None or last[:2] != (text, today):
            last = text, today, parse(text, self.linker, today=today, classes=self.classes)
            self._parsed = last
        return last[2]

    def evidence_for(
        self, text: str, *, until: dt.date | None = None, report: str | None = None
    ) -> tuple[list[Claim], list[Quote]]:
        """Return the claims and sentences that bear on a question, best first."""
        scope = self._scope(until, report)
        question = self.parsed(text, scope)
        candidates = self.pool.scored(question, scope)
        return [s.claim for s in candidates.scored], self._quotes(question, candidates)

    def considered(self, text: str) -> tuple[Question, list[Considered]]:
        """Return a question as read and all sentences and rows found, with their signs."""
        text, scope = self.anchored(text, self._scope(None, None))
        question = self.parsed(text, scope)
        found = self.pool.scored(question, scope)
        reports = {hit.report: self.report(hit.report) for hit in found.hits}
        return question, self.quoter.considered(
            question, found.names, found.hits, reports, found.weight, most=None
        )

    def quotes(self, question: Question, scope: frozenset[str]) -> list[Quote]:
        """Return the sentences and rows of some reports that bear on a question, best first."""
        return self._quotes(question, self.pool.scored(question, scope))

    def network(self, reports: frozenset[str]) -> Network:
        """Return who is connected with whom by some reports, made once for each choice."""
        from kg.network import Network

        if reports not in self._networks:
            made = Network.of(self.generation, reports=reports, facts=self.facts)
            self._networks[reports] = made
        return self._networks[reports]

    def changes(self, old: str, new: str) -> Changes:
        """Return what changed from one week to another, compared once."""
        from agent.weeks.changes import changes

        if (old, new) not in self._changes:
            self._changes[old, new] = changes(self.generation, old, new)
        return self._changes[old, new]

    def say_row(self, question: Question, unit: Unit, *, loose: bool = True) -> Sentence | None:
        """Say what a table row answers; unless ``loose``, only cells that are asked for."""
        words, names = self.words_of(question)
        return said_row(question, words, names, unit, self.report(unit.report), loose=loose)

    def words_of(self, question: Question) -> tuple[tuple[Word, ...], list[Names]]:
        """Return a question's weighed words and all names of each name in it; the last are kept."""
        if self._worded is not None and self._worded[0] is question:
            return self._worded[1]
        families = {e: self.families.of_entity(e) for e in question.entities}
        names = self.quoter.wanted(question, families)
        wanted = Wanted.of(question, names, self.pool.weights(question), dt.date.min)
        self._worded = question, (wanted.words, names)
        return wanted.words, names

    def anchored(self, text: str, scope: frozenset[str]) -> tuple[str, frozenset[str]]:
        """Return the question without the words that name a week, and the reports of that week."""
        inside = [r for r in self.generation.reports if r.id in scope]
        week = anchor(text, inside)
        return (week.text, week.reports) if week else (text, scope)

    def _in_full(self, text: str) -> str:
        """The question with a person's surname in full, where it asks of people."""
        people = pattern("of_people").search(text)
        return self.naming.surnames.spelt_out(text, self._taken(text)) if people else text

    def _spelt_out(self, text: str) -> str:
        """The question with a company's shortened name, and a bare "얼마야?", in full."""
        return priced(self.naming.shortened.spelt_out(text, self._taken(text)), self)

    def _taken(self, text: str) -> list[tuple[int, int]]:
        """The ranges of the known names in a question."""
        return [(link.start, link.end) for link in self.linker.find(text)]

    def _quotes(self, question: Question, found: Candidates) -> list[Quote]:
        reports = {hit.report: self.report(hit.report) for hit in found.hits}
        quotes = self.quoter.quotes(question, found.names, found.hits, reports, found.weight)
        at = owner_of(question, self.classes)
        if at is None or at >= len(found.names):
            return quotes
        whose = found.names[at]  # a figure of nobody told nearby is none of the firm's
        return [q for q in quotes if told_near(q, reports[q.unit.report], whose)]

    def today(self, scope: Collection[str]) -> dt.date:
        """The date of the newest report in scope: what "올해" and "지난주" are relative to."""
        if scope is self._everything and scope:
            return self.generation.reports[-1].date
        return max((self.facts.report(r).date for r in scope), default=dt.date.today())

    def _finish(
        self, said: Said, started: float, until: dt.date | None, report: str | None
    ) -> Answer:
        """Check each sentence, number the citations; abstain when nothing is left."""
        question, found, reading = said.question, said.reply, said.reading
        kept: list[Sentence] = []
        dropped: list[str] = []
        for sentence in found.sentences:
            verdict = self.checker.check(sentence)
            if verdict.supported or (found.abstained and not sentence.evidence):
                kept.append(sentence)
            else:
                dropped.append(f"{sentence.text} — {verdict.reason}")
        abstained = found.abstained or not any(s.evidence for s in kept)
        reason = (found.reason or "no sentence passed the citation check") if abstained else None
        if abstained and not kept:
            kept = [Sentence(wording()["abstain"][question.language], ())]
        marked, citations = number_citations(kept, self._titles(kept))
        used = reading if reading and found.claims and not abstained else None
        return Answer(
            question=question.text,
            language=question.language,
            sentences=marked,
            abstained=abstained,
            reason=reason,
            citations=citations,
            interpretation=said.interpretation(used),
            sparql=used.sparql(until=until, report=report) if used else None,
            claims=tuple(claim_iri(c.id) for c in found.claims) if not abstained else (),
            steps=tuple(step for sentence in kept for step in sentence.steps),
            milliseconds=(time.perf_counter() - started) * 1000,
            dropped=tuple(dropped),
        )

    def _scope(self, until: dt.date | None, report: str | None) -> frozenset[str]:
        if report is not None:
            return frozenset({self.facts.report(report).id})
        if until is None:
            return self._everything
        return frozenset(r.id for r in self.generation.reports if r.date <= until)

    @cached_property
    def _everything(self) -> frozenset[str]:
        return frozenset(info.id for info in self.generation.reports)

    def report(self, report: str) -> Report:
        """Return one report, read once."""
        if report not in self._reports:
            self._reports[report] = self.generation.report(report)
        return self._reports[report]

    def passages(
        self,
        query: str,
        k: int,
        reports: Collection[str] | None = None,
        entities: Sequence[str] = (),
    ) -> list[FoundPassage]:
        """Search passages, best first; scores are comparable within one search."""
        hits = self.index.search(query, k, reports=reports, entities=entities)
        return [
            FoundPassage(hit.score, hit.report, self._passage(hit.report, hit.passage))
            for hit in hits
        ]

    def _passage(self, report: str, passage: str) -> Passage:
        return self.report(report).passages[int(passage.rpartition("#")[2])]

    def _titles(self, sentences: Sequence[Sentence]) -> dict[str, tuple[str, str]]:
        infos = {e.report: self.facts.report(e.report) for s in sentences for e in s.evidence}
        return {key: (info.title, info.date.isoformat()) for key, info in infos.items()}

    def caption(self, evidence: Evidence) -> str:
        """Return label, title, tag line and unit of the table an evidence stands in."""
        return self.sources.caption(evidence)

    @cached_property
    def sources(self) -> Sources:
        """What is cited, with what stands around it."""
        weak: Answerer = weakref.proxy(self)  # a cycle would outlive the last to use it

        def report(name: str) -> Report:  # a bound method would be a cycle again
            return weak.report(name)

        return Sources(report)

    @cached_property
    def index(self) -> SearchIndex:
        """The passages' index."""
        from kg.search.hybrid import SearchIndex

        return SearchIndex.open(self.generation.index)

    @cached_property
    def naming(self) -> Naming:
        """What is made of all names."""
        return Naming(self.generation.names)

    @property
    def linker(self) -> Linker:
        """Finds the workspace's names in a text."""
        return self.naming.linker

    @property
    def namesakes(self) -> dict[str, frozenset[str]]:
        """Which other entities have a name of an entity."""
        return self.naming.namesakes

    @property
    def guesser(self) -> Guesser:
        """Guesses which name a misspelt one stands for."""
        return self.naming.guesser

    @property
    def families(self) -> Families:
        """Which entities stand for which."""
        return self.naming.families

    @cached_property
    def dates(self) -> dict[str, dt.date]:
        """The date of each report."""
        return {info.id: info.date for info in self.generation.reports}

    @property
    def classes(self) -> dict[str, str]:
        """The class of each entity."""
        return self.naming.classes

    @cached_property
    def pool(self) -> Pool:
        """Finds and scores candidate claims."""
        return Pool(weakref.proxy(self))

    @cached_property
    def quoter(self) -> Quoter:
        """Finds sentences to quote."""
        return Quoter(self.naming)

    @cached_property
    def checker(self) -> Checker:
        """Checks sentences against what they cite."""
        return Checker(self.linker, self.families.kin, self.sources.of)
