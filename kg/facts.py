"""Reading claims back, fast: what the agent asks the graph.

A generation never changes, so everything read is remembered for as long as its
:class:`Facts` lives. Queries written here or by the planner go to Oxigraph in this
process; SPARQL from users goes through :mod:`kg.sparql`.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable
from typing import cast

import pyoxigraph as ox

from kg import stored, vocab
from kg.claim import Claim, Entity
from kg.errors import GraphError, UnknownEntity
from kg.generation import Generation, ReportInfo
from kg.graphs import graphs_of
from kg.iris import entity_iri, local_id, report_iri

Row = tuple[str | None, ...]

_REMEMBERED = 4096  # result sets; the oldest are forgotten first


class Facts:
    """Claims, reports and generated queries of one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._store = generation.store
        self._claims: dict[str, Claim] = {}
        self._entities: dict[tuple[str, str], Entity] = {}
        self._places: dict[str, list[tuple[int, str]]] = {}
        self._rows: dict[str, list[Row]] = {}
        self._rows_of: dict[str, dict[str, list[Row]]] = {}

    def take_over(self, before: Facts, reports: Collection[str]) -> None:
        """Remember what ``before`` read of reports that are the same in both generations."""
        graphs = {graph.value for report in reports for graph in graphs_of(report)}
        self._claims = {i: c for i, c in before._claims.items() if c.evidence.report in reports}
        self._entities = {k: e for k, e in before._entities.items() if k[1] in graphs}
        self._places = {r: p for r, p in before._places.items() if r in reports}
        self._rows_of = {r: rows for r, rows in before._rows_of.items() if r in reports}

    def claim(self, iri: str) -> Claim:
        """Read one claim by its IRI; raises GraphError when there is none."""
        claim = self._claims.get(iri)
        if claim is None:
            claim = self._claims[iri] = stored.claim_from(self._store, iri, self._entity)
        return claim

    def claims(self, iris: Iterable[str]) -> list[Claim]:
        """Read claims by their IRIs, in the order given."""
        known = self._claims  # which most are
        return [known[iri] if iri in known else self.claim(iri) for iri in iris]

    def within(self, report: str, start: int, end: int) -> list[str]:
        """Return the IRIs of a report's claims whose evidence starts in a range, in its order."""
        places = self._places.get(report)
        if places is None:
            rows = self._query(
                f"SELECT ?s ?c WHERE {{ ?e dcterms:isPartOf <{report_iri(report)}> ;"
                " oa:start ?s . ?c prov:wasDerivedFrom ?e }"
            )
            found = ((int(s.value), c.value) for s, c in cast(ox.QuerySolutions, rows))
            places = self._places[report] = sorted(found)
        first, last = (bisect_left(places, (offset, "")) for offset in (start, end))
        return [iri for _, iri in places[first:last]]

    def claims_of(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        report: str | None = None,
        until: dt.date | None = None,
    ) -> list[Claim]:
        """Read the claims that match all that is given, oldest report first.

        ``subject`` and ``object`` are entity ids or IRIs, ``predicate`` a name of the
        ontology, ``report`` a report id, ``until`` the last report date that counts.
        Claims come in order of report date, report id, place in the report.

        Raises UnknownReport, or GraphError for a predicate the ontology lacks.
        """
        if report is not None:
            self.generation.info(report)
        patterns = _patterns(subject, predicate, object)
        graphs = () if report is None else graphs_of(report)
        only = f"VALUES ?g {{ {' '.join(map(str, graphs))} }} " if graphs else ""
        rows = self.select(f"SELECT ?c WHERE {{ {only}GRAPH ?g {{ {patterns} }} }}")
        claims = self.claims(cast(str, row[0]) for row in rows)
        if until is not None:
            claims = [c for c in claims if self.report(c.evidence.report).date <= until]
        return sorted(claims, key=self.place)

    def place(self, claim: Claim) -> tuple[dt.date, str, int, str]:
        """Return the sort key of a claim: report date, report id, offset, claim id."""
        evidence = claim.evidence
        return self.report(evidence.report).date, evidence.report, evidence.start, claim.id

    def report(self, report: str) -> ReportInfo:
        """Return what is known of a report, its date above all; raises UnknownReport."""
        return self.generation.info(report)

    def entity(self, entity: str) -> Entity:
        """Return an entity, by id or IRI, as all reports together name it.

        Raises UnknownEntity.
        """
        id_ = local_id(entity) if entity.startswith(vocab.BASE) else entity
        name = self.generation.names_by_id.get(id_)
        if name is None:
            raise UnknownEntity(
                f"no entity {entity!r} in this workspace: expected the id or IRI of one; "
                "find it by name with `kg entity NAME`"
            )
        return Entity(
            name.id,
            name.cls,
            name.label,
            name.label_en,
            name.aliases,
            name.ticker,
            name.curated,
            name.broader,
        )

    def select(self, sparql: str) -> list[Row]:
        """Run a trusted, generated SELECT over the union of all graphs.

        A row holds the lexical form of each term in the order of the variables, ``None``
        where one is unbound. The project's prefixes need no declaration. Rows are
        remembered; do not change the list. Raises GraphError for a query that is no SELECT.
        """
        rows = self._rows.get(sparql)
        if rows is None:
            found = self._query(sparql)
            if not isinstance(found, ox.QuerySolutions):
                raise GraphError(f"{sparql[:80]!r} is not a SELECT query: use ask() for ASK")
            rows = [tuple([None if t is None else t.value for t in row]) for row in found]
            if len(self._rows) >= _REMEMBERED:
                del self._rows[next(iter(self._rows))]
            self._rows[sparql] = rows
        return rows

    def select_of(self, report: str, variables: str, pattern: str) -> list[Row]:
        """Run a trusted SELECT of some variables over the claims of one report.

        What ranges over all reports is better read one by one: rows are remembered, and
        those of a report that a new generation does not change are not read again.
        """
        made = self._rows_of.setdefault(report, {})
        query = f"SELECT {variables} WHERE {{ VALUES ?g {{ %s }} GRAPH ?g {{ {pattern} }} }}"
        if query not in made:
            graphs = " ".join(map(str, graphs_of(report)))
            found = cast(ox.QuerySolutions, self._query(query % graphs))
            made[query] = [tuple([None if t is None else t.value for t in row]) for row in found]
        return made[query]

    def ask(self, sparql: str) -> bool:
        """Run a trusted, generated ASK over the union of all graphs."""
        found = self._query(sparql)
        if not isinstance(found, ox.QueryBoolean):
            raise GraphError(f"{sparql[:80]!r} is not an ASK query: use select() for SELECT")
        return bool(found)

    def passages_of(self, entity: str) -> list[str]:
        """Return the ids of the passages that mention an entity, by id or IRI, sorted."""
        rows = self.select(f"SELECT ?p WHERE {{ ?p kg:mentions {_entity_term(entity)} }}")
        return sorted((local_id(cast(str, row[0])) for row in rows), key=_passage_order)

    def _query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(sparql, prefixes=vocab.PREFIXES)
        except SyntaxError as exc:
            raise GraphError(f"a generated query is not SPARQL: {sparql!r} ({exc})") from exc

    def _entity(self, node: ox.NamedNode, graph: ox.NamedNode) -> Entity:
        key = node.value, graph.value
        entity = self._entities.get(key)
        if entity is None:
            entity = self._entities[key] = stored.entity_from(self._store, node, graph)
        return entity


def _patterns(subject: str | None, predicate: str | None, object: str | None) -> str:
    parts = ["?c a kg:Claim"]
    if subject is not None:
        parts.append(f"?c rdf:subject {_entity_term(subject)}")
    if predicate is not None:
        if predicate not in vocab.PREDICATES:
            raise GraphError(
                f"no relation {predicate!r}: expected one of {', '.join(vocab.PREDICATES)}"
            )
        parts.append(f"?c rdf:predicate kg:{predicate}")
    if object is not None:
        parts.append(f"?c rdf:object {_entity_term(object)}")
    return " . ".join(parts[1:] or parts)


def _entity_term(entity: str) -> str:
    id_ = entity[len(vocab.ENTITY) :] if entity.startswith(vocab.ENTITY) else entity
    return f"<{entity_iri(id_)}>"


def _passage_order(passage: str) -> tuple[str, int]:
    report, _, ordinal = passage.rpartition("#")
    return report, int(ordinal) if ordinal.isdigit() else 0
