"""The vocabulary of ``tables.yaml``: what headers, cells and captions say by which words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.word_lists import filled, inverted, load_words
from kg.claim import Modality

_FOLDED = (
    *("amounts", "chiefs", "seated", "status", "undisclosed", "asides", "totals", "changes"),
    *(
        "consensus",
        "versions",
        "explaining",
        "unmeasuring",
        "no_things",
        "plan_steps",
        "spans",
        "scenarios",
        "cases",
        "tiers",
    ),
    *("tellers", "divisions", "naming", "profiled", "receivers", "customers"),
    *("investors", "rounds", "raised"),
    *("bodies", "headlines", "hosts", "labels", "standing", "results", "open_questions"),
)
"""What a cell is compared with as a whole, folded."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The vocabulary of ``tables.yaml``, folded for look-up."""

    entities: Mapping[str, str]
    roles: Mapping[str, str]
    metrics: tuple[Mapping[str, Any], ...]
    scores: tuple[str, ...]
    results: frozenset[str]
    relations: Mapping[str, tuple[str, ...]]
    pairs: tuple[Mapping[str, Any], ...]
    amounts: frozenset[str]
    of_things: frozenset[str]
    accounts: frozenset[str]
    businesses: tuple[str, ...]
    wholes: frozenset[str]
    chiefs: frozenset[str]
    seated: frozenset[str]
    revised: Mapping[str, frozenset[str]]
    reported: Mapping[str, frozenset[str]]
    status: frozenset[str]
    undisclosed: frozenset[str]
    nothing: frozenset[str]
    units: frozenset[str]
    forecast: tuple[str, ...]
    plan: tuple[str, ...]
    targets: tuple[str, ...]
    rumour: tuple[str, ...]
    asides: frozenset[str]
    done: tuple[str, ...]
    reviews: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    companies: tuple[Mapping[str, Any], ...]
    weekdays: tuple[str, ...]
    exchanges: Mapping[str, str]
    local: tuple[str, ...]
    boilerplate: tuple[str, ...]
    totals: frozenset[str]
    ratios: tuple[str, ...]
    seats: tuple[str, ...]
    changes: frozenset[str]
    consensus: frozenset[str]
    versions: frozenset[str]
    priced: frozenset[str]
    counted: frozenset[str]
    flows: frozenset[str]
    tellers: frozenset[str]
    scenarios: frozenset[str]
    cases: frozenset[str]
    tiers: frozenset[str]
    divisions: frozenset[str]
    naming: frozenset[str]
    profiled: frozenset[str]
    receivers: frozenset[str]
    customers: frozenset[str]
    investors: frozenset[str]
    rounds: frozenset[str]
    raised: frozenset[str]
    bodies: frozenset[str]
    headlines: frozenset[str]
    spans: frozenset[str]
    explaining: frozenset[str]
    unmeasuring: frozenset[str]
    open_questions: frozenset[str]
    no_things: frozenset[str]
    plan_steps: frozenset[str]
    hosts: frozenset[str]
    labels: frozenset[str]
    former: tuple[str, ...]
    standings: Mapping[Modality, tuple[str, ...]]
    standing: frozenset[str]
    doubts: tuple[str, ...]
    compared: re.Pattern[str]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold a label for comparison: NFKC, case, white space and punctuation gone."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum() or ch in "#%$@&+/")


def folded(words: Iterable[object]) -> tuple[str, ...]:
    """Fold each of some words."""
    return tuple(fold(str(word)) for word in words)


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Load ``tables.yaml`` once a process."""
    data = load_words("tables/tables.yaml")
    entities, roles = inverted(data["entities"]), inverted(data["roles"])
    return filled(
        Schema,
        data,
        entities={fold(str(word)): cls for word, cls in entities.items()},
        roles={fold(str(word)): role for word, role in roles.items()},
        scores=folded(data["scores"]),
        relations={key: folded(words) for key, words in data["relations"].items()},
        nothing=frozenset(str(word).casefold() for word in data["nothing"]),
        units=frozenset(str(unit).casefold() for unit in data["units"]),
        **{key: frozenset(folded(data[key])) for key in _FOLDED},
    )
