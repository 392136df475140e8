"""One thing asked of several at once, where no report tells of all of them together."""

from __future__ import annotations

import pytest

from agent.questions.forms import apart
from agent.words import data

REPORT = """# 가속기 소식

2026년 5월 4일 · 예시리서치

## 1. 새 칩

엔비디아 B300의 TDP는 1,400W다. 회사는 하반기에 출하를 늘린다.

## 2. 지난 칩

B200의 TDP는 1,000W로 공랭 서버에도 들어간다.

## 3. 클라우드

TSMC의 2분기 매출은 402억 달러다. 직원은 8만 명이다.

TSMC의 2분기 순이익은 223억 달러였다.

구글 클라우드 매출은 120억 달러로 30% 성장했다.

AWS 매출은 288억 달러로 19% 증가했다.

## 4. 보조금

두 회사는 이번 주 보조금을 확정받았다. 마이크론의 보조금은 61억 달러다.

인텔: 보조금 79억 달러를 확정받음
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


def test_each_is_told(reports):
    text = reports.ask("B200이랑 B300은 TDP가 각각 몇 와트야?").text
    assert "1,000W" in text
    assert "1,400W" in text


def test_the_difference_is_worked_out(reports):
    answer = reports.ask("B200과 B300의 TDP 차이는?")
    assert "400" in answer.text
    assert any("1,400" in step and "1,000" in step for step in answer.steps)


def test_rates_of_two_sentences(reports):
    text = reports.ask("AWS와 구글 클라우드의 매출 성장률 차이는?").text
    assert "19%" in text
    assert "30%" in text


def test_two_figures_of_one(reports):
    text = reports.ask("TSMC의 2분기 매출과 순이익은?").text
    assert "402억 달러" in text
    assert "223억 달러" in text


def test_nothing_is_told_where_one_of_them_has_no_answer(reports):
    answer = reports.ask("B200과 H200은 TDP가 각각 몇 와트야?")
    assert "H200의 TDP" not in answer.text


def test_a_line_on_another_firm_does_not_answer(reports):
    answer = reports.ask("마이크론이 확정받은 보조금은 얼마야?")
    assert "61억" in answer.text
    assert "79억" not in answer.text


@pytest.mark.parametrize(("key", "asks"), [("examples", True), ("counterexamples", False)])
def test_examples_beside_the_form(key, asks, reports):
    for example in data("forms")["apart"][key]:
        text = example.format(A="AWS", B="구글 클라우드")
        assert bool(apart(text, reports.linker, reports.classes)) is asks, text


def test_the_question_for_each(reports):
    def asked(text: str) -> list[str]:
        return [part for _, part in apart(text, reports.linker, reports.classes)]

    assert asked("AWS와 구글 클라우드의 매출 차이는?") == [
        "AWS의 매출은 얼마야?",
        "구글 클라우드의 매출은 얼마야?",
    ]
    assert asked("내년 매출 예상치를 AWS와 구글 클라우드만 비교해 줘")[0] == (
        "AWS의 내년 매출 예상치는 얼마야"
    )
