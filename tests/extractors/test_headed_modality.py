"""How sure bare items are below a heading that tells of what is to come."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.language.modality import load_modality
from extractors.pipeline import extract


@pytest.mark.parametrize("example", load_modality()["headings"]["examples"], ids=str)
def test_items_below_a_heading(tmp_path: Path, example: dict[str, Any]) -> None:
    path = tmp_path / "card.md"
    text = f"# 주간\n\n## 삼성전기\n\n### {example['heading']}\n\n- {example['text']}\n"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path, date=dt.date(2030, 5, 2))).claims
    assert {c.modality for c in claims} == {example["modality"]}


def test_a_sentence_tells_itself_how_sure_it_is(tmp_path: Path) -> None:
    path = tmp_path / "card.md"
    path.write_text(
        "# 주간\n\n## 향후 계획\n\n삼성전기는 인텔에 기판을 공급했다.\n", encoding="utf-8"
    )
    claims = extract(read(path, date=dt.date(2030, 5, 2))).claims
    assert [c.modality for c in claims if c.predicate == "supplies"] == ["fact"]
