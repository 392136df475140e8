"""The fitted weights of signs: which units to look at closely, rank, and be sure of.

``weights.yaml`` is written by ``tests/bench/fit_weights.py`` from gold questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from operator import mul

from agent.evidence.fitness import CHEAP, SIGNS
from agent.questions.question import EXACT
from agent.words import data

KINDS = (
    *("numeric", "temporal", "person", "count", "boolean", "reason"),
    *("opinion", "definition", "lookup", "compare", "superlative", "summary"),
)
_OWN = (
    *("holds", "holds_exact", "focus", "focus_near", "rarest_missing", "owners_missing"),
    *("beside", "alike", "bigrams", "period", "row"),
)
_TOGETHER = ("rank", "lead", "words_all", "names_all", "all", "english", "exact", "exact_focus")
SURE = (*_OWN, *_TOGETHER, *KINDS, "constant")
_LARGEST = 30.0


@cache
def _weights(name: str, signs: tuple[str, ...]) -> tuple[float, ...]:
    table: Mapping[str, float] = data("weights")[name]
    return tuple(float(table.get(sign, 0.0)) for sign in signs)


def _sum(signs: Sequence[float], weights: Sequence[float]) -> float:
    if len(signs) != len(weights):
        raise ValueError(f"got {len(signs)} signs: expected {len(weights)}, one a weight")
    total: float = sum(map(mul, signs, weights))
    return total


def first_look(cheap: Sequence[float]) -> float:
    """Weigh the cheap signs: which units are worth a close look; higher is better."""
    return _sum(cheap, _weights("first", CHEAP))


def ranked_by(signs: Sequence[float]) -> float:
    """Weigh cheap and close signs: which unit answers best; higher is better."""
    return _sum(signs, _weights("rank", SIGNS))


def named(signs: Sequence[float]) -> dict[str, float]:
    """Return the cheap and close signs of a unit by their names."""
    return dict(zip(SIGNS, signs, strict=True))


def together(
    at: Mapping[str, float], rank: float, lead: float, kind: str, language: str
) -> list[float]:
    """Return the signs of ``SURE``: those of a unit, its rank and lead over the next, the kind."""
    words = at["words"] + 0.7 * at["words_near"]
    names = at["names"] + 0.8 * at["names_near"]
    exact = float(kind in EXACT)
    joint = [rank / 5, min(lead, 3.0) / 3, words, names, words * names]
    joint += [float(language == "en"), exact, exact * at["focus"]]
    own = [at[sign] for sign in _OWN]
    return [*own, *joint, *_kind(kind), 1.0]


@cache
def _kind(kind: str) -> tuple[float, ...]:
    return tuple(float(kind == each) for each in KINDS)


def sureness(signs: Sequence[float]) -> float:
    """Return how likely a unit answers at all, 0..1, from the signs of ``SURE``."""
    total = _sum(signs, _weights("sure", SURE))
    return 1 / (1 + exp(-max(-_LARGEST, min(_LARGEST, total))))
