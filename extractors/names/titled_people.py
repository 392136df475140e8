"""People and whom they work for, where a title ends the phrase that names both.

Four orders: "한서루 KEI 부연구위원", "가나증권의 마크 볼티 애널리스트", "나래랩스 설립자 샘
볼트-리가" and "한서루(가나랩 대표)"; besides, whom only deeds tell to be people. Titles,
departments and endings are ``names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.classes import BODIES
from extractors.language.words import is_common, is_inflected, is_listed, is_proper, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.descriptions import kinds_of_noun
from extractors.names.foreign_names import load_foreign_names
from extractors.names.known_by_deeds import known_by_deeds
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import ClassOf, patterns
from extractors.names.person_names import is_full_name
from extractors.sparing import sparing

_FURTHEST = 9
"""So many words before a title may name a person, a firm and its departments."""
_GLOSS = re.compile(r"(?<=\S)\s?\([^()]{1,30}\)")
_WORD = re.compile(r"[^\s,()\[\]“”‘’\"'…:;]+")
_BREAK = re.compile(r"[,()\[\]“”‘’\"'…:;]")
_PARTICLE = r"(?:은|는|이|가|을|를|의|와|과|도|에게|께서|으로|로|인|이자|이다)?"
_BRACKET = sparing(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{2,5}(?:\s[가-힣]{1,6})?|[A-Z][a-z]+(?:\s[A-Z][a-z]+){1,2})"
    r"(?:\s[가-힣A-Z]{2,8})?\s?\((?P<inside>[^(),]{4,40})\)"
)
_LONG_FIRST = 4
"""Of so many syllables a common noun is no first name any more."""
_PARTICLED = re.compile(r"(?:은|는|이|가|을|를|도)$")
_CHIEF = re.compile(r"(?:C[ETFOP]O|최고[가-힣]{2,4}책임자|최고경영자|공동창업자|창업자|설립자)")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_KOREAN = r"[가-힣]{1,7}\s[가-힣\-]{2,8}|[가-힣]{3}"
_BEHIND = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<name>{_KOREAN})\s(?P<role>[가-힣A-Z]{{2,10}})\s?"
    r"\((?P<org>[가-힣A-Za-z&]{2,14})(?:\s[가-힣A-Za-z]{2,12}){0,2}\)"
)
"""Whose title a bracket with the body follows: "문가람 교수(가나대 전자공학부)"."""
_SIGNED = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<name>{_KOREAN}),\s(?P<org>[가-힣A-Za-z&]{{2,16}})\s(?P<role>[가-힣A-Z]{{2,9}})\W*$"
)
"""How a quotation is signed: "“…” — 문가람, 가나랩 대표"."""
_TIMES = frozenset({"전", "현", "겸"})
_BODY = re.compile(r"[가-힣]{3,}(?<!선임)(?<!수석)(?<!책임)연구원")
"""A body that ends like a title: "기술정책연구원"."""
_BEFORE = re.compile(
    r"(?<![가-힣A-Za-z])(?P<org>[가-힣A-Za-z&]{2,16})\s(?:전 |현 )?"
    r"(?P<role>[가-힣A-Z]{2,10}?)(?:인|이자)?\s"
    r"(?P<name>[가-힣]{1,7}\s[가-힣\-]{2,9}?|[가-힣]{3})(?=(?:은|는|이|가|의|도|을|를|과|와)[\s,]|[,(])"
)
_FOLLOWED = re.compile(
    r"(?:은|는|을|를|에서|에게|으로|에도|에는|라며|라고|다고|하고|하며|했고|했다|하는|된다|되는|대한|위한|따른|통해|관련|같은|지난|이번|따르면|의하면|등에|등이|등은)$"
)
"""How a word ends that names nobody and after which another phrase begins."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A person named with a title, and the employer if the phrase names one."""

    person: str
    employer: str | None
    cls: str
    """The class of the employer."""


def titled_people(text: str, is_known: ClassOf) -> Iterator[Titled]:
    """Yield the people of a sentence who stand in one phrase with a title, or do what people do."""
    for name in known_by_deeds(text, lambda words: _is_person(words, is_known, sure=True)):
        yield Titled(name, None, "")
    if _ends_in_title().search(text) is None:
        return
    bare = _GLOSS.sub(lambda m: "" if _ends_in_title().search(m[0]) is None else m[0], text)
    yield from _after_titles(bare, text, is_known)
    before: tuple[list[str], str] = [], ""
    for words, title, follows in _phrases(bare):
        found = _person_first(words, title, is_known) or _person_last(words, title, is_known)
        alone = follows and len(words) in (1, 2) and _is_person(words, is_known, sure=True)
        if found is None and alone:
            found = _between(words, before, is_known)
        before = words, title
        if found:
            yield found
    for match in _BRACKET.finditer(bare):
        *inside, last = match["inside"].split() or [""]
        role = _title(last)
        employer = _employer(inside, is_known) if role else None
        if role and employer and _is_person(match["name"].split(), is_known, sure=True):
            yield Titled(match["name"], employer, _class(employer, role, is_known))


def _after_titles(bare: str, text: str, is_known: ClassOf) -> Iterator[Titled]:
    """Take "나래랩스 설립자 샘 볼트-리가" and who stands before the firm and the title."""
    behind = (*_BEHIND.finditer(text), *_SIGNED.finditer(text)) if holds_any(text, "(,") else ()
    for match in (*_BEFORE.finditer(bare), *behind):
        told = _PARTICLED.search(match["role"]) is None  # "나래랩 박사는 안전성이 …"
        role = _title(match["role"]) if told else None
        employer = _firm_at([match["org"].removesuffix("의")], is_known) if role else None
        name = match["name"].split()
        if (
            role
            and employer
            and _is_sure(employer, is_known, role)
            and _is_person(name, is_known, sure=True)
        ):
            yield Titled(match["name"], employer, _class(employer, role, is_known))


@lru_cache(maxsize=1)
def _ends_in_title() -> re.Pattern[str]:
    p = patterns()
    return re.compile(rf"{any_of((*p.roles, *p.titles))}{_PARTICLE}(?![가-힣A-Za-z])")


def _title(word: str) -> str | None:
    """Return a word that is a title, without its particle: "부연구위원은"."""
    match = _ends_in_title().search(word)
    if match is None or match.end() < len(word):
        return None
    return None if _BODY.search(word) else word


def _phrases(text: str) -> Iterator[tuple[list[str], str, bool]]:
    """Yield for each title the words before it in its phrase, and whether a title led them."""
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        title = _title(word[0])
        if title is None:
            continue
        first = at
        while first > max(0, at - _FURTHEST):
            before = words[first - 1]
            apart = _BREAK.search(text, before.end(), words[first].start())
            under = words[first][0] in ("직속", "겸")
            named = is_proper(before[0]) and is_full_name(before[0])  # "박하은"
            ended = _FOLLOWED.search(before[0]) and not named
            if apart or ended or (_title(before[0]) and not under):
                break
            first -= 1
        led = (
            first
            and _title(words[first - 1][0])
            and not _BREAK.search(text, words[first - 1].end(), words[first].start())
        )
        yield [w[0] for w in words[first:at]], title, bool(led)


def _between(name: Sequence[str], before: tuple[list[str], str], is_known: ClassOf) -> Titled:
    """Take who stands between two titles: "나래랩 사업 책임자 마크 볼티 전무가"."""
    words, title = before
    employer = _employer(words, is_known)
    if employer is None or not _is_sure(employer, is_known, title):
        return Titled(" ".join(name), None, "")
    return Titled(" ".join(name), employer, _class(employer, title, is_known))


def _person_first(words: Sequence[str], title: str, is_known: ClassOf) -> Titled | None:
    """Take "한서루 KEI 부연구위원": the person, then the firm."""
    for at in range(len(words) - 1):
        for size in (1, 2):
            name, rest = words[at : at + size], words[at + size :]
            if not rest or any(w.endswith("의") for w in rest[:-1]):
                continue
            employer = _employer(rest, is_known)
            sure = employer is not None and _is_sure(employer, is_known, title)
            if _is_person(name, is_known, sure=sure) and (employer or size == 1):
                cls = _class(employer, title, is_known) if employer else ""
                return Titled(" ".join(name), employer, cls)
    return None


def _person_last(words: Sequence[str], title: str, is_known: ClassOf) -> Titled | None:
    """Take "가나증권의 마크 볼티 애널리스트": the firm, then the person."""
    for size in (2, 1):
        name, rest = list(words[-size:]), words[:-size]
        if len(name) < size or (rest and _FOLLOWED.search(rest[-1])):
            continue
        owner = rest[-1].removesuffix("의") if rest else ""
        strange = rest and rest[-1].endswith("의") and size == 1 and is_unseen(owner)
        if (strange or is_known(owner)) and _is_person(name, is_known, sure=True):
            return Titled(" ".join(name), owner, _class(owner, title, is_known))
    return None


def _employer(words: Sequence[str], is_known: ClassOf) -> str | None:
    """Return the firm that the words between a person and a title name first."""
    plain = [w.removesuffix("의") for w in words if w not in _TIMES]
    while len(plain) > 1 and is_known(plain[0]) == "Place":
        plain.pop(0)  # "미국 나래대 교수"
    if not plain or plain[0] in patterns().not_people:
        return None
    for at in range(len(plain)):
        found = _firm_at(plain[at:], is_known)
        if found or not is_common(plain[at]):
            return found
    return None


def _firm_at(words: Sequence[str], is_known: ClassOf) -> str | None:
    """Return the firm that a run of words begins with, without its department."""
    latin = 0
    while latin < len(words) and re.fullmatch(r"[A-Z][A-Za-z0-9&.\-]*", words[latin]):
        latin += 1
    ends = len(words) > 1 and words[1] in patterns().suffix_classes
    initials = len(words) > 1 and _INITIALS.fullmatch(words[0]) is not None  # "D.A. 가나"
    size = 2 if initials and latin == 1 else latin or (2 if ends else 1)
    starts = (" ".join(words[:n]) for n in (3, 2) if is_known(" ".join(words[:n])))
    whole = next(starts, " ".join(words[:size]))
    known = next((whole[:n] for n in range(len(whole), 1, -1) if is_known(whole[:n])), None)
    if known and (known == whole or _is_department(whole[len(known) :].strip())):
        return known
    ending = set(patterns().suffix_classes) - patterns().weak_suffixes
    body = whole.endswith((*patterns().public, *ending, *_ministries()))
    joined = whole.endswith(("과", "와")) and is_common(whole[:-1])  # "사업과 책임자"
    if joined or (_is_department(whole) and not body and is_common(whole)):
        return None
    strange = not is_listed(whole) and (body or not is_common(whole)) and not is_inflected(whole)
    named = len(whole) > 1 and re.match(r"\d?[가-힣A-Z]", whole)
    return whole if strange and named else None


def _is_sure(employer: str, is_known: ClassOf, title: str) -> bool:
    """Tell an employer by more than its place: known, Latin, ending like one, or of a chief."""
    if _CHIEF.match(title) and is_unseen(employer):
        return True
    if employer.isascii() or _INITIALS.match(employer):
        return fold(employer) not in patterns().stop
    endings = (*patterns().suffix_classes, *patterns().public, *_ministries(), "대")
    return is_known(employer) is not None or (len(employer) > 2 and employer.endswith(endings))


def _ministries() -> tuple[str, ...]:
    """List how ministries and other bodies end: 기술부, 위원회."""
    return tuple(body for body in patterns().bodies if len(body) > 1)


def _is_department(words: str) -> bool:
    return words.endswith(patterns().departments)


def _class(employer: str, title: str, is_known: ClassOf) -> str:
    known = is_known(employer)
    if known in BODIES:
        return known
    for suffix, cls in patterns().suffix_classes.items():
        if employer.endswith(suffix):
            return cls
    public = employer.endswith((*patterns().public, *_ministries(), "대"))
    academic = title.rstrip("은는이가의").endswith(patterns().academic)
    return "Organization" if public or academic else "Company"


def _is_person(name: Sequence[str], is_known: ClassOf, *, sure: bool) -> bool:
    """Tell a Korean full name, or first and last name of a foreigner beside a sure employer."""
    p = patterns()
    if any(is_known(word) or word in p.not_people for word in (*name, " ".join(name))):
        return False
    if len(name) == 1:
        word = name[0]
        inflected = (is_inflected(word) and not is_proper(word)) or (
            word.endswith("해") and is_listed(word[:-1])  # "방한해"
        )
        usual = (is_common(word) and not sure) or is_listed(word) or inflected
        return is_full_name(word) and not usual
    if not all(re.fullmatch(r"[가-힣]{1,7}(?:-[가-힣]{1,5})?", word) for word in name):
        spelt = all(re.fullmatch(r"[A-Z][a-z]+", word) for word in name)
        return spelt and not all(is_plain(word) for word in name)  # "Studio Console"
    if not sure or not (_is_first_name(*name) and _may_be_foreign(name[1], name[0])):
        return False
    plain = [word.replace("-", "") for word in name]
    strange = [is_proper(word) or is_unseen(word) for word in plain]
    known = load_foreign_names()
    if name[0] in known.first and name[0] not in known.also_words:
        return any(strange)  # "라메시 쿠마란"
    return any(strange) and not any(
        is_inflected(w) and not (is_proper(w) or w in known.first) for w in plain
    )


def _is_first_name(first: str, last: str) -> bool:
    """Tell a first name, which may be a noun too if no dictionary has the last name as one."""
    if len(first) == 1 or not is_common(first) or first in load_foreign_names().first:
        return True
    told = first.endswith((*patterns().titles, *patterns().departments)) or kinds_of_noun(first)
    strange = is_unseen(last) or is_proper(last)
    return len(first) < _LONG_FIRST and strange and not told


def _may_be_foreign(last: str, first: str) -> bool:
    """Tell "마크 화이트캡" from nouns: a last name may be made of them after a known first name."""
    if len(last) == 1 or not is_common(last):
        return True
    return is_proper(first) and not (is_listed(last) or kinds_of_noun(last))
