"""Words that say what others are to whom a text is about, as data (``labels.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.errors import ExtractionError
from extractors.lexicon_store import load_yaml
from kg.vocab import PREDICATES

_FILE = Path(__file__).with_name("labels.yaml")
_PREFIX = re.compile(r"(?:주요|핵심|주력|대표|글로벌|국내|해외|최대|기존|신규)\s?(?=\S{2})")
_LEAD = re.compile(r"^(?:\W|\d{1,2}[.)])*")
_GLOSS = re.compile(r"\s?\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One kind of label: ``who`` are the classes of those named behind it, ``of`` whose it is.

    ``reverse`` makes those named the subjects, ``role`` the label their role; with a
    ``metric`` a date stands behind it, with ``things`` names of things nobody has told of.
    """

    predicate: str
    words: tuple[str, ...]
    who: tuple[str, ...]
    of: tuple[str, ...]
    reverse: bool
    role: bool
    things: bool
    metric: str | None


@dataclass(frozen=True, slots=True)
class Attributes:
    """All kinds by their words."""

    by_word: Mapping[str, Attribute]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_attributes(path: Path = _FILE) -> Attributes:
    """Load the words once a process; raises ExtractionError for bad data."""
    data = load_yaml(path)
    kinds = tuple(_attribute(record, path) for record in data["attributes"])
    by_word = {"".join(word.split()): kind for kind in kinds for word in kind.words}
    return Attributes(by_word, tuple(data["attribute_examples"]), tuple(data["attribute_never"]))


def _attribute(record: Mapping[str, Any], path: Path) -> Attribute:
    if record["predicate"] not in PREDICATES:
        raise ExtractionError(
            f"{path.name!r}: {record['predicate']!r}: expected a predicate of the ontology"
        )
    return Attribute(
        record["predicate"],
        tuple(record["words"]),
        tuple(record.get("who", ())),
        tuple(record["of"]),
        bool(record.get("reverse")),
        bool(record.get("role")),
        bool(record.get("things")),
        record.get("metric"),
    )


@lru_cache(maxsize=4096)
def attribute_of(words: str) -> Attribute | None:
    """Return what a label or heading says of those below it: "3. 주요 고객사(2024)"."""
    by_word = load_attributes().by_word
    bare = _LEAD.sub("", _GLOSS.sub("", words)).strip()
    kept = (bare, _PREFIX.sub("", bare, count=1) if _PREFIX.match(bare) else bare)
    return next((by_word[key] for w in kept if (key := "".join(w.split())) in by_word), None)
