"""What a pattern needs is what stands in none of its groups, or in all ways of one."""

import re

import pytest

from extractors.names.placeholders import Shortlist, Skeleton, may_match, needed, told_by
from extractors.relations.patterns import load_patterns
from extractors.relations.phrasings import load_phrasings


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"⟦[AB](?P<O>\d+)⟧(?:\s?\([^()]*\))?의 ⟪[m](?P<V>\d+)⟫", ["AB", "m"]),
        (r"(?:⟦[C](?P<P>\d+)⟧ )?⟦[A](?P<O>\d+)⟧", ["A"]),
        (r"[()|]\(⟦[A](?P<O>\d+)⟧\)", ["A"]),
        (r"⟦[A](?P<O>\d+)⟧|⟦[B](?P<P>\d+)⟧", []),
    ],
)
def test_needed(pattern: str, expected: list[str]) -> None:
    assert needed(re.compile(pattern)) == tuple(map(frozenset, expected))


def test_a_text_without_a_needed_name_cannot_match() -> None:
    regex = re.compile(r"⟦[AB](?P<O>\d+)⟧의 ⟪[m](?P<V>\d+)⟫")
    assert may_match(regex, frozenset("Bm"))
    assert not may_match(regex, frozenset("AB"))


def test_most_patterns_need_a_name() -> None:
    relations = [r for p in load_patterns() if p.object for r in p.regexes]
    phrased = [r for p in load_phrasings() for r in p.regexes]
    assert all(map(needed, relations))
    assert all(map(needed, phrased))


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        (r"⟦[A](?P<O>\d+)⟧의 자회사(?:인|로) ⟦[A](?P<P>\d+)⟧", "의 자회사"),
        (r"⟦[A](?P<O>\d+)⟧(?:은|는) 새 칩을? 낸", " 새 칩"),
        (r"⟦[A](?P<O>\d+)⟧ 계?열.사+라는 \w{2,3}", "라는 "),
        (r"⟦[A](?P<O>\d+)⟧ 팀|⟦[B](?P<P>\d+)⟧ 팀", ""),
    ],
)
def test_a_text_that_all_matches_hold(pattern: str, held: str) -> None:
    assert told_by(re.compile(pattern))[0] == (held,)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"⟦[A](?P<O>\d+)⟧(?:은|는) (?:새 칩을?|팹을) (?P<v>(?:낸|만든)다)고", ("새 칩", "팹을")),
        (r"⟦[A](?P<O>\d+)⟧의 (?:공장|라인(?: \d)?)(?:이|가)? (?!조립|시험)", ("공장", "라인")),
        (r"⟦[A](?P<O>\d+)⟧(?: 본사)? (?:공장|\d라인|[가-힣]+)에서", ("에서",)),
        (r"⟦[A](?P<O>\d+)⟧ 팹|⟦[B](?P<P>\d+)⟧ (?:둥지|터)", (" 팹", "둥지", "터")),
    ],
)
def test_texts_of_which_all_matches_hold_one(pattern: str, words: tuple[str, ...]) -> None:
    assert told_by(re.compile(pattern))[1] == words


_LISTED = {
    r"⟦[AB](?P<O>\d+)⟧의 (?:공장|라인)": (),
    r"⟦[C](?P<O>\d+)⟧의 (?:공장|라인)": (),
    r"⟦[A](?P<O>\d+)⟧(?:은|는) 새 칩을 (?:낸|만든)다": ("올해", "내년"),
    r"⟦[A](?P<O>\d+)⟧[은는]": (),
}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("⟦A0⟧의 새 설비는 멈췄다", [3]),
        ("⟦A0⟧의 라인은 멈췄다", [0, 3]),
        ("⟦A0⟧는 내년 새 칩을 만든다", [2, 3]),
        ("⟦A0⟧는 곧 새 칩을 만든다", [3]),
        ("⟦B0⟧의 공장과 ⟦C1⟧의 라인", [0, 1]),
        ("⟦D0⟧의 공장", []),
    ],
)
def test_only_patterns_whose_words_a_text_has_are_tried(text: str, numbers: list[int]) -> None:
    shortlist = Shortlist([re.compile(pattern) for pattern in _LISTED], [*_LISTED.values()])
    letters = frozenset(re.findall(r"⟦(.)", text))
    assert [*shortlist.of(Skeleton(text, letters, ()))] == numbers
