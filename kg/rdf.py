"""Claims and reports to quads and back: the only place that makes RDF terms.

Every IRI is made from content, never from a counter or a blank node, so that the same
report gives the same quads on any machine. One named graph holds one report, another what
language models read in it (:mod:`kg.graphs`).

Sources: RDF 1.1 reification vocabulary, Web Annotation selectors
(https://www.w3.org/TR/annotation-model/#selectors), SKOS labels, PROV-O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import cast

import pyoxigraph as ox

from corpus.report import Report
from kg import vocab
from kg.claim import Claim, Entity, Evidence, Extraction, Modality, Value
from kg.contract import check_claim, described
from kg.errors import GraphError
from kg.graphs import (
    ONTOLOGY_GRAPH,
    canonical_nquads,
    content_digest,
    graph_of,
    graph_with,
    graphs_of,
    model_graph_of,
    sorted_lines,
)
from kg.iris import (
    claim_iri,
    decimal_text,
    entity_iri,
    evidence_iri,
    local_id,
    passage_iri,
    report_iri,
    section_path,
    section_text,
)

__all__ = [
    "ONTOLOGY_GRAPH",
    "UNION",
    "canonical_nquads",
    "claim_from",
    "claim_iri",
    "content_digest",
    "entity_from",
    "entity_iri",
    "evidence_from",
    "evidence_iri",
    "graph_of",
    "graphs_of",
    "local_id",
    "passage_iri",
    "report_iri",
    "report_quads",
    "section_path",
    "section_text",
    "sorted_lines",
]

Node = ox.NamedNode

_HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏ꥠ-꥿가-힣ힰ-퟿]")


@lru_cache(maxsize=512)
def _term(name: str) -> Node:
    prefix, local = name.split(":", 1)
    return Node(vocab.PREFIXES[prefix] + local)


_TYPE = _term("rdf:type")
_CLAIM_TYPES = (_term("kg:Claim"), _term("rdf:Statement"))
_EVIDENCE_TYPES = (
    _term("kg:Evidence"),
    _term("oa:TextQuoteSelector"),
    _term("oa:TextPositionSelector"),
)
_REPORT_TYPES = (_term("kg:Report"), _term("prov:Entity"))
_INTEGER, _DECIMAL = _term("xsd:integer"), _term("xsd:decimal")
_DATE, _BOOLEAN = _term("xsd:date"), _term("xsd:boolean")
UNION = ox.DefaultGraph()


def report_quads(report: Report, extraction: Extraction) -> list[ox.Quad]:
    """Return all quads of one report, in its own graph and its models', in a fixed order.

    Raises GraphError for a claim that breaks the contract: a quote that does not stand
    at its offsets, a name that the ontology lacks, neither object nor value.
    """
    if extraction.report != report.id:
        raise GraphError(
            f"the extraction is of report {extraction.report!r}: expected {report.id!r}"
        )
    unique = {claim.id: claim for claim in reversed(extraction.claims)}.values()
    claims = sorted(unique, key=lambda c: (c.evidence.start, c.id))
    for claim in claims:
        check_claim(claim, report)
    own = replace(extraction, claims=tuple(c for c in claims if not c.by_model))
    entities = described(own)
    triples = chain(
        _report_triples(report),
        _described_triples(entities.values(), own.claims),
        _passage_triples(report, own, entities),
    )
    read = [claim for claim in claims if claim.by_model]
    named, used = described(extraction), {e.id for c in read for e in (c.subject, c.object) if e}
    by_models = _described_triples([named[id_] for id_ in sorted(used)], read)
    return [
        *_quads(triples, graph_of(report.id)),
        *_quads(by_models, model_graph_of(report.id)),
    ]


def _quads(triples: Triples, graph: Node) -> Iterable[ox.Quad]:
    """Put triples into a graph, each once.

    No triple is kept: tuples by the thousand would have the whole memory searched for garbage.
    """
    return dict.fromkeys(ox.Quad(s, p, o, graph) for s, p, o in triples)


def _described_triples(entities: Iterable[Entity], claims: Iterable[Claim]) -> Triples:
    """Yield claims with their evidence, after the entities that they are about."""
    for entity in entities:
        yield from _entity_triples(entity)
    for claim in claims:
        evidence = Node(evidence_iri(claim.evidence))
        yield from _claim_triples(claim, evidence)
        yield from _evidence_triples(claim.evidence, evidence)


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


Triples = Iterator[tuple[Node, Node, Node | ox.Literal]]


def _report_triples(report: Report) -> Triples:
    node = Node(report_iri(report.id))
    for cls in _REPORT_TYPES:
        yield node, _TYPE, cls
    yield node, _term("dcterms:identifier"), ox.Literal(report.id)
    yield node, _term("dcterms:title"), ox.Literal(report.title)
    yield node, _term("dcterms:date"), ox.Literal(report.date.isoformat(), datatype=_DATE)
    if report.publisher is not None:
        yield node, _term("dcterms:publisher"), ox.Literal(report.publisher)
    for author in report.authors:
        yield node, _term("dcterms:creator"), ox.Literal(author)
    yield node, _term("kg:week"), ox.Literal(report.week)
    yield node, _term("kg:sha256"), ox.Literal(report.sha256)


def _entity_triples(entity: Entity) -> Triples:
    if entity.cls not in vocab.CLASSES:
        raise GraphError(
            f"entity {entity.id!r} has class {entity.cls!r}: expected one of {vocab.CLASSES}"
        )
    node = Node(entity_iri(entity.id))
    yield node, _TYPE, _term("kg:" + entity.cls)
    preferred = entity.known_as or entity.label
    yield node, _term("skos:prefLabel"), ox.Literal(preferred, language="ko")
    if entity.label_en is not None:
        yield node, _term("skos:prefLabel"), ox.Literal(entity.label_en, language="en")
    for alias in entity.aliases:
        if alias != entity.known_as:
            yield node, _term("skos:altLabel"), _worded(alias)
    if entity.known_as is not None:
        yield node, _term("skos:altLabel"), _worded(entity.label)
        yield node, _term("kg:printedLabel"), ox.Literal(entity.label, language="ko")
    if entity.ticker is not None:
        yield node, _term("kg:ticker"), ox.Literal(entity.ticker)
    if entity.curated:
        yield node, _term("kg:curated"), ox.Literal("true", datatype=_BOOLEAN)
    for family in entity.broader:
        yield node, _term("skos:broaderTransitive"), Node(entity_iri(family))


def _claim_triples(claim: Claim, evidence: Node) -> Triples:
    node, subject = Node(claim_iri(claim.id)), Node(entity_iri(claim.subject.id))
    predicate = _term("kg:" + claim.predicate)
    target = None if claim.object is None else Node(entity_iri(claim.object.id))
    for cls in _CLAIM_TYPES:
        yield node, _TYPE, cls
    yield node, _term("rdf:subject"), subject
    yield node, _term("rdf:predicate"), predicate
    if target is not None:
        yield node, _term("rdf:object"), target
    if claim.value is not None:
        yield from _value_triples(node, claim.value)
    for name, text in sorted(claim.qualifiers.items()):
        yield node, _term("kg:" + name), ox.Literal(text)
    yield node, _term("kg:modality"), ox.Literal(claim.modality)
    if claim.attributed_to is not None:
        yield node, _term("kg:attributedTo"), ox.Literal(claim.attributed_to)
    yield node, _term("kg:extractor"), ox.Literal(claim.extractor)
    yield node, _term("kg:confidence"), _decimal(claim.confidence)
    yield node, _term("prov:wasDerivedFrom"), evidence
    if claim.is_bare_fact:
        if target is not None:
            yield subject, predicate, target
        elif claim.value is not None:
            yield subject, predicate, ox.Literal(claim.value.text)


def _value_triples(node: Node, value: Value) -> Triples:
    yield node, _term("kg:valueText"), ox.Literal(value.text)
    if value.minimum is not None:
        yield node, _term("kg:valueMin"), _decimal(value.minimum)
    if value.maximum is not None:
        yield node, _term("kg:valueMax"), _decimal(value.maximum)
    if value.unit is not None:
        yield node, _term("kg:unit"), ox.Literal(value.unit)
    if value.currency is not None:
        yield node, _term("kg:currency"), ox.Literal(value.currency)


def _evidence_triples(evidence: Evidence, node: Node) -> Triples:
    for cls in _EVIDENCE_TYPES:
        yield node, _TYPE, cls
    yield node, _term("oa:exact"), ox.Literal(evidence.quote)
    yield node, _term("oa:start"), _integer(evidence.start)
    yield node, _term("oa:end"), _integer(evidence.end)
    if evidence.section:
        yield node, _term("kg:section"), ox.Literal(section_text(evidence.section))
    for name, text in (
        ("table", evidence.table),
        ("row", evidence.row),
        ("column", evidence.column),
        ("printedPage", evidence.printed_page),
    ):
        if text is not None:
            yield node, _term("kg:" + name), ox.Literal(text)
    if evidence.page is not None:
        yield node, _term("kg:page"), _integer(evidence.page)
    yield node, _term("dcterms:isPartOf"), Node(report_iri(evidence.report))


def _passage_triples(
    report: Report, extraction: Extraction, entities: dict[str, Entity]
) -> Triples:
    """Say which passage mentions what: a mention belongs to the passage it begins in."""
    whole = Node(report_iri(report.id))
    passages = sorted(report.passages, key=lambda p: (p.span, p.id))
    starts = [passage.span.start for passage in passages]
    mentioned: defaultdict[str, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        if mention.entity not in entities:
            raise GraphError(
                f"report {report.id!r} mentions {mention.entity!r} at {mention.start}: "
                "expected one of the extraction's entities"
            )
        at = bisect_right(starts, mention.start) - 1
        if at >= 0 and mention.start < passages[at].span.end:
            mentioned[passages[at].id].add(mention.entity)
    for passage in passages:
        node = Node(passage_iri(passage.id))
        yield node, _TYPE, _term("kg:Passage")
        yield node, _term("dcterms:isPartOf"), whole
        for entity in sorted(mentioned[passage.id]):
            yield node, _term("kg:mentions"), Node(entity_iri(entity))


def _worded(text: str) -> ox.Literal:
    """Tag a name as Korean when it has 한글; a ticker or an English name stays untagged."""
    return ox.Literal(text, language="ko") if _HANGUL.search(text) else ox.Literal(text)


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=_INTEGER)


def _decimal(number: Decimal) -> ox.Literal:
    return ox.Literal(decimal_text(number), datatype=_DECIMAL)


_QUALIFIERS = tuple(vocab.QUALIFIERS)
_ENTITY_FIELDS = {
    _TYPE.value: "type",
    _term("skos:prefLabel").value: "label",
    _term("skos:altLabel").value: "alias",
    _term("kg:printedLabel").value: "printed",
    _term("kg:ticker").value: "ticker",
    _term("kg:curated").value: "curated",
    _term("skos:broaderTransitive").value: "broader",
}
_FIELD_NAMES = {
    _term("rdf:subject").value: "subject",
    _term("rdf:predicate").value: "predicate",
    _term("rdf:object").value: "object",
    _term("prov:wasDerivedFrom").value: "evidence",
    _term("dcterms:isPartOf").value: "part",
    _term("oa:exact").value: "exact",
    _term("oa:start").value: "start",
    _term("oa:end").value: "end",
}


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
