"""Cells that a row and a column name together, lists below a caption that says the question."""

from __future__ import annotations

import pytest

REPORT = """# 공정 브리핑

2025년 3월 3일 · 예시리서치

## 1. 공정

TSMC는 3nm 고객을 늘리고 있다. 삼성전자는 2021년 10월 DDR5를 양산했다.

표 1. 공정별 현황

| 공정 | TSMC | 삼성전자 |
|---|---|---|
| 3nm | 양산 중 | 수율 개선 중 |
| 2nm | 2024년 말 양산 개시 | 2027년 계획 |

## 2. 연합

표 2. 한별 프로젝트 참여 기업과 몫

| 기업 | 몫 |
|---|---|
| 엔비디아 | 가속기 |
| 가람칩 | 기판 |

누리망은 3월에 한별 프로젝트의 부지를 빌려 월 300만 달러를 지불하기로 했다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("TSMC의 3nm 상태는?", "양산 중"),
        ("삼성전자의 2nm 양산은 언제야?", "2027년 계획"),
        ("TSMC의 2nm 양산 시점은?", "2024년 말"),
    ],
)
def test_the_cell_where_row_and_column_cross(reports, question, said):
    answer = reports.ask(question)
    assert len(answer.sentences) == 1
    assert said in answer.text
    assert not answer.dropped


@pytest.mark.parametrize(
    "question", ["한별 프로젝트에 참여하는 회사는?", "한별 프로젝트에 참여한 기업을 알려줘"]
)
def test_the_rows_below_a_caption_that_says_what_is_asked(reports, question):
    assert reports.ask(question).text.startswith("엔비디아, 가람칩입니다.")


@pytest.mark.parametrize(
    "question",
    ["누리망은 매달 얼마를 내?", "누리망이 매월 내는 돈은?", "누리망은 한 달에 얼마를 지불해?"],
)
def test_what_is_paid(reports, question):
    assert "300만 달러" in reports.ask(question).text


ROUNDS = """# 투자 브리핑

2025년 3월 10일 · 예시리서치

## 1. 조달

누리망의 자금 조달이 끝나 간다. 가람캐피털이 400억 달러를 투자하는 계약을 마무리했다고 전해졌다.

표 1. 모델 기업의 투자 유치

누리망의 값은 투자 전 기준

| 회사 | 기업가치(억 달러) | 조달액(억 달러) |
|---|---:|---:|
| 누리망 | 2,600 | 400 |
| 한별랩스 | 600 | 20 |

표 2. 계획의 진행 상황

| 계획 | 주체 | 목표 시점 |
|---|---|---|
| 누리망 데이터센터 투자 | 누리망 | 2026년 |
| 신형 칩 출시 | 엔비디아 | 2025년 |

## 2. 공정

한별랩스의 칩은 TSMC의 3나노 공정으로 2026년에 양산할 것이라는 이야기가 있다.
"""


@pytest.fixture(scope="module")
def rounds(written_reports):
    return written_reports(ROUNDS)


@pytest.mark.parametrize(
    "question",
    ["누리망에 투자한 회사는?", "누리망에 투자한 곳을 모두 알려줘", "누가 누리망에 투자했나?"],
)
def test_those_invested_in_are_no_investors(rounds, question):
    answer = rounds.ask(question)
    assert "한별랩스" not in answer.text
    assert "데이터센터 투자" not in answer.text
    assert "가람캐피털" in answer.text


def test_another_process_node_is_no_answer(rounds):
    answer = rounds.ask("TSMC의 2나노 공정은 언제 양산하나?")
    assert answer.abstained


def test_the_node_asked_about_is(rounds):
    assert "2026년" in rounds.ask("TSMC의 3nm 공정은 언제 양산하나?").text
