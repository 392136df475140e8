"""Markup goes, offsets stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean, plain
from corpus.report import Span


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**가나전자**는 올랐다", "가나전자는 올랐다"),
        ("*강조*와 _밑줄_은", "강조와 밑줄은"),
        ("`B200`을", "B200을"),
        (r"\$30,000의 값", "$30,000의 값"),
        ("A&amp;B &#38; C", "A&B & C"),
        ("[가나일보](https://a.example/x_(1))가", "가나일보가"),
        ("![그림](a.png) 설명", "그림 설명"),
        ("<b>굵게</b><br>줄", "굵게 줄"),
        ("앞<!-- 숨김 -->뒤", "앞뒤"),
        ("## 제목", "제목"),
        ("**[링크](http://a)의 *속*말**", "링크의 속말"),
        ("3*4*5와 snake_case_name", "3*4*5와 snake_case_name"),
        ("a < b > c", "a < b > c"),
        ("값이 올랐다.[^3][^b1] 다라는 줄었다.[12]", "값이 올랐다. 다라는 줄었다."),
        ("[^3]: 가나일보, [4] 표의 값[5]", "[^3]: 가나일보, [4] 표의 값[5]"),
        ("<표 1> 현황", "<표 1> 현황"),
    ],
)
def test_markup_is_removed(raw: str, text: str) -> None:
    assert clean(raw).text == text


def test_spans_are_tight_and_inside_the_slice() -> None:
    raw = "앞 **가나전자**는 \\$40 &amp; 끝"
    part = clean(raw, Span(2, len(raw)))
    start = part.text.index("가나전자")
    assert part.span(start, start + 4).of(raw) == "가나전자"
    start = part.text.index("$40")
    assert part.span(start, start + 3).of(raw) == "$40"
    start = part.text.index("&")
    assert part.span(start, start + 1).of(raw) == "&amp;"
    assert part.offsets[-1] == len(raw)
    assert len(part.offsets) == len(part.text) + 1


def test_part_keeps_the_original_places() -> None:
    raw = "**가나**와 [다라](http://x.example) 끝"
    whole = clean(raw)
    at = whole.text.index("다라")
    piece = whole.part(at, at + 2)
    assert piece.text == "다라"
    assert piece.span(0, 2).of(raw) == "다라"


MARKS = st.text(alphabet="가나A1 *_`\\[]()<>&;#$|\n.!~", max_size=60)


@given(MARKS)
def test_every_character_comes_from_its_place(raw: str) -> None:
    part = clean(raw)
    assert len(part.offsets) == len(part.text) + 1
    assert list(part.offsets) == sorted(part.offsets)
    for i, ch in enumerate(part.text):
        source = raw[part.offsets[i] : part.ends[i]]
        assert ch in source or source.startswith(("&", "<"))


@given(MARKS)
def test_plain_is_trimmed_clean(raw: str) -> None:
    assert plain(raw) == clean(raw).text.strip()


def test_blanks_that_are_doubled_count_once() -> None:
    plain = clean("중국의  미니맥스는 \t 새 모델을  냈다.")
    assert plain.text == "중국의 미니맥스는 새 모델을 냈다."
    raw = "중국의  미니맥스는 \t 새 모델을  냈다."
    span = plain.span(plain.text.index("새"), plain.text.index("을"))
    assert raw[span.start : span.end] == "새 모델"
