"""Headings that name a thing, and what is told below them: the examples of profiles.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.context.profiles import Profile, profile_names
from extractors.pipeline import extract
from extractors.word_lists import load_words

_KNOWN = {"일본": "Place"}


def _named(example: dict[str, Any]) -> list[list[str]]:
    profile = Profile(example["heading"], tuple(example["lines"]))
    return [[hint.name.split(" (")[0], hint.cls] for hint in profile_names(profile, _KNOWN.get)]


@pytest.mark.parametrize(
    "example", load_words("context/profiles.yaml")["examples"], ids=lambda e: str(e["heading"])
)
def test_headings_that_name_things(example: dict[str, Any]) -> None:
    assert _named(example) == example["names"]


@pytest.mark.parametrize(
    "example", load_words("context/profiles.yaml")["never"], ids=lambda e: str(e["heading"])
)
def test_headings_of_topics(example: dict[str, Any]) -> None:
    assert _named(example) == []


@pytest.mark.parametrize(
    "example", load_words("context/profiles.yaml")["sections"], ids=lambda e: str(e["heading"])
)
def test_what_is_told_below_a_heading(tmp_path: Path, example: dict[str, Any]) -> None:
    lines = "\n".join(example["lines"])
    path = tmp_path / "profiles.md"
    path.write_text(
        f"# 인프라 조사\n발행일: 2025-03-10\n\n## 2. 사례\n\n{example['heading']}\n\n{lines}\n",
        encoding="utf-8",
    )
    found = [
        [
            claim.subject.label,
            claim.predicate,
            claim.object.label if claim.object else claim.qualifiers.get("metric"),
            claim.value.text if claim.value else None,
        ]
        for claim in extract(read(path)).claims
    ]
    assert all(claim in found for claim in example["claims"]), found


def test_what_only_things_have_is_not_the_firms(tmp_path: Path) -> None:
    path = tmp_path / "profiles.md"
    path.write_text(
        "---\ndate: 2025-01-06\n---\n\n# 기업\n\n### 다올로보틱스\n- 본사: 대전\n- 직원 64명\n- 가반하중 18kg\n",
        encoding="utf-8",
    )
    found = [(c.subject.label, c.qualifiers.get("metric")) for c in extract(read(path)).claims]
    assert ("다올로보틱스", "직원 수") in found
    assert ("다올로보틱스", "가반하중") not in found
