"""What both fits share: regressions over sparse features, weights as text, a digest of passages."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

_SEEN = 5
_SMALL = 0.12
_STRENGTH = 0.3


class Example(Protocol):
    """What is fitted on: features, the labels that hold, and those not to be counted."""

    @property
    def features(self) -> list[str]:
        """The features."""

    @property
    def right(self) -> frozenset[str]:
        """The labels that hold."""

    @property
    def open(self) -> frozenset[str]:
        """The labels that may hold."""


def regressions(
    rows: Sequence[Example], *, seen: int = _SEEN, strength: float = _STRENGTH
) -> tuple[list[str], dict[str, dict[str, float]]]:
    """Fit one regression a label on the features ``seen`` so often; return labels, weights."""
    counted = Counter(f for row in rows for f in set(row.features))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1 for f in row.features if counted[f] >= seen} for row in rows]
    ).tocsr()
    matrix.indices, matrix.indptr = matrix.indices.astype("i4"), matrix.indptr.astype("i4")
    names = vectorizer.get_feature_names_out()
    labels = sorted({label for row in rows for label in row.right})

    def fitted(label: str) -> LogisticRegression:
        wanted = np.array([label in row.right for row in rows])
        kept = np.array([label not in row.open for row in rows])
        return LogisticRegression(C=strength, solver="liblinear").fit(matrix[kept], wanted[kept])

    weights: dict[str, dict[str, float]] = defaultdict(dict)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # liblinear lets other threads run
        models = list(pool.map(fitted, labels))
    for number, model in enumerate(models):
        for at in np.flatnonzero(np.abs(model.coef_[0]) >= _SMALL):
            weights[names[at]][str(number)] = round(float(model.coef_[0][at]), 2)
        bias = weights["bias"].get(str(number), 0.0) + float(model.intercept_[0])
        weights["bias"][str(number)] = round(bias, 2)
    return labels, {name: weights[name] for name in sorted(weights)}


def digest(folder: Path) -> str:
    """Return a digest of all passages, to tell weights that are older than they are."""
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("*.txt")))
    return hashlib.sha256(content).hexdigest()[:16]


def as_lines(task: str, fitted: dict[str, Any], keys: Sequence[str]) -> str:
    """Write a task as a member of a JSON object, a line a feature, so that changes can be read."""
    head = json.dumps({key: fitted[key] for key in keys})[:-1]
    weights = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(own, separators=(',', ':'))}"
        for name, own in fitted["weights"].items()
    )
    return f'"{task}": {head}, "weights": {{\n{weights}\n}}}}'
