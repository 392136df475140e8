"""Of which quarter or year accounts are that a heading or a sentence before dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("context/accounts.yaml")["examples"], ids=lambda e: e["text"][:60]
)
def test_lines_above_date_accounts(example: dict[str, Any]) -> None:
    report = read_text(f"# 주간\n\n{example['text']}\n", id="x", date=dt.date(2026, 3, 5))
    told = [c.qualifiers.get("period") for c in extract(report).claims if c.value]
    assert told == example["periods"]
