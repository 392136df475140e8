"""Reading claims back."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest

from kg import rdf, vocab
from kg.errors import GraphError, UnknownEntity, UnknownReport
from kg.facts import Facts


@pytest.fixture(scope="module")
def facts(generation):
    return Facts(generation)


def all_claims(make):
    return {c.id: c for n in (1, 2, 3) for c in make.pair(n)[1].claims}


def test_claims_come_back_equal_and_in_the_order_asked(make, facts):
    claims = list(all_claims(make).values())[::-1]
    assert facts.claims(rdf.claim_iri(c.id) for c in claims) == claims


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"subject": "broadcom"}, 6),
        ({"subject": vocab.ENTITY + "broadcom", "predicate": "acquires"}, 3),
        ({"predicate": "coDevelops"}, 3),
        ({"object": "x_tpuv7"}, 6),
        ({"object": "x_tpuv7", "subject": "tsmc", "report": "weekly-2"}, 1),
        ({"report": "weekly-1"}, 5),
        ({"report": "weekly-1", "until": dt.date(2025, 1, 5)}, 0),
        ({"until": dt.date(2025, 1, 13)}, 10),
        ({"subject": "x_nothing"}, 0),
        ({}, 15),
    ],
)
def test_claims_of(make, facts, asked, expected):
    found = facts.claims_of(**asked)
    assert len(found) == expected
    assert found == sorted(found, key=facts.place)
    assert all(c == all_claims(make)[c.id] for c in found)
    if subject := asked.get("subject"):
        assert {c.subject.id for c in found} <= {subject.rsplit("/", 1)[-1]}


def test_select_and_ask(facts):
    rows = facts.select(
        "SELECT ?v ?u ?none { ?c kg:valueText ?v OPTIONAL { ?c kg:unit ?u } } ORDER BY ?v LIMIT 2"
    )
    assert rows == [("1,410점", "점", None), ("1,420점", "점", None)]
    assert facts.ask("ASK { ent:broadcom kg:coDevelops ent:x_tpuv7 }")
    assert not facts.ask("ASK { ent:broadcom kg:acquires ent:tsmc }")


def test_wrong_questions_are_told(facts):
    with pytest.raises(GraphError, match="not a SELECT"):
        facts.select("ASK {}")
    with pytest.raises(GraphError, match="not an ASK"):
        facts.ask("SELECT * {}")
    with pytest.raises(GraphError, match="not SPARQL"):
        facts.select("SELECT")
    with pytest.raises(GraphError, match="loves"):
        facts.claims_of(predicate="loves")
    with pytest.raises(GraphError, match="entity id"):
        facts.claims_of(subject="a> ?x ?y")
    with pytest.raises(UnknownReport, match="nothing"):
        facts.claims_of(report="nothing")
    with pytest.raises(GraphError, match="no claim"):
        facts.claim(vocab.CLAIM + "0" * 24)
    with pytest.raises(UnknownEntity, match="nobody"):
        facts.entity("nobody")


def test_reports_entities_passages(facts):
    assert facts.report("weekly-2").date == dt.date(2025, 1, 13)
    assert facts.entity("google").label_en == "Google"
    assert facts.entity(vocab.ENTITY + "google").label == "구글"
    assert facts.passages_of("x_gpt7") == ["weekly-1#1", "weekly-2#1", "weekly-3#1"]
    assert facts.passages_of("x_nothing") == []


def test_a_look_up_costs_little_more_than_oxigraph_alone(facts, generation):
    """The bound is 1.5; twice that here leaves room for a busy machine."""
    text = "SELECT ?c { ?c rdf:subject ent:broadcom ; rdf:predicate kg:acquires }"
    store = generation.store

    def alone():
        return list(store.query(text, prefixes=vocab.PREFIXES))

    def ours():
        facts._rows.clear()
        return facts.select(text)

    def seconds(look_up):
        started = time.perf_counter()
        look_up()
        return time.perf_counter() - started

    pairs = [(seconds(ours), seconds(alone)) for _ in range(200)]
    assert statistics.median(a for a, _ in pairs) < 3 * statistics.median(b for _, b in pairs)
