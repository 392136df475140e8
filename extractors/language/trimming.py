"""What is cut off words as they are printed: brackets, and marks at their ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.search.analyzer import Morpheme

EDGE = " ·,‘’“”'\"「」『』[]<>*△▲▼□○-"
_GLOSS = re.compile(r"\s?\([^()]*\)?")


def unglossed(text: str) -> str:
    """Cut brackets out of a text, one that is not closed in it too."""
    return _GLOSS.sub("", text) if "(" in text else text


def without_particle(noun: str, tokens: Sequence[Morpheme], end: int) -> str:
    """Return a noun that ends at an offset as a label: the 클라우드 of "클라우드가 12%"."""
    marks = next((m for m in tokens if m.end == end and m.tag == "JKS"), None)
    return noun.removesuffix(marks.form) if marks else noun
