"""Headlines that a thing leads: the examples beside the words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words

_DATA = load_words("relations/headlined_things.yaml")


def _told(text: str) -> list[list[str | None]]:
    report = read_text(f"# 주간\n\n{text}\n", id="x", date=dt.date(2026, 3, 5))
    return [
        [c.subject.label, c.predicate, c.object.label, c.qualifiers.get("period"), c.modality]
        for c in extract(report).claims
        if c.object and c.predicate in ("releases", "produces")
    ]


@pytest.mark.parametrize("example", _DATA["examples"], ids=lambda e: e["text"])
def test_things_that_lead_headlines_are_brought_out(example: dict[str, Any]) -> None:
    assert _told(example["text"]) == example["claims"]


@pytest.mark.parametrize("text", _DATA["never"])
def test_headlines_that_tell_more_of_a_thing(text: str) -> None:
    assert _told(text) == []
