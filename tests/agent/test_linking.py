"""Names in questions: particles, scripts, spaces, hyphens and homographs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.questions.linking import Linker, fold, says, shortest

NAMES = [
    ("브로드컴", "broadcom"),
    ("Broadcom", "broadcom"),
    ("AVGO", "broadcom"),
    ("애플", "apple"),
    ("TPU", "tpu"),
    ("TPU v6", "tpu-v6"),
    ("o3", "o3"),
    ("GPT-4", "gpt-4"),
    ("SK하이닉스", "skhynix"),
    ("메타", "meta"),
    ("run:ai", "runai"),
    ("퀀텀", "quantum-a"),
    ("퀀텀", "quantum-b"),
]


@pytest.fixture(scope="module")
def linker():
    return Linker.of(NAMES)


def ids(linker, text):
    return [link.entities for link in linker.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("브로드컴은 어디와 일하나?", [("broadcom",)]),
        ("브로드컴이라는 회사", [("broadcom",)]),
        ("broadcom의 칩", [("broadcom",)]),
        ("파인애플 가격", []),
        ("메타버스 시장", []),
        ("메타의 칩", [("meta",)]),
        ("TPU v6를 만드는", [("tpu-v6",)]),
        ("TPU를 만드는", [("tpu",)]),
        ("SK 하이닉스와 sk-하이닉스", [("skhynix",), ("skhynix",)]),
        ("o3-mini 점수", []),
        ("o3는 몇 점?", [("o3",)]),
        ("GPT-4.1과 GPT-4", [("gpt-4",)]),
        ("run:ai를 인수", [("runai",)]),
        ("XAVGOX", []),
        ("퀀텀은?", [("quantum-a", "quantum-b")]),
    ],
)
def test_find(linker, text, expected):
    assert ids(linker, text) == expected


def test_link_covers_exactly_the_name(linker):
    text = "지난주 SK 하이닉스가 발표"
    (link,) = linker.find(text)
    assert text[link.start : link.end] == link.text == "SK 하이닉스"


@given(st.text(max_size=80))
def test_any_text_gives_ordered_disjoint_links(text):
    links = Linker.of(NAMES).find(text)
    assert all(text[link.start : link.end] == link.text for link in links)
    assert all(a.end <= b.start for a, b in pairwise(links))


def test_fold_ignores_case_width_space_and_hyphen():
    assert fold("Ｓ K-하이닉스") == fold("sk하이닉스")


def test_the_shortest_words_are_said_wherever_any_is() -> None:
    words = frozenset({"구글", "구글클라우드", "google", "googlecloud", "알파벳"})
    few = shortest(words)
    assert sorted(few) == ["google", "구글", "알파벳"]
    for text in ("구글클라우드매출", "알파벳은", "googlecloud", "애플", ""):
        assert says(text, few) == says(text, words)
