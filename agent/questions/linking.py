"""Entity names in a question or a sentence: every name the workspace knows, at once.

A text is folded (NFKC, case, spaces and hyphens dropped) and each stretch that
starts at a word boundary is looked up in one dictionary, longest first, so the
cost does not grow with the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.identity import fold

__all__ = ["Link", "Linker", "fold", "says"]

_PARTICLES = re.compile(
    r"(?:들|측|사|社|향|발|제|산|용|식|씨|님|쪽|칩|모델)?"
    r"(?:은|는|이|가|을|를|의|와|과|랑|하고|에|에서|에게|한테|께서|로|으로|로서|으로서|로써|"
    r"도|만|까지|부터|보다|처럼|만큼|대로|마다|조차|나|이나|든|든지|라|이라|라는|이라는|라고|이라고|"
    r"란|이란|라면|이라면|야|이야|인|인가|인가요|일|이고|고|이며|며|이지만|지만|예요|이에요|에요|"
    r"입니다|이다|였|이었|말고|외|외에|외의|등|등의|등이|등은|등을|간|간의|중|중에|중에서|끼리|요|"
    r"에는|에서는|에게는|으로는|로는|와의|과의|와는|과는|에도|에서의|까지의|부터의)*"
)
# "o3-mini" is not o3, "GPT-4.1" is not GPT-4
_CONTINUES = re.compile(r"[-‐‑][A-Za-z0-9]|\.[0-9]")
_REMEMBERED = 1 << 13  # the sentences of many reports, which bear on many questions
_BRACKET = re.compile(r"\s?\(([^()]{1,40})\)")


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of text that names one or more entities (several: a homograph)."""

    start: int
    end: int
    text: str
    entities: tuple[str, ...]


def says(text: str, words: Iterable[str]) -> bool:
    """Whether a folded text holds any of some folded words.

    Asked so often, of every sentence and claim that may answer, that a generator would cost.
    """
    for word in words:  # noqa: SIM110 - a generator costs, see above
        if word in text:
            return True
    return False


def shortest(words: Collection[str]) -> list[str]:
    """The words that hold no other of them: a text that says any of all says one of these."""
    return [word for word in words if not any(o in word for o in words if o != word)]


def _folded_with_offsets(text: str) -> tuple[str, list[int]]:
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        for folded in char if "가" <= char <= "힣" else fold(char):
            chars.append(folded)
            offsets.append(index)
    offsets.append(len(text))
    return "".join(chars), offsets


def _script(char: str) -> str:
    if "가" <= char <= "힣":
        return "한"
    if char.isdigit():
        return "0"
    if "\u4e00" <= char <= "\u9fff":
        return "漢"
    return "a" if char.isalpha() else ""


class Linker:
    """Finds names; built once a generation from ``{folded name: entity ids}``."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        senses: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._names = names
        self._senses = senses or {}
        self._found: dict[str, tuple[Link, ...]] = {}  # a question is read many times over
        self._openings: dict[str, int] = {}  # first two characters -> longest name so begun
        for name in names:
            self._openings[name[:2]] = max(self._openings.get(name[:2], 0), len(name))

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[str, str]],
        senses: Mapping[str, frozenset[str]] | None = None,
    ) -> Linker:
        """Build from ``(name, entity id)`` pairs.

        ``senses`` holds for entities that share a name the folded words which, in brackets
        behind it, choose them.
        """
        table: dict[str, list[str]] = {}
        for name, entity in names:
            key = fold(name)
            if key and entity not in table.setdefault(key, []):
                table[key].append(entity)
        return cls(table, senses)

    def find(self, text: str) -> list[Link]:
        """Return the names in ``text``, longest first match, left to right, not overlapping."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = tuple(self._search(text))
        return list(found)

    def begins(self, word: str, least: int) -> bool:
        """Tell whether a word goes on with a known name of so many letters, or ends where it does.

        What goes on is of another script or follows a number: "GPT-9" is no longer "GPT".
        """
        folded = fold(word)
        return any(
            folded[:cut] in self._names
            and (folded[cut - 1].isdigit() or "가" <= folded[cut] <= "힣")
            for cut in range(least, len(folded))
            if not folded[cut].isdigit()
        )

    def _search(self, text: str) -> list[Link]:
        folded, offsets = _folded_with_offsets(text)
        links: list[Link] = []
        at = 0
        while at < len(folded):
            link = (
                self._longest_at(text, folded, offsets, at)
                if self._starts(text, offsets[at])
                else None
            )
            if link is None:
                at += 1
                continue
            links.append(link)
            while at < len(folded) and offsets[at] < link.end:
                at += 1
        return links

    @staticmethod
    def _starts(text: str, index: int) -> bool:
        before = text[index - 1] if index else " "
        return not (_script(before) and _script(before) == _script(text[index]))

    def _longest_at(self, text: str, folded: str, offsets: list[int], at: int) -> Link | None:
        longest = max(self._openings.get(folded[at : at + 2], 0), self._openings.get(folded[at], 0))
        for stop in range(min(len(folded), at + longest), at, -1):
            entities = self._names.get(folded[at:stop])
            if not entities or (stop < len(folded) and offsets[stop] == offsets[stop - 1]):
                continue
            start, end = offsets[at], offsets[stop - 1] + 1
            if self._ends(text, end):
                link = Link(start, end, text[start:end], tuple(entities))
                return self._chosen(link, text) if len(entities) > 1 else link
        return None

    def _chosen(self, link: Link, text: str) -> Link:
        """Of a shared name the sense that a word in brackets behind it chooses, if one does."""
        bracket = _BRACKET.match(text, link.end)
        word = fold(bracket[1]) if bracket else ""
        meant = tuple(e for e in link.entities if word in self._senses.get(e, ()))
        return Link(link.start, bracket.end(), link.text, meant) if bracket and meant else link

    @staticmethod
    def _ends(text: str, end: int) -> bool:
        """A name ends where a particle, another script or no letter follows."""
        last, rest = text[end - 1], text[end:]
        if _CONTINUES.match(rest) and last.isascii():
            return False
        following = _script(rest[:1])
        if not following:
            return True
        if following != "한":
            return _script(last) != following and not (last.isalpha() and following == "0")
        tail = re.match(r"[가-힣]+", rest)
        assert tail is not None
        if _script(last) != "한":
            return len(tail[0]) <= 8
        return _PARTICLES.fullmatch(tail[0]) is not None
