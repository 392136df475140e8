"""Misspelt names and parts of names: the known one that is meant."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from difflib import SequenceMatcher
from functools import cached_property

from agent.korean import jamo, may_be_spelt, sounds
from agent.questions.linking import fold
from agent.words import data
from kg.alias_table import Name

_NEAR = 0.78
_TOPIC = re.compile(r"(?<!\S)([가-힣A-Za-z0-9]{2,})(?:의|은|는|이|가)(?=\s)")
_SHORTEST = 2  # characters; shorter names are near to too many others
_ONE_WORD = re.compile(r"[A-Za-z]{4,}|[가-힣]{3,}")
_TELLING = 4  # consonants by which a name is told in the other script
_PART = re.compile(
    r"(?<!\S)([가-힣]{2,}?|[A-Za-z]{3,})(?=(?:은|는|이|가|의|도|께서|이란|라는)?(?:\s|\?|$))"
)


class Guesser:
    """Finds known names by how they are spelt; built once a generation."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(set(names)):
            letters = jamo(fold(name))
            if len(fold(name)) > _SHORTEST:
                self._by_start.setdefault(letters[:1], []).append((letters, name))

    def sounding(self, word: str) -> str | None:
        """Return the name in the other script that sounds as a word does, if all are one's.

        Short ones sound like too many: at least four consonants are wanted.
        """
        told = {name for sound in sounds(word) for name in self._by_sound.get(sound, ())}
        fitting = sorted((n for n in told if _may_be_one(word, n)), key=len)
        return fitting[0] if fitting and all(n.startswith(fitting[0]) for n in fitting) else None

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for names in self._by_start.values():
            for _, name in names:
                for sound in sounds(name) if _ONE_WORD.fullmatch(name) else ():
                    if len(sound) >= _TELLING:
                        found.setdefault(sound, []).append(name)
        return found

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
            if likeness > best and not _is_part(letters, other):
                best, chosen = likeness, name
        return chosen if chosen is not None and fold(chosen) != fold(word) else None


def _is_part(letters: str, other: str) -> bool:
    """Whether one is but the beginning of the other: "HBM" is no slip of the pen for "HBM7"."""
    return letters.startswith(other) and letters[len(other) :].isdigit()


class Shortened:
    """Finds the company that a shortened name stands for: "세온" for 세온테크놀로지."""

    def __init__(self, companies: Iterable[str]) -> None:
        self._names = sorted(set(companies))

    def spelt_out(self, text: str, linked: Iterable[tuple[int, int]]) -> str:
        """Return a question with a shortened name in full, where one company only begins so.

        The word stands before a particle that names what is asked about, and in no known
        name (``linked`` are their ranges).
        """
        taken = list(linked)
        for match in _TOPIC.finditer(text):
            if any(start < match.end(1) and match.start(1) < end for start, end in taken):
                continue
            word = fold(match[1])
            full = [n for n in self._names if fold(n).startswith(word) and fold(n) != word]
            if len(full) == 1:
                return text[: match.start(1)] + full[0] + text[match.end(1) :]
        return text


class Surnames:
    """Finds the person that one part of a name stands for, where only one has it."""

    def __init__(self, people: Iterable[str], taken: Container[str]) -> None:
        found: dict[str, set[str]] = {}
        for name in people:
            parts = name.split()
            for part in parts if len(parts) > 1 else ():
                found.setdefault(fold(part), set()).add(name)
        self._full = {
            part: next(iter(names))
            for part, names in found.items()
            if len(names) == 1 and part not in taken
        }

    def spelt_out(self, text: str, linked: Iterable[tuple[int, int]]) -> str:
        """Return a question with the first such part in full (``linked``: ranges of names)."""
        taken = list(linked)
        for match in _PART.finditer(text):
            if any(start < match.end(1) and match.start(1) < end for start, end in taken):
                continue
            if full := self._full.get(fold(match[1])):
                return text[: match.start(1)] + full + text[match.end(1) :]
        return text


_INITIALS = re.compile(r"[A-Z&]{2,3}")


class Brief:
    """Finds what a text may call a firm for short: its name without its trade ("세온" of 세온전자).

    Only a name that reports know as a firm's or group's of its own is meant so.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        firms = [n for n in names if n.cls in ("Company", "Organization")]
        self._of = {fold(label): n for n in firms for label in n.labels}
        self._labels = [(label, n.id) for n in firms for label in n.labels]

    def of(self, name: str) -> str | None:
        """Return the short name of a firm, where one is known.

        Initials are a whole group's, which has firms of many trades: LG전자 is not LG.
        """
        trades = [t for t in data("unheard")["trades"] if name.endswith(t)]
        stems = (name.removesuffix(t) for t in trades)
        known = (s for s in stems if len(s) > 1 and fold(s) in self._of)
        return next((s for s in known if not _INITIALS.fullmatch(s)), None)

    def means(self, brief: str, name: str, text: str) -> bool:
        """Tell whether a report says the short name, and none but ``name`` begins with it there."""
        own = self._of[fold(brief)].id
        begun = (x for x, e in self._labels if e != own and x.startswith(brief))
        others = any(x in text for x in begun if fold(x) != fold(name))
        return brief in text.replace(name, "") and not others


def _may_be_one(word: str, name: str) -> bool:
    """Tell a spelling in the other script that is as long and begins alike."""
    if word.isascii() == name.isascii():
        return False
    return may_be_spelt(name, word) if word.isascii() else may_be_spelt(word, name)
