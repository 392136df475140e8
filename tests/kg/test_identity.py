"""Names lead to the entities they mean, through case, spaces, particles and slips."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claim import Entity, entity_id
from kg.identity import Identity, _distance, _grams, fold, names_of

NVIDIA = Entity("nvidia", "Company", "엔비디아", "NVIDIA", ("앤비디아",), "NVDA", True)
HYNIX = Entity("sk-hynix", "Company", "SK하이닉스", "SK hynix", ("하이닉스",), "000660", True)
GROK = Entity("grok", "Model", "그록", "Grok")
GROQ = Entity("groq", "Company", "그로크", "Groq", ("그록",))
SONNET = Entity("claude-3-5-sonnet", "Model", "Claude 3.5 Sonnet")
IDENTITY = Identity((GROQ, NVIDIA, HYNIX, GROK, SONNET))


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("엔비디아", ["nvidia"]),
        ("nvidia", ["nvidia"]),
        ("NVDA", ["nvidia"]),
        ("ＮＶＩＤＩＡ", ["nvidia"]),
        ("SK 하이닉스", ["sk-hynix"]),
        ("sk-hynix", ["sk-hynix"]),
        ("000660", ["sk-hynix"]),
        ("claude-3.5-sonnet", ["claude-3-5-sonnet"]),
        ("엔비디아는", ["nvidia"]),
        ("하이닉스에서는", ["sk-hynix"]),
        ("NVIDIA의", ["nvidia"]),
        ("그록", ["grok", "groq"]),
        ("인텔", []),
        ("는", []),
        ("", []),
    ],
)
def test_resolve(name: str, ids: list[str]) -> None:
    assert [e.id for e in IDENTITY.resolve(name)] == ids


def test_a_name_that_ends_like_a_particle_is_itself() -> None:
    short, long = Entity("a", "Company", "나노"), Entity("b", "Company", "나노와")
    assert [e.id for e in Identity((short, long)).resolve("나노와")] == ["b"]
    assert [e.id for e in Identity((short,)).resolve("나노와")] == ["a"]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("엔비디어", ["엔비디아"]),
        ("앤디비아", ["엔비디아"]),
        ("SK하이닉쓰", ["SK하이닉스"]),
        ("Claude 3.5 Sonet", ["Claude 3.5 Sonnet"]),
        ("nvidai", []),  # two edits in six letters are too many to guess
        ("쿠팡", []),
        ("", []),
    ],
)
def test_suggest(name: str, labels: list[str]) -> None:
    assert IDENTITY.suggest(name) == labels


def test_suggestions_are_the_nearest_first_and_limited() -> None:
    near = [
        Entity(f"x{i}", "Model", name)
        for i, name in enumerate(["모델하나", "모델하니", "모델허니"])
    ]
    assert Identity(near).suggest("모델하나") == ["모델하나", "모델하니", "모델허니"]
    assert Identity(near).suggest("모델하나", limit=1) == ["모델하나"]


def test_ambiguous_names_are_reported() -> None:
    assert {k: [e.id for e in v] for k, v in IDENTITY.ambiguous().items()} == {
        "그록": ["grok", "groq"]
    }


def test_the_same_entity_given_twice_is_one() -> None:
    assert Identity((NVIDIA, NVIDIA)).resolve("엔비디아") == [NVIDIA]


@given(st.text(min_size=1))
def test_folding_is_stable_and_agrees_with_entity_ids(name: str) -> None:
    assert entity_id(name) == entity_id(f" {name}-")
    assert fold(f" {name} - ") == fold(name)


@given(st.text("abc가나닭", max_size=12), st.text("abc가나닭", max_size=12))
def test_distance_is_symmetric_and_cut_off_soundly(one: str, two: str) -> None:
    exact = _distance(one, two, 99)
    assert exact == _distance(two, one, 99)
    assert (exact == 0) == (one == two)
    for allowed in (1, 2, 3):
        assert (_distance(one, two, allowed) <= allowed) == (exact <= allowed)
        if exact <= allowed and one and two:
            assert len(_grams(one) & _grams(two)) >= len(_grams(one)) - 2 * allowed


def test_five_thousand_names_are_fast() -> None:
    syllables = "가나다라마바사아자차카타파하고노도로모보"
    many = [
        Entity(
            f"e{i}",
            "Company",
            "".join(syllables[(i * k + i // 20) % 20] for k in (1, 3, 7, 9)) + f"테크{i}",
        )
        for i in range(5000)
    ]
    identity = Identity([*many, NVIDIA])
    identity.suggest("준비")  # builds the index
    identity.resolve("준비")
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        assert identity.resolve("엔비디아는") == [NVIDIA]
        assert identity.suggest("엔비디어") == ["엔비디아"]
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.005


def test_every_name_of_an_entity_once() -> None:
    assert names_of(GROK) == ("그록", "Grok")
    assert names_of(NVIDIA) == ("엔비디아", "NVIDIA", "앤비디아")


def test_a_ticker_gives_way_to_a_name() -> None:
    bank = Entity("bank", "Company", "은행", ticker="MS")
    maker = Entity("maker", "Company", "제조사", aliases=("MS",))
    assert [e.id for e in Identity((bank, maker)).resolve("MS")] == ["maker"]
    assert [e.id for e in Identity((bank,)).resolve("MS")] == ["bank"]
    assert Identity((bank, maker)).ambiguous() == {}
