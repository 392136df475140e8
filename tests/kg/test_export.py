"""Every format parses back to the graph it came from."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
from rdflib import Dataset, Graph

from kg import graphs
from kg.errors import GraphError
from kg.export import FORMATS, claim_json, export
from kg.facts import Facts
from kg.workspace import Workspace


def exported(generation, format):
    output = io.BytesIO()
    export(generation, format, output)
    return output.getvalue()


@pytest.mark.filterwarnings(
    "ignore:.* is deprecated, use Dataset:DeprecationWarning"
)  # rdflib's own
@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_datasets_parse_back(generation, format):
    kind = {"jsonld": "json-ld"}.get(format, format)
    parsed = Dataset()
    parsed.parse(data=exported(generation, format), format=kind)
    quads = {
        (s.n3(), p.n3(), o.n3(), g.n3() if hasattr(g, "n3") else f"<{g}>")
        for s, p, o, g in parsed.quads()
    }
    expected = Dataset()
    expected.parse(data=graphs.canonical_nquads(generation.store), format="nquads")
    assert quads == {
        (s.n3(), p.n3(), o.n3(), g.n3() if hasattr(g, "n3") else f"<{g}>")
        for s, p, o, g in expected.quads()
    }
    assert len(quads) == graphs.canonical_nquads(generation.store).count(b"\n")


def test_turtle_is_the_union(generation):
    parsed = Graph().parse(data=exported(generation, "turtle"), format="turtle")
    union = {(q.subject, q.predicate, q.object) for q in generation.store}
    assert len(parsed) == len(union)
    assert parsed.query("ASK { ?c a <https://kg.example/ontology#Claim> }").askAnswer


def test_claims_are_as_promised(generation, make):
    lines = [json.loads(line) for line in exported(generation, "claims").decode().splitlines()]
    claims = Facts(generation).claims_of()
    assert lines == [claim_json(claim) for claim in claims]
    texts = {n: make.pair(n)[0].text for n in (1, 2, 3)}
    for line in lines:
        evidence = line["evidence"]
        text = texts[int(line["report"][-1])]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    plan = next(line for line in lines if line["modality"] == "plan")
    assert plan == {
        "claim": plan["claim"],
        "report": "weekly-1",
        "subject": {"iri": "https://kg.example/entity/tsmc", "label": "TSMC", "class": "Company"},
        "predicate": "produces",
        "object": {"iri": "https://kg.example/entity/x_tpuv7", "label": "TPU v7", "class": "Chip"},
        "value": {
            "text": "75만~80만 대",
            "min": 750000,
            "max": 800000,
            "unit": "대",
            "currency": None,
        },
        "qualifiers": {"period": "2026"},
        "modality": "plan",
        "attributed_to": None,
        "evidence": {
            "section": ["I. 반도체", "1. 맞춤형 칩 > 구글"],
            "page": None,
            "table": None,
            "row": None,
            "column": None,
            "quote": "TSMC는 내년에 TPU v7을 75만~80만 대 생산할 계획",
            "start": plan["evidence"]["start"],
            "end": plan["evidence"]["end"],
        },
        "extractor": "test/1",
        "confidence": 1,
    }
    assert [line["confidence"] for line in lines].count(0.9) == 3


def test_csv_has_a_line_a_claim(generation):
    data = exported(generation, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 15
    row = next(r for r in rows if r["predicate"] == "produces")
    assert (row["subject_label"], row["object_label"], row["min"], row["unit"]) == (
        "TSMC",
        "TPU v7",
        "750000",
        "대",
    )
    assert (row["date"], row["qualifiers"], row["currency"]) == ("2025-01-06", "period=2026", "")
    assert None not in row


def test_graphml_is_the_network(generation):
    graph = nx.parse_graphml(exported(generation, "graphml").decode())
    assert graph.number_of_edges() == 12  # the three hasMetric have no object
    assert graph.nodes["broadcom"]["label"] == "브로드컴"
    edges = graph.get_edge_data("broadcom", "tsmc")
    assert {edge["modality"] for edge in edges.values()} == {"denied"}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_reports_in_any_order_give_the_same_bytes(generation, make, tmp_path, format):
    other = Workspace(tmp_path / "other")
    for number in (3, 1, 2):
        again = other.commit(add=[make.pair(number)], index=make.index())
    assert exported(again, format) == exported(generation, format)


def test_another_format_is_refused(generation):
    with pytest.raises(GraphError, match="turtle"):
        export(generation, "pdf", io.BytesIO())
