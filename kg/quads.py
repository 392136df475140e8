"""Reports and their claims as quads; :mod:`kg.stored` reads them back.

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
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pyoxigraph as ox

from corpus.report import Report
from kg import vocab
from kg.claim import Claim, Entity, Evidence, Extraction, Value
from kg.contract import check_claim, described
from kg.errors import GraphError
from kg.graphs import graph_of, model_graph_of
from kg.iris import (
    claim_iri,
    decimal_text,
    entity_iri,
    evidence_iri,
    passage_iri,
    report_iri,
    section_text,
)
from kg.terms import TYPE, Node, term

_HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏ꥠ-꥿가-힣ힰ-퟿]")
_CLAIM_TYPES = (term("kg:Claim"), term("rdf:Statement"))
_EVIDENCE_TYPES = (
    term("kg:Evidence"),
    term("oa:TextQuoteSelector"),
    term("oa:TextPositionSelector"),
)
_REPORT_TYPES = (term("kg:Report"), term("prov:Entity"))
LABELS = frozenset({term("skos:prefLabel"), term("skos:altLabel"), term("kg:printedLabel")})
_INTEGER, _DECIMAL = term("xsd:integer"), term("xsd:decimal")
_DATE, _BOOLEAN = term("xsd:date"), term("xsd:boolean")


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


Triples = Iterator[tuple[Node, Node, Node | ox.Literal]]


def _report_triples(report: Report) -> Triples:
    node = Node(report_iri(report.id))
    for cls in _REPORT_TYPES:
        yield node, TYPE, cls
    yield node, term("dcterms:identifier"), ox.Literal(report.id)
    yield node, term("dcterms:title"), ox.Literal(report.title)
    yield node, term("dcterms:date"), ox.Literal(report.date.isoformat(), datatype=_DATE)
    if report.publisher is not None:
        yield node, term("dcterms:publisher"), ox.Literal(report.publisher)
    for author in report.authors:
        yield node, term("dcterms:creator"), ox.Literal(author)
    yield node, term("kg:week"), ox.Literal(report.week)
    yield node, term("kg:sha256"), ox.Literal(report.sha256)


def _entity_triples(entity: Entity) -> Triples:
    if entity.cls not in vocab.CLASSES:
        raise GraphError(
            f"entity {entity.id!r} has class {entity.cls!r}: expected one of {vocab.CLASSES}"
        )
    node = Node(entity_iri(entity.id))
    yield node, TYPE, term("kg:" + entity.cls)
    yield from label_triples(entity)
    if entity.ticker is not None:
        yield node, term("kg:ticker"), ox.Literal(entity.ticker)
    if entity.curated:
        yield node, term("kg:curated"), ox.Literal("true", datatype=_BOOLEAN)
    for family in entity.broader:
        yield node, term("skos:broaderTransitive"), Node(entity_iri(family))


def label_triples(entity: Entity) -> Triples:
    """Yield what an entity is called: all its triples of ``LABELS``."""
    node = Node(entity_iri(entity.id))
    preferred = entity.known_as or entity.label
    yield node, term("skos:prefLabel"), ox.Literal(preferred, language="ko")
    if entity.label_en is not None:
        yield node, term("skos:prefLabel"), ox.Literal(entity.label_en, language="en")
    for alias in entity.aliases:
        if alias != entity.known_as:
            yield node, term("skos:altLabel"), _worded(alias)
    if entity.known_as is not None:
        yield node, term("skos:altLabel"), _worded(entity.label)
        yield node, term("kg:printedLabel"), ox.Literal(entity.label, language="ko")


def _claim_triples(claim: Claim, evidence: Node) -> Triples:
    node, subject = Node(claim_iri(claim.id)), Node(entity_iri(claim.subject.id))
    predicate = term("kg:" + claim.predicate)
    target = None if claim.object is None else Node(entity_iri(claim.object.id))
    for cls in _CLAIM_TYPES:
        yield node, TYPE, cls
    yield node, term("rdf:subject"), subject
    yield node, term("rdf:predicate"), predicate
    if target is not None:
        yield node, term("rdf:object"), target
    if claim.value is not None:
        yield from _value_triples(node, claim.value)
    for name, text in sorted(claim.qualifiers.items()):
        yield node, term("kg:" + name), ox.Literal(text)
    yield node, term("kg:modality"), ox.Literal(claim.modality)
    if claim.attributed_to is not None:
        yield node, term("kg:attributedTo"), ox.Literal(claim.attributed_to)
    yield node, term("kg:extractor"), ox.Literal(claim.extractor)
    yield node, term("kg:confidence"), _decimal(claim.confidence)
    yield node, term("prov:wasDerivedFrom"), evidence
    if claim.is_bare_fact:
        if target is not None:
            yield subject, predicate, target
        elif claim.value is not None:
            yield subject, predicate, ox.Literal(claim.value.text)


def _value_triples(node: Node, value: Value) -> Triples:
    yield node, term("kg:valueText"), ox.Literal(value.text)
    if value.minimum is not None:
        yield node, term("kg:valueMin"), _decimal(value.minimum)
    if value.maximum is not None:
        yield node, term("kg:valueMax"), _decimal(value.maximum)
    if value.unit is not None:
        yield node, term("kg:unit"), ox.Literal(value.unit)
    if value.currency is not None:
        yield node, term("kg:currency"), ox.Literal(value.currency)


def _evidence_triples(evidence: Evidence, node: Node) -> Triples:
    for cls in _EVIDENCE_TYPES:
        yield node, TYPE, cls
    yield node, term("oa:exact"), ox.Literal(evidence.quote)
    yield node, term("oa:start"), _integer(evidence.start)
    yield node, term("oa:end"), _integer(evidence.end)
    if evidence.section:
        yield node, term("kg:section"), ox.Literal(section_text(evidence.section))
    for name, text in (
        ("table", evidence.table),
        ("row", evidence.row),
        ("column", evidence.column),
        ("printedPage", evidence.printed_page),
    ):
        if text is not None:
            yield node, term("kg:" + name), ox.Literal(text)
    if evidence.page is not None:
        yield node, term("kg:page"), _integer(evidence.page)
    yield node, term("dcterms:isPartOf"), Node(report_iri(evidence.report))


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
        yield node, TYPE, term("kg:Passage")
        yield node, term("dcterms:isPartOf"), whole
        for entity in sorted(mentioned[passage.id]):
            yield node, term("kg:mentions"), Node(entity_iri(entity))


def _worded(text: str) -> ox.Literal:
    """Tag a name as Korean when it has 한글; a ticker or an English name stays untagged."""
    return ox.Literal(text, language="ko") if _HANGUL.search(text) else ox.Literal(text)


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=_INTEGER)


def _decimal(number: Decimal) -> ox.Literal:
    return ox.Literal(decimal_text(number), datatype=_DECIMAL)
