"""Votes for unknown names by what they have in common with the names of marked passages.

One regression tells names from other words, another tells their classes; the weights are
fitted by ``tests/bench/fit_names.py`` and kept in ``weights.json``.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.language.senses import load_senses
from extractors.language.words import is_common
from extractors.lexicon.name_index import NameIndex, fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.english import is_english
from extractors.names.name_patterns import CITED, patterns
from extractors.names.naming.candidates import Candidate, candidates, words_of
from extractors.names.naming.features import View, around, listed, looks
from extractors.values.metric_data import load_metrics
from extractors.weights import WeightTable
from kg.claim import Entity

FILE = Path(__file__).with_name("weights.json")
GROUPS = {
    "Company": "firm",
    "Organization": "firm",
    "Chip": "thing",
    "Model": "thing",
    "Software": "thing",
    "Product": "thing",
    "Technology": "thing",
}
"""Classes that are told from one another last: a name of the right group is not far off."""
_MANY = 3
_LOOKS, _LOOKS_THERE = -2.0, -2.0
"""Log odds by looks, and by looks and place, under which hardly a name has ever been: of the
words of a report two thirds need not be looked at any further, and few in the dictionary."""
_LETTERS_ALONE = -1.5
_LETTERS = ("c", "cc", "b1", "b2", "e1", "e2", "e3", "e4")
_NEVER = -math.inf
_YEAR = re.compile(r"\s(?:19|20)\d\d$")
_YEARLY = frozenset({"Event", "Benchmark", "Policy", "Paper"})
"""What is named with its year: "가나 콘퍼런스 2031"."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One regression a label; ``thresholds`` are for a name seen once, and for one seen again."""

    labels: tuple[str, ...]
    thresholds: tuple[float, float]
    weights: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class NameModel:
    """What is learned: weights of names and of their classes, and words that are no names.

    ``table`` are the weights of classes, ``flat`` those of names, who have one label only.
    """

    names: Weights
    classes: Weights
    common: frozenset[str]
    dictionary: float
    letters: Mapping[str, Mapping[str, float]]
    flat: Mapping[str, float]
    table: WeightTable

    @classmethod
    def of(cls, names: Weights, classes: Weights, common: Iterable[str]) -> NameModel:
        """Put a model together; ``dictionary`` is the most that the dictionary can add."""
        most: dict[tuple[str, bool], float] = defaultdict(float)
        for feature, own in names.weights.items():
            if feature.startswith("k0:") or feature.startswith("k1:"):
                key = feature[:2], "|" in feature
                most[key] = max(most[key], *own.values())
        letters: dict[str, dict[str, float]] = {kind: {} for kind in _LETTERS}
        flat = {feature: own["0"] for feature, own in names.weights.items()}
        for feature, weight in flat.items():
            kind, _, rest = feature.partition(":")
            if kind in letters:
                letters[kind][rest] = weight
        table = WeightTable(classes.weights, len(classes.labels))
        return cls(names, classes, frozenset(common), sum(most.values()), letters, flat, table)

    def weigh(self, features: Iterable[str]) -> float:
        """Return the log odds that features tell of a name; there is only that one label."""
        return sum(filter(None, map(self.flat.get, features)))

    def glimpse(self, word: str) -> float:
        """Return what the letters of one Korean word weigh, a part of what its looks do."""
        chars, pairs, ends = self.letters["c"], self.letters["cc"], self.letters
        total = self.letters["b2"].get(word[:2], 0.0) + self.letters["b1"].get(word[0], 0.0)
        for size in range(1, min(len(word), 4) + 1):
            total += ends[f"e{size}"].get(word[-size:], 0.0)
        for char in dict.fromkeys(word):
            total += chars.get(char, 0.0)
        for at in range(len(word) - 1):
            total += pairs.get(word[at : at + 2], 0.0)
        return total


_NUMBERED_PART = re.compile(r"(?:표|그림|도표|사진|부록|별표|별첨|붙임|주석|각주)\s?\d+")
"""What a report points to inside itself: "표 2"."""
_QUARTER = re.compile(r"(?:Q[1-4]|[1-4]Q|[12]H|H[12]|FY)\s?'?\d{0,4}[EF]?")
NO_NAMES = NameModel.of(
    Weights(("name",), (0.9, 0.9), {}), Weights(("Company",), (0.9, 0.9), {}), ()
)
"""A model that has learned nothing and finds nothing: the rules alone."""


@lru_cache(maxsize=1)
def load_names() -> NameModel:
    """Load the fitted model once a process."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    names, classes = (
        Weights(tuple(own["labels"]), tuple(own["thresholds"]), own["weights"])
        for own in (data["names"], data["classes"])
    )
    return NameModel.of(names, classes, data["common"].split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A candidate that looks like a name: log odds, and the odds of each class."""

    name: str
    start: int
    end: int
    odds: float
    classes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """A name found by example: its class, and how sure it is that both are right (0 to 1)."""

    name: str
    cls: str
    sure: float
    mentions: int


class NameFinder:
    """Collects what looks like names over the sentences of a report."""

    def __init__(self, known: NameIndex, model: NameModel | None = None) -> None:
        self._known = known
        self._model = model or load_names()
        self._least = _logit(min(*self._model.names.thresholds, *self._model.classes.thresholds))
        self._mentions: dict[str, list[Mention]] = defaultdict(list)

    def read(self, text: str, found: Sequence[tuple[Entity, int, int]]) -> None:
        """Collect the candidates of one sentence; ``found`` are the known names in it."""
        if CITED.match(text) or is_english(text):
            return
        kept: list[Mention] = []
        for mention in sorted(self.mentions(text, found), key=lambda m: (-m.odds, m.start)):
            if not any(mention.start < k.end and k.start < mention.end for k in kept):
                kept.append(mention)
                self._mentions[fold(mention.name)].append(mention)

    def mentions(self, text: str, found: Sequence[tuple[Entity, int, int]]) -> Iterator[Mention]:
        """Yield what looks like a name in a sentence, also where one overlaps another."""
        model, words = self._model, words_of(text)
        view = View(text, words, found, model.common)
        taken = [(start, end) for _, start, end in found]
        for it in candidates(text, words, taken, model.common):
            if _by_looks(model, it.name, it.last > it.first) < _LOOKS:
                continue
            beside = tuple(around(view, it))
            odds = self._odds(it, beside)
            if odds < self._least or self._known.get(it.name) or not _may_be(it):
                continue
            sums = model.table.add((*looks(it.name), *beside, *listed(it.name)))
            likely = tuple(1 / (1 + math.exp(-s)) for s in model.table.by_label(sums))
            yield Mention(it.name, it.start, it.end, odds, likely)

    def _odds(self, it: Candidate, beside: Iterable[str]) -> float:
        """Return the log odds of a candidate; the dictionary is asked only where it matters."""
        model = self._model
        odds = _by_looks(model, it.name, it.last > it.first) + model.weigh(beside)
        if odds < _LOOKS_THERE or odds + model.dictionary < self._least:
            return _NEVER
        return odds + _by_dictionary(model, it.name)

    def results(self) -> Iterator[Likely]:
        """Yield the names that are likely enough; less will do for one that is seen again."""
        for mentions in self._mentions.values():
            named = self._judged(mentions)
            if _YEAR.search(named.name) and named.cls not in _YEARLY:
                continue
            if named.mentions == 1 and self._goes_on(named.name):
                continue
            once, again = self._thresholds(named.cls)
            if named.sure >= (again if named.mentions > 1 else once):
                yield named

    def _goes_on(self, name: str) -> bool:
        """Tell one word that only begins like a known name: "구글링", "메타데이터"."""
        return " " not in name and any(self._known.get(name[:n]) for n in range(2, len(name)))

    def _thresholds(self, cls: str) -> tuple[float, float]:
        """Return how sure a name must be: a firm, which any strange word is taken for, most."""
        firm = cls == "Company"
        return self._model.names.thresholds if firm else self._model.classes.thresholds

    def _judged(self, mentions: Sequence[Mention]) -> Likely:
        best = sorted(mentions, key=lambda m: -m.odds)[:_MANY]
        likely = [sum(column) for column in zip(*(m.classes for m in best), strict=True)]
        labels = self._model.classes.labels
        cls = labels[likely.index(max(likely))]
        group = GROUPS.get(cls, cls)
        share = sum(p for p, c in zip(likely, labels, strict=True) if GROUPS.get(c, c) == group)
        sure = share / sum(likely) / (1 + math.exp(-best[0].odds))
        return Likely(best[0].name, cls, sure, len(mentions))


@lru_cache(maxsize=16384)
def _by_looks(model: NameModel, name: str, several: bool) -> float:
    """Return the log odds by looks; the letters alone rule out most Korean words."""
    korean = not several and name[0] >= "가" and name[-1] >= "가"
    hopeless = korean and model.glimpse(name) < _LETTERS_ALONE
    return _NEVER if hopeless else model.weigh(looks(name))


@lru_cache(maxsize=4096)
def _by_dictionary(model: NameModel, name: str) -> float:
    """Return the log odds by what the dictionary tells of a name's words."""
    return model.weigh(listed(name))


def _may_be(it: Candidate) -> bool:
    """Tell whether a word may be a name: one of common nouns only if it ends like a body's."""
    words = it.name.split()
    if _NUMBERED_PART.fullmatch(it.name) or _QUARTER.fullmatch(it.name):
        return False
    if len(words) > 1 and fold(words[0]) in patterns().stop and is_common(" ".join(words[1:])):
        return False  # "AI 반도체"
    if it.name in load_metrics().words or it.name in load_senses():
        return False  # "TDP", "싼값"
    if len(words) > 1 and not it.quoted and _says_what(words[0]):
        return False  # "팹리스 가나칩" is 가나칩
    bodies = patterns().bodies
    body = it.name.endswith(bodies) and it.name not in bodies  # "위원회" alone is nobody's name
    return it.quoted or body or not is_common(it.name)


def _says_what(word: str) -> bool:
    """Tell a noun that says what kind of firm the next word names."""
    p = patterns()
    return word in p.classes or word in p.introducing or "Company" in kinds_of_noun(word)


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
