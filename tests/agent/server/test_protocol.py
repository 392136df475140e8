"""SPARQL over HTTP with real clients; formats, limits, errors that point at the place."""

from __future__ import annotations

import csv
import io
import json
import time
import warnings
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from agent.server.app import create_app
from agent.server.media import OFFERS, choose, wants_html
from agent.server.settings import Limits
from kg import sparql, vocab
from kg.workspace import Workspace

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a kg:Claim }"
CHIPS = "SELECT ?c ?l { ?c a kg:Chip ; skos:prefLabel ?l } ORDER BY ?l LIMIT 5"
LABELS = "CONSTRUCT { ?c skos:prefLabel ?l } { ?c a kg:Chip ; skos:prefLabel ?l }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def known(home: Path) -> Any:
    """What the same queries give without HTTP."""
    return lambda text: sparql.query(Workspace(home).generation(), text)


def test_rdflib_reads_it_as_a_store(server: Any, known: Any) -> None:
    graph = rdflib.Graph(SPARQLStore(server.url + "/sparql"))
    (row,) = graph.query(COUNT)
    assert str(row[0]) == known(COUNT).rows[0][0]
    assert {str(row.l) for row in graph.query(CHIPS)} == {r[1] for r in known(CHIPS).rows}
    chip = rdflib.URIRef(known(CHIPS).rows[0][0])
    assert (chip, rdflib.RDF.type, rdflib.URIRef(vocab.ONTOLOGY + "Chip")) in graph
    built = graph.query(LABELS).graph
    assert len(built) == len(known(LABELS).rows) > 5


def test_rdflib_reads_one_report(server: Any, known: Any) -> None:
    report = rdflib.URIRef(vocab.REPORT + "weekly-2025-01-06")
    graph = rdflib.Graph(SPARQLStore(server.url + "/sparql"), identifier=report)
    (row,) = graph.query("SELECT (COUNT(?c) AS ?n) { ?c a <" + vocab.ONTOLOGY + "Claim> }")
    local = f"SELECT (COUNT(?c) AS ?n) {{ GRAPH <{report}> {{ ?c a kg:Claim }} }}"
    assert 0 < int(row[0]) == int(known(local).rows[0][0])


def test_sparqlwrapper_gets_every_form(server: Any, known: Any) -> None:
    from SPARQLWrapper import JSON, POST, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(server.url + "/sparql")
    client.setQuery(CHIPS)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["l"]["value"] for row in rows] == [row[1] for row in known(CHIPS).rows]
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 5
    client.setMethod(POST)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 5
    client.setQuery("ASK { ?c a kg:Chip }")
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery(LABELS)
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert len(graph) == len(known(LABELS).rows)


def test_langchain_reads_it_as_a_graph(server: Any, known: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        from langchain_community.graphs import RdfGraph

        graph = RdfGraph(query_endpoint=server.url + "/sparql", standard="rdf")
    assert vocab.ONTOLOGY + "Claim" in graph.get_schema
    rows = graph.query("PREFIX kg: <" + vocab.ONTOLOGY + "> " + COUNT)
    assert str(rows[0][0]) == known(COUNT).rows[0][0]


@pytest.mark.parametrize(
    ("accept", "type", "parsed"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", json.loads),
        ("application/json", "application/sparql-results+json", json.loads),
        ("text/csv", "text/csv; charset=utf-8", lambda t: list(csv.reader(io.StringIO(t)))),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", str.splitlines),
        (
            "application/sparql-results+xml;q=0.9, text/csv;q=0.1",
            "application/sparql-results+xml",
            str,
        ),
        ("*/*", "application/sparql-results+json", json.loads),
        ("text/html, */*;q=0.1", "application/sparql-results+json", json.loads),
    ],
)
def test_the_client_chooses_the_format_of_rows(
    server: Any, accept: str, type: str, parsed: Any
) -> None:
    response = server.client.get("/sparql", params={"query": CHIPS}, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == type
    assert response.headers["vary"] == "Accept"
    assert parsed(response.text)


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_client_chooses_the_format_of_triples(
    server: Any, known: Any, accept: str, format: ox.RdfFormat
) -> None:
    response = server.client.get("/sparql", params={"query": LABELS}, headers={"accept": accept})
    assert response.headers["content-type"].startswith(accept)
    assert len(set(ox.parse(response.text, format=format))) == len(known(LABELS).rows)


def test_what_cannot_be_written_is_refused(server: Any) -> None:
    for query, accept in ((CHIPS, "text/turtle"), (LABELS, "text/csv"), (CHIPS, "image/png")):
        response = server.client.get("/sparql", params={"query": query}, headers={"accept": accept})
        assert response.status_code == 406
        assert accept in response.json()["error"]


def test_preferences_weigh() -> None:
    assert choose("text/csv;q=0.2, application/*;q=0.1", OFFERS["select"]) == "csv"
    assert choose("application/*", OFFERS["select"]) == "json"
    assert choose("*/*, application/sparql-results+json;q=0", OFFERS["select"]) == "xml"
    assert choose("text/turtle", OFFERS["select"]) is None
    assert choose("text/csv;q=viel", OFFERS["select"]) is None
    assert choose("", OFFERS["graph"]) == "turtle"
    assert wants_html("text/html,application/xhtml+xml,*/*;q=0.8")
    assert not wants_html("text/turtle, text/html;q=0.5")


def test_a_link_can_name_the_format(server: Any) -> None:
    response = server.client.get("/sparql", params={"query": CHIPS, "format": "csv"})
    assert response.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("SELECT ?s {\n  ?s ?p }", 2, None), ("SELECT *\n\n  SERVICE <http://e/> {}", 3, 3),
     ("DROP ALL", 1, 1)],
)  # fmt: skip
def test_an_error_says_line_and_column(
    server: Any, query: str, line: int, column: int | None
) -> None:
    response = server.client.get("/sparql", params={"query": query})
    assert response.status_code == 400
    error = response.json()["error"]
    assert f"line {line}, column {column or ''}" in error
    assert "\n" not in error


def test_an_unknown_graph_is_refused(server: Any) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        response = server.client.get(
            "/sparql", params={"query": CHIPS, name: "http://127.0.0.1:1/x.ttl"}
        )
        assert response.status_code == 400
        assert "http://127.0.0.1:1/x.ttl" in response.json()["error"]


def test_a_slow_query_is_stopped_and_leaves_room(server: Any) -> None:
    started = time.monotonic()
    for _ in range(5):  # one more than work at a time
        response = server.client.get("/sparql", params={"query": SLOW, "timeout": "0.3"})
        assert response.status_code == 503
        assert "0.3 s" in response.json()["error"]
    assert server.client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert time.monotonic() - started < 20


def test_rows_and_bytes_are_capped(home: Path, settings_for: Any, serving: Any) -> None:
    everything = "SELECT * { ?s ?p ?o }"
    app = create_app(settings_for(home, limits=Limits(query_rows=50, query_bytes=4_000)))
    with serving(app) as server:
        response = server.client.get("/sparql", params={"query": everything, "limit": "3"})
        assert len(response.json()["results"]["bindings"]) == 3
        assert "cut after 3 rows" in response.headers["kg-truncated"]
        response = server.client.get("/sparql", params={"query": everything})
        assert 0 < len(response.json()["results"]["bindings"]) < 50
        assert len(response.content) < 4_200
        assert "cut after" in response.headers["kg-truncated"]
        response = server.client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 2"})
        assert "kg-truncated" not in response.headers


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon", ""])
def test_odd_limits_are_refused(server: Any, value: str) -> None:
    response = server.client.get("/sparql", params={"query": "ASK {}", "timeout": value})
    assert response.status_code == 400
    assert repr(value) in response.json()["error"]


def test_it_describes_itself(server: Any, home: Path) -> None:
    response = server.client.get("/sparql", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(server.url + "/sparql")
    assert graph.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    names = {str(name) for name in graph.objects(None, sd.name)}
    assert names == {vocab.REPORT + info.id for info in Workspace(home).generation().reports}
    assert len(set(graph.objects(service, sd.resultFormat))) == 8


def test_a_browser_is_sent_to_the_editor(server: Any) -> None:
    response = server.client.get("/sparql", headers={"accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "/query")


def test_other_origins_need_an_option(
    home: Path, server: Any, settings_for: Any, serving: Any
) -> None:
    headers = {"origin": "https://team.example"}
    ask = {"params": {"query": "ASK {}"}, "headers": headers}
    assert "access-control-allow-origin" not in server.client.get("/sparql", **ask).headers
    with serving(create_app(settings_for(home, origins=("https://team.example",)))) as open_server:
        response = open_server.client.get("/sparql", **ask)
        assert response.headers["access-control-allow-origin"] == "https://team.example"
        other = open_server.client.get(
            "/sparql", params={"query": "ASK {}"}, headers={"origin": "https://e"}
        )
        assert "access-control-allow-origin" not in other.headers
