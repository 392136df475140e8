"""The lexicon of senses: words that behave alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

import extractors.language.senses
from extractors.language.senses import load_senses, senses_of, senses_of_lemma

_FILE = Path(extractors.language.senses.__file__).with_name("senses.yaml")


@pytest.mark.parametrize(
    ("form", "tag", "sense"),
    [
        ("납품", "NNG", "SUPPLY"),
        ("대", "VV", "SUPPLY"),
        ("사들이", "VV", "PURCHASE"),
        ("따내", "VV", "ORDER_WON"),
        ("탑재", "NNG", "MOUNT"),
        ("출자", "NNG", "INVEST"),
    ],
)
def test_a_morpheme_has_its_sense(form: str, tag: str, sense: str) -> None:
    assert sense in senses_of(form, tag)


def test_a_counter_is_not_the_verb_of_the_same_letters() -> None:
    assert senses_of("대", "NNB") == ()


def test_a_lemma_is_a_verbal_noun_or_a_stem() -> None:
    assert senses_of_lemma("공급") == senses_of("공급", "NNG")
    assert senses_of_lemma("사들이") == senses_of("사들이", "VV")


def test_no_word_stands_in_more_than_two_senses_nor_twice_in_one() -> None:
    assert max(map(len, load_senses().values())) == 2
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for sense, words in data.items():
        twice = [word for word, times in Counter(words.split()).items() if times > 1]
        assert not twice, f"{sense} lists twice: {twice}"
