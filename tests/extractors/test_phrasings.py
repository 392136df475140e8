"""Word lists that patterns of a phrasing file share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.errors import ExtractionError
from extractors.relations import phrasings

DATA = """
groups:
  deeds: [산, 사들인]
phrasings:
  - predicate: purchases
    subject: A
    object: C
    patterns: ['{A:Company}(?:이|가) {NAME} {C:Chip}[가-힣]{1}']
    examples: []
    never: []
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load phrasings whose pattern names a group."""
    from corpus.data_files import load_yaml

    def loaded(name: str) -> tuple[phrasings.Phrasing, ...]:
        file = tmp_path / f"{name}.yaml"
        file.write_text(DATA.replace("NAME", name), encoding="utf-8")
        monkeypatch.setattr(phrasings, "_FILES", (file.name,))
        monkeypatch.setattr(phrasings, "load_words", lambda _name: load_yaml(file))
        return phrasings.load_phrasings.__wrapped__()

    return loaded


def test_a_group_is_any_of_its_words(load: Any) -> None:
    [phrasing] = load("deeds")
    [pattern] = phrasing.patterns
    assert "(?:이|가) (?:산|사들인) ⟦" in pattern
    assert pattern.endswith("[가-힣]{1}")


def test_a_group_that_is_not_there_is_refused(load: Any) -> None:
    with pytest.raises(ExtractionError, match=r"'\{words\}': expected one of its groups.*deeds"):
        load("words")
