"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.server.media import OFFERS
from kg import vocab
from kg.iris import report_iri

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.generation import Generation
    from kg.sparql import Format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES: dict[Format, str] = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
}
_WRITTEN = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "rdfxml": "RDF_XML", "jsonld": "JSON_LD"}


def description(generation: Generation, endpoint: str, format: Format) -> bytes:
    """Describe the service at ``endpoint``; ``format`` is one of those for graphs."""
    import pyoxigraph as ox

    written = ox.serialize(
        _triples(generation, endpoint),
        format=getattr(ox.RdfFormat, _WRITTEN[format]),
        prefixes=vocab.PREFIXES | {"sd": _SD, "void": _VOID, "format": _FORMATS},
    )
    return written or b""


def _triples(generation: Generation, endpoint: str) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    a = ox.NamedNode(vocab.PREFIXES["rdf"] + "type")
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("g")
    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for format in (*OFFERS["select"], *OFFERS["graph"]):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + _NAMES[format]))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    for number, info in enumerate(generation.reports):
        named = ox.BlankNode(f"r{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, a, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(report_iri(info.id)))
        yield ox.Triple(
            named, ox.NamedNode(vocab.PREFIXES["dcterms"] + "title"), ox.Literal(info.title)
        )
