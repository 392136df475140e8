"""The claims as a network: who is connected with whom, and by which claims.

A projection into networkx: entities are nodes, each claim with an object is an edge from
subject to object. Paths may follow an edge either way. A hub (구글, 엔비디아) connects
everything with everything, so stepping through one costs more than through a rare name.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, cast

from kg import iris, vocab
from kg.claim import Claim, Entity, Modality
from kg.errors import GraphError, UnknownEntity
from kg.facts import Facts, Row
from kg.generation import Generation
from kg.graphs import report_of

if TYPE_CHECKING:
    import networkx as nx

COST: dict[Modality, float] = {
    "fact": 1.0,
    "plan": 1.5,
    "forecast": 2.0,
    "opinion": 2.0,
    "rumour": 3.0,
    "denied": 6.0,
}
"""What a step costs by its best claim: a path of facts beats one of rumours."""

HUB = 0.5
"""How much of the logarithm of a node's degree is added for passing through it."""

_EDGES = (
    "?c ?s ?o ?p ?m ?confidence ?g",
    "?c rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; kg:modality ?m ; "
    "kg:confidence ?confidence",
)


@dataclass(frozen=True, slots=True)
class Edge:
    """What the network keeps of a claim with an object; ``claim`` is the claim's IRI."""

    claim: str
    subject: str
    object: str
    predicate: str
    modality: Modality
    confidence: float
    report: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: two neighbours and the claims between them, facts first."""

    start: Entity
    end: Entity
    claims: tuple[Claim, ...]

    @property
    def modality(self) -> Modality:
        """The best modality any of the claims has."""
        return self.claims[0].modality


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one entity to another; the lower the cost, the better."""

    steps: tuple[Step, ...]
    cost: float

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities on the way, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True, slots=True)
class Rank:
    """An entity and how central it is; scores sum to 1 over the network."""

    entity: Entity
    score: float
    neighbours: int


class Network:
    """The network of some claims; nodes are entity ids.

    ``Network.of(generation)`` reads whole claims only where a step shows them.
    """

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        whole = {iris.claim_iri(claim.id): claim for claim in claims if claim.object is not None}
        entities: dict[str, Entity] = {}
        for claim in whole.values():
            for entity in (claim.subject, claim.object):
                if entity is not None:
                    entities.setdefault(entity.id, entity)
        edges = [_edge_of(claim) for claim in whole.values()]
        self._fill(edges, whole.__getitem__, entities.__getitem__)

    def _fill(
        self,
        edges: Iterable[Edge],
        claim: Callable[[str], Claim],
        entity: Callable[[str], Entity],
    ) -> None:
        self._claim, self._entity = claim, entity
        self.edges = tuple(sorted(edges, key=lambda e: e.claim))
        self._between: dict[tuple[str, str], list[Edge]] = {}
        for edge in self.edges:
            if edge.subject != edge.object:
                self._between.setdefault(_pair(edge.subject, edge.object), []).append(edge)
        self._simple = self._weighted()

    @classmethod
    def of(
        cls,
        generation: Generation,
        *,
        until: dt.date | None = None,
        reports: Collection[str] | None = None,
        facts: Facts | None = None,
    ) -> Network:
        """Return the network of all claims, of reports up to a date or of some ``reports``.

        ``facts`` of the generation may have read some of them before.
        """
        facts, network = facts or Facts(generation), cls()
        edges = [
            _edge(row)
            for info in generation.reports
            if (until is None or info.date <= until) and (reports is None or info.id in reports)
            for row in facts.select_of(info.id, *_EDGES)
        ]
        network._fill(edges, facts.claim, facts.entity)
        return network

    def multigraph(self) -> nx.MultiDiGraph[str]:
        """Return every claim as an edge keyed by its id, for any networkx algorithm."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for id_ in self._simple:
            entity = self._entity(id_)
            graph.add_node(
                id_, label=entity.label, **{"class": entity.cls, "iri": iris.entity_iri(id_)}
            )
        for edge in self.edges:
            graph.add_edge(
                edge.subject,
                edge.object,
                key=iris.local_id(edge.claim),
                predicate=edge.predicate,
                modality=edge.modality,
                report=edge.report,
            )
        return graph

    def graphml(self) -> bytes:
        """Return the multigraph as GraphML (http://graphml.graphdrawing.org)."""
        import networkx as nx

        graph = self.multigraph()
        for holder in (*graph.nodes.values(), *(d for *_, d in graph.edges(data=True))):
            for name, text in holder.items():
                holder[name] = _xml_safe(text)
        output = io.BytesIO()
        nx.write_graphml_xml(graph, output, named_key_ids=True)
        return output.getvalue() + b"\n"

    def paths(
        self,
        start: str,
        end: str,
        *,
        k: int = 3,
        longest: int = 6,
        avoid: Collection[str] = (),
    ) -> list[Path]:
        """Return up to ``k`` paths between two entity ids without loops, best first.

        No path has more than ``longest`` steps, none goes through an entity of a class to
        ``avoid`` (that two are in one country connects them with all that are). Nothing is
        found where they are not connected. Raises UnknownEntity, and GraphError for a path
        from itself to itself.
        """
        import networkx as nx

        for id_ in (start, end):
            self._known(id_)
        if start == end:
            raise GraphError(f"{start!r} was given twice: expected two different entities")
        try:
            graph = nx.subgraph_view(
                self._simple,
                filter_node=lambda n: n in (start, end) or self._entity(n).cls not in avoid,
            )
            ways = nx.shortest_simple_paths(graph if avoid else self._simple, start, end, "weight")
            tried = list(islice(ways, 4 * k))
        except nx.NetworkXNoPath:
            return []
        found = [self._path(way) for way in tried if len(way) <= longest + 1]
        return sorted(found, key=lambda p: (p.cost, [e.id for e in p.entities]))[:k]

    def neighbourhood(self, entity: str, *, hops: int = 1) -> Network:
        """Return the network of the claims within ``hops`` of an entity id.

        Raises UnknownEntity.
        """
        import networkx as nx

        self._known(entity)
        near = nx.single_source_shortest_path_length(self._simple, entity, cutoff=hops)
        inside = [e for e in self.edges if e.subject in near and e.object in near]
        network = Network()
        network._fill(inside, self._claim, self._entity)
        return network

    def neighbours(self, entity: str) -> list[Step]:
        """Return the steps that lead away from an entity id, most claims first."""
        self._known(entity)
        steps = [self._step(entity, other) for other in self._simple[entity]]
        return sorted(steps, key=lambda s: (-len(s.claims), COST[s.modality], s.end.id))

    @property
    def entities(self) -> list[Entity]:
        """All entities of the network, by id."""
        return [self._entity(id_) for id_ in self._simple]

    def central(self, k: int = 20) -> list[Rank]:
        """Return the ``k`` most central entities by PageRank over undirected ties."""
        import networkx as nx

        if not self._simple:
            return []
        scores = nx.pagerank(self._simple, weight="count", tol=1e-10, max_iter=1000)
        best = sorted(scores.items(), key=lambda item: (-round(item[1], 12), item[0]))[:k]
        return [Rank(self._entity(id_), score, self._simple.degree(id_)) for id_, score in best]

    def communities(self) -> list[list[Entity]]:
        """Return groups of entities more tied among themselves than with others, largest first.

        Greedy modularity (Clauset, Newman and Moore 2004), which needs no random seed.
        """
        import networkx as nx

        if not self._between:
            return []
        groups = nx.community.greedy_modularity_communities(self._simple, weight="count")
        named = [[self._entity(id_) for id_ in sorted(group)] for group in groups]
        return sorted(named, key=lambda group: (-len(group), group[0].id))

    def _known(self, entity: str) -> None:
        if entity not in self._simple:
            raise UnknownEntity(
                f"no claim connects {entity!r} with another entity: expected the id of one that "
                "claims name; see `kg entity NAME`"
            )

    def _weighted(self) -> nx.Graph[str]:
        """One edge a connected pair, weighted by its best claim and by the hubs it joins."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted({id_ for e in self.edges for id_ in (e.subject, e.object)}))
        graph.add_edges_from(sorted(self._between))
        for (a, b), edges in self._between.items():
            edges.sort(key=lambda e: (COST[e.modality], -e.confidence, e.report, e.claim))
            hubs = math.log(graph.degree(a)) + math.log(graph.degree(b))
            graph.edges[a, b].update(
                weight=COST[edges[0].modality] + HUB * hubs / 2, count=len(edges)
            )
        return graph

    def _path(self, way: Sequence[str]) -> Path:
        steps = tuple(self._step(a, b) for a, b in pairwise(way))
        cost = sum(self._simple.edges[a, b]["weight"] for a, b in pairwise(way))
        return Path(steps, round(cost, 9))

    def _step(self, start: str, end: str) -> Step:
        claims = tuple(self._claim(edge.claim) for edge in self._between[_pair(start, end)])
        return Step(self._entity(start), self._entity(end), claims)


def _edge_of(claim: Claim) -> Edge:
    assert claim.object is not None
    return Edge(
        iris.claim_iri(claim.id),
        claim.subject.id,
        claim.object.id,
        claim.predicate,
        claim.modality,
        float(claim.confidence),
        claim.evidence.report,
    )


def _edge(row: Row) -> Edge:
    claim, subject, target, predicate, modality, confidence, graph = cast("tuple[str, ...]", row)
    return Edge(
        claim,
        iris.local_id(subject),
        iris.local_id(target),
        predicate.removeprefix(vocab.ONTOLOGY),
        cast(Modality, modality),
        float(confidence),
        report_of(graph),
    )


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _xml_safe(text: object) -> str:
    """Leave out what XML 1.0 cannot hold (section 2.2, Char)."""
    return "".join(
        ch
        for ch in str(text)
        if ch in "\t\n\r" or " " <= ch <= "\ud7ff" or "\ue000" <= ch <= "\ufffd" or ch > "\uffff"
    )
