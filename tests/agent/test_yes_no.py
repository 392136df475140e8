"""Yes or no of several: a sentence or row answers that speaks of all of them, and of the matter."""

from __future__ import annotations

import pytest

REPORT = """# 반도체 브리핑

2025년 3월 3일 · 예시리서치

## 1. 기업

미르반도체와 도란전자가 나란히 실적을 냈다. 가온소프트가 누리칩을 인수했다. 미르반도체와 노바랩은 누리칩 인수 뒤의 가온소프트를 경계한다.

한빛로봇은 노바랩에 부품을 맡겼다. 다온칩과 서해전자의 합병설은 두 회사 모두 부인했다.

인텔은 2020년 엔비디아를 인수했다. 다온칩과 서해전자는 중국에 3조 원을 투자했다.

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
        "다온칩이 서해전자에 투자했어?",  # both did, elsewhere
    ],
)
def test_what_is_said_of_others_is_no_answer(reports, question):
    assert reports.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("인텔이 엔비디아를 인수했어?", "네, 인텔은"),
        ("엔비디아가 인텔에 인수됐어?", "네, 인텔은"),
        ("엔비디아가 인텔을 인수했어?", "그 반대로 나와 있습니다: 인텔은"),
        ("가온소프트가 누리칩을 인수했어?", "“가온소프트가 누리칩을 인수했다.”"),
        ("다온칩이 서해전자와 합치기로 했어?", "부인"),
        ("한빛로봇이 노바랩에 부품을 맡겼어?", "맡겼다"),
    ],
)
def test_what_is_said_of_both_answers(reports, question, said):
    answer = reports.ask(question)
    assert not answer.abstained
    assert said in answer.text


RESULTS = """# 실적 브리핑

2026년 8월 3일 · 예시리서치

## 1. 가람칩

표 1. 가람칩 실적 (단위: 억원)

| 항목 | 2Q26 | 1Q26 | 2Q25 |
|---|---|---|---|
| 매출액 | 330 | 300 | 220 |
| 　광학 | 110 | 120 | 90 |
| 　기판 | 220 | 180 | 130 |
| 영업이익 | 40 | 50 | 30 |
| 영업이익률 | 12.1% | 16.7% | 13.6% |

## 2. 나래칩

나래칩의 2026년 2분기 매출은 전년 대비 18% 줄었다.
"""


@pytest.fixture(scope="module")
def results(written_reports):
    return written_reports(RESULTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("가람칩 매출이 전년보다 늘었어?", ("네, ", "2025년 2분기보다 50% 늘었습니다")),
        ("가람칩 영업이익이 전분기보다 늘었나요?", ("아니요, ", "2026년 1분기보다 20% 줄었습니다")),
        ("가람칩의 영업이익률은 전분기 대비 개선됐어?", ("아니요, ", "4.6%p 낮아졌습니다")),
        ("가람칩 광학 사업부 매출이 전분기보다 줄었어?", ("네, ", "8.3% 줄었습니다")),
        ("나래칩 매출이 작년보다 줄었어?", ("네, ", "18%")),
        ("나래칩 매출이 작년보다 늘었나요?", ("아니요, ", "18%")),
    ],
)
def test_whether_a_figure_rose_is_told_with_the_change(results, question, told):
    answer = results.ask(question)
    assert answer.text.startswith(told[0])
    assert told[1] in answer.text
    assert not answer.dropped


def test_the_change_of_the_whole_tells_none_of_a_part(results):
    assert "10%" not in results.ask("가람칩 로봇 매출이 전분기보다 늘었어?").text
