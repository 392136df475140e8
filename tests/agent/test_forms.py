"""How two are connected, what a week brought, reports that differ."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.questions.forms import asks_change
from agent.words import data

CHANGES = data("forms")["changes"]
ASKED = [
    (text.format(A="HBM"), kind == "examples")
    for kind in ("examples", "counterexamples")
    for text in CHANGES[kind]
]

FIRST = """# 주간 브리핑

2025년 1월 6일 · 예시리서치

## 1. 실적과 전망

마벨의 2025년 영업이익은 1,200억 원으로 전망된다. AMD의 2025년 설비투자는 3조 원으로 전망된다.

## 2. 협력

메타는 브로드컴과 손잡았다. 메타는 AMD와 제휴를 맺었다. 아마존은 앤트로픽에 40억 달러를 투자했다.

인텔은 이번 분기에 직원을 줄였다.
"""
SECOND = """# 주간 브리핑

2025년 1월 13일 · 예시리서치

## 1. 실적과 전망

마벨의 2025년 영업이익은 1,500억 원으로 전망된다. AMD의 2025년 설비투자는 3조 원으로 전망된다.

## 2. 협력

TSMC는 삼성전자와 협력하고 있다. 마이크로소프트는 앤트로픽에 50억 달러를 투자했다.
"""


@pytest.fixture(scope="module")
def briefs(written_reports):
    return written_reports(FIRST, SECOND)


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_examples_of_change(text, asked):
    assert (asks_change(text) is not None) is asked


def test_two_with_a_claim_between_them(briefs):
    answer = briefs.ask("메타와 AMD의 관계는?")
    assert answer.interpretation["type"] == "path"
    assert answer.text.startswith("메타는 AMD와 협력하고 있습니다. [1]")


def test_two_by_way_of_a_third(briefs):
    answer = briefs.ask("브로드컴과 AMD는 어떻게 연결돼 있나?")
    head, *steps = answer.sentences
    assert head.startswith("브로드컴 – 메타 – AMD로 이어집니다.")
    assert len(steps) == 2
    assert all("[" in step for step in steps)
    assert not answer.dropped


def test_a_path_in_english(briefs):
    answer = briefs.ask("How are Broadcom and AMD connected?")
    assert answer.sentences[0].startswith("Broadcom – Meta – Advanced Micro Devices.")


def test_two_that_nothing_connects(briefs):
    answer = briefs.ask("인텔과 TSMC의 관계는?")
    assert answer.abstained, answer.text
    assert "세 단계" in (answer.reason or "")


def test_a_path_knows_only_what_was_reported_by_then(briefs):
    early = briefs.ask("TSMC와 삼성전자의 관계는?", until=dt.date(2025, 1, 7))
    assert early.abstained
    assert not briefs.ask("TSMC와 삼성전자의 관계는?").abstained


def test_what_is_new(briefs):
    answer = briefs.ask("이번 주 새로 나온 파트너십은?")
    assert "TSMC는 삼성전자와 협력하고 있습니다(2025-01-13 보고서에 새로 나옴)." in answer.text
    assert "메타" not in answer.text
    assert answer.interpretation["type"] == "changes"


def test_what_has_changed_cites_both_weeks(briefs):
    answer = briefs.ask("지난주에 비해 마벨 전망은 어떻게 바뀌었나?")
    assert "2025-01-06 보고서의 1,200억 원에서 2025-01-13 보고서의 1,500억 원으로" in answer.text
    assert {c.date for c in answer.citations} == {"2025-01-06", "2025-01-13"}
    assert any("+25" in step for step in answer.steps)


def test_what_has_not_changed_is_told_as_that(briefs):
    answer = briefs.ask("지난주와 비교해 AMD 설비투자 전망은 달라졌나?")
    assert "(2025-01-06 보고서와 같습니다)" in answer.text
    assert len({c.date for c in answer.citations}) == 2


def test_nothing_of_the_kind_is_new(briefs):
    answer = briefs.ask("이번 주 새로 나온 규제는?")
    assert answer.abstained
    assert "찾지 못했습니다" in answer.text


def test_this_week_is_the_latest_that_counts(briefs):
    answer = briefs.ask("이번 주 새로 나온 파트너십은?", until=dt.date(2025, 1, 7))
    assert "TSMC" not in answer.text  # one week only: no comparison


def test_one_week_is_compared_with_none(briefs):
    early = dt.date(2025, 1, 7)
    answer = briefs.ask("지난주와 비교해 달라진 것은?", until=early)
    assert answer.abstained
    assert "지난 보고서가 없어" in answer.text


def test_one_report_is_not_compared_with_another(briefs):
    answer = briefs.ask("지난주와 비교해 마벨 전망은 어떻게 달라졌나?", report="brief-2")
    assert all(c.evidence.report == "brief-2" for c in answer.citations)


def test_changes_in_english(briefs):
    answer = briefs.ask("What changed since last week?")
    assert "went from 1,200억 원 (report of 2025-01-06)" in answer.text


def test_reports_that_differ_stand_side_by_side(briefs):
    answer = briefs.ask("마벨의 2025년 영업이익 전망은?")
    first, second, *_ = answer.sentences
    assert "1,500억 원" in first
    assert second.startswith("다만 2025-01-06 보고서에는")
    assert "1,200억 원" in second
    assert [c.date for c in answer.citations[:2]] == ["2025-01-13", "2025-01-06"]


def test_reports_that_agree_are_not_set_against_each_other(briefs):
    assert "다만" not in briefs.ask("AMD의 2025년 설비투자 전망은?").text


def test_as_of_a_date_nothing_newer_differs(briefs):
    answer = briefs.ask("마벨의 2025년 영업이익 전망은?", until=dt.date(2025, 1, 7))
    assert "1,200억 원" in answer.text
    assert "다만" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("구글과 마벨의 관계는?", "구글 클라우드"),
        ("지난주와 비교해 달라진 것은?", "2025-01-06"),
        ("이번 주 새로 나온 모델은?", "2025-01-13 보고서에 새로 나옴"),
        ("What is new this week?", "new in the report of 2025-01-13"),
    ],
)
def test_end_to_end(answerer, question, said):
    answer = answerer.ask(question)
    assert not answer.abstained, answer.text
    assert said in answer.text
    assert len(answer.text) <= 400
    assert not answer.dropped


PRICES = """# 주간 브리핑

{date} · 예시리서치

## 1. 종목

표 1. 종목표

| 기업 | 주가(달러) | 시가총액(조 원) | 1W(%) |
|---|---:|---:|---:|
| 마벨 | {price} | 145 | +{price}.0 |
| AMD | 120 | 250 | -1.0 |
"""


def test_prices_of_two_weeks_are_no_conflict(written_reports):
    weeks = (("2025년 1월 6일", 50), ("2025년 1월 13일", 70))
    answerer = written_reports(*(PRICES.format(date=d, price=p) for d, p in weeks))
    for question in ("마벨의 주가는?", "마벨의 1주 수익률은?"):
        answer = answerer.ask(question)
        assert "70" in answer.text
        assert "다만" not in answer.text


def test_a_thing_is_asked_for_its_news(answerer):
    answer = answerer.ask("엔비디아의 최근 소식은?")
    assert answer.interpretation["type"] == "summary"
    assert len(answer.sentences) > 1
