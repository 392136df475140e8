"""Firms in Latin letters that their place or trade tells."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.firms_by_place import firms_by_place
from extractors.word_lists import load_words

DATA = load_words("names/firms_by_place.yaml")
PLACES = ("미국", "한국", "일본", "영국", "스위스", "텔아비브", "탈린", "밀라노", "취리히")


def _class_of(name: str) -> str | None:
    return "Place" if name in PLACES else None


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda e: e["text"])
def test_place_or_trade_tells_firms(example: dict[str, Any]) -> None:
    hints = [[h.name, h.cls] for h in firms_by_place(example["text"], _class_of)]
    assert hints == example["names"]


@pytest.mark.parametrize("text", DATA["never"])
def test_not_all_behind_a_place_is_a_firm(text: str) -> None:
    assert not list(firms_by_place(text, _class_of))
