"""Words by which a figure is told not to be of the nearest name: ``misheld.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.alternation import any_of
from extractors.lexicon_store import load_yaml
from extractors.metric_data import load_metrics


@dataclass(frozen=True, slots=True)
class Misheld:
    """The words of ``misheld.yaml``."""

    things: frozenset[str]
    units: frozenset[str]
    others: frozenset[str]
    moving: frozenset[str]
    launched: frozenset[str]
    priced: frozenset[str]
    setters: tuple[str, ...]
    people: frozenset[str]
    heads: frozenset[str]
    together: re.Pattern[str]
    apart: re.Pattern[str]
    relocated: re.Pattern[str]
    examples: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=1)
def load_misheld() -> Misheld:
    """Load the words once a process."""
    data = load_yaml(Path(__file__).with_name("misheld.yaml"))
    metrics = {m.name for m in load_metrics().words.values() if m.of == "thing"}
    return Misheld(
        frozenset(metrics - set(data["anybody"])) | frozenset(data["things"]),
        frozenset(data["units"]),
        frozenset(data["others"]),
        frozenset(data["moving"]),
        frozenset(data["launched"]),
        frozenset(data["priced"]),
        tuple(data["setters"]),
        frozenset(data["people"]),
        frozenset(data["heads"]),
        re.compile("|".join(data["together"])),
        re.compile("|".join(data["apart"])),
        re.compile(rf"(?:를|을)\s(?:[^,.]{{1,24}}\s)?{any_of(data['relocated'])}"),
        tuple(data["examples"]),
    )
