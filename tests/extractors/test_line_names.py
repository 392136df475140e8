"""Unknown names that the form of a dense line tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.names.line_names import line_names
from extractors.pipeline import extract
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


def test_scores_behind_a_name_are_no_english_sentence_and_no_version(tmp_path: Path) -> None:
    path = tmp_path / "line.md"
    path.write_text(
        "발행일: 2026-03-05\n\n- **Quorra-Code 13B**: HumanEval 88.1%, GPQA 61.3\n",
        encoding="utf-8",
    )
    found = {
        (c.subject.label, c.predicate, c.object and c.object.label, c.value and c.value.text)
        for c in extract(read(path)).claims
    }
    assert ("Quorra-Code 13B", "scores", "HumanEval", "88.1%") in found
    assert ("Quorra-Code 13B", "scores", "GPQA", "61.3") in found


def test_who_acts_is_named_without_its_particle() -> None:
    hints = line_names(
        "누벨캐피가 이끌고 Quorra Ventures가 참여했다.", KNOWN.get, "칼디온, 시드 30억원."
    )
    assert "누벨캐피" in {h.name for h in hints}
