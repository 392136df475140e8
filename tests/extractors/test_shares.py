"""Of which market a share is, and shares that one verb tells: the examples of shares.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("figures/shares.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    report = read_text(example["text"], id="shares", date=dt.date(2026, 3, 2))
    found = [
        [c.subject.label, c.value.text, c.qualifiers.get("product")]
        for c in extract(report).claims
        if c.predicate == "marketShare" and c.value is not None
    ]
    assert sorted(found, key=str) == sorted(example["shares"], key=str)
