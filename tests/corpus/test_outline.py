"""Which lines are headings, and how they nest."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest
import yaml

from corpus.marks import ends_sentence, mark_of
from corpus.outline import is_top
from corpus.readers import read_text

DATE = dt.date(2025, 1, 6)
PROSE = "공급이 빠듯한 가운데 업체들은 증설을 서두르고 있으며 가격은 당분간 오를 것으로 보인다."


def paths(*lines: str, format: str = "text") -> list[tuple[str, ...]]:
    report = read_text("주간 점검\n\n" + "\n".join(lines), format=format, date=DATE)
    return [section.path for section in report.sections if section.path]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("I. 시장", "roman", 1),
        ("IV. 부록", "roman", 4),
        ("Ⅲ. 전망", "roman", 3),
        ("2. 메모리", "arabic", 2),
        ("(3) 낸드", "paren", 3),
        ("4) 장비", "half", 4),
        ("1.2 소재", "decimal2", 2),
        ("나. 수요", "hangul", 2),
        ("③ 가격", "circled", 3),
        ("제2장 결론", "chapter장", 2),
        ("### 소제목", "hash3", 0),
        ("■ 장비", "bullet■", 0),
        ("[이번 주 점검]", "bracket", 0),
    ],
)
def test_marks(line: str, kind: str, number: int) -> None:
    mark = mark_of(line)
    assert mark is not None
    assert (mark.kind, mark.number) == (kind, number)


@pytest.mark.parametrize(
    "line",
    [
        "2025. 1. 6. 발행",
        "3.5% 올랐다",
        "AI. 그리고",
        "2025년 전망",
        "1.5조원 투자",
        "05.19 박람회",
    ],
)
def test_no_marks(line: str) -> None:
    assert mark_of(line) is None


def test_levels_nest_by_kind() -> None:
    assert paths(
        "I. 시장",
        "",
        "1. 메모리",
        "",
        "(1) 낸드",
        PROSE,
        "(2) 디램",
        PROSE,
        "2. 장비",
        PROSE,
        "II. 기업",
        PROSE,
    ) == [
        ("I. 시장",),
        ("I. 시장", "1. 메모리"),
        ("I. 시장", "1. 메모리", "(1) 낸드"),
        ("I. 시장", "1. 메모리", "(2) 디램"),
        ("I. 시장", "2. 장비"),
        ("II. 기업",),
    ]


def test_a_highlight_ends_when_numbering_starts_again() -> None:
    found = paths(
        "Highlight of the Week",
        "",
        "I. 시장",
        PROSE,
        "II. 기업",
        PROSE,
        "I. 시장",
        PROSE,
        "II. 기업",
        PROSE,
    )
    assert found == [
        ("Highlight of the Week",),
        ("Highlight of the Week", "I. 시장"),
        ("Highlight of the Week", "II. 기업"),
        ("I. 시장",),
        ("II. 기업",),
    ]


def test_a_summary_in_the_middle_does_not_swallow_the_next_number() -> None:
    assert paths("1. 시장", PROSE, "", "요약", "", PROSE, "", "2. 기업", PROSE) == [
        ("1. 시장",),
        ("요약",),
        ("2. 기업",),
    ]


def test_a_summary_with_text_of_its_own_ends_at_the_first_number() -> None:
    assert paths("이번 주 핵심", "○ 칩을 준비", "○ 퀄을 지속", "", "1. 시장", PROSE) == [
        ("이번 주 핵심",),
        ("1. 시장",),
    ]


def test_the_closing_notice_is_at_the_top() -> None:
    found = paths("I. 시장", PROSE, "", "Compliance Notice", "", "- 이해관계가 없습니다.")
    assert found[-1] == ("Compliance Notice",)


@pytest.mark.parametrize(
    "lines",
    [
        ("이유는 다음과 같다:", "1. 수요가 늘었다.", "2. 공급이 줄었다."),
        ("1. 만약 가격이 오르면 업체는 증설을 택할 것이다.",),
        ("1. 첫째 항목", "2. 둘째 항목", "3. 셋째 항목"),
        ("1. 첫째 항목", "", "2. 둘째 항목", "", PROSE),
        ("① 수요", "② 공급", "③ 가격"),
        ("■ 가나전자, 증설", "■ 다라전자, 감산"),
        ("한종목", "jong@example.com"),
        ("H1 (초록)", "", "H2 (빨강)", "", "H3 (주황)"),
    ],
)
def test_lists_are_no_headings(lines: tuple[str, ...]) -> None:
    assert paths(PROSE, "", *lines) == []


def test_markdown_lists_with_sub_items_are_no_headings() -> None:
    assert paths(
        "🌍 **주요 기사**", "1.  **가나전자 증설**", "    - 태그: 메모리", "2.  **다라전자 감산**", "    - 태그: 낸드",
        format="markdown",
    ) == [("🌍 주요 기사",)]  # fmt: skip


def test_markdown_and_setext_headings() -> None:
    lines = [
        "## 시장",
        PROSE,
        "### 메모리",
        PROSE,
        "## 기업",
        PROSE,
        "",
        "맺음 제목",
        "---",
        "",
        PROSE,
    ]
    assert paths(*lines, format="markdown") == [
        ("시장",),
        ("시장", "메모리"),
        ("기업",),
        ("맺음 제목",),
    ]


def test_a_document_of_markdown_headings_has_no_other_ones() -> None:
    lines = ["## 가", PROSE, "## 나", PROSE, "## 다", "", "1. 항목", "", PROSE]
    assert paths(*lines, format="markdown") == [("가",), ("나",), ("다",)]


def test_heading_spans_are_their_text() -> None:
    report = read_text(
        f"주간\n\n## **시장** 점검\n\n{PROSE}\n\n# 끝\n\n{PROSE}", format="markdown", date=DATE
    )
    heading = report.sections[1].heading
    assert heading is not None
    assert heading.of(report.text) == "## **시장** 점검"
    assert report.sections[1].path == ("시장 점검",)
    assert report.section_at(report.text.index("공급이")) == ("시장 점검",)


def test_examples_of_the_word_list() -> None:
    data = yaml.safe_load(files("corpus").joinpath("outline.yaml").read_text("utf-8"))
    assert data["examples"]
    for example in data["examples"]:
        assert is_top(example["line"]) is example["top"]


@pytest.mark.parametrize(
    ("line", "ends"), [("올랐다.", True), ("늘어날까?", False), ("“간다”", True), ("전망", False)]
)
def test_sentence_ends(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends
