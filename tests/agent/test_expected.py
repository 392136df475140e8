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
        told = re.search(form["pattern"], text) and not re.search(form["other"], text)
        assert bool(told) is asks, text
