"""The learned weights: how likely each relation is for a pair, from its features.

One logistic regression a relation over sparse features, fitted by
``tests/bench/fit_pairs.py`` on the marked passages of ``tests/eval/passages`` and kept as
text, a line a feature.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

BASE = 9
"""How many features, of all pairs the first ones, tell only classes, order and cases."""
_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Weights of one task: for each feature its weight for some of the labels.

    ``thresholds`` is how likely each label must be of a pair that stands in one sentence,
    ``carried`` the same where one of the two comes from before; ``kinds`` the
    classes of pairs worth judging; ``floors`` what the first :data:`BASE` features must add
    up to for any label, in one sentence and where one is carried.
    """

    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    carried: Mapping[str, float]
    weights: Mapping[str, tuple[tuple[int, float], ...]]
    kinds: frozenset[str]
    floors: tuple[float, float]

    def holds(self, label: str, odds: float, *, carried: bool) -> bool:
        """Tell whether a label is likely enough to be claimed."""
        return odds >= (self.carried if carried else self.thresholds)[label]

    def likeliest(self, features: Iterable[str], *, carried: bool) -> tuple[str, float]:
        """Return the likeliest label of a pair and its probability, 0 to 1.

        Most pairs are hopeless by what they are and where they stand alone: for those the
        probability is 0, and the other features are never made.
        """
        given = iter(features)
        sums = list(_base(self, tuple(islice(given, BASE))))
        if max(sums) < self.floors[carried]:
            return self.labels[0], 0.0
        self.add(sums, given)
        best = max(sums)
        return self.labels[sums.index(best)], 1 / (1 + math.exp(-best))

    def add(self, sums: list[float], features: Iterable[str]) -> None:
        """Add to the log odds of each label what the features weigh."""
        weights = self.weights
        for feature in features:
            for label, weight in weights.get(feature, ()):
                sums[label] += weight


@lru_cache(maxsize=8192)
def _base(model: PairModel, features: tuple[str, ...]) -> tuple[float, ...]:
    """Sum up features that tell only classes, order and cases: many pairs share them."""
    sums = [0.0] * len(model.labels)
    model.add(sums, features)
    return tuple(sums)


@lru_cache(maxsize=2)
def load_model(task: str) -> PairModel:
    """Load the model of a task: ``"relations"`` or ``"quantities"``."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))[task]
    weights = weights_of(data)
    return PairModel(
        tuple(data["labels"]),
        data["thresholds"],
        data["carried"],
        weights,
        frozenset(data["kinds"]),
        (data["floors"][0], data["floors"][1]),
    )


def weights_of(data: Mapping[str, Any]) -> dict[str, tuple[tuple[int, float], ...]]:
    """Read weights as they are kept: for each feature the numbers of labels, what each weighs."""
    return {
        feature: tuple((int(label), weight) for label, weight in own.items())
        for feature, own in data["weights"].items()
    }
