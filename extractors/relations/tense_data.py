"""The words of ``tenses.yaml``: what tells how sure a claim is, where no ending does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.language.modality import compiled
from extractors.word_lists import filled, load_words

FIGURES = frozenset({"hasMetric", "marketSize", "marketShare", "changesPrice"})
"""What is told by a figure."""


@dataclass(frozen=True, slots=True)
class Tenses:
    """The words of ``tenses.yaml``, compiled."""

    momentary: frozenset[str]
    again: re.Pattern[str]
    done: frozenset[str]
    expected: re.Pattern[str]
    awaited: re.Pattern[str]
    last: re.Pattern[str]
    given: re.Pattern[str]
    heading: re.Pattern[str]
    reached: frozenset[str]
    standing: frozenset[str]
    placed: re.Pattern[str]
    revised: re.Pattern[str]
    spending: frozenset[str]
    planned: re.Pattern[str]
    intended: re.Pattern[str]
    rumoured: re.Pattern[str]
    had: re.Pattern[str]
    compared: re.Pattern[str]
    estimated: re.Pattern[str]
    supposed: re.Pattern[str]
    reckoned: frozenset[str]
    weighing: re.Pattern[str]
    accounts: tuple[str, ...]
    guided: re.Pattern[str]
    moving: re.Pattern[str]
    invested: frozenset[str]
    told_on: re.Pattern[str]
    talked: re.Pattern[str]
    meant: re.Pattern[str]


@lru_cache(maxsize=1)
def load_tenses() -> Tenses:
    """Load the words once a process."""
    data = load_words("relations/tenses.yaml")
    cues = {key: compiled([told]) for key, told in data.items() if isinstance(told, str)}
    return filled(Tenses, data, **cues)
