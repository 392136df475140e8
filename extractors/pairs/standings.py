"""Where a firm is and for whom somebody works: what the words around the two leave open.

Both are told inside one noun phrase ("미국 가나칩", "가나 김다라 대표") or by a word of its own
("서울에 본사를 둔"); a place or a firm that a sentence only mentions tells neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.names.name_patterns import patterns
from extractors.pairs.features import Party
from extractors.word_lists import load_words

_OF_VERBS = ("topic", "subject", "object", "from", "with", "by", "to", "at", "than")
"""Cases of what belongs to a verb, so that what follows is said of something else."""


@dataclass(frozen=True, slots=True)
class _Words:
    seated: re.Pattern[str]
    founded: re.Pattern[str]
    kin: re.Pattern[str]
    reporting: re.Pattern[str]
    working: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("pairs/bars.yaml")
    either = {
        key: "|".join(data[key].split())
        for key in ("seated", "founding", "kin", "press", "working")
    }
    return _Words(
        re.compile(either["seated"]),
        re.compile(rf"[”’\"')]*[을를이가]\s(?:{either['founding']})"),
        re.compile(rf"\s?(?:의\s)?(?:{either['kin']})(?:인|이자)?\s"),
        re.compile(rf"\s?(?:[가-힣]+\s)?(?:{either['press']})(?![가-힣])"),
        re.compile(either["working"]),
    )


def is_seated_elsewhere(scene: Scene, a: Party, place: Party) -> bool:
    """Tell a place that is not said to be that of a firm.

    "가나는 미국 기업에 칩을 판다", "미국의 제재로 가나는", "일본에서 가나가 지은 공장".
    """
    if a.kind not in BODIES:
        return False
    if a.carried or place.carried:
        return _words().seated.search(scene.text) is None
    if a.start < place.start:
        opened = scene.text[a.end : place.start].strip() == "("
        near = scene.text[a.end : place.end + _REACH]
        if _LOCAL.match(scene.text, place.end):
            return True
        return not opened and _words().seated.search(near) is None
    if _words().founded.match(scene.text, a.end):
        return False
    between = scene.text[place.end : a.start]
    if _words().seated.search(between):
        return False
    return any(
        phrase.case in _OF_VERBS and place.start <= phrase.start and phrase.until <= a.start
        for phrase in scene.parsed.phrases
    )


_LOCAL = re.compile(r"\s(?:본사|본부|법인|지사)")
"""What a firm has in other places too: "가나의 북주 본사"."""
_REACH = 14
"""How far behind a place the word may stand that tells who is there: "서울 강남에 본사를"."""


def is_not_of_staff(scene: Scene, person: Party, firm: Party) -> bool:
    """Tell a firm for which a person is not said to work.

    Reporters work for no firm behind their byline ("[가나일보 김다라 기자] 마바가"), a topic
    for none whose goods are told of ("김다라는 마바의 칩이"), nobody for the parent of who
    employs them ("마바 계열사 사아 김다라 전무").
    """
    if person.carried or firm.carried:
        if person.start >= 0 and not scene.text.startswith(person.entity.label, person.start):
            return True  # "소 전무는": whose firm was told where the name was
        several = sum(n[0].cls == "Person" for n in scene.names) > 1
        return firm.carried != "" and (several or _is_untitled(scene, person))
    if _is_without_office(scene, person, firm) or _REIGN.match(scene.text, person.end):
        return True
    if person.start < firm.start:
        if _words().reporting.match(scene.text, person.end):
            return True
        led = _LED.match(scene.text, person.end) is not None
        return led and _OWNS.match(scene.text, firm.end) is not None
    between = scene.text[firm.end : person.start]
    if _ASKS.match(between) and _ASKED.match(scene.text, person.end):
        return True  # "가나 CEO가 다라 회장에게 요청했다"
    if _JOINED.match(between) or (_AT.search(between) and not _words().working.search(between)):
        return True
    return "[" in between or _words().kin.match(between) is not None


_REIGN = re.compile(r"\s?(?:대통령\s?)?(?:정부|행정부|정권|내각)|\s(?:[가-힣]+\s)?(?:체제|대행)")
"""What makes of a person a time: "가나다 정부", "가나다 권한대행 체제"."""
_JOINED = re.compile(r"(?:와|과)\s|\s(?:전문|담당|취재)\s")
"""What tells of two people or bodies, or of whom somebody only writes: "가나 전문 분석가 다라"."""
_AT = re.compile(r"에서\s")
_ASKS = re.compile(r"[^,.]{0,16}[이가은는]\s")
_ASKED = re.compile(r"(?:\s[가-힣A-Za-z]{1,8})?(?:에게|께)\s")
_LED = re.compile(r"(?:은|는|이|가)\s")
_OWNS = re.compile(r"의\s(?![^\s]*(?:CEO|대표|사장|회장|임원|이사|총괄))")


def _is_untitled(scene: Scene, person: Party) -> bool:
    """Tell a person without a title, who may be anybody: "김다라는 … 전망했다"."""
    after = scene.text[person.end : person.end + _TITLE].split()
    before = scene.text[: person.start].split()
    return not _has_title([*after[:3], *before[-1:]])


def _is_without_office(scene: Scene, person: Party, firm: Party) -> bool:
    """Tell a firm and a person told of together, neither with an office nor with work done.

    "김다라 리스크에도 가나는 올랐다", "[가나] '김다라호' 출범", but not "가나의 김다라는".
    """
    if firm.start < person.start and scene.text[firm.end : person.start] in ("의 ", " "):
        return False
    first, last = sorted((person, firm), key=lambda party: party.start)
    stretch = scene.text[first.start : last.end + _TITLE]
    return not (_has_title(_WORD.findall(stretch)) or _words().working.search(stretch))


_WORD = re.compile(r"[가-힣A-Za-z]+")


def _has_title(words: Iterable[str]) -> bool:
    titles = patterns().titles
    return any(word.rstrip("은는이가도의").endswith(titles) for word in words)


_TITLE = 24
