"""People from abroad, told by their first names: "제프리 파린크가 이끄는", "Tom McKern과".

A first name that is an everyday word too needs a title, a gloss or a deed beside the whole.
The names are ``foreign_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.language.words import is_common, is_inflected, is_proper, is_unseen, sounds_like
from extractors.lexicon.name_index import fold
from extractors.names.name_patterns import patterns
from extractors.word_lists import filled, load_words

_PARTICLE = r"(?:은|는|이|가|을|를|의|와|과|도|에게|에게서|께서|이라는|라는)"
_GLOSS = r"\((?P<en>[A-Z][A-Za-z.'\-]+(?:\s[A-Z][A-Za-z.'\-]+){1,3})[,)]"
Known = Callable[[str], object]
"""Gives what a name is known as, if it is."""


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """The names of ``foreign_names.yaml``, and the patterns built of them."""

    korean: re.Pattern[str]
    latin: re.Pattern[str]
    glossed: re.Pattern[str]
    titled: re.Pattern[str]
    personal: re.Pattern[str]
    first: frozenset[str]
    also_words: frozenset[str]
    never_last: frozenset[str]


@lru_cache(maxsize=1)
def load_foreign_names() -> ForeignNames:
    """Load and compile the names once a process."""
    data = load_words("names/foreign_names.yaml")
    first = any_of({*data["korean"], *data["also_words"]})
    role = any_of(patterns().titles)
    return filled(
        ForeignNames,
        data,
        korean=re.compile(
            rf"(?=[가-힣])(?<![가-힣A-Za-z])(?P<name>(?P<first>{first})\s(?:(?P<middle>[가-힣]{{2,5}})\s)??"
            rf"(?P<last>[가-힣]{{1,7}}?))"
            rf"(?:(?P<gloss>\s?{_GLOSS})|(?P<role>\s(?:[가-힣A-Za-z·&]{{2,12}}(?:\([A-Za-z&]+\))?\s)??"
            rf"[가-힣]{{0,6}}(?:{role})(?![가-힣]{{3}}))"
            rf"|(?P<particle>{_PARTICLE})(?=[\s,])|(?=[,)]))"
        ),
        latin=re.compile(
            rf"(?=[A-Z])(?<![A-Za-z.&\-(])(?P<name>{any_of(data['latin'])}\s(?:[A-Z]\.\s)?"
            r"(?P<last>(?:Mc|Mac|De|Van|O')?[A-Z][a-z]{2,}))(?![A-Za-z&\-]|\s[A-Z])"
        ),
        glossed=re.compile(
            r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{1,6}\s[가-힣\-]{2,9})\s?"
            r"\((?P<en>[A-Z][a-z]+(?:\s[A-Z]\.)?\s(?:Mc|Mac|De|Van|O')?[A-Z][a-z\-]+)[,)]"
        ),
        titled=re.compile(rf"{role}(?:이자|인)?\s$"),
        personal=re.compile(rf"^[^.]{{0,40}}?{any_of(data['personal'])}"),
        first=frozenset({*data["korean"], *data["also_words"]}),
    )


def foreign_people(text: str, is_known: Known) -> Iterator[str]:
    """Yield the people of a sentence whom their first names tell."""
    names = load_foreign_names()
    for match in names.korean.finditer(text):
        if _is_person(match, is_known):
            yield match["name"]
    for match in names.glossed.finditer(text) if "(" in text else ():
        if _is_glossed(match, is_known):
            yield match["name"]
    for match in names.latin.finditer(text):
        last = match["last"]
        firm = last in names.never_last or last in patterns().suffix_classes
        if not (firm or fold(last) in patterns().stop or is_known(match["name"])):
            yield match["name"]


def _is_person(match: re.Match[str], is_known: Known) -> bool:
    names, last, middle = load_foreign_names(), match["last"], match["middle"]
    taken = (match["name"], last, *([f"{match['first']} {middle}"] if middle else ()))
    if any(is_known(word) or word in patterns().titles for word in taken):
        return False
    if last in names.never_last or last in patterns().not_people:
        return False
    if match["gloss"]:
        return sounds_like(match["name"].replace(" ", ""), match["en"])
    if match["role"] and not middle and len(last) > 1:
        return not is_common(last) and not _ends_so(last)
    sure = match["role"] is not None or match["first"] not in names.also_words
    return sure and all(_is_strange(word) for word in (last, middle) if word)


def _is_glossed(match: re.Match[str], is_known: Known) -> bool:
    """Tell a person's name with its spelling by a title before it, or what only people do."""
    names, name = load_foreign_names(), match["name"]
    last = match["en"].split()[-1]
    firm = last in names.never_last or last in patterns().suffix_classes or _ends_so(name)
    if firm or is_known(name) or not sounds_like(name.replace(" ", ""), match["en"]):
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(names.titled.search(before[-12:]) or names.personal.match(after[:60]))


def _is_strange(word: str) -> bool:
    """Tell a last name, which no dictionary has as a word of its own."""
    strange = is_unseen(word) or (is_proper(word) and not is_inflected(word))
    return len(word) > 1 and strange and not is_common(word) and not _ends_so(word)


def _ends_so(word: str) -> bool:
    """Tell a firm by its ending."""
    return word.endswith(tuple(patterns().suffix_classes)) and len(word) > 2
