"""Whose sentence is quoted, and when a sentence is enough: of the thing asked for, and exact."""

from collections.abc import Callable

import pytest

from agent.answerer import Answerer

REPORT = """# 주간 장비 브리핑 (2025-11-14)

## 1. 시장

램버스는 10월 신제품을 공개했다. 네온세미의 주가도 함께 올랐다.

네온세미(2345 TT): 10월 고정가 인상을 통보했다. 9월 매출은 66억대만달러로 5개 분기 만에 늘었다.

네온세미의 독주에 도전장을 낸 곳은 창원의 한빛정공이다. 내년 영업이익 목표는 3,100억 원이다.

## 2. 기업

볼트텍은 11월 3일 구미 공장을 착공했다. 이 공장에 들어가는 국비는 1,482억 원이다.

## 3. 말말말

가온정밀의 최준호 CEO는 증설을 서두르지 않겠다고 말했다.

<표 1> 국내 증설 계획

| 공장 | 기업 | 공정 | 투자액(조 원) |
|---|---|---|---|
| V7 | 볼트텍 | 한빛 6nm | 20 |
| V9 | 볼트텍 | 한빛 4nm | 60 |
| N1 | 네온세미 | 한빛 6nm | 45 |
"""


@pytest.fixture(scope="module")
def brief(written_reports: Callable[..., Answerer]) -> Answerer:
    return written_reports(REPORT)


@pytest.mark.parametrize(
    "question",
    [
        "램버스의 9월 매출은 얼마였어?",
        "네온세미의 내년 영업이익 목표는 얼마야?",
        "볼트텍 최고경영자는 누구야?",
        "V8 공장의 투자액은 얼마야?",
    ],
)
def test_a_figure_or_person_of_another_is_no_answer(brief: Answerer, question: str) -> None:
    assert brief.ask(question).abstained, brief.ask(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("네온세미의 9월 매출은 얼마였어?", "66억"),
        ("볼트텍이 구미 공장 공사를 시작한 날짜는?", "11월 3일"),
        ("가온정밀 최고경영자가 누구지?", "최준호"),
        ("구미 공장에 들어가는 국비는 얼마야?", "1,482억"),
    ],
)
def test_what_says_it_in_words_of_its_own_answers(
    brief: Answerer, question: str, said: str
) -> None:
    found = brief.ask(question)
    assert not found.abstained
    assert said in found.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("국내 증설 가운데 돈이 가장 많이 드는 것은?", "V9"),
        ("표 1에서 투자액이 가장 적은 공장은?", "V7"),
        ("표 1에서 한빛 6나노로 돌리는 공장을 모두 알려줘", "V7, N1"),
        ("표 1에 실린 공장은 모두 몇 개야?", "3개"),
        ("표 1에서 투자액이 가장 큰 기업은?", "볼트텍"),
    ],
)
def test_a_table_is_ranged_over_by_what_is_asked_for(
    brief: Answerer, question: str, said: str
) -> None:
    assert said in brief.ask(question).text


def test_last_year_is_no_word_for_little(written_reports: Callable[..., Answerer]) -> None:
    table = (
        "# 주간 시황 (2025-11-14)\n\n## 1. 가격\n\n<표 1> 품목별 가격\n\n"
        "| 품목 | 가격 | 전주 대비 | 전년 대비 |\n|---|---|---|---|\n"
        "| 실리콘카바이드 | 31.4 | +4.2% | +112% |\n| 갈륨나이트라이드 | 14.8 | +5.1% | +98% |\n"
    )
    answer = written_reports(table).ask("작년보다 값이 가장 많이 뛴 품목은?")
    assert "실리콘카바이드" in answer.text
    assert "가장 높습니다" in answer.text
