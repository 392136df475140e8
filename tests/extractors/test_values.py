from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read_text
from extractors.pipeline import extract
from extractors.values.periods import find_periods, parse_period
from extractors.values.values import find_values, parse_value

DATA = yaml.safe_load(Path(__file__).with_name("quantities.yaml").read_text(encoding="utf-8"))
REPORT_DATE = dt.date(2025, 1, 6)
KOREAN = st.text(
    alphabet="약 0123456789.,~-%억만조천원달러개대년월일분기이상최대$()가나K\n", max_size=60
)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("case", DATA["values"], ids=lambda c: c["text"])
def test_values_are_found_with_scale_unit_and_currency(case: dict[str, Any]) -> None:
    found = [f.value for f in find_values(case["text"])]
    expected = [(t, _number(lo), _number(hi), u, c) for t, lo, hi, u, c in case["found"]]
    assert [(v.text, v.minimum, v.maximum, v.unit, v.currency) for v in found] == expected


@pytest.mark.parametrize("case", DATA["units"], ids=lambda c: c["unit"])
def test_a_printed_unit_gives_scale_and_currency(case: dict[str, Any]) -> None:
    value = parse_value(case["text"], unit=case["unit"])
    assert value is not None
    assert (value.minimum, value.currency) == (Decimal(case["minimum"]), case["currency"])


@pytest.mark.parametrize("text", ["", "-", "abc", "표 11", "2025년 예상치"])
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert parse_value(text) is None


def test_equal_quantities_print_equally() -> None:
    first, second = parse_value("5.50M"), parse_value("5,500K")
    assert first is not None
    assert second is not None
    assert str(first.minimum) == str(second.minimum) == "5500000"


@given(KOREAN)
def test_found_values_are_slices_in_order(text: str) -> None:
    end = 0
    for found in find_values(text):
        assert text[found.start : found.end] == found.value.text
        assert found.start >= end
        end = found.end


@given(st.integers(1, 9_999), st.sampled_from(["억", "만", "조"]))
def test_scale_is_applied(number: int, scale: str) -> None:
    value = parse_value(f"{number:,}{scale} 원")
    assert value is not None
    assert value.minimum == number * {"억": 10**8, "만": 10**4, "조": 10**12}[scale]


@pytest.mark.parametrize("case", DATA["periods"], ids=lambda c: c["text"])
def test_periods_are_resolved_against_the_report(case: dict[str, Any]) -> None:
    found = find_periods(case["text"], REPORT_DATE)
    assert [f.value for f in found] == ([case["value"]] if case["value"] else [])


@pytest.mark.parametrize(
    ("text", "told", "coming"),
    [
        ("4분기에 출하한다", "2024-Q4", "2025-Q4"),
        ("1분기에 출하한다", "2025-Q1", None),
        ("11월에 출하한다", "2024-11", "2025-11"),
        ("2024년 11월에 출하한다", "2024-11", None),
        ("지난해 4분기에 출하한다", "2024-Q4", None),
    ],
)
def test_a_period_without_a_year_may_be_the_one_that_comes(
    text: str, told: str, coming: str | None
) -> None:
    found = find_periods(text, REPORT_DATE)[0]
    assert (found.value, found.coming) == (told, coming)


def test_the_same_year_is_that_of_the_period_before() -> None:
    found = find_periods("점유율은 2010년 2분기 4.8%에서 같은 해 4분기 9.6%로 뛰었다", REPORT_DATE)
    assert [f.value for f in found] == ["2010-Q2", "2010-Q4"]


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("2012년 2분기 이후 11년 만에 처음이다", True),
        ("작년 같은 기간의 18.1%에서 낮아졌다", True),
        ("지난해 같은 분기 3조 2,000억 원보다 많다", True),
        ("작년 같은 기간의 매출은 3조 원이었다", False),
        ("2016년 출시 이래 매년 두 배가 됐다", True),
        ("2024년 3월 이후 꾸준히 늘었다", True),
        ("2024년 3월 출시 이후 50만 명이 가입했다", True),
        ("2024년 최저점 대비 세 배로 올랐다", True),
        ("1월 이후 정식 출시할 예정이다", False),
        ("2027년 이후 양산한다", False),
    ],
)
def test_since_when_something_is_so_is_no_time_of_it(text: str, over: bool) -> None:
    assert find_periods(text, REPORT_DATE)[0].over is over


def test_a_whole_string_is_one_period_or_none() -> None:
    assert parse_period("2025년 1분기", REPORT_DATE) == "2025-Q1"
    assert parse_period("2025년 1분기 실적", REPORT_DATE) is None


@given(KOREAN)
def test_periods_never_overlap_or_crash(text: str) -> None:
    end = 0
    for found in find_periods(text, REPORT_DATE):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@pytest.mark.parametrize(
    "worded",
    [
        *("두 배", "세 곱절", "절반 이상", "두 자릿수", "3분의 2", "1/3", "수백억 달러"),
        *("몇 십만 대", "low single digits", "High-Double-Digit"),
    ],
)
def test_a_quantity_in_words_is_found_in_a_sentence(worded: str) -> None:
    found = find_values(f"나래의 몫은 {worded}")
    assert [v.value.text for v in found][:1] == [worded]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("한빛칩의 3분기 매출 가이던스는 3조 원이다.", "2026-Q3"),
        ("한빛칩의 4분기 매출 가이던스 3조 원을 웃돌았다.", "2025-Q4"),
    ],
)
def test_guidance_is_of_the_quarter_to_come(text: str, period: str) -> None:
    report = read_text(f"2026-03-05\n\n{text}\n", format="markdown", source="test.md")
    assert [c.qualifiers["period"] for c in extract(report).claims if c.value] == [period]
