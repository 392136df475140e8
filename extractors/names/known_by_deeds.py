"""People whom a text names by what they did for a firm, without a title.

Six orders: "마크 볼티가 이끄는 나래랩스" (leading), "가나랩 출신의 마크 볼티를 영입" (hired),
"최고과학자였던 마크 볼티는" (having been), "문가람이 가나랩을 떠났다" (moving), "가나랩 새 대표에
문가람" (posts), "회사의 대표는 마크 볼티다" (being). The words are ``deeds`` and ``chiefs`` of
``names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.syllables import final
from extractors.language.words import is_common
from extractors.names.name_patterns import patterns
from extractors.sparing import sparing
from extractors.word_lists import Worded

_LONGEST = 44
_KOREAN = 3
_BEFORE = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣]{1,5}\s[가-힣\-]{2,7}|[가-힣]{3}"
    r"|[A-Z][a-z]+\s[A-Z][a-zA-Z\-]+)(?:\([A-Z][A-Za-z .\-]{3,24}\))?$"
)
_AFTER = re.compile(
    r"\s(?P<name>[가-힣]{1,5}\s[가-힣\-]{2,7}?|[가-힣]{3}|[A-Z][a-z]+\s[A-Z][a-zA-Z\-]+)"
    r"(?:\([A-Z][A-Za-z .\-]{3,24}\))?(?=(?:은|는|이|가|을|를|과|와|도)\s)"
)
_BEING = Worded(
    "names/names.yaml",
    r"(?<![가-힣A-Za-z]){chiefs}[은는]\s(?P<name>[가-힣]{1,5}\s[가-힣\-]{2,7}?|[가-힣]{3}"
    r"|[A-Z][a-z]+\s[A-Z][a-zA-Z\-]+)(?=이?(?:다|며|고|었다|였다)|입니다|이에요|예요)",
)
IsPerson = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class _Deeds:
    leading: re.Pattern[str]
    hiring: re.Pattern[str]
    been: re.Pattern[str]
    moving: re.Pattern[str]
    posts: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _deeds() -> _Deeds:
    told = patterns().deeds
    kinds = ("leading", "hiring", "been", "moving", "posts")
    leading, hiring, been, moving, posts = ("|".join(told[kind]) for kind in kinds)
    name, ends = r"(?P<name>[가-힣]{3})", r"(?=\W*$|\s(?:내정|선임|임명|발탁|취임|승진))"
    return _Deeds(
        re.compile(rf"(?:이|가|이\s직접|가\s직접)\s(?:[가-힣\d]+\s)?(?:{leading})(?=[\s,.])"),
        sparing(rf"(?:을|를)\s(?:[^\s,]+\s){{0,3}}?(?:{hiring})"),
        re.compile(rf"(?:{been})(?=\s)"),
        sparing(
            rf"(?<![가-힣A-Za-z]){name}(?:은|는|이|가|도)\s(?:(?![^\s]*[이가]\s)[^,.]){{0,28}}?(?:{moving})"
        ),
        (
            re.compile(rf"(?:{posts})(?:에|으로|로|는|은)\s{name}{ends}"),
            sparing(
                rf"^\W*{name},\s[^,.]{{2,24}}?(?:{posts})(?:에|으로|로)?\s(?:취임|선임|내정|임명|발탁|승진|복귀)"
            ),
            sparing(
                rf"(?:{posts})(?:은|는|직은|직에는)\s{name}(?:이|가)\s(?:그대로\s|계속\s)?(?:맡|이끌|겸)"
            ),
        ),
    )


def known_by_deeds(text: str, is_person: IsPerson) -> Iterator[str]:
    """Yield the people of a sentence whom only their deeds tell to be people, each once."""
    yield from dict.fromkeys(_found(text, is_person))


def _found(text: str, is_person: IsPerson) -> Iterator[str]:
    deeds = _deeds()
    for pattern in (deeds.leading, deeds.hiring):
        for deed in pattern.finditer(text):
            found = _BEFORE.search(text[max(0, deed.start() - _LONGEST) : deed.start()])
            words = found["name"].split() if found else []
            name = next((n for n in (words[-1:], words) if n and is_person(n)), None)
            if name:
                yield " ".join(name)
    for being in _BEING.finditer(text):
        if is_person(being["name"].split()):
            yield being["name"]
    for told in (deeds.moving, *deeds.posts):
        names = (d["name"] for d in told.finditer(text))
        yield from (name for name in names if not is_common(name) and is_person([name]))
    for deed in deeds.been.finditer(text):
        found = _AFTER.match(text, deed.end())
        words = found["name"].split() if found else []
        if len(words) == 2 and _is_subject(words[0]) and is_person([words[0][:-1]]):
            yield words[0][:-1]
        elif found and is_person(words):
            yield found["name"]


def _is_subject(word: str) -> bool:
    """Tell a name with its particle from a foreign one: "김다라가 회사를", "안드레이 홀을"."""
    if len(word) != _KOREAN + 1:
        return False
    return word[-1] in ("이은" if final(word[-2]) > 0 else "가는")
