"""Passages: contiguous, in order, inside one section, nothing lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import LIMIT
from corpus.readers import read_text
from corpus.report import Report

DATE = dt.date(2025, 1, 6)
SENTENCE = "가나전자는 올해 생산을 크게 늘리고 다라전자는 줄일 것으로 보인다."


def check(report: Report) -> None:
    last = 0
    for number, passage in enumerate(report.passages):
        assert passage.id == f"{report.id}#{number}"
        assert passage.span.start >= last
        assert passage.section == report.section_at(passage.span.start)
        assert passage.section == report.section_at(passage.span.end - 1)
        assert passage.span.of(report.text).strip()
        last = passage.span.end


def test_long_paragraphs_are_cut_between_sentences() -> None:
    report = read_text("주간\n\nI. 시장\n\n" + " ".join([SENTENCE] * 60), date=DATE)
    check(report)
    assert len(report.passages) > 2
    for passage in report.passages:
        assert len(passage.span) <= LIMIT
        assert passage.span.of(report.text).rstrip().endswith(("보인다.", "주간"))


def test_long_tables_are_cut_between_rows() -> None:
    rows = [f"회사{n}\t{n},000\t비교적 긴 설명이 붙는 줄이다" for n in range(80)]
    report = read_text(
        "주간\n\n표 1. 목록\n\n이름\t값\t설명\n" + "\n".join(rows) + "\n\n자료: 가상", date=DATE
    )
    check(report)
    parts = [passage for passage in report.passages if passage.kind == "table"]
    assert len(parts) == 3
    assert {part.table for part in parts} == {"표 1"}
    assert parts[0].span.of(report.text).startswith("표 1. 목록")
    assert parts[-1].span.of(report.text).endswith("자료: 가상")
    for row in report.tables[0].rows:
        assert sum(part.span.covers(row.span) for part in parts) == 1


def test_hidden_blocks_are_in_no_passage() -> None:
    text = "---\ntitle: 주간\ndate: 2025-01-06\n---\n<style>\n.a { color: red }\n</style>\n\n본문이다.\n\n<!-- 숨김 -->\n\n끝이다."
    report = read_text(text, format="markdown")
    shown = "".join(passage.span.of(report.text) for passage in report.passages)
    assert "본문이다." in shown
    assert "끝이다." in shown
    assert "color" not in shown
    assert "숨김" not in shown
    assert "title" not in shown


LINES = st.sampled_from(
    ["", "", "I. 시장", "II. 기업", "1. 메모리", "(1) 낸드", SENTENCE, "- 항목 하나", "표 1. 값", "가\t1\t2", "나\t3\t4",
     "자료: 가상", "## 제목", "**굵은 제목**", "짧은 말", "| a | b |", "|---|---|", "Highlight of the Week"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES, max_size=30), st.sampled_from(["text", "markdown"]))
def test_nothing_is_lost(lines: list[str], format: str) -> None:
    report = read_text("주간\n" + "\n".join(lines), format=format, date=DATE)
    check(report)
    covered = bytearray(len(report.text))
    for passage in report.passages:
        for i in range(passage.span.start, passage.span.end):
            assert not covered[i]
            covered[i] = 1
    for i, ch in enumerate(report.text):
        if ch.isalnum():
            assert covered[i], report.text[i : i + 20]
    for table in report.tables:
        assert table.section == report.section_at(table.span.start)
