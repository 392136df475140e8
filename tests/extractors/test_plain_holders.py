"""Figures of what has no name: the examples of `plain_holders.yaml`; of fragments."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.language.rereading import reread
from extractors.pipeline import extract
from extractors.word_lists import load_words
from kg.search.analyzer import morphemes

_DAY = dt.date(2026, 3, 2)


def _figures(text: str) -> set[tuple[str, str, str]]:
    report = read_text(f"# 주간\n\n{text}\n", id="plain", date=_DAY)
    return {
        (c.subject.label, c.qualifiers.get("metric", c.predicate), c.value.text)
        for c in extract(report).claims
        if c.value is not None
    }


@pytest.mark.parametrize(
    "example",
    [
        *load_words("figures/plain_holders.yaml")["examples"],
        *load_words("figures/fragments.yaml")["examples"],
    ],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    found = _figures(example["text"])
    assert {tuple(claim) for claim in example["claims"]} <= found, found


@pytest.mark.parametrize(
    "text",
    [
        *load_words("figures/plain_holders.yaml")["never"],
        *load_words("figures/fragments.yaml")["never"],
    ],
)
def test_a_phrase_that_tells_nobody_has_no_figure(text: str) -> None:
    assert not _figures(text)


@pytest.mark.parametrize(
    ("text", "tag"),
    [("전력의 30%가 샌다.", "JKS"), ("전력의 30%는 샌다.", "JX"), ("30%의 값이다.", "JKG")],
)
def test_a_particle_behind_a_percent_sign_is_one(text: str, tag: str) -> None:
    tokens = reread(morphemes(text))
    sign = next(i for i, token in enumerate(tokens) if token.form == "%")
    assert tokens[sign + 1].tag == tag
    assert tokens[sign + 2].start > tokens[sign + 1].start
