"""Patterns tried only on texts with a word that all their matches hold: the same matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sparing import held_by, sparing

_PATTERNS = (
    r"가[나다]라",
    r"(?:가|나다)\s?(?=라)",
    r"(?:가|나)?다+(?:라){0,2}",
    r"(?<=가)나|다(?!라)",
    r"(?:가(?:나|다)?|라)$",
    r"(?>가나|가)(?P<x>다|라)(?P=x)",
    r"(?i:a)가",
    r"[^가]나",
    r"[가-다]라",
)


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        (r"가나(?:다|라)\s?[마바]사", [{"가나다", "가나라"}, {"마사", "바사"}]),
        (r"(?<=\S)\s?\([^()]{1,30}\)", [{"("}, {")"}]),
        (r"『(?P<a>[^』]+)』|‘(?P<b>[^’]+)’의 저자", [{"『", "’의 저자"}]),
        (r"(?:부|청)(?=\s(?:장|관))", [{"부", "청"}, {"장", "관"}]),
        (r"(?!가)나?다*", []),
        (r"(?i:kg)\d", []),
        (r"(?i)kg", []),
    ],
)
def test_words_of_which_all_matches_hold_one(pattern: str, held: list[set[str]]) -> None:
    assert held_by(pattern) == held


@given(pattern=st.sampled_from(_PATTERNS), text=st.text("가나다라aA ", max_size=12))
def test_finds_what_the_pattern_finds(pattern: str, text: str) -> None:
    plain, spared = re.compile(pattern), sparing(pattern)
    expected = [match.span() for match in plain.finditer(text, 1)]
    assert [match.span() for match in spared.finditer(text, 1)] == expected
    assert bool(spared.search(text)) == bool(plain.search(text))
    assert spared.sub("-", text) == plain.sub("-", text)
    assert bool(spared.match(text)) == bool(plain.match(text))
