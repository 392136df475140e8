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


def test_a_time_beside_its_own_figure_dates_no_other() -> None:
    text = "# 주간\n\n인텔의 순이익은 6억 달러로 2024년 7억 달러를 밑돌았다.\n"
    report = read_text(text, source="x", date=dt.date(2026, 3, 5))
    told = {c.value.text: c.qualifiers.get("period") for c in extract(report).claims if c.value}
    assert told == {"6억 달러": None, "7억 달러": "2024"}
