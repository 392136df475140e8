"""How a company did, whose figures they are, and of which year."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.evidence.timing import years_before
from agent.questions.linking import Linker
from agent.questions.question import parse
from agent.words import data

REPORT = """# 실적 속보

2026년 2월 2일 · 예시리서치

## 1. 실적

마벨의 2025년 3분기 매출은 30억 달러다. 마벨의 2025년 3분기 영업이익은 9억 달러다.

마벨의 2025년 2분기 매출은 20억 달러다.

구글클라우드의 2025년 매출은 400억 달러다.

하이퍼엑셀의 김주영 대표는 새 칩을 공개한다고 밝혔다.
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("마벨 3분기 실적 알려줘", ("30억 달러", "9억 달러")),
        ("마벨의 실적은?", ("30억 달러", "9억 달러")),
        ("마벨의 2025년 2분기 실적은?", ("20억 달러",)),
    ],
)
def test_results_are_sales_and_profits_of_one_period(reports, question, figures):
    answer = reports.ask(question)
    assert len(answer.sentences) == len(figures)
    assert all(f in s for f, s in zip(figures, answer.sentences, strict=True))


def test_a_part_s_figure_is_not_the_whole_s(reports):
    answer = reports.ask("구글의 매출은?")
    assert "구글의" not in answer.text
    assert "400억" in reports.ask("구글클라우드의 매출은?").text


def test_who_holds_an_office_is_said_plainly(reports):
    assert reports.ask("하이퍼엑셀의 대표는 누구야?").text.startswith(
        "김주영은 하이퍼엑셀의 대표입니다."
    )


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("마벨의 9월 매출은?", ["2025-09", "2024-09"]),
        ("마벨의 2026년 9월 매출은?", []),
        ("마벨의 올해 9월 매출은?", []),
        ("마벨의 2024년 매출은?", []),
        ("마벨의 매출은?", []),
    ],
)
def test_a_month_without_a_year_may_be_of_a_year_before(text, periods):
    linker = Linker.of([("마벨", "marvell")])
    question = parse(text, linker, today=dt.date(2026, 4, 1))
    assert [p for q in years_before(question, 2025) for p in q.periods] == periods


@pytest.mark.parametrize("key", ["examples", "counterexamples"])
def test_examples_beside_the_form(key):
    import re

    form = data("forms")["results"]
    found = [re.search(form["pattern"], text.format(A="마벨")) for text in form[key]]
    assert all(found) if key == "examples" else not any(found)
