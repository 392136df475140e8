"""ontology.ttl and vocab.py say the same."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from kg import vocab
from kg.claim import MODALITIES
from kg.store import ONTOLOGY_FILE, SHAPES_FILE

KG = Namespace(vocab.ONTOLOGY)
SH = Namespace("http://www.w3.org/ns/shacl#")
STRUCTURE = {
    "valueText", "valueMin", "valueMax", "unit", "currency", "modality", "attributedTo", "extractor",
    "confidence", "section", "table", "row", "column", "page", "printedPage", "week", "sha256",
    "ticker", "curated", "mentions", "printedLabel",
}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY_FILE)


def named(ontology: Graph, kind: URIRef) -> set[str]:
    return {str(s).removeprefix(vocab.ONTOLOGY) for s in ontology.subjects(RDF.type, kind)}


def test_relations_are_the_predicates_of_vocab(ontology):
    assert named(ontology, KG.Relation) == set(vocab.PREDICATES)
    for kind, flag in (
        (KG.LiteralRelation, "literal"),
        (KG.FunctionalRelation, "functional"),
        (OWL.SymmetricProperty, "symmetric"),
    ):
        expected = {p.name for p in vocab.PREDICATES.values() if getattr(p, flag)}
        assert named(ontology, kind) == expected


def test_labels_are_those_of_vocab(ontology):
    for p in vocab.PREDICATES.values():
        labels = set(ontology.objects(KG[p.name], RDFS.label))
        assert labels == {Literal(p.ko, lang="ko"), Literal(p.en, lang="en")}
    for name, ko in vocab.QUALIFIERS.items():
        assert Literal(ko, lang="ko") in set(ontology.objects(KG[name], RDFS.label))


def test_qualifiers_are_those_of_vocab(ontology):
    assert named(ontology, KG.Qualifier) == set(vocab.QUALIFIERS)


def test_classes_are_those_of_vocab(ontology):
    below = set(ontology.transitive_subjects(RDFS.subClassOf, KG.Entity)) - {KG.Entity}
    assert {str(c).removeprefix(vocab.ONTOLOGY) for c in below} == set(vocab.CLASSES)


def test_nothing_else_is_a_property(ontology):
    properties = named(ontology, RDF.Property)
    assert properties == set(vocab.PREDICATES) | set(vocab.QUALIFIERS) | STRUCTURE


def test_everything_is_labelled_and_defined_in_both_languages(ontology):
    terms = {s for s in ontology.subjects() if str(s).startswith(vocab.ONTOLOGY)}
    assert len(terms) > 80
    for term in terms:
        for predicate in (RDFS.label, RDFS.comment):
            languages = sorted(o.language for o in ontology.objects(term, predicate))
            assert languages == ["en", "ko"], (term, predicate)


def test_properties_have_domains_and_ranges_that_exist(ontology):
    known = {s for s in ontology.subjects() if str(s).startswith(vocab.ONTOLOGY)}
    schema = Namespace(vocab.PREFIXES["schema"])
    for name in named(ontology, RDF.Property):
        ends = [
            *ontology.objects(KG[name], RDFS.domain),
            *ontology.objects(KG[name], schema.domainIncludes),
            *ontology.objects(KG[name], RDFS.range),
            *ontology.objects(KG[name], schema.rangeIncludes),
        ]
        assert len(ends) >= 2, name
        assert all(e in known for e in ends if str(e).startswith(vocab.BASE)), name


def test_it_is_aligned_with_the_usual_vocabularies(ontology):
    supers = {str(o) for o in ontology.objects(None, RDFS.subClassOf)}
    for iri in (
        vocab.PREFIXES["prov"] + "Entity",
        vocab.PREFIXES["oa"] + "Selector",
        vocab.PREFIXES["schema"] + "Organization",
        str(SKOS.Concept),
        str(RDF.Statement),
    ):
        assert iri in supers


def test_there_are_no_blank_nodes(ontology):
    assert not [n for n in ontology.all_nodes() if isinstance(n, BNode)]


def test_shapes_use_only_what_the_ontology_knows(ontology):
    shapes = Graph().parse(SHAPES_FILE)
    used = {n for n in shapes.all_nodes() if str(n).startswith(vocab.ONTOLOGY)}
    assert used <= {s for s in ontology.subjects()}
    (allowed,) = shapes.objects(None, SH["in"])
    assert {str(item) for item in shapes.items(allowed)} == set(MODALITIES)
