"""What a model may do: look things up. No tool writes, none reaches outside the workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal

from agent.curating.profiles import connections, resolve
from agent.llm.board import Board, numbered, plain
from corpus.errors import KgError
from kg import vocab
from kg.claim import Claim, Evidence
from kg.identity import Identity

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

    from agent.answerer import Answerer
    from corpus.report import Passage, Report, Span
    from corpus.sentences import Sentence
    from kg.diff import Change

_MOST = 6000  # characters of one result
_ROWS = 40
_SECONDS = 5.0  # of one query


@dataclass
class Toolset:
    """The tools over one workspace; results are numbered on the ``board`` to be cited.

    ``until`` and ``report`` limit what they see; ``calls`` keeps what was called.
    """

    answerer: Answerer
    board: Board
    until: dt.date | None = None
    report: str | None = None
    calls: list[str] = field(default_factory=list)

    def tools(self) -> list[BaseTool]:
        """Return the tools as LangChain knows them.

        A query or a diff sees the whole workspace, so neither is offered within limits.
        """
        from langchain_core.tools import StructuredTool

        every: list[Callable[..., str]] = [
            self.find_entity,
            self.entity_claims,
            self.search_passages,
        ]
        if self.report is None:
            every.append(self.path)
            if self.until is None:
                every += [self.run_sparql, self.diff]
        return [
            StructuredTool.from_function(
                self._told(method), name=method.__name__, description=_description(method)
            )
            for method in every
        ]

    def _told(self, method: Callable[..., str]) -> Callable[..., str]:
        """Log a call, and tell the model of an error that it can mend."""

        @wraps(method)
        def call(**arguments: Any) -> str:
            with self.board.lock:
                shown = ", ".join(plain(str(value))[:80] for value in arguments.values())
                self.calls.append(f"{method.__name__}({shown})")
                try:
                    return method(**arguments) or "nothing found"
                except KgError as error:
                    return f"error: {error}"

        return call

    def find_entity(self, name: Annotated[str, "A name in Korean or English, or a ticker."]) -> str:
        """Find the entities that a name means: id, name, class, other names, number of claims."""
        found = Identity(self.answerer.generation.names).resolve(name)
        known = found or [resolve(self.answerer.generation, name)]
        lines = (
            f"{n.id}: {n.label} ({n.cls}; {', '.join(n.labels[1:6])}), {n.claims} claims"
            for n in known[:8]
        )
        return numbered([plain(line) for line in lines], _MOST)

    def entity_claims(
        self,
        entity: Annotated[str, "Its name or id."],
        relation: Annotated[str | None, "A relation such as acquires; all if left out."] = None,
        role: Annotated[
            Literal["subject", "object", "any"], "What the entity is in the claims."
        ] = "any",
    ) -> str:
        """List claims about an entity, newest report first, numbered to be cited."""
        facts, name = self.answerer.facts, resolve(self.answerer.generation, entity)
        found: dict[str, Claim] = {}
        for slot in ("subject", "object") if role == "any" else (role,):
            wanted = {slot: name.id, "predicate": relation, "report": self.report}
            claims = facts.claims_of(until=self.until, **wanted)
            found.update((claim.id, claim) for claim in claims)
        ordered = sorted(found.values(), key=facts.place, reverse=True)
        lines = [self.board.claim(claim) for claim in ordered[:_ROWS]]
        if len(ordered) > _ROWS:
            lines.append(f"… {len(ordered) - _ROWS} older ones: name a relation or a role")
        return numbered(lines, _MOST)

    def search_passages(
        self,
        query: Annotated[str, "Words that the passage should hold, best in Korean."],
        k: Annotated[int, "How many passages, 1 to 8."] = 4,
    ) -> str:
        """Search the reports' text; returns sentences and table rows, numbered to be cited."""
        links = self.answerer.linker.find(query)
        entities = sorted({e for link in links for e in link.entities})
        hits = self.answerer.passages(query, max(1, min(k, 8)), self._reports, entities)
        lines: list[str] = []
        for hit in hits:
            report = self.answerer.report(hit.report)
            lines.append("# " + plain(" > ".join((report.title, *hit.passage.section))))
            lines += [self.board.quote(e) for e in self._pieces(report, hit.passage)]
        return numbered(lines, _MOST)

    def path(
        self,
        start: Annotated[str, "An entity's name."],
        goal: Annotated[str, "Another entity's name."],
    ) -> str:
        """Find how two entities are connected: the claims from one to the other, numbered."""
        steps = connections(self.answerer.generation, start, goal, self.until)
        return numbered([self.board.claim(step.claim) for step in steps], _MOST)

    def run_sparql(self, query: Annotated[str, "One SELECT or ASK; prefixes are known."]) -> str:
        """Run a read-only SPARQL query, for counts, extremes and joins.

        A claim is a node: ?claim rdf:subject ?s ; rdf:predicate kg:RELATION ; rdf:object ?o
        (or kg:valueText ?text ; kg:valueMin ?number ; kg:unit ?unit) ; kg:modality "fact" ;
        prov:wasDerivedFrom/dcterms:isPartOf/dcterms:date ?date. Qualifiers such as kg:metric
        or kg:period are on it too. Names: ?s skos:prefLabel ?name. Select ?claim as well:
        only then are the rows numbered, so that you can cite them.
        """
        from kg.sparql import query as run

        result = run(self.answerer.generation, query, timeout=_SECONDS, limit=_ROWS)
        lines = [" | ".join(result.variables)]
        cited: dict[str, None] = {}
        for row in result.rows:
            lines.append(" | ".join("" if cell is None else plain(cell) for cell in row))
            cited.update((c, None) for c in row if c and c.startswith(vocab.CLAIM))
        if not result.rows:
            return f"no rows; the relations are {', '.join(vocab.PREDICATES)}"
        lines += [self.board.claim(c) for c in self.answerer.facts.claims(cited)]
        return numbered(lines + ([result.note] if result.note else []), _MOST)

    def diff(
        self,
        old: Annotated[str | None, "A week such as 2025-W02, a date or a report."] = None,
        new: Annotated[str | None, "Another one; the latest if left out."] = None,
    ) -> str:
        """List what changed between two weeks (the last two if left out), what matters first."""
        from agent.weeks.changes import changes

        found = changes(self.answerer.generation, old, new).only(restated=False, top=_ROWS)
        return numbered([line for change in found.changes for line in self._change(change)], _MOST)

    def _change(self, change: Change) -> Iterator[str]:
        yield f"# {change.kind}"
        for when, claims in (("before", change.old), ("now", change.new)):
            yield from (f"{when}: {self.board.claim(claim)}" for claim in claims[:1])

    @property
    def _reports(self) -> set[str] | None:
        if self.report is None and self.until is None:
            return None
        infos = self.answerer.generation.reports
        return {
            info.id
            for info in infos
            if self.report in (None, info.id) and (self.until is None or info.date <= self.until)
        }

    @cached_property
    def _sentences(self) -> dict[str, list[Sentence]]:
        return {}

    def _pieces(self, report: Report, passage: Passage) -> Iterator[Evidence]:
        """Yield what can be cited of a passage: its sentences, or the rows of its table."""
        from corpus.sentences import sentences

        if report.id not in self._sentences:
            self._sentences[report.id] = list(sentences(report))
        spans: list[tuple[Span, str | None, str | None]] = [
            (s.span, s.table, None)
            for s in self._sentences[report.id]
            if passage.span.covers(s.span) and s.kind != "heading"
        ]
        for table in report.tables:
            label = table.label or table.title or None
            spans += [
                (row.span, label, row.cells[0].text if row.cells else None)
                for row in table.rows
                if passage.span.covers(row.span)
            ]
        for span, label, row in sorted(spans, key=lambda item: item[0]):
            page = report.page_at(span.start)
            yield Evidence(
                report.id,
                passage.section,
                span.of(report.text),
                span.start,
                span.end,
                page.index if page else passage.page,
                page.printed if page else passage.printed_page,
                label,
                row,
            )


def _description(method: Callable[..., str]) -> str:
    return " ".join((method.__doc__ or "").split())
