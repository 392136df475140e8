"""What houses advise, by the examples beside the words."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("figures/ratings.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_ratings(example: dict[str, Any]) -> None:
    report = read_text(f"2025-03-10\n\n{example['text']}\n", format="markdown", source="t.md")
    claims = [c for c in extract(report).claims if c.qualifiers.get("metric") == "투자의견"]
    found = [[c.subject.label, c.value.text if c.value else None, c.attributed_to] for c in claims]
    assert found == example["ratings"]
    assert all(c.modality == "opinion" for c in claims)
