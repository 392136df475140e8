"""Quoted strings that are names, and those that only stress."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.quoted_names import quoted_names
from extractors.word_lists import load_words

DATA = load_words("names/quoted_names.yaml")


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda e: e["text"])
def test_names_in_quotes(example: dict[str, Any]) -> None:
    assert [[h.name, h.cls] for h in quoted_names(example["text"])] == example["names"]


@pytest.mark.parametrize("text", DATA["never"])
def test_stressed_words_are_no_names(text: str) -> None:
    assert not list(quoted_names(text))
