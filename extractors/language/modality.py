"""Fact, plan, forecast, rumour, opinion or denied: read from endings and cue words.

The cues are data (``modality.yaml``); this module compiles and applies them in order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus.syllables import NIEUN, RIEUL, any_ending_in
from extractors.word_lists import filled, load_words
from kg.claim import MODALITIES, Modality


@dataclass(frozen=True, slots=True)
class _Cues:
    kind: str
    tail: re.Pattern[str]
    after: re.Pattern[str] | None
    but: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of ``modality.yaml`` by which a whole clause is judged, compiled."""

    deals: frozenset[str]
    closed: re.Pattern[str]
    judging: re.Pattern[str]
    reports: frozenset[str]
    circulating: frozenset[str]
    round: re.Pattern[str]
    refuted: re.Pattern[str]
    rumoured: re.Pattern[str]
    supposed: re.Pattern[str]
    unless: re.Pattern[str]
    able: re.Pattern[str]
    must: re.Pattern[str]
    right: re.Pattern[str]
    talks: re.Pattern[str]
    matter: re.Pattern[str]
    tied: re.Pattern[str]


@lru_cache(maxsize=1)
def load_modality() -> Mapping[str, Any]:
    """Load ``modality.yaml`` once a process."""
    data: Mapping[str, Any] = load_words("language/modality.yaml")
    return data


@lru_cache(maxsize=1)
def clause_words() -> ClauseWords:
    """Compile the words by which a clause is judged."""
    return filled(ClauseWords, load_modality()["clauses"])


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cues, ...]:
    return tuple(
        _Cues(kind, compiled(rules["cues"]), *(_other(rules, k) for k in ("after_sentence", "but")))
        for kind, rules in load_modality()["kinds"].items()
    )


def _other(rules: Mapping[str, list[str]], key: str) -> re.Pattern[str] | None:
    return compiled(rules[key]) if key in rules else None


def compiled(cues: list[str]) -> re.Pattern[str]:
    """Join cues; ``{ㄹ}`` stands for any syllable that ends in ㄹ (the future of 할, 될, 오를)."""
    joined = "|".join(f"(?:{cue})" for cue in cues)
    for letter, consonant in (("{ㄴ}", NIEUN), ("{ㄹ}", RIEUL)):
        joined = joined.replace(letter, any_ending_in(consonant))
    return re.compile(joined)


def modality(tail: str, rest: str = "") -> Modality | None:
    """Judge a predicate by its tail; ``None`` when it is only asked or supposed.

    ``tail`` is the surface after the predicate's stem to the end of what governs it
    ("할 예정이라고 밝혔다"); ``rest`` what follows in the sentence.
    """
    for cues in _cues():
        told = cues.tail.search(tail)
        if told and cues.but:
            told = cues.tail.search(cues.but.sub("", tail))
        if told or (cues.after and cues.after.search(rest)):
            return next((kind for kind in MODALITIES if kind == cues.kind), None)
    return "fact"
