"""What another report calls a firm for short, or tells without the year that is asked for."""

from __future__ import annotations

import pytest

FIRST = """# 실적 브리핑

2026년 7월 6일 · 예시리서치

## 1. 실적

삼성의 2분기 영업이익은 12조 원으로 집계됐다. 삼성은 하반기에 새 공장을 짓는다.

## 2. 투자

오라클은 2026년 설비투자를 350억~370억 달러로 제시했다.
"""
SECOND = """# 실적 브리핑

2026년 7월 13일 · 예시리서치

## 1. 투자

오라클은 투자 계획을 고쳤다. 오라클의 설비투자는 420억 달러로 늘었다.

## 2. 계열사

두산의 2분기 영업이익은 3조 원이다. 두산에너빌리티는 공장을 세웠다.
"""


@pytest.fixture(scope="module")
def briefings(written_reports):
    return written_reports(FIRST, SECOND)


def test_a_firm_is_met_under_its_short_name(briefings):
    answer = briefings.ask("삼성전자의 2분기 영업이익은?")
    assert "12조 원" in answer.text
    assert "삼성" in answer.text


@pytest.mark.parametrize("name", ["삼성화학", "두산전자"])
def test_a_short_name_of_others_is_not_taken(briefings, name):
    assert briefings.ask(f"{name}의 2분기 영업이익은?").abstained


def test_a_later_figure_without_a_year_is_told_too(briefings):
    text = briefings.ask("오라클 2026년 설비투자는?").text
    assert "350억~370억 달러" in text
    assert "다만 2026-07-13 보고서에는 다음과 같습니다: 오라클의 설비투자는 420억 달러" in text


def test_a_later_figure_says_nothing_of_another_year(briefings):
    assert "420억" not in briefings.ask("오라클 2025년 설비투자는?").text
