"""What something is as large as, told before it: "150억 달러 규모의 데이터센터 사업"."""

from __future__ import annotations

import re

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.figures.plain_phrases import Split, load_plain, made, words_of
from extractors.language.phrases import Phrase
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue

_SIZED = re.compile(r"(?:\s?규모의?|급)(?:\s|$)")
_LONGEST = 24


def sized(scene: Scene, value: FoundValue, phrase: Phrase) -> Split | None:
    """Return the venture behind a sum or so many watts, or whose it is, as of that size."""
    size = _SIZED.match(scene.text, value.end)
    if size is None or kind_of(value.value) not in ("money", "power"):
        return None
    behind = next((p for p in scene.parsed.phrases if p.owner is phrase), None)
    thing = phrase if size.end() < phrase.end else behind
    if thing is None or thing.joined is not None:
        return None
    words = words_of(scene, max(thing.start, size.end()), thing.end)
    if not words or not words[-1].endswith(load_plain().ventures):
        return None
    owner = phrase.owner
    if owner is None:
        return made(scene, words, "규모") if len(words) > 1 else None
    firms = scene.fill(owner, BODIES)
    label = " ".join(words)
    return Split(firms[-1][0], f"{label} 규모") if firms and len(label) <= _LONGEST else None
