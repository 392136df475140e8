"""Who does what to a thing or a firm: what the grammar around the two leaves open.

A thing that only tells the kind of another, is a tool, or stands in a relative clause of its
own is not what a sentence's subject makes; nor does an owner do what what it owns is used for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from extractors.classes import BODIES, MADE
from extractors.context.scene import Scene
from extractors.language.phrases import Phrase
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.makers import line_makers, makers
from extractors.pairs.features import Party
from extractors.relations.lawmaking import load_lawmaking
from extractors.word_lists import load_words
from kg.claim import Entity

_MADE = frozenset({"develops", "releases", "coDevelops", "manufactures", "produces"})
_DONE_TO = _MADE | {"publishes", "cancels"}
_BY_ONE = frozenset({"develops", "releases"})
_OF_OWNERS = frozenset({"develops", "releases", "publishes"})
_DEALS = frozenset({"supplies", "purchases", "investsIn", "partnersWith"})
_DONE_BY = _MADE | {"uses", "purchases", "supplies", "publishes", "acquires", "builds"}
_DONE_WITH = frozenset({"investsIn", "acquires", "partOf", "supplies", "purchases"})
_TOOLS = ("by", "to", "at", "from", "than")


@dataclass(frozen=True, slots=True)
class _Words:
    operators: re.Pattern[str]
    bodies: re.Pattern[str]
    kin: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data: dict[str, Any] = load_words("pairs/bars.yaml")
    keys = ("operators", "bodies", "kin")
    operators, bodies, kin = ("|".join(data[key].split()) for key in keys)
    return _Words(
        re.compile(rf"[”’\"')]*\s?(?:의\s)?(?:{operators})(?:인|이자)?\s"),
        re.compile(rf"\s?(?:\([^()]*\))?\s(?:{bodies})(?![가-힣]{{2}})"),
        re.compile(rf"\s?(?:의\s)?(?:[가-힣]+\s)?(?:{kin})(?:인|이자)?\s[^\s,]+[은는이가]\s"),
    )


def is_not_done(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell by the grammar of a sentence that ``a`` does not do this to ``b``."""
    housed = predicate in _DEALS and _are_of_one_house(a.entity, b.entity)
    if housed or (predicate in _DONE_WITH and _is_done_with_another(scene, a, b)):
        return True
    if b.carried:
        return False
    if predicate in _DONE_TO and (_is_aside(scene, a, predicate, b) or _is_unmade(scene, a, b)):
        return True
    ended = _ENDED.get(predicate)
    if (predicate == "supplies" and _is_no_receiver(scene, a, b)) or (
        ended is not None and ended.match(scene.text, b.end)
    ):
        return True
    if a.carried:
        return False
    if predicate in _DONE_BY and _words().kin.match(scene.text, a.end):
        return True  # "가나 자회사 다라는 마바의 칩을 쓴다"
    if (predicate == "partnersWith" and _share_a_part(scene, a, b)) or (
        predicate == "investsIn" and _is_what_is_owned(scene, a, b)
    ):
        return True
    return predicate in _OF_OWNERS and _only_owns(scene, a, b)


_ENDED = {
    "acquires": re.compile(
        r"의?\s?(?:인수|합병)[^.,]{0,24}?\s(?:거부|불허|기각|무산|불발|철회|반려)"
        r"|\s합병\s?(?:후|뒤|이후)\s"  # which says not who bought whom
    ),
    "investsIn": re.compile(r"(?:의)?\s(?:보유\s)?(?:지분|주식)[^.]{0,20}?\s(?:매각|처분|매도|팔)"),
}
"""What follows whom somebody was not let take over, or whose shares somebody gives up."""


def _is_what_is_owned(scene: Scene, a: Party, b: Party) -> bool:
    """Tell whose shares the one in front has: "다라는 지분을 가진 가나에 대해 권리를 행사했다"."""
    led = b.end < a.start and _LEADING.match(scene.text, b.end) is not None
    return led and _TOWARDS.match(scene.text, a.end) is not None


_LEADING = re.compile(r"(?:\([^()]*\))?(?:은|는|이|가)\s")
_TOWARDS = re.compile(r"(?:\([^()]*\))?(?:에\s(?:대해|대한|대하여)|을|를)\s")


def _is_unmade(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a law that nobody is said to make, and that is not called theirs ("북주 누리망법")."""
    if b.entity.cls != "Policy" or load_lawmaking().deed.match(scene.text, b.end):
        return False
    beside = not a.carried and a.end <= b.start and _BESIDE.fullmatch(scene.text, a.end, b.start)
    return not beside


_BESIDE = re.compile(
    r"주?,?\s(?:[‘“'\"「『]|[가-힣]{2,8}\s)?"
    r"|[^.,]{0,30}(?:주관|운영|추진|발의|발표|시행|제정|마련|공모|제안)(?:하는|하던|한|된)\s[‘“'\"「『]?"
)


def _are_of_one_house(a: Entity, b: Entity) -> bool:
    """Tell a firm and its own part, which do no deals by being told of together."""
    return a.id in b.broader or b.id in a.broader


def _is_done_with_another(scene: Scene, a: Party, b: Party) -> bool:
    """Tell who does something with a third in a clause of its own: "가나가 가진 다라 주식을"."""
    if a.carried or b.carried:
        return False
    for clause in scene.parsed.clauses:
        noun = clause.modified if clause.ending == "relative" else None
        subject = clause.arg("subject")
        if noun is None or subject is None:
            continue
        inner = [subject, noun]
        told = {n[0].id for p in inner for n in scene.named_in(p.outer_start, p.end, BODIES)}
        for mine, other in ((a, b), (b, a)):
            acts = subject.start <= mine.start < subject.until
            if acts and told - {mine.entity.id} and other.entity.id not in told:
                return True
    return False


def _is_aside(scene: Scene, a: Party, predicate: str, b: Party) -> bool:
    """Tell a thing that is not what is made: of a kind, with what, whose, or in what."""
    if predicate in _BY_ONE and (_is_operated(scene, a, b) or _is_of_other_line(a, b)):
        return True
    known = makers().get(b.entity.id)
    if (known is not None and a.entity.id in known) or _is_own(scene, a, b):
        return False
    if _is_within(scene, a, b):
        return True
    if predicate not in _MADE:
        return False
    if b.kind == "Software" and _words().bodies.match(scene.text, b.end):
        return True
    phrase = phrase_of(scene, b)
    if phrase is None:
        return False
    beside = not a.carried and scene.text[a.end : b.start].strip(_GAP) in ("", "의")
    aside = predicate != "manufactures" and phrase.case in _TOOLS and not beside
    kind = _is_kind_of(scene, phrase, b) or _is_of_deed(scene, phrase)
    return aside or kind or _is_owned(scene, phrase, a)


def _is_own(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a thing that is said to be a firm's: "가나의 ‘다라’", "가나는 자사 모델 다라를"."""
    if a.carried or b.start < a.end:
        return False
    between = scene.text[a.end : b.start]
    if _OWN.search(between):
        return True
    named = (
        b.kind != "Technology" or between[-1:] in _QUOTES or any(map(str.isdigit, b.entity.label))
    )
    return named and between.strip(_GAP) in ("", "의")


_OWN = re.compile(r"(?:자사|자체|독자|자신)(?:의|\s)")
_QUOTES = "‘“'\""
_GAP = " " + _QUOTES


def phrase_of(scene: Scene, party: Party) -> Phrase | None:
    """Return the phrase that a name stands in."""
    return next((p for p in scene.parsed.phrases if p.start <= party.start < p.end), None)


def _is_kind_of(scene: Scene, phrase: Phrase, b: Party) -> bool:
    """Tell a technique by which another thing is told: "HBM 검사 장비", "PIM 반도체 ‘가나’"."""
    if b.kind != "Technology":
        return False
    return all(named[1] != b.start for named in scene.fill(phrase, ("Technology",)))


def _is_of_deed(scene: Scene, phrase: Phrase) -> bool:
    """Tell what a list names before the deed that it ends in: "HBM4, D램, 메모리 협력을"."""
    last = next((p for p in scene.parsed.phrases if p.joined and phrase in p.chain()[:-1]), None)
    if last is None or last.head not in load_frames().by_noun:
        return False
    return not scene.fill(replace(last, joined=None), MADE)


def _is_owned(scene: Scene, phrase: Phrase, a: Party) -> bool:
    """Tell a thing of somebody told behind: "가나, 북주의 ‘다라 7’ 또한"."""
    owner = phrase.owner
    if owner is None or a.carried or owner.start < a.end or owner.about:
        return False
    return bool(scene.named_in(owner.start, owner.end, (*BODIES, "Place")))


def _is_operated(scene: Scene, a: Party, b: Party) -> bool:
    """Tell a thing whose maker is named behind: "거래소 다라 운영사 마바", "다라를 만드는 마바"."""
    told = _words().operators.match(scene.text, b.end)
    if told is None:
        return False
    after = (n for n in scene.names if n[1] >= told.end() and n[0].cls in BODIES)
    nearest = next(after, None)
    return nearest is not None and nearest[0].id != a.entity.id


def _is_of_other_line(a: Party, b: Party) -> bool:
    """Tell a thing of a line of products that somebody else is known to make."""
    if b.entity.id in makers():
        return False
    known = line_makers(b.entity.label)
    return bool(known) and a.entity.id not in known


def _is_within(scene: Scene, a: Party, b: Party) -> bool:
    """Tell what a relative clause does something with, whose noun is another: "HBM을 얹은 다라"."""
    for clause in scene.parsed.clauses:
        noun = clause.modified if clause.ending == "relative" else None
        if noun is None or not (clause.start - _LONGEST <= b.start < clause.end):
            continue
        inner = (p for p in clause.args if p.case in ("object", "by", "to") and b.end <= clause.end)
        held = any(part.start <= b.start < part.until for p in inner for part in p.chain())
        parts = [*clause.args, noun]
        own = not a.carried and any(p.outer_start <= a.start < p.until for p in parts)
        among = clause.lemma in _AMONG or _AND_SUCH.match(scene.text, b.end)
        if held and not own and not among:
            return True
    return False


_LONGEST = 80
_AMONG = frozenset({"포함", "비롯", "위시"})
_AND_SUCH = re.compile(r"[^.은는을를]{0,30}?\s등\s")
"""What lists a thing among others that the noun sums up: "가나, 다라 등 성능을 높인 칩을"."""


def _is_no_receiver(scene: Scene, a: Party, b: Party) -> bool:
    """Tell what is offered in something, or that what is handed over are no goods."""
    if scene.text.startswith(("에서", "’에서", "'에서"), b.end):
        return True
    last = max(a.end, b.end)
    clause = scene.parsed.clause_to(last)
    handed = clause.arg("object") if clause else None
    words = scene.masked[handed.start : handed.end].split() if handed else []
    return bool(words) and words[-1].strip("’”'\")") in load_frames().not_goods


def _share_a_part(scene: Scene, a: Party, b: Party) -> bool:
    """Tell two that a third deals with, or of whom one only acts in what the other tells.

    "다라는 가나, 마바 등 협력사와", "가나는 마바가 이전받아 짓는 공장에".
    """
    subjects = [p for p in scene.parsed.phrases if p.leads]
    for phrase in scene.parsed.phrases:
        parts = phrase.chain() if phrase.joined else []
        mine = [{p.start for p in parts if p.start <= x.start < p.until} for x in (a, b)]
        if all(mine) and phrase.case not in ("topic", "subject", "owner", "bare"):
            before = (p for p in subjects if p.until <= phrase.outer_start)
            return any(scene.named_in(p.start, p.end, (*BODIES, *MADE)) for p in before)
    led = [_heads(subjects, x) for x in (a, b)]
    return all(led) and led[0] is not led[1]


def _heads(subjects: list[Phrase], party: Party) -> Phrase | None:
    """Return the subject that ends in a name, with nothing coordinated."""
    return next((p for p in subjects if p.start <= party.start and party.end >= p.end - 1), None)


def _only_owns(scene: Scene, a: Party, b: Party) -> bool:
    """Tell whose goods or data something is made with: "가나의 자료를 토대로 쓴 논문 ‘다라’"."""
    known = makers().get(b.entity.id)
    if known is not None and a.entity.id in known:
        return False
    owned = next(
        (p for p in scene.parsed.phrases if p.owner and p.owner.start <= a.start < p.owner.until),
        None,
    )
    if owned is None or b.start < owned.until or owned.case not in ("object", "by", "to", "from"):
        return False
    return not scene.named_in(owned.start, owned.end, ("Person", *BODIES))
