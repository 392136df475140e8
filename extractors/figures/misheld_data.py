"""Words by which a figure is told not to be of the nearest name: ``misheld.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.values.metric_data import load_metrics
from extractors.word_lists import filled, load_words


@dataclass(frozen=True, slots=True)
class Misheld:
    """The words of ``misheld.yaml``."""

    things: frozenset[str]
    units: frozenset[str]
    others: frozenset[str]
    of_shares: frozenset[str]
    several: tuple[str, ...]
    of_outlets: tuple[str, ...]
    reaching: frozenset[str]
    moving: frozenset[str]
    launched: frozenset[str]
    priced: frozenset[str]
    setters: tuple[str, ...]
    qualities: frozenset[str]
    aims: tuple[str, ...]
    unfit: Mapping[str, frozenset[str]]
    people: frozenset[str]
    heads: frozenset[str]
    together: re.Pattern[str]
    apart: re.Pattern[str]
    spent: frozenset[str]
    no_parts: frozenset[str]
    kinds_of_multiple: frozenset[str]
    standards: frozenset[str]
    counting: re.Pattern[str]
    economy: re.Pattern[str]


@lru_cache(maxsize=1)
def load_misheld() -> Misheld:
    """Load the words once a process."""
    data = load_words("figures/misheld.yaml")
    metrics = {m.name for m in load_metrics().words.values() if m.of == "thing"}
    return filled(
        Misheld,
        data,
        counting=re.compile(rf"\s{any_of(data['counting'])}(?:\s기준|에 따르면|로는|상(?=[\s,]))"),
        economy=re.compile(any_of(data["economy"])),
        unfit={cls: frozenset(names) for cls, names in data["unfit"].items()},
        things=frozenset(metrics - set(data["anybody"])) | frozenset(data["things"]),
    )
