"""Sentences whose names are placeholders, and what patterns over such sentences need.

``⟦[AB](?P<O>\\d+)⟧`` in a pattern is a name of one of two classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from corpus.records import record
from kg.vocab import CLASSES

if TYPE_CHECKING:
    from extractors.context.scene import Scene

LETTERS = {cls: chr(ord("A") + number) for number, cls in enumerate(CLASSES)}
"""What a placeholder calls a class."""
NUMBER = re.compile(r"⟦[A-Z](\d+)⟧")
"""Which name of the sentence a placeholder stands for."""
_PART = re.compile(
    r"[⟦⟪]\[(?P<letters>\w+)\]\(\?P<\w+>\\d\+\)[⟧⟫]"
    r"|\\.|\[(?:\\.|[^\]\\])*\]|(?P<opens>\((?:\?(?:P<\w+>|(?P<around><?[=!])|:))?)|(?P<closes>\))"
    r"|(?P<either>\|)|(?P<dropped>[?*]|\{\d*,?\d*\})|[.^$+]|(?P<plain>.)"
)
"""A part of a pattern; ``dropped`` tells that what is before it may be missing."""

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
def needed(regex: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Return the letters of each placeholder that all matches hold: it is in no group."""
    found: list[frozenset[str]] = []
    depth = 0
    for part in _PART.finditer(regex.pattern):
        depth += bool(part["opens"]) - bool(part["closes"])
        if depth == 0 and part["either"]:
            return ()
        if depth == 0 and part["letters"]:
            found.append(frozenset(part["letters"]))
    return tuple(found)


def _held(parts: Iterator[re.Match[str]]) -> list[Held]:
    """List what all matches hold of a pattern, or of a group of it up to its bracket."""
    ways: list[list[Held]] = [[]]
    run, group = "", list[Held]()
    for part in parts:
        if part["plain"]:
            ways[-1] += group
            run, group = run + part["plain"], []
            continue
        if part["dropped"]:
            run, group = run[:-1], []
        ways[-1] += [*group, (run,)]
        run, group = "", []
        if part["opens"]:
            inside = _held(parts)
            group = [] if part["around"] else inside
        elif part["either"]:
            ways.append([])
        elif part["closes"]:
            break
    ways[-1] += [*group, (run,)]
    return ways[0] if len(ways) == 1 else [tuple(chain.from_iterable(map(_most_telling, ways)))]


def _most_telling(held: Sequence[Held]) -> Held:
    """Return the longest texts, spaces not counted, of those the last: of verbs, not particles."""
    return max(reversed(held), key=lambda texts: min(len(text.strip()) for text in texts))


def told_by(regex: re.Pattern[str]) -> tuple[Held, Held]:
    """Return the longest text that all matches of a pattern hold, and texts they hold one of."""
    held = [("",), *_held(_PART.finditer(regex.pattern))]
    return max((texts for texts in held if len(texts) == 1), key=lambda t: len(t[0])), (
        _most_telling(held)
    )


def may_match(regex: re.Pattern[str], letters: frozenset[str]) -> bool:
    """Tell whether a text with placeholders of these letters holds all that a pattern needs."""
    return not any(letters.isdisjoint(some) for some in needed(regex))


class Shortlist:
    """Which of many patterns may match a text, without trying each.

    A pattern needs the letters of its placeholders, and one word of each of some groups. A word
    is told by two letters of it that stand side by side, a text by all such pairs it has; sets
    of patterns are integers, a bit for each.
    """

    def __init__(self, regexes: Sequence[re.Pattern[str]], words: Sequence[Held]) -> None:
        """List patterns, each with other words of which its texts hold one (none: any text)."""
        self._regexes = regexes
        self._fitting: dict[frozenset[str], int] = {}
        held = [(*told_by(regex), more) for regex, more in zip(regexes, words, strict=True)]
        self._needs = [_by_pair(groups) for groups in zip(*held, strict=True)]
        self._pairs = frozenset(chain.from_iterable(pairs for pairs, _ in self._needs))

    def of(self, bones: Skeleton) -> Iterator[int]:
        """Yield the numbers of the patterns that may match, in order."""
        there = self._pairs.intersection(map(add, bones.text, bones.text[1:]))
        left = self._fit(bones.letters)
        for pairs, free in self._needs:
            held = free
            for pair in there:
                held |= pairs.get(pair, 0)
            left &= held
        while left:
            lowest = left & -left
            left ^= lowest
            yield lowest.bit_length() - 1

    def _fit(self, letters: frozenset[str]) -> int:
        """Return the patterns that may match where placeholders of these letters stand."""
        fitting = self._fitting.get(letters)
        if fitting is None:
            fits = (1 << n for n, regex in enumerate(self._regexes) if may_match(regex, letters))
            fitting = self._fitting[letters] = sum(fits)
        return fitting


def _by_pair(groups: Sequence[Held]) -> tuple[dict[str, int], int]:
    """Return the patterns that a pair of letters lets in, and those that need no word."""
    pairs: dict[str, int] = {}
    free = 0
    for number, words in enumerate(groups):
        if not words or min(map(len, words)) < 2:
            free |= 1 << number
            continue
        for pair in map(_telling, words):
            pairs[pair] = pairs.get(pair, 0) | 1 << number
    return pairs, free


def _telling(word: str) -> str:
    """Return two neighbouring letters that tell a word best: no space, and late, as in a verb."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return max(reversed(pairs), key=lambda pair: len(pair.strip()))
