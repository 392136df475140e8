"""Paths, neighbours, centrality."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kg.claim import Entity, Extraction
from kg.errors import GraphError, UnknownEntity
from kg.facts import Facts
from kg.network import Network

A, B, C, D, E = (Entity(f"x_{n}", "Company", f"회사{n}") for n in "abcde")
HUB = Entity("x_hub", "Company", "큰회사")
OTHERS = [Entity(f"x_o{n}", "Company", f"남{n}") for n in range(12)]


def network(make, workspace, ties):
    """Commit one report whose claims are ``(subject, object, modality)``."""
    text = "\n".join(f"{s.label}와 {o.label} 사이의 {m}" for s, o, m in ties)
    report = make.report(1, text=text)
    claims = tuple(
        make.claim(report, f"{s.label}와 {o.label} 사이의 {m}", s, "partnersWith", o, modality=m)
        for s, o, m in ties
    )
    extraction = Extraction(report.id, (), (), claims)
    return Network.of(workspace.commit(add=[(report, extraction)], index=make.index()))


def ways(paths):
    return ["".join(e.label[-1] for e in path.entities) for path in paths]


def test_a_path_of_facts_beats_a_shorter_rumour(make, workspace):
    net = network(make, workspace, [(A, B, "fact"), (C, B, "fact"), (A, C, "denied")])
    paths = net.paths(A.id, C.id)
    assert ways(paths) == ["abc", "ac"]
    assert [step.modality for step in paths[0].steps] == ["fact", "fact"]
    assert paths[1].steps[0].modality == "denied"
    assert paths[0].steps[1].claims[0].subject == C  # an edge may be walked backwards
    assert paths[0].cost < paths[1].cost


def test_a_step_shows_all_claims_facts_first(make, workspace):
    net = network(make, workspace, [(A, B, "rumour"), (B, A, "fact"), (A, B, "plan")])
    (path,) = net.paths(A.id, B.id)
    assert [c.modality for c in path.steps[0].claims] == ["fact", "plan", "rumour"]


def test_hubs_are_not_the_way(make, workspace):
    ties = [(A, HUB, "fact"), (HUB, C, "fact"), (A, B, "fact"), (B, C, "fact")]
    net = network(make, workspace, ties + [(HUB, o, "fact") for o in OTHERS])
    assert [p.entities[1].id for p in net.paths(A.id, C.id)] == [B.id, HUB.id]


def test_at_most_k_paths_of_bounded_length(make, workspace):
    chain = [(A, B, "fact"), (B, C, "fact"), (C, D, "fact"), (D, E, "fact"), (A, E, "denied")]
    net = network(make, workspace, chain)
    assert ways(net.paths(A.id, E.id, k=1)) == ["abcde"]
    assert ways(net.paths(A.id, E.id, longest=3)) == ["ae"]
    assert net.paths(A.id, E.id) == net.paths(A.id, E.id)


def test_no_path_and_wrong_names(make, workspace):
    net = network(make, workspace, [(A, B, "fact"), (C, D, "fact")])
    assert net.paths(A.id, C.id) == []
    with pytest.raises(UnknownEntity, match="x_e"):
        net.paths(A.id, E.id)
    with pytest.raises(GraphError, match="twice"):
        net.paths(A.id, A.id)


def test_neighbours_and_neighbourhood(make, workspace):
    ties = [(A, B, "fact"), (A, B, "plan"), (C, A, "fact"), (C, D, "fact"), (A, A, "fact")]
    net = network(make, workspace, ties)
    assert [(s.end.id, len(s.claims)) for s in net.neighbours(A.id)] == [(B.id, 2), (C.id, 1)]
    near = net.neighbourhood(A.id)
    assert [e.id for e in near.entities] == [A.id, B.id, C.id]
    assert len(near.edges) == 4
    assert len(net.neighbourhood(A.id, hops=2).edges) == 5


def test_the_best_connected_is_most_central(make, workspace):
    ties = [(A, B, "fact"), (A, C, "fact"), (A, D, "plan"), (D, E, "fact"), (A, D, "fact")]
    net = network(make, workspace, ties)
    ranks = net.central()
    assert [r.entity for r in ranks[:2]] == [A, D]
    assert (ranks[0].neighbours, ranks[1].neighbours) == (3, 2)
    assert sum(rank.score for rank in ranks) == pytest.approx(1)
    assert net.central(2) == ranks[:2]


def test_communities(make, workspace):
    ties = [(A, B, "fact"), (B, C, "fact"), (A, C, "fact"), (D, E, "fact")]
    groups = network(make, workspace, ties).communities()
    assert [[e.id for e in group] for group in groups] == [[A.id, B.id, C.id], [D.id, E.id]]


def test_the_multigraph_has_an_edge_a_claim(generation):
    graph = Network.of(generation).multigraph()
    assert graph.number_of_edges() == 12
    data = list(graph.get_edge_data("tsmc", "x_tpuv7").values())
    assert {(d["predicate"], d["modality"]) for d in data} == {("produces", "plan")}
    assert len(data) == 3


def test_claims_in_hand_give_the_same_network(generation):
    whole, light = Network(Facts(generation).claims_of()), Network.of(generation)
    assert whole.edges == light.edges
    assert whole.paths("broadcom", "tsmc")[0].cost == light.paths("broadcom", "tsmc")[0].cost
    assert whole.graphml() == light.graphml()


def test_only_reports_up_to_a_date(generation):
    assert len(Network.of(generation, until=dt.date(2025, 1, 13)).edges) == 8
    assert Network.of(generation, until=dt.date(2024, 1, 1)).entities == []


def test_an_empty_network(make, workspace):
    report, extraction = make.pair(1)
    none = replace(extraction, claims=())
    net = Network.of(workspace.commit(add=[(report, none)], index=make.index()))
    assert (net.central(), net.communities(), net.entities) == ([], [], [])
