"""The contract of :mod:`kg.claim`, checked at the gate of the graph."""

from __future__ import annotations

from corpus.report import Report
from kg import vocab
from kg.claim import MODALITIES, Claim, Entity, Extraction
from kg.errors import GraphError


def check_claim(claim: Claim, report: Report) -> None:
    """Refuse a claim that breaks the contract, whoever made it; raises GraphError."""
    evidence = claim.evidence
    there = report.text[evidence.start : evidence.end]
    unknown = sorted(set(claim.qualifiers) - vocab.QUALIFIERS.keys())
    rules: tuple[tuple[bool, str, object, str], ...] = (
        (evidence.report == report.id, "evidence in report", evidence.report, "its own report"),
        (claim.predicate in vocab.PREDICATES, "predicate", claim.predicate, "one of kg.vocab"),
        (claim.modality in MODALITIES, "modality", claim.modality, f"one of {MODALITIES}"),
        (not unknown, "qualifiers", unknown, "those of kg.vocab"),
        (bool(claim.object or claim.value), "neither object nor value", None, "one at least"),
        (
            claim.confidence.is_finite() and 0 <= claim.confidence <= 1,
            "confidence",
            claim.confidence,
            "0..1",
        ),
        (
            evidence.quote != "" and there == evidence.quote,
            f"at {evidence.start}..{evidence.end} the quote",
            evidence.quote[:60],
            f"the report's own text there, {there[:60]!r}",
        ),
    )
    for holds, what, value, expected in rules:
        if not holds:
            raise GraphError(
                f"claim {claim.id!r} of report {report.id!r} has {what} {value!r}: "
                f"expected {expected}; correct the extractor {claim.extractor!r}"
            )


def described(extraction: Extraction) -> dict[str, Entity]:
    """Return one description an entity, by id: the extraction's own, else the first claim's."""
    entities = {entity.id: entity for entity in reversed(extraction.entities)}
    for claim in extraction.claims:
        for entity in (claim.subject, claim.object):
            if entity is not None:
                entities.setdefault(entity.id, entity)
    return dict(sorted(entities.items()))
