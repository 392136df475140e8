"""Of which issue "이번 주" is, where there are reports of several series."""

from __future__ import annotations

import pytest

PRESS = """# 언론 브리핑

2025년 3월 7일 · 예시언론

## 1. 규제

네덜란드는 노광 장비의 중국 수출을 막았다. 한빛로봇은 새 로봇 '아리'를 공개했다.
"""

OLD = """# 언론 브리핑

2025년 2월 14일 · 예시언론

## 1. 규제

대만은 갈륨의 수출을 막았다.
"""

WEEKLY = """# 반도체 위클리

2025년 3월 10일 · 예시리서치

## 1. 기업

가람칩은 신제품 '하늬'를 공개했다. 가람칩의 2024년 매출은 120억 원이다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(OLD, PRESS, WEEKLY)


def test_the_newest_issue_of_another_series_tells_it(reports):
    answer = reports.ask("이번 주 노광 장비의 수출을 막은 나라는?")
    assert answer.text.startswith("2025-03-07 보고서")
    assert "네덜란드" in answer.text


def test_the_newest_week_comes_first_and_is_named(reports):
    answer = reports.ask("이번 주 가람칩이 공개한 제품은?")
    assert answer.text.startswith("2025-03-10 보고서")
    assert "하늬" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "이번 주 갈륨의 수출을 막은 나라는?",  # what an older issue of a series told
        "이번 주 한빛로봇은 뭘 인수했어?",
    ],
)
def test_what_no_newest_issue_tells(reports, question):
    assert reports.ask(question).abstained


def test_one_series_needs_no_date(written_reports):
    alone = written_reports(OLD, PRESS).ask("이번 주 노광 장비의 수출을 막은 나라는?")
    assert "네덜란드" in alone.text
    assert not alone.text.startswith("2025")
