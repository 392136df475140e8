"""The alias table: from a name as somebody writes it to the entities it may mean.

Names are equal after NFKC and case folding, without accents, spaces and hyphens. Similar names
are compared by jamo (엔비디어 is one vowel off 엔비디아), after Levenshtein (1966).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Generic, Protocol, TypeVar

_ACCENTED = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0xC0, 0x250)
    if unicodedata.normalize("NFD", chr(code))[0].isascii()
}
_ACCENT = re.compile("[\u00c0-\u024f]")
_WITHOUT = _ACCENTED | dict.fromkeys(map(ord, "-‐‑–—·"))  # a table for str.translate
_WRITTEN = (
    "은 는 이 가 을 를 의 와 과 랑 이랑 하고 에 에서 에게 에는 에도 에서는 에서의 에게는 "
    "께서 한테 로 으로 로는 으로는 로서 으로서 로의 으로의 도 만 만의 까지 부터 보다 처럼 "
    "만큼 대로 마다 조차 나 이나 라 이라 라는 이라는 라고 이라고 란 이란 이며 이고 인 와의 "
    "과의 와는 과는 측 측은 측이 사 들 들이 들은 들의 등 등의 등은 등이 야 이야 요 인가 인가요 "
    "는요 은요 입니다 이다"
)
# Longest first, so that 에서는 goes before 는. Stripped only where a known name remains.
PARTICLES = tuple(sorted(_WRITTEN.split(), key=len, reverse=True))


class Named(Protocol):
    """What an alias table needs of an entity; :class:`kg.claim.Entity` has it."""

    @property
    def id(self) -> str:
        """The local part of its IRI."""

    @property
    def label(self) -> str:
        """Its preferred name."""

    @property
    def label_en(self) -> str | None:
        """Its preferred English name."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its further names."""

    @property
    def ticker(self) -> str | None:
        """Its stock symbol."""


T = TypeVar("T", bound=Named)
_NAME_LENGTH = 48  # code points; what is longer is text


def fold(name: str) -> str:
    """Fold a name to the form in which names are equal (also :func:`kg.claim.entity_id`'s)."""
    return _folded_name(name) if len(name) <= _NAME_LENGTH else _folded(name)


def unaccented(text: str) -> str:
    """Return a text of the same length without accents on Latin letters: "Cafe" of "Café"."""
    return text.translate(_ACCENTED) if _ACCENT.search(text) else text


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.translate(_WITHOUT).split())


_folded_name = lru_cache(maxsize=1 << 15)(_folded)  # the same names are folded all the time


def names_of(entity: Named) -> tuple[str, ...]:
    """Return every name of an entity, the preferred first, empty ones left out.

    A ticker is no name (AI, NOW and MS are tickers) unless an alias says so.
    """
    every = (entity.label, entity.label_en, *entity.aliases)
    return tuple(dict.fromkeys(name for name in every if name))


class Identity(Generic[T]):
    """Names and the entities they mean; indexes are built when first used."""

    def __init__(self, entities: Iterable[T]) -> None:
        self._entities = tuple(entities)

    def resolve(self, name: str) -> list[T]:
        """Return the entities of this name, else of this ticker, else without its particle.

        Several for a homograph, those preferred by that name first; empty for none.
        """
        key = fold(name)
        if key in self._exact:
            return list(self._exact[key])
        if key in self._tickers:
            return list(self._tickers[key])
        for particle in PARTICLES:
            stem = key.removesuffix(particle)
            if stem != key and stem in self._exact:
                return list(self._exact[stem])
        return []

    def exactly(self, name: str) -> list[T]:
        """Return the entities of this very name, particles and tickers left aside."""
        return list(self._exact.get(fold(name), ()))

    def suggest(self, name: str, limit: int = 5) -> list[str]:
        """Return labels of entities with similar names ("혹시 …?"), the nearest first.

        Similar is within a quarter of the name's jamo, at least one and at most three.
        """
        key = _jamo(fold(name))
        allowed = max(1, min(3, len(key) // 4))
        best: dict[str, tuple[int, str]] = {}
        for place in self._near(key, allowed):
            spelled, label = self._spelled[place]
            distance = _distance(key, spelled, allowed)
            if distance <= allowed:
                best[label] = min(best.get(label, (distance, label)), (distance, label))
        return [label for _, label in sorted(best.values())][:limit]

    def ambiguous(self) -> dict[str, list[T]]:
        """Return the folded names that mean several entities, sorted."""
        return {k: list(v) for k, v in sorted(self._exact.items()) if len(v) > 1}

    @cached_property
    def _exact(self) -> dict[str, tuple[T, ...]]:
        ranked: dict[str, dict[str, tuple[bool, str, T]]] = {}
        for entity in self._entities:
            preferred = {fold(n) for n in (entity.label, entity.label_en) if n}
            for key in {fold(n) for n in names_of(entity)} - {""}:
                held = ranked.setdefault(key, {})
                held.setdefault(entity.id, (key not in preferred, entity.id, entity))
        return {
            key: tuple(e for _, _, e in sorted(held.values(), key=lambda r: r[:2]))
            for key, held in ranked.items()
        }

    @cached_property
    def _tickers(self) -> dict[str, tuple[T, ...]]:
        held: dict[str, dict[str, T]] = {}
        for entity in self._entities:
            if entity.ticker:
                held.setdefault(fold(entity.ticker), {}).setdefault(entity.id, entity)
        return {key: tuple(e for _, e in sorted(by_id.items())) for key, by_id in held.items()}

    @cached_property
    def _spelled(self) -> list[tuple[str, str]]:
        found = {(_jamo(key), e.label) for key, held in self._exact.items() for e in held}
        return sorted(found)

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        postings: dict[str, list[int]] = {}
        for place, (spelled, _) in enumerate(self._spelled):
            for gram in _grams(spelled):
                postings.setdefault(gram, []).append(place)
        return postings

    def _near(self, key: str, allowed: int) -> list[int]:
        """Places of names that share enough bigrams to lie within ``allowed`` edits.

        One edit destroys at most two bigrams, so no near name is lost.
        """
        shared: Counter[int] = Counter()
        grams = _grams(key)
        for gram in grams:
            shared.update(self._postings.get(gram, ()))
        needed = max(1, len(grams) - 2 * allowed)
        spelled = self._spelled
        return [
            place
            for place, count in shared.items()
            if count >= needed and abs(len(spelled[place][0]) - len(key)) <= allowed
        ]


def _jamo(folded: str) -> str:
    return unicodedata.normalize("NFD", folded)


def _grams(spelled: str) -> frozenset[str]:
    padded = f"\x02{spelled}\x03"
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))


def _distance(one: str, two: str, allowed: int) -> int:
    """Return the Levenshtein distance, or ``allowed + 1`` as soon as it must be more."""
    row = list(range(len(two) + 1))
    for i, left in enumerate(one, 1):
        above, row = row, [i]
        for j, right in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right)))
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
