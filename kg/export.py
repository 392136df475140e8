"""The whole graph in other formats; equal graphs give equal bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, get_args

import pyoxigraph as ox

from kg import graphs, iris, vocab
from kg.claim import Claim, Entity
from kg.errors import GraphError
from kg.facts import Facts
from kg.generation import Generation
from kg.quantities import number

Format = Literal["turtle", "trig", "nquads", "jsonld", "graphml", "csv", "claims"]
FORMATS: tuple[Format, ...] = get_args(Format)

_COLUMNS = (
    "claim",
    "report",
    "date",
    "subject",
    "subject_label",
    "subject_class",
    "predicate",
    "object",
    "object_label",
    "object_class",
    "value",
    "min",
    "max",
    "unit",
    "currency",
    "qualifiers",
    "modality",
    "attributed_to",
    "section",
    "page",
    "table",
    "row",
    "column",
    "quote",
    "start",
    "end",
    "extractor",
    "confidence",
)


def export(generation: Generation, format: Format, output: BinaryIO) -> None:
    """Write everything in a generation to ``output``, in UTF-8.

    ``turtle`` is the union of all graphs, ``trig``, ``nquads`` and ``jsonld`` keep them
    apart; ``graphml`` is the network of :mod:`kg.network`; ``csv`` and ``claims`` (JSON
    lines) hold one claim a line, in order of report date, report and place.

    Raises GraphError for another format.
    """
    match format:
        case "nquads":
            output.write(graphs.canonical_nquads(generation.store))
        case "turtle" | "trig" | "jsonld":
            _write_rdf(generation, format, output)
        case "graphml":
            from kg.network import Network

            output.write(Network.of(generation).graphml())
        case "csv":
            _write_csv(generation, output)
        case "claims":
            for claim in Facts(generation).claims_of():
                line = json.dumps(claim_json(claim), ensure_ascii=False)
                output.write(line.encode() + b"\n")
        case _:
            raise GraphError(f"cannot export as {format!r}: expected one of {', '.join(FORMATS)}")


def claim_json(claim: Claim) -> dict[str, Any]:
    """Return a claim as the ``claims`` format writes it."""
    value, evidence = claim.value, claim.evidence
    return {
        "claim": iris.claim_iri(claim.id),
        "report": evidence.report,
        "subject": entity_json(claim.subject),
        "predicate": claim.predicate,
        "object": None if claim.object is None else entity_json(claim.object),
        "value": None
        if value is None
        else {
            "text": value.text,
            "min": number(value.minimum),
            "max": number(value.maximum),
            "unit": value.unit,
            "currency": value.currency,
        },
        "qualifiers": dict(sorted(claim.qualifiers.items())),
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "evidence": {
            "section": list(evidence.section),
            "page": evidence.page,
            "table": evidence.table,
            "row": evidence.row,
            "column": evidence.column,
            "quote": evidence.quote,
            "start": evidence.start,
            "end": evidence.end,
        },
        "extractor": claim.extractor,
        "confidence": number(claim.confidence),
    }


def entity_json(entity: Entity) -> dict[str, str]:
    """Return an entity as ``{"iri", "label", "class"}``."""
    return {"iri": iris.entity_iri(entity.id), "label": entity.label, "class": entity.cls}


def _write_rdf(generation: Generation, format: str, output: BinaryIO) -> None:
    quads: Iterator[ox.Quad] = ox.parse(
        graphs.canonical_nquads(generation.store), format=ox.RdfFormat.N_QUADS
    )
    if format == "turtle":
        ox.serialize(
            dict.fromkeys(quad.triple for quad in quads),
            output,
            format=ox.RdfFormat.TURTLE,
            prefixes=vocab.PREFIXES,
        )
        return
    grouped = sorted(quads, key=lambda quad: str(quad.graph_name))  # stable: sorted within
    kind = ox.RdfFormat.TRIG if format == "trig" else ox.RdfFormat.JSON_LD
    ox.serialize(grouped, output, format=kind, prefixes=vocab.PREFIXES)


def _write_csv(generation: Generation, output: BinaryIO) -> None:
    """Write RFC 4180 CSV with a byte order mark, by which spreadsheets know UTF-8."""
    facts = Facts(generation)
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for claim in facts.claims_of():
        writer.writerow(_row(claim, facts))
    text.detach()


def _row(claim: Claim, facts: Facts) -> list[object]:
    row = claim_json(claim)
    value, target, evidence = row["value"] or {}, row["object"] or {}, row["evidence"]
    return [
        row["claim"],
        row["report"],
        facts.report(row["report"]).date.isoformat(),
        *row["subject"].values(),
        row["predicate"],
        *(target.get(name) for name in ("iri", "label", "class")),
        *(value.get(name) for name in ("text", "min", "max", "unit", "currency")),
        "; ".join(f"{name}={text}" for name, text in row["qualifiers"].items()),
        row["modality"],
        row["attributed_to"],
        iris.section_text(claim.evidence.section),
        *(evidence[n] for n in ("page", "table", "row", "column", "quote", "start", "end")),
        row["extractor"],
        row["confidence"],
    ]
