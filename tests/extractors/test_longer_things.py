"""What is made where a name only says of what: the examples of longer_things.yaml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from extractors.word_lists import load_words


def _claims(tmp_path: Path, text: str) -> list[list[str]]:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간 점검\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    return [[c.subject.label, c.predicate, c.object.label] for c in claims if c.object]


@pytest.mark.parametrize(
    "example", load_words("names/longer_things.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_nouns(example: dict[str, Any], tmp_path: Path) -> None:
    told = _claims(tmp_path, example["text"])
    assert all(claim in told for claim in example["claims"])


@pytest.mark.parametrize(
    "example", load_words("names/longer_things.yaml")["never"], ids=lambda e: str(e["text"])[:40]
)
def test_the_name_alone_is_not_what_is_made(example: dict[str, Any], tmp_path: Path) -> None:
    told = {thing for _, predicate, thing in _claims(tmp_path, example["text"])}
    assert not told & set(example["objects"])
