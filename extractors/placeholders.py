"""Sentences whose names are placeholders, and what patterns over such sentences need.

``⟦[AB](?P<O>\\d+)⟧`` in a pattern is a name of one of two classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.records import record

_PART = re.compile(
    r"[⟦⟪]\[(?P<letters>\w+)\]\(\?P<\w+>\\d\+\)[⟧⟫]"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|(?P<bracket>[()])|(?P<either>\|)"
    r"|(?P<dropped>[?*]|\{\d*,?\d*\})|[.^$+]|(?P<plain>.)"
)
"""A part of a pattern; ``dropped`` tells that what is before it may be missing."""


Fitting = tuple[tuple[re.Pattern[str], str], ...]
"""Patterns, each with a text that all its matches hold."""


@record()
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


def _held(regex: re.Pattern[str]) -> list[re.Match[str]]:
    """List the parts of a pattern that are in no group: all matches hold them."""
    found: list[re.Match[str]] = []
    depth = 0
    for part in _PART.finditer(regex.pattern):
        if part["bracket"]:
            depth += 1 if part["bracket"] == "(" else -1
        if depth == 0 and part["either"]:
            return []
        if depth == 0:
            found.append(part)
    return found


@lru_cache(maxsize=1024)
def needed(regex: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Return the letters of each placeholder that all matches hold."""
    return tuple(frozenset(part["letters"]) for part in _held(regex) if part["letters"])


def _literal(regex: re.Pattern[str]) -> str:
    """Return the longest text that all matches hold, letter by letter; it may be empty."""
    runs = [""]
    for part in _held(regex):
        if part["plain"]:
            runs[-1] += part["plain"]
            continue
        if part["dropped"]:
            runs[-1] = runs[-1][:-1]
        runs.append("")
    return max(runs, key=len)


def fitting(regexes: Iterable[re.Pattern[str]], letters: frozenset[str]) -> Fitting:
    """Return the patterns that may match where placeholders of these letters stand."""
    return tuple((regex, _literal(regex)) for regex in regexes if may_match(regex, letters))


def may_match(regex: re.Pattern[str], letters: frozenset[str]) -> bool:
    """Tell whether a text with placeholders of these letters holds all that a pattern needs."""
    return not any(letters.isdisjoint(some) for some in needed(regex))
