"""Cells and headers read one by one; whole tables keep their promises whatever they hold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import read, read_text
from corpus.report import Span
from extractors.tables.cells import (
    is_nothing,
    is_status,
    is_undisclosed,
    names_in,
    rank_of,
    value_of,
)
from extractors.tables.extract import EXTRACTOR, table_claims
from extractors.tables.parts import facts_in
from extractors.tables.periods import period_of, starts
from extractors.tables.schema import read_header
from kg.claim import Entity, entity_id
from kg.vocab import CLASSES, PREDICATES, QUALIFIERS

DATE = dt.date(2025, 1, 6)
SHARED = Path(__file__).resolve().parents[3] / "shared"


KNOWN = {
    "가나전자": "Company",
    "A100": "Chip",
    "다라-2": "Model",
    "라이브": "Benchmark",
    "서울": "Place",
}


class Blank:
    """A resolver that knows a few names and makes the others."""

    def resolve(self, text: str, span: Span, expected: tuple[str, ...]) -> Entity:
        return Entity(entity_id(text), KNOWN.get(text, expected[0]), text)

    def find(self, text: str) -> list[tuple[Entity, int, int]]:
        found = [
            (Entity(entity_id(n), c, n), text.find(n), text.find(n) + len(n))
            for n, c in KNOWN.items()
        ]
        return sorted((item for item in found if item[1] >= 0), key=lambda item: item[1])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("SE01, PM01", ["SE01", "PM01"]),
        ("X 2 (5nm) 및 X 2.5", ["X 2", "X 2.5"]),
        ("M v1/v2/v3 (HBM)", ["M v1", "M v2", "M v3"]),
        ("TPX v1~v3", ["TPX v1", "TPX v2", "TPX v3", "TPX"]),
        ("H1/H2", ["H1", "H2"]),
        ("가나 (다라, 마바)", ["가나"]),
        ("Y 200 next gen (3nm)", ["Y 200 next gen"]),
        ("가나 등", ["가나"]),
        ("5개 모델", []),
        ("외 3종", []),
        ("미공개", []),
        ("진행중", []),
        ("-", []),
    ],
)
def test_names_in_a_cell(cell: str, names: list[str]) -> None:
    assert [name.text for name in names_in(cell)] == names


def test_brackets_of_a_name() -> None:
    first, second = names_in("X2 (5nm), Q1 (HBM)")
    assert (first.node, first.condition) == ("5nm", None)
    assert (second.node, second.condition) == (None, "HBM")


@pytest.mark.parametrize(
    ("cell", "rank"),
    [
        ("1(New)", ("1", "New")),
        ("4(▼2)", ("4", "▼2")),
        ("1(-)", ("1", None)),
        ("3위", ("3", None)),
        ("가나", None),
    ],
)
def test_ranks(cell: str, rank: tuple[str, str | None] | None) -> None:
    assert rank_of(cell) == rank


def test_words_of_cells() -> None:
    assert is_nothing("–")
    assert not is_nothing("0")
    assert is_status("협의 중")
    assert is_undisclosed("비공개")


@pytest.mark.parametrize(
    ("cell", "unit", "minimum", "period"),
    [
        ("2027년까지 240억 달러", None, 24_000_000_000, "2027"),
        ("+1.3", "%", "1.3", None),
        ("5,000억 달러(4년)", None, 500_000_000_000, None),
        ("5,100", "조원", 5_100_000_000_000_000, None),
        ("▼2.5", "%", "-2.5", None),
        ("80GB*", None, 80, None),
    ],
)
def test_values(cell: str, unit: str | None, minimum: object, period: str | None) -> None:
    read_value = value_of(cell, unit, DATE)
    assert read_value is not None
    value, found = read_value
    assert str(value.minimum) == str(minimum)
    assert found == period


@pytest.mark.parametrize(
    "cell", ["8/12단", "2024년", "가격 3만원에 무게 5kg", "이미 달성", "대량생산"]
)
def test_no_values(cell: str) -> None:
    assert value_of(cell, None, DATE) is None


def test_small_facts() -> None:
    found = [
        (noun, value.text, start)
        for noun, value, start, _ in facts_in("4만 달러의 가격 / 키 131cm(4'3\") / 학술용")
    ]
    assert found == [("가격", "4만 달러", 0), ("키", "131cm", 12)]


@pytest.mark.parametrize(
    ("text", "role", "name", "unit", "period", "modality"),
    [
        ("시가총액 (조원)", "metric", "시가총액", "조원", None, "fact"),
        ("기간별 수익률(%) 3M", "metric", "수익률", "%", "3M", "fact"),
        ("2025E", "period", "2025E", None, "2025", "forecast"),
        ("매출액 1Q25E", "metric", "매출", None, "2025-Q1", "forecast"),
        ("2024년 매출액(억원)", "metric", "매출", "억원", "2024", "fact"),
        ("실적발표 예정일", "metric", "실적발표 예정일", None, None, "plan"),
        ("주요 고객사", "entity", "주요 고객사", None, None, "fact"),
        ("순위 (전 주 변동)", "rank", "순위 (전 주 변동)", None, None, "fact"),
        ("GPU당 와트(TDP)", "metric", "TDP", "W", None, "fact"),
        ("입력($/1M 토큰)", "metric", "입력", "$/1M 토큰", None, "fact"),
        ("예상 달성 시기", "metric", "예상 달성 시기", None, None, "forecast"),
    ],
)
def test_headers(
    text: str, role: str, name: str, unit: str | None, period: str | None, modality: str
) -> None:
    header = read_header(text, DATE)
    assert (header.role, header.name, header.unit, header.period, header.modality) == (
        role,
        name,
        unit,
        period,
        modality,
    )


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3Q24", "2024-Q3"),
        ("24.1Q", "2024-Q1"),
        ("2025년 1Q(E)", "2025-Q1"),
        ("2024년 4분기", "2024-Q4"),
        ("2024", "2024"),
        ("FY2025", "2025"),
        ("1W", "1W"),
        ("ytd", "YTD"),
        ("가격", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    assert period_of(text, DATE) == period


def test_starts() -> None:
    assert starts("2025-H2") == dt.date(2025, 7, 1)
    assert starts("2025-Q4") == dt.date(2025, 10, 1)
    assert starts("2025-03-09") == dt.date(2025, 3, 9)
    assert starts("3M") is None


def test_a_calendar_over_the_turn_of_the_year() -> None:
    rows = [
        "월\t화\t수\t목\t금",
        "29\t30\t31\t1\t2",
        "\t\t\t가나전자 실적\t",
        "5\t6\t7\t8\t9",
        "가나전자 행사\t\t\t\t",
    ]
    report = read_text("주간\n\n표 1. 일정\n\n" + "\n".join(rows), date=dt.date(2025, 12, 30))
    claims = table_claims(report, report.tables[0], Blank())
    assert [(c.qualifiers["metric"], c.qualifiers["date"]) for c in claims] == [
        ("실적발표 예정일", "2026-01-01"),
        ("일정", "2026-01-05"),
    ]


def test_a_calendar_whose_weekdays_disagree_gives_nothing() -> None:
    rows = ["월\t화\t수\t목\t금", "1\t2\t3\t4\t5", "\t가나전자 실적\t\t\t", "9\t10\t11\t12\t13"]
    report = read_text("주간\n\n표 1. 일정\n\n" + "\n".join(rows), date=DATE)
    assert table_claims(report, report.tables[0], Blank()) == []


def test_glued_columns_have_exact_spans() -> None:
    rows = ["종목명\t실적발표 예정일\t한줄평", "가나전자\t01-30 **강자**\t", "다라\t02-03\t약자"]
    report = read_text("주간\n\n표 1. 일정\n\n" + "\n".join(rows), date=DATE)
    quotes = {
        c.evidence.column: c.evidence.quote
        for c in table_claims(report, report.tables[0], Blank())
        if c.subject.label == "가나전자"
    }
    assert quotes == {"실적발표 예정일": "01-30", "한줄평": "강자"}


CELL = st.sampled_from(
    ["", "-", "가나전자", "A100", "다라-2", "라이브", "1,234", "12.5%", "-3.1", "2025E", "3Q24", "미공개", "진행중",
     "기업명", "모델명", "순위", "구분", "항목", "수치", "날짜", "일정", "1/6", "2025-01-08", "파트너사", "공동개발",
     "**굵게**", "\\$40", "H1/H2", "v1~v3", "월", "화", "수", "목", "금", "1", "2", "3", "매출액", "점유율(%)", "합계", "01-30 강자"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=6), min_size=2, max_size=6), st.booleans())
def test_every_claim_keeps_the_contract(rows: list[list[str]], pipes: bool) -> None:
    lines = [f"| {' | '.join(row)} |" if pipes else "\t".join(row) for row in rows]
    report = read_text(
        "주간\n\n표 1. 가나전자 현황\n\n" + "\n".join(lines) + "\n\n자료: 가상", date=DATE
    )
    for table in report.tables:
        claims = table_claims(report, table, Blank())
        assert claims == table_claims(report, table, Blank())
        assert len({claim.id for claim in claims}) == len(claims)
        for claim in claims:
            evidence = claim.evidence
            assert report.text[evidence.start : evidence.end] == evidence.quote
            assert table.span.covers(Span(evidence.start, evidence.end))
            assert evidence.quote.strip()
            assert claim.predicate in PREDICATES
            assert claim.subject.cls in CLASSES
            assert claim.object is not None or claim.value is not None
            assert set(claim.qualifiers) <= set(QUALIFIERS)
            assert all(claim.qualifiers.values())
            assert 0 < claim.confidence <= 1
            assert claim.extractor == EXTRACTOR


def test_most_table_claims_of_the_development_gold() -> None:
    report_path = SHARED / "reports" / "ai-weekly-2025-01-06.txt"
    gold_path = SHARED / "gold" / "ai-weekly-2025-01-06.claims.jsonl"
    if not (report_path.exists() and gold_path.exists()):
        pytest.skip("no development report and claims beside the repository")
    from extractors.names.names import Names

    report = read(report_path)
    names = Names.for_report(report)
    claims = [claim for table in report.tables for claim in table_claims(report, table, names)]
    gold = [json.loads(line) for line in gold_path.read_text("utf-8").splitlines() if line]
    wanted = [item for item in gold if item["where"] == "table"]
    assert len(wanted) >= 20
    assert sum(any(_same(claim, item) for claim in claims) for item in wanted) >= 0.9 * len(wanted)


def _same(claim: object, item: dict) -> bool:
    """Subject, predicate and value agree; names by id or as part of one another."""
    names = [entity_id(name) for name in item["subject"]]
    subject = claim.subject
    own = {entity_id(name) for name in (subject.label, subject.label_en or "", *subject.aliases)}
    predicates = item["predicate"] if isinstance(item["predicate"], list) else [item["predicate"]]
    if claim.predicate not in (*predicates, "marketSize") or not own.intersection(names):
        return False
    if item["object"]:
        thing = claim.object
        made = (
            {entity_id(n) for n in (thing.label, thing.label_en or "", *thing.aliases)}
            if thing
            else set()
        )
        return bool(made.intersection(entity_id(name) for name in item["object"]))
    shown = f"{claim.value.text if claim.value else ''} {dict(claim.qualifiers)}"
    return any(text in shown for text in item["value"]["contains"])
