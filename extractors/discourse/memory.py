"""What a sentence leaves for the next: whom "이 회사", "그는" and a dropped subject mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extractors.classes import BODIES, THINGS
from extractors.context.counterpart_data import load_counterparts
from extractors.context.quotation_marks import in_quotes
from extractors.context.scene import Scene
from extractors.context.told_before import Discourse
from extractors.figures.bases import holders_only, is_outdone
from extractors.figures.holders import is_aside, is_house, measured_in, stood_for
from extractors.language.grammar import load_grammar
from extractors.language.phrases import Phrase
from extractors.language.speech_data import load_speech
from extractors.lexicon.frame_data import load_frames
from extractors.names.descriptions import (
    described,
    endings_of,
    is_agents,
    is_quality,
    kinds_of_noun,
)
from extractors.names.name_patterns import patterns
from extractors.names.presented import defined, is_of_another, presents
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from kg.claim import Entity
from kg.vocab import CLASSES

SHOWN = ("Model", "Chip", "Software", "Product", "Facility", "Technology")
"""Things that a text shows and goes on about."""
_KINDS = frozenset(CLASSES) - {"Concept"}


def remember(scene: Scene) -> None:
    """Update what pronouns and dropped subjects of the next sentence refer to."""
    agents = [n[0] for n in scene.names if n[0].cls in BODIES and not is_house(n[0])]
    people = [
        n[0] for n in scene.names if n[0].cls == "Person" and not _HELD_BY.match(scene.text, n[2])
    ]
    discourse = scene.discourse
    discourse.spoke, discourse.unheard = scene.spoke, scene.unheard
    acted_on = _acts_on_topic(scene)
    subject = _turn_topic(scene, acted_on=acted_on)
    if subject and subject.cls == "Person":
        people.insert(0, subject)
    if subject is None and is_of_another(scene):
        discourse.topic = discourse.org = None
    elif not acted_on:
        _turn_org(scene, agents)
    discourse.stranger = discourse.taking is None and _buys_unknown(scene)
    for entity, start, end in holders_only(scene, scene.names):
        if is_outdone(scene, start) or _BEATEN.match(scene.text, end):
            continue
        if entity.cls in (*SHOWN, "Benchmark", "Policy") and not scene.is_generic(entity):
            discourse.things[entity.cls] = entity
    discourse.thing = _thing_of(scene) or discourse.thing
    _remember_heads(scene)
    if people:
        discourse.person = people[0]
    for person in people:
        discourse.surnamed[_surname(person)] = person
    unique = list(dict.fromkeys(agents))
    if len(unique) == 2:
        discourse.pair = (unique[0], unique[1])


_HELD_BY = sparing(r"\s?(?:[12]기\s)?(?:행정부|정부|정권|내각|캠프|체제)")
"""What a person's name only tells whose it is of: "트럼프 행정부"."""
_BEATEN = sparing(
    r"\s?(?:\([^()]*\))?[을를]\s(?:[가-힣]+\s)?(?:제[치쳤친]|앞[서섰선지]|넘어섰|뛰어넘|능가|압도|따돌|꺾)"
)
"""What stands behind a thing that another only does better than: "다라(54점)를 앞섰다"."""


def _acts_on_topic(scene: Scene) -> bool:
    """Tell what others do to whom the text is about, or are to it; they do not take its place.

    "산업은행이 투자했다", "2대 주주는 가나벤처스다".
    """
    topics = [p for p in scene.parsed.phrases if p.case == "topic"]
    if topics and topics[0].owner is None and topics[0].head in load_counterparts().by_noun:
        return not scene.named_in(topics[0].start, topics[0].end)
    return (scene.discourse.acted_on and not topics) or _joins_only(scene)


def _joins_only(scene: Scene) -> bool:
    """Tell who only puts money into whom the text is about: "가나가 이끌고 다라도 참여했다"."""
    grammar, clauses = load_grammar(), scene.parsed.clauses
    told = [c for c in clauses if c.ending != "relative"]
    return bool(told) and all(
        c.lemma in grammar.joining
        and all(
            _ROUND.search(scene.text, p.start, p.end) for p in (c.arg("to"), c.arg("object")) if p
        )
        for c in told
    )


_ROUND = re.compile(r"라운드|투자|펀딩|시리즈|시드|프리\s?[A-Z]|[Ss]eries|유치")
"""What investors lead and join: "가나가 시리즈B에 참여했다"."""


def _turn_topic(scene: Scene, *, acted_on: bool) -> Entity | None:
    """Let the text go on about a sentence's subject, and return who that is."""
    discourse = scene.discourse
    subject = _subject_of(scene, discourse.doers)
    discourse.doers.clear()
    discourse.acted_on = False
    if subject is None or acted_on or _only_compares(discourse):
        return None
    if subject.cls == "Company" and _is_part_of(subject, discourse.topic):
        return discourse.topic  # "알파벳은 …. 그 클라우드 부문은 …": the text is of the whole
    topics = (p for p in scene.parsed.phrases if p.case == "topic")
    led = any(n[0] is subject for p in topics for n in scene.named_in(p.outer_start, p.end))
    if (
        not led
        and discourse.heading
        and discourse.heading is discourse.topic
        and subject.cls in BODIES
    ):
        return discourse.topic  # "## 가나", "다라가 생산을 맡는다. 새 칩도 낸다": 가나
    discourse.topic, discourse.led = subject, led
    return subject


def _only_compares(discourse: Discourse) -> bool:
    """Tell the results of others in the test that the sentence before told one's of."""
    score, scoring = discourse.score, discourse.scoring
    return score is not None and scoring is not None and score.object is scoring.object


def _is_part_of(part: Entity | None, whole: Entity | None) -> bool:
    """Tell a subsidiary of whom the text is about, which does not take their place."""
    return part is not None and whole is not None and whole.id in part.broader


def _turn_org(scene: Scene, agents: Sequence[Entity]) -> None:
    """Note which firm "이 회사" means after a sentence."""
    discourse, leading = scene.discourse, _leading(scene) or defined(scene)
    if agents and (discourse.topic in agents or _is_part_of(leading, discourse.topic)):
        discourse.org = discourse.topic
    elif leading or discourse.org is None:
        discourse.org = leading or next(iter(agents), None)


def _buys_unknown(scene: Scene) -> bool:
    """Tell that one whose name is not known is bought, whom "이 회사" may mean then."""
    bought = (c.arg("object") for c in scene.parsed.clauses if c.lemma in load_metrics().buying)
    return any(
        p and _LATIN.search(scene.text, p.start, p.end) and not scene.named_in(p.start, p.end)
        for p in bought
    )


_LATIN = re.compile(r"[A-Z][A-Za-z]{2,}")


def _thing_of(scene: Scene) -> Entity | None:
    """Return the product that a sentence presents: its subject, or what is released in it."""
    inner = [p for c in scene.parsed.clauses if c.ending == "relative" for p in c.args]
    outer = [p for p in scene.parsed.phrases if p not in inner]
    for phrase in (*outer, *inner):  # "B2를 잇는 B3를 준비한다" presents the B3
        if phrase.case in ("topic", "subject", "object") and not is_aside(scene, phrase):
            inside = [v.value for v in scene.values if phrase.start <= v.start < phrase.until]
            sized = phrase.case == "object" and all(v.unit in _STACKED for v in inside)
            counted = bool(inside) and not sized
            named = scene.fill(phrase, THINGS)
            if counted and (phrase.case == "subject" or len(scene.names) > len(named)):
                continue  # "H100 480장이 쓰였다" presents no chip
            if is_outdone(scene, phrase.start) or _is_only_used(scene, phrase):
                continue
            if named and not scene.is_generic(named[-1][0]):
                return named[-1][0]
    return None


_STACKED = ("단", "층")
"""Units that tell which version of a thing it is: "K2 12단 시제품을 공개했다"."""
_USING = frozenset({"돌리", "쓰", "사용", "활용", "구동", "실행", "이용", "앞서", "능가", "제치"})


def _is_only_used(scene: Scene, phrase: Phrase) -> bool:
    """Tell what a sentence does something with: "이 랙에서 라마를 초당 300토큰으로 돌린다"."""
    clauses = scene.parsed.clauses if phrase.case == "object" else ()
    return any(phrase in c.args and c.lemma in _USING for c in clauses)


def _surname(person: Entity) -> str:
    """Return the 황 of "젠슨 황", the 민 of "민서라"."""
    words = person.label.split()
    return words[-1] if len(words) > 1 else words[0][0]


def _remember_heads(scene: Scene) -> None:
    """Note what "기금은", "이 관계자는" mean: the last name or speaker that ends in such a noun."""
    called = scene.spoke_as
    if scene.spoke and (is_agents(called) or called.endswith(patterns().titles)):
        scene.discourse.heads[f"이 {called}"] = scene.spoke
    for entity, start, end in scene.names:
        if entity.cls == "Company" and (kind := _KIND.search(scene.text, 0, start)):
            scene.discourse.heads[f"이 {kind[1]}"] = entity
        words = scene.text[start:end].split()
        noun = words[-1] if words else ""
        if len(words) > 1 and kinds_of_noun(noun) and not scene.is_generic(entity):
            scene.discourse.heads.update(dict.fromkeys(endings_of(noun), entity))
    for phrase in scene.parsed.phrases:
        named = scene.named_in(phrase.start, phrase.end)
        made = None if named else described(scene, phrase, _KINDS)
        if made is None:
            continue
        noun = made.label.split()[-1]
        known = scene.discourse.heads.get(noun)
        if not (known and known.label.endswith(made.label)):
            scene.discourse.heads[noun] = made


_KIND = sparing(r"(스타트업|팹리스|벤처|유니콘)\s(?:인\s)?[‘“'\"]?$")
"""What a firm is said to be before its name, and then called by: "이 스타트업"."""


def _leading(scene: Scene) -> Entity | None:
    """Return the firm that a sentence is said of: in its topic, subject or their owners."""
    inner = [c.arg("subject") for c in scene.parsed.clauses if c.ending == "relative"]
    topics = [p for p in scene.parsed.phrases if p.case == "topic"]
    for phrase in scene.parsed.phrases:
        if phrase.leads and phrase not in inner:
            aside = phrase.case == "subject" and topics  # "부문은 가나의 8조와 격차가 벌어졌다"
            first = phrase.start if aside else phrase.outer_start
            named = scene.named_in(first, phrase.end, BODIES)
            told = [n[0] for n in named if not is_house(n[0]) and not _is_base(scene, n[2], phrase)]
            if told:
                return told[0]
    return None


def _is_base(scene: Scene, end: int, phrase: Phrase) -> bool:
    """Tell whom a figure is only measured against: "가나의 K2 대비 효율이 높다"."""
    return "대비" in scene.text[end : phrase.end]


def _host(scene: Scene) -> Entity | None:
    """Return what several join, of which a text goes on: "가나 연합에는 다라, 마바가 참여했다"."""
    for clause in scene.parsed.clauses:
        to = clause.arg("to") if clause.lemma in load_grammar().joining else None
        if to is not None and scene.text[to.until - 1] == "는":
            named = scene.fill(to, BODIES, (*load_frames().alliances, "팀"))
            alliance = scene.discourse.alliance
            if not named and alliance and alliance[0].label in scene.text[to.start : to.end]:
                return alliance[0]
            if named and clause.subject is not None and clause.subject.joined is not None:
                return named[-1][0]
    return None


def _is_within(scene: Scene, phrase: Phrase, inner: Sequence[Phrase | None]) -> bool:
    """Tell a phrase of a relative clause, of a bracket or of a quotation."""
    return phrase in inner or is_aside(scene, phrase) or in_quotes(scene.text, phrase.start)


def _plays_a_part(scene: Scene) -> bool:
    """Tell who is only somebody's customer, rival …: "가나와 다라가 첫 고객이다"."""
    nouns = load_counterparts().by_noun
    return any(p.case == "copula" and p.head in nouns for p in scene.parsed.phrases)


def _subject_of(scene: Scene, doers: Collection[str]) -> Entity | None:
    """Return whom a sentence is about; a body that only speaks of others is not."""
    host = _host(scene)
    if host is not None:
        return host
    classes = (*BODIES, "Person", *SHOWN, "Policy")
    inner = [
        c.arg("subject")
        for c in scene.parsed.clauses
        if c.ending == "relative" and not (c.modified and c.modified.case in ("bare", "topic"))
    ]
    cases = ("topic",) if _plays_a_part(scene) else ("topic", "subject")
    for case in cases:
        for phrase in scene.parsed.phrases:
            if phrase.case == case and not _is_within(scene, phrase, inner):
                placed = ("Place",) if case == "topic" else ()
                filled = scene.fill(phrase, (*classes, *placed))
                owner = phrase.owner if phrase.owner and not phrase.owner.mate else None
                if not filled and owner and not _is_base(scene, owner.end, phrase):
                    measured = phrase.head in load_metrics().words or is_quality(phrase.head)
                    holders = (*BODIES, *SHOWN, "Place") if measured else BODIES
                    filled = scene.fill(owner, holders)
                if scene.text[phrase.start : phrase.end] in load_speech().writers:
                    told_of = (p for p in scene.parsed.phrases if p.case == "about")
                    filled = [n for p in told_of for n in scene.fill(p, classes)]
                filled = filled or measured_in(scene, phrase, BODIES)
                filled = filled or stood_for(scene, phrase, BODIES)
                told = filled[-1][0] if filled else None
                if told and case == "subject" and _is_counted(scene, phrase, told):
                    continue
                speaks = told is not None and told.id in scene.speakers
                if told and not is_house(told) and (not speaks or told.id in doers):
                    return told
    return _led_by(scene) or (defined(scene) if presents(scene) else None)


def _is_counted(scene: Scene, phrase: Phrase, thing: Entity) -> bool:
    """Tell what only fills the thing told of: "팹에는 노광기 12대가 들어간다"."""
    counted = any(phrase.start < v.start < phrase.until for v in scene.values)
    return counted and thing.cls in SHOWN


_ALONE = ("bare", "comma", "by", "to")
_ASKED = re.compile(r"[?!]\s*$|(?:까요|나요|죠|가요|어요|군요)[?!.]?\s*$")


def _led_by(scene: Scene) -> Entity | None:
    """Return whom a sentence names first that has no subject: "가나전자 3분기 매출 1조 원"."""
    told = [n for n in scene.names if n[0].cls != "Place" or n[1] > _LEAD]
    named = told[0] if told else None
    first = scene.names[0][2] + 1 if scene.names and scene.names[0][0].cls == "Place" else 0
    if (
        named is None
        or named[1] > max(first, _LEAD)
        or scene.is_generic(named[0])
        or is_house(named[0])
    ):
        return None
    if named[0].cls not in (*BODIES, *SHOWN):
        return None
    phrase = next((p for p in scene.parsed.phrases if p.start <= named[1] < p.end), None)
    if phrase is None or len(scene.fill(phrase, (named[0].cls,))) > 1:
        return None
    measured = load_metrics().pattern.search(scene.masked, named[2], phrase.until) is not None
    asked = _ASKED.search(scene.text) is not None and len(scene.names) == 1
    return named[0] if (phrase.case in _ALONE and measured) or asked else None


_LEAD = 2
"""Where a sentence's first name begins at most: behind a mark or a quote."""
