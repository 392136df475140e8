"""What a figure is called that no word beside it names, and which figures nobody has."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from extractors.pipeline import extract
from extractors.word_lists import load_words


def _figures(tmp_path: Path, text: str) -> set[tuple[str, str, str]]:
    path = tmp_path / "week.md"
    path.write_text(text, encoding="utf-8")
    return {
        (c.subject.label, c.qualifiers.get("metric", c.predicate), c.value.text)
        for c in extract(read(path, date=dt.date(2025, 3, 10))).claims
        if c.value and c.predicate != "states"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "마이크론의 1분기 D램 (B/G: +3%, ASP: +8%) 영업이익은 9.1억 달러 (OPM 31%)로 추정된다.",
            {("마이크론", "영업이익", "9.1억 달러"), ("마이크론", "영업이익률", "31%")},
        ),
        (
            "마이크론은 1분기 매출 87억 달러(+12% YoY)를 기록했다.",
            {("마이크론", "매출", "87억 달러"), ("마이크론", "매출 증감률", "12%")},
        ),
        (
            "인텔의 2분기 매출은 130억 달러(전분기 대비 4% 감소), 순이익은 3억 달러(+9% YoY)였다.",
            {("인텔", "매출 감소율", "4%"), ("인텔", "순이익 증감률", "9%")},
        ),
        (
            "인텔의 TP를 24달러에서 27달러로 올린다.",
            {("인텔", "목표주가", "27달러")},
        ),
    ],
)
def test_labels_and_brackets_name_a_figure(
    tmp_path: Path, text: str, expected: set[tuple[str, str, str]]
) -> None:
    found = _figures(tmp_path, text)
    assert expected <= found, found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("인텔은 2001년 스탠퍼드대 출신 연구원 3명이 세운 회사를 샀다.", "3명"),
        ("마이크론은 재고를 줄였다. 국내 업체의 세계 시장 점유율은 3%에 불과하다.", "3%"),
        ("8월 말 DDR4 8Gb 고정거래가격은 1.30달러였다.", "8Gb"),
    ],
    ids=["who acts", "an unnamed owner's", "a part's size"],
)
def test_a_figure_that_nobody_named_has(tmp_path: Path, text: str, value: str) -> None:
    found = _figures(tmp_path, text)
    assert not [row for row in found if row[2] == value], found


def test_the_same_figure_of_a_named_owner_is_kept(tmp_path: Path) -> None:
    found = _figures(tmp_path, "마이크론의 세계 시장 점유율은 3%에 불과하다. 직원은 300명이다.")
    assert {row[2] for row in found} == {"3%", "300명"}, found


_WORDS = [
    load_words(f"figures/{name}.yaml")
    for name in ("deeds", "unnamed_sums", "counted_deeds", "moves", "quantity_names")
]


@pytest.mark.parametrize(
    "example",
    [example for words in _WORDS for example in words["examples"]],
    ids=lambda e: str(e["text"])[:40],
)
def test_examples_beside_the_deeds(tmp_path: Path, example: dict[str, Any]) -> None:
    found = _figures(tmp_path, example["text"])
    assert {tuple(claim) for claim in example["claims"]} <= found, found
    assert not {tuple(claim) for claim in example.get("absent", ())} & found


@pytest.mark.parametrize(
    "text",
    [text for words in _WORDS for text in words["never"]],
)
def test_figures_of_which_no_deed_tells(tmp_path: Path, text: str) -> None:
    found = _figures(tmp_path, text)
    assert not [row for row in found if row[2][0].isdigit() or row[2][0] == "약"], found


def test_a_firm_has_no_part_of_a_market(tmp_path: Path) -> None:
    text = "서버 시장은 900억 달러다. 이 중 인텔의 몫은 3억 달러다. 퀄컴은 5억 달러다."
    assert {row[2] for row in _figures(tmp_path, text)} == {"900억 달러"}
