"""Entities of noun phrases that name nobody: "AI 소프트웨어 시장", "저작권 의견서", "업계".

A phrase describes something when its last word says what kind of thing (``descriptions.yaml``)
and what stands before it says which. Qualities of others ("판매 가격") and words for nobody
in particular describe nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.classes import BODIES
from extractors.context.scene import Scene
from extractors.language.phrases import Phrase
from extractors.language.trimming import EDGE
from extractors.language.words import is_common
from extractors.lexicon.makers import market as market_of_name
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from extractors.word_lists import filled, inverted, load_words
from kg.claim import Entity, entity_id

_LONGEST = 36
_SHORTEST = 2
_QUOTED = sparing(
    r"(?:^|(?P<cue>[가-힣A-Za-z]+)(?:\([^()]*\))?\s?)"
    r"[‘“'\"「『](?P<name>[^‘’“”'\"「」『』]{2,40})[’”'\"」』](?:\s(?P<noun>[가-힣A-Za-z]+))?\W*$"
)
_TITLED = frozenset({"Paper", "Policy"})
_PLURAL = sparing(r"(?<=[가-힣])들$")
_GLOSS = sparing(r"\s?\([^()]*\)")
"""A bracket that is closed: one that is not makes of a phrase no description."""
_POINTING = re.compile(
    r"^(?:(?:이|그|저|해당|같은|이번|이런|이러한|그런|그러한|자사|당사|자체|새|새로운|첫|최근|최초|및|또한|특히|다만|한편|대신|그리고|하지만|반면|결국|실제로|올해|지난해|내년"
    r"|지난주|이번 주)\s)+"
)
_LIMITS = ("미만", "이하", "초과")
_SIZED = sparing(r"^(?:의|짜리|급|어치|\s?규모의?|\s?상당의?)+\s")
"""What joins an amount to the thing that it tells the size of: "10억 달러 규모의 기금"."""
_COUNTED = re.compile(
    r"^[\d\s.,~]++(?!\w{1,2}\s(?:미만|이하|초과))(?:개|곳|종|명|대|건|가지|편|여)?"
    r"(?![가-힣A-Za-z])"  # "8세대 칩" counts nothing
)


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The words of ``descriptions.yaml``: last words of phrases, and what they tell."""

    kinds: Mapping[str, tuple[str, ...]]
    attributes: frozenset[str]
    nobody: frozenset[str]
    groups: Mapping[str, str]
    people: frozenset[str]


@lru_cache(maxsize=1)
def load_descriptions() -> Descriptions:
    """Load the words once a process."""
    data = load_words("names/descriptions.yaml")
    metrics = {word.split()[-1] for word in load_metrics().words}
    kinds: dict[str, tuple[str, ...]] = {}
    for cls, nouns in data["kinds"].items():
        for noun in nouns:
            kinds[noun] = (*kinds.get(noun, ()), cls)
    return filled(
        Descriptions,
        data,
        kinds=kinds,
        attributes=frozenset(data["attributes"]) | (metrics - set(kinds)),
        groups=inverted(data["groups"]),
    )


def described(scene: Scene, phrase: Phrase | None, classes: Collection[str] = ()) -> Entity | None:
    """Return what a phrase describes without naming it, of ``classes`` if any are given.

    A thing of no known kind is a Concept, if at least two words or a Latin one tell it.
    """
    if phrase is None or phrase.case == "copula":
        return None
    if classes and "Concept" not in classes and _is_of_no_kind(scene, phrase):
        return None
    phrase = _without_time(scene, phrase)
    words = _words(scene, phrase)
    last = words[-1] if words else ""
    kinds = kinds_of_noun(last)
    if not kinds and classes and "Concept" not in classes:
        return None
    if (
        "경우" in words
        or not last
        or words[0] in _SOME
        or (words[0] in _WHOSE and len(words) == _KIND_ONLY)
        or is_quality(last)
        or is_nobody(last)
        or scene.named_in(phrase.start, phrase.end, ("Person",))
        or _is_measured(scene, phrase)
    ):
        return None
    telling = len(words) > 1 or re.search(r"[A-Za-z]{2}", last) is not None
    label = _for_whom(scene, phrase) + " ".join(words)
    if name := _OPENED.search(label):
        label = name[1]  # "산업용 손 ‘가나’의": a quoted name, its kind before it
    if not kinds and re.fullmatch(r"[가-힣]+", last) and not is_common(last):
        return None  # an unknown name is no description
    clipped = re.search(r"[()]", label) or scene.text[: phrase.start].endswith((")", ") "))
    if not telling or clipped or len(label) > _LONGEST or _BARE.fullmatch(label):
        return None
    return _entity(label, kinds, classes)


_SOME = frozenset({"일부", "몇몇", "여러", "많은", "다른"})
"""What tells that nobody in particular is meant: "일부 팀은"."""
_OPENED = re.compile(r"\s[‘“'\"]([^‘’“”'\"]{2,})$")
_WHOSE = frozenset({"자기", "자신", "자사", "당사", "우리", "타사", "남"})
_KIND_ONLY = 2
"""Words of what says no more than whose and of what kind it is: "자기 제품"."""
_BARE = re.compile(
    r"(?:AI|인공지능)\s?(?:서비스|챗봇|에이전트|모델|도구|솔루션|기능|앱|시스템|기술|제품|칩)들?"
)
"""What says no more than that it is of AI: nobody's in particular."""
_FOR = re.compile(
    r"(?:^|\s)((?:[가-힣A-Za-z0-9·]*[^은는이가을를의에서도로\s,]\s)?\S+[을를] 위한\s)$"
)


def _for_whom(scene: Scene, phrase: Phrase) -> str:
    """Return for whom or what a thing is, which tells what it is: "중국 기업을 위한 칩 제조"."""
    before = scene.text[: phrase.start]
    match = _FOR.search(before) if before.endswith(" 위한 ") else None
    return match[1] if match else ""


def _is_of_no_kind(scene: Scene, phrase: Phrase) -> bool:
    """Tell early, for most phrases, that their last word says no kind of thing."""
    before, _, last = scene.text[phrase.start : phrase.end].rpartition(" ")
    if _says_kind(last) or not last.isalpha():
        return False
    if before and not any(map(str.isalpha, before)):
        return False  # what is quoted, counted or glossed is looked at closely
    return not any([v.start < phrase.end and phrase.start < v.end for v in scene.values])


@lru_cache(maxsize=8192)
def _says_kind(noun: str) -> bool:
    return bool(kinds_of_noun(noun) or kinds_of_noun(_PLURAL.sub("", noun)))


def quoted(scene: Scene, phrase: Phrase, classes: Collection[str]) -> Entity | None:
    """Return what a phrase puts in quotes, which is a name: "‘가나 선언’을 발표".

    Its last word, or the noun after it ("‘가나’ 플랫폼"), tells its class; else it is of the
    first of ``classes``, unless that is one of texts, whose titles tell what they are.
    """
    match = _QUOTED.search(scene.text[max(0, phrase.start - 1) : phrase.end + 1])
    if match is None or scene.named_in(phrase.start, phrase.end):
        return None
    name = _GLOSS.sub("", match["name"]).strip()
    beside = match["noun"] or match["cue"] or ""
    told = kinds_of_noun(beside) or kinds_of_noun(name.split()[-1])
    told = told or tuple(c for c in list(classes)[:1] if c not in _TITLED)
    if len(name) < _SHORTEST or re.search(r"(?:다|요|까)$", name):
        return None
    return _entity(name, told, classes)


def _entity(label: str, kinds: Collection[str], classes: Collection[str]) -> Entity | None:
    fitting = [cls for cls in kinds or ("Concept",) if not classes or cls in classes]
    if not fitting:
        return None
    market = fitting[0] == "Market"
    return market_of_name(label) if market else Entity(entity_id(label), fitting[0], label)


def group(scene: Scene, phrase: Phrase | None) -> Entity | None:
    """Return the unnamed people or bodies that speak: "업계는", "예술가들은"."""
    if phrase is None or scene.named_in(phrase.start, phrase.end, generic=True):
        return None
    told = called_group(scene.text[phrase.start : phrase.end].strip(EDGE))
    alone = told is not None and told.cls == "Person" and " " not in told.label
    return None if alone and _ends_a_name(scene, phrase) else told


def alumni(scene: Scene, phrase: Phrase | None) -> Entity | None:
    """Return the unnamed people of a firm that a phrase names: "가나 출신들이"."""
    if phrase is None or not scene.named_in(phrase.start, phrase.end, BODIES):
        return None
    words = scene.text[phrase.start : phrase.end].strip(EDGE)
    return Entity(entity_id(words), "Person", words) if _ALUMNI.search(words) else None


_ALUMNI = re.compile(
    r"\s(?:출신|연구원|연구진|엔지니어|개발자|임직원|직원|과학자|교수|임원|창업 멤버)(?:들|진)?"
    r"(?:\s?(?:\d+|[두세네]|다섯|여섯|여러)\s?명)?$"
)
_LED = sparing(r"^(?:한|그간|그동안|당초|앞서)\s")
"""What leads a group that it is no part of."""


def called_group(words: str) -> Entity | None:
    """Return the unnamed people or bodies that words call: "글로벌 투자은행들"."""
    text = _LED.sub("", words)
    cls = _class_of_group(text.split()[-1]) if text.strip() else None
    return Entity(entity_id(text), cls, text) if cls and len(text) <= _LONGEST else None


def _ends_a_name(scene: Scene, phrase: Phrase) -> bool:
    """Tell the title behind a name that nobody knows: "길리 오덤슨 애널리스트는"."""
    word = scene.text.rfind(" ", 0, max(0, phrase.start - 1)) + 1
    return any(p.case == "bare" and word < p.end < phrase.start for p in scene.parsed.phrases)


@lru_cache(maxsize=8192)
def _class_of_group(noun: str) -> str | None:
    """Return whom a noun for several stands for: people, or bodies of a class."""
    groups = load_descriptions().groups
    found = (g for g in groups if noun == g or (len(g) > 2 and noun.endswith(g)))
    counted = "개국" if re.fullmatch(r"\d+개국(?:들)?", noun) else ""
    return groups.get(next(found, counted))


def is_agents(noun: str) -> bool:
    """Tell who does something ("연구진", "근로자") from what may be measured."""
    return noun in load_descriptions().people or _class_of_group(noun) is not None


def is_crowd(entity: Entity) -> bool:
    """Tell people or firms of whom nothing is said but that they are many: "기업들"."""
    return entity.label.endswith("들") and entity.label in load_descriptions().groups


@lru_cache(maxsize=8192)
def kinds_of_noun(noun: str) -> tuple[str, ...]:
    """Return the classes a noun tells by its ending ("기반모델" ends in 모델), likeliest first."""
    if are_several(noun):
        return ("Organization",)
    kinds = load_descriptions().kinds
    for size in range(min(len(noun), 6), 0, -1):
        classes = kinds.get(noun[-size:], ())
        if classes and (size > 1 or len(noun) == 1 or not re.fullmatch(r"[가-힣]+", noun)):
            return classes
    return ()


def are_several(noun: str) -> bool:
    """Tell firms that are taken together: the 3사 of "메모리 3사의 영업이익"."""
    return _SEVERAL.fullmatch(noun) is not None


_SEVERAL = re.compile(r"\d{1,2}(?:개)?사|[가-힣]*(?:업체|기업|회사)들")


def endings_of(noun: str) -> Iterator[str]:
    """Yield what a thing whose name ends in a noun is called: "도약펀드" and "펀드"."""
    kinds = load_descriptions().kinds
    yield noun
    yield from (noun[at:] for at in range(1, len(noun) - 1) if noun[at:] in kinds)


@lru_cache(maxsize=8192)
def is_quality(noun: str) -> bool:
    """Tell a quality of somebody else ("가격", "점유율") from a thing."""
    attributes = load_descriptions().attributes
    endings = (noun[at:] for at in range(len(noun) - 1))
    return noun in attributes or noun[-1:] in ("률", "율") or any(e in attributes for e in endings)


def is_nobody(noun: str) -> bool:
    """Tell a noun that stands for nothing in particular ("회사", "이유")."""
    return noun in load_descriptions().nobody


def _words(scene: Scene, phrase: Phrase) -> list[str]:
    """The words of a phrase with its owner's, without what only points or counts."""
    start = phrase.start
    owner = phrase.owner
    if owner is not None and not owner.about:
        joint = min(part.start for part in owner.chain())
        start = next((at for at in (joint, owner.start) if phrase.end - at <= _LONGEST), start)
    if (
        phrase.joined is not None
        and phrase.joined.case == "and"
        and not scene.named_in(phrase.joined.start, phrase.joined.end, BODIES)
        and phrase.end - phrase.joined.start <= _LONGEST
    ):
        start = phrase.joined.start
    elif " " not in scene.text[start : phrase.end].strip(EDGE):
        start = min(start, _told(scene, phrase))
    told = (v.end for v in scene.values if start <= v.start and v.end < phrase.end)
    start = max([start, *(end for end in told if not scene.text[:end].endswith(_LIMITS))])
    timed = (p for p in scene.periods if p.start == start or p.end == start - 1)
    behind = (_BEHIND_TIME.match(scene.text, p.end) for p in timed)
    start = next((m.end() for m in behind if m), start)
    text = _SIZED.sub("", _GLOSS.sub("", scene.text[start : phrase.end]).strip(EDGE))
    text = _POINTING.sub("", _COUNTED.sub("", text).strip(EDGE))
    return [_PLURAL.sub("", word) if i else word for i, word in enumerate(text.split())]


_BEHIND_TIME = re.compile(r"\s(?:(?:내|안|중|말|초)\s)?")
"""What stands between a time and a thing: "올해 내 새 장비"."""


def _without_time(scene: Scene, phrase: Phrase) -> Phrase:
    """Leave out when something was done to a thing: "지난달 요약 기능을 공개했다"."""
    if phrase.case != "object":
        return phrase
    ends = (p.end for p in scene.periods if p.start == phrase.start and p.end < phrase.end)
    end = next((e for e in ends if scene.text[e] == " "), None)
    return phrase if end is None else replace(phrase, start=end + 1, joined=None)


def _told(scene: Scene, phrase: Phrase) -> int:
    """Where a short clause begins that tells who: "숙련도를 갖춘 근로자"."""
    if scene.text[phrase.start : phrase.end].strip(EDGE) not in load_descriptions().people:
        return phrase.start
    for clause in scene.parsed.clauses:
        if clause.modified is phrase and clause.ending == "relative":
            own = [p.start for p in clause.args if p.case != "topic"]
            begins = min(own, default=phrase.start)
            begins = max(begins, scene.text.rfind(", ", 0, phrase.start) + 2)
            if phrase.end - begins <= _LONGEST // 2:
                return begins
    return phrase.start


def _is_measured(scene: Scene, phrase: Phrase) -> bool:
    """Tell a phrase that is, or ends in, a quantity or a time ("두 배 이상", "2분기 말")."""
    rest = scene.masked[phrase.start : phrase.end]
    told = [(v.start, v.end) for v in scene.values] + [(p.start, p.end) for p in scene.periods]
    inside = any(phrase.start < end and start < phrase.end for start, end in told)
    return inside or not re.search(r"[가-힣A-Za-z]{2}", rest)
