"""Tables whose heading, not caption, says whom they are about; and remarks in their cells."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract

NOTE = """# 가나랩 '도라 K3' 공개 — 3조 파라미터로 도전

## 벤치마크 성과

| 벤치마크 기관 | 결과 |
|---|---|
| MMLU | 91.2% |
| 아레나 리더보드 (웹 UI) | **1위** |

## 모델 사양

| 항목 | 내용 |
|---|---|
| 파라미터 | 3조 개 |
| 학습 비용 | 약 500만 달러 |

## 주요 협력사

| 기업 | 관계 | 맡은 일 |
|---|---|---|
| 나래반도체 | 지분 12% 보유 | HBM4 공급 |
| 다온칩스 | 마루전자 자회사 | 설계 서비스 |

마루전자는 29일 평택에 새 공장을 착공했다.

| 업체 | HBM 점유율 | 주요 고객 |
|---|---|---|
| 나래반도체 | 20% | 엔비디아, 일부 AMD |

## 5. 한국 종목

### 나래반도체 (123450.KQ)

| 지표 | 값 |
|---|---|
| 주가 | 12,300원 |
| 첨단 패키징 매출 | 3,000억 원 |
| 배당수익률 | 2.1% |

### 칼디온 — 후공정 소재

| 지표 | 값 |
|---|---|
| 주가 | 8,100원 |
| Forward PER | 15배 |

### 나래반도체: 가장 깨끗하지만 비싸다

| 항목 | 장점 | 리스크 | 확인할 것 |
|---|---|---|---|
| 수율 | 업계 최고 | 경쟁사 추격 | 새 공정이 안정적인가 |
| 원가 | 낮음 | 더 낮아질 수 있을까 | 없음 |

## 주장 점검

| 주장 | 판정 |
|---|---|
| 마루전자는 HBM4 인증을 통과했다 | 사실 |
"""


@pytest.fixture(scope="module")
def told() -> set[tuple[str, str, str, str]]:
    """Subject, predicate, metric or object, and value of every claim."""
    report = read_text(NOTE, format="markdown", source="note", date=dt.date(2026, 7, 19))
    return {
        (
            c.subject.label,
            c.predicate,
            c.object.label if c.object else c.qualifiers.get("metric", ""),
            c.value.text if c.value else "",
        )
        for c in extract(report).claims
    }


@pytest.mark.parametrize(
    "claim",
    [
        ("도라 K3", "scores", "MMLU", "91.2%"),
        ("도라 K3", "scores", "아레나 리더보드 (웹 UI)", "1위"),
        ("도라 K3", "hasMetric", "파라미터 수", "3조 개"),
        ("나래반도체", "supplies", "HBM4", ""),
        ("나래반도체", "supplies", "AMD", ""),
        ("나래반도체", "hasMetric", "배당수익률", "2.1%"),
        ("다온칩스", "partOf", "마루전자", ""),
        ("나래반도체", "hasMetric", "주가", "12,300원"),
        ("나래반도체", "hasMetric", "수율 리스크", "경쟁사 추격"),
        ("칼디온", "hasMetric", "Forward PER", "15배"),
        ("나래반도체", "hasMetric", "첨단 패키징 매출", "3,000억 원"),
    ],
)
def test_whom_a_table_is_about(
    told: set[tuple[str, str, str, str]], claim: tuple[str, str, str, str]
) -> None:
    assert claim in told


def test_what_a_table_is_not_about(told: set[tuple[str, str, str, str]]) -> None:
    """A heading further up, the technology in a key, the benchmark, a sentence."""
    subjects = {subject for subject, *_ in told}
    assert not subjects & {"한국", "첨단 패키징", "MMLU"}
    assert not any(subject.endswith("다") for subject in subjects)
    asked = {"새 공정이 안정적인가", "더 낮아질 수 있을까"}
    assert not asked & {value for *_, value in told}


RESULTS = """# 나래반도체 2분기 실적발표

코스닥 상장사 나래반도체는 30일 실적을 발표했다.

## 실적 요약 (단위: 억원, 별도 기준)

| 항목 | 2Q26 | 2Q25 | YoY | 비고 |
|---|---|---|---|---|
| 매출액 | 3,400 | 2,700 | 26% | 연결 기준 |
| \u3000광학 | 1,200 | 900 | 33% | 사업부별 매출 |
| 세전이익 | 430 | 170 | 153% | (%) 12.6% |
| 현금성자산 | 800 | 610 | 31% | |
| 유형자산 | 6,800 | 5,600 | 21%▼ | |

## 공정 비교

| 공정 | 나래반도체 | TSMC | 격차 |
|---|---|---|---|
| 3나노 | 개발 중 | 양산 중 | 1년 지연 |
"""


def test_a_firm_of_which_the_title_tells() -> None:
    """Rows that are no usual metrics, and parts of sales, are the firm's too."""
    report = read_text(RESULTS, format="markdown", source="results", date=dt.date(2026, 7, 30))
    claims = extract(report).claims
    told = {
        (c.subject.label, c.qualifiers["metric"], c.value.text, c.qualifiers.get("period"))
        for c in claims
        if c.value
    }
    assert ("나래반도체", "광학 매출", "1,200", "2026-Q2") in told
    assert ("나래반도체", "현금성자산", "800", "2026-Q2") in told
    sales = next(c for c in claims if c.value and c.value.text == "1,200")
    assert sales.value
    assert sales.value.currency == "KRW"
    assert sales.value.minimum == 120_000_000_000
    fallen = next(c for c in claims if c.value and c.value.text == "21%▼")
    assert fallen.value
    assert fallen.value.minimum == -21
    assert ("TSMC", "3나노", "양산 중", None) in told
    assert {subject for subject, *_ in told} == {"나래반도체", "TSMC"}
    assert not any("비고" in metric for _, metric, *_ in told)
