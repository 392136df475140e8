"""Who puts a figure how high: each house with its own, the highest, and what it changed."""

from __future__ import annotations

import re

import pytest

from agent.weeks.changes import changes
from agent.words import data

FIRST = """# 리서치 메모

2026년 3월 2일 · 예시리서치

## 1. 목표가

가람증권은 도란반도체의 목표주가를 9만 원으로, 나루증권은 8만 5천 원으로 제시했다. 다온증권은 도란반도체의 목표주가를 10만 원으로 올려 잡았다.

라온증권이 모란전자의 목표주가를 12만 원에서 14만 원으로 상향했고 마루증권은 13만 원을 유지했다.
"""
SECOND = """# 리서치 메모

2026년 3월 9일 · 예시리서치

## 1. 목표가

가람증권은 도란반도체의 목표주가를 9만 5천 원으로, 나루증권은 8만 원으로 제시했다. 다온증권은 도란반도체의 목표주가를 10만 원으로 유지했다.
"""
HOUSES = data("forms")["houses"]
EXAMPLES = [
    (text.format(A="도란반도체"), kind == "examples")
    for kind in ("examples", "counterexamples")
    for text in HOUSES[kind]
]


@pytest.fixture(scope="module")
def memos(written_reports):
    return written_reports(FIRST, SECOND)


@pytest.mark.parametrize(("text", "asked"), EXAMPLES)
def test_examples_of_houses(text, asked):
    assert (re.search(HOUSES["pattern"], text) is not None) is asked


def test_each_house_is_told_with_its_own_figure(memos):
    text = memos.ask("도란반도체의 목표주가는?").text
    for house, size in (("가람", "9만 5천"), ("나루", "8만"), ("다온", "10만")):
        assert f"{house}증권에 따르면 도란반도체의 목표주가는 {size} 원으로 전망됩니다." in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "도란반도체의 목표주가를 가장 높게 본 증권사는?",
            "3곳 가운데 도란반도체의 목표주가를 가장 높게 본 곳은 다온증권(10만 원)입니다.",
        ),
        (
            "도란반도체의 목표주가를 가장 높게 본 증권사는?",
            "다온증권 10만 원, 가람증권 9만 5천 원, 나루증권 8만 원으로 보았습니다.",
        ),
        (
            "도란반도체의 목표주가를 가장 낮게 제시한 곳은?",
            "가장 낮게 본 곳은 나루증권(8만 원)입니다.",
        ),
        (
            "목표주가를 가장 높게 본 증권사는?",
            "모란전자의 목표주가를 가장 높게 본 곳은 라온증권(14만 원)",
        ),
        ("목표주가를 가장 높게 본 증권사는?", "도란반도체의 목표주가를 가장 높게 본 곳은 다온증권"),
        (
            "지난주보다 도란반도체 목표주가는 어떻게 바뀌었어?",
            "나루증권에 따르면 도란반도체의 목표주가는 2026-03-02 보고서의 8만 5천 원에서",
        ),
    ],
)
def test_houses_are_ranked(memos, question, said):
    assert said in memos.ask(question).text


def test_a_change_is_told_house_by_house(memos):
    moved = [c for c in changes(memos.generation).changes if c.kind == "value_changed"]
    told = {(c.new[0].attributed_to, c.old[0].value.text, c.new[0].value.text) for c in moved}
    assert told == {("가람증권", "9만 원", "9만 5천 원"), ("나루증권", "8만 5천 원", "8만 원")}


def test_a_change_is_dated_by_the_reports_that_tell_it(written_reports):
    other = (
        "# 다른 메모\n\n2026년 3월 11일 · 다른리서치\n\n## 1. 소식\n\nAMD의 직원은 2만 명이다.\n"
    )
    text = (
        written_reports(FIRST, SECOND, other)
        .ask("지난주보다 도란반도체 목표주가는 어떻게 바뀌었어?")
        .text
    )
    assert "2026-03-02 보고서의 9만 원에서 2026-03-09 보고서의 9만 5천 원으로" in text


def test_a_house_that_is_no_known_name_has_its_own_figure(written_reports):
    memo = FIRST.replace("도란반도체", "SK하이닉스").replace("나루증권", "누리증권")
    text = written_reports(memo).ask("SK하이닉스의 목표주가는?").text
    assert "누리증권에 따르면 SK하이닉스의 목표주가는 8만 5천 원으로 전망됩니다." in text


RATINGS = """# 의견 모음

2026년 4월 6일 · 예시리서치

## 1. 투자의견

가람증권은 도란반도체의 투자의견을 매수로 제시했다. 나루증권은 도란반도체의 투자의견을 중립으로 낮췄다.
"""
RATED = data("forms")["ratings"]


@pytest.mark.parametrize(("key", "asks"), [("examples", True), ("counterexamples", False)])
def test_examples_of_ratings(key, asks):
    for example in RATED[key]:
        text = example.format(A="도란반도체")
        told = re.search(RATED["pattern"], text) and not re.search(RATED["other"], text)
        assert bool(told) is asks, text


def test_every_rating_is_told_with_its_house(written_reports):
    text = written_reports(RATINGS).ask("도란반도체 투자의견은?").text
    assert "가람증권에 따르면 도란반도체의 투자의견은 매수로" in text
    assert "나루증권에 따르면 도란반도체의 투자의견은 중립으로" in text
