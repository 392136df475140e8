"""SHACL and quotes: what is sound passes, each kind of damage is found."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import graphs, iris, terms, vocab
from kg.errors import UnknownReport
from kg.validate import validate
from kg.workspace import Workspace


def test_a_sound_workspace_conforms(generation):
    result = validate(generation)
    assert result.violations == ()
    assert result.conforms
    assert (result.reports, result.claims) == (3, 15)


def test_one_report_may_be_named(generation):
    assert validate(generation, ["weekly-2"]).claims == 5
    with pytest.raises(UnknownReport):
        validate(generation, ["weekly-9"])


DAMAGES = {
    "no subject": ("DELETE { ?c rdf:subject ?s } WHERE { ?c rdf:subject ?s }", "exactly one subject"),
    "two subjects": ("INSERT { ?c rdf:subject ent:tsmc } WHERE { ?c rdf:subject ?s }", "exactly one subject"),
    "a stranger": ("INSERT { ?c rdf:object ent:nobody } WHERE { ?c kg:modality 'denied' }", "at most one object"),
    "no predicate": ("DELETE { ?c rdf:predicate ?p } WHERE { ?c rdf:predicate ?p }", "exactly one predicate"),
    "a predicate of nowhere": (
        "DELETE { ?c rdf:predicate ?p } INSERT { ?c rdf:predicate kg:loves } WHERE { ?c rdf:predicate ?p }",
        "a relation of the ontology",
    ),
    "nothing said": ("DELETE { ?c rdf:object ?o } WHERE { ?c rdf:object ?o ; kg:modality 'denied' }", "an object, a value"),
    "a modality of nowhere": (
        "DELETE { ?c kg:modality 'plan' } INSERT { ?c kg:modality 'maybe' } WHERE { ?c kg:modality 'plan' }",
        "one modality",
    ),
    "too sure": (
        "DELETE { ?c kg:confidence ?n } INSERT { ?c kg:confidence 1.5 } WHERE { ?c kg:confidence ?n }",
        "from 0 to 1",
    ),
    "no evidence": ("DELETE { ?c prov:wasDerivedFrom ?e } WHERE { ?c prov:wasDerivedFrom ?e }", "exactly one evidence"),
    "no extractor": ("DELETE { ?c kg:extractor ?e } WHERE { ?c kg:extractor ?e }", "names its extractor"),
    "min above max": ("DELETE { ?c kg:valueMin ?n } INSERT { ?c kg:valueMin 900000 } WHERE { ?c kg:valueMin ?n ; kg:unit '대' }", "not above its maximum"),
    "a made-up currency": ("DELETE { ?c kg:currency ?n } INSERT { ?c kg:currency '달러' } WHERE { ?c kg:currency ?n }", "ISO 4217"),
    "end before start": ("DELETE { ?e oa:end ?n } INSERT { ?e oa:end 0 } WHERE { ?e oa:end ?n }", "before its end"),
    "an empty quote": ("DELETE { ?e oa:exact ?q } INSERT { ?e oa:exact '' } WHERE { ?e oa:exact ?q }", "not empty"),
    "another quote": ("DELETE { ?e oa:exact ?q } INSERT { ?e oa:exact '지어낸 말' } WHERE { ?e oa:exact ?q }", "not the quote"),
    "a moved quote": ("DELETE { ?e oa:start ?n } INSERT { ?e oa:start ?m } WHERE { ?e oa:start ?n BIND(?n + 1 AS ?m) }", "not the quote"),
    "evidence of nowhere": ("DELETE { ?e dcterms:isPartOf ?r } WHERE { ?e a kg:Evidence ; dcterms:isPartOf ?r }", "exactly one report"),
    "no date": ("DELETE { ?r dcterms:date ?d } WHERE { ?r dcterms:date ?d }", "exactly one date"),
    "no date but text": ("DELETE { ?r dcterms:date ?d } INSERT { ?r dcterms:date '어제' } WHERE { ?r dcterms:date ?d }", "exactly one date"),
    "no title": ("DELETE { ?r dcterms:title ?d } WHERE { ?r dcterms:title ?d }", "exactly one title"),
    "no class": ("DELETE { ent:tsmc a ?k } WHERE { ent:tsmc a ?k }", "class of the ontology"),
    "no label": ("DELETE { ent:x_gpt7 skos:prefLabel ?k } WHERE { ent:x_gpt7 skos:prefLabel ?k }", "has a label"),
    "a lost claim": ("DELETE { ?c ?p ?o } WHERE { ?c ?p ?o ; kg:modality 'plan' }", "another number"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(make, tmp_path_factory):
    home = Workspace(tmp_path_factory.mktemp("sound"))
    return home.commit(add=[make.pair(1)], index=make.index())


class Damaged:
    """A generation whose graph was changed behind its back."""

    def __init__(self, sound, update: str) -> None:
        self._sound = sound
        self.store = ox.Store()
        self.store.extend(list(sound.store))
        before = graphs.canonical_nquads(self.store)
        graph = f"WITH <{iris.report_iri('weekly-1')}> "
        self.store.update(graph + update, prefixes=vocab.PREFIXES)
        assert graphs.canonical_nquads(self.store) != before
        self.store.clear_graph(terms.UNION)
        self.store.extend([ox.Quad(*quad.triple) for quad in self.store])

    def __getattr__(self, name):
        return getattr(self._sound, name)


@pytest.mark.parametrize(("update", "message"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found(sound, update, message):
    result = validate(Damaged(sound, update))
    assert not result.conforms
    assert any(message in str(v) for v in result.violations), [str(v) for v in result.violations]
    assert all(v.report == "weekly-1" for v in result.violations)


def test_a_graph_of_no_report_is_found(sound):
    damaged = Damaged(sound, "INSERT { ent:a kg:uses ent:b } WHERE {}")
    damaged.store.update(f"INSERT DATA {{ GRAPH <{vocab.REPORT}other> {{ <a:a> <a:b> <a:c> }} }}")
    damaged.store.update("INSERT DATA { <a:x> <a:y> <a:z> }")
    found = [str(v) for v in validate(damaged).violations]
    assert any("belongs to no report" in text for text in found)
    assert any("outside the graph" in text for text in found)
    assert any("missing from the default" in text for text in found)


def test_a_claim_may_miss_what_is_optional(make, workspace):
    report, extraction = make.pair(1)
    bare = tuple(replace(c, qualifiers={}, attributed_to=None) for c in extraction.claims)
    generation = workspace.commit(
        add=[(report, replace(extraction, claims=bare, mentions=()))], index=make.index()
    )
    assert validate(generation).conforms
