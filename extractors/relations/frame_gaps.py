"""What a verb lacks: the noun of its relative clause may be it, or who made its object."""

from __future__ import annotations

import re

from extractors.classes import BODIES, THINGS
from extractors.context.scene import Scene
from extractors.language.grammar import load_grammar
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.frame_data import Frame
from extractors.lexicon.makers import makers_of
from extractors.relations.frame_parties import OF_ITS_MAKER
from extractors.word_lists import words_in
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_DEED = re.compile(r"[가-힣]하기[가는] ")
_OF_MAKERS = ("supplies", "ships", "releases")


def takes_object(frame: Frame, clause: Clause) -> bool:
    """Tell whether the verb still lacks its object (을/를)."""
    return clause.arg("object") is None and "object" in frame.cases


def joins(frame: Frame, clause: Clause) -> bool:
    """Tell a verb whose noun is what is joined: "A가 참여하는 연합", "K2가 들어가는 서버"."""
    entering = frame.predicate == "uses" and frame.reverse
    joining = entering or (frame.predicate == "partOf" and clause.lemma in load_grammar().joining)
    return joining and clause.arg("subject") is not None and clause.arg("to") is None


def holds_stake(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell a stake in the noun of its clause: "가나가 지분 14%를 쥔 다라"."""
    stake = clause.arg("object") if frame.predicate == "investsIn" else None
    return (
        stake is not None
        and clause.arg("subject") is not None
        and (scene.text[stake.start : stake.end].startswith(("지분", "주식")))
    )


def maker_of_object(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List who made what is handed on, if nobody else is told to hand it on.

    "가나가 만든 시제품을 다라에 보냈다": 가나, not whom the text is about.
    """
    handed = clause.arg("object") if frame.predicate in _OF_MAKERS else None
    if handed is None:
        return []
    made = (c for c in scene.parsed.clauses if c.ending == "relative" and c.modified is handed)
    makers = (c.arg("subject") for c in made if c.end <= clause.start)
    maker = next((m for m in makers if m is not None), None)
    return [n[0] for n in scene.fill(maker, frame.subject)] if maker else []


def led_by_deed(scene: Scene, clause: Clause) -> bool:
    """Tell a subject that is a deed, as some services are called: "가나톡 주문하기가 …"."""
    return _DEED.search(scene.text, 0, clause.start) is not None


def thing_before(scene: Scene, frame: Frame, clause: Clause, parts: list[Entity]) -> list[Entity]:
    """Return the thing last told of, which what is built in is in: "칩으로는 K2가 탑재된다"."""
    thing = scene.discourse.thing
    chips = clause.lemma == "사용" and all(part.cls == "Chip" for part in parts)
    if not (chips or clause.lemma in words_in(_WORDS, "built_in")) or clause.arg("to"):
        return []
    other = thing is None or not scene.may_carry or any(n[0].id == thing.id for n in scene.names)
    return [] if other or thing is None or thing.cls not in frame.subject else [thing]


def thing_put(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List the thing told of that is put into another: "K2를 냈다. 다라 서버에 쓰인다"."""
    thing = scene.discourse.thing if scene.may_carry and clause.ending != "relative" else None
    return [thing] if thing and thing.cls in frame.object else []


def thing_taken(scene: Scene, frame: Frame, clause: Clause, takers: list[Entity]) -> list[Entity]:
    """List the thing told of that others take: "K2가 공개됐다. 다라와 마바가 도입했다"."""
    thing = scene.discourse.thing if scene.may_carry and clause.ending in _TELLING else None
    if thing is None or clause.lemma not in _TAKEN or clause.is_noun or frame.reverse:
        return []
    plain = frame.predicate == "uses" and all(p.leads for p in clause.args)
    others = all(t.cls in BODIES and t not in makers_of(thing) for t in takers)
    named = any(n[0].cls in THINGS for n in scene.names)
    return [thing] if plain and others and not named and thing.cls in frame.object else []


_TAKEN = frozenset({"도입", "채택", "사용", "활용", "쓰", "이용"})
_TELLING = ("final", "connective", "quote", "noun")


def led_within(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List whose deed a headline's noun is by the name that leads it: "가나 다라 2 양산"."""
    noun = clause.noun
    if noun is None or frame.predicate not in _BY_OWNERS:
        return []
    named = scene.named_in(noun.start, clause.start)
    if len(named) == 1:  # a name that tells its maker: "가나 K2"
        words = scene.text[named[0][1] : named[0][2]]
        return [m for m in makers_of(named[0][0]) if words.startswith(m.label)][:1]
    led = named[0] if named else None
    if led and frame.predicate == "acquires" and named[1][0].cls not in BODIES:
        return []  # "가나 낸드 사업부 인수": who buys it is not told
    beside = led is not None and not scene.text[led[2] : named[1][1]].strip(" ‘“'\"")
    return [led[0]] if led and beside and led[0].cls in BODIES else []


_BY_OWNERS = (
    *("releases", "develops", "produces", "ships", "cancels", "builds", "investsIn", "acquires"),
)


def is_site(scene: Scene, frame: Frame, clause: Clause) -> bool:
    """Tell "짓고 있는 공장은", "공장을 짓는 데 쓴다": who builds is whom the text is about."""
    modified = clause.modified
    if frame.predicate != "builds" or modified is None:
        return False
    site = clause.arg("object") if modified.head in ("데", "사업", "계획") else modified
    words = scene.masked[site.start : site.end].split() if site else []
    return bool(words) and any(words[-1].strip("’”'\")").endswith(noun) for noun in frame.things)


def built_into(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List the thing told of that holds a part, whoever makes it: "K2를 냈다. HBM 8개를 얹었다"."""
    thing = scene.discourse.thing
    if frame.predicate != "uses" or clause.lemma not in _HELD or clause.arg("to") or thing is None:
        return []
    carries = scene.may_carry and thing.cls in ("Chip", "Product")
    return [thing] if carries and all(n[0].id != thing.id for n in scene.names) else []


_HELD = frozenset({"탑재", "장착", "내장", "얹", "품"})


def listed_before(
    scene: Scene, frame: Frame, topic: Phrase | None, phrase: Phrase, found: list[Entity]
) -> list[Entity]:
    """Take what a list holds before a clause inside it: "K2와 이를 작게 줄인 K3, K4 등을 공개"."""
    if not _AND_SO_ON.search(scene.text[phrase.start : phrase.until]):
        return []
    verbs = [c.end for c in scene.parsed.clauses if c.ending != "relative" and c.end < phrase.start]
    start = max([topic.until if topic and topic.until < phrase.start else 0, *verbs])
    known = {entity.id for entity in found}
    return [
        entity
        for entity, begin, end in scene.names
        if start <= begin < phrase.start
        and entity.cls in frame.object
        and entity.id not in known
        and not scene.is_generic(entity)
        and _LISTED.match(scene.text, end)
    ]


_AND_SO_ON = re.compile(r"\s등(?:을|를)?\s?$")
_LISTED = re.compile(r"[’”'\")]?\s?(?:\([^()]*\))?(?:과|와|,|·|및|\s및)\s")


def maker_led(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """List whose own thing a sentence goes on with: "가나는 새로 개발한 추론 칩을 공급했다"."""
    led = clause.topic if clause.ending == "relative" and clause.voice == "active" else None
    if led is None or frame.predicate not in OF_ITS_MAKER or not takes_object(frame, clause):
        return []
    if clause.arg("subject", "object", "at"):
        return []
    return [n[0] for n in scene.fill(led, frame.subject) if n[0].cls in BODIES]


def maker_beside(scene: Scene, frame: Frame, phrase: Phrase) -> list[Entity]:
    """List the firm that stands right before its thing's name: "지난주 공개된 가나 K2는"."""
    things = scene.fill(phrase, frame.object)
    led = scene.named_in(phrase.start, things[0][1], frame.subject) if things else []
    beside = led and not scene.text[led[-1][2] : things[0][1]].strip(" ‘“'\"")
    return [led[-1][0]] if beside else []


def firm_of_site(scene: Scene, frame: Frame, site: Phrase) -> list[Entity]:
    """List whose site something is made at: "가나 평택 공장에서 K2가 양산된다"."""
    named = scene.named_in(site.start, site.end, frame.subject)
    return [named[0][0]] if named and named[0][1] == site.start else []
