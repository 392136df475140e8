"""Korean function words as data: ``grammar.yaml`` read into a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.word_lists import filled, inverted, load_words


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words by what they do in a sentence."""

    cases: Mapping[str, str]
    postpositions: Mapping[str, str]
    clausal: frozenset[str]
    linking: frozenset[str]
    plurals: frozenset[str]
    targets: frozenset[str]
    manners: frozenset[str]
    additives: frozenset[str]
    distributives: frozenset[str]
    statives: frozenset[str]
    complements: frozenset[str]
    joining: frozenset[str]
    reports: frozenset[str]
    closers: frozenset[str]
    derivations: Mapping[str, str]
    compounds: Mapping[str, str]
    bases: frozenset[str]


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """Load the function words once a process."""
    data = load_words("language/grammar.yaml")
    linking = frozenset([*data["contrasts"], *data["time_nouns"]])
    return filled(
        Grammar,
        data,
        cases=inverted(data["cases"]),
        clausal=linking.union(data["modal_nouns"], data["measure_nouns"]),
        linking=linking,
        closers=frozenset([*data["modal_nouns"], *data["closers"]]),
    )


@lru_cache(maxsize=16)
def particles(case: str) -> str:
    """Return the particles of a case as a pattern: 을|를."""
    told = load_words("language/grammar.yaml")["cases"][case]
    return "|".join(p for p in told if not _JAMO.fullmatch(p))


_JAMO = re.compile(r"[ᄀ-ᇿ]")
