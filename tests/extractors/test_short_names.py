"""What things are called after they have been named in full: the examples of short_names.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.short_names import short_names
from extractors.word_lists import load_words
from kg.claim import Entity


def _shortened(example: dict[str, Any]) -> list[str]:
    whole = Entity("whole", example["class"], example["whole"])
    found = short_names([(example["whole"], whole)], example["text"], lambda _: ())
    return [short for _, short in found]


@pytest.mark.parametrize(
    "example", load_words("names/short_names.yaml")["examples"], ids=lambda e: str(e["whole"])
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    assert _shortened(example) == example["short"]


@pytest.mark.parametrize(
    "example", load_words("names/short_names.yaml")["never"], ids=lambda e: str(e["text"])
)
def test_what_is_no_short_name(example: dict[str, Any]) -> None:
    assert _shortened(example) == []


def test_two_things_of_one_short_name() -> None:
    named = [(f"{maker} Q4", Entity(maker, "Model", f"{maker} Q4")) for maker in ("가나", "다라")]
    assert list(short_names(named, "가나 Q4와 다라 Q4가 있다. Q4는 빠르다.", lambda _: ())) == []
