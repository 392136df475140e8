"""SPARQL, diffs and exports on the command line, against the contract."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kg = Callable[..., Any]

CLAIM = {
    "claim", "report", "subject", "predicate", "object", "value", "qualifiers", "modality",
    "attributed_to", "evidence", "extractor", "confidence",
}  # fmt: skip
EVIDENCE = {"section", "page", "table", "row", "column", "quote", "start", "end"}
VALUE = {"text", "min", "max", "unit", "currency"}
CHANGE = {"kind", "subject", "predicate", "object", "old", "new"}
HOW_MUCH = {"absolute", "percent", "back", "score"}
KINDS = {"new", "restated", "value_changed", "status_changed", "reversed", "dropped"}
MODALITIES = {"fact", "plan", "forecast", "rumour", "opinion", "denied"}


# sparql

SELECT = "SELECT ?c ?m WHERE { ?c a kg:Claim ; kg:modality ?m } ORDER BY ?c LIMIT 3"


def test_sparql_select_in_every_format(kg: Kg) -> None:
    document = kg("sparql", SELECT, "--format", "json").json
    assert document["head"]["vars"] == ["c", "m"]
    rows = document["results"]["bindings"]
    assert [set(row) for row in rows] == [{"c", "m"}] * 3
    assert rows[0]["c"]["type"] == "uri"
    comma = list(csv.reader(io.StringIO(kg("sparql", SELECT, "--format", "csv").out)))
    assert comma[0] == ["c", "m"]
    assert [row[0] for row in comma[1:]] == [row["c"]["value"] for row in rows]
    tabs = kg("sparql", SELECT, "--format", "tsv").out.splitlines()
    assert tabs[0] == "?c\t?m"
    assert tabs[1].startswith(f"<{rows[0]['c']['value']}>\t")
    root = ET.fromstring(kg("sparql", SELECT, "--format", "xml").out)
    found = root.findall(".//{http://www.w3.org/2005/sparql-results#}uri")
    assert [node.text for node in found] == [row["c"]["value"] for row in rows]
    table = kg("sparql", SELECT).out.splitlines()
    assert table[0].split() == ["c", "m"]
    assert len(table) == 5


def test_sparql_ask(kg: Kg) -> None:
    assert kg("sparql", "ASK { ?c a kg:Claim }", "--format", "json").json["boolean"] is True
    none = kg("sparql", "ASK { ?c a kg:NoSuchClass }", "--format", "json").json
    assert none["boolean"] is False


def test_sparql_construct_and_describe_give_triples(kg: Kg) -> None:
    from rdflib import Graph, URIRef

    construct = "CONSTRUCT { ?c a kg:Claim } WHERE { ?c a kg:Claim } LIMIT 4"
    result = kg("sparql", construct, "--format", "turtle")
    assert len(Graph().parse(data=result.out, format="turtle")) == 4
    describe = "DESCRIBE <https://kg.example/entity/broadcom>"
    described = Graph().parse(
        data=kg("sparql", describe, "--format", "turtle").out, format="turtle"
    )
    assert set(described.subjects()) >= {URIRef("https://kg.example/entity/broadcom")}


def test_sparql_from_file_and_standard_input(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SELECT, encoding="utf-8")
    direct = kg("sparql", SELECT).out
    assert direct
    assert kg("sparql", "--file", tmp_path / "q.rq").out == direct
    assert kg("sparql", "-", stdin=SELECT).out == direct
    assert kg("sparql", "--file", "-", stdin=SELECT).out == direct


def test_sparql_limit_is_told_on_stderr(kg: Kg) -> None:
    result = kg("sparql", "SELECT ?c { ?c a kg:Claim }", "--limit", "2", "--format", "csv")
    assert result.code == 0
    assert len(result.out.splitlines()) == 3
    assert "--limit" in result.err


def test_sparql_timeout_stops_the_query(kg: Kg) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert "0.3" in kg("sparql", endless, "--timeout", "0.3").error(2)


# diff


def test_diff_compares_the_latest_two_weeks(kg: Kg) -> None:
    result = kg("diff")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("2025-W02 (2025-01-06) → 2025-W03 (2025-01-13)\n")


def test_diff_json_cites_both_weeks(kg: Kg, texts: dict[str, str]) -> None:
    document = kg("diff", "2025-W02", "2025-W03", "--format", "json").json
    assert set(document) == {"old", "new", "changes", "entities"}
    seen = set()
    for change in document["changes"]:
        assert set(change) - {"details"} == CHANGE | HOW_MUCH
        seen.add(change["kind"])
        assert (change["old"] is None) == (change["kind"] == "new")
        assert (change["new"] is None) == (change["kind"] == "dropped")
        for side, week in (("old", "weekly-2025-01-06"), ("new", "weekly-2025-01-13")):
            for citation in (change[side] or {"citations": []})["citations"]:
                away = change["back"] if side == "old" else None
                assert citation["report"] == (away or week)
                quote = texts[citation["report"]][citation["start"] : citation["end"]]
                assert quote == citation["quote"]
            assert change[side] is None or change[side]["citations"]
            assert change[side] is None or change[side]["modality"] in MODALITIES
    assert seen <= KINDS
    assert {"new", "value_changed", "dropped", "restated"} <= seen


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-01-06", "2025-W03"),
        ("weekly-2025-01-06", "2025-01-13"),
    ],
)
def test_diff_takes_weeks_dates_and_ids(kg: Kg, old: str, new: str) -> None:
    changes = kg("diff", old, new, "--format", "json").json["changes"]
    assert changes == kg("diff", "--format", "json").json["changes"]


def test_diff_of_one_argument_is_against_the_latest(kg: Kg) -> None:
    assert kg("diff", "2025-W01").out == kg("diff", "2025-W01", "2025-W03").out


def test_diff_formats_say_the_same(kg: Kg) -> None:
    from html.parser import HTMLParser

    html = kg("diff", "--format", "html").out
    HTMLParser().feed(html)
    assert html.lstrip().lower().startswith("<!doctype html>")
    markdown = kg("diff", "--format", "md").out
    assert markdown.startswith("#")
    for out in (html, markdown, kg("diff").out):
        assert "엔비디아" in out


def test_diff_leaves_restated_out_unless_asked(kg: Kg) -> None:
    assert "[재언급]" not in kg("diff", "--all").out
    assert "[재언급]" in kg("diff", "--restated", "--all").out
    top = kg("diff", "--top", "2", "--format", "json").json
    assert len(top["changes"]) == 2


def test_diff_exit_code(kg: Kg) -> None:
    assert kg("diff").code == 0
    assert kg("diff", "--exit-code").code == 1
    assert kg("diff", "2025-W02", "2025-W02", "--exit-code").code == 0


# export


@pytest.mark.parametrize(
    ("format_", "parser"),
    [("turtle", "turtle"), ("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")],
)
def test_export_rdf_parses_and_holds_every_claim(kg: Kg, format_: str, parser: str) -> None:
    import pyoxigraph as ox

    out = kg("export", "--format", format_).out
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "json-ld": ox.RdfFormat.JSON_LD,
    }
    claim = ox.NamedNode("https://kg.example/ontology#Claim")
    found = {
        quad.subject
        for quad in ox.parse(out.encode(), format=formats[parser])
        if quad.object == claim and quad.predicate.value.endswith("#type")
    }
    figures = kg("stats", "--json").json
    assert len({node.value for node in found if "/claim/" in node.value}) == figures["claims"]


def test_export_nquads_are_sorted(kg: Kg) -> None:
    lines = kg("export", "--format", "nquads").out.splitlines()
    assert lines == sorted(set(lines))


def test_export_claims_has_the_contracts_shape(kg: Kg, texts: dict[str, str]) -> None:
    claims = kg("export", "--format", "claims").jsonl
    assert len(claims) == kg("stats", "--json").json["claims"]
    assert len({claim["claim"] for claim in claims}) == len(claims)
    for claim in claims:
        assert set(claim) == CLAIM
        assert set(claim["subject"]) == {"iri", "label", "class"}
        assert claim["object"] is None or set(claim["object"]) == {"iri", "label", "class"}
        assert claim["value"] is None or set(claim["value"]) == VALUE
        assert claim["object"] or claim["value"]
        assert claim["modality"] in MODALITIES
        assert 0 <= float(claim["confidence"]) <= 1
        evidence = claim["evidence"]
        assert set(evidence) >= EVIDENCE
        quote = texts[claim["report"]][evidence["start"] : evidence["end"]]
        assert quote == evidence["quote"] != ""


def test_export_graphml_and_csv(kg: Kg) -> None:
    import networkx as nx

    graph = nx.parse_graphml(kg("export", "--format", "graphml").out)
    labels = {data.get("label") for _, data in graph.nodes(data=True)}
    assert {"엔비디아", "Run:ai"} <= labels
    rows = list(csv.DictReader(io.StringIO(kg("export", "--format", "csv").out)))
    assert len(rows) == kg("stats", "--json").json["claims"]
    assert any(row["predicate"] == "acquires" for row in rows)
