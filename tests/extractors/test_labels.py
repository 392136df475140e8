"""Labels that list items begin with: the examples of labels.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.names.headlines import headline_names
from extractors.names.labels import named_label
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("names/labels.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    found = [[hint.name, hint.cls] for hint in named_label(example["text"], [])]
    assert all(name in found for name in example["names"]), found


@pytest.mark.parametrize("text", load_words("names/labels.yaml")["never"])
def test_what_names_nothing(text: str) -> None:
    assert list(named_label(text, [])) == []


@pytest.mark.parametrize(
    "example", load_words("names/headlines.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_who_brings_out_what_in_a_headline(example: dict[str, Any]) -> None:
    found = [[hint.name, hint.cls] for hint in headline_names(example["text"])]
    assert all(name in found for name in example["names"]), found


@pytest.mark.parametrize("text", load_words("names/headlines.yaml")["never"])
def test_headlines_that_name_nothing(text: str) -> None:
    assert list(headline_names(text)) == []


def _claimed(tmp_path: Path, lines: str) -> list[list[str]]:
    path = tmp_path / "card.md"
    path.write_text(
        f"# 코히어 기업 카드\n발행일: 2025-03-10\n\n## 코히어\n{lines}\n", encoding="utf-8"
    )
    return [
        [c.subject.label, c.predicate, c.object.label if c.object else c.qualifiers["metric"]]
        for c in extract(read(path)).claims
        if c.predicate != "states"
    ]


@pytest.mark.parametrize(
    "example",
    load_words("names/labels.yaml")["attribute_examples"],
    ids=lambda e: str(e["text"])[:40],
)
def test_attributes_beside_the_words(tmp_path: Path, example: dict[str, Any]) -> None:
    found = _claimed(tmp_path, example["text"])
    assert all(claim in found for claim in example["claims"]), found


@pytest.mark.parametrize("text", load_words("names/labels.yaml")["attribute_never"])
def test_what_is_no_attribute(tmp_path: Path, text: str) -> None:
    assert not [claim for claim in _claimed(tmp_path, text) if claim[0] == "코히어"]


def test_a_heading_tells_it_of_whom_its_items_begin_with(tmp_path: Path) -> None:
    text = (
        "### 경쟁사\n- **인피니언 (독일, IFX)**: 차량용 칩\n- 르네사스: 제어 칩\n- 값 경쟁이 심하다"
    )
    found = _claimed(tmp_path, text)
    assert ["코히어", "competesWith", "인피니언"] in found, found
    assert ["코히어", "competesWith", "르네사스"] in found, found
    listed = _claimed(
        tmp_path, "### 주요 제품\n- **식각 장비**: Brasso, Vantor\n- **도구**: Tellix"
    )
    things = {claim[2] for claim in listed if claim[:2] == ["코히어", "develops"]}
    assert things == {"Brasso", "Vantor", "Tellix"}, listed


def test_a_line_that_only_names_somebody_heads_the_lines_under_it(tmp_path: Path) -> None:
    lines = "- **구글**\n  - 코히어에 TPU v6 10만 개 공급\n- **메타**\n  - 라마 4 오픈소스 공개"
    assert ["구글", "supplies", "코히어"] in _claimed(tmp_path, lines)
    assert ["메타", "releases", "Llama 4"] in _claimed(tmp_path, lines)
