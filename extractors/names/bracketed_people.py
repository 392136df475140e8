"""Firms with their heads in brackets, as press releases name them: "가나웨이(대표 서도현)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.words import is_listed
from extractors.names.name_patterns import patterns
from extractors.word_lists import Worded

_WORDS = "names/names.yaml"
_OFFICE = r"(?:(?:각자|공동|단독|총괄)\s?)?{heading}(?:\s(?:사장|부사장|회장|부회장))?"
_PERSON = r"(?:[가-힣]{2,4}(?:\s[가-힣]{2,6})?|[A-Z][a-z]+(?:\s[A-Z][a-z\-]+){1,2})"
_BRACKET = Worded(
    _WORDS,
    r"(?<![가-힣A-Za-z])(?P<firm>[가-힣A-Za-z][가-힣A-Za-z0-9&.]{1,15})\s?"
    rf"\((?:[^()]{{1,30}}?,\s?)?{_OFFICE}(?:\s?[:：])?\s?"
    rf"(?P<people>{_PERSON}(?:\s?[,·/]\s?{_PERSON})*?)"
    r"(?:,\s?이하\s?[‘'\"]?(?P<short>[^()‘’'\",]{2,20})[’'\"]?)?\)",
)
_HEADED = Worded(_WORDS, r"[(,]\s?(?:[가-힣]{2}\s?)?{heading}")
_SEPARATOR = re.compile(r"\s?[,·/]\s?")


@dataclass(frozen=True, slots=True)
class Headed:
    """Those who head a firm or body, and its names, what it is called from there on first."""

    people: tuple[str, ...]
    names: tuple[str, ...]


def headed_firms(text: str) -> Iterator[Headed]:
    """Yield whom a sentence names with their heads; a common noun is no firm."""
    if "(" not in text or _HEADED.search(text) is None:
        return
    for match in _BRACKET.finditer(text):
        people = tuple(name for name in _SEPARATOR.split(match["people"]) if _is_person(name))
        usual = is_listed(match["firm"]) or match["firm"] in patterns().classes
        names = (match["short"], match["firm"]) if not usual else ()
        if people:
            yield Headed(people, tuple(name for name in names if name))


def _is_person(name: str) -> bool:
    given = name[1:] and all(syllable in patterns().given for syllable in name[1:])
    return " " in name or (name[0] in patterns().surnames and bool(given) and not is_listed(name))
