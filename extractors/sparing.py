"""Patterns that are tried only on texts with a word that all their matches hold.

Most texts lack it, and to look for a word costs a tenth of what it costs to try a pattern. The
words are read off the pattern: nothing is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from typing import Any, cast

_parser = import_module("re._parser")
"""The parser of patterns that :mod:`re` uses itself."""
_MOST = 8
"""To look for more words would cost about as much as the pattern does."""
_MANY = 64
"""More are not kept of what stands side by side."""
_REPEATED = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_NO_WORD = frozenset({""})
_NOTHING: Iterator[re.Match[str]] = iter(())
Words = frozenset[str]
"""Of which all matches hold one."""


def sparing(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; where all its matches hold one of a few words, these are sought first."""
    compiled = re.compile(pattern)
    words = best(held_by(pattern))
    if not words or len(words) > _MOST:
        return compiled
    return cast("re.Pattern[str]", _Sparing(compiled, words))  # but for the methods here the same


def held_by(pattern: str) -> list[Words]:
    """List words of a pattern, of each of which all its matches hold one."""
    parsed = _parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return []
    return [words for words in _read(parsed)[1] if "" not in words]


def best(held: Iterable[Words]) -> Words:
    """Return the words that are the fewest and longest; none, where there are none."""
    return min(held, key=lambda words: len(words) / min(map(len, words)) ** 2, default=frozenset())


class _Sparing:
    """A pattern with the words of which its matches hold one."""

    __slots__ = ("_finditer", "_pattern", "_search", "_words", "fullmatch", "match")

    def __init__(self, pattern: re.Pattern[str], words: Words) -> None:
        self._pattern, self._words = pattern, tuple(sorted(words))
        self._search, self._finditer = pattern.search, pattern.finditer
        self.match, self.fullmatch = pattern.match, pattern.fullmatch  # looked for at one place

    def search(self, text: str, *place: int) -> re.Match[str] | None:
        for word in self._words:
            if word in text:
                return self._search(text, *place)
        return None

    def finditer(self, text: str, *place: int) -> Iterator[re.Match[str]]:
        for word in self._words:
            if word in text:
                return self._finditer(text, *place)
        return _NOTHING

    def sub(self, new: Any, text: str) -> str:
        for word in self._words:
            if word in text:
                return self._pattern.sub(new, text)
        return text

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)


def _read(parsed: Any) -> tuple[Words, list[Words]]:
    """Return all that a parsed pattern matches, if that is but a few words; and words it holds."""
    found: list[Words] = []
    run, whole = _NO_WORD, True
    for code, told in parsed:
        words, inside = _part(str(code), told)
        if words and len(run) * len(words) <= _MANY:
            run = frozenset(map("".join, product(run, words)))
            continue
        found += [run, *([] if words else inside)]
        run, whole = words or _NO_WORD, False
    return (run if whole else frozenset()), [*found, run]


def _part(code: str, told: Any) -> tuple[Words, list[Words]]:
    """Read a letter, a few letters, a group, what is repeated or looked ahead for, or ways."""
    if code == "LITERAL":
        return frozenset({chr(told)}), []
    if code == "IN" and len(told) <= _MANY and all(str(kind) == "LITERAL" for kind, _ in told):
        return frozenset(chr(letter) for _, letter in told), []
    if code == "SUBPATTERN" and not told[1] & re.IGNORECASE:
        return _read(told[3])
    if code == "ATOMIC_GROUP":
        return _read(told)
    if code == "ASSERT":
        return frozenset(), _read(told[1])[1]
    if code in _REPEATED and told[0]:
        return frozenset(), _read(told[2])[1]
    return _ways(told[1]) if code == "BRANCH" else (frozenset(), [])


def _ways(ways: Any) -> tuple[Words, list[Words]]:
    read = [_read(way) for way in ways]
    words = frozenset[str]().union(*(whole for whole, _ in read))
    if len(words) <= _MANY and all(whole for whole, _ in read):
        return words, [words]
    each = [best(words for words in held if "" not in words) for _, held in read]
    return frozenset(), [frozenset[str]().union(*each)] if all(each) else []
