"""Tables of a firm's accounts in a note whose title alone names the firm."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract

NOTE = """# 나래칩스

표 1. 투자지표

| 결산기(12월) | 2024A | 2025E |
|---|---|---|
| 매출액(십억원) | 1,120 | 1,249 |
| 메모리 | 700 | 820 |
| 순이익(십억원) | -12 | 118 |
| PER(배) | 24.1 | 15.3 |

| 추정치 변경 | 기존 | 신규 | 변화율(%) |
|---|---|---|---|
| 매출액 | 1,380 | 1,420 | 2.9 |
| 영업이익 | 170 | 182 | 7.1 |

Key Data

| 현재주가 | 36,100원 |
|---|---|
| 시가총액 | 1,805십억원 |
| 외국인 지분율 | 21.4% |
| 주요주주 | 나래홀딩스 |
"""


def told(title: str) -> set[tuple[str, str, str, str, str]]:
    """Subject, metric, value, period and basis of every claim."""
    report = read_text(
        NOTE, format="markdown", source="note", title=title, date=dt.date(2025, 10, 10)
    )
    return {
        (
            c.subject.label,
            c.qualifiers.get("metric", ""),
            c.value.text if c.value else "",
            c.qualifiers.get("period", ""),
            c.qualifiers.get("basis", ""),
        )
        for c in extract(report).claims
    }


@pytest.mark.parametrize(
    ("metric", "value", "period", "basis"),
    [
        ("매출", "1,120", "2024", ""),
        ("메모리 매출", "820", "2025", ""),
        ("순이익", "-12", "2024", ""),
        ("PER", "15.3", "2025", ""),
        ("매출", "1,380", "", "이전"),
        ("영업이익", "182", "", ""),
        ("영업이익 추정치 변화율", "7.1", "", ""),
        ("주가", "36,100원", "", ""),
        ("외국인 지분율", "21.4%", "", ""),
    ],
)
def test_figures_are_the_firms_whose_note_it_is(
    metric: str, value: str, period: str, basis: str
) -> None:
    assert ("나래칩스", metric, value, period, basis) in told("나래칩스(123450) 프리뷰")


def test_no_metric_is_a_subject_and_a_key_without_a_figure_no_claim() -> None:
    claims = told("나래칩스(123450) 프리뷰")
    assert {claim[0] for claim in claims} == {"나래칩스"}
    assert not any(claim[2] == "나래홀딩스" for claim in claims)


def test_figures_of_nobody_are_no_claims() -> None:
    assert not told("이번 주 시장")
