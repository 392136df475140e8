"""Fitted weights: what each feature adds to the log odds of each label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

Part = tuple[str, ...]
"""Features that always come together: those of one word, of one predicate."""

Rows = bytes
"""Where in a table the weights of features stand, as numpy keeps it: joined without a look."""

_SCALE = 100
_EMPTY = np.intp(0).tobytes()
"""The row that weighs nothing, so that there is one to add up where no feature is known."""


class WeightTable:
    """Weights as a matrix, a row a feature and a column a label.

    It holds hundredths, as weights are kept: of rows a quarter as long far more stay in the
    cache. Rows are added up one by one, so that a sum is the same to the last bit whatever
    else is added up; numpy does so for two columns or more, of one it adds up pairs first.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]], labels: int) -> None:
        """Read weights as they are kept: for each feature the numbers of labels, their weights."""
        self._rows = {feature: row for row, feature in enumerate(weights, 1)}
        rows = [row for row, own in enumerate(weights.values(), 1) for _ in own]
        columns = [int(label) for own in weights.values() for label in own]
        given = [weight for own in weights.values() for weight in own.values()]
        self._labels = labels
        self._matrix = np.zeros((len(weights) + 1, max(labels, 2)), np.int16)
        self._matrix[rows, columns] = np.rint(np.multiply(given, _SCALE))
        self._rows_of_part = lru_cache(maxsize=8192)(self.rows)  # texts repeat their words

    def rows(self, features: Iterable[str]) -> Rows:
        """Look up the rows of those features that are known."""
        rows = self._rows
        return np.array([rows[f] for f in features if f in rows], np.intp).tobytes()

    def rows_of(self, parts: Iterable[Part]) -> Rows:
        """Look up the rows of features in parts, which come again with other pairs."""
        return b"".join(map(self._rows_of_part, parts))

    def sums(self, many: Sequence[Rows]) -> list[list[float]]:
        """Add up the weights of each of several lists of rows, by label."""
        taken = np.frombuffer(b"".join([_EMPTY + rows for rows in many]), np.intp)
        weights = self._matrix.take(taken, axis=0) / _SCALE
        ends = accumulate((len(rows) // len(_EMPTY) + 1 for rows in many), initial=0)
        added = (np.add.reduce(weights[start:end]) for start, end in pairwise(ends))
        return [sums.tolist()[: self._labels] for sums in added]
