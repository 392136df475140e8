"""Each thing has at most one preferred label a language, whichever reports there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import permutations

import pyoxigraph as ox
import pytest

from kg.claim import BY_MODEL, Entity
from kg.decisions import Decision
from kg.graphs import canonical_nquads
from kg.stored import entity_from
from kg.terms import Node, term
from kg.workspace import Generation, Workspace

TPU, TSMC, GOOGLE = "x_tpuv7", "tsmc", "google"


@pytest.fixture
def called(make):
    """Make the pair of a week in which things are called otherwise."""

    def pair(number: int, **labels: Entity):
        report, extraction = make.pair(number)
        others = {e.id: e for e in labels.values()}
        claims = tuple(
            replace(
                claim,
                subject=others.get(claim.subject.id, claim.subject),
                object=claim.object and others.get(claim.object.id, claim.object),
            )
            for claim in extraction.claims
        )
        entities = tuple(others.get(e.id, e) for e in extraction.entities)
        return report, replace(extraction, entities=entities, claims=claims)

    return pair


@pytest.fixture
def weeks(called):
    """Three weeks: the first and the last call a chip alike, the second does not."""
    chip = Entity(TPU, "Chip", "TPU v7", "TPU Seven", ("티피유",))
    other = Entity(TPU, "Chip", "TPU-v7", "TPU 7", ("TPU v7", "일곱째 TPU"))
    return [called(1, tpu=chip), called(2, tpu=other), called(3, tpu=chip)]


def preferred(generation: Generation) -> dict[tuple[str, str | None], set[str]]:
    found = defaultdict(set)
    for quad in generation.store.quads_for_pattern(None, term("skos:prefLabel"), None, None):
        found[quad.subject.value, quad.object.language].add(quad.object.value)
    return found


def names(generation: Generation, graph: Node) -> dict[str, set[str]]:
    [node] = {
        quad.subject
        for quad in generation.store.quads_for_pattern(None, term("rdf:type"), None, graph)
        if quad.subject.value.endswith("/" + TPU)
    }
    return {
        name: {
            quad.object.value
            for quad in generation.store.quads_for_pattern(node, term(name), None, graph)
        }
        for name in ("skos:prefLabel", "skos:altLabel", "kg:printedLabel")
    }


def same_union(generation: Generation) -> bool:
    """Whether the default graph holds what the named graphs hold, each triple once."""
    held = Counter(quad.triple for quad in generation.store if quad.graph_name != ox.DefaultGraph())
    union = Counter(
        quad.triple
        for quad in generation.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    )
    return union == Counter(dict.fromkeys(held, 1))


def test_the_most_usual_label_is_preferred_and_the_own_stays(make, workspace, weeks):
    from kg.graphs import graph_of

    for pair in weeks:
        generation = workspace.commit(add=[pair], index=make.index())
        assert all(len(labels) == 1 for labels in preferred(generation).values())
        assert same_union(generation)
    assert names(generation, graph_of("weekly-2")) == {
        "skos:prefLabel": {"TPU v7", "TPU Seven"},
        "skos:altLabel": {"TPU-v7", "TPU 7", "일곱째 TPU"},
        "kg:printedLabel": {"TPU-v7"},
    }
    assert names(generation, graph_of("weekly-1"))["kg:printedLabel"] == set()
    [node] = {
        q.subject for q in generation.store if q.object == ox.Literal("TPU-v7", language="ko")
    }
    entity = entity_from(generation.store, node, graph_of("weekly-2"))
    assert (entity.label, entity.known_as) == ("TPU-v7", "TPU v7")


def test_the_order_of_reports_does_not_matter(make, tmp_path, weeks):
    found = set()
    for number, order in enumerate(permutations(weeks)):
        home = Workspace(tmp_path / str(number))
        for pair in order:
            generation = home.commit(add=[pair], index=make.index())
        found.add(canonical_nquads(generation.store))
    at_once = Workspace(tmp_path / "all").commit(add=weeks, index=make.index())
    assert found == {canonical_nquads(at_once.store)}


def test_removing_a_report_leaves_no_trace(make, tmp_path, weeks):
    one, two = Workspace(tmp_path / "one"), Workspace(tmp_path / "two")
    alone = two.commit(add=[weeks[1]], index=make.index())
    one.commit(add=weeks, index=make.index())
    one.commit(remove=["weekly-1"], index=make.index())
    left = one.commit(remove=["weekly-3"], index=make.index())
    assert canonical_nquads(left.store) == canonical_nquads(alone.store)
    assert left.names == alone.names
    assert same_union(left)


def test_a_report_whose_graph_is_labelled_anew_is_not_the_same(make, workspace, weeks):
    one = workspace.commit(add=[weeks[1]], index=make.index())
    two = workspace.commit(add=[weeks[0]], index=make.index())
    assert two.shared_with(one) == frozenset()
    three = workspace.commit(add=[weeks[2]], index=make.index())
    assert three.shared_with(two) == frozenset()  # its English label is the more usual now
    four = workspace.commit(add=[make.pair(4)], index=make.index())
    assert four.shared_with(three) == {"weekly-1", "weekly-2", "weekly-3"}
    assert two.info("weekly-2") == one.info("weekly-2")


def test_what_a_model_read_is_labelled_alike(make, workspace, weeks):
    report, extraction = weeks[1]
    read = replace(extraction.claims[1], extractor=BY_MODEL + "one")
    second = report, replace(extraction, claims=(*extraction.claims, read))
    generation = workspace.commit(add=[weeks[0], second, weeks[2]], index=make.index())
    assert all(len(labels) == 1 for labels in preferred(generation).values())
    after = workspace.commit(add=[weeks[1]], index=make.index())
    assert same_union(after)


def test_merged_things_have_one_label_too(make, workspace, called):
    printed = Entity(TSMC, "Company", "대만 TSMC", None, ("TSMC",), "TSM", True, known_as="TSMC")
    report, extraction = make.pair(2)
    without = tuple(
        c for c in extraction.claims if TSMC not in (c.subject.id, c.object and c.object.id)
    )
    rest = replace(
        extraction,
        entities=tuple(e for e in extraction.entities if e.id != TSMC),
        mentions=tuple(m for m in extraction.mentions if m.entity != TSMC),
        claims=without,
    )
    first = workspace.commit(add=[called(1, tsmc=printed), (report, rest)], index=make.index())
    before = canonical_nquads(first.store)
    snapshot = Entity(TSMC, "Company", "대만 TSMC", None, ("TSMC",), "TSM", True)
    google = Entity(GOOGLE, "Company", "구글", "Google", curated=True)
    merge = Decision("d0001", "merge", snapshot, google)
    merged = workspace.commit(decide=[merge], index=make.index())
    labels = preferred(merged)
    assert all(len(found) == 1 for found in labels.values())
    assert same_union(merged)
    undone = workspace.commit(
        decide=[Decision("d0002", "undo", undoes="d0001")], index=make.index()
    )
    assert canonical_nquads(undone.store) == before
