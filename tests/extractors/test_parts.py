"""Which part of a firm a figure is of: the examples of parts.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.figures.parts.words import division_label
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example",
    load_words("figures/parts/parts.yaml")["examples"],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    report = read_text(example["text"], id="parts", date=dt.date(2026, 3, 2))
    found = [
        [c.subject.label, c.value.text, c.qualifiers.get("product")]
        for c in extract(report).claims
        if c.value is not None
    ]
    assert all(figure in found for figure in example["figures"]), found
    assert not any(figure in found for figure in example.get("absent", ()))


@pytest.mark.parametrize("words", ["올해 부문", "이번 사업", "사업부", "파운드리 매출"])
def test_what_names_no_part_of_a_firm(words: str) -> None:
    assert division_label(words) is None
