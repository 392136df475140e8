"""The contract every room speaks: entities, values, evidence, claims.

All records are frozen and ordered only by their content, so that the same report
gives the same claims, byte for byte, on any machine.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args
from urllib.parse import quote

from corpus.records import record
from kg.identity import unaccented

Modality = Literal["fact", "plan", "forecast", "rumour", "opinion", "denied"]
MODALITIES: tuple[Modality, ...] = get_args(Modality)

_JSON = json.JSONEncoder(ensure_ascii=False)
BY_MODEL = "llm:"
"""What the extractor's name of every claim begins with that a language model made."""


@record()
class Entity:
    """A thing with a name.

    ``id`` is the local part of its IRI: the lexicon's id for a curated entity,
    else made from the name (:func:`entity_id`). ``cls`` is a class of the ontology.
    ``broader`` are the ids of all families it belongs to, sorted: those of "TPU v6" are
    TPU's own and whatever TPU is part of. ``known_as`` is what the lexicon calls it, where
    the report prints another name, its ``label`` there.
    """

    id: str
    cls: str
    label: str
    label_en: str | None = None
    aliases: tuple[str, ...] = ()
    ticker: str | None = None
    curated: bool = False
    broader: tuple[str, ...] = ()
    known_as: str | None = None


@record()
class Value:
    """A quantity or text: what the report wrote beside what it means.

    ``minimum`` and ``maximum`` are in units of ``unit`` with the scale applied
    ("75만~80만 대": 750000, 800000, "대"); money in whole units of ``currency``
    (ISO 4217). An open end is ``None`` ("160억 달러 이상": 16000000000, None).
    """

    text: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    currency: str | None = None


@record()
class Evidence:
    """Where a claim stands: ``report.text[start:end] == quote``, always."""

    report: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None = None
    printed_page: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None

    @property
    def in_table(self) -> bool:
        """Whether it is a cell; a table below a heading has no label of its own."""
        return self.table is not None or self.row is not None or self.column is not None


@record()
class Claim:
    """One statement of one report.

    ``object`` or ``value`` (or both, an acquisition and its amount) is present.
    ``qualifiers`` keys are those of :data:`kg.vocab.QUALIFIERS`; values are text:
    labels of entities, ISO periods ("2025", "2025-Q1", "2024-12-30"), plain words.
    ``attributed_to`` is the label of who said it. ``confidence`` lies in 0..1.
    """

    subject: Entity
    predicate: str
    object: Entity | None
    value: Value | None
    evidence: Evidence
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    modality: Modality = "fact"
    attributed_to: str | None = None
    extractor: str = ""
    confidence: Decimal = Decimal("1")
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """A digest of the whole content: equal ids mean equal claims."""
        if not self._id:  # asked for often: kept, though the claim is frozen
            object.__setattr__(self, "_id", self._digest())
        return self._id

    @property
    def content(self) -> tuple[Hashable, ...]:
        """All that the id is a digest of; quicker to compare than to digest."""
        value, evidence = self.value, self.evidence
        return (
            evidence.report,
            self.subject.id,
            self.predicate,
            self.object.id if self.object else None,
            value.text if value else None,
            tuple(sorted(self.qualifiers.items())),
            self.modality,
            self.attributed_to,
            evidence.start,
            evidence.end,
            evidence.row,
            evidence.column,
            self.extractor,
        )

    def _digest(self) -> str:
        return hashlib.sha256(_JSON.encode(self.content).encode()).hexdigest()[:24]

    @property
    def by_model(self) -> bool:
        """Whether a language model read it; such claims stand in a graph of their own."""
        return self.extractor.startswith(BY_MODEL)

    @property
    def is_bare_fact(self) -> bool:
        """Whether it may stand as a direct triple: a fact, and not denied."""
        return self.modality == "fact"


@record()
class Mention:
    """One occurrence of an entity's name in a report's text."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one report, in reading order.

    ``passage_terms`` maps a passage id to the lexical terms of its text when the
    extractor has analysed it already, so that indexing need not do so again. ``read_by`` is
    the version of the extractor's rules; empty when it is not known, or none were asked.
    """

    report: str
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    passage_terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    read_by: str = ""


def entity_id(name: str) -> str:
    """Make the id of a discovered entity; equal up to case, accents, space and hyphens.

    The result is safe in an IRI: letters (한글 included), digits and ``_`` stay,
    anything else is percent-encoded as UTF-8.
    """
    folded = unaccented(unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(ch for ch in folded if not ch.isspace() and ch not in "-‐‑–—·")
    return "x_" + "".join(ch if ch.isalnum() else quote(ch, safe="") for ch in kept)
