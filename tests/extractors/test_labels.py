"""Labels that list items begin with: the examples of labels.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.labels import load_labelling, named_label


@pytest.mark.parametrize("example", load_labelling().examples, ids=lambda e: str(e["text"])[:40])
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    found = [[hint.name, hint.cls] for hint in named_label(example["text"], [])]
    assert all(name in found for name in example["names"]), found


@pytest.mark.parametrize("text", load_labelling().never)
def test_what_names_nothing(text: str) -> None:
    assert list(named_label(text, [])) == []
