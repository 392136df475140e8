"""Sentences whose names are placeholders, and what patterns over such sentences need.

``⟦[AB](?P<O>\\d+)⟧`` in a pattern is a name of one of two classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_PART = re.compile(
    r"[⟦⟪]\[(?P<letters>\w+)\]\(\?P<\w+>\\d\+\)[⟧⟫]"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|(?P<bracket>[()])|(?P<either>\|)"
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text with placeholders for some of its ranges; ``letters`` are those of what it names.

    ``marks`` holds for each placeholder its range here and the range that it stands for.
    """

    text: str
    letters: frozenset[str]
    marks: tuple[tuple[int, int, int, int], ...]

    def offset(self, at: int) -> int:
        """Return where in the original a character is from; a placeholder's last is an end."""
        shift = 0
        for begins, ends, start, end in self.marks:
            if at < begins:
                break
            if at < ends:
                return start if at < ends - 1 else max(start, end - 1)
            shift = end - ends
        return at + shift

    def span(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """Return where in the original a match, or a group of it, stands."""
        return self.offset(match.start(group)), self.offset(match.end(group) - 1) + 1


def skeleton(
    text: str, ranges: Iterable[tuple[int, int, str]], letters: frozenset[str]
) -> Skeleton:
    """Put placeholders in the place of ranges of a text, given in order."""
    pieces: list[str] = []
    marks: list[tuple[int, int, int, int]] = []
    position = length = 0
    for start, end, mark in ranges:
        pieces += (text[position:start], mark)
        length += start - position + len(mark)
        marks.append((length - len(mark), length, start, end))
        position = end
    pieces.append(text[position:])
    return Skeleton("".join(pieces).replace("\n", " "), letters, tuple(marks))


@lru_cache(maxsize=1024)
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
