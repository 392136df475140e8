"""Figures that are not of whom the nearest name would have them: the examples of misheld.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("figures/misheld.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    report = read_text(example["text"], id="misheld", date=dt.date(2026, 3, 2))
    found = sorted(
        [c.subject.label, c.value.text]
        for c in extract(report).claims
        if c.value is not None and c.object is None and c.predicate != "states"
    )
    assert found == sorted(example["figures"])
