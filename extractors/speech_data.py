"""Verbs of saying as data: ``speech.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.lexicon_store import load_yaml

_FILE = Path(__file__).with_name("speech.yaml")


@dataclass(frozen=True, slots=True)
class SpeechVerbs:
    """The verbs of saying, by what they do to the modality."""

    states: frozenset[str]
    light: frozenset[str]
    opinion: frozenset[str]
    judging: frozenset[str]
    forecast: frozenset[str]
    denying: frozenset[str]
    report: frozenset[str]
    stressing: frozenset[str]
    hearsay: frozenset[str]
    outlets: tuple[str, ...]
    relaying: tuple[str, ...]
    affirming: frozenset[str]
    telling: frozenset[str]
    governing: frozenset[str]
    bodies: frozenset[str]
    writers: frozenset[str]
    stances: frozenset[str]
    voicing: frozenset[str]
    upheld: frozenset[str]
    voiced: frozenset[str]
    acts: frozenset[str]
    outlooks: frozenset[str]
    aims: frozenset[str]
    reading: frozenset[str]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_speech(path: Path = _FILE) -> SpeechVerbs:
    """Load the verbs of saying once a process."""
    data = load_yaml(path)
    return SpeechVerbs(
        frozenset(data["states"]),
        frozenset(data["light"]),
        frozenset(data["opinion"]),
        frozenset(data["judging"]),
        frozenset(data["forecast"]),
        frozenset(data["denying"]),
        frozenset(data["report"]),
        frozenset(data["stressing"]),
        frozenset(data["hearsay"]),
        tuple(data["outlets"]),
        tuple(data["relaying"]),
        frozenset(data["affirming"]),
        frozenset(data["telling"]),
        frozenset(data["governing"]),
        frozenset(data["bodies"]),
        frozenset(data["writers"]),
        frozenset(data["stances"]),
        frozenset(data["voicing"]),
        frozenset(data["upheld"]),
        frozenset(data["voiced"]),
        frozenset(data["acts"]),
        frozenset(data["outlooks"]),
        frozenset(data["aims"]),
        frozenset(data["reading"]),
        tuple(data["examples"]),
        tuple(data["never"]),
    )


def only_relays(label: str) -> bool:
    """Tell a paper or agency, which tells figures of others, by what it is called."""
    verbs = load_speech()
    ends = tuple(w for w in verbs.relaying if not w.isupper())
    return label in verbs.relaying or label.endswith((*verbs.outlets, *ends))
