"""A passage as a question to a model: what it is told, and the form of its answer.

What the report says stands between two marks made from a digest of that very text, so no
text can close the mark it stands in and go on as if it were somebody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.report import Passage, Report
from extractors.llm.relations import Guide, Relation
from kg.claim import Modality
from kg.vocab import CLASSES


class ReadQualifier(BaseModel):
    """A qualifier of a claim."""

    name: str
    text: str = Field(description="copied as printed")


class ReadClaim(BaseModel):
    """One claim of the passage."""

    model_config = ConfigDict(str_strip_whitespace=True)

    predicate: str
    subject: str = Field(description="a name as printed")
    subject_class: str
    object: str = Field("", description="a name as printed, or empty")
    object_class: str = ""
    value: str = Field("", description="an amount or a text as printed, or empty")
    modality: Modality
    attributed_to: str = Field("", description="a name as printed, or empty")
    qualifiers: list[ReadQualifier] = Field(default_factory=list)
    quote: str = Field(description="copied from the passage character by character")


class Reading(BaseModel):
    """The claims that a passage makes."""

    claims: list[ReadClaim]


@dataclass(frozen=True)
class Request:
    """One passage with the relations it is asked about."""

    report: Report
    passage: Passage
    relations: tuple[Relation, ...]
    guide: Guide

    @cached_property
    def text(self) -> str:
        """The passage's text."""
        return self.passage.span.of(self.report.text)

    @cached_property
    def _shown(self) -> str:
        place = " > ".join(self.passage.section)
        if self.passage.table:
            place = f"{place} > {self.passage.table}" if place else self.passage.table
        return f"[{place}]\n{self.text}" if place else self.text

    @cached_property
    def messages(self) -> tuple[tuple[Literal["system", "human"], str], ...]:
        """What the model is told: the rules, then the relations and the passage."""
        fence = "passage-" + hashlib.sha256(self._shown.encode()).hexdigest()[:16]
        asked = "\n".join(relation.line() for relation in self.relations)
        return (
            ("system", self.guide.instructions),
            (
                "human",
                f"Relations:\n{asked}\n\nThe passage stands between <{fence}> and </{fence}>.\n"
                f"<{fence}>\n{self._shown}\n</{fence}>",
            ),
        )

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the answer, narrowed to the relations asked about."""
        return reading_schema(self.relations)

    def key(self, model: str) -> str:
        """Return the digest of all that the answer depends on."""
        parts = [model, self.guide.version, self.messages, self.schema]
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def told(self) -> str:
        """Return all text that goes to the model, to be counted."""
        told = "\n".join(text for _, text in self.messages)
        return told + json.dumps(self.schema, ensure_ascii=False)


def reading_schema(relations: Sequence[Relation]) -> dict[str, Any]:
    """Return :class:`Reading` as a JSON schema in which only these relations may stand."""
    schema = Reading.model_json_schema()
    claim, qualifier = (schema["$defs"][name] for name in ("ReadClaim", "ReadQualifier"))
    claim["properties"]["predicate"]["enum"] = [relation.name for relation in relations]
    for name in ("subject_class", "object_class"):
        claim["properties"][name]["enum"] = [*CLASSES] + ([""] if name == "object_class" else [])
    names = sorted({name for relation in relations for name in relation.qualifiers})
    if names:
        qualifier["properties"]["name"]["enum"] = names
    bare: dict[str, Any] = _without_titles(schema)
    return bare | {"title": "Reading"}


def _without_titles(schema: Any) -> Any:
    """Leave out the titles that pydantic gives every field: they are paid for and say nothing."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_titles(item)
        for key, item in schema.items()
        if not (key == "title" and isinstance(item, str))
    }


def requests_of(
    report: Report, classes: Mapping[str, Collection[str]], guide: Guide
) -> list[Request]:
    """Return what to ask about a report, in reading order.

    ``classes`` are those of the entities named in a passage, by its id. A passage in which
    no relation may stand is not asked about.
    """
    found = []
    for passage in report.passages:
        relations = guide.relevant(passage.span.of(report.text), classes.get(passage.id, ()))
        if relations:
            found.append(Request(report, passage, relations, guide))
    return found
