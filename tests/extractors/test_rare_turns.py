"""Turns of phrase, and tables, that neither the sample corpus nor another test has."""

from __future__ import annotations

import pytest

from corpus.readers import read_text
from extractors.pipeline import extract


def told(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Extract a text: subject, predicate, object or metric, quantity."""
    report = read_text(f"2025-03-10\n\n{text}\n", format="markdown", source="test.md")
    return [
        (
            c.subject.label,
            c.predicate,
            c.object.label if c.object else c.qualifiers.get("metric"),
            c.value.text if c.value else None,
        )
        for c in extract(report).claims
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "# 주간 소식\n\n## 코히어 소식\n\n- 문서를 고치는 도구 ‘누리펜’이 출시되었으며 무료다.",
            ("코히어", "releases", "누리펜", None),
        ),
        (
            "제미나이 2는 값이 싸고, 사내 벤치마크에서 74%를 기록했다.",
            ("Gemini 2", "scores", "사내 벤치마크", "74%"),
        ),
        (
            "구글은 3조 개의 토큰으로 학습한 젬마 4를 공개했다.",
            ("Gemma 4", "hasMetric", "학습 데이터", "3조 개"),
        ),
        (
            "2.4TB의 대역폭을 갖춘 B300이 나왔다.",
            ("B300", "hasMetric", "메모리 대역폭", "2.4TB"),
        ),
        (
            "상담 기록의 60%는 전화가 차지한다.",
            ("전화", "hasMetric", "상담 기록 비중", "60%"),
        ),
        (
            "인텔의 매출은 120억 달러였다. 전 분기보다 5%, 작년보다 12% 늘었다.",
            ("인텔", "hasMetric", "매출 증가율", "12%"),
        ),
        ("부산에 본사를 둔 VarenPix가 칩을 냈다.", ("VarenPix", "locatedIn", "부산", None)),
        (
            "SEMI는 장비 매출 전망을 900억 달러로 상향했다.",
            ("장비", "hasMetric", "매출", "900억 달러"),
        ),
        ("## 인텔\n\n- 본사: 벨도나\n- 대표: 립부 탄", ("인텔", "locatedIn", "벨도나", None)),
        (
            "표 1. 기업별 GPU 구매량\n\n| 기업 | H100(개) | MI300X(개) |\n|---|---:|---:|\n"
            "| 메타 | 7,000 | 900 |\n| 우버 | 400 | 30 |",
            ("우버", "purchases", "MI300X", "30"),
        ),
        (
            "표 1. 새 모델\n\n| 모델 | 컨텍스트 길이 |\n|---|---|\n| Gana-5 Flash 🎯 | 128K |\n"
            "| Dara Audio 3 (5종) | 32K |",
            ("Gana-5 Flash", "hasMetric", "컨텍스트 길이", "128K"),
        ),
        (
            "표 1. 메모리 점유율(%)\n\n| 기업 | HBM3E | HBM4 |\n|---|---:|---:|\n"
            "| 마이크론 | 21 | 18 |\n| 키옥시아 | 4 | 2 |",
            ("마이크론", "marketShare", None, "18"),
        ),
    ],
)
def test_what_is_told(text: str, claim: tuple[str, str, str | None, str | None]) -> None:
    found = told(text)
    assert claim in found, found


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("마이크론은 엔비디아에 HBM 공급을 논의했다.", "supplies"),
        ("마이크론은 엔비디아 HBM 공급을 협의하고 있다.", "supplies"),
    ],
)
def test_what_is_only_talked_of_is_not_told(text: str, predicate: str) -> None:
    assert predicate not in {claim[1] for claim in told(text)}


def test_a_heading_brings_out_no_things_of_others() -> None:
    text = "# 주간 소식\n\n## 코히어 소식\n\n- 지포스 RTX 50 시리즈가 공개될 예정이다."
    assert all(subject != "코히어" for subject, *_ in told(text))


@pytest.mark.parametrize(
    "text", ["당국은 인텔의 AMD 인수를 막으려 한다.", "미국은 인텔의 AMD 인수를 막으려 한다."]
)
def test_a_deal_that_somebody_judges_is_a_plan(text: str) -> None:
    report = read_text(f"2025-03-10\n\n{text}\n", source="test.txt")
    assert [c.modality for c in extract(report).claims if c.predicate == "acquires"] == ["plan"]


def test_a_figure_of_the_whole_firm_is_of_no_division() -> None:
    text = "삼성전자의 반도체 부문에서 영업이익 2조 원, 회사 전체로는 7조 원의 영업이익을 냈다."
    report = read_text(f"2025-03-10\n\n{text}\n", source="test.txt")
    found = {c.value.text: c.qualifiers.get("product") for c in extract(report).claims if c.value}
    assert found["2조 원"] == "반도체 부문"
    assert found["7조 원"] is None
