"""Fitted weights: what each feature adds to the log odds of each label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from struct import Struct
from typing import Any

Part = tuple[Any, ...]
"""Features that always come together, those of one word, of one predicate: what makes them, and
of what. They are made when a table meets the part for the first time."""

Sums = int
"""Sums of weights for all labels in one number, 32 bits a label: added up all at once."""

_SCALE = 100
_BITS = 32
_ZERO = 1 << (_BITS - 1)
"""What a label's bits hold for a sum of nothing, once sums are read: then none is negative."""


class WeightTable:
    """Weights as one integer a feature, in hundredths, as they are kept: sums are exact."""

    def __init__(
        self, weights: Mapping[str, Mapping[str, float]], labels: int, *, hopeless: float = -1e4
    ) -> None:
        """Read weights as they are kept: for each feature the numbers of labels, their weights.

        Sums below ``hopeless`` are of no use, which is told without reading them.
        """
        places = {str(label): _BITS * label for label in range(labels)}
        self._weights = {feature: _packed(own, places) for feature, own in weights.items()}
        self._zeros = sum(_ZERO << _BITS * label for label in range(labels))
        least = sum(round(hopeless * _SCALE) << _BITS * label for label in range(labels))
        self._over = self._zeros - least
        self._fields = Struct(f"<{labels}I")
        self.add_part = lru_cache(maxsize=8192)(self._add_part)  # texts repeat their words

    def add(self, features: Iterable[str]) -> Sums:
        """Add up the weights of features; of those that are not known there are none."""
        return sum(filter(None, map(self._weights.get, features)))

    def add_parts(self, parts: Iterable[Part]) -> Sums:
        """Add up the weights of features in parts, which come again with other pairs."""
        return sum(map(self.add_part, parts))

    def _add_part(self, part: Part) -> Sums:
        return self.add(made(part))

    def is_hopeless(self, sums: Sums) -> bool:
        """Tell whether no label has a sum of use: the first bit of each says if it has."""
        return not (sums + self._over) & self._zeros

    def by_label(self, sums: Sums) -> list[float]:
        """Return the sum of each label."""
        return [(field - _ZERO) / _SCALE for field in self._read(sums)]

    def most(self, sums: Sums) -> tuple[int, float]:
        """Return the first label of the greatest sum, and that sum."""
        fields = self._read(sums)
        most = max(fields)
        return fields.index(most), (most - _ZERO) / _SCALE

    def _read(self, sums: Sums) -> tuple[int, ...]:
        return self._fields.unpack((sums + self._zeros).to_bytes(self._fields.size, "little"))


def made(part: Part) -> Iterable[str]:
    """Make the features of a part."""
    make, *told = part
    features: Iterable[str] = make(*told)
    return features


def _packed(weights: Mapping[str, float], places: Mapping[str, int]) -> Sums:
    sums = 0
    for label, weight in weights.items():  # of hundred thousands: a generator is half as slow again
        sums += round(weight * _SCALE) << places[label]
    return sums
