"""Names that items begin with, told by what the other items of their list begin with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.lexicon.store import load_lexicon
from extractors.names.names import Names
from extractors.names.sibling_items import sibling_names
from extractors.pipeline import extract
from extractors.word_lists import load_words

_DATA = load_words("names/sibling_items.yaml")


def _told(items: list[str]) -> list[list[str]]:
    names = Names(load_lexicon(), [])
    found = [names.find(item) for item in items]
    return [[hint.name, hint.cls] for hint in sibling_names(items, found)]


@pytest.mark.parametrize("example", _DATA["examples"], ids=lambda e: e["items"][1])
def test_the_other_items_tell_what_a_label_names(example: dict[str, list[str]]) -> None:
    assert _told(example["items"]) == example["names"]


@pytest.mark.parametrize("items", _DATA["never"], ids=lambda items: items[1])
def test_labels_that_name_nothing(items: list[str]) -> None:
    assert _told(items) == []


def test_an_item_of_somebody_else_is_not_of_the_one_above(tmp_path: Path) -> None:
    path = tmp_path / "market.md"
    path.write_text(
        "## 증시\n\n- **브로드컴**: 매출은 1% 감소했다.\n"
        "- **J.D. 마바 운송**: 매출은 3% 감소했지만 주당 순이익은 1.76달러였다.\n",
        encoding="utf-8",
    )
    claims = extract(read(path, date=dt.date(2026, 3, 5))).claims
    held = {(c.subject.label, c.value.text) for c in claims if c.value}
    assert ("브로드컴", "1%") in held
    assert not held & {("브로드컴", "3%"), ("브로드컴", "1.76달러")}
