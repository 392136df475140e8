"""Unknown Korean names that are told to be firms by what only firms do or have.

"노바링크는 시리즈 B에서 2억 달러를 유치했다" and "노바링크의 기업가치" tell a firm, where the
word is in no dictionary. The words are ``firms.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.language.words import is_common, is_listed, is_proper, is_unseen, noun_tags
from extractors.names.name_patterns import Hint, patterns
from extractors.names.naming.candidates import stems
from extractors.names.person_names import is_full_name
from extractors.word_lists import filled, load_words

_SHORT = 3
"""Words of fewer syllables are names only where no dictionary has a part of them alone."""
_NAME = r"(?<![가-힣A-Za-z0-9.])(?P<name>[가-힣]{2,9}?(?:AI)?)(?:\([^()]{1,30}\))?"
UP_TO = r"\s(?:[^.,]|[.,](?=\d)){0,40}?"
"""What may stand between a name and what tells it, in one clause."""
_TIMES = r"지난해|올해|내년|작년|최근|연간|[상하]반기|\d{1,2}[일월]|\d{4}년|[1-4]분기|[1-4]Q"
_WHEN = rf"(?:(?:{_TIMES})\s){{0,2}}"
_TAILS = (
    ("deeds", rf"(?:은|는|이|가){UP_TO}"),
    ("made", r"(?:이|가)\s(?:[^\s.,]+\s){0,2}?"),
    ("owned", rf"의\s{_WHEN}"),
    ("agreed", rf"(?:와|과){UP_TO}"),
    ("headed", r",\s[^.,…]{0,24}?"),
    ("bought", rf"(?:을|를){UP_TO}"),
    ("valued", rf"\s{_WHEN}"),
)


@dataclass(frozen=True, slots=True)
class KoreanFirms:
    """The words of ``firms.yaml``: for each way of telling them and the whole pattern.

    ``any`` finds a word of any of them.
    """

    told: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    any: re.Pattern[str]
    other: tuple[str, ...]


@lru_cache(maxsize=1)
def load_korean_firms() -> KoreanFirms:
    """Load and compile the words once a process."""
    data = load_words("names/firms.yaml")
    told = tuple(
        (tuple(data[key]), re.compile(_NAME + tail + any_of(data[key]))) for key, tail in _TAILS
    )
    every = any_of(word for words, _ in told for word in words)
    return filled(KoreanFirms, data, told=told, any=re.compile(every))


_INCORPORATED = re.compile(
    r"(?:㈜|\(주\)|(?<![가-힣])주식회사)\s?(?P<name>[가-힣]{2,12}|[A-Z][A-Za-z0-9]+)(?![가-힣A-Za-z0-9])"
)
"""A firm by what it is in law: "㈜나래소재가"."""
_FORMS = ("㈜", "(주)", "주식회사")


def korean_firms(text: str) -> Iterator[Hint]:
    """Yield the firms of a sentence whose Korean names nobody knows."""
    for told in _INCORPORATED.finditer(text) if holds_any(text, _FORMS) else ():
        yield Hint(stems(told["name"])[0][0], "Company", True)
    firms = load_korean_firms()
    for words, pattern in firms.told if firms.any.search(text) else ():
        if holds_any(text, words):
            match = pattern.search(text)
            while match:
                if _may_be(match["name"]):
                    yield Hint(match["name"], "Company", noun_tags(match["name"]) != "NNP")
                elif _looks_compound(match["name"]):
                    yield Hint(match["name"], "Company", False)
                match = pattern.search(text, match.end("name"))  # who acts may stand behind it


def _looks_compound(word: str) -> bool:
    """Tell a strange word that only looks like two nouns, of one and two syllables: "퍼미소"."""
    parts = noun_tags(word) == "NNG+NNG" and len(word) == _SHORT and is_listed(word[1:])
    return parts and not word.endswith(load_korean_firms().other)


def _may_be(word: str) -> bool:
    """Tell a word that no dictionary has, and no person, place or group is called by."""
    if word.endswith("AI"):
        return True  # "누리AI", which no field is told by: those get no money
    if word in patterns().loanwords or word.endswith(load_korean_firms().other):
        return False
    if is_common(word) or is_listed(word) or is_full_name(word):
        return False
    return is_unseen(word) or (
        is_proper(word) and (len(word) >= _SHORT or noun_tags(word) == "NNP")
    )
