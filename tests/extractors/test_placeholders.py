"""What a pattern needs is what stands in none of its groups, or in all ways of one."""

import re

import pytest

from extractors.names.placeholders import Shortlist, may_match, needed, pairs_of, told_by
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
    assert needed(pattern) == tuple(map(frozenset, expected))


def test_a_text_without_a_needed_name_cannot_match() -> None:
    pattern = r"⟦[AB](?P<O>\d+)⟧의 ⟪[m](?P<V>\d+)⟫"
    assert may_match(pattern, frozenset("Bm"))
    assert not may_match(pattern, frozenset("AB"))


def test_most_patterns_need_a_name() -> None:
    relations = [p for group in load_patterns() if group.object for p in group.patterns]
    phrased = [p for phrasing in load_phrasings() for p in phrasing.patterns]
    assert all(map(needed, relations))
    assert all(map(needed, phrased))


def test_patterns_compile_though_each_is_compiled_when_it_first_may_match() -> None:
    for group in (*load_patterns(), *load_phrasings()):
        for pattern in group.patterns:
            re.compile(pattern)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (r"⟦[A](?P<O>\d+)⟧의 자회사(?:인|로) ⟦[A](?P<P>\d+)⟧", [("의 자회사로 ", "의 자회사인 ")]),
        (r"⟦[A](?P<O>\d+)⟧ 계?열.사+라는 \w{2,3}", [("라는 ",), ("사",)]),
        (r"⟦[A](?P<O>\d+)⟧ 팀|⟦[B](?P<P>\d+)⟧ 땅", [(" 땅", " 팀")]),
        (
            r"⟦[A](?P<O>\d+)⟧(?:은|는) ?(?:새 칩을?|팹을) (?P<v>(?:낸|만든)다)고",
            [(" 낸다고", " 만든다고"), ("새 칩", "팹을")],
        ),
        (
            r"⟦[A](?P<O>\d+)⟧의? (?:공장|라인(?: \d)?)(?:이|가)? (?!조립)",
            [("공장", "라인"), (" ",)],
        ),
        (r"⟦\w+⟧(?: 본사)? ?(?:공장|\d라인|[가-힣]+)에서", [("에서",)]),
        (r"^[‘“]?⟪[m](?P<V>\d+)⟫ ?[×✕]⟦[A](?P<P>\d+)⟧", [("×", "✕")]),
        (r"⟦[A](?P<O>\d+)⟧AI", [("AI",)]),
        (r"⟦[A](?P<O>\d+)⟧?A", []),
    ],
)
def test_what_tells_a_pattern_best(pattern: str, told: list[tuple[str, ...]]) -> None:
    assert told_by(pattern) == told


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
    shortlist = Shortlist([*_LISTED], [*_LISTED.values()])
    letters = frozenset(re.findall(r"⟦(.)", text))
    found = [*shortlist.of(letters, pairs_of(text))]
    assert [number for number, _ in found] == numbers
    assert [regex.pattern for _, regex in found] == [[*_LISTED][number] for number in numbers]
