"""The W3C's SPARQL 1.1 Protocol tests that a read-only endpoint can be held to, by name.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest. All 27 tests of
queries and of bad updates are here; the seven `update_*` tests need a store that can be
written. As the manifest says, `data0` to `data3` are loaded first. In
`query_multiple_dataset` the manifest escapes the "&" between its two parameters; here it
stands as meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from fastapi import FastAPI

from agent.server.errors import told
from agent.server.protocol import Endpoint
from agent.server.settings import Limits
from corpus.errors import KgError

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json")
TABLES = (*RESULTS, "text/tab-separated-values", "text/csv")
RDF = ("application/rdf+xml", "text/turtle", "application/n-triples")
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
BOTH = f"ASK {{ <{DATA.format(1)}> a ?type . <{DATA.format(2)}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{DATA.format(1)}> a ?type }} GRAPH ?g2 {{ <{DATA.format(2)}> a ?type }} }}"
FULL = f"ASK {{ <{DATA.format(3)}> a ?type" + NAMED.removeprefix("ASK {")
CONFLICT = (
    "WITH <http://example/addresses> DELETE { ?p <a:n> 'Bill' } INSERT { ?p <a:n> 'W' } "
    "WHERE { ?p <a:n> 'Bill' }"
)


def default(*numbers: int) -> str:
    return "&".join("default-graph-uri=" + quote(DATA.format(n), safe="") for n in numbers)


def named(*numbers: int) -> str:
    return "&".join("named-graph-uri=" + quote(DATA.format(n), safe="") for n in numbers)


@dataclass(frozen=True)
class Case:
    """One request and what must come back."""

    method: str = "GET"
    target: str = ""
    content: bytes | None = None
    type: str | None = None
    types: tuple[str, ...] = ()
    boolean: bool = False


def posted(target: str, query: str, types: tuple[str, ...] = RESULTS, boolean: bool = True) -> Case:
    return Case("POST", target, query.encode(), QUERY, types, boolean)


def got(target: str) -> Case:
    return Case("GET", target, types=RESULTS, boolean=True)


GOOD = {
    "query_get": got("?query=" + quote("ASK {}") + "&" + default(0)),
    "query_post_form": Case(
        "POST", "?" + default(0), b"query=ASK%20%7B%7D", FORM, RESULTS, boolean=True
    ),
    "query_post_direct": posted("?" + default(0), "ASK {}"),
    "query_dataset_default_graph": posted("?" + default(1), f"ASK {{ <{DATA.format(1)}> ?p ?o }}"),
    "query_dataset_default_graphs_get": got(f"?query={quote(BOTH)}&{default(1, 2)}"),
    "query_dataset_default_graphs_post": posted("?" + default(1, 2), BOTH),
    "query_dataset_named_graphs_get": got(f"?query={quote(NAMED)}&{named(1, 2)}"),
    "query_dataset_named_graphs_post": posted("?" + named(1, 2), NAMED),
    "query_dataset_full": posted(f"?{default(3)}&{named(1, 2)}", FULL),
    "query_multiple_dataset": posted(
        "?" + named(1, 2), NAMED.replace("ASK", f"ASK FROM <{DATA.format(3)}>")
    ),
    "query_content_type_select": posted("?" + default(0), "SELECT (1 AS ?value) {}", TABLES, False),
    "query_content_type_ask": posted("?" + default(0), "ASK {}"),
    "query_content_type_describe": posted(
        "?" + default(0), "DESCRIBE <http://example.org/>", RDF, False
    ),
    "query_content_type_construct": posted(
        "?" + default(0), "CONSTRUCT { <s> <p> 1 } WHERE {}", RDF, False
    ),
}
BAD = {
    "bad_query_method": Case("PUT", "?query=ASK%20%7B%7D"),
    "bad_multiple_queries": Case("GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    "bad_query_wrong_media_type": Case("POST", "", b"ASK {}", "text/plain"),
    "bad_query_missing_form_type": Case("POST", "", b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Case("POST", "", b"ASK {}"),
    "bad_query_non_utf8": Case("POST", "", "ASK {}".encode("utf-16"), QUERY + "; charset=UTF-16"),
    "bad_query_syntax": Case("GET", "?query=ASK%20%7B"),
    "bad_update_get": Case("GET", "?update=CLEAR%20ALL"),
    "bad_multiple_updates": Case("POST", "", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": Case("POST", "", b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Case("POST", "", b"update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Case(
        "POST", "", "CLEAR NAMED".encode("utf-16"), "application/sparql-update; charset=UTF-16"
    ),
    "bad_update_syntax": Case("POST", "", b"update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": Case(
        "POST", "", f"using-named-graph-uri=http%3A%2F%2Fe&update={quote(CONFLICT)}".encode(), FORM
    ),
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[Any]:
    """The endpoint over the four graphs of the suite."""
    graph = tmp_path_factory.mktemp("w3c") / "graph"
    store = ox.Store(str(graph))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    for number in range(4):
        name = ox.NamedNode(DATA.format(number))
        store.add(ox.Quad(name, kind, document, name))
    store.flush()
    del store
    generation = SimpleNamespace(graph=Path(graph), number=1, reports=())
    workspace: Any = SimpleNamespace(generation=lambda: generation)
    app = FastAPI()
    app.include_router(Endpoint(workspace, Limits()).router())
    app.add_exception_handler(KgError, told)
    with serving(app) as server:
        yield server


def ask(endpoint: Any, case: Case) -> Any:
    headers = {"content-type": case.type} if case.type else {}
    return endpoint.client.request(
        case.method, "/sparql/" + case.target, content=case.content, headers=headers
    )


@pytest.mark.parametrize("name", GOOD)
def test_a_query_is_answered(name: str, endpoint: Any) -> None:
    case = GOOD[name]
    response = ask(endpoint, case)
    assert response.status_code in range(200, 400), response.text
    assert response.headers["content-type"].partition(";")[0] in case.types
    if case.boolean:
        assert response.json()["boolean"] is True


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_refused(name: str, endpoint: Any) -> None:
    response = ask(endpoint, BAD[name])
    assert response.status_code in range(400, 500), response.text


@pytest.mark.parametrize("name", ["query_dataset_default_graph", "query_dataset_named_graphs_post"])
def test_the_dataset_matters(name: str, endpoint: Any) -> None:
    """The same query over other graphs is false: the parameters are not just accepted."""
    case = GOOD[name]
    other = case.target.replace("data1", "data3")
    assert ask(endpoint, Case("POST", other, case.content, QUERY)).json()["boolean"] is False
