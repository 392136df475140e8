"""Deeds that are only possible, due, supposed or over, and what nobody does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from kg.claim import Claim


def _claims(tmp_path: Path, text: str) -> list[Claim]:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    return list(extract(read(path, date=dt.date(2025, 3, 10))).claims)


@pytest.mark.parametrize(
    ("text", "predicate", "modality"),
    [
        ("마이크론은 퀄컴에 HBM3E를 공급할 수 있다.", "supplies", "forecast"),
        ("프랑스는 화웨이를 막아야 한다.", "blocks", "opinion"),
        ("마이크론은 히로시마 공장을 증설할 수 없게 됐다.", "builds", "denied"),
    ],
)
def test_what_can_or_should_be_done(
    tmp_path: Path, text: str, predicate: str, modality: str
) -> None:
    told = {c.modality for c in _claims(tmp_path, text) if c.predicate == predicate}
    assert told == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "코히어가 새 모델을 출시한 게 아니라 옛 모델을 고쳤다.",
        "코히어가 번역 앱을 출시하지 못하게 될 경우 손실이 크다.",
    ],
)
def test_what_is_not_so_or_only_supposed(tmp_path: Path, text: str) -> None:
    assert not [c for c in _claims(tmp_path, text) if c.predicate == "releases"]


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("짐 켈러는 AMD를 나와 텐스토렌트에 합류했다.", {"AMD"}),
        ("AMD에서 근무하던 짐 켈러가 텐스토렌트에 합류했다.", {"AMD"}),
        ("AMD 부사장이었던 짐 켈러가 텐스토렌트에 합류했다.", {"AMD"}),
        ("짐 켈러는 텐스토렌트를 떠났다.", {"텐스토렌트"}),
    ],
)
def test_posts_that_are_over(tmp_path: Path, text: str, over: set[str]) -> None:
    posts = [c for c in _claims(tmp_path, text) if c.predicate == "worksFor" and c.object]
    left = {c.object.label for c in posts if c.object and _is_over(c)}
    assert left == over
    assert {c.object.label for c in posts if c.object} - over <= {"텐스토렌트"}


def _is_over(claim: Claim) -> bool:
    return claim.qualifiers.get("role", "").startswith("전 ") or "status" in claim.qualifiers


def test_a_rubric_is_no_name(tmp_path: Path) -> None:
    text = "- **리스크**: HBM 격차가 크다\n\n- **리스크**: HBM 고객이 적다\n"
    assert not [c for c in _claims(tmp_path, text) if c.subject.label == "리스크"]
