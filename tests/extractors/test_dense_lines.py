"""Dense analysts' lines: the examples of dense_lines.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.word_lists import load_words


@pytest.mark.parametrize(
    "example", load_words("figures/dense_lines.yaml")["examples"], ids=lambda e: str(e["text"])[:40]
)
def test_examples_beside_the_words(example: dict[str, Any]) -> None:
    text = f"# 주간\n\n{example['text']}\n"
    report = read_text(text, id="dense", format="markdown", date=dt.date(2026, 9, 29))
    found = [
        [c.subject.label, c.qualifiers.get("metric"), c.value.text, c.qualifiers.get("period")]
        for c in extract(report).claims
        if c.value is not None and c.object is None
    ]
    assert all(figure in found for figure in example["figures"]), found
    assert not [row for row in found if row[2] in example.get("never", [])], found


def test_what_was_looked_for_is_a_forecast_of_its_source() -> None:
    text = "# 주간\n\n**인텔 2Q26**: 영업이익 8.4조 원(LSEG 8.1조 상회)·매출 27조 원\n"
    claims = extract(read_text(text, id="dense", date=dt.date(2026, 9, 29))).claims
    told = {c.value.text: (c.modality, c.attributed_to) for c in claims if c.value}
    assert told["8.1조"] == ("forecast", "LSEG")
    assert told["8.4조 원"][0] == "fact"
