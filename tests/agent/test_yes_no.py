"""Yes or no of several: a sentence or row answers that speaks of all of them, and of the matter."""

from __future__ import annotations

import pytest

REPORT = """# 반도체 브리핑

2025년 3월 3일 · 예시리서치

## 1. 기업

미르반도체와 도란전자가 나란히 실적을 냈다. 가온소프트가 누리칩을 인수했다. 미르반도체와 노바랩은 누리칩 인수 뒤의 가온소프트를 경계한다.

한빛로봇은 노바랩에 부품을 맡겼다. 다온칩과 서해전자의 합병설은 두 회사 모두 부인했다.

표 1. 2024년 실적

| 회사 | 매출 | 영업이익 |
|---|---|---|
| 미르반도체 | 120억 원 | 11억 원 |
| 도란전자 | 90억 원 | 8억 원 |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    "question",
    [
        "미르반도체가 도란전자를 인수했어?",  # each has a row of its own, and a sentence names both
        "도란전자가 미르반도체에 투자했나요?",
        "미르반도체가 가온소프트를 인수했어?",  # the deal named between them is another's
        "한빛로봇이 도란전자에 부품을 맡겼어?",
    ],
)
def test_what_is_said_of_others_is_no_answer(reports, question):
    assert reports.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("가온소프트가 누리칩을 인수했어?", "“가온소프트가 누리칩을 인수했다.”"),
        ("다온칩이 서해전자와 합치기로 했어?", "부인"),
        ("한빛로봇이 노바랩에 부품을 맡겼어?", "맡겼다"),
    ],
)
def test_what_is_said_of_both_answers(reports, question, said):
    answer = reports.ask(question)
    assert not answer.abstained
    assert said in answer.text
