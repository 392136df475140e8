"""Words of data files in the sentences they are for: the examples beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words

_FILES = (
    "figures/attributes.yaml",
    "figures/bases.yaml",
    "figures/holders.yaml",
    "figures/share_prices.yaml",
    "relations/deeds.yaml",
    "relations/instruments.yaml",
    "relations/rounds.yaml",
    "relations/tasks.yaml",
    "speech/statements.yaml",
)


@pytest.mark.parametrize(
    "example",
    [example for file in _FILES for example in load_words(file)["examples"]],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    report = read_text(f"# 주간\n\n{example['text']}\n", id="words", date=dt.date(2026, 3, 2))
    found = {
        (
            claim.subject.label,
            claim.qualifiers.get("metric", claim.predicate),
            claim.object.label if claim.object else claim.value.text if claim.value else None,
        )
        for claim in extract(report).claims
    }
    assert {tuple(claim) for claim in example["claims"]} <= found, found
    assert not {tuple(claim) for claim in example.get("absent", ())} & found
