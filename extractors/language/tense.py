"""The tense a text ends in, told by its letters: "짓는다", "공개합니다", "끝났다"."""

from __future__ import annotations

import re

from corpus.syllables import NIEUN, PIEUP, SSANG_SIOT, any_ending_in, final

_PRESENT = re.compile(
    r"(?P<last>[가-힣])(?P<polite>니)?(?:다(?:고|며|는|면서|네요|죠)?|대요?|답니다)$"
)
PAST = re.compile(any_ending_in(SSANG_SIOT) + "(?!다면)")
"""A syllable of the past tense: the 났 of "끝났다"."""


def is_present(text: str) -> bool:
    """Tell a text that ends in the present tense: "짓는다", "공개합니다"."""
    ending = _PRESENT.search(text)
    if ending is None or (ending["last"] == "습" and PAST.match(text, ending.start() - 1)):
        return False
    return final(ending["last"]) == (PIEUP if ending["polite"] else NIEUN)


def is_past(text: str) -> bool:
    """Tell a text that ends in the past tense: "끝났다", but "끝나고 있다", "끝내겠다"."""
    last = text.rstrip(" .")[-2:]
    return last[1:] == "다" and last[:1] not in ("있", "겠") and PAST.match(last) is not None
