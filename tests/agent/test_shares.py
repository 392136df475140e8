"""Shares of a market: the latest split, ranked, by time, of one firm or of several."""

from __future__ import annotations

import re

import pytest

from agent.words import data

SPRING = """# 주간 반도체

2026년 4월 6일 · 예시리서치

## 1. 메모리

조사기관 가온에 따르면 2025년 4분기 HBM 점유율은 SK하이닉스 61%, 삼성전자 20%, 마이크론 19%로 집계됐다.

## 2. D램 시장 점유율

| 기간 | CXMT 점유율 |
|---|---|
| 2023 | 3% |
| 2024 | 5% |
| 2025 | 8% |
"""
SUMMER = """# 주간 반도체

2026년 7월 6일 · 예시리서치

## 1. 메모리

2026년 1분기 HBM 점유율은 SK하이닉스 54%, 마이크론 24%, 삼성전자 22%다.

2027년 HBM 점유율은 SK하이닉스 48%, 삼성전자 30%, 마이크론 22%가 될 것으로 전망된다.

## 2. 2026년 1분기 낸드 점유율

| 업체 | 점유율 |
|---|---|
| 삼성전자 | 31% (1위) |
| SK하이닉스 | 20% |
| 키옥시아 | 20% |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(SPRING, SUMMER)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "HBM 점유율 1위는?",
            "2026년 1분기 HBM 점유율 1위는 SK하이닉스(54%)입니다.",
        ),
        (
            "HBM 시장 점유율 순위는?",
            "2026년 1분기 HBM 점유율은 SK하이닉스 54%, 마이크론 24%, 삼성전자 22%입니다.",
        ),
        (
            "HBM 점유율이 가장 낮은 곳은?",
            "2026년 1분기 HBM 점유율이 가장 낮은 곳은 삼성전자(22%)입니다.",
        ),
        ("HBM 점유율이 두 번째로 높은 곳은?", "HBM 점유율 2위는 마이크론(24%)입니다."),
        (
            "낸드 점유율이 두 번째로 높은 회사는?",
            "낸드 점유율 2위는 키옥시아(20%), SK하이닉스(20%)입니다.",
        ),
        ("낸드 점유율 1위는 누구야?", "낸드 점유율 1위는 삼성전자(31%)입니다."),
        ("2025년 4분기 HBM 점유율 1위는?", "2025년 4분기 HBM 점유율 1위는 SK하이닉스(61%)입니다."),
        (
            "삼성전자와 마이크론의 HBM 점유율을 비교해줘",
            "2026년 1분기 HBM 점유율은 마이크론 24%, 삼성전자 22%입니다.",
        ),
        ("2027년 HBM 점유율은?", "삼성전자 30%, 마이크론 22%로 전망됩니다."),
        ("삼성전자의 HBM 점유율은?", "삼성전자의 2026년 1분기 HBM 점유율은 22%입니다."),
        ("Who leads in HBM market share?", "No. 1 by share of HBM (2026-Q1): SK hynix (54%)."),
        ("CXMT의 D램 점유율은 어떻게 변했어?", "점유율은 2023년 3%, 2024년 5%, 2025년 8%입니다."),
    ],
)
def test_the_latest_split_unless_another_time_is_asked_for(reports, question, said):
    assert said in reports.ask(question).text


@pytest.mark.parametrize("question", ["HBM 장비 점유율 1위는?", "중국 HBM 점유율 1위는?"])
def test_a_narrower_market_is_another(reports, question):
    assert "점유율 1위는" not in reports.ask(question).text


def test_a_market_of_which_no_shares_are_told_is_answered_by_saying_so(reports):
    assert reports.ask("D램 장비 점유율 1위는?").abstained
    assert reports.ask("GPU 점유율 1위는?").abstained


def test_each_firm_in_order_of_time(reports):
    text = reports.ask("HBM 점유율은 어떻게 변했어?").text
    assert text.index("61%") < text.index("54%")


@pytest.mark.parametrize(("key", "asks"), [("examples", True), ("counterexamples", False)])
def test_examples_beside_the_form(key, asks):
    form = data("forms")["shares"]
    for example in form[key]:
        text = example.format(A="HBM", B="마벨")
        told = re.search(form["pattern"], text) and not re.search(form["other"], text)
        assert bool(told) is asks, text
