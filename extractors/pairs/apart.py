"""What tells that two names only stand in one line: headlines, lists, glosses, other owners.

"가나의 ‘K1’과 다라의 ‘K2’" relates K1 and K2 no more than "가나 상승 ｜ 다라 실적" does the two
firms; and some relations are told by words of their own, or not at all: nobody uses or builds
what a sentence only mentions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.classes import BODIES, MADE
from extractors.context.scene import Scene
from extractors.language.phrases import Phrase
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import is_memory, line_makers, makers, makes_memory
from extractors.pairs.features import Party
from extractors.relations.rivals import follows
from extractors.word_lists import load_words
from kg.claim import Entity

_OF_MAKERS = frozenset({"develops", "releases", "produces", "manufactures", "ships"})
_OF_USERS = frozenset({"uses", "purchases"})
_OF_WHOLES = frozenset({"publishes", "releases", "cancels", "acquires", "purchases", "builds"})
_NAMED = frozenset({"develops", "releases", "publishes", "uses"})
MUTUAL = frozenset({"partnersWith", "competesWith"})
_CUT = re.compile(r"[｜|│→⇒]|\s//\s")
"""What parts headlines that stand in one line: "가나 급등 ｜ 다라 깜짝 실적"."""


@dataclass(frozen=True, slots=True)
class _Words:
    told: dict[str, re.Pattern[str]]
    notions: re.Pattern[str]
    teams: re.Pattern[str]
    shared: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("pairs/bars.yaml")
    told = (data[key].split() for key in ("notions", "teams", "shared"))
    notions, teams, shared = map("|".join, told)
    return _Words(
        {key: re.compile("|".join(told.split())) for key, told in data["told"].items()},
        re.compile(rf"(?:[”’\"')]|\([^()]*\))*\s?이?라는\s(?:{notions})"),
        re.compile(rf"(?:{teams})\s?[,·/]"),
        re.compile(rf"의\s(?:[가-힣A-Za-z]+\s){{0,3}}(?:{shared})(?![가-힣]{{2}})"),
    )


def stand_apart(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell two that a sentence only names, as far as what it says of one is not of the other."""
    if _are_unfit(a.entity, predicate, b.entity) or _is_wanting(scene, a, predicate, b):
        return True
    unmade = predicate == "manufactures" and not a.carried and not _makes(scene, a)
    if (
        unmade
        or any(_is_gloss(scene, party) for party in (a, b))
        or (predicate == "cancels" and a.carried)
    ):
        return True
    if predicate in _TAKEN and not a.carried and _FROM.match(scene.text, a.end):
        return True
    if not b.carried:
        if predicate in _OF_WHOLES and _OF.match(scene.text, b.end):
            return True
        if predicate in _NAMED and _words().notions.match(scene.text, b.end):
            return True
        if predicate == "investsIn" and b.kind == "Place" and not _is_into(scene, b):
            return True
    if a.carried or b.carried:
        other = b if a.carried else a
        led = predicate in MUTUAL or (predicate == "supplies" and other is b)
        return led and _leads(scene, other)
    return _are_neighbours(scene, a, predicate, b)


def _makes(scene: Scene, a: Party) -> bool:
    """Tell who, by whose process or where a chip is made: "가나의 4나노 공정", "가나가"."""
    return _MAKING.match(scene.text, a.end) is not None


_MAKING = re.compile(
    r"[”’\"')]*(?:\([^()]*\))?(?:에서|에|의|가|이|은|는|와|과|을|를|,|·|$"
    r"|\s?(?:[가-힣A-Za-z]+\s){0,2}(?:파운드리|공정|나노|\d|[A-Z]\d|공장|팹|라인))"
)
_TAKEN = frozenset({"purchases", "acquires", "uses", "investsIn"})
_FROM = re.compile(r"(?:\([^()]*\))?(?:으?로부터|에게서|한테서)")
"""What marks who gives, not who takes: "가나로부터 칩을 사들이는"."""
_OF = re.compile(r"[”’\"')]*의\s")


def _are_neighbours(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell by what stands between two names that each has its part with another."""
    first, last = sorted((a, b), key=lambda party: party.start)
    between = scene.text[first.end : last.start]
    if _CUT.search(between) and not (predicate == "worksFor" and first is b):
        return True  # "가나증권 | Analyst 다라" is a byline
    if predicate == "partnersWith":
        both = between == "·" and _words().shared.match(scene.text, last.end)
        return bool(both) or _words().teams.search(between) is not None
    if predicate == "worksFor":
        return "+" in between or (
            a.start < b.start and _GOES_ON.match(scene.text, a.end) is not None
        )
    if predicate == "locatedIn":
        listed = b.start < a.start and _LISTED_OF.match(between) and not _bodies(scene, first, last)
        return between == "=" or bool(listed)
    if predicate == "variantOf":
        return bool(_bodies(scene, first, last))
    if predicate in _OF_USERS and (_is_others_whole(scene, a) or _is_cut(scene, a)):
        return True
    if predicate not in _NAMED or a.start > b.start:
        return False
    return _is_of_list(scene, a, b) or (predicate in _OF_MAKERS and _is_others(scene, a, b))


_GOES_ON = re.compile(r"\s(?!(?:CEO|CTO|CFO|COO|CPO|CSO|CIO|VP|SVP|EVP)\b)[A-Z][a-z]+")
"""A name of which the person is only a part: "Harlan Media"."""
_LISTED_OF = re.compile(r"의\s[^,]*(?:와|과|,|·|및)\s")
"""What is one country's before what is another's: "미국의 공정 이용과 EU 예외"."""


def _bodies(scene: Scene, first: Party, last: Party) -> list[Any]:
    return list(scene.named_in(first.end, last.start, BODIES))


def _are_unfit(a: Entity, predicate: str, b: Entity) -> bool:
    """Tell by what the two are that they are not related so.

    Who makes no memory does not develop it, who does is no user of it; two things of two
    houses are no versions of each other; only firms and bodies end things.
    """
    if predicate in _OF_MAKERS and makes_memory(a, b) is False:
        return True
    if predicate in _OF_USERS and makes_memory(a, b):
        return True
    if predicate == "uses" and a.cls == "Facility" and is_memory(b):
        return True
    if predicate == "cancels":
        return a.cls not in BODIES
    if predicate == "competesWith" and follows(a, b):
        return True
    if predicate == "variantOf":
        mine, others = _makers_of(a), _makers_of(b)
        return bool(mine and others) and not mine & others
    return False


def _makers_of(thing: Entity) -> frozenset[str]:
    return makers().get(thing.id) or line_makers(thing.label)


def _is_wanting(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell a relation of which no word around the two tells."""
    told = _words().told.get(predicate)
    if told is None or (predicate == "uses" and _is_counted(scene, b)):
        return False
    start = max(0, min(party.start for party in (a, b) if party.start >= 0) - _NEAR)
    return not (told.search(scene.text, start) or _is_in_frames(scene, predicate, start))


def _is_in_frames(scene: Scene, predicate: str, start: int) -> bool:
    """Tell that a noun or verb of a frame comes behind an offset, by itself."""
    frames = load_frames()
    for at, token in enumerate(scene.tokens):
        known = (*frames.by_noun.get(token.form, ()), *frames.by_verb.get(token.form, ()))
        if token.start < start or all(frame.predicate != predicate for frame in known):
            continue
        behind = scene.tokens[at + 1] if at + 1 < len(scene.tokens) else None
        if behind is None or behind.start > token.end or not behind.tag.startswith("NN"):
            return True
    return False


def _is_counted(scene: Scene, b: Party) -> bool:
    """Tell a thing of which so many are told: "가나는 다라의 GPU를 10만 개에서 20만 개로"."""
    return any(v.value.unit in _COUNTED for v in scene.values if abs(v.start - b.end) <= _NEAR)


_NEAR = 12
_COUNTED = frozenset({"개", "장", "대", "기"})


def _is_gloss(scene: Scene, party: Party) -> bool:
    """Tell short letters for a common noun from a body: "장기공급계약(LTA)"."""
    if party.carried or party.kind not in BODIES or party.entity.curated:
        return False
    opened = scene.text[party.start - 1 : party.start] == "("
    if not opened or scene.text[party.end : party.end + 1] != ")":
        return False
    word = next((t for t in scene.tokens if t.end == party.start - 1), None)
    named = any(n[2] == party.start - 1 for n in scene.names)
    return word is not None and word.tag == "NNG" and not named


def _is_into(scene: Scene, place: Party) -> bool:
    """Tell a country that money goes to: "미국에 50억 달러를", "대미", "미국 투자를"."""
    return _INTO.match(scene.text, place.end) is not None


_INTO = re.compile(r"(?:\s[가-힣]+)?(?:에(?!서)|으로|로|\s(?:[가-힣]+\s)?(?:투자|공장|팹))")


def _leads(scene: Scene, party: Party) -> bool:
    """Tell who leads a sentence, which has its own partner: "가나, 다라와 계약"."""
    if scene.text.startswith(" 스스로", party.end):
        return True
    if scene.text[party.end : party.end + 2] == ", " and not scene.text[: party.start].strip(
        " ‘“'\""
    ):
        return True
    return any(
        phrase.leads and phrase.start <= party.start < phrase.end for phrase in scene.parsed.phrases
    )


def _is_others_whole(scene: Scene, a: Party) -> bool:
    """Tell whose thing somebody else does something with: "가나는 다라의 다이에 HBM을 쓴다"."""
    phrases = scene.parsed.phrases
    owned = next((p for p in phrases if p.owner and p.owner.start <= a.start < p.owner.until), None)
    if owned is None or owned.case not in ("object", "by", "to", "from"):
        return False
    before = (p for p in phrases if p.until <= owned.outer_start)
    led = (p for p in before if p.leads)
    return any(n[0].id != a.entity.id for p in led for n in scene.named_in(p.start, p.end, BODIES))


def _is_cut(scene: Scene, a: Party) -> bool:
    """Tell a name of which only the first word is known: the 가나3 of "가나3 LPX 랙을"."""
    more = _MORE.match(scene.text, a.end) if a.kind in MADE else None
    return more is not None and not any(n[1] == a.end + 1 for n in scene.names)


_MORE = re.compile(r"\s[A-Z]{2,}[A-Za-z0-9\-]*\s[가-힣]")


def _is_others(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a thing that is told of with another firm's: "가나는 …, 다라 K3·K4는 빨라졌다"."""
    if scene.text[a.end : b.start].strip(" ‘“'\"의") == "":
        return False
    for phrase in scene.parsed.phrases:
        parts = phrase.chain()
        if not phrase.leads or len(parts) < 2 or phrase.start < a.end:
            continue
        if not any(p.start <= b.start < p.until for p in parts):
            continue
        others = (n[0] for p in parts for n in scene.named_in(p.start, p.end, MADE))
        known = [_makers_of(entity) for entity in others if entity.id != b.entity.id]
        return any(who and a.entity.id not in who for who in known)
    return _NEXT.fullmatch(scene.text[a.end : b.start]) is not None


_NEXT = re.compile(r"[’”'\")]*,\s[가-힣A-Za-z]{1,10}(?:\s[가-힣A-Za-z]{1,10})?의\s[‘“'\"]?")
"""What stands between things of several: "‘가나’, 남국의 ‘다라 7’ 또한"."""


def _is_of_list(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a thing that is only listed behind what somebody has: "가나의 검색, 다라 등을"."""
    for phrase in scene.parsed.phrases:
        parts = phrase.chain() if phrase.joined else []
        owned = next((p for p in parts if _is_owned_by(p, a)), None)
        listed = next((p for p in parts if p.start <= b.start < p.until), None)
        if owned is None or listed is None or owned is listed:
            continue
        return not scene.named_in(owned.start, owned.end, MADE, generic=True)
    return False


def _is_owned_by(phrase: Phrase, a: Party) -> bool:
    owner = phrase.owner
    return owner is not None and owner.start <= a.start < owner.until


def is_base(scene: Scene, b: Party) -> bool:
    """Tell what somebody else is built on: "가나는 프레임워크 ‘라라’ 기반의 다라를 샀다"."""
    based = _BASED.match(scene.text, b.end)
    after = (n for n in scene.names if based and n[1] == based.end() and n[0].cls in BODIES)
    return next(after, None) is not None


_BASED = re.compile(r"[’”'\"]?\s기반의?\s")
