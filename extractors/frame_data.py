"""Predicate frames as data: ``frames.yaml`` read into records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.errors import ExtractionError
from extractors.lexicon_store import load_yaml
from kg.vocab import PREDICATES

_FILE = Path(__file__).with_name("frames.yaml")


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate frame as read from the data file."""

    predicate: str
    nouns: frozenset[str]
    verbs: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    cases: tuple[str, ...]
    things: Mapping[str, str]
    extra: Mapping[str, str]
    value: str | None
    mutual: bool
    product: tuple[str, ...]
    product_things: tuple[str, ...]
    passive_subject: bool
    loose: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames, by the lemmas that trigger them."""

    frames: tuple[Frame, ...]
    by_noun: Mapping[str, tuple[Frame, ...]]
    by_verb: Mapping[str, tuple[Frame, ...]]
    trailing: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, frozenset[str]]
    generic: frozenset[str]
    light_verbs: frozenset[str]
    light_nouns: frozenset[str]


@lru_cache(maxsize=1)
def load_frames(path: Path = _FILE) -> FrameSet:
    """Load the frames once a process."""
    data = load_yaml(path)
    frames = tuple(_frame(record, path) for record in data["frames"])
    nouns = sorted({n for f in frames for n in f.nouns})
    verbs = sorted({v for f in frames for v in f.verbs})
    return FrameSet(
        frames,
        {n: tuple(f for f in frames if n in f.nouns) for n in nouns},
        {v: tuple(f for f in frames if v in f.verbs) for v in verbs},
        {cls: frozenset(words) for cls, words in data["trailing"].items()},
        {kind: frozenset(words) for kind, words in data["anaphora"].items()},
        frozenset(data["generic"]),
        frozenset(data["light_verbs"]),
        frozenset(data["light_nouns"]),
    )


def _frame(record: Mapping[str, Any], path: Path) -> Frame:
    if record.get("predicate") not in PREDICATES:
        raise ExtractionError(
            f"{path.name!r}: frame {record.get('predicate')!r} is no predicate of the ontology"
        )
    return Frame(
        record["predicate"],
        frozenset(record.get("nouns", ())),
        frozenset(record.get("verbs", ())),
        tuple(record["subject"]),
        tuple(record["object"]),
        tuple(record.get("cases", ("object",))),
        record.get("things", {}),
        record.get("extra", {}),
        record.get("value"),
        bool(record.get("mutual")),
        tuple(record.get("product", ())),
        tuple(record.get("product_things", ())),
        bool(record.get("passive_subject")),
        tuple(record.get("loose", ())),
        tuple(record.get("examples", ())),
        tuple(record.get("never", ())),
        record.get("needs"),
    )
