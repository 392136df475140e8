"""Headlines that a thing leads, with no one who does it: "가나의 K2, 내년 1분기 출시 예정".

Its maker, named before it or known, brings it out; examples are in ``headlined_things.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.alternation import any_of, holds_any
from extractors.classes import BODIES, THINGS
from extractors.context.scene import Draft, Named, Scene
from extractors.lexicon.makers import makers_of
from extractors.word_lists import load_words
from kg.claim import Entity, Modality

_LONGEST = 90
_COMMA = re.compile(r"[’”'\"]?(?:\s?\([^()]*\))?(?:,|\s[–—])\s")
_BESIDE = re.compile(r"(?:의)?\s(?:[가-힣A-Za-z]{1,8}\s){0,2}[‘“'\"]?")
_LEADS = re.compile(r"[^\w(]*(?:\([^()]*\)\s)?[‘“'\"]?")


@dataclass(frozen=True, slots=True)
class _Words:
    done: re.Pattern[str]
    deeds: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("relations/headlined_things.yaml")
    deeds = {noun: predicate for predicate, nouns in data["deeds"].items() for noun in nouns}
    return _Words(
        re.compile(
            rf"(?:{any_of(data['how'])}\s)*(?P<deed>{any_of(deeds)})(?:\s{any_of(data['begun'])})?"
            rf"(?:\s?(?P<plan>{any_of(data['planned'])}))?\W*$"
        ),
        deeds,
    )


def match_headlined(scene: Scene) -> Iterator[Draft]:
    """Yield who brings out or makes the thing that leads a headline, and when."""
    if len(scene.text) > _LONGEST or not holds_any(scene.text, (",", "–", "—")):
        return
    led = _lead(scene)
    if led is None:
        return
    thing, maker, comma = led
    start = next((p.end for p in scene.periods if p.start <= comma + 1), comma)
    rest = _words().done.match(scene.text, start + (scene.text[start : start + 1] == " "))
    if rest is None:
        return
    draft = Draft(maker, _words().deeds[rest["deed"]], thing, None, comma, rest.end("deed"))
    period = next((p for p in scene.periods if p.end == start), None)
    if period is not None:
        draft.qualifiers["period"] = (rest["plan"] and period.coming) or period.value
    ahead = period is not None and period.ahead
    planned: Modality = "plan" if rest["plan"] or ahead else "fact"
    draft.modality = planned
    yield draft


def _lead(scene: Scene) -> tuple[Entity, Entity, int] | None:
    """Return the thing that a line begins with, its maker and where the comma behind it ends."""
    names: list[Named] = sorted(scene.names, key=lambda n: n[1])
    begins = _LEADS.match(scene.text)
    at = begins.end() if begins else 0
    firm = names[0][0] if names and names[0][0].cls in BODIES and names[0][1] == at else None
    if firm is not None:
        beside = _BESIDE.match(scene.text, names[0][2])
        at = beside.end() if beside else -1
        names = names[1:]
    thing = next((n for n in names if n[0].cls in THINGS and n[1] == at), None)
    comma = _COMMA.match(scene.text, thing[2]) if thing else None
    if thing is None or comma is None or scene.is_generic(thing[0]):
        return None
    known = [m for m in makers_of(thing[0]) if m.cls in BODIES]
    maker = firm or (known[0] if len(known) == 1 else scene.discourse.heading)
    return (thing[0], maker, comma.end()) if maker is not None else None
