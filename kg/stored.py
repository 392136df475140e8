"""Claims, their evidence and entities, read back from the quads of a store."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pyoxigraph as ox

from kg import vocab
from kg.claim import Claim, Entity, Evidence, Modality, Value
from kg.errors import GraphError
from kg.graphs import graph_with
from kg.iris import local_id, section_path
from kg.terms import TYPE, UNION, Node, term

_QUALIFIERS = tuple(vocab.QUALIFIERS)
_ENTITY_FIELDS = {
    TYPE.value: "type",
    term("skos:prefLabel").value: "label",
    term("skos:altLabel").value: "alias",
    term("kg:printedLabel").value: "printed",
    term("kg:ticker").value: "ticker",
    term("kg:curated").value: "curated",
    term("skos:broaderTransitive").value: "broader",
}
_FIELD_NAMES = {
    term("rdf:subject").value: "subject",
    term("rdf:predicate").value: "predicate",
    term("rdf:object").value: "object",
    term("prov:wasDerivedFrom").value: "evidence",
    term("dcterms:isPartOf").value: "part",
    term("oa:exact").value: "exact",
    term("oa:start").value: "start",
    term("oa:end").value: "end",
}


def claim_from(store: ox.Store, iri: str, entity: Callable[[Node, Node], Entity]) -> Claim:
    """Read one claim back; ``entity(node, graph)`` supplies (and may cache) its entities.

    Raises GraphError when the store holds no such claim.
    """
    fields = _fields(store, Node(iri))
    if "evidence" not in fields:
        raise GraphError(f"no claim {iri!r} in this graph: expected the IRI of a stored claim")
    evidence = evidence_from(store, cast(Node, fields["evidence"]))
    graph = graph_with(evidence.report, fields["extractor"].value)
    qualifiers = {name: fields[name].value for name in _QUALIFIERS if name in fields}
    found = fields.get("object")
    return Claim(
        subject=entity(cast(Node, fields["subject"]), graph),
        predicate=fields["predicate"].value[len(vocab.ONTOLOGY) :],
        object=entity(found, graph) if isinstance(found, Node) else None,
        value=_value_from(fields),
        evidence=evidence,
        qualifiers=qualifiers,
        modality=cast(Modality, fields["modality"].value),
        attributed_to=_text(fields, "attributedTo"),
        extractor=fields["extractor"].value,
        confidence=Decimal(fields["confidence"].value),
    )


def evidence_from(store: ox.Store, node: Node) -> Evidence:
    """Read one evidence back."""
    fields = _fields(store, node)
    page = _text(fields, "page")
    return Evidence(
        report=local_id(fields["part"].value),
        section=section_path(_text(fields, "section")),
        quote=fields["exact"].value,
        start=int(fields["start"].value),
        end=int(fields["end"].value),
        page=None if page is None else int(page),
        printed_page=_text(fields, "printedPage"),
        table=_text(fields, "table"),
        row=_text(fields, "row"),
        column=_text(fields, "column"),
    )


def entity_from(store: ox.Store, node: Node, graph: Node) -> Entity:
    """Read one entity as one report's graph describes it; aliases come sorted."""
    cls = ticker = None
    label, english, printed, aliases, broader, curated = "", None, None, [], [], False
    for quad in store.quads_for_pattern(node, None, None, graph):
        name = _ENTITY_FIELDS.get(quad.predicate.value)
        term = cast("Node | ox.Literal", quad.object)
        if name == "type" and term.value.startswith(vocab.ONTOLOGY):
            cls = term.value[len(vocab.ONTOLOGY) :]
        elif name == "label" and isinstance(term, ox.Literal):
            label, english = (term.value, english) if term.language == "ko" else (label, term.value)
        elif name == "printed":
            printed = term.value
        elif name == "alias":
            aliases.append(term.value)
        elif name == "ticker":
            ticker = term.value
        elif name == "broader":
            broader.append(local_id(term.value))
        elif name == "curated":
            curated = term.value == "true"
    if cls is None:
        raise GraphError(f"{node.value!r} has no class in {graph.value!r}: the graph is damaged")
    names = {*aliases, label} - {printed} if printed else {*aliases}
    return Entity(
        local_id(node.value),
        cls,
        printed or label,
        english,
        tuple(sorted(names)),
        ticker,
        curated,
        tuple(sorted(broader)),
        label if printed else None,
    )


def _fields(store: ox.Store, node: Node) -> dict[str, Node | ox.Literal]:
    """Read the single-valued properties of a claim or an evidence by their short names."""
    fields: dict[str, Node | ox.Literal] = {}
    for quad in store.quads_for_pattern(node, None, None, UNION):
        iri = quad.predicate.value
        name = _FIELD_NAMES.get(iri)
        if name is None:
            if not iri.startswith(vocab.ONTOLOGY):
                continue
            name = iri[len(vocab.ONTOLOGY) :]
        fields[name] = cast("Node | ox.Literal", quad.object)
    return fields


def _text(fields: dict[str, Node | ox.Literal], name: str) -> str | None:
    term = fields.get(name)
    return None if term is None else term.value


def _value_from(fields: dict[str, Node | ox.Literal]) -> Value | None:
    text = _text(fields, "valueText")
    if text is None:
        return None
    low, high = _text(fields, "valueMin"), _text(fields, "valueMax")
    return Value(
        text,
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        _text(fields, "unit"),
        _text(fields, "currency"),
    )
