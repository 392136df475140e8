"""Unknown names that the form of a dense line tells."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.names.line_names import line_names
from extractors.word_lists import load_words

KNOWN = {"오라클": "Company", "HBM4": "Technology", "LPDDR6": "Technology"}
DATA = load_words("names/line_names.yaml")


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda e: e["text"])
def test_form_tells_names(example: dict[str, Any]) -> None:
    hints = {(h.name, h.cls) for h in line_names(example["text"], KNOWN.get)}
    assert hints == {(name, cls) for name, cls in example["names"]}


@pytest.mark.parametrize("text", DATA["never"])
def test_other_lines_tell_none(text: str) -> None:
    assert not list(line_names(text, KNOWN.get))
