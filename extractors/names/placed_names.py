"""Unknown things in Latin letters, told by their place: "Korvana 3 LPX의 양산", "나래의 Laxon은".

What is brought out, made, fitted in or sold is a thing, and so is what a noun for a kind of
thing stands beside, or what a firm is said to have. Words in capitals that are only terms
name nothing. The words are ``placed_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import MADE
from extractors.language.words import is_listed, is_proper, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.english import is_english
from extractors.names.introductions import kind_near
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import ClassOf, Hint, patterns, trimmed
from extractors.names.naming.candidates import is_verbal, stems
from extractors.names.person_names import is_full_name
from extractors.values.metric_data import load_metrics
from extractors.word_lists import filled, inverted, load_words

_WORD = r"[A-Z][A-Za-z0-9]*(?:[.+\-][A-Za-z0-9]+)*"
_THING = (
    rf"(?=[A-Z])(?<![A-Za-z0-9.\-/&#@_'’])(?P<name>{_WORD}"
    rf"(?:\s(?:(?:for|of)\s)?{_WORD}|\s[23]D|\s\d{{1,3}}(?:\.\d{{1,2}})?(?![\d,.%A-Za-z])){{0,3}})(?!/)"
)
_GLOSS = r"(?:\([^()]{2,40}\))?[’”'\"]?"
_NEXT = r"(?:[^\s.,]+\s){0,3}?"
_CLAUSE = r"\s(?:[^.,]|\.(?=\d)){0,30}?"
_MIXED = re.compile(r"[a-z][A-Z]|\d|[A-Z]{2,}[a-z]|-")
_FIRST = re.compile(r"[\s\-]")
_KOREAN_OWNED = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<owner>[가-힣A-Za-z][가-힣A-Za-z0-9&.]*)의\s(?P<name>[가-힣]{3,9})(?![가-힣A-Za-z0-9])"
)
_KOREAN_CODE = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<owner>[가-힣A-Za-z][가-힣A-Za-z0-9&.]*?)의?\s"
    r"(?P<name>(?P<word>[가-힣]{2,7})[\s\-]?[1-9]\d{0,2}(?:\.\d)?)"
    r"(?=(?:은|는|이|가|을|를|의|와|과|도|로|으로|에|에는)[\s,]|[·,](?!\d)|\s(?:칩|모델|기반|탑재|출시|공개|양산)|$)"
)
_PERIOD = re.compile(r"(?:CY|FY|FQ|CQ|Q|H)\d")
_PERSONAL = re.compile(r"[A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][a-z\-]+")
_LISTED = re.compile(rf"{_THING}{_GLOSS}(?:(?:와|과)\s|·|,\s|\s및\s|\s?/\s?)(?:[가-힣A-Za-z]+\s)?$")
_SHORTEST = 5
"""A word in capitals only of fewer letters is a term, unless it is a code."""
_LEADING = (None, "Company", *MADE)
"""What the first word of a thing's name may stand for by itself."""


@dataclass(frozen=True, slots=True)
class Places:
    """The words of ``placed_names.yaml``, and the patterns built of them."""

    told: re.Pattern[str]
    korean: re.Pattern[str]
    owned: re.Pattern[str]
    beside: re.Pattern[str]
    kinds: Mapping[str, str]
    units: frozenset[str]
    terms: frozenset[str]


@lru_cache(maxsize=1)
def load_places() -> Places:
    """Load and compile the words once a process."""
    data = load_words("names/placed_names.yaml")
    kinds = inverted(data["kinds"])
    kind = any_of(kinds)
    after = "|".join(
        (
            rf"(?:을|를)\s{_NEXT}{any_of(data['done_to'])}",
            rf"(?:이|가|은|는|도){_CLAUSE}{any_of(data['happened'])}",
            rf"(?:으로|로)\s{_NEXT}{any_of(data['done_with'])}",
            rf"\s{any_of(data['behind'])}(?=[은는이가을를로의에와과]|으로|[\s,.)]|$)",
            rf"의\s{any_of(data['of_it'])}",
            rf"\s(?P<kind>{kind})(?=[은는이가을를로의에와과]|으로|[\s,.)]|$)",
            r"\s기반(?:의|으로)?\s",
            r"이?라는\s(?:이름|브랜드|명칭|별칭)",
        )
    )
    return filled(
        Places,
        data,
        told=re.compile(rf"{_THING}{_GLOSS}(?:{after})"),
        beside=re.compile(
            rf"(?<![가-힣A-Za-z])(?:[가-힣]+\s?)??(?P<kind>{kind})(?:인|,)?\s[‘“'\"]?{_THING}"
            r"(?=[^A-Za-z0-9]|$)"
        ),
        korean=re.compile(
            rf"(?<![가-힣A-Za-z])(?:[가-힣A-Za-z]{{1,8}})??(?P<kind>{kind})\s(?P<name>[가-힣]{{3,9}})(?![가-힣A-Za-z0-9])"
        ),
        owned=re.compile(
            r"(?<![가-힣A-Za-z0-9])(?P<owner>[가-힣A-Za-z][가-힣A-Za-z0-9&.]*)(?:\([^()]{1,30}\))?의\s"
            rf"(?:(?:{any_of(data['own'])})\s)?[‘“'\"]?{_THING}"
        ),
        kinds=kinds,
        units=frozenset(data["units"]),
        terms=frozenset(map(fold, data["terms"])),
    )


def placed_names(text: str, class_of: ClassOf) -> Iterator[Hint]:
    """Yield the things of a Korean sentence that what is said of them tells."""
    if text.isascii() or is_english(text):
        return
    words, named = load_places(), set()
    for match in words.beside.finditer(text):
        named.add(match["name"])
        yield from _hint(match["name"], words.kinds[match["kind"]], class_of, sure=True)
    for match in words.korean.finditer(text):
        for name in _unseen(match["name"]):
            yield Hint(name, words.kinds[match["kind"]], True)
    for match in words.told.finditer(text):
        kind = match["kind"]
        if match["name"] in named:
            continue
        cls = words.kinds[kind] if kind else kind_near(text, match)
        yield from _hint(match["name"], cls, class_of)
        yield from _listed_before(text[: match.start("name")], cls, class_of)


def owned_names(text: str, class_of: ClassOf) -> Iterator[tuple[str, Hint]]:
    """Yield what somebody is said to have, who may be a firm, with whose it is."""
    if is_english(text):
        return
    for match in load_places().owned.finditer(text) if "의 " in text else ():
        if not _PERSONAL.fullmatch(match["name"]):
            for hint in _hint(match["name"], kind_near(text, match), class_of, sure=True):
                yield match["owner"], hint
    for match in _KOREAN_CODE.finditer(text):
        if is_unseen(match["word"]) or (is_proper(match["word"]) and not is_listed(match["word"])):
            yield match["owner"], Hint(match["name"], kind_near(text, match), True)
    for match in _KOREAN_OWNED.finditer(text) if "의 " in text else ():
        cls = kind_near(text, match)
        for name in _unseen(match["name"]) if cls != "Product" else ():
            yield match["owner"], Hint(name, cls, True)


def _unseen(word: str) -> Iterator[str]:
    """Yield a word without its particle, if no dictionary has it and it is nobody's name."""
    name, particle = stems(word)[0]
    if (
        particle
        and len(name) > 1
        and is_unseen(name)
        and not (is_verbal(word) or is_full_name(name))
    ):
        yield name


def _hint(name: str, cls: str, class_of: ClassOf, *, sure: bool = False) -> Iterator[Hint]:
    cut = _without_terms(name)
    family = class_of(_FIRST.split(cut)[0])
    cls = family if family in MADE else cls
    if _is_thing(cut, class_of):
        several = " " in cut or _MIXED.search(cut) is not None
        yield Hint(cut, cls, several or (sure and not cut.isupper()))


def _listed_before(before: str, cls: str, class_of: ClassOf) -> Iterator[Hint]:
    """Yield what is listed before a thing, which is of its class: "Quillon Agent와"."""
    listed = _LISTED.search(before)
    while listed:
        if len(listed["name"]) >= _SHORTEST - 1:  # "M9" is no name by itself
            yield from _hint(listed["name"], cls, class_of)
        before = before[: listed.start("name")]
        listed = _LISTED.search(before)


def _without_terms(name: str) -> str:
    """Cut kinds in capitals off a name: "AI Gemini Motion 3", "Hopper GPU"; not all of it."""
    words = name.split()
    while len(words) > 1 and _is_kind(words[0]):
        words = words[1:]
    while len(words) > 1 and _is_kind(words[-1]):
        words = words[:-1]
    cut = " ".join(words)
    return name if all(map(is_plain, words)) else cut


def _is_kind(word: str) -> bool:
    return word.isalpha() and word[:2].isupper() and fold(word) in patterns().stop


def _is_thing(name: str, class_of: ClassOf) -> bool:
    """Tell what may be a thing's name: strange, no term, no unit of a firm, no known name."""
    first, *rest = name.split()
    last = rest[-1] if rest else first
    if class_of(name) or class_of(first) not in _LEADING or last in load_places().units:
        return False
    if _PERIOD.match(name) or not trimmed(name):
        return False
    return any(map(is_strange, rest if class_of(first) else (first, *rest)))


def is_strange(word: str) -> bool:
    """Tell a word that may name something: no everyday one, no number, no term, no initials."""
    initials = word.isalpha() and word.isupper() and len(word) < _SHORTEST
    return not (initials or word.isdigit() or is_plain(word) or _is_term(word))


def _is_term(word: str) -> bool:
    """Tell a word that is a term or a measure wherever it stands."""
    return fold(word) in load_places().terms or word in load_metrics().words
