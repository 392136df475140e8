"""What every reader ends with: pages, ids, digests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import Given, assemble, normal, report_id
from corpus.errors import UndatedReport
from corpus.readers import read, read_text
from corpus.report import Page, Span

TEXT = "주간\n\nI. 시장\n\n첫 쪽이다.\n\n표 1. 값\n\n가\t나\n1\t2\n\n자료: 가상\n"


def test_pages_number_passages_and_tables() -> None:
    turn = TEXT.index("표 1.")
    pages = (Page(1, None, Span(0, turn)), Page(2, "- 1 -", Span(turn, len(TEXT))))
    given = Given(date=dt.date(2025, 1, 6))
    report = assemble(TEXT, format="pdf", source="a.pdf", name="a", given=given, pages=pages)
    assert (report.tables[0].page, report.tables[0].printed_page) == (2, "- 1 -")
    places = {passage.kind: (passage.page, passage.printed_page) for passage in report.passages}
    assert places == {"prose": (1, None), "table": (2, "- 1 -")}


def test_normal_text() -> None:
    assert normal("\ufeff\u1100\u1161\r\n나\r다") == "가\n나\n다"


@given(st.text(max_size=30))
def test_report_ids_are_safe_and_stable(stem: str) -> None:
    made = report_id(stem)
    assert made
    assert report_id(made) == made
    assert not set(made) & set(" /\\#?%<>\"'")


def test_a_smaller_heading_is_no_title_where_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 주간 기업\ndate: 2025-01-06\n---\n\n## 가나전자\n- 본사: 부산\n",
        encoding="utf-8",
    )
    report = read(path)
    assert report.title == "주간 기업"
    [section] = [s for s in report.sections if s.heading]
    assert section.heading is not None
    assert section.heading.of(report.text) == "## 가나전자"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("---\ntitle: 가나로봇\nlastEditedAt: 2031-01-26\n---\n", dt.date(2031, 1, 26)),
        ("---\ntitle: 가나로봇\ncreatedAt: 2031-01-20\nupdatedAt: 2031-01-26\n---\n", dt.date(2031, 1, 26)),
        ("# 가나로봇\n\n2031-02-01\n", dt.date(2031, 2, 1)),
    ],
)  # fmt: skip
def test_a_text_is_dated_by_its_front_matter_not_by_what_it_tells(head: str, date: dt.date) -> None:
    told = "\n## 주요 일정\n\n- **2028.03.02**: 가나 K1 공개\n- 2029.05: 시리즈 A\n"
    assert read_text(head + told, id="x").date == date


def test_a_chronicle_dates_nothing() -> None:
    text = "# 가나로봇\n\n- **2028.03.02**: 가나 K1 공개\n- **2028.05.06**: 가나 K2 공개\n"
    with pytest.raises(UndatedReport):
        read_text(text, id="x")


def test_a_smaller_heading_that_is_the_date_is_of_the_whole() -> None:
    head = "---\ntitle: 일일 동향\n---\n\n##### 2031년 2월 24일 | 발행인: 서가람\n\n본문이다.\n"
    assert [s.path for s in read_text(head, id="x").sections] == [()]
