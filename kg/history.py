"""What was reported before: looked up one statement at a time, never read as a whole.

Most of what two weeks say finds its like in the other one. Only for the rest are earlier
reports asked, the latest first, each through the index that leads to the fewest claims;
so that a comparison costs the same whether a workspace holds ten reports or a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.graphs import graph_of
from kg.iris import entity_iri

if TYPE_CHECKING:
    from kg.claim import Claim
    from kg.facts import Facts
    from kg.generation import ReportInfo

WEEKS = 13
"""How many weeks of earlier reports are asked; what was last said longer ago is new again."""

_SUBJECT = ox.NamedNode(vocab.PREFIXES["rdf"] + "subject")
_PREDICATE = ox.NamedNode(vocab.PREFIXES["rdf"] + "predicate")
_OBJECT = ox.NamedNode(vocab.PREFIXES["rdf"] + "object")
_METRIC = ox.NamedNode(vocab.ONTOLOGY + "metric")


class History:
    """The claims of earlier reports, oldest first, as :class:`kg.diff.Past` wants them."""

    def __init__(self, facts: Facts, reports: Sequence[ReportInfo]) -> None:
        self._facts = facts
        self._store = facts.generation.store
        weeks = sorted({info.week for info in reports})[-WEEKS:]
        self._reports = [info.id for info in reversed(reports) if info.week in weeks]
        self._graphs = [(report, graph_of(report)) for report in self._reports]

    def claims(
        self,
        subjects: Sequence[str],
        predicate: str,
        objects: Sequence[str],
        metrics: Sequence[str],
    ) -> Iterator[tuple[str, Sequence[Claim]]]:
        """Yield report ids, the latest first, with their claims between these entities."""
        relation = ox.NamedNode(vocab.ONTOLOGY + predicate)
        ends = [ox.NamedNode(entity_iri(id_)) for id_ in subjects]
        targets = [ox.NamedNode(entity_iri(id_)) for id_ in objects]
        named = [ox.Literal(metric) for metric in metrics]
        for report, graph in self._graphs:
            found = sorted(set(self._found(graph, relation, ends, targets, named)))
            if found:
                yield report, self._facts.claims(found)

    def _found(
        self,
        graph: ox.NamedNode,
        relation: ox.NamedNode,
        ends: Sequence[ox.NamedNode],
        targets: Sequence[ox.NamedNode],
        metrics: Sequence[ox.Literal],
    ) -> Iterator[str]:
        """Yield the claims of one report that match; the rarest of their terms leads to them."""
        by, terms = self._start(ends, targets, metrics)
        for term in terms:
            for quad in self._store.quads_for_pattern(None, by, term, graph):
                claim = quad.subject
                if not isinstance(claim, ox.NamedNode):
                    continue
                if ox.Quad(claim, _PREDICATE, relation, graph) not in self._store:
                    continue
                if any(ox.Quad(claim, _SUBJECT, end, graph) in self._store for end in ends):
                    yield claim.value

    @staticmethod
    def _start(
        ends: Sequence[ox.NamedNode],
        targets: Sequence[ox.NamedNode],
        metrics: Sequence[ox.Literal],
    ) -> tuple[ox.NamedNode, Sequence[ox.NamedNode | ox.Literal]]:
        if targets:
            return _OBJECT, targets
        return (_METRIC, metrics) if metrics else (_SUBJECT, ends)
