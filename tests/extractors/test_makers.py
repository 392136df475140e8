"""Who makes kinds of things: the examples of makers.yaml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.readers import read
from extractors.lexicon import makers
from extractors.lexicon.store import load_lexicon
from extractors.pipeline import extract

_DATA = yaml.safe_load(Path(makers.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", _DATA["examples"], ids=lambda e: str(e["text"])[:40])
def test_who_makes_no_memory_develops_none(example: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간 점검\n\n{example['text']}\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    told = [[c.subject.label, c.predicate, c.object.label] for c in claims if c.object]
    assert example["never"] not in told
    assert all(claim in told for claim in example.get("claims", ()))


def test_makers_of_memory_are_curated() -> None:
    known = {entry.entity.id for entry in load_lexicon()}
    assert set(_DATA["memory_makers"].split()) <= known
