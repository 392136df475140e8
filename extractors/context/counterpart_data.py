"""Nouns that say what one firm is to another, as data (``counterparts.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.alternation import any_of
from extractors.classes import BODIES, THINGS
from extractors.errors import ExtractionError
from extractors.names.placeholders import LETTERS
from extractors.sparing import sparing
from extractors.word_lists import load_words
from kg.vocab import PREDICATES

_FILE = "relations/counterparts.yaml"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One kind of counterpart; ``named`` is the role of whom the noun stands for.

    Of a ``mutual`` one whoever is named first is the subject.
    """

    predicate: str
    named: str
    nouns: tuple[str, ...]
    things: bool
    mutual: bool
    examples: tuple[Mapping[str, Any], ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """All kinds by their nouns, ``hint`` for any of these, and the forms in which they are told.

    A form's groups are ``O`` the owner's number, ``L`` whom the noun stands for and ``role``;
    it tells whether the noun is predicated, so that the verb's modality counts.
    """

    kinds: tuple[Counterpart, ...]
    by_noun: Mapping[str, Counterpart]
    hint: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], bool], ...]
    below: re.Pattern[str]
    """An item that says only whose counterpart its heading names: "가나의 자회사"."""


@lru_cache(maxsize=1)
def load_counterparts() -> Counterparts:
    """Load and compile the nouns once a process; raises ExtractionError for bad data."""
    data = load_words(_FILE)
    kinds = tuple(_kind(record) for record in data["counterparts"])
    by_noun = {noun: kind for kind in kinds for noun in kind.nouns}
    nouns = any_of(by_noun)
    below = re.compile(
        rf"(?:^\W{{0,3}}|[(:：]\s?)⟦[{_FIRMS}](?P<O>\d+)⟧(?:의)? {_ADJ}"
        rf"(?<![가-힣])(?:{any_of(data['prefixes'])})? ?(?P<role>{nouns})\W{{0,3}}$"
    )
    return Counterparts(kinds, by_noun, sparing(nouns), tuple(_forms(data, nouns)), below)


def _kind(record: Mapping[str, Any]) -> Counterpart:
    if record["predicate"] not in PREDICATES or record["named"] not in ("subject", "object"):
        raise ExtractionError(
            f"{_FILE!r}: {record['predicate']!r}, {record['named']!r}: expected a predicate "
            "of the ontology, and subject or object"
        )
    return Counterpart(
        record["predicate"],
        record["named"],
        tuple(record["nouns"]),
        bool(record.get("things")),
        bool(record.get("mutual")),
        tuple(record["examples"]),
        tuple(record["never"]),
    )


_GLOSS = r"(?:\s?\([^()⟦]*\))?[’”'\"]?"
_ALL = r"(?:모두|전부|다|역시)"
_ADJ = rf"(?:(?!{_ALL} )[가-힣A-Za-z0-9⟦⟧]+(?<![은는을를에의이가]) ){{0,3}}?"
"""Words between an owner and its noun: "가장 큰", "HBM 장비"."""
_COPULA = (
    r"(?=\s?(?:다(?![가-힣])|이다|라|이라|며|이며|고|이고|이자|였|이었|임|입니|예요|이에요|이죠|죠"
    r"|지만|이지만|(?:가|이) (?:되|됐|된|돼|될)|(?:가운데|중) (?:하나|한 곳)"
    r"|(?:[한두세네] 곳)?(?:뿐|밖에))|\s?[,.)]|\s?$"
)
_CALLED = r"(?:인|이자|였던|(?:로|으로) (?:꼽히|불리|알려진|떠오른|떠오르|지목|거론|유력)[가-힣]*)?"
_PARTICLE = r"(?=[은는이가을를의와과도에로보처,.) ]|$)"
_JOINT = r"(?:, ?(?:그리고 )?|와 |과 |·| 및 | 그리고 )"
_STRAY = r"[가-힣A-Za-z0-9]{2,14}(?: [A-Z가-힣]{2,8})?(?=,|와 |과 |·| 등| 및)"
"""A firm of a list whose name is unknown."""
_KIND = (
    r"(?:(?:[가-힣A-Za-z]{1,6} )?[가-힣A-Za-z]{0,8}(?:업체|기업|회사|스타트업|팹리스|은행|제조사"
    r"|헤지펀드|펀드|투자사|운용사|증권사|통신사|파운드리|그룹|설계사|개발사|운영사) )?"
)
_FIRMS = "".join(LETTERS[cls] for cls in BODIES)
_AS = rf"|으?로서?,? (?![^.,⟦]{{0,14}}⟦[{_FIRMS}]\d+⟧[^ ⟦]{{0,3}}[을를] )"
"""What goes on telling of whom a noun is predicated: "다라의 자회사로 칩을 만든다"."""
_TOLD = r" [^.,⟦]{0,20}[한된은는할던온운린든] ⟦"
"""What a name with 이 or 가 does to the next one: "가나가 투자한 다라"."""
_PREDICATED = (True, True, False, True, True, False, True, False)


def _forms(data: Mapping[str, Any], nouns: str) -> Iterable[tuple[re.Pattern[str], bool]]:
    letters = "".join(LETTERS[cls] for cls in (*BODIES, *THINGS))
    place = rf"(?:⟦{LETTERS['Place']}\d+⟧의? )?"
    item = rf"{place}{_KIND}[‘“'\"]?⟦[{letters}]\d+⟧{_GLOSS}"
    more = rf"(?:{_JOINT}{place}[가-힣]{{0,6}} ?(?:업체|기업|회사|고객|대학)들?)?"
    listed = rf"(?P<L>{item}(?:{_JOINT}(?:{item}|{_STRAY}))*)(?:,? 등)?(?: \d사)?{more}"
    owner = rf"⟦[{letters}](?P<O>\d+)⟧{_GLOSS}"
    role = rf"(?<![가-힣])(?:{any_of(data['prefixes'])})? ?(?P<role>{nouns})들?"
    own = rf"(?:{owner}|{any_of(data['own'])})의? "
    counted, taking = any_of(data["counted"]), any_of(data["taking"])
    told = rf"(?:이|가|을|를|도)?(?: [가-힣]{{1,3}})? (?:있|들 수|대표|언급|{counted})"
    patterns = (
        rf"(?:{own}|(?:^\W{{0,3}}|, |며 |고 )){_ADJ}{role}"
        rf"(?:은|는|이|가|로는|으로는|로|으로|에는|[:：]) ?{listed}"
        rf"(?:{_COPULA}|{told}|(?:로|으로)(?: [가-힣]+)? (?:{counted})))",
        rf"{listed}(?:(?:은|는|도)? {_ALL}|은|는|도|\s?[:：]|\s[—–]|(?:이|가)(?!{_TOLD})) "
        r"(?:[^.,⟦]{0,20} )?"
        rf"{owner}의? {_ADJ}{role}{_COPULA}{_AS}|(?:로|으로)(?: [가-힣]+)? (?:{counted}))",
        rf"(?:{own})?{_ADJ}{role}{_CALLED} {listed}{_PARTICLE}",
        rf"{listed}(?:을|를) {_ADJ}{role}(?:로|으로) (?:[가-힣]+ )?(?:{taking})[가-힣]*"
        rf"(?:(?: 있는)? (?:[가-힣A-Za-z]+(?<![은는을를에]) ){{0,3}}?{owner}{_PARTICLE})?",
        rf"(?<!과 )(?<!와 ){owner}(?:\s?[:：]|은|는|,) (?:[^.,⟦]{{0,16}} )?"
        rf"{listed}(?:이|가|은|는)? {_ADJ}{role}"
        rf"{_COPULA})",
        rf"(?:{own})?{_ADJ}{role}\s?\({listed}\)",
        rf"^\W*{owner}\s?[:：] [^.]{{2,60}}?, {listed}(?:이|가|은|는)? {_ADJ}{role}{_COPULA})",
        rf"{listed}(?:이|가) {_ADJ}{role}인 (?:[가-힣A-Za-z]+(?<![은는을를에]) ){{0,2}}?"
        rf"{owner}{_PARTICLE}",
    )
    return zip(map(re.compile, patterns), _PREDICATED, strict=True)
