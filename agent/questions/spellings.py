"""Names in both scripts: "딥시크 V4.1 플래시" for "DeepSeek-V4.1-Flash", and the other way round.

Words of products and makers stand in ``spellings.yaml``; a maker or family that the workspace
knows is spelt as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product

from agent.questions.linking import fold
from agent.words import data
from kg.alias_table import Name

_ONE_WORD = re.compile(r"[A-Za-z]{3,}|[가-힣]{2,}")
_BETWEEN = re.compile(r"[\s\-‐‑]+")
_KINDS = frozenset({"Model", "Chip", "Software", "Product"})
_OF_MAKERS = _KINDS | {"Company"}
_MOST = 16


@cache
def of_editions() -> re.Pattern[str]:
    """A name, its number, and a word that tells it from its like: "딥시크 V4.1 프로"."""
    from extractors.alternation import any_of

    table: dict[str, list[str]] = data("spellings")["editions"]
    words = any_of([*table, *(word for words in table.values() for word in words)])
    ends = r"(?=(?:은|는|이|가|을|를|의|와|과|에|도|로|랑|보다)?(?:[\s?,.)]|$))"
    number = r"[\s\-]?[vV]?\d+(?:\.\d+)*[\s\-]?"
    return re.compile(rf"(?<!\w)(?P<first>[A-Za-z]+|[가-힣]+){number}{words}{ends}", re.I)


class Spellings:
    """Spells names of things in the other script, as far as their words are known."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._others: dict[str, set[str]] = {}
        for table in data("spellings").values():
            for latin, korean in table.items():
                self._join((latin, *korean))
        for name in names:
            if name.curated and name.cls in _OF_MAKERS:
                self._join(label for label in name.labels if _ONE_WORD.fullmatch(label))

    def _join(self, words: Iterable[str]) -> None:
        every = set(words)
        for word in every:
            others = {o for o in every if o.isascii() != word.isascii()}
            self._others.setdefault(fold(word), set()).update(others)

    def has(self, word: str) -> bool:
        """Tell whether a word is known in both scripts."""
        return fold(word) in self._others

    def of(self, name: str) -> list[str]:
        """Return the other spellings of a name of several words, each word in either script."""
        parts = _BETWEEN.split(name)
        if len(parts) < 2:
            return []
        ways = [[part, *sorted(self._others.get(fold(part), ()))] for part in parts]
        return [" ".join(way) for way in islice(product(*ways), 1, _MOST)]

    def pairs(self, names: Iterable[Name]) -> Iterator[tuple[str, str]]:
        """Yield the other spellings of the names of things, with whose they are."""
        for name in names:
            if name.cls in _KINDS:
                yield from ((s, name.id) for label in name.labels for s in self.of(label))
