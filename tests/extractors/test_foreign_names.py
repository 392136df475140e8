"""People told by their first names: the examples of foreign_names.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.foreign_names import foreign_people
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("names/foreign_names.yaml")["examples"], ids=lambda e: str(e["text"])
)
def test_first_names_tell_people(example: dict[str, Any]) -> None:
    assert list(foreign_people(example["text"], {}.get)) == example["people"]


@pytest.mark.parametrize("text", load_words("names/foreign_names.yaml")["never"])
def test_what_only_looks_like_a_first_name(text: str) -> None:
    assert list(foreign_people(text, {}.get)) == []
