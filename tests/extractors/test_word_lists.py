"""Patterns with the words of data files: every one has its lists."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import extractors
from extractors.errors import ExtractionError
from extractors.word_lists import Worded, words_in


def _worded() -> dict[str, Worded]:
    modules = [m.name for m in pkgutil.walk_packages(extractors.__path__, "extractors.")]
    return {
        f"{module}.{name}": told
        for module in modules
        for name, told in vars(importlib.import_module(module)).items()
        if isinstance(told, Worded)
    }


def test_every_pattern_has_the_words_it_asks_for() -> None:
    worded = _worded()
    assert worded
    assert all(told.compiled.pattern for told in worded.values())


def test_a_list_that_a_data_file_lacks_is_told_by_name() -> None:
    with pytest.raises(ExtractionError, match=r"parts\.yaml.*'nothing'"):
        _ = Worded("figures/parts/parts.yaml", "{nothing}").compiled


def test_a_pattern_is_compiled_once() -> None:
    pattern = Worded("figures/parts/parts.yaml", "{sums}")
    assert "match" not in vars(pattern)
    assert pattern.match("매출액")
    assert "match" in vars(pattern)
    with pytest.raises(AttributeError):
        _ = pattern.split


def test_the_longer_word_stands_first() -> None:
    """The first that matches is taken, so no word may hide a longer one behind it."""
    sums = words_in("figures/parts/parts.yaml", "sums")
    hidden = [(a, b) for i, a in enumerate(sums) for b in sums[i + 1 :] if b.startswith(a)]
    assert not hidden
