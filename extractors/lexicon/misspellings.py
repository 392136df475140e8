"""Misspelt names: a word that no dictionary knows, one jamo away from a curated name.

Only a letter in place of another counts ("엔비디어" for 엔비디아), and for the first only one that
spells the same sound, in names of four syllables or more: short names, and names with a letter
more or less ("마이크로"), are too near to other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import ne

from extractors.lexicon.name_index import ends_word

_SHORTEST = 4
_LONGEST = 12
_SPELT = tuple(
    map(frozenset, ("ᄀᄏᄁ", "ᄃᄐᄄ", "ᄇᄑᄈ", "ᄉᄏᄊ", "ᄌᄎᄉ", "ᄀᄌ", "ᄑᄒ", "ᄂᄅ"))
)
"""First letters that spell one sound of other languages: Cerebras is 세레브라스 or 케레브라스."""
_WORD = re.compile(rf"(?<![가-힣A-Za-z])[가-힣]{{{_SHORTEST},{_LONGEST}}}")
_NAME = re.compile(rf"[가-힣]{{{_SHORTEST},{_LONGEST}}}")

Halves = Mapping[tuple[int, str], tuple[tuple[str, str], ...]]
"""(length in jamo, first or last half) to (jamo of the name, entity id)."""


def misspelt(
    texts: Iterable[str], halves: Halves, is_other: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """Yield (word, id of the entity it means), each word once, in reading order.

    ``is_other`` tells words that are known or mean something else.
    """
    seen: set[str] = set()
    for text in texts:
        for match in _WORD.finditer(text):
            word = match.group()
            if word in seen:
                continue
            seen.add(word)
            found = _meant(word, halves, is_other)
            if found is not None:
                yield found


def _meant(word: str, halves: Halves, is_other: Callable[[str], bool]) -> tuple[str, str] | None:
    for end in range(len(word), _SHORTEST - 1, -1):
        name = word[:end]
        if end < len(word) and not ends_word(word, end):
            continue
        owners = set(_near(unicodedata.normalize("NFD", name), halves))
        if len(owners) == 1 and not is_other(name) and not _is_inflected(word, is_other):
            return name, owners.pop()
    return None


def _is_inflected(word: str, is_other: Callable[[str], bool]) -> bool:
    """Tell a word with a particle ("개인정보와") from a name with a wrong last letter."""
    return any(ends_word(word, end) and is_other(word[:end]) for end in range(2, len(word)))


def _near(jamo: str, halves: Halves) -> Iterator[str]:
    """Yield whose names differ in one letter: one half of them must then be the same."""
    middle = len(jamo) // 2
    for half in (jamo[:middle] + "\0", "\0" + jamo[middle:]):
        for name, owner in halves.get((len(jamo), half), ()):
            begins = name[0] == jamo[0] or any({name[0], jamo[0]} <= s for s in _SPELT)
            if begins and sum(map(ne, name, jamo)) == 1:
                yield owner


def halves_of(names: Iterable[tuple[str, str]]) -> Halves:
    """Index (name, entity id) pairs by their halves; other than long Korean names are left out."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for name, owner in names:
        if _NAME.fullmatch(name):
            jamo = unicodedata.normalize("NFD", name)
            middle = len(jamo) // 2
            for half in (jamo[:middle] + "\0", "\0" + jamo[middle:]):
                found[len(jamo), half].append((jamo, owner))
    return {key: tuple(held) for key, held in found.items()}


@lru_cache(maxsize=1)
def curated_halves() -> Halves:
    """Index the lexicon's names once a process."""
    from extractors.lexicon.store import load_lexicon

    return halves_of((name, entry.entity.id) for entry in load_lexicon() for name in entry.names)
