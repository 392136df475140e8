"""What only looks like an answer: reasons and times of other things, other versions, no amount."""

from __future__ import annotations

import pytest

REPORT = """# 기술 브리핑

2025년 9월 3일 · 예시리서치

## 1. 가람칩

가람칩의 2분기 매출은 120억 원이었다. 2019년 가람칩에 인수된 누리망을 창업한 사람들이 새 회사를 세웠다. 이는 수요 때문이다.

## 2. 왜 가람칩 주가는 빠졌나

숫자는 강했다. 이유는 두 가지다. 첫째, 시장은 더 큰 숫자를 기대했다. 둘째, 마진이 낮아졌다.

## 3. 모델

Claude Sonnet 5의 가격은 아래와 같다. GPT-5.5는 제미나이 3.1 프로보다 싸다.

| 모델 | 가격 |
|---|---|
| Claude Sonnet 4.6 | $3 |
| Claude Sonnet 5 | $2 |

제 칩을 가진 곳이 는다. 아마존 트레이니움, 마이크로소프트 마이아, 메타 MTIA가 그렇다.

## 4. 메모리

삼성전자는 HBM5E의 구체적인 양산 시점을 제시하지 않았다. 엔비디아가 그록을 200억 달러에 인수했다.

표 2. D램 판매

| 업체 | 매출 | 시작 |
|---|---|---|
| 가람칩 | ~50억 원 | 2026년 2분기 양산 |
| 다온칩 | ~70억 원 | 2025년 4분기 양산 |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    "question",
    [
        "가람칩은 언제 설립됐어?",  # nor when what it bought was
        "가람칩은 왜 대표를 교체했어?",
        "제미나이 3.5 프로는 언제 나와?",  # nor is 3.1 a day
    ],
)
def test_what_is_only_near_is_no_answer(reports, question):
    assert reports.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("가람칩 주가는 왜 빠졌어?", "더 큰 숫자를 기대", "매출은 120억"),
        ("Claude Sonnet 5 가격은 얼마야?", "$2", "$3"),
        ("Claude Sonnet 4.6 가격은?", "$3", "$2"),
        ("삼성전자는 HBM5E를 언제 양산해?", "시점을 제시하지 않았다", "2분기"),
        ("그록을 인수한 회사와 금액은?", "200억 달러", "120억"),
        ("D램 매출 순위를 알려줘", "다온칩(~70억 원), 가람칩(~50억 원) 순", "양산"),
    ],
)
def test_the_very_thing_answers(reports, question, said, unsaid):
    answer = reports.ask(question)
    assert not answer.abstained
    assert said in answer.text
    assert unsaid not in answer.text


MORE = """# 기업 브리핑

2026년 3월 3일 · 예시리서치

## 1. 가람칩

가람칩은 새한전자의 주문을 받았다. 가람칩의 다온 공장에는 모두 70억 달러가 들어간다. 가람칩은 향후 5년간 3.4GW의 발전 설비를 더한다.

시리즈 H에서 10억 달러를 조달하며 밸류에이션 230억 달러를 인정받았다.

가람칩 주가는 실적 발표 뒤 14% 올랐다. 가람칩은 하반기 상장을 예상한다.

## 2. 부품

| 단계 | 핵심 질문 |
|---|---|
| HBM5 | 성능이 가격으로 이어지는가 |
"""


@pytest.fixture(scope="module")
def more(written_reports):
    return written_reports(MORE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("가람칩의 다온 공장 투자액은?", "70억 달러"),
        ("가람칩은 향후 5년간 발전 설비를 얼마나 늘려?", "3.4GW"),
        ("가람칩의 기업가치는 얼마로 평가됐어?", "230억 달러"),
        ("가람칩 주가는 실적 발표 뒤 얼마나 올랐지?", "14%"),
        ("가람칩의 상장 예상 시점", "하반기"),
    ],
)
def test_what_is_told_in_other_words(more, question, said):
    assert said in more.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "HBM5의 가격은 얼마야?",  # a row without a figure gives none
        "가람칩은 새한전자에 기판을 공급해?",
    ],
)
def test_a_row_or_a_name_alone_is_no_answer(more, question):
    assert more.ask(question).abstained


def test_what_others_made_is_no_answer_to_who_made_it(reports):
    assert "을 개발" not in reports.ask("메타의 MTIA는 누가 설계해?").text
