"""What a line over a list, or an item over others, says of the items below it."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers import read_text
from corpus.sentences import sentences
from extractors.context.title_lines import lines_above
from extractors.pipeline import extract

_TEXT = """# 주간

## 퀄컴

주요 실적 지표
- 매출: 90억 달러
- 조정 EPS: 1.05달러

3분기 가이던스
- 매출: 95억 달러
  - 배경: 수요

사업부문별 매출
- 자동차: 9억 달러
- 전망
  - 매출: 120억 달러
퀄컴의 매출은 늘었다.
"""


def test_the_line_right_over_a_list_is_over_its_items() -> None:
    report = read_text(_TEXT, id="x", date=dt.date(2026, 3, 5))
    said = list(sentences(report))
    above = {s.clean.text: line for s, line in zip(said, lines_above(report, said), strict=True)}
    assert above == {
        "주간": "",
        "퀄컴": "",
        "주요 실적 지표": "",
        "매출: 90억 달러": "주요 실적 지표",
        "조정 EPS: 1.05달러": "주요 실적 지표",
        "3분기 가이던스": "",
        "매출: 95억 달러": "3분기 가이던스",
        "배경: 수요": "3분기 가이던스",
        "사업부문별 매출": "",
        "자동차: 9억 달러": "사업부문별 매출",
        "전망": "사업부문별 매출",
        "매출: 120억 달러": "전망",
        "퀄컴의 매출은 늘었다.": "",
    }


@pytest.mark.parametrize(
    ("value", "modality"),
    [
        ("90억 달러", "fact"),
        ("1.05달러", "fact"),
        ("95억 달러", "forecast"),
        ("9억 달러", "fact"),
        ("120억 달러", "forecast"),
    ],
)
def test_figures_below_guidance_are_expected(value: str, modality: str) -> None:
    report = read_text(_TEXT, id="x", date=dt.date(2026, 3, 5))
    told = {c.value.text: c.modality for c in extract(report).claims if c.value}
    assert told[value] == modality
