"""One of many words in a text: as a regex that is a tree, so that what words begin with is
looked at once, or by looking for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

_END = ""
_NOTHING: Mapping[str, str] = MappingProxyType({})


def any_of(words: Iterable[str], *, provided: Mapping[str, str] = _NOTHING) -> str:
    """Write a group that matches any of the words, the longest that stands there first.

    ``provided`` holds what else must be so right behind a word: a look back or ahead.
    """
    tree: dict[str, Any] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = provided.get(word, "")
    return f"(?:{_written(tree)})"


def opening(words: Iterable[str]) -> str:
    """Write a look ahead at how the words begin.

    Put before a look back, which at most places of a text it spares.
    """
    return f"(?=[{''.join(re.escape(char) for char in sorted({word[0] for word in words}))}])"


class Sought:
    """A pattern that is only looked for where a text has what all its matches hold.

    ``needs`` is a short pattern for that: most texts are done with after one quick look.
    """

    def __init__(self, pattern: str, needs: str) -> None:
        """Compile both."""
        self._pattern, self._needs = re.compile(pattern), re.compile(needs)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Find all matches in a text."""
        return self._pattern.finditer(text) if self._needs.search(text) else ()


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of a few words stands in a text."""
    for word in words:  # noqa: SIM110 - asked thousands of times a report, any() is twice as dear
        if word in text:
            return True
    return False


def _written(node: Mapping[str, Any]) -> str:
    branches = [re.escape(char) + _written(below) for char, below in node.items() if char != _END]
    if not branches:
        return str(node[_END])
    if _END not in node and len(branches) == 1:
        return branches[0]
    if node.get(_END):
        branches.append(node[_END])
    return f"(?:{'|'.join(branches)}){'?' if node.get(_END) == '' else ''}"
