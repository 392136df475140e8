"""The dates of articles within a collection."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.datelines import Datelines
from corpus.readers import read_text

TEXT = """# 칩 기사 모음

발행일: 2025-04-05

머리말이다.

## 가나칩, 장비 수주로 기록 (2024년 6월)

가나칩은 7일 계약을 맺었다.

### 배경

배경을 적었다.

## 다라전자 실적

2023.12.26 19:08
홍길동 기자

다라전자는 지난달 흑자를 냈다.

## 마바시스템 전망 (2026년 3월)

마바시스템은 다음 달 공장을 연다.

## 사아모터스

사아모터스는 2024년 3월 5일 차를 냈다.

## 2025.02.11 자차은행 — 파하증권

자차은행은 지난달 흑자를 냈다.

## 2025.01.20 에자전자 — 파하증권

에자전자는 지난달 흑자를 냈다.

## 2025.01.13 마감 시황

코스피는 전날 올랐다.

## 2025년 3월 1일 시행 카타법

카타법은 다음 달 바뀐다.
"""


@pytest.mark.parametrize(
    ("at", "date"),
    [
        ("머리말", "2025-04-05"),
        ("7일 계약", "2024-06-15"),
        ("배경을", "2024-06-15"),  # a part of an article is of its date
        ("지난달", "2023-12-26"),
        ("다음 달", "2025-04-05"),  # nothing was written after the report
        ("사아모터스는", "2025-04-05"),  # a date in a sentence is not that of the article
        ("자차은행은", "2025-02-11"),  # a heading begins with the date of its part
        ("에자전자는", "2025-01-20"),  # a name may begin like a particle
        ("코스피는", "2025-01-13"),
        ("카타법은", "2025-04-05"),  # what takes effect then was not written then
    ],
)
def test_date_of_a_part(at: str, date: str) -> None:
    report = read_text(TEXT, id="r")
    assert Datelines(report).at(report.text.index(at)) == dt.date.fromisoformat(date)
