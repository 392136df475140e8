"""Claims to quads and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.report import Passage, Report, Span
from kg import graphs, iris, stored, vocab
from kg.claim import MODALITIES, Claim, Entity, Evidence, Extraction, Mention, Value, entity_id
from kg.errors import GraphError
from kg.quads import _entity_triples, report_quads
from kg.store import load

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = TEXT.filter(bool)
MAYBE = st.none() | TEXT
NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**16), max_value=10**16
)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    label = draw(WORDS)
    aliases = draw(st.sets(WORDS, max_size=3))
    known_as = draw(st.none() | WORDS.filter(lambda word: word != label))
    if known_as is not None:
        aliases = {*aliases, known_as} - {label}
    return Entity(
        id=entity_id(label),
        cls=draw(st.sampled_from(vocab.CLASSES)),
        label=label,
        label_en=draw(st.none() | WORDS),
        aliases=tuple(sorted(aliases)),
        ticker=draw(st.none() | WORDS),
        curated=draw(st.booleans()),
        known_as=known_as,
    )


@st.composite
def extractions(draw: st.DrawFn) -> tuple[Report, Extraction]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=2, max_size=60))
    id_ = draw(WORDS)
    date = draw(st.dates(min_value=dt.date(1990, 1, 1)))
    passages = (Passage(f"{id_}#0", (), "prose", Span(0, len(text))),)
    report = Report(
        id_, draw(TEXT), draw(MAYBE), (), date, "x", "text", "0", text, (), (), passages
    )
    known = draw(st.lists(entities(), min_size=1, max_size=4, unique_by=lambda e: e.id))
    claims = draw(st.lists(claims_in(report, known), max_size=4))
    mentions = tuple(Mention(e.id, 0, 1) for e in known)
    return report, Extraction(id_, tuple(known), mentions, tuple(claims))


@st.composite
def claims_in(draw: st.DrawFn, report: Report, known: list[Entity]) -> Claim:
    start = draw(st.integers(0, len(report.text) - 1))
    end = draw(st.integers(start + 1, len(report.text)))
    value = draw(
        st.none() | st.builds(Value, TEXT, st.none() | NUMBERS, st.none() | NUMBERS, MAYBE, MAYBE)
    )
    target = draw(st.sampled_from(known) if value is None else st.none() | st.sampled_from(known))
    evidence = Evidence(
        report.id,
        tuple(draw(st.lists(TEXT, max_size=3))),
        report.text[start:end],
        start,
        end,
        draw(st.none() | st.integers(1, 999)),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
    )
    return Claim(
        subject=draw(st.sampled_from(known)),
        predicate=draw(st.sampled_from(list(vocab.PREDICATES))),
        object=target,
        value=value,
        evidence=evidence,
        qualifiers=draw(st.dictionaries(st.sampled_from(list(vocab.QUALIFIERS)), TEXT, max_size=3)),
        modality=draw(st.sampled_from(MODALITIES)),
        attributed_to=draw(MAYBE),
        extractor=draw(TEXT),
        confidence=draw(st.decimals(0, 1, places=3)),
    )


def store_of(quads):
    store = ox.Store()
    load(store, quads)
    return store


def read(store, claim):
    return stored.claim_from(
        store, iris.claim_iri(claim.id), lambda n, g: stored.entity_from(store, n, g)
    )


@given(extractions())
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_a_stored_claim_comes_back_equal(drawn):
    report, extraction = drawn
    store = store_of(report_quads(report, extraction))
    first = {claim.id: claim for claim in reversed(extraction.claims)}
    for claim in first.values():
        assert read(store, claim) == claim


@given(extractions(), st.randoms())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_quads_do_not_depend_on_the_order_of_discovery(drawn, random):
    report, extraction = drawn
    claims = {claim.id: claim for claim in extraction.claims}
    one = replace(extraction, claims=tuple(claims.values()))
    shuffled = list(one.claims)
    random.shuffle(shuffled)
    two = replace(
        one, claims=tuple(shuffled), entities=one.entities[::-1], mentions=one.mentions[::-1]
    )
    assert report_quads(report, one) == report_quads(report, two)


@given(st.lists(st.text("a> \\b", max_size=6), max_size=4))
def test_a_section_path_survives_arrows_in_headings(path):
    assert iris.section_path(iris.section_text(tuple(path)) if path else None) == tuple(path)


@given(NUMBERS)
def test_decimals_are_canonical(number):
    text = iris.decimal_text(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert text != "-0"
    assert not (("." in text) and text.endswith("0"))


def test_the_shape_of_one_claim(make):
    report, extraction = make.pair()
    store = store_of(report_quads(report, extraction))
    ask = """ASK { GRAPH report:weekly-1 {
        ?c a kg:Claim, rdf:Statement ; rdf:subject ent:broadcom ; rdf:predicate kg:coDevelops ;
           rdf:object ent:x_tpuv7 ; kg:partner "구글" ; kg:modality "fact" ;
           kg:attributedTo "브로드컴" ; kg:extractor "test/1" ; kg:confidence 0.9 ;
           prov:wasDerivedFrom ?e .
        ?e a kg:Evidence, oa:TextQuoteSelector, oa:TextPositionSelector ;
           oa:exact "브로드컴은 구글과 TPU v7을 함께 개발하고 있다" ; oa:start ?start ; oa:end ?end ;
           kg:section "I. 반도체 > 1. 맞춤형 칩 \\\\> 구글" ; dcterms:isPartOf report:weekly-1 .
        report:weekly-1 a kg:Report, prov:Entity ; dcterms:identifier "weekly-1" ;
           dcterms:date "2025-01-06"^^xsd:date ; dcterms:publisher "시험 리서치" ;
           dcterms:creator "김하나", "Lee" ; kg:week "2025-W02" .
        ent:broadcom a kg:Company ; skos:prefLabel "브로드컴"@ko, "Broadcom"@en ;
           skos:altLabel "AVGO", "브로드콤"@ko ; kg:ticker "AVGO" ; kg:curated true .
        ?p a kg:Passage ; dcterms:isPartOf report:weekly-1 ; kg:mentions ent:x_gpt7 .
        FILTER(?end - ?start = STRLEN("브로드컴은 구글과 TPU v7을 함께 개발하고 있다")) } }"""
    assert bool(store.query(ask, prefixes=vocab.PREFIXES))


def test_a_thing_has_one_preferred_name_whatever_a_report_prints() -> None:
    entity = Entity(
        "dod", "Organization", "미 국방부", None, ("미국 국방부",), known_as="미국 국방부"
    )
    triples = {(p.value.rpartition("/")[2], str(o)) for _, p, o in _entity_triples(entity)}
    told = {(name.rpartition("#")[2], text) for name, text in triples if "국방부" in text}
    assert told == {
        ("prefLabel", '"미국 국방부"@ko'),
        ("altLabel", '"미 국방부"@ko'),
        ("printedLabel", '"미 국방부"@ko'),
    }


def test_only_facts_become_direct_triples(make):
    report, extraction = make.pair()
    store = store_of(report_quads(report, extraction))
    direct = {
        (q.subject.value.rsplit("/", 1)[1], q.predicate.value.rsplit("#", 1)[1], q.object.value)
        for q in store.quads_for_pattern(None, None, None, graphs.graph_of(report.id))
        if q.subject.value.startswith(vocab.ENTITY)
        and q.predicate.value.removeprefix(vocab.ONTOLOGY) in vocab.PREDICATES
    }
    assert direct == {
        ("broadcom", "coDevelops", vocab.ENTITY + "x_tpuv7"),
        ("google", "hasMetric", "100억 달러"),
        ("x_gpt7", "scores", vocab.ENTITY + "x_elo점수"),
    }


@pytest.mark.parametrize("name", ["주간 보고서 #1?", "a/b\\c", "100% 확정", "<x>", "이름.v2"])
def test_any_report_id_makes_a_safe_iri(name):
    assert iris.local_id(ox.NamedNode(iris.report_iri(name)).value) == name
    assert iris.local_id(ox.NamedNode(iris.passage_iri(name + "#0")).value) == name + "#0"


@pytest.mark.parametrize("id_", ["", "a b", "a>b", "a%zz", 'a"b', "a\nb"])
def test_an_unsafe_entity_id_is_refused(id_):
    with pytest.raises(GraphError, match="entity id"):
        iris.entity_iri(id_)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"predicate": "loves"}, "predicate 'loves'"),
        ({"modality": "maybe"}, "modality 'maybe'"),
        ({"qualifiers": {"mood": "good"}}, "qualifiers"),
        ({"object": None}, "neither object"),
        ({"confidence": Decimal("1.5")}, "confidence"),
        ({"confidence": Decimal("NaN")}, "confidence"),
        ({"value": Value("x", Decimal("Infinity"))}, "finite"),
    ],
)
def test_a_claim_outside_the_contract_is_refused(make, change, message):
    report, extraction = make.pair()
    broken = replace(extraction.claims[0], **change)
    with pytest.raises(GraphError, match=message):
        report_quads(report, replace(extraction, claims=(broken,)))


def test_a_quote_that_does_not_stand_there_is_refused(make):
    report, extraction = make.pair()
    claim = extraction.claims[0]
    moved = replace(claim.evidence, start=claim.evidence.start + 1)
    with pytest.raises(GraphError, match="own text there"):
        report_quads(report, replace(extraction, claims=(replace(claim, evidence=moved),)))


def test_a_mention_of_nothing_known_is_refused(make):
    report, extraction = make.pair()
    stray = replace(extraction, mentions=(Mention("x_nobody", 0, 2),))
    with pytest.raises(GraphError, match="x_nobody"):
        report_quads(report, stray)


def test_no_blank_nodes(make):
    quads = report_quads(*make.pair())
    assert not [
        q
        for q in quads
        if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)
    ]
