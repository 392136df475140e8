"""Fact, plan, forecast, rumour, opinion or denied: read from endings and cue words.

The cues are data (``modality.yaml``); this module compiles and applies them in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.lexicon_store import load_yaml
from kg.claim import MODALITIES, Modality


@dataclass(frozen=True, slots=True)
class _Cues:
    kind: str
    tail: re.Pattern[str]
    after: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cues, ...]:
    data = load_yaml(Path(__file__).with_name("modality.yaml"))
    return tuple(
        _Cues(
            kind,
            _compiled(rules["cues"]),
            _compiled(rules["after_sentence"]) if "after_sentence" in rules else None,
        )
        for kind, rules in data.items()
    )


def _compiled(cues: list[str]) -> re.Pattern[str]:
    """Join cues; ``{ㄹ}`` stands for any syllable that ends in ㄹ (the future of 할, 될, 오를)."""
    future = "[" + "".join(chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == 8) + "]"
    return re.compile("|".join(f"(?:{cue})" for cue in cues).replace("{ㄹ}", future))


def modality(tail: str, rest: str = "") -> Modality | None:
    """Judge a predicate by its tail; ``None`` when it is only asked or supposed.

    ``tail`` is the surface after the predicate's stem to the end of what governs it
    ("할 예정이라고 밝혔다"); ``rest`` what follows in the sentence.
    """
    for cues in _cues():
        if cues.tail.search(tail) or (cues.after and cues.after.search(rest)):
            return next((kind for kind in MODALITIES if kind == cues.kind), None)
    return "fact"
