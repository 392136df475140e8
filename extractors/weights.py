"""Fitted weights: what each feature adds to the log odds of each label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

Part = tuple[str, ...]
"""Features that always come together: those of one word, of one predicate."""

Rows = Sequence[int]
"""Where in a table the weights of features stand."""


class WeightTable:
    """Weights as a matrix, a row a feature and a column a label.

    Sums are added up in the order of the features: the same to the last bit everywhere.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]], labels: int) -> None:
        """Read weights as they are kept: for each feature the numbers of labels, their weights."""
        self._rows = {feature: row for row, feature in enumerate(weights, 1)}
        self._matrix = np.zeros((len(weights) + 1, labels))  # row 0 for who has no known feature
        for row, own in enumerate(weights.values(), 1):
            for label, weight in own.items():
                self._matrix[row, int(label)] = weight
        self._rows_of_part = lru_cache(maxsize=8192)(self.rows)  # texts repeat their words

    def rows(self, features: Iterable[str]) -> Rows:
        """Look up the rows of those features that are known."""
        rows = self._rows
        return [rows[feature] for feature in features if feature in rows]

    def rows_of(self, parts: Iterable[Part]) -> Rows:
        """Look up the rows of features in parts, which come again with other pairs."""
        return list(chain.from_iterable(map(self._rows_of_part, parts)))

    def sums(self, many: Sequence[Rows]) -> NDArray[np.float64]:
        """Add up the weights of several lists of rows; shape (lists, labels), float64."""
        if not many:
            return self._matrix[:0]
        first = list(accumulate((len(rows) + 1 for rows in many[:-1]), initial=0))
        taken = list(chain.from_iterable((0, *rows) for rows in many))
        sums: NDArray[np.float64] = np.add.reduceat(self._matrix.take(taken, axis=0), first)
        return sums
