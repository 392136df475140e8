"""Misspelt names: the known name that an unknown one is nearest to, letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from agent.korean import jamo
from agent.linking import fold

_NEAR = 0.78
_SHORTEST = 2  # characters; shorter names are near to too many others


class Guesser:
    """Finds known names by how they are spelt; built once a generation."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(set(names)):
            letters = jamo(fold(name))
            if len(fold(name)) > _SHORTEST:
                self._by_start.setdefault(letters[:1], []).append((letters, name))

    def nearest(self, word: str) -> str | None:
        """Return the name most like a word, when it is like enough and not the word itself."""
        letters = jamo(fold(word))
        if len(fold(word)) <= _SHORTEST:
            return None
        best, chosen = _NEAR, None
        at_most = SequenceMatcher(None, "", letters, autojunk=False)  # counts letters only once
        for other, name in self._by_start.get(letters[:1], ()):
            if abs(len(other) - len(letters)) > 3:
                continue
            at_most.set_seq1(other)
            if at_most.quick_ratio() <= best:
                continue
            likeness = SequenceMatcher(None, letters, other, autojunk=False).ratio()
            if likeness > best:
                best, chosen = likeness, name
        return chosen if chosen is not None and fold(chosen) != fold(word) else None
