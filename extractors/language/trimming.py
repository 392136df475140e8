"""What is cut off words as they are printed: brackets, and marks at their ends."""

from __future__ import annotations

import re

EDGE = " ·,‘’“”'\"「」『』[]<>*△▲▼□○-"
_GLOSS = re.compile(r"\s?\([^()]*\)?")


def unglossed(text: str) -> str:
    """Cut brackets out of a text, one that is not closed in it too."""
    return _GLOSS.sub("", text) if "(" in text else text
