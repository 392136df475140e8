"""Korean sentences by rule."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import read_text
from corpus.sentences import sentences, split

DATE = dt.date(2025, 1, 6)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "가격은 3.5% 올랐고 v1.2가 나왔다.",
        "U.S. 정부가 막았다.",
        "가나는 “값이 올랐다. 수요도 늘었다.”라고 말했다.",
        "그는 '괜찮다.'고 했다.",
        "회사(예: 가나. 다라)는 늘렸다.",
        "2025. 1. 6. 발표했다.",
        "3. 항목이다.",
        "수준은... 아직 낮다.",
        "Dr. Kim이 말했다.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("올랐다. 내렸다!", ["올랐다.", "내렸다!"]),
        ("정말일까? 그렇다.", ["정말일까?", "그렇다."]),
        ("늘었음. 줄었음.", ["늘었음.", "줄었음."]),
        ("올랐다.그래서 샀다.", ["올랐다.", "그래서 샀다."]),
        ("“첫째다. 둘째다.”", ["“첫째다.", "둘째다.”"]),
        ("말했다(끝). 그리고 갔다.", ["말했다(끝).", "그리고 갔다."]),
        ("그는 “간다”고 했다. 갔다.", ["그는 “간다”고 했다.", "갔다."]),
    ],
)
def test_more_sentences(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@given(st.text(alphabet="가나다라 .!?\"“”'()[]…\n1A", max_size=80))
def test_ranges_are_in_order_and_lose_nothing(text: str) -> None:
    found = list(split(text))
    assert found == sorted(found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


REPORT = """주간

I. 시장

**가나전자**는 올랐다. 다라는
내렸다고 알려졌으며 그 폭은 작지 않았던 것으로 보인다.
짧은 줄
- 증설을 서두름
- [가나일보](http://a.example) 보도. 이어짐

표 1. 성능

앞선다는 평가

모델\t점수
가\t1
나\t2

자료: 가상
주: 잠정
"""


def test_kinds_of_a_report() -> None:
    report = read_text(REPORT, date=DATE)
    found = [(s.kind, s.table, s.clean.text) for s in sentences(report)]
    assert found == [
        ("prose", None, "주간"),
        ("heading", None, "I. 시장"),
        ("prose", None, "가나전자는 올랐다."),
        ("prose", None, "다라는"),
        ("prose", None, "내렸다고 알려졌으며 그 폭은 작지 않았던 것으로 보인다."),
        ("prose", None, "짧은 줄"),
        ("list", None, "증설을 서두름"),
        ("list", None, "가나일보 보도."),
        ("list", None, "이어짐"),
        ("caption", "표 1", "표 1. 성능"),
        ("subtitle", "표 1", "앞선다는 평가"),
        ("caption", "표 1", "주: 잠정"),
    ]


def test_spans_point_into_the_report() -> None:
    report = read_text(REPORT, date=DATE)
    for sentence in sentences(report):
        assert sentence.section == report.section_at(sentence.span.start)
        whole = sentence.clean.span(0, len(sentence.clean.text))
        assert whole == sentence.span
    first = next(s for s in sentences(report) if "가나전자" in s.clean.text)
    start = first.clean.text.index("가나전자")
    assert first.clean.span(start, start + 4).of(report.text) == "가나전자"


def test_brackets_nested_without_end_are_cut_in_no_time() -> None:
    begun = time.process_time()
    assert list(split("(" * 30_000 + " 값이 올랐다. 또 올랐다.")) != []
    assert time.process_time() - begun < 5


def test_a_title_is_not_glued_to_the_date_below_it() -> None:
    title = "가나칩, 새 가속기와 차세대 메모리를 함께 공개하며 데이터센터 시장을 겨냥"
    report = read_text(f"# {title}\n발행일: 2026-03-17\n\n가나칩은 칩을 냈다.\n", source="week")
    assert [s.clean.text for s in sentences(report)][:2] == [title, "발행일: 2026-03-17"]
