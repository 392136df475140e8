"""What an analyst asks of two weeks of a research house: figures, reasons, changes, denials."""

from __future__ import annotations

import pytest

from agent.questions.guesses import Brief
from agent.words import measure_asked, unmarked
from kg.alias_table import Name

WEEK = """# 반도체 주간 점검

2026년 5월 11일 · 예시리서치

## 1. 실적

### 새별파운드리

1분기 매출은 9,000억 원이었다. 영업이익은 300억 원으로 시장 예상치보다 낮았다. 총마진율은 21.5%로 작년 같은 기간의 \
24.0%에서 낮아졌다. 3나노 수율은 64%로 지난주보다 5%포인트 높아졌다.

새별파운드리 주가는 한 주 동안 6% 올랐다.

### 한별메모리

한별메모리가 1분기 실적을 내놓았다. 영업이익은 7,000억 원으로 컨센서스를 웃돌았다. 회사는 2분기 매출 \
가이던스로 2조 원을 제시했다.

## 2. 모델

샛별AI는 모델 '노을 2'를 내놓았다. 노을 2의 API 가격은 100만 토큰당 0.6달러다. 값이 싼 이유는 매개변수를 절반으로 \
줄였기 때문이다.

샛별AI가 학습용 칩을 구글 TPU에서 AMD MI450으로 바꾼다.

## 3. 소문

인텔이 파운드리를 떼어 내는 방안을 검토 중이라는 보도가 나왔다. 인텔은 이를 부인했다. AMD가 그 지분을 산다는 말도 있다.

LG는 지주회사다. LG의 주가는 1% 올랐다.

## 4. 시가총액

| 종목 | 종가 | 시가총액 |
|---|---|---|
| 엔비디아 | 172.4달러 | 4조 2,000억 달러 |
| AMD | 151.0달러 | 2,450억 달러 |
| 한별메모리 | 198,500원 | 58조 원 |
| 새별파운드리 | 23,150원 | 6조 원 |
"""


@pytest.fixture(scope="module")
def week(written_reports):
    return written_reports(WEEK)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("새별파운드리의 총마진율은?", "새별파운드리의 매출총이익률은 21.5%입니다."),
        ("새별파운드리 3나노 수율은 지난주보다 얼마나 올랐어?", "5%포인트"),
        ("새별파운드리 영업이익은 컨센서스보다 높았어?", "아니요, 보고서 원문: “영업이익은 300억"),
        ("한별메모리 영업이익은 컨센서스보다 높았어?", "네, 보고서 원문: “영업이익은 7,000억"),
        ("한별메모리 2분기 가이던스는?", "2분기 매출 가이던스로 2조 원을 제시했다"),
        ("한별메모리는 흑자야?", "영업이익은 7,000억 원"),
        ("노을 2는 왜 싸?", "매개변수를 절반으로 줄였기 때문"),
        ("노을 2는 왜 저렴해?", "매개변수를 절반으로 줄였기 때문"),
        ("인텔은 파운드리를 떼어 내?", "인텔은 이를 부인했다."),
        ("샛별AI가 전에 쓰던 칩은?", "구글 TPU에서 AMD MI450으로 바꾼다"),
    ],
)
def test_what_is_told(week, question, said):
    answer = week.ask(question)
    assert not answer.abstained
    assert said in answer.text


def test_what_was_given_up_is_not_told_as_in_use(week):
    assert "사용하고 있습니다" not in week.ask("샛별AI가 전에 쓰던 칩은?").text


def test_a_rate_is_no_growth_of_itself(week):
    assert "64%입니다" not in week.ask("새별파운드리 3나노 수율은 얼마나 올랐어?").text


def test_a_move_of_the_price_is_no_target_price(week):
    assert week.ask("새별파운드리의 목표주가는?").abstained


@pytest.mark.parametrize("name", ["LG전자", "LG화학"])
def test_a_firm_with_a_groups_initials_is_not_the_group(week, name):
    answer = week.ask(f"{name}의 주가는?")
    assert answer.abstained
    assert f"‘{name}’" in answer.text
    assert not week.ask("LG의 주가는?").abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("시가총액 순위는?", "엔비디아(4조 2,000억 달러), AMD(2,450억 달러) / 한별메모리(58조 원)"),
        ("시가총액이 가장 큰 종목은?", "통화별로 엔비디아(4조 2,000억 달러) / 한별메모리(58조 원)"),
        ("엔비디아와 AMD 중 시가총액이 더 큰 곳은?", "엔비디아의 시가총액이 4조 2,000억 달러로"),
    ],
)
def test_sums_rank_by_how_much_they_are_in_each_currency(week, question, said):
    assert said in week.ask(question).text


@pytest.mark.parametrize(
    ("text", "focus", "measure"),
    [
        ("가나의 총마진율은?", "마진", "매출총이익률"),
        ("가나-1의 활성 매개변수는?", "매개변수", "활성 파라미터"),
        ("가나의 색은?", "색", "색"),
    ],
)
def test_the_measure_that_a_word_asks_for(text, focus, measure):
    assert measure_asked(text, focus) == measure


def test_initials_are_no_short_name():
    group, firm = (
        Name(label, "Company", label, None, (), None, curated=False, broader=frozenset(), claims=1)
        for label in ("LG", "세온")
    )
    assert Brief([group, firm]).of("LG전자") is None
    assert Brief([group, firm]).of("세온전자") == "세온"


@pytest.mark.parametrize(
    ("form", "noun"), [("가이던스는", "가이던스"), ("가이던스", "가이던스"), ("나이", "나이")]
)
def test_a_particle_is_no_part_of_a_noun(form, noun):
    assert unmarked(form) == noun
