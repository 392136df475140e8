"""A report's own graph and that of what models read in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import graphs
from kg.claim import BY_MODEL, Entity
from kg.facts import Facts
from kg.graphs import graph_of, model_graph_of, report_of
from kg.network import Network
from kg.quads import report_quads
from kg.validate import validate
from kg.workspace import Workspace

LAB = Entity("x_시험연구소", "Organization", "시험연구소")


def read_too(make, number: int = 1):
    """The report of that number with two claims by a model, one about a new entity."""
    report, extraction = make.pair(number)
    maker, *_ = (c for c in extraction.claims if c.predicate == "produces")
    by_model = {"extractor": BY_MODEL + "test:model"}
    quote = "브로드컴은 구글과 TPU v7을 함께 개발하고 있다"
    claims = (
        make.claim(report, quote, maker.subject, "supplies", maker.object, **by_model),
        make.claim(report, quote, LAB, "develops", maker.object, **by_model),
    )
    return report, replace(extraction, claims=(*extraction.claims, *claims))


@pytest.mark.parametrize("report", ["weekly-1", "주간 1/llm", "a%b"])
def test_a_graph_tells_its_report(report):
    assert report_of(graph_of(report).value) == report_of(model_graph_of(report).value) == report
    assert graph_of(report) != model_graph_of(report)


def test_the_reports_own_graph_is_the_same_with_and_without_a_model(make):
    without, with_model = report_quads(*make.pair()), report_quads(*read_too(make))
    own = graph_of("weekly-1")
    assert [q for q in with_model if q.graph_name == own] == without
    assert any(q.subject.value.endswith(LAB.id) for q in with_model)
    assert {q.graph_name for q in with_model} == {own, model_graph_of("weekly-1")}


def test_dropping_what_a_model_read_leaves_no_trace(make, tmp_path):
    plain = Workspace(tmp_path / "plain").commit(
        add=[make.pair(1), make.pair(2)], index=make.index()
    )
    home = Workspace(tmp_path / "both")
    both = home.commit(add=[read_too(make, 1), read_too(make, 2)], index=make.index())
    assert graphs.canonical_nquads(both.store) != graphs.canonical_nquads(plain.store)
    assert LAB.id in both.names_by_id
    home.commit(add=[make.pair(1)], index=make.index())
    after = home.commit(add=[make.pair(2)], index=make.index())
    assert graphs.canonical_nquads(after.store) == graphs.canonical_nquads(plain.store)
    assert LAB.id not in after.names_by_id
    assert sorted(map(str, after.store)) == sorted(map(str, plain.store)), "the union too"


def test_removing_a_report_removes_both_graphs(make, tmp_path):
    alone = Workspace(tmp_path / "alone").commit(add=[read_too(make, 1)], index=make.index())
    home = Workspace(tmp_path / "two")
    home.commit(add=[read_too(make, 1), read_too(make, 2)], index=make.index())
    after = home.commit(remove=["weekly-2"], index=make.index())
    assert graphs.canonical_nquads(after.store) == graphs.canonical_nquads(alone.store)


def test_claims_of_a_model_are_read_counted_and_valid(make, tmp_path):
    report, extraction = read_too(make)
    generation = Workspace(tmp_path / "home").commit(add=[(report, extraction)], index=make.index())
    assert validate(generation).conforms
    assert generation.info(report.id).claims == len(extraction.claims)
    found = Facts(generation).claims_of(subject=LAB.id, report=report.id)
    assert [(c.subject, c.predicate, c.by_model) for c in found] == [(LAB, "develops", True)]
    edges = [e for e in Network.of(generation).edges if e.subject == LAB.id]
    assert [edge.report for edge in edges] == [report.id]
