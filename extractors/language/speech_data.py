"""Verbs of saying as data: ``speech.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractors.word_lists import filled, load_words


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
    owning: frozenset[str]
    stressing: frozenset[str]
    hearsay: frozenset[str]
    outlets: tuple[str, ...]
    relaying: tuple[str, ...]
    affirming: frozenset[str]
    telling: frozenset[str]
    occasions: tuple[str, ...]
    called: frozenset[str]
    governing: frozenset[str]
    bodies: frozenset[str]
    writers: frozenset[str]
    members: frozenset[str]
    stances: frozenset[str]
    voicing: frozenset[str]
    upheld: frozenset[str]
    voiced: frozenset[str]
    acts: frozenset[str]
    outlooks: frozenset[str]
    aims: frozenset[str]
    reading: frozenset[str]
    calling: frozenset[str]
    presenting: frozenset[str]


@lru_cache(maxsize=1)
def load_speech() -> SpeechVerbs:
    """Load the verbs of saying once a process."""
    return filled(SpeechVerbs, load_words("language/speech.yaml"))


@lru_cache(maxsize=8192)
def only_relays(label: str) -> bool:
    """Tell a paper or agency, which tells figures of others, by what it is called."""
    verbs = load_speech()
    ends = tuple(w for w in verbs.relaying if not w.isupper())
    return label in verbs.relaying or label.endswith((*verbs.outlets, *ends))
