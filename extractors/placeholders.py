"""What a pattern over placeholders needs: ``⟦[AB](?P<O>\\d+)⟧`` a name of one of two classes."""

from __future__ import annotations

import re

_PART = re.compile(
    r"[⟦⟪]\[(?P<letters>\w+)\]\(\?P<\w+>\\d\+\)[⟧⟫]"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|(?P<bracket>[()])|(?P<either>\|)"
)


def needed(regex: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Return the letters of each placeholder that all matches hold: those in no group."""
    found: list[frozenset[str]] = []
    depth = 0
    for part in _PART.finditer(regex.pattern):
        if part["bracket"]:
            depth += 1 if part["bracket"] == "(" else -1
        elif depth == 0 and part["either"]:
            return ()
        elif depth == 0 and part["letters"]:
            found.append(frozenset(part["letters"]))
    return tuple(found)


def may_match(regex: re.Pattern[str], letters: frozenset[str]) -> bool:
    """Tell whether a text with placeholders of these letters holds all that a pattern needs."""
    return not any(letters.isdisjoint(some) for some in needed(regex))
