"""Forms of tables in which a whole column, row or sheet is easily misread."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract
from kg.claim import Claim

REPORTS = {
    "results": """# 나래반도체 2분기 실적 리뷰

## 사업부별 실적

| 사업부 | 매출(조원) | 비중 | YoY | 영업이익률 |
|---|---|---|---|---|
| 메모리 | 21.4 | 28% | +18% | 24.3% |
| 모바일 | 29.5 | 39% | +2% | 9.8% |
| 합계 | 75.6 | 100% | +6% | 10.4% |

## 사업부별 매출 추이

| 조원 | 1Q26 | 2Q26 |
|---|---|---|
| 메모리 | 20.7 | 21.5 |
| 전사 | 77.0 | 75.8 |

## 지역별 매출 비중

| 지역 | 2024 | 2025 |
|---|---|---|
| 중국 | 21% | 18% |
| 유럽 | 16% | 15% |

## 2분기 실적과 컨센서스

| 항목 | 발표치 | 컨센서스 | 전년 동기 |
|---|---|---|---|
| 매출 | 8.42조원 | 8.10조원 | 6.91조원 |
| EPS | 2,480원 | 2,290원 | 1,281원 |

## 재무상태표

| (십억원) | 2025A | 2026E |
|---|---|---|
| 재고자산 | 402 | 455 |
| 부채비율(%) | 57.8 | 49.8 |

## 증권사별 목표가

| 증권사 | 애널리스트 | 의견 | 목표가(원) | 이전 목표가 |
|---|---|---|---|---|
| 초록증권 | 박하늘 | 매수 | 310,000 | 280,000 |
""",
    "shares": """# 시장 점유율과 가격

## HBM 점유율 추이 (단위: %)

| 업체 | 2024 | 2025 |
|---|---|---|
| 나래반도체 | 52 | 55 |
| 다온전자 | 36 | 30 |

## 클라우드 설비투자

| 기업 | 2024 | 2025 |
|---|---|---|
| 나래반도체 | 830억 달러 | 1,250억 달러 |
| 기업 | 2024 | 2025 |
| 다온전자 | 107억 달러 | 140억 달러 |

## 기업별

| 기업 | 2024 | 2025 |
|---|---|---|
| 나래반도체 | 11억 달러 | 12억 달러 |

## 고정거래가격

| 제품 | 규격 | 6월 | 7월 |
|---|---|---|---|
| DRAM | DDR4 8Gb | 5.10 | 5.35 |
| DRAM | DDR5 16Gb | 7.80 | 8.20 |
""",
    "sums": """# 투자 점검

다섯 회사의 설비투자 합계는 411억 달러 설비투자 규모다.

| 기업 | 2024 | 2025 |
|---|---|---|
| 나래반도체 | 201억 달러 | 231억 달러 |
| 합계 | 391억 달러 | 411억 달러 |
""",
    "specs": """# 가속기 사양 비교

## 세대별 사양

| 사양 | 온누리 A1 | 온누리 A2 |
|---|---|---|
| 출시 | 2024년 3분기 | 2025년 4분기 |
| FP8 연산 | 980 TFLOPS | 2.1 PFLOPS |
| 트랜지스터 수 | 620억 개 | 980억 개 |
| 액체냉각 지원 | X | O |
| 소켓 | L3 | L4 |

## 제품 정보

| 항목 | 내용 |
|---|---|
| 제품명 | 온누리 A3 |
| 다이 크기 | 742mm² |
| 베이스 다이 | 자체 4나노 |

## 핵심 수식

| 토큰 수 | 토큰 수 = 이용자 × 하루 요청 |
|---|---|
| 칩 수 | 칩 수 = 토큰 수 ÷ 칩당 속도 |
""",
    "deals": """# 공급망과 거래

| 부품 | 공급사 | 고객사 | 점유율 | 비고 |
|---|---|---|---|---|
| HBM3E | 나래반도체, 다온전자 | 엔비디아 | 55% / 30% | 12단 주력 |
| 유리기판 | 솔빛소재 | (미공개) | - | 증설 중 |

| 인수자 | 대상 | 금액 | 지분 | 상태 |
|---|---|---|---|---|
| 나래반도체 | 모두데이터 | 3,400억원 | 51% | 규제 심사 |
""",
    "firm": """# 기업 탐방 노트 — 나래반도체

## 주주 구성

| 주주 | 지분율 |
|---|---|
| 국민연금 | 7.2% |
| 기타 | 59.3% |

## 제품별 매출 비중

| 제품 | 2025년 |
|---|---|
| 물류로봇 | 31% |

## 가이던스

- 3분기 매출: 78조원
- 연간 설비투자: 52조원
- 가동률: 92%

## 실적

| 연도 | 매출(억원) | GM |
|---|---|---|
| 2024 | 280 | 41% |
| 2025 | 312 | 43% |
| TTM | 340 | 44% |

## 수주 공시

| 공시일 | 계약 상대 | 내용 | 계약금액(억원) | 매출 대비 |
|---|---|---|---|---|
| 2026-07-14 | 다온전자 | 장비 공급 | 412 | 6.6% |

| 대표자 | 윤가람 | 설립 | 1998년 5월 |
|---|---|---|---|
| 임직원 | 845명 | 매출(2025) | 312억원 |

## 다래온은 어떤 회사인가

| 구분 | 내용 |
|---|---|
| 시장점유율 | 47% |
""",
    "prices": """# 요금과 시세

| 서비스 | 요금제 | 월 요금 | 한도 |
|---|---|---|---|
| 챗온 | 플러스 | 29,000원 | 하루 500회 |
| 챗온 | 프로 | 99,000원 | 하루 900회 |

## API 단가 (100만 토큰당, 달러)

| 모델 | 입력 | 출력 |
|---|---|---|
| 온-4 | 2.50 | 12.0 |

## DRAM 현물가

| 품목 | 평균가($) | 주간 |
|---|---|---|
| DDR5 16Gb | 9.85 | +2.2% |

## 환율

| 구분 | 8/7 | 전주말 | 변동 |
|---|---|---|---|
| 원/달러 | 1,362.4 | 1,371.0 | -8.6 |

## HBM 공급사별 비중

| 공급사 | HBM3E |
|---|---|
| 나래반도체 | 58% |
| 다온전자 | 42% |

| 종목(코드) | 목표주가 | PER 26E |
|---|---|---|
| 나래반도체(111110) | 42,000 | 17.2 |

| 기업 | 규모 | 기간 |
|---|---|---|
| 다온전자 | 835MW | 20년 |

| 국가 | 법·규제 | 시행일 |
|---|---|---|
| 한국 | AI 기본법 | 2026-01-22 |
""",
    "days": """# 이번 주 일정

## 주요 일정

| 날짜 | 국가 | 일정 | 예상치 | 이전치 |
|---|---|---|---|---|
| 8/12(수) | 미국 | 7월 소비자물가지수 | 2.8% | 2.7% |

## 기업 이벤트

| 일자 | 기업 | 이벤트 | 체크포인트 |
|---|---|---|---|
| 08.13 | 삼성전자 | 자사주 소각 완료 | 신규 GPU 공개 여부 |

## 점검

| 질문 | 답변 |
|---|---|
| 수주 증가가 이어질까 | 하반기 증설로 가능 |
""",
}


@cache
def claims(name: str) -> tuple[Claim, ...]:
    text = REPORTS[name]
    day = dt.date(2026, 8, 10)
    return tuple(extract(read_text(text, format="markdown", source=name, date=day)).claims)


def told(name: str) -> set[tuple[str, ...]]:
    """Subject, relation or metric, object or value, and period of each claim."""
    return {
        (
            c.subject.label,
            c.qualifiers["metric"] if c.predicate == "hasMetric" else c.predicate,
            c.object.label if c.object else c.value.text if c.value else "",
            c.qualifiers.get("period", ""),
        )
        for c in claims(name)
    }


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("results", ("나래반도체", "메모리 매출", "21.4", "2026-Q2")),
        ("results", ("나래반도체", "메모리 매출 YoY", "+18%", "2026-Q2")),
        ("results", ("나래반도체", "모바일 영업이익률", "9.8%", "2026-Q2")),
        ("results", ("나래반도체", "매출", "75.6", "2026-Q2")),
        ("results", ("나래반도체", "메모리 매출", "21.5", "2026-Q2")),
        ("results", ("나래반도체", "매출", "75.8", "2026-Q2")),
        ("results", ("나래반도체", "매출 비중", "18%", "2025")),
        ("results", ("나래반도체", "EPS 컨센서스", "2,290원", "2026-Q2")),
        ("results", ("나래반도체", "EPS", "1,281원", "2025-Q2")),
        ("results", ("나래반도체", "목표주가", "310,000", "")),
        ("shares", ("다온전자", "marketShare", "30", "2025")),
        ("shares", ("다온전자", "설비투자", "140억 달러", "2025")),
        ("sums", ("나래반도체", "설비투자", "231억 달러", "2025")),
        ("specs", ("온누리 A2", "FP8 연산", "2.1 PFLOPS", "")),
        ("specs", ("온누리 A2", "소켓", "L4", "")),
        ("specs", ("온누리 A3", "다이 크기", "742mm²", "")),
        ("deals", ("다온전자", "supplies", "HBM3E", "")),
        ("deals", ("나래반도체", "acquires", "모두데이터", "")),
        ("firm", ("나래반도체", "국민연금 지분율", "7.2%", "")),
        ("firm", ("나래반도체", "물류로봇 매출 비중", "31%", "2025")),
        ("firm", ("나래반도체", "매출", "78조원", "2026-Q3")),
        ("firm", ("나래반도체", "설비투자", "52조원", "")),
        ("firm", ("나래반도체", "매출총이익률", "44%", "TTM")),
        ("firm", ("나래반도체", "supplies", "다온전자", "")),
        ("firm", ("나래반도체", "직원 수", "845명", "")),
        ("firm", ("윤가람", "worksFor", "나래반도체", "")),
        ("prices", ("DDR5 16Gb", "현물가격 변화율", "+2.2%", "1W")),
        ("prices", ("나래반도체", "marketShare", "58%", "")),
        ("prices", ("나래반도체", "PER", "17.2", "2026")),
        ("prices", ("다온전자", "규모", "835MW", "")),
        ("prices", ("AI 기본법", "시행일", "2026-01-22", "")),
    ],
)
def test_what_is_told(name: str, claim: tuple[str, ...]) -> None:
    assert claim in told(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("results", "박하늘"),
        ("shares", "11억 달러"),  # nothing says what is measured
        ("shares", "2024"),  # the header again
        ("specs", "칩 수 = 토큰 수 ÷ 칩당 속도"),
        ("specs", "4나노"),
        ("firm", "59.3%"),
        ("firm", "47%"),  # of another firm
        ("prices", "500회"),
        ("prices", "1,371.0"),  # of what, is not told
        ("days", "2.8%"),
        ("days", "신규 GPU 공개 여부"),
        ("days", "하반기 증설로 가능"),
    ],
)
def test_what_is_not_told(name: str, word: str) -> None:
    assert word not in {value for *_, value, _ in told(name)}


def test_standing_and_units() -> None:
    """An analyst's target is no plan, an event to come no fact; the corner holds the unit."""
    results = {(c.qualifiers.get("metric"), c.value.text): c for c in claims("results") if c.value}
    assert results["재고자산", "402"].value.minimum == 402_000_000_000  # type: ignore[union-attr]  # it has one
    assert results["부채비율", "57.8"].value.unit == "%"  # type: ignore[union-attr]  # it has one
    before = results["목표주가", "280,000"]
    assert (before.modality, before.qualifiers["basis"]) == ("forecast", "이전")
    event = next(c for c in claims("days") if c.value and "소각" in c.value.text)
    assert event.modality == "plan"


def test_prices_in_their_currency_and_plan() -> None:
    prices = {c.value.text: c for c in claims("prices") if c.value}
    assert prices["12.0"].value.currency == "USD"  # type: ignore[union-attr]  # it has one
    assert prices["29,000원"].qualifiers["condition"] == "플러스"


def test_a_list_of_guidance_is_no_fact() -> None:
    told = {c.value.text: c.modality for c in claims("firm") if c.value}
    assert told["52조원"] == "forecast"


def test_the_node_is_part_of_a_process() -> None:
    text = "# 점검\n\n- 2나노 공정 수율: 61%\n"
    report = read_text(text, format="markdown", source="x", date=dt.date(2026, 8, 10))
    assert {c.subject.label for c in extract(report).claims} == {"2나노 공정"}


def test_variants_and_parties() -> None:
    """Rows of one name are told apart; who is not made known is no party of a deal."""
    prices = {c.qualifiers.get("condition") for c in claims("shares") if c.subject.cls == "Chip"}
    assert prices == {"DDR4 8Gb", "DDR5 16Gb"}
    glass = next(c for c in claims("deals") if c.object and c.object.label == "유리기판")
    assert "counterparty" not in glass.qualifiers


def test_the_old_and_the_new_one_are_who_is_named_beside() -> None:
    text = """# 점검

| 항목 | 이전 (소라 4.8) | 이후 (소라 5) |
|---|---|---|
| 컨텍스트 윈도우 | 200K 토큰 | 1M 토큰 |
| 입력 토큰 (1M당) | $5 | $10 |
"""
    report = read_text(text, format="markdown", source="x", date=dt.date(2026, 8, 10))
    told = {
        (c.subject.label, c.qualifiers["metric"], c.value.text)
        for c in extract(report).claims
        if c.value
    }
    assert told == {
        ("소라 4.8", "컨텍스트 길이", "200K 토큰"),
        ("소라 5", "컨텍스트 길이", "1M 토큰"),
        ("소라 4.8", "입력 가격", "$5"),
        ("소라 5", "입력 가격", "$10"),
    }


def test_nothing_is_told_of_a_statement() -> None:
    text = """# 점검

| 증거 | 방향 | 조정 |
|---|---|---|
| 한빛전자 호실적 — 2분기 매출 96억 달러, 수요가 꺾일 조짐은 아직 없다 | 하락 | −3%p |
| 현물가 둔화 신호가 뚜렷해졌음 | 상승 | +4%p |
"""
    report = read_text(text, format="markdown", source="x", date=dt.date(2026, 8, 10))
    assert not extract(report).claims


def test_firms_in_front_lead_rows_that_end_in_what_they_have() -> None:
    text = """# 나래 투자 정리

| 대상 | 라운드 | 나래 역할 | 기술 |
|---|---|---|---|
| 인텔 | Series E | 참여 | 광 인터커넥트, 다중 파장 레이저 Falcon |
| 퀄컴 | Series A | 참여 | 실리콘 포토닉스 |
"""
    report = read_text(text, source="t", date=dt.date(2026, 1, 5))
    found = extract(report).claims
    assert found
    assert {c.subject.label for c in found} <= {"인텔", "퀄컴"}


def test_a_note_is_about_the_firm_with_a_code_not_those_in_its_title() -> None:
    text = """---
title: "칼디온 (252990): AMD, INTEL, let’s go!"
---

AMD, INTEL, let’s go!

칼디온 (252990)

현재주가: 14,260원
목표주가: 22,240원

동사는 낸드 중심의 이익 구조에서 벗어난다. 2027년 EPS는 714원이다.
"""
    report = read_text(text, source="t", date=dt.date(2026, 1, 5))
    found = [c for c in extract(report).claims if c.predicate == "hasMetric"]
    assert [c.value.text for c in found if c.value] == ["14,260원", "22,240원", "714원"]
    assert len({c.subject.id for c in found}) == 1
