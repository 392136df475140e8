"""Users' SPARQL: what is refused, what is stopped, what comes out."""

from __future__ import annotations

import csv
import http.server
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg import graphs, sparql, vocab
from kg.errors import QueryRefused, QueryTimeout
from kg.sparql_guard import check

GRAPHS = {vocab.REPORT + "weekly-1"}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVIL = "http://127.0.0.1:{port}/"

UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD <http://example.com/x>",
    "load silent <http://example.com/x> into graph <a:g>",
    "CLEAR ALL",
    "DROP GRAPH <https://kg.example/report/weekly-1>",
    "CREATE GRAPH <a:g>",
    "ADD DEFAULT TO <a:g>",
    "MOVE <a:g> TO DEFAULT",
    "COPY <a:g> TO DEFAULT",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "ASK {} ; INSERT DATA { <a:a> <a:b> <a:c> }",
    "PREFIX a: <http://a/> DROP ALL",
    "#\rDROP ALL",
    "# SELECT * {}\nDROP ALL",
    "\\u0044ROP ALL",
    "\ufeffCLEAR ALL",
]
CALLS = [
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://e/> { ?s ?p ?o } }",
    "SELECT * { service ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://e/> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://e/> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { SERVICE <http://e/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p 1SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { # \rSERVICE <http://e/> { ?s ?p ?o }\n}",
    "SELECT * { # \r\nSERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { \\u005Cu0053ERVICE <http://e/> { ?s ?p ?o } }",
    "PREFIX e: <http://e/> SELECT * { ?s ?p e:a\\# SERVICE <http://e/> { ?s ?p ?o } }",
    "PREFIX e: <http://e/> SELECT * { ?s ?p e:.SERVICE <http://e/> { ?s ?p ?o } }",
    "PREFIX : <http://e/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"" SERVICE <http://e/> { ?s ?p ?o } }',
    "SELECT * { ?s ?p '''it's''' . SERVICE <http://e/> { ?s ?p '''x''' } }",
    "SELECT * { FILTER(?a<?b)SERVICE <http://e/> { ?s ?p ?o } FILTER(?c>?d) }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <http://e/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * FROM <http://e/data.ttl> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "BASE <http://e/> SELECT * FROM <data.ttl> { ?s ?p ?o }",
    "PREFIX : <http://e/> SELECT * FROM :data { ?s ?p ?o }",
    "PREFIX report: <http://e/> SELECT * FROM report:weekly-1 { ?s ?p ?o }",
]
BROKEN = [
    "",
    "# nothing",
    "SELECT",
    "SELECT * { ?s ?p }",
    "drop table users",
    "SELECT * { ?s ?p '\x00' }",
    "SELECT * { ?s ?p '\\uD800' }",
    "SELECT * { ?s ?p '\\UFFFFFFFF' }",
    "SELECT * {" + "{" * 3000 + "}" * 3000 + "}",
    "SELECT * { ?s ?p ?o } #" + "x" * 200_000,
]


@pytest.mark.parametrize("text", UPDATES + CALLS + BROKEN, ids=lambda t: repr(t[:40]))
def test_hostile_and_broken_queries_are_refused(text):
    with pytest.raises(QueryRefused) as told:
        check(text, GRAPHS)
    assert "\n" not in str(told.value)
    assert "expected" in str(told.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT *\n{ ?s ?p\n  ?o", "line 3, column 5"),
        ("SELECT * {\n SERVICE <http://e/> {} }", "line 2, column 2, at 'SERVICE"),
        ("SELECT * {}\nDROP ALL", "line 2, column 1, at 'DROP ALL'"),
    ],
)
def test_a_refusal_names_line_and_column(text, place):
    with pytest.raises(QueryRefused, match=place):
        check(text, GRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://e/> { }" }',
        "SELECT ?service { ?service kg:service ?o }",
        "SELECT * { ?s ?p <http://e/SERVICE#a> } # SERVICE",
        'SELECT * { ?s skos:prefLabel """DROP ALL; "SERVICE" """ }',
        "SELECT * { ?s ?p ?insert . ?s kg:delete ?load }",
        "SELECT * FROM report:weekly-1 { ?s ?p ?o }",
        "SELECT * FROM NAMED <https://kg.example/report/weekly-1> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p '\\uAC00' }",
        "ASK { FILTER(1<2 && 3>2) }",
        "DESCRIBE ent:broadcom",
        "CONSTRUCT WHERE { ?s ?p ?o }",
    ],
)
def test_harmless_words_are_no_crime(text):
    assert check(text, GRAPHS)


def test_what_runs_is_what_was_checked():
    checked = check("SELECT * { ?s ?p '\\uAC00#' } # \\u0053ERVICE", GRAPHS)
    assert checked.rstrip() == "SELECT * { ?s ?p '가#' }"


def test_the_default_graph_is_the_union_and_prefixes_are_known(generation):
    result = sparql.query(
        generation,
        "SELECT ?label (COUNT(?c) AS ?n) { ?c a kg:Claim ; rdf:subject ?s . "
        "?s skos:prefLabel ?label FILTER(LANG(?label) = 'ko') } GROUP BY ?label ORDER BY ?label",
    )
    assert result.variables == ("label", "n")
    assert result.rows[0] == ("GPT-7", "3")  # each triple once, though three graphs hold the label
    one = sparql.query(generation, "SELECT ?c FROM report:weekly-1 { ?c a kg:Claim }")
    assert len(one.rows) == 5
    assert not sparql.query(generation, "ASK { ent:broadcom kg:acquires ?x }").boolean


def test_a_declared_prefix_wins(generation):
    text = "PREFIX kg: <http://elsewhere/> ASK { ?c a kg:Claim }"
    assert not sparql.query(generation, text).boolean


def test_the_row_cap_is_told(generation):
    result = sparql.query(generation, "SELECT * { ?s ?p ?o }", limit=7)
    assert len(result.rows) == 7
    assert result.note == "cut after 7 rows: there are more"
    whole = sparql.query(generation, "SELECT ?c { ?c a kg:Claim }", limit=15)
    assert (len(whole.rows), whole.note) == (15, None)
    graph = sparql.query(generation, "CONSTRUCT { ent:a a ?t } { ?s a ?t }", limit=2)
    assert (len(graph.rows), graph.cut) == (2, True)
    few = sparql.query(generation, "CONSTRUCT { ent:a a kg:Chip } { ?s ?p ?o }", limit=1)
    assert (len(few.rows), few.cut) == (1, False)


def test_select_formats(generation):
    text = """SELECT ?label ?n ?none { VALUES (?label ?n) { ("브로드컴"@ko 1.5) ('a"b,c' kg:Chip) } }"""
    result = sparql.query(generation, text)
    document = json.loads(result.serialize("json"))
    assert document["head"]["vars"] == ["label", "n", "none"]
    assert document["results"]["bindings"][0]["label"] == {
        "type": "literal",
        "value": "브로드컴",
        "xml:lang": "ko",
    }
    rows = list(csv.reader(io.StringIO(result.serialize("csv"))))
    assert rows == [
        ["label", "n", "none"],
        ["브로드컴", "1.5", ""],
        ['a"b,c', vocab.ONTOLOGY + "Chip", ""],
    ]
    assert result.serialize("tsv").split("\n")[1] == '"브로드컴"@ko\t1.5\t'
    root = ET.fromstring(result.serialize("xml"))
    assert len(root.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 2
    assert result.serialize("table") == (
        'label     n        none\n--------  -------  ----\n브로드컴  1.5\na"b,c     kg:Chip\n'
    )
    with pytest.raises(QueryRefused, match="turtle"):
        result.serialize("turtle")


def test_ask_and_graph_formats(generation):
    ask = sparql.query(generation, "ASK { ?s a kg:Claim }")
    assert json.loads(ask.serialize("json"))["boolean"] is True
    assert ask.serialize("table") == "ask\n----\ntrue\n"
    assert "true" in ask.serialize("xml")
    graph = sparql.query(generation, "DESCRIBE ent:broadcom")
    assert "a kg:Company ;" in graph.serialize("turtle")
    assert "<https://kg.example/entity/broadcom>" in graph.serialize("ntriples")
    assert graph.serialize("table").startswith("subject")
    with pytest.raises(QueryRefused, match="'json'"):
        graph.serialize("json")


def test_an_unknown_prefix_and_a_bad_limit_are_refused(generation):
    with pytest.raises(QueryRefused, match="Prefix not found"):
        sparql.query(generation, "SELECT * { ?s foo:bar ?o }")
    with pytest.raises(QueryRefused, match="limit 0"):
        sparql.query(generation, "ASK {}", limit=0)
    with pytest.raises(QueryRefused, match="timeout 0"):
        sparql.query(generation, "ASK {}", timeout=0)


def test_the_timeout_ends_the_process(generation):
    sparql.query(generation, "ASK {}")
    (worker,) = [w for w in sparql._POOL._idle if w.graph == generation.graph]
    started = time.perf_counter()
    with pytest.raises(QueryTimeout, match=r"0\.3 s"):
        sparql.query(generation, SLOW, timeout=0.3)
    assert time.perf_counter() - started < 3
    assert worker.process.returncode is not None
    if os.name != "nt":
        with pytest.raises(ProcessLookupError):
            os.kill(worker.process.pid, 0)
    assert sparql.query(generation, "ASK { ?s a kg:Claim }").boolean  # by a new process


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_worker_ends_with_its_parent_in_the_middle_of_a_query(generation):
    script = (
        "import sys; from pathlib import Path; from kg import sparql; from kg.generation import Generation\n"
        "g = Generation(Path(sys.argv[1])); sparql.query(g, 'ASK {}')\n"
        "print(sparql._POOL._idle[0].process.pid, flush=True)\n"
        f"sparql.query(g, {SLOW!r}, timeout=60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(generation.path)], stdout=subprocess.PIPE
    ) as parent:
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        os.kill(worker, 0)  # it is there
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        stat = Path(f"/proc/{worker}/stat")
        if stat.exists() and ") Z" in stat.read_text():  # dead, and nobody here to wait for it
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")


def test_nothing_is_called_over_the_network(generation):
    """Even the queries that look most like a call leave a listening server alone."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        do_POST = do_GET

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}/"
        for text in CALLS:
            with pytest.raises(QueryRefused):
                sparql.query(generation, text.replace("http://e/", here), timeout=20)
        server.shutdown()
    assert calls == []


def test_two_threads_may_ask_at_once(generation):
    counts = []

    def ask():
        rows = sparql.query(generation, "SELECT ?c { ?c a kg:Claim }", timeout=30).rows
        counts.append(len(rows))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [15] * 6


def test_a_worker_that_died_is_replaced(generation):
    sparql.query(generation, "ASK {}")
    for worker in sparql._POOL._idle:
        worker.process.kill()
        worker.process.wait()
    assert sparql.query(generation, "ASK {}").boolean


def test_results_do_not_touch_the_graph(generation):
    before = graphs.canonical_nquads(generation.store)
    for text in UPDATES:
        with pytest.raises(QueryRefused):
            sparql.query(generation, text)
    assert graphs.canonical_nquads(generation.store) == before
