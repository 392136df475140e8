"""A row of which one figure's header tells the time of the next."""

from __future__ import annotations

import pytest

from agent.evidence.rows import fields, number
from corpus.readers import read_text

REPORT = """# 주간 반도체 브리핑

발행일: 2026-11-20

## 실적

| 종목 | 3분기 매출 | 전년비 | 영업이익 |
|---|---|---|---|
| 도란전자 | 21.4조 원 | 18%▲ | 6.1조 원 |
| 미르반도체 | 17.2조 원 | 3%▼ | 7.9조 원 |
"""


@pytest.fixture(scope="module")
def reports(written_reports):
    return written_reports(REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("미르반도체의 3분기 영업이익은?", "7.9조 원"),
        ("도란전자의 3분기 매출은?", "21.4조 원"),
        ("도란전자의 영업이익은 얼마야?", "6.1조 원"),
    ],
)
def test_the_figure_asked_for_is_told(reports, question, said):
    answer = reports.ask(question)
    assert said in answer.text
    assert answer.text.count("조 원") == 1


@pytest.mark.parametrize(
    ("cell", "figure"), [("3%▼", -3), ("18%▲", 18), ("▼2.5", -2.5), ("-4%", -4), ("6.1조 원", 6.1)]
)
def test_the_sign_of_a_cell(cell, figure):
    read = number(cell)
    assert read is not None
    assert float(read) == figure


def test_where_a_row_is_from_is_not_told_of_it() -> None:
    text = """# 점검

발행일: 2026-11-20

| 종목 | 비고 | 출처 |
|---|---|---|
| 도란전자 | 증설 | 미르반도체 공시 |
"""
    table = read_text(text, id="r").tables[0]
    assert [f.header for f in fields(table, table.rows[0].cells)] == ["종목", "비고"]
