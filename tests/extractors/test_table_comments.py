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


def test_comments_and_addresses_are_no_figures() -> None:
    table = (
        "| 기업 | 캠퍼스 용량 | 비고·출처 |\n|---|---|---|\n"
        "| 퀄컴 | 400MW | 첫째는 올해 6월에 들어섰고 둘째는 내년 2분기부터 들어서며 셋째는 아직 정해지지 않았음 |\n"
        "| 인텔 | 120MW | https://example.com/campus |\n\n"
        "| 항목 | A | B |\n|---|---|---|\n| 계약 전력 | 3.7GW | 4.2GW |"
    )
    told = {(c.subject.label, c.value.text) for c in claims_of(table) if c.value}
    assert {row for row in told if row[0] != "계약 전력"} == {("퀄컴", "400MW"), ("인텔", "120MW")}


@pytest.mark.parametrize("step", ["1차 진입", "손절가", "2차 익절가", "가격 방향"])
def test_a_step_of_a_plan_to_trade_is_nobody(step: str) -> None:
    assert not claims_of(f"| 구분 | 가격 | 조건 |\n|---|---|---|\n| {step} | 70만 원 | 추세 이탈 |")
