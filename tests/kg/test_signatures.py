"""Domains and ranges as the ontology says them."""

from __future__ import annotations

from kg.signatures import signatures
from kg.vocab import PREDICATES


def test_every_relation_has_a_signature_and_a_gloss():
    found = signatures()
    assert list(found) == list(PREDICATES)
    assert all(item.gloss.endswith(".") for item in found.values())


def test_classes_below_those_named_are_allowed_too():
    ships = signatures()["ships"]
    assert ships.named == (("Company", "Organization"), ("Chip", "Product"))
    assert signatures()["acquires"].allows_object("Chip"), "a chip is a product"
    assert not ships.allows_subject("Person")
    assert not ships.allows_object("Company")


def test_a_literal_relation_takes_any_subject_when_the_ontology_names_none():
    metric = signatures()["hasMetric"]
    assert metric.literal
    assert metric.allows_subject("Policy")
    assert not signatures()["marketSize"].allows_subject("Person")
