"""Whether a figure was more than expected: yes or no, with both figures or a report's words."""

from __future__ import annotations

import re

import pytest

from agent.words import data

REPORT = """# 실적 속보

2026년 8월 3일 · 예시리서치

## 1. 2분기 실적

**퀄컴**은 2분기 매출 71억 달러를 기록해 컨센서스 68억 달러를 웃돌았다. 영업이익은 15억 달러로 시장 예상치 17억 달러를 밑돌았다.

- 마벨 2Q26 영업이익 4.2억 달러로 컨센서스 하회

오라클의 2분기 매출은 150억 달러다.

AMD의 2분기 매출은 77억 달러로 예상치 74억 달러를 웃돌았다. AMD의 데이터센터 매출은 32억 달러로 예상치 33억 달러를 밑돌았다.

### 마이크론 2026년 3분기 가이던스

| 항목 | 가이던스 | 컨센서스 |
|---|---|---|
| 매출 | 187억 달러 | 143억 달러 |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("퀄컴 매출은 컨센서스보다 높았어?", "네, 퀄컴의 2026년 2분기 매출은 71억 달러로"),
        ("퀄컴 2분기 매출은 시장 예상치를 밑돌았나?", "아니요, 퀄컴의 2026년 2분기 매출은"),
        ("퀄컴의 영업이익은 예상을 웃돌았어?", "15억 달러로 예상치 17억 달러를 밑돌았습니다."),
        ("마벨 영업이익은 컨센서스를 웃돌았어?", "아니요, 보고서 원문: “마벨 2Q26 영업이익"),
    ],
)
def test_yes_or_no(reports, question, said):
    assert said in reports.ask(question).text


def test_a_part_is_not_the_whole(reports):
    text = reports.ask("AMD 데이터센터 매출은 예상보다 높았어?").text
    assert text.startswith("아니요")
    assert "32억" in text
    assert "77억" not in text
    assert reports.ask("AMD 게임 매출은 예상보다 높았어?").abstained


def test_what_the_firm_foresees_beside_what_others_do(reports):
    text = reports.ask("마이크론 3분기 매출 가이던스는 컨센서스보다 높아?").text
    assert "187억 달러로 예상치 143억 달러를 웃돕니다." in text


def test_by_how_much(reports):
    answer = reports.ask("AMD 2분기 매출은 예상치보다 얼마나 높았어?")
    assert "77억 달러로 예상치 74억 달러를 웃돌았습니다." in answer.text
    assert "차이는 예상치의 4.1%입니다." in answer.text


def test_a_sentence_on_another_firm_tells_nothing(reports):
    assert reports.ask("오라클 영업이익은 컨센서스를 밑돌았어?").abstained


def test_what_nobody_expected_is_answered_by_saying_so(reports):
    answer = reports.ask("오라클 매출은 예상을 웃돌았어?")
    assert answer.abstained
    assert "150억 달러" in answer.text


@pytest.mark.parametrize(("key", "asks"), [("examples", True), ("counterexamples", False)])
def test_examples_beside_the_form(key, asks):
    form = data("forms")["expected"]
    for example in form[key]:
        text = example.format(A="마벨")
        told = re.search(form["pattern"], text) and (
            re.search(form["how_much"], text) or not re.search(form["other"], text)
        )
        assert bool(told) is asks, text
