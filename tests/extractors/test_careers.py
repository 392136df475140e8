"""Whom chiefs work for whose company stands elsewhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


def _employers(tmp_path: Path, text: str) -> set[tuple[str, str]]:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    return {
        (c.subject.label, c.object.label)
        for c in extract(read(path, date=dt.date(2025, 3, 10))).claims
        if c.predicate == "worksFor" and c.object
    }


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("인텔은 값을 내렸다. 한서루 대표가 2021년 설립한 리벨리온은 반겼다.", "리벨리온"),
        ("리벨리온은 새 칩을 냈다. 한서루 대표는 물량이 다 팔렸다고 말했다.", "리벨리온"),
        ("리벨리온은 새 칩을 냈다. 회사의 대표인 한서루는 물량이 적다고 말했다.", "리벨리온"),
        ("리벨리온은 새 칩을 냈다. 이 회사의 대표는 한서루다.", "리벨리온"),
        ("리벨리온은 새 칩을 냈다. 한서루 대표는 반겼다.\n\n한서루, CEO: “좋다”", "리벨리온"),
    ],
    ids=["whom they founded", "whom the text is about", "what one is", "who it is", "signed"],
)
def test_a_chief_without_a_company(tmp_path: Path, text: str, employer: str) -> None:
    assert _employers(tmp_path, text) == {("한서루", employer)}


@pytest.mark.parametrize(
    "text",
    [
        "리벨리온은 새 칩을 냈다. 경쟁사의 대표인 한서루는 물량이 적다고 말했다.",
        "리벨리온은 새 칩을 냈다. 경쟁사의 대표는 한서루다.",
        "리벨리온의 K2는 비싸다. 인텔이 K2를 시험했다. 다만 CEO인 한서루는 추론에 집중한다고 했다.",
    ],
)
def test_a_chief_of_another_firm(tmp_path: Path, text: str) -> None:
    assert _employers(tmp_path, text) == set()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("전 인텔 대표 한서루가 강연했다.", "전 대표"),
        ("한서루 전 인텔 대표가 강연했다.", "전 대표"),
        ("2주 전 인텔 대표 한서루가 강연했다.", "대표"),
    ],
)
def test_a_role_that_is_over_says_so(tmp_path: Path, text: str, role: str) -> None:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 3, 10))).claims
    assert [c.qualifiers["role"] for c in claims if c.predicate == "worksFor"] == [role]
