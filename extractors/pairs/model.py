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
from pathlib import Path
from typing import Any

from extractors.pairs.features import Party, View, base, own, shared
from extractors.weights import Part, Sums, WeightTable

BASE = 9
"""How many features, of all pairs the first part, tell only classes, order and cases."""
_DOUBTED = -0.85
"""Log odds (0.3) below which no label is ever believed, whatever is asked."""
EXTRACTOR = "pairs"
CONFIDENCE = "0.6"
_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """Weights of one task: for each feature its weight for some of the labels.

    ``thresholds`` is how likely each label must be of a pair that stands in one sentence,
    ``carried`` the same where one of the two comes from before; ``kinds`` the
    classes of pairs worth judging; ``floors`` what the :data:`BASE` features must add
    up to for any label, in one sentence and where one is carried.
    """

    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    carried: Mapping[str, float]
    table: WeightTable
    kinds: frozenset[str]
    floors: tuple[float, float]

    def holds(self, label: str, odds: float, *, carried: bool) -> bool:
        """Tell whether a label is likely enough to be claimed."""
        return odds >= (self.carried if carried else self.thresholds)[label]

    def judge(self, view: View, pairs: Iterable[tuple[Party, Party]]) -> list[tuple[str, float]]:
        """Return for each pair of a sentence its likeliest label and how likely it is, 0 to 1.

        Some pairs are hopeless by what they are and where they stand alone: for those the
        other features are never made. Theirs is 0, and so is that of all that is doubtful.
        """
        return [self._likeliest(view, a, b) for a, b in pairs]

    def _likeliest(self, view: View, a: Party, b: Party) -> tuple[str, float]:
        sums, most = _base(self, base(view, a, b))
        if most < self.floors[bool(a.carried or b.carried)]:
            return self.labels[0], 0.0
        sums += self.table.add_parts(own(view, a, b))
        for parts in shared(view, a, b):
            key = id(self), id(parts)  # the view keeps the list
            if key not in view.sums:
                view.sums[key] = self.table.add_parts(parts)
            sums += view.sums[key]
        if self.table.is_hopeless(sums):
            return self.labels[0], 0.0
        best, odds = self.table.most(sums)
        return self.labels[best], 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=8192)
def _base(model: PairModel, part: Part) -> tuple[Sums, float]:
    """Add up features that many pairs share; return too the most they tell of any label."""
    sums = model.table.add_part(part)
    return sums, model.table.most(sums)[1]


def load_model(task: str) -> PairModel:
    """Load the model of a task: ``"relations"`` or ``"quantities"``."""
    return _models()[task]


@lru_cache(maxsize=1)
def _models() -> dict[str, PairModel]:
    """Read the weights of all tasks once a process."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return {task: _model(own) for task, own in data.items() if isinstance(own, dict)}


def _model(data: Mapping[str, Any]) -> PairModel:
    return PairModel(
        tuple(data["labels"]),
        data["thresholds"],
        data["carried"],
        WeightTable(data["weights"], len(data["labels"]), hopeless=_DOUBTED),
        frozenset(data["kinds"]),
        (data["floors"][0], data["floors"][1]),
    )
