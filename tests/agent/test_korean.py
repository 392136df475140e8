"""Particles after 한글, Latin letters, digits and signs."""

import pytest

from agent.korean import fill, final_sound, may_be_spelt, particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("브로드컴", "은/는", "은"),
        ("엔비디아", "은/는", "는"),
        ("엔비디아", "을/를", "를"),
        ("마벨", "으로/로", "로"),
        ("삼성", "으로/로", "으로"),
        ("HBM", "은/는", "은"),
        ("TPU", "을/를", "를"),
        ("AMD", "은/는", "는"),
        ("SQL", "이/가", "이"),
        ("Google", "은/는", "은"),
        ("Intel", "과/와", "과"),
        ("Anthropic", "이/가", "이"),
        ("Meta", "이/가", "가"),
        ("o3", "은/는", "는"),
        ("GPT-4", "을/를", "를"),
        ("R1", "은/는", "은"),
        ("MI300X", "은/는", "는"),
        ("100", "은/는", "은"),
        ("2", "은/는", "는"),
        ("6", "이/가", "이"),
        ("25%", "으로/로", "로"),
        ("엔비디아(NVIDIA)", "은/는", "는"),
        ("‘가우스’", "을/를", "를"),
    ],
)
def test_particle_fits_the_sound(word, pair, expected):
    assert particle(word, pair) == expected


def test_fill_sets_each_slot_with_its_particle():
    said = fill("{subject:은/는} {object:을/를} 인수", subject="브로드컴", object="VMware")
    assert said == "브로드컴은 VMware를 인수"


def test_unknown_pair_is_refused():
    with pytest.raises(KeyError):
        particle("마벨", "도/도")


def test_final_sound_of_nothing_is_a_vowel():
    assert final_sound("") == ""


@pytest.mark.parametrize(
    ("korean", "latin", "may_be"),
    [
        ("브로드컴", "Broadcom", True),
        ("스카이래티스", "Skylattice", True),
        ("앤트로픽", "Anthropic", True),
        ("누비스", "Nubis", True),
        ("코레아로보", "Corp", False),
        ("미르칩스", "Moltbot", False),
    ],
)
def test_spellings_of_one_name_are_as_long_and_begin_alike(korean, latin, may_be):
    assert may_be_spelt(korean, latin) is may_be
