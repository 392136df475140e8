"""What a sum is that its own clause does not name: "보조금을 받았다. 가나는 4억 달러다".

Asked last: only plain rows, brackets and parts are read as sums of what the sentence before
spoke of. The words are data (``unnamed_sums.yaml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.figures.deeds import load_deeds
from extractors.language.phrases import Phrase
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words

_MARKET = "시장 규모"
_ROW = re.compile(r"\W*\S[^,]*?[은는이가도]\s(?:약\s|최대\s|총\s)?")
_ENDS = re.compile(r"\W*(?:(?:이?다|이었다|였다|입니다|이에요|예요)\W*|정도\W*)?")
"""A whole row of firms and sums: "가나는 4억 달러, 다라는 5억 달러다"."""

_CAPACITY = re.compile(r"(?P<of>[가-힣]{2,}(?<![은는이가을를의에])) 용량[은이]\s+(?:약\s+)?$")
"""What has so many watts: "임대 용량은 4GW"."""


@dataclass(frozen=True, slots=True)
class UnnamedSums:
    """The words of ``unnamed_sums.yaml``."""

    bracket: re.Pattern[str]
    part: re.Pattern[str]
    exceeded: re.Pattern[str]
    told: re.Pattern[str]
    guided: re.Pattern[str]
    turned: frozenset[str]


@lru_cache(maxsize=1)
def load_unnamed_sums() -> UnnamedSums:
    """Load the words once a process."""
    data = load_words("figures/unnamed_sums.yaml")
    estimates, parts, times = ("|".join(data[key]) for key in ("estimates", "parts", "times"))
    money = "|".join(sorted(load_deeds().money))
    return filled(
        UnnamedSums,
        data,
        bracket=re.compile(rf"(?:{estimates})\((?:[^()]+,\s)?[^(),]{{2,24}}\s$"),
        part=re.compile(rf"의\s(?:{parts})[은는이]\s(?:약\s)?$"),
        exceeded=re.compile(rf"(?:인|이던|이었던|였던)\s(?:{times})보다\s(?:더|덜)\s"),
        told=re.compile(rf"(?P<noun>{money})[은는이]\s(?:약\s|총\s)?$"),
        guided=re.compile(rf"(?P<noun>{'|'.join(data['guided'])})로는?\s(?:약\s)?$"),
    )


def sum_told(scene: Scene) -> str | None:
    """Return what sum a sentence speaks of, if of one only, or that it tells of a market."""
    found = _sums(scene, len(scene.text))
    if found:
        return found[0] if len(set(found)) == 1 else None
    sized = any(n[0].cls == "Market" for n in scene.names)
    return _MARKET if sized and any(v.value.currency for v in scene.values) else None


def _sums(scene: Scene, until: int) -> list[str]:
    """List the sums that phrases before an offset are about."""
    known = load_metrics().words
    heads = [_head(scene, p) for p in scene.parsed.phrases if p.end <= until]
    return [known[h].name for h in heads if h in known and "money" in known[h].kinds]


def _head(scene: Scene, phrase: Phrase) -> str:
    """Return what a phrase is of that only says how it changes: the 목표가 of "목표가 상향"."""
    words = scene.masked[phrase.start : phrase.end].split()
    turned = len(words) > 1 and phrase.head in load_unnamed_sums().turned
    return words[-2] if turned else phrase.head


def _capacity(scene: Scene, value: FoundValue) -> str | None:
    """Name what has so many watts: "임대 용량은 4GW"."""
    told = _CAPACITY.search(scene.masked, 0, value.start)
    if told is None or told["of"] in load_metrics().empty:
        return None
    named = any(start < told.end("of") <= end for _, start, end in scene.names)
    return None if named else f"{told['of']} 용량"


def by_context(scene: Scene, value: FoundValue) -> str | None:
    """Name a sum by the sentence before, by what is more than it, by what is said of it."""
    before, words = scene.text[: value.start], load_unnamed_sums()
    if kind_of(value.value) == "power":
        return _capacity(scene, value)
    if not value.value.currency:
        return None
    if guided := words.guided.search(before):
        sums = _sums(scene, guided.start())
        return f"{sums[-1]} {guided['noun']}" if sums else None
    listed = words.bracket.search(before) or words.part.search(before) or _is_row(scene)
    told = scene.discourse.sum
    firms = told == _MARKET and any(n[0].cls in BODIES for n in scene.names)
    if listed and told and not firms:
        return told
    clauses = scene.parsed.clauses
    if words.exceeded.match(scene.text, value.end):
        verbs = [c.lemma for c in clauses if c.start > value.end]
        return load_metrics().paid.get(verbs[0]) if verbs else None
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
