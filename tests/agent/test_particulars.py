"""Who somebody is, and where a firm stands: what the graph has of the one thing named."""

from __future__ import annotations

import re

import pytest

from agent.words import data

REPORT = """# 인사와 거점 브리핑

2025년 3월 3일 · 예시리서치

## 1. 사람

크리스토프 푸케 ASML CEO는 "장비 수요가 늘고 있다"고 말했다. 박성현 리벨리온 대표는 상장을 준비한다고 밝혔다.

## 2. 거점

네덜란드 펠트호번에 본사를 둔 ASML은 신형 장비를 공개했다. 리벨리온은 쿠알라룸푸르에 법인을 세웠다.

텐스토렌트는 일본 라피더스의 2나노 공정을 쓴다. 텐스토렌트는 캐나다 토론토에 본사가 있다.

그록은 새 칩을 공개했다. 세레브라스의 고객은 UAE의 G42다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize("name", ["who_is", "where_is"])
def test_examples_beside_the_form(name):
    form = data("forms")[name]
    for kind, fits in (("examples", True), ("counterexamples", False)):
        for text in form[kind]:
            after = text.partition("{A}")[2]
            assert (re.match(form["after"], after) is not None) is fits, text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("크리스토프 푸케는 누구야?", "크리스토프 푸케는 ASML의 CEO입니다."),
        ("푸케는 누구예요?", "크리스토프 푸케는 ASML의 CEO입니다."),
        ("박성현은 어느 회사 사람이야?", "박성현은 리벨리온의 대표입니다."),
    ],
)
def test_somebody_is_known_by_an_office(reports, question, first):
    assert reports.ask(question).sentences[0].partition(" [")[0] == first


@pytest.mark.parametrize(
    ("question", "named", "not_named"),
    [
        ("ASML은 어느 나라 회사야?", "네덜란드", "쿠알라룸푸르"),
        ("텐스토렌트 본사는 어디에 있나요?", "토론토", "일본"),
        ("텐스토렌트는 어느 나라 기업이야?", "캐나다", "일본"),
    ],
)
def test_a_firm_stands_where_its_seat_is(reports, question, named, not_named):
    answer = reports.ask(question)
    assert named in answer.sentences[0]
    assert not_named not in answer.text


@pytest.mark.parametrize(
    "question",
    ["리벨리온 본사는 어디야?", "그록의 본사는 어디야?", "세레브라스 본사는 어디에 있어?"],
)
def test_a_place_beside_a_firm_is_not_its_seat(reports, question):
    assert reports.ask(question).abstained


def test_a_surname_of_two_people_is_nobodys():
    from agent.questions.guesses import Surnames

    surnames = Surnames(["안나 리", "데이비드 리", "레자 파라이"], set())
    assert surnames.spelt_out("파라이는 누구야?", []) == "레자 파라이는 누구야?"
    assert surnames.spelt_out("리는 누구야?", []) == "리는 누구야?"


PRICES = """# 회동 브리핑

2026년 6월 1일 · 예시리서치

## 1. 회동

도담차 회장이 엔비디아 최고경영자를 만났다. 도담차는 지난해부터 엔비디아와 협업을 넓혀 왔다.

도담차 주가는 오전 10시 기준 33만 원으로 전일 대비 7% 오른 수치를 기록 중이다.
"""


def test_a_sentence_that_names_only_one_of_two_is_no_answer(written_reports):
    answer = written_reports(PRICES).ask("도담차는 엔비디아에서 무엇을 받나?").text
    assert "주가" not in answer
