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

## 5. 한국 종목

### 나래반도체 (123450.KQ)

| 지표 | 값 |
|---|---|
| 주가 | 12,300원 |
| 첨단 패키징 매출 | 3,000억 원 |

### 칼디온 — 후공정 소재

| 지표 | 값 |
|---|---|
| 주가 | 8,100원 |
| Forward PER | 15배 |

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
        ("다온칩스", "partOf", "마루전자", ""),
        ("나래반도체", "hasMetric", "주가", "12,300원"),
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
