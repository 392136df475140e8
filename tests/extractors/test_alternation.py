"""Alternations of words: the same matches as of the words side by side, longest first."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.alternation import any_of, opening

_WORDS = st.lists(st.text("가나다 .+", min_size=1, max_size=4), min_size=1, max_size=8)


@given(words=_WORDS, text=st.text("가나다 .+", max_size=20))
def test_matches_what_the_words_side_by_side_match(words: list[str], text: str) -> None:
    longest = sorted(set(words), key=lambda w: (-len(w), w))
    plain = "|".join(map(re.escape, longest))
    for after in ("", "(?=가)", r"\s"):
        expected = [m.span() for m in re.finditer(f"(?:{plain}){after}", text)]
        assert [m.span() for m in re.finditer(any_of(words) + after, text)] == expected
        found = re.finditer(opening(words) + "(?<!나)" + any_of(words) + after, text)
        assert [m.span() for m in found] == [
            m.span() for m in re.finditer(f"(?<!나)(?:{plain}){after}", text)
        ]


def test_a_word_may_have_a_condition_of_its_own() -> None:
    words = any_of(["용량", "용", "용량표"], provided={"용량": "(?<![사이]용량)"})
    assert re.findall(words, "사용량, 용량, 용량표, 사용량표") == ["용", "용량", "용량표", "용량표"]
