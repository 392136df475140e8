"""Where indices, goods and exchange rates stood and how far they moved."""

from __future__ import annotations

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract


def told(text: str) -> set[tuple[str, str | None, str]]:
    """Subject, metric and quantity of every figure."""
    report = read_text(f"2026-03-05\n\n{text}\n", format="markdown", source="test.md")
    return {
        (c.subject.label, c.qualifiers.get("metric"), c.value.text)
        for c in extract(report).claims
        if c.value
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "S&P500 5,804.12 (+0.44%), 다우 41,230.55 (+0.31%)로 마감했다.",
            {
                ("S&P 500", "지수", "5,804.12"),
                ("S&P 500", "지수 등락률", "0.44%"),
                ("다우존스", "지수", "41,230.55"),
                ("다우존스", "지수 등락률", "0.31%"),
            },
        ),
        (
            "KOSPI 최신 종가는 3,012.50 (+1.76%)이다.",
            {("코스피", "지수", "3,012.50"), ("코스피", "지수 등락률", "1.76%")},
        ),
        (
            "BTC 71,205.40 (+0.52%)로 반등했다.",
            {("비트코인", "가격", "71,205.40"), ("비트코인", "가격 등락률", "0.52%")},
        ),
        ("비트코인은 9만3000달러를 회복했다.", {("비트코인", "가격", "9만3000달러")}),
        (
            "WTI는 배럴당 61.20달러로 1.2% 하락했다.",
            {("WTI", "가격", "61.20달러"), ("WTI", "가격 하락률", "1.2%")},
        ),
        (
            "원/달러 환율은 전일보다 3.2원 오른 1,320.5원에 거래를 마쳤다.",
            {
                ("원·달러 환율", "환율", "1,320.5원"),
                ("원·달러 환율", "환율 상승폭", "3.2원"),
            },
        ),
        (
            "뉴욕증시는 다우가 0.3%, 나스닥이 1.2% 하락했다.",
            {("다우존스", "지수 하락률", "0.3%"), ("나스닥", "지수 하락률", "1.2%")},
        ),
    ],
)
def test_prices_are_called_by_what_is_traded(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text) == expected


def test_a_round_of_financing_is_no_chip() -> None:
    assert told("누리AI는 시리즈 B 300억 원을 유치했다.") == {("누리AI", "투자금", "300억 원")}


def test_a_table_of_what_is_traded_is_about_its_rows() -> None:
    rows = ("| 지표 | 수치 | 등락 |", "|---|---|---|", "| VIX | 18.05 | -3.9% |")
    more = ("| 비트코인 | $71,300 | 0.9% |", "| 구리 | $5.60 | 0.2% |")
    found = told("\n".join(("## 시장 요약", "", *rows, *more)))
    assert ("VIX", "지수", "18.05") in found
    assert ("비트코인", "가격 등락률", "0.9%") in found
    assert {subject for subject, *_ in found} == {"VIX", "비트코인", "구리"}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("인텔의 12개월 수익률은 +54%다.", "12개월"),
        ("- **인텔**: 6개월 주가 상승률 +54.0%", "6개월"),
        ("인텔은 2주간 27% 급등했다.", "2주"),
        ("인텔의 주가는 연초 대비 70% 이상 상승했다.", "YTD"),
        ("- 인텔 주가 YTD: +65%", "YTD"),
        ("인텔의 주가는 3% 올랐다.", None),
    ],
)
def test_over_which_time_a_share_has_moved(text: str, span: str | None) -> None:
    report = read_text(f"2026-03-05\n\n{text}\n", format="markdown", source="test.md")
    spans = [c.qualifiers.get("period") for c in extract(report).claims if c.value]
    assert spans == [span]
