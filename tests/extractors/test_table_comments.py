"""Cells that somebody comments in measure nothing; what they tell of their row is read as prose."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from kg.claim import Claim


def claims_of(table: str) -> list[Claim]:
    report = read_text(f"# 주간 점검\n\n## 표\n\n{table}\n", id="x", date=dt.date(2026, 5, 21))
    return [claim for claim in extract(report).claims if claim.evidence.column]


@pytest.mark.parametrize(
    "table",
    [
        "| 위험 | 설명 |\n|---|---|\n| 전력난 | 송전망이 늦어 가동이 밀림 |",
        "| 기업 | 시사점 |\n|---|---|\n| AMD | 서버 칩의 몫이 커지는 흐름 |",
        "| 부서 | What to watch | 비고 |\n|---|---|---|\n| 영업팀 | 새 고객과의 협상 | 매주 점검 |",
        "| 기업 | 메모 |\n|---|---|\n| AMD | 2분기부터 눈여겨볼 것 |",
        "## AMD\n\n| 항목 | 값 |\n|---|---|\n| 핵심 | 서버와 PC를 두루 아우름 |",
        "| 지표 | Latest | Δ | Insight |\n|---|---|---|---|\n| AMD 주가 | - | 급등 | 기대가 앞섬 |",
    ],
)
def test_comments_are_no_metrics(table: str) -> None:
    assert [claim.qualifiers.get("metric") for claim in claims_of(table)] == []


def test_a_comment_is_read_as_prose_about_its_row() -> None:
    table = "| 기업 | 등락률 | 비고 |\n|---|---|---|\n| AMD | -3.1% | 시가총액 약 210억 달러 감소 |"
    told = {(c.subject.label, c.qualifiers.get("metric")) for c in claims_of(table)}
    assert told == {("AMD", "수익률"), ("AMD", "시가총액 감소액")}


def test_attributes_in_words_stay() -> None:
    table = "| 기업 | 특징 |\n|---|---|\n| AMD | 서버 칩 강자 |"
    assert [claim.qualifiers["metric"] for claim in claims_of(table)] == ["특징"]
