"""What is told of without a name: the examples of open_objects.yaml and trades.yaml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.lexicon.frame_data import load_frames
from extractors.pipeline import extract
from extractors.relations.open_objects import load_open_words
from extractors.word_lists import load_words


def _claims(tmp_path: Path, text: str) -> list[list[str]]:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간 점검\n\n{text}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    return [[c.subject.label, c.predicate, c.object.label] for c in claims if c.object]


EXAMPLES = (
    *load_words("relations/open_objects.yaml")["examples"],
    *load_words("relations/trades.yaml")["examples"],
)
NEVER = (
    *load_words("relations/open_objects.yaml")["never"],
    *load_words("relations/trades.yaml")["never"],
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e["text"])[:40])
def test_examples_beside_the_nouns(example: dict[str, Any], tmp_path: Path) -> None:
    told = _claims(tmp_path, example["text"])
    assert all(claim in told for claim in example["claims"])


@pytest.mark.parametrize("text", NEVER)
def test_what_is_nothing_in_particular_is_no_object(text: str, tmp_path: Path) -> None:
    assert all(claim[1] == "investsIn" for claim in _claims(tmp_path, text))


def test_every_kind_that_a_frame_is_open_to_has_nouns() -> None:
    frames = load_frames()
    opened = (*frames.frames, *(f for fs in frames.open_by_noun.values() for f in fs))
    kinds = {kind for told in load_open_words().heads.values() for kind in told}
    assert {kind for frame in opened for kind in frame.open} <= kinds
