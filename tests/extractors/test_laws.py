"""Laws and bills that no list of names has: the examples of laws.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.laws import named_laws
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("names/laws.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    found = list(named_laws(example["text"]))
    assert [law.name for law in found] == example["names"]
    assert [law.short for law in found if law.short] == example.get("short", [])


@pytest.mark.parametrize("text", load_words("names/laws.yaml")["never"])
def test_what_names_no_law(text: str) -> None:
    assert list(named_laws(text)) == []
