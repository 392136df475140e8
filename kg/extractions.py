"""An extraction as JSON and back, exactly: what a report gave before anybody decided on it."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from typing import Any

from kg.claim import Claim, Entity, Evidence, Extraction, Mention, Value
from kg.errors import GraphError

_AMOUNTS = ("minimum", "maximum")
_of_entity, _of_value, _of_evidence = (
    attrgetter(*(f.name for f in fields(record))) for record in (Entity, Value, Evidence)
)


def extraction_to_json(extraction: Extraction) -> str:
    """Write entities, mentions and claims as one line of JSON; each entity stands once."""
    places: dict[Entity, int] = {}
    own = [places.setdefault(entity, len(places)) for entity in extraction.entities]
    claims = [_plain(claim, places) for claim in extraction.claims]
    document = {
        "report": extraction.report,
        "read_by": extraction.read_by,
        "entities": [_of_entity(entity) for entity in places],
        "own": own,
        "mentions": [(m.entity, m.start, m.end) for m in extraction.mentions],
        "claims": claims,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)


def extraction_from_json(text: str) -> Extraction:
    """Read what :func:`extraction_to_json` wrote; raises GraphError."""
    try:
        document: dict[str, Any] = json.loads(text)
        entities = [entity_from_row(row) for row in document["entities"]]
        return Extraction(
            document["report"],
            tuple(entities[place] for place in document["own"]),
            tuple(Mention(*row) for row in document["mentions"]),
            tuple(_claim(item, entities) for item in document["claims"]),
            read_by=document.get("read_by", ""),  # those stored first do not say
        )
    except (KeyError, TypeError, ValueError, IndexError, ArithmeticError) as exc:
        raise GraphError(
            f"cannot load a stored extraction that begins {text[:40]!r}: {type(exc).__name__}; "
            "expected what extraction_to_json wrote: ingest the report again"
        ) from exc


def entity_from_row(row: list[Any]) -> Entity:
    """Make an entity of its fields in their order, tuples being lists."""
    named = dict(zip((f.name for f in fields(Entity)), row, strict=True))
    lists = {name: tuple(named[name]) for name in ("aliases", "broader")}
    return Entity(**named | lists)


def _plain(claim: Claim, places: dict[Entity, int]) -> dict[str, Any]:
    def place(entity: Entity | None) -> int | None:
        return None if entity is None else places.setdefault(entity, len(places))

    return {
        "subject": place(claim.subject),
        "predicate": claim.predicate,
        "object": place(claim.object),
        "value": None if claim.value is None else _of_value(claim.value),
        "evidence": _of_evidence(claim.evidence),
        "qualifiers": dict(claim.qualifiers),
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "extractor": claim.extractor,
        "confidence": claim.confidence,
    }


def _claim(item: dict[str, Any], entities: list[Entity]) -> Claim:
    target = item["object"]
    return Claim(
        **item
        | {
            "subject": entities[item["subject"]],
            "object": None if target is None else entities[target],
            "value": None if item["value"] is None else _value(item["value"]),
            "evidence": _evidence(item["evidence"]),
            "confidence": Decimal(item["confidence"]),
        }
    )


def _value(row: list[Any]) -> Value:
    named = dict(zip((f.name for f in fields(Value)), row, strict=True))
    amounts = {k: Decimal(named[k]) for k in _AMOUNTS if named[k] is not None}
    return Value(**named | amounts)


def _evidence(row: list[Any]) -> Evidence:
    named = dict(zip((f.name for f in fields(Evidence)), row, strict=True))
    return Evidence(**named | {"section": tuple(named["section"])})
