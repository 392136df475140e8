"""Words that say what others are to whom a text is about, as data (``labels.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.errors import ExtractionError
from extractors.language.trimming import unglossed
from extractors.word_lists import load_words
from kg.vocab import PREDICATES

_FILE = "names/labels.yaml"
_PREFIX = re.compile(
    r"(?:\d단계|\d차|총|최초|첫|주요|핵심|주력|대표|글로벌|국내|해외|최대|기존|신규)\s?(?=\S{2})"
)
_LEAD = re.compile(r"^(?:\W|\d{1,2}[.)])*")
_JOINED = re.compile(r"\s?[·/&]\s?|\s(?:및|겸)\s")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One kind of label: ``who`` are the classes of those named behind it, ``of`` whose it is.

    ``reverse`` makes those named the subjects, ``role`` the label their role; with a
    ``metric`` a date stands behind it, with ``things`` names of things nobody has told of;
    of what is ``counted`` some may be told ("H200 512장").
    """

    predicate: str
    words: tuple[str, ...]
    who: tuple[str, ...]
    of: tuple[str, ...]
    reverse: bool
    role: bool
    things: bool
    counted: bool
    metric: str | None


@lru_cache(maxsize=1)
def load_attributes() -> Mapping[str, tuple[Attribute, ...]]:
    """Load all kinds by their words once a process; raises ExtractionError for bad data."""
    by_word: dict[str, tuple[Attribute, ...]] = {}
    for kind in map(_attribute, load_words(_FILE)["attributes"]):
        for key in ("".join(word.split()) for word in kind.words):
            by_word[key] = (*by_word.get(key, ()), kind)
    return by_word


def _attribute(record: Mapping[str, Any]) -> Attribute:
    if record["predicate"] not in PREDICATES:
        raise ExtractionError(
            f"{_FILE!r}: {record['predicate']!r}: expected a predicate of the ontology"
        )
    return Attribute(
        record["predicate"],
        tuple(record["words"]),
        tuple(record.get("who", ())),
        tuple(record["of"]),
        bool(record.get("reverse")),
        bool(record.get("role")),
        bool(record.get("things")),
        bool(record.get("counted")),
        record.get("metric"),
    )


def label_keys(words: str) -> tuple[str, ...]:
    """Return how a label is looked up: as it is, and without a word such as 주요."""
    bare = _LEAD.sub("", unglossed(words)).strip()
    kept = (bare, _PREFIX.sub("", bare, count=1))
    return tuple(dict.fromkeys("".join(w.split()) for w in kept))


@lru_cache(maxsize=4096)
def attributes_of(words: str) -> tuple[Attribute, ...]:
    """Return what a label or heading may say of those below it: "3. 주요 고객사(2024)"."""
    by_word = load_attributes()
    parts = _JOINED.split(words)
    keys = (key for part in (words, *parts[1:], *parts[:1]) for key in label_keys(part))
    return next((by_word[key] for key in keys if key in by_word), ())
