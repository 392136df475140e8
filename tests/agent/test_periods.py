"""A figure answers for its own period: not a quarter's for the year's, nor the other way."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

import agent
from agent.questions.linking import Linker
from agent.questions.periods import answers_for, heads
from agent.questions.question import parse
from agent.replies.wording import period_text

DATA = yaml.safe_load((Path(agent.__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
SAME, NO, PART = 1.0, 0.0, pytest.approx(0.7)


@pytest.mark.parametrize(
    ("asked", "said", "figure", "event"),
    [
        ("2025-Q3", "2025-Q3", SAME, SAME),
        ("2025-Q3", "2025", NO, NO),
        ("2025-H2", "2025", NO, NO),
        ("2025-09", "2025", NO, NO),
        ("2025-09", "2025-Q3", NO, NO),
        ("2025-H2", "2025-Q3", NO, SAME),
        ("2025-Q3", "2025-08", NO, SAME),
        ("2025-Q3", "2025-08-14", NO, SAME),
        ("2025-Q3", "2025-Q2", NO, NO),
        ("2025-Q3", "2024-Q3", NO, NO),
        ("2025", "2025-Q3", PART, SAME),
        ("2025-01", "2025-01-10", SAME, SAME),
        ("2025", "2025/2028", SAME, SAME),
        ("2025-01/2025-08", "2025-01/2025-08", SAME, SAME),
        ("2025-08", "2025-01/2025-08", NO, SAME),
        ("2025", "2025-01/2025-08", PART, SAME),
    ],
)
def test_how_a_period_answers_for_another(asked, said, figure, event):
    assert answers_for(asked, said) == figure
    assert answers_for(asked, said, figure=False) == event


def test_columns_headed_by_periods_are_read():
    labels = ["구분", "3Q24", "2Q25", "3Q25(예상)", "증감(%)"]
    assert heads(labels, dt.date(2025, 11, 5)) == {1: "2024-Q3", 2: "2025-Q2", 3: "2025-Q3"}
    assert heads(["기업", "2025년 전망"], dt.date(2025, 11, 5)) == {}


@pytest.mark.parametrize(
    ("text", "period"),
    [item for row in DATA["english_periods"] for item in row["examples"].items()],
)
def test_english_quarters_and_halves(text, period):
    assert parse(text, Linker({}), today=dt.date(2025, 11, 5)).periods == (period,)


BRIEF = """# 주간 브리핑

2025년 11월 3일 · 예시리서치

## 1. 실적

마벨의 2025년 영업이익은 1,200억 원으로 전망된다. 마벨의 2025년 2분기 매출은 812억 원이다.

## 2. 분기 추이

표 1. 브로드컴 실적

| 구분 | 1Q25 | 2Q25 | 2025E |
|---|---:|---:|---:|
| 매출(억 원) | 410 | 455 | 1,830 |
| 영업이익(억 원) | 110 | 131 | 520 |
"""


@pytest.fixture(scope="module")
def brief(written_reports):
    return written_reports(BRIEF)


def test_a_year_does_not_answer_for_its_quarter(brief):
    answer = brief.ask("마벨의 3분기 영업이익은?")
    assert answer.abstained, answer.text
    assert "알려진 값: 마벨의 2025년 영업이익은 1,200억 원으로 전망됩니다." in answer.text
    assert answer.citations


def test_a_quarter_does_not_answer_for_its_half(brief):
    answer = brief.ask("마벨의 2025년 상반기 매출은?")
    assert answer.abstained, answer.text
    assert "2025년 2분기" in answer.text


def test_the_quarter_that_is_there_is_told(brief):
    answer = brief.ask("마벨의 2분기 매출은?")
    assert not answer.abstained
    assert "812억" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("브로드컴의 2분기 영업이익은?", "131"),
        ("브로드컴의 2025년 매출 전망은?", "1,830"),
        ("Broadcom operating profit in Q2 2025?", "131"),
    ],
)
def test_the_column_of_the_period_is_told(brief, question, said):
    assert said in brief.ask(question).text


def test_a_column_of_another_period_does_not_answer(brief):
    answer = brief.ask("브로드컴의 4분기 영업이익은?")
    assert answer.abstained, answer.text


def test_end_to_end_a_missing_quarter(answerer):
    answer = answerer.ask("마이크로소프트의 2024년 3분기 설비투자는?")
    assert answer.abstained, answer.text


def test_a_shortened_company_name_is_spelt_out():
    from agent.questions.guesses import Shortened

    shortened = Shortened(["가온테크놀로지", "마벨", "삼성전자", "삼성전기"])
    assert shortened.spelt_out("가온의 매출은?", []) == "가온테크놀로지의 매출은?"
    assert shortened.spelt_out("삼성의 매출은?", []) == "삼성의 매출은?"
    assert shortened.spelt_out("가온의 매출은?", [(0, 2)]) == "가온의 매출은?"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025-08", "2025년 8월"),
        ("2025-01/2025-08", "2025년 1~8월"),
        ("2025/2028", "2025~2028년"),
        ("2024-12-30", "2024년 12월 30일"),
    ],
)
def test_how_a_period_is_said(period, said):
    assert period_text(period, "ko") == said
