"""Which relations a passage may speak of: the data of ``llm.yaml`` under the ontology's terms."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from pathlib import Path

from corpus.data_files import load_yaml
from extractors.errors import ExtractionError
from extractors.values.values import find_values
from kg.signatures import Signature, signatures
from kg.vocab import CLASSES, QUALIFIERS

_FILE = Path(__file__).with_name("llm.yaml")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as a model is asked about it.

    ``examples`` are sentences that its cues must find, ``never`` such that they must not.
    """

    signature: Signature
    cues: re.Pattern[str] | None
    classes: frozenset[str]
    quantities: bool
    pairs: bool
    qualifiers: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def name(self) -> str:
        """The ontology's name."""
        return self.signature.predicate

    def may_stand_in(self, text: str, classes: Collection[str]) -> bool:
        """Tell whether a text with entities of those classes (each its own) may speak of it."""
        if self.cues and self.cues.search(text):
            return True
        if not self.classes.isdisjoint(classes) or (self.quantities and find_values(text)):
            return True
        return self.pairs and any(
            self.signature.allows_subject(one) and self.signature.allows_object(two)
            for one, two in permutations(classes, 2)
        )

    def line(self) -> str:
        """Return what a model is told of it."""
        domain, objects = (" | ".join(classes) or "any" for classes in self.signature.named)
        target = "value" if self.signature.literal else objects
        told = f" Qualifiers: {', '.join(self.qualifiers)}." if self.qualifiers else ""
        return f"- {self.name}: {domain} -> {target}. {self.signature.gloss}{told}"


@dataclass(frozen=True, slots=True)
class Guide:
    """The instructions for a model, their version, and all relations by name."""

    version: int
    instructions: str
    relations: dict[str, Relation]

    def relevant(self, text: str, classes: Collection[str]) -> tuple[Relation, ...]:
        """Return the relations that a text may speak of, in the ontology's order."""
        return tuple(r for r in self.relations.values() if r.may_stand_in(text, classes))


@lru_cache(maxsize=1)
def load_guide(path: Path = _FILE) -> Guide:
    """Load ``llm.yaml`` once a process; raises ExtractionError for what the ontology lacks."""
    data = load_yaml(path)
    records = data["relations"]
    known = signatures()
    if records.keys() != known.keys():
        odd = sorted(records.keys() ^ known.keys())
        raise ExtractionError(
            f"{path.name!r} and the ontology differ in the relations {odd!r}: expected the same"
        )
    relations = {}
    for name, signature in known.items():
        record = records[name]
        qualifiers = tuple(record.get("qualifiers", ()))
        classes = frozenset(record.get("classes", ()))
        if strange := [*({*qualifiers} - QUALIFIERS.keys()), *(classes - {*CLASSES})]:
            raise ExtractionError(
                f"{path.name!r}: {name} names {sorted(strange)!r}: expected names of the ontology"
            )
        relations[name] = Relation(
            signature,
            _any_of(record["cues"]),
            classes,
            bool(record.get("quantities")),
            bool(record.get("pairs")),
            qualifiers,
            tuple(record.get("examples", ())),
            tuple(record.get("never", ())),
        )
    return Guide(data["version"], data["instructions"], relations)


def _any_of(cues: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE) if cues else None
