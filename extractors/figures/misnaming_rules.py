"""Rules that tell a figure's wrong name, and its right one: ``misnamed.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.context.scene import Draft, Scene
from extractors.figures.figure_names import by_unit
from extractors.language.grammar import particles
from extractors.sparing import sparing
from extractors.values.values import FoundValue
from extractors.word_lists import load_words

_FILE = "figures/misnamed.yaml"
_SLOT = re.compile(r"\{(?P<slot>[a-z]+)\}")
_REACH = 40
"""How far before a figure at most a rule looks, in characters."""


@dataclass(frozen=True, slots=True)
class Misnaming:
    """When a figure is no such thing, or what it is called ``then``."""

    name: re.Pattern[str] | None
    figure: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    of: str | None
    money: bool | None
    based: bool | None
    then: str | None

    def match(self, scene: Scene, draft: Draft, value: FoundValue) -> dict[str, str] | None:
        """Return the groups of its patterns if it holds for a figure."""
        name = self.name and self.name.fullmatch(draft.qualifiers.get("metric", ""))
        if (
            (self.name and not name)
            or (self.of is not None and draft.subject.cls != self.of)
            or (self.money is not None and bool(value.value.currency) != self.money)
            or (self.based is not None and ("basis" in draft.qualifiers) != self.based)
        ):
            return None
        figure, unit = self.figure, value.value.unit or ""
        if figure and not (figure.search(value.value.text) or figure.search(unit)):
            return None
        found: dict[str, str] = {}
        told = [name] if self.name else []
        if self.before:
            told.append(self.before.search(scene.text, max(0, value.start - _REACH), value.start))
        if self.after:
            told.append(self.after.match(scene.text, value.end))
        for match in told:
            if match is None:
                return None
            found |= match.groupdict("")
        return found


@lru_cache(maxsize=1)
def load_misnamings() -> tuple[Misnaming, ...]:
    """Load the rules once a process."""
    data = load_words(_FILE)
    words = {key: "|".join(told) for key, told in data["words"].items()}
    return tuple(_rule(told, words) for told in data["rules"])


@lru_cache(maxsize=1)
def expectation() -> re.Pattern[str]:
    """Match what was expected right before a figure, and how it is compared with that."""
    words = load_words(_FILE)["words"]
    object_, about = particles("object"), "|".join(words["about"])
    return re.compile(
        rf"(?:{'|'.join(words['expected'])})"
        rf"(?P<than>보다는?|{object_}|\s?대비|에\s비해)?\s(?:(?:{about})\s)?$"
    )


def _rule(told: dict[str, Any], words: dict[str, str]) -> Misnaming:
    def pattern(key: str, end: str = "") -> re.Pattern[str] | None:
        if key not in told:
            return None
        source = _SLOT.sub(
            lambda m: f"(?:{words.get(m['slot']) or particles(m['slot'])})", told[key]
        )
        return sparing(f"(?:{source}){end}")

    return Misnaming(
        pattern("name"),
        pattern("figure", "$"),
        pattern("before", "$"),
        pattern("after"),
        *(told.get(key) for key in ("of", "money", "based", "then")),
    )


def _rate(draft: Draft, way: str) -> str:
    """Name a change in percent: what of a firm rises by itself is its share price."""
    data = load_words(_FILE)
    rate: str = data["rates"].get(way, f"{way}률")
    priced = draft.subject.cls == "Company" and way in data["priced"]
    return f"주가 {rate}" if priced else rate


def renamed(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Call a figure as the rules do; ``False`` if it is no such thing at all."""
    for rule in load_misnamings():
        found = rule.match(scene, draft, value)
        if found is None:
            continue
        if rule.then is None:
            return False
        name = draft.qualifiers.get("metric", "")
        told = {"unit": by_unit(scene, value) or "", "rate": _rate(draft, name), "name": name}
        named = rule.then.format(**told | found)
        if not named:
            return False
        draft.qualifiers["metric"] = named
    return True
