"""Unknown names of several words that end in what they are: "솔라리스 재단", "한빛대 연구진".

The first word is in no dictionary, or a name that nobody has: common nouns only describe
("국내 반도체 연구소"). The words are ``names_by_kind.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.language.words import is_common, is_inflected, is_listed, is_proper, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import ClassOf, Hint, patterns
from extractors.word_lists import filled, inverted, load_words

_END = (
    r"(?=(?:은|는|이|가|을|를|의|와|과|도|에|에는|에서|에서는|로|으로|측은|이라는)?"
    r"(?:[\s,.()’”'\"·]|$))"
)
_SUBJECT = re.compile(r"(?:은|는|이|가|도)\s|[,:]\s")
_GROUNDS = ("파크", "밸리", "캠퍼스")
_PARTICLES = "은는이가을를의에"
_SHORTEST = 2
_LEAD = 4
"""Where a name begins at most that a sentence or headline begins with."""


@dataclass(frozen=True, slots=True)
class NamesByKind:
    """The words of ``names_by_kind.yaml``, and the patterns built of them."""

    told: re.Pattern[str]
    whole: re.Pattern[str]
    team: re.Pattern[str]
    body: re.Pattern[str]
    law: re.Pattern[str]
    kinds: Mapping[str, str]
    strange_only: frozenset[str]
    opening: frozenset[str]
    teams: tuple[str, ...]


@lru_cache(maxsize=1)
def load_names_by_kind() -> NamesByKind:
    """Load and compile the words once a process."""
    data = load_words("names/names_by_kind.yaml")
    kinds = inverted(data["kinds"])
    between = any_of(data["between"])
    return filled(
        NamesByKind,
        data,
        told=re.compile(rf"\s{any_of(kinds)}"),
        whole=re.compile(
            r"(?<![가-힣A-Za-z0-9·\-&])(?P<first>[가-힣]{2,7}|[A-Z][A-Za-z\-]*(?:-[가-힣]{2,4})?)"
            rf"(?P<middle>(?:\s{between}){{0,2}})\s(?P<kind>{any_of(kinds)}){_END}"
        ),
        team=re.compile(
            rf"(?<![가-힣A-Za-z])(?P<name>[가-힣]{{1,5}}대|[A-Z]{{2,6}})\s(?:[가-힣]{{2,4}}\s)?{any_of(data['teams'])}{_END}"
        ),
        body=re.compile(
            rf"(?<![가-힣A-Za-z])(?P<name>{any_of(data['begins'])}[가-힣A-Z]{{1,8}}?"
            rf"{any_of(data['ends'])}){_END}"
        ),
        law=re.compile(
            r"(?<![가-힣A-Za-z])(?P<words>(?:[가-힣A-Z]{2,8}\s){1,3})"
            rf"(?P<law>{any_of(data['laws'])})(?=[은는이가을를의과와에도])"
        ),
        kinds=kinds,
    )


def names_by_kind(text: str, is_known: ClassOf) -> Iterator[Hint]:
    """Yield the names of a sentence that end in what they are."""
    words = load_names_by_kind()
    for match in words.whole.finditer(text) if words.told.search(text) else ():
        if _is_name(match, is_known):
            name = f"{match['first']}{match['middle']} {match['kind']}"
            yield Hint(name, words.kinds[match["kind"]], True)
    for match in words.body.finditer(text):
        if not is_known(match["name"]):
            yield Hint(match["name"], "Organization", True)
    for match in words.law.finditer(text) if "법" in text else ():
        name = _law(match)
        if name:
            yield Hint(name, "Policy", True)
    for match in words.team.finditer(text) if holds_any(text, words.teams) else ():
        name = match["name"]
        if not is_known(name) and fold(name) not in patterns().stop and not is_common(name):
            yield Hint(name, "Organization", True)


def _law(match: re.Match[str]) -> str:
    """Return a law with the nouns that tell what it is for, as far as they go back."""
    kept: list[str] = []
    for word in reversed(match["words"].split()):
        ended = word[-1] in _PARTICLES and (len(word) > _SHORTEST or not is_listed(word))
        if ended or word in patterns().not_people or is_inflected(word):
            break
        kept.insert(0, word)
    return " ".join((*kept, match["law"])) if kept else ""


def _is_name(match: re.Match[str], is_known: ClassOf) -> bool:
    """Tell a name by its first word."""
    words, first = load_names_by_kind(), match["first"]
    body = words.kinds[match["kind"]] != "Company"
    if first in words.opening and match["middle"]:
        return body
    if is_known(first + match["middle"]) or _is_particled(first, is_known):
        return False
    common = first in patterns().loanwords or fold(first) in patterns().stop
    verb = is_inflected(first) and not is_proper(first)
    if common or verb or kinds_of_noun(first) or is_common(first):
        return False
    known, often = is_known(first), match["kind"] in words.strange_only
    site = words.kinds[match["kind"]] == "Facility" and first.istitle() and not is_plain(first)
    if known == "Place" and match["middle"] and match["kind"] in _GROUNDS:
        return True
    if known == "Place" or (often and (known or (first.isascii() and not site))):
        return False
    if first.isascii() or not often or (match["middle"] and body):
        named = is_unseen(first) or is_proper(first)
        return first.isascii() or named or not (body or is_listed(first))
    done = patterns().doing.search(match.string, match.end(), match.end() + 60) is not None
    strange = is_unseen(first) or (is_proper(first) and done)
    leads = match.start() < _LEAD and _SUBJECT.match(match.string, match.end()) is not None
    return strange and (body or leads)  # "누벨라 데이터는 … 추가한다", "누벨라 파워, … 수주"


def _is_particled(word: str, is_known: ClassOf) -> bool:
    """Tell a word with a particle of its own, which ends its phrase: "가이던스가 반도체"."""
    stem = word[:-1]
    ends = len(word) > _SHORTEST and word[-1] in f"{_PARTICLES}와과도로만"
    return ends and (is_known(stem) is not None or is_common(stem) or not is_proper(word))
