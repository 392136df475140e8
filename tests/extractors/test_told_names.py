"""Unknown names told by what is done with them: the examples of told_names.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.told_names import told_names
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("names/told_names.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in told_names(example["text"])] == example["names"]


@pytest.mark.parametrize("text", load_words("names/told_names.yaml")["never"])
def test_what_tells_of_nothing(text: str) -> None:
    assert list(told_names(text)) == []
