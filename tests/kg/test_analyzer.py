"""Terms and bigrams of Korean text that mixes 한글, Latin letters and digits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.search.analyzer import Morpheme, bigrams, morphemes, morphemes_of_all, terms


def of(text: str, names: tuple[tuple[int, int], ...] = ()) -> tuple[str, ...]:
    return terms(morphemes(text, names), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MI300X를 공급했다", ("mi", "300", "x", "mi300x", "공급")),
        ("GPT-4o보다 빠르다", ("gpt", "4", "o", "gpt4o", "빠르다")),
        ("HBM3E는", ("hbm", "3", "e", "hbm3e")),
        ("N3P·N2", ("n", "3", "p", "n3p", "n", "2", "n2")),
        ("ＨＢＭ３Ｅ 3㎚", ("hbm", "3", "e", "hbm3e", "3", "nm", "3nm")),
        ("1,000억 달러", ("1000", "억", "달러")),
        ("37.5%", ("37.5",)),
        ("TSMC, Intel", ("tsmc", "intel")),
    ],
)
def test_terms(text: str, expected: tuple[str, ...]) -> None:
    assert of(text) == expected


def test_terms_leave_particles_and_endings_out() -> None:
    found = of("엔비디아는 새로운 가속기를 내년에 출시할 것이다.")
    assert {"엔비디아", "새롭다", "가속", "가속기", "내년", "출시"} <= set(found)
    assert not {"는", "를", "에", "ᆯ", "이다", "."} & set(found)


def test_terms_of_a_name_match_those_of_its_pieces() -> None:
    """A name that the extractor forced into one morpheme is found by one that Kiwi cut."""
    text = "GPT-4o와 Jensen Huang"
    forced = of(text, ((0, 6), (8, 20)))
    assert set(of("GPT-4o")) <= set(forced)
    assert {"jensen", "huang"} <= set(forced)
    assert "gpt4o" in of("gpt4o 성능")


def test_terms_do_not_join_over_a_space() -> None:
    assert "hbm3" not in of("HBM 3")
    assert "hbm3" in of("HBM3")


def test_terms_of_given_morphemes() -> None:
    found = (Morpheme("곱", "VA-I", 0, 2), Morpheme("아", "EC", 1, 2))
    assert terms(found, "고와") == ("곱다",)


def test_bigrams() -> None:
    assert bigrams("HBM3E 칩") == ("hb", "bm", "m3", "3e", "칩")
    assert bigrams("가나다, 라마") == ("가나", "나다", "라마")
    assert bigrams("…!? 🚀") == ()


def test_many_texts_are_analysed_as_one_by_one() -> None:
    texts = ["루빈은 2026년에 나온다.", "", "HBM4 공급 계약을 맺었다."]
    assert morphemes_of_all(texts) == [morphemes(text) for text in texts]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("가칩을MIx3-. 0,·ㄱ🚀\n％①㎚"), max_size=24))
def test_terms_never_hold_white_space_or_capitals(text: str) -> None:
    for term in (*of(text), *bigrams(text)):
        assert term
        assert not any(character.isspace() for character in term)
        assert term == term.casefold()
