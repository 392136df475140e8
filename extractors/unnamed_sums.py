"""What a sum is that its own clause does not name: "보조금을 받았다. 가나는 4억 달러다".

Asked last: only plain rows, brackets and parts are read as sums of what the sentence before
spoke of. The words are data (``unnamed_sums.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.deeds import load_deeds
from extractors.lexicon_store import load_yaml
from extractors.metric_data import load_metrics
from extractors.scene import Scene
from extractors.values import FoundValue

_MARKET = "시장 규모"
_ROW = re.compile(r"\W*\S(?:[^\s,]|\s)*?[은는이가도]\s(?:약\s|최대\s|총\s)?")
_ENDS = re.compile(r"\W*(?:(?:이?다|이었다|였다|입니다|이에요|예요)\W*|정도\W*)?")
"""A whole row of firms and sums: "가나는 4억 달러, 다라는 5억 달러다"."""


@dataclass(frozen=True, slots=True)
class UnnamedSums:
    """The words of ``unnamed_sums.yaml``."""

    bracket: re.Pattern[str]
    part: re.Pattern[str]
    exceeded: re.Pattern[str]
    told: re.Pattern[str]
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@lru_cache(maxsize=1)
def load_unnamed_sums() -> UnnamedSums:
    """Load the words once a process."""
    data = load_yaml(Path(__file__).with_name("unnamed_sums.yaml"))
    estimates, parts, times = ("|".join(data[key]) for key in ("estimates", "parts", "times"))
    money = "|".join(sorted(load_deeds().money))
    return UnnamedSums(
        re.compile(rf"(?:{estimates})\((?:[^()]+,\s)?[^(),]{{2,24}}\s$"),
        re.compile(rf"의\s(?:{parts})[은는이]\s(?:약\s)?$"),
        re.compile(rf"(?:인|이던|이었던|였던)\s(?:{times})보다\s(?:더|덜)\s"),
        re.compile(rf"(?P<noun>{money})[은는이]\s(?:약\s|총\s)?$"),
        tuple(data["examples"]),
        tuple(data["never"]),
    )


def sum_told(scene: Scene) -> str | None:
    """Return what sum a sentence speaks of, if of one only, or that it tells of a market."""
    words, found = load_metrics().words, set()
    for phrase in scene.parsed.phrases:
        known = words.get(phrase.head)
        if known is not None and "money" in known.kinds:
            found.add(known.name)
    if found:
        return found.pop() if len(found) == 1 else None
    sized = any(n[0].cls == "Market" for n in scene.names)
    return _MARKET if sized and any(v.value.currency for v in scene.values) else None


def by_context(scene: Scene, value: FoundValue) -> str | None:
    """Name a sum by the sentence before, by what is more than it, by what is said of it."""
    if not value.value.currency:
        return None
    before, words = scene.text[: value.start], load_unnamed_sums()
    listed = words.bracket.search(before) or words.part.search(before) or _is_row(scene)
    if listed and scene.discourse.sum:
        return scene.discourse.sum
    clauses = scene.parsed.clauses
    if words.exceeded.match(scene.text, value.end):
        told = [c.lemma for c in clauses if c.start > value.end]
        return load_metrics().paid.get(told[0]) if told else None
    spent = words.told.search(before)
    if spent is None:
        return None
    lemmas = [c.lemma for c in clauses if c.end <= spent.start()][-2:]
    named = next((v for v in reversed(lemmas) if v in load_metrics().raising), None)
    return f"{named} 금액" if named and len(named) > 1 else None


def _is_row(scene: Scene) -> bool:
    """Tell a sentence that is nothing but firms and their sums."""
    end = 0
    for value in scene.values:
        if not value.value.currency or not _ROW.fullmatch(scene.text, end, value.start):
            return False
        if not any(end <= n[1] and n[2] <= value.start for n in scene.names):
            return False
        end = value.end
    return bool(scene.values) and _ENDS.fullmatch(scene.text, end) is not None
