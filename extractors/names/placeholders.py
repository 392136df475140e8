"""Sentences whose names are placeholders, and what patterns over such sentences need.

``⟦[AB](?P<O>\\d+)⟧`` in a pattern is a name of one of two classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from operator import add
from typing import TYPE_CHECKING

from corpus.records import record
from extractors.sparing import held_by
from kg.vocab import CLASSES

if TYPE_CHECKING:
    from extractors.context.scene import Scene

LETTERS = {cls: chr(ord("A") + number) for number, cls in enumerate(CLASSES)}
"""What a placeholder calls a class."""
NUMBER = re.compile(r"⟦[A-Z](\d+)⟧")
"""Which name of the sentence a placeholder stands for."""
_PART = re.compile(
    r"[⟦⟪]\[(?P<letters>\w+)\]\(\?P<\w+>\\d\+\)[⟧⟫]"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|(?P<opens>\()|(?P<closes>\))|(?P<either>\|)"
)
"""A part of a pattern."""
_PLACEHOLDER = re.compile(r"[⟦⟪](?:\[\w+\]|\\?\w)?(?:\(\?P<\w+>\\d\+\)|\\\w\+|\+)?[⟧⟫]")
"""A whole placeholder in a pattern, with a group or without."""
_MARK = re.compile(r"[⟦⟧⟪⟫]|^[A-Za-z]?\d*$")
"""What may be of a placeholder: its brackets, its letter and number."""
_LONGEST = 2
"""So many letters of a word are looked for, no more."""

Held = tuple[str, ...]
"""Texts of which all matches of a pattern hold one."""


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


def skeleton_of_names(scene: Scene) -> Skeleton:
    """Put placeholders in the place of the names of a sentence that are those of somebody."""
    named = (
        (start, end, f"⟦{LETTERS[entity.cls]}{number}⟧")
        for number, (entity, start, end) in enumerate(scene.names)
        if not scene.is_generic(entity)
    )
    return skeleton(scene.text, named, frozenset(LETTERS[e.cls] for e, _, _ in scene.names))


@lru_cache(maxsize=1024)
def needed(pattern: str) -> tuple[frozenset[str], ...]:
    """Return the letters of each placeholder that all matches hold: it is in no group."""
    found: list[frozenset[str]] = []
    depth = 0
    for part in _PART.finditer(pattern):
        depth += bool(part["opens"]) - bool(part["closes"])
        if depth == 0 and part["either"]:
            return ()
        if depth == 0 and part["letters"]:
            found.append(frozenset(part["letters"]))
    return tuple(found)


def told_by(pattern: str) -> list[Held]:
    """List the texts, one of which all matches of a pattern hold, that tell it best; two at most.

    Those of placeholders tell nothing: a sentence has no such letters of its own.
    """
    plain = _PLACEHOLDER.sub(".", pattern)
    held = [texts for texts in held_by(plain) if not any(_MARK.search(text) for text in texts)]
    held.reverse()  # what comes later, as verbs do, tells more
    held.sort(key=lambda texts: (-min(_LONGEST, *(len(t.strip()) for t in texts)), len(texts)))
    return [tuple(sorted(texts)) for texts in held[:2]]


def may_match(pattern: str, letters: frozenset[str]) -> bool:
    """Tell whether a text with placeholders of these letters holds all that a pattern needs."""
    return not any(letters.isdisjoint(some) for some in needed(pattern))


class Shortlist:
    """Which of many patterns may match a text, without trying each.

    A pattern needs the letters of its placeholders, and one word of each of some groups. A word
    is told by two letters of it that stand side by side, a text by all such pairs it has; sets
    of patterns are integers, a bit for each. A pattern is compiled when it first may match.
    """

    def __init__(self, patterns: Sequence[str], words: Sequence[Held]) -> None:
        """List patterns, each with other words of which its texts hold one (none: any text)."""
        self._patterns = patterns
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._fitting: dict[frozenset[str], int] = {}
        groups = [*zip_longest(*map(told_by, patterns), fillvalue=()), words]
        self._needs = [_by_pair(group) for group in groups]
        self._pairs = frozenset(chain.from_iterable(pairs for pairs, _ in self._needs))

    def of(
        self, letters: frozenset[str], pairs: frozenset[str]
    ) -> Iterator[tuple[int, re.Pattern[str]]]:
        """Yield the patterns that may match, in order, each with its number.

        ``letters`` are those of a text's placeholders, ``pairs`` what :func:`pairs_of` tells of it.
        """
        there = self._pairs & pairs
        left = self._fit(letters)
        for known, free in self._needs:
            held = free
            for pair in there:
                held |= known.get(pair, 0)
            left &= held
        while left:
            lowest = left & -left
            left ^= lowest
            yield self._regex(lowest.bit_length() - 1)

    def _regex(self, number: int) -> tuple[int, re.Pattern[str]]:
        if number not in self._compiled:
            self._compiled[number] = re.compile(self._patterns[number])
        return number, self._compiled[number]

    def _fit(self, letters: frozenset[str]) -> int:
        """Return the patterns that may match where placeholders of these letters stand."""
        fitting = self._fitting.get(letters)
        if fitting is None:
            fits = (1 << n for n, p in enumerate(self._patterns) if may_match(p, letters))
            fitting = self._fitting[letters] = sum(fits)
        return fitting


def pairs_of(text: str) -> frozenset[str]:
    """Return the letters of a text, alone and two side by side."""
    line = text.replace("\n", " ")  # as in a skeleton
    return frozenset(chain(line, map(add, line, line[1:])))


def _by_pair(groups: Sequence[Held]) -> tuple[dict[str, int], int]:
    """Return the patterns that a pair of letters lets in, and those that need no word."""
    pairs: dict[str, int] = {}
    free = 0
    for number, words in enumerate(groups):
        if not words:
            free |= 1 << number
        for pair in map(_telling, words):
            pairs[pair] = pairs.get(pair, 0) | 1 << number
    return pairs, free


def _telling(word: str) -> str:
    """Return two neighbouring letters that tell a word best: no space, and late, as in a verb."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
    return max(reversed(pairs), key=lambda pair: len(pair.strip()))
