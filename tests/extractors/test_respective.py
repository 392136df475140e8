"""Figures that go to several in turn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.readers import read
from extractors.pipeline import extract


def _figures(tmp_path: Path, text: str) -> set[tuple[str, ...]]:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간 점검\n\n{text}\n", encoding="utf-8")
    return {
        (
            claim.subject.label,
            claim.qualifiers.get("metric", claim.predicate),
            claim.qualifiers.get("period", ""),
            claim.value.text,
        )
        for claim in extract(read(path, date=dt.date(2025, 10, 10))).claims
        if claim.value and not claim.object
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "삼성전자와 마이크론의 목표주가를 각각 9만 원, 120달러로 올렸다.",
            {("삼성전자", "목표주가", "", "9만 원"), ("마이크론", "목표주가", "", "120달러")},
        ),
        (
            "인텔의 2분기와 3분기 매출은 각각 130억 달러, 142억 달러였다.",
            {
                ("인텔", "매출", "2025-Q2", "130억 달러"),
                ("인텔", "매출", "2025-Q3", "142억 달러"),
            },
        ),
        (
            "인텔의 매출과 영업이익은 각각 142억 달러, 6억 달러였다.",
            {("인텔", "매출", "", "142억 달러"), ("인텔", "영업이익", "", "6억 달러")},
        ),
        (
            "인텔의 매출과 영업이익은 예상치를 각각 3%, 9% 웃도는 142억 달러와 6억 달러를 기록했다.",
            {("인텔", "매출", "", "142억 달러"), ("인텔", "영업이익", "", "6억 달러")},
        ),
        (
            "인텔의 매출과 영업이익은 각각 12%, 30% 증가한 142억 달러, 6억 달러였다.",
            {
                ("인텔", "매출 증가율", "", "12%"),
                ("인텔", "영업이익 증가율", "", "30%"),
                ("인텔", "매출", "", "142억 달러"),
                ("인텔", "영업이익", "", "6억 달러"),
            },
        ),
        (
            "D램과 낸드 가격은 각각 11%, 7% 올랐다.",
            {("D램", "가격 상승률", "", "11%"), ("NAND", "가격 상승률", "", "7%")},
        ),
        (
            "SK하이닉스와 인텔, 마이크론의 D램 점유율은 각각 41%, 3%, 22%다.",
            {
                ("SK하이닉스", "marketShare", "", "41%"),
                ("인텔", "marketShare", "", "3%"),
                ("마이크론", "marketShare", "", "22%"),
            },
        ),
    ],
)
def test_each_figure_goes_to_its_own(tmp_path: Path, text: str, told: set[tuple[str, ...]]) -> None:
    assert _figures(tmp_path, text) == told


def test_the_figure_in_a_bracket_is_of_the_one_before_it(tmp_path: Path) -> None:
    found = _figures(
        tmp_path,
        "인텔은 흑자를 냈다.\n\n2분기와 3분기 영업이익은 각각 4.1조원 (OPM 23.4%), 5.2조원 (OPM 28.6%)으로 보인다.",
    )
    assert {row for row in found if row[1].startswith("영업")} == {
        ("인텔", "영업이익", "2025-Q2", "4.1조원"),
        ("인텔", "영업이익률", "2025-Q2", "23.4%"),
        ("인텔", "영업이익", "2025-Q3", "5.2조원"),
        ("인텔", "영업이익률", "2025-Q3", "28.6%"),
    }


def test_lists_of_other_lengths_are_left_alone(tmp_path: Path) -> None:
    found = _figures(tmp_path, "인텔의 매출은 각각 142억 달러, 150억 달러였다.")
    assert found == {("인텔", "매출", "", "142억 달러"), ("인텔", "매출", "", "150억 달러")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "삼성전자·마이크론이 D램 가격을 20% 인상했다.",
            {
                ("삼성전자", "changesPrice", "D램", "20%"),
                ("마이크론", "changesPrice", "D램", "20%"),
            },
        ),
        (
            "소프트뱅크는 코히어에 3억 달러, 미스트랄AI에 2억 달러를 투자했다.",
            {
                ("소프트뱅크", "investsIn", "코히어", "3억 달러"),
                ("소프트뱅크", "investsIn", "미스트랄AI", "2억 달러"),
            },
        ),
    ],
)
def test_what_several_do_and_what_each_is_given(
    tmp_path: Path, text: str, told: set[tuple[str, ...]]
) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# 주간 점검\n\n{text}\n", encoding="utf-8")
    found = {
        (claim.subject.label, claim.predicate, claim.object.label, claim.value.text)
        for claim in extract(read(path, date=dt.date(2025, 10, 10))).claims
        if claim.value and claim.object
    }
    assert found == told


def test_of_one_sum_for_several_places_none_tells_how_much(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("# 주간 점검\n\n인텔은 파주·아산에 약 30조 원을 투자한다.\n", encoding="utf-8")
    claims = extract(read(path, date=dt.date(2025, 10, 10))).claims
    found = {(c.object.label, c.value) for c in claims if c.predicate == "investsIn" and c.object}
    assert found == {("파주", None), ("아산", None)}
