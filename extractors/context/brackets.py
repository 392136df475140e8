"""Brackets of a text, the figures they gloss, and the label that a dense line begins with."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.context.scene import Scene
from extractors.values.values import FoundValue

_HEAD = re.compile(r"(?:\([^()]*\)|[^()])*?(?::\s|\s[—–]\s)")
_LONGEST = 70
_GLOSSED = re.compile(r"[+\s]{0,2}(?:YoY|QoQ|MoM|원|상회|이상)?\s?")
"""What may stand between a figure and the bracket that glosses it."""


@lru_cache(maxsize=64)
def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the innermost brackets: where each opens and closes."""
    found, opened = [], -1
    for at, mark in enumerate(text):
        if mark == "(":
            opened = at
        elif mark == ")" and opened >= 0:
            found.append((opened, at))
            opened = -1
    return tuple(found)


def bracket_at(text: str, at: int) -> tuple[int, int] | None:
    """Return the bracket that an offset is in."""
    if "(" not in text:
        return None
    return next((b for b in brackets(text) if b[0] < at < b[1]), None)


def glossed_by(scene: Scene, bracket: tuple[int, int]) -> FoundValue | None:
    """Return the figure that a bracket stands right behind."""
    before = (v for v in scene.values if v.end <= bracket[0])
    last = max(before, key=lambda v: v.end, default=None)
    near = last is not None and _GLOSSED.fullmatch(scene.text, last.end, bracket[0])
    return last if near else None


def head_end(text: str) -> int:
    """Return where the label of a line ends: "나래전자 2Q26(잠정): …", 0 if it has none."""
    found = _HEAD.match(text, 0, _LONGEST)
    return found.end() if found else 0
