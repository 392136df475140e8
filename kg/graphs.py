"""Which named graph holds what: a report's own, and that of what a model read in it.

Claims of a language model never share a graph with the rest, so that they can be dropped,
exported or compared by themselves, and a report's own graph is the same with and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import cast
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg import vocab
from kg.claim import BY_MODEL
from kg.iris import local_id, report_iri

ONTOLOGY_GRAPH = ox.NamedNode(vocab.ONTOLOGY_GRAPH)


def graph_of(report: str) -> ox.NamedNode:
    """Return the name of the graph that holds one report."""
    return ox.NamedNode(report_iri(report))


def model_graph_of(report: str) -> ox.NamedNode:
    """Return the name of the graph that holds what language models read in one report."""
    return ox.NamedNode(vocab.MODEL_GRAPHS + quote(report, safe=""))


def graphs_of(report: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    """Return both graphs of one report, its own first; the other is often empty."""
    return graph_of(report), model_graph_of(report)


def graph_with(report: str, extractor: str) -> ox.NamedNode:
    """Return the name of the graph that a report's claims by an extractor stand in."""
    return model_graph_of(report) if extractor.startswith(BY_MODEL) else graph_of(report)


def report_of(graph: str) -> str:
    """Return the id of the report that a graph, given by its IRI, is of; raises GraphError."""
    if graph.startswith(vocab.MODEL_GRAPHS):
        return unquote(graph[len(vocab.MODEL_GRAPHS) :])
    return local_id(graph)


def canonical_nquads(store: ox.Store) -> bytes:
    """Return all named graphs as N-Quads, sorted by bytes: equal graphs, equal bytes.

    The default graph is left out: it holds no more than their union.
    """
    lines: list[bytes] = []
    for graph in store.named_graphs():
        end = f"<{graph.value}> .".encode()
        triples = cast(bytes, store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph))
        lines.extend(line[:-1] + end for line in triples.split(b"\n") if line)
    return sorted_lines(b"\n".join(lines))


def content_digest(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256 of the sorted N-Quads of ``quads``."""
    lines = cast(bytes, ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    return hashlib.sha256(sorted_lines(lines)).hexdigest()


def sorted_lines(lines: bytes) -> bytes:
    """Sort newline-terminated lines by bytes."""
    return b"".join(line + b"\n" for line in sorted(lines.split(b"\n")) if line)
