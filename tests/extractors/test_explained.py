"""Unknown names as blogs and newsletters explain them: the examples of explained.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.explained import explained, explained_below
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("names/explained.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    found = [[hint.name, hint.cls] for hint in explained(example["text"])]
    assert all(name in found for name in example["names"]), found


@pytest.mark.parametrize("text", load_words("names/explained.yaml")["never"])
def test_what_explains_nobody(text: str) -> None:
    assert explained(text) == []


def test_a_heading_is_named_by_the_definition_below_it() -> None:
    hints = explained_below("2. Nimbora", "회의록을 요약하고 할 일을 뽑는 에이전트입니다.")
    assert [(hint.name, hint.cls) for hint in hints] == [("Nimbora", "Software")]
    assert explained_below("2. Nimbora", "오라클은 회의록을 요약하는 회사다.") == []
    assert explained_below("맺는 말 Nimbora", "회의록을 요약하는 에이전트입니다.") == []
