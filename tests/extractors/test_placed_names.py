"""Unknown things that their place in a sentence tells."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.placed_names import owned_names, placed_names
from extractors.word_lists import load_words

DATA = load_words("names/placed_names.yaml")


def _unknown(name: str) -> str | None:
    return None


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda e: e["text"])
def test_place_tells_things(example: dict[str, Any]) -> None:
    hints = {(h.name, h.cls) for h in placed_names(example["text"], _unknown)}
    assert hints == {(name, cls) for name, cls in example["names"]}


@pytest.mark.parametrize("text", DATA["never"])
def test_terms_are_no_things(text: str) -> None:
    assert not [h for h in placed_names(text, _unknown) if h.sure]


@pytest.mark.parametrize("example", DATA["of_firms"], ids=lambda e: e["text"])
def test_a_firm_has_things(example: dict[str, Any]) -> None:
    owned = [(owner, [h.name, h.cls]) for owner, h in owned_names(example["text"], _unknown)]
    assert owned == [(example["firm"], named) for named in example["names"]]


@pytest.mark.parametrize("example", DATA["of_firms_never"], ids=lambda e: e["text"])
def test_a_firm_has_more_than_things(example: dict[str, Any]) -> None:
    assert not list(owned_names(example["text"], _unknown))


def test_what_begins_with_a_firm_is_told_by_its_rest() -> None:
    known = {"나래": "Company", "Korvio": "Model", "Mina": "Person"}.get
    hints = [h.name for h in placed_names("나래가 Korvio Sonic 2와 Mina Pad를 공개했다.", known)]
    assert hints == ["Korvio Sonic 2"]
