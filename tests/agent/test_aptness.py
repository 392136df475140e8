"""What answers is of the very kind asked for: no other attribute, time, unit or rank."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.evidence.aptness import _asks_longer
from agent.questions.linking import Linker
from agent.questions.question import parse
from agent.words import data

REPORT = """# 반도체 브리핑

2025년 3월 3일 · 예시리서치

## 1. 가람칩

가람칩은 엔비디아의 가속기 V100에 쓰는 부품을 만든다. 가람칩의 2024년 매출은 120억 원이다. 가람칩의 2024년 AI 매출은 30억 원이었다.

나래칩의 2024년 매출은 90억 원이다. 나래칩의 2025년 매출은 110억 원으로 전망된다.

딥시크는 V100을 5만 개 규모로 구매했다. V100은 메모리 80GB를 탑재했다.

AMD는 엔비디아와의 가속기 경쟁에 뛰어들었다. EU는 가람칩이 경쟁을 해치지 않는다고 보았다.

## 2. 종목

주간 수익률은 가람칩이 가장 높았다. 한 주 수익률로는 나래칩의 낙폭이 가장 컸다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    "question",
    [
        "V100은 얼마야?",  # five myriads are no price
        "V100은 어떤 메모리를 써?",  # nor 80GB a kind
        "가람칩의 AI 매출 전망은?",  # nor last year's sales a forecast
        "가람칩의 수율은?",
        "1년 수익률이 가장 높은 종목은?",  # nor the week's return the year's
        "가람칩의 경쟁사는?",
        "가람칩의 2024년 온라인 매출은?",  # nor all sales those of a part
        "가람칩의 2024년 메모리 매출은?",
    ],
)
def test_what_is_of_another_kind_is_no_answer(reports, question):
    assert reports.ask(question).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("나래칩의 2025년 매출 전망은?", "110억 원"),
        ("가람칩의 2024년 매출은?", "120억 원"),
        ("가람칩의 2024년 연간 매출은?", "120억 원"),
        ("가람칩의 2024년 AI 매출은?", "30억 원"),
        ("엔비디아의 경쟁사는?", "AMD"),
    ],
)
def test_what_is_of_the_kind_answers(reports, question, said):
    answer = reports.ask(question)
    assert not answer.abstained
    assert said in answer.text


DEALS = """# 계약 브리핑

2025년 3월 3일 · 예시리서치

가람반도체와 나래자동차는 3조 원 규모의 장기 공급 계약을 체결했다. 나래자동차는 1월 7일 계약을 발표했다.

인텔은 4월에 2나노 공정의 생산을 시작했다. 인텔의 공장은 오하이오에 있다.

휴머노이드 로봇을 만드는 다솜봇은 4억 달러를 조달했다. 메모리 시장은 2,000억 달러 규모다.

미국은 H200의 중국 수출을 2월 3일 허가했다.
"""


@pytest.fixture(scope="module")
def deals(written_reports):
    return written_reports(DEALS)


@pytest.mark.parametrize(
    "question",
    [
        "나래자동차 계약은 언제까지야?",  # the day of the news is no end
        "인텔의 2나노 수율은?",
        "휴머노이드 시장 규모는?",  # neither what a firm raised nor another market
        "H20의 수출 허가는 언제 났나?",  # which is not H200
    ],
)
def test_what_is_near_is_no_answer(deals, question):
    assert deals.ask(question).abstained


def test_a_deal_without_a_place_for_its_size_is_quoted(deals):
    assert "3조 원" in deals.ask("가람반도체와 나래자동차의 계약 규모는 얼마야?").text


@pytest.mark.parametrize("example", data("questions")["longer_measures"]["examples"])
def test_a_longer_measure_is_another(example):
    text = example["question"].format(A="마벨")
    question = parse(text, Linker.of([("마벨", "marvell")]), today=dt.date(2026, 4, 1))
    assert _asks_longer(question, example["metric"]) is example["longer"]


def test_a_price_is_no_price_target(written_reports):
    reports = written_reports(
        "# 시황\n\n2026년 4월 1일 · 예시리서치\n\n## 1. 종목\n\n삼성전자 주가는 32만 원이다.\n"
    )
    assert reports.ask("삼성전자의 목표주가는?").abstained
    assert "32만 원" in reports.ask("삼성전자의 주가는?").text


def test_a_group_is_left_out_beside_its_firm(written_reports):
    reports = written_reports(
        "# 메모리\n\n2026년 4월 1일 · 예시리서치\n\n## 1. HBM\n\n삼성전자는 HBM4를 양산한다.\n\n"
        "삼성은 HBM4를 개발했다.\n\nSK하이닉스는 HBM4를 생산한다.\n"
    )
    text = reports.ask("HBM4를 만드는 회사는?").text
    assert "SK하이닉스" in text
    assert "삼성," not in text
