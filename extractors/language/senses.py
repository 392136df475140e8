"""Senses of words: verbs and nouns that behave alike, so that one stands for the others.

The data is ``senses.yaml``: a line a sense, verbs in their dictionary form.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("senses.yaml")
_VERBAL = ("VV", "VA", "VX")


@lru_cache(maxsize=1)
def load_senses() -> dict[str, tuple[str, ...]]:
    """Map each word to its senses, one or two."""
    data: dict[str, str] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    found: dict[str, list[str]] = defaultdict(list)
    for sense, words in data.items():
        for word in words.split():
            found[word].append(sense)
    return {word: tuple(senses) for word, senses in found.items()}


@lru_cache(maxsize=8192)
def senses_of(form: str, tag: str) -> tuple[str, ...]:
    """Return the senses of a morpheme as Kiwi gives it: a verb's stem, a noun."""
    return load_senses().get(form + "다" if tag.startswith(_VERBAL) else form, ())


@lru_cache(maxsize=8192)
def senses_of_lemma(lemma: str) -> tuple[str, ...]:
    """Return the senses of a predicate's lemma: a verbal noun ("공급") or a verb's stem ("대")."""
    known = load_senses()
    return known.get(lemma) or known.get(lemma + "다", ())
