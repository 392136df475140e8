"""Is the graph what it should be? SHACL, and every quote at its place.

SHACL is checked by pySHACL one report at a time: a report's graph refers to nothing
outside itself but the ontology, so this is the same as checking the union (as SHACL
section 3.4 asks) in small pieces, which takes time in proportion to the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from corpus.report import Report
from kg import graphs, iris, vocab
from kg.errors import GraphError
from kg.generation import Generation, ReportInfo
from kg.graphs import report_of
from kg.store import ONTOLOGY_FILE, SHAPES_FILE

if TYPE_CHECKING:
    import rdflib

_UNION_IS_WHOLE = (
    (
        "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }",
        "a triple stands outside the graph of any report",
    ),
    (
        "GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o }",
        "a triple of a report is missing from the default graph",
    ),
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: where, what, and the value that is at fault."""

    report: str
    node: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        value = "" if self.value is None else f" ({self.value!r})"
        return f"{self.report}: {self.node}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """All violations, in order of report and node, and how much was checked."""

    violations: tuple[Violation, ...]
    reports: int
    claims: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations


def validate(generation: Generation, reports: Sequence[str] | None = None) -> ValidationResult:
    """Check all reports of a generation, or those named.

    Raises UnknownReport for an id that is not there.
    """
    infos = generation.reports if reports is None else [generation.info(r) for r in reports]
    found: list[Violation] = []
    for info in infos:
        found.extend(_shacl(generation, info))
        found.extend(_quotes(generation, info))
        found.extend(_counted(generation, info))
    if reports is None:
        found.extend(_strays(generation))
    found.sort(key=lambda v: (v.report, v.node, v.message, v.value or ""))
    return ValidationResult(tuple(found), len(infos), sum(info.claims for info in infos))


def _shacl(generation: Generation, info: ReportInfo) -> Iterator[Violation]:
    from pyshacl import validate as shacl
    from rdflib import RDF, SH

    conforms, found, _ = shacl(
        _graph_with_ontology(generation, info),
        shacl_graph=_shapes(),
        inference="none",
        advanced=False,
        meta_shacl=False,
        inplace=True,
        do_owl_imports=False,
    )
    if conforms:
        return
    for node in found.subjects(RDF.type, SH.ValidationResult):
        message = found.value(node, SH.resultMessage)
        value = found.value(node, SH.value)
        yield Violation(
            info.id,
            str(found.value(node, SH.focusNode)),
            str(message),
            None if value is None else str(value),
        )


def _graph_with_ontology(generation: Generation, info: ReportInfo) -> rdflib.Graph:
    """Copy one report's graphs and the class hierarchy into memory for pySHACL.

    pySHACL asks for one value at a time, for which rdflib's own dictionaries are quicker
    than the Dataset over the store.
    """
    from rdflib import Graph

    graph = Graph()
    for part in graphs.graphs_of(info.id):
        triples = generation.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=part)
        graph.parse(data=triples, format="nt")  # "ox-nt" types plain strings: sh:in misses them
    for triple in _hierarchy():
        graph.add(triple)
    return graph


@cache
def _hierarchy() -> tuple[tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node], ...]:
    """Return the types and superclasses of the ontology: all that the shapes look up."""
    from rdflib import RDF, RDFS, Graph

    ontology = Graph().parse(ONTOLOGY_FILE, format="turtle")
    return tuple(t for t in ontology if t[1] in (RDF.type, RDFS.subClassOf))


@cache
def _shapes() -> rdflib.Graph:
    from rdflib import Graph

    return Graph().parse(SHAPES_FILE, format="turtle")


def _quotes(generation: Generation, info: ReportInfo) -> Iterator[Violation]:
    """Check ``text[start:end] == quote`` for every evidence, against the stored report."""
    report: Report = generation.report(info.id)
    rows = generation.store.query(
        "SELECT ?e ?quote ?start ?end WHERE { ?e oa:exact ?quote ; oa:start ?start ; oa:end ?end }",
        prefixes=vocab.PREFIXES,
        default_graph=list(graphs.graphs_of(info.id)),
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        node, quote, start, end = (getattr(term, "value", "") for term in row)
        if not (start.isdigit() and end.isdigit()):
            continue  # SHACL has said so
        there = report.text[int(start) : int(end)]
        if there != quote:
            yield Violation(
                info.id, node, f"the text at {start}..{end} is {there[:60]!r}, not the quote", quote
            )


def _counted(generation: Generation, info: ReportInfo) -> Iterator[Violation]:
    """Check that graph and manifest agree on the number of claims."""
    claim, kind = (
        ox.NamedNode(vocab.ONTOLOGY + "Claim"),
        ox.NamedNode(vocab.PREFIXES["rdf"] + "type"),
    )
    held = sum(
        1
        for graph in graphs.graphs_of(info.id)
        for _ in generation.store.quads_for_pattern(None, kind, claim, graph)
    )
    if held != info.claims:
        yield Violation(
            info.id,
            iris.report_iri(info.id),
            f"the manifest counts {info.claims} claims and the graph holds another number",
            str(held),
        )


def _strays(generation: Generation) -> Iterator[Violation]:
    """Find graphs of no report, and triples outside any graph."""
    for graph in generation.store.named_graphs():
        if graph == graphs.ONTOLOGY_GRAPH:
            continue
        try:
            generation.info(report_of(graph.value))
        except GraphError:
            yield Violation("", graph.value, "the graph belongs to no report of this workspace")
    for pattern, message in _UNION_IS_WHOLE:
        rows = generation.store.query(f"SELECT ?s WHERE {{ {pattern} }} ORDER BY ?s LIMIT 1")
        assert isinstance(rows, ox.QuerySolutions)
        yield from (Violation("", str(row["s"]), message) for row in rows)
