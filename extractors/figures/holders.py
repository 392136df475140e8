"""Whose quantity it is: names in a metric's own noun phrase, its owners, the topic."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractors.classes import BODIES, MADE, THINGS
from extractors.context.scene import Named, Scene
from extractors.figures.bases import holders_only
from extractors.figures.counterparts_only import is_in_part
from extractors.figures.wholes import is_part
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.makers import makers
from extractors.names.descriptions import described, group, is_nobody, is_quality, kinds_of_noun
from extractors.names.name_patterns import patterns
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded, words_in
from kg.claim import Entity

_WORDS = "figures/holders.yaml"
HOLDERS = (
    "Company",
    "Organization",
    "Chip",
    "Model",
    "Software",
    "Product",
    "Technology",
    "Facility",
    "Place",
    "Market",
    "Policy",
)

_HEADS = (*(c for c in HOLDERS if c not in ("Technology", "Market")), "Person")
_POINTED = (*THINGS, "Facility", "Policy")
_BESIDE = 2
_SEVERAL = Worded(_WORDS, r"(?:{bodies}|\d사)들?$")
_LIMITS = ("미만", "이하", "이상", "초과")
_LIMITED = Worded(_WORDS, r"(?:인|의)?\s[가-힣]{0,6}{limited}")
_OTHERS = re.compile(r"들$|모델|업체|기업|회사|경쟁|업계|시장|산업|국가|투자자|고객|제품")


def equated(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whose a figure is that is told before them: "가격이 60달러인 나래 2"."""
    for entity, start, _ in scene.names:
        if start >= value.end and entity.cls in HOLDERS and entity.cls != "Place":
            told = _EQUATED.fullmatch(scene.text, value.end, start)
            return entity if told and not scene.is_generic(entity) else None
    return None


_EQUATED = re.compile(
    r"(?:인|에 (?:이르는|달하는|그친|불과한)|[을를] (?:넘는|웃도는|기록한))\s"
    r"(?:[가-힣]+\s(?:업체|기업|회사|칩|모델|모형)\s|(?:(?!\w+[을를은는의]\s)[가-힣A-Z]+\s){1,2}(?=[‘“]))?"
    r"[‘“'\"]?"
)


def is_limit(scene: Scene, value: FoundValue) -> bool:
    """Tell a size that only tells which ones are meant: "종업원 750명 미만 중견기업"."""
    limit = value.value.text.endswith(_LIMITS) and bool(_LIMITED.match(scene.text, value.end))
    measured = limit and load_metrics().pattern.match(scene.text, value.end + len("의 "))
    return limit and not (measured and value.value.currency)  # "3억 달러 이상의 기업가치"


def is_of_nobody(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure that only tells which ones are meant: "매출이 2천만 달러를 넘는 회사는"."""
    for clause in scene.parsed.clauses:
        if clause.ending != "relative" or clause.modified is None:
            continue
        if any(p.start <= value.start and value.end <= p.until for p in clause.args):
            limits = value.value.text.endswith(_LIMITS)
            return is_nobody(clause.modified.head) and (limits or clause.arg("subject") is not None)
    return False


def transparent(scene: Scene, owner: Phrase) -> bool:
    """Tell an owner that names nobody ("해당 앱의", "지난해의") from another holder."""
    words = scene.masked[owner.start : owner.end].strip()
    if scene.discourse.stranger and scene.points(words):
        return False
    if words == "회사" or words.startswith(("해당", "이 ", "그 ", "자사", "본인")):
        return True
    last = words.split()[-1] if words else ""
    firms = {*kinds_of_noun(last), patterns().classes.get(last)} & {"Company", "Organization"}
    return not (firms or _OTHERS.search(words) or words.endswith(patterns().titles))


def phrase_at(scene: Scene, offset: int) -> Phrase | None:
    """Return the noun phrase that holds an offset."""
    for phrase in scene.parsed.phrases:
        if phrase.start <= offset and (offset < phrase.end or offset == phrase.start):
            return phrase
    return None


def clause_of(scene: Scene, value: FoundValue) -> Clause | None:
    """Return the clause that tells of a quantity."""
    return next(
        (c for c in scene.parsed.clauses if c.end >= value.end and c.ending != "relative"), None
    )


def begins_at(scene: Scene, value: FoundValue) -> int:
    """Return where the clause of a quantity begins."""
    ends = [
        c.end
        for c in scene.parsed.clauses
        if c.ending in ("connective", "final") and c.end <= value.start
    ]
    return max(ends, default=0)


def owners(scene: Scene, phrase: Phrase | None, before: int) -> tuple[Entity | None, Entity | None]:
    """Return the company and the thing that a metric's phrase and its owners name."""
    company = thing = None
    part: Phrase | None = phrase
    while part is not None:
        inside = scene.named_in(part.start, min(part.end, before), generic=part is not phrase)
        inside = holders_only(scene, inside)
        if part is not phrase and not inside and company is None:
            company = next(iter(scene.refer(part, BODIES)), None)
            thing = thing or next(iter(scene.refer(part, _POINTED)), None)
        for entity, _, end in reversed(inside):
            if part is not phrase and _belongs_to_more(scene, part, end):
                continue
            if _FOR.match(scene.text, end):
                continue
            if entity.cls in BODIES:
                company = company or entity
            elif entity.cls in MADE:
                thing = thing or (entity if company is None else None)
        part = part.owner
    return company, thing


_FOR = re.compile(r"[용향]\s|\s내\s")
"""What makes a name tell for whom or within what: "D램 내 매출 비중"."""


def seller(scene: Scene, thing: Entity) -> Entity | None:
    """Return whose profit "D램 영업이익" is: a technology earns nothing, who sells it does."""
    home = scene.discourse.home or scene.discourse.org
    several = not makers().get(thing.id)
    return home if several and home is not None and home.cls == "Company" else None


def _belongs_to_more(scene: Scene, owner: Phrase, end: int) -> bool:
    """Tell that what follows a name in an owner makes it somebody else: "HBM 장비 3사의"."""
    return _SEVERAL.search(scene.text[end : owner.end]) is not None


def topic_entity(
    scene: Scene, clause: Clause | None, phrase: Phrase | None, classes: tuple[str, ...]
) -> Entity | None:
    """Return who the clause is about, else the carried topic when nobody else is named."""
    candidates: list[Phrase] = []
    if clause is not None:
        candidates = [p for p in (clause.subject, clause.topic) if p and p is not phrase]
        if clause.subject is phrase and clause.topic and clause.topic is not phrase:
            candidates = [p for p in (clause.earlier, clause.topic) if p]
        if not candidates and phrase and phrase is clause.topic:
            candidates = _topic_before(scene, phrase)
    else:
        limit = phrase.start if phrase else len(scene.text)
        candidates = [p for p in scene.parsed.phrases if p.leads and p.start < limit][-1:]
    candidates = [c for c in candidates if not is_in_part(scene, c)]
    candidates += [p for p in scene.parsed.phrases if p.head == "경우" and p.owner]
    for candidate in candidates:
        named = scene.fill(candidate, classes)
        if not named and candidate.owner and candidate.head != "연구진":
            named = scene.fill(candidate.owner, classes)
        named = (
            named or measured_in(scene, candidate, classes) or stood_for(scene, candidate, classes)
        )
        if named and (named[-1][0].id not in scene.speakers or named[-1][0].cls not in classes[1:]):
            return named[-1][0]
        if named:
            return None
        referred = scene.refer(candidate, classes) or _state(scene, candidate)
        if referred:
            return referred[0]
    told = [c for c in candidates if phrase is None or c.start <= phrase.start]
    if "Market" in classes and (unnamed := _unnamed(scene, told)):
        return unnamed
    return None if _tells_of_others(scene, candidates) else carried(scene, classes)


def _state(scene: Scene, phrase: Phrase) -> list[Entity]:
    """List a government, which has figures of its own: "정부는 민간투자 5조원을 …"."""
    told = group(scene, phrase)
    return [told] if told and told.label.split()[-1] == "정부" else []


def measured_in(scene: Scene, phrase: Phrase, classes: Collection[str]) -> list[Named]:
    """List the firm or thing whose quality a phrase is, which begins with it: "가나 주가는"."""
    words = scene.masked[phrase.start : phrase.end].split()
    measured = bool(words) and (words[-1] in load_metrics().words or is_quality(words[-1]))
    named = scene.named_in(phrase.start, phrase.end, classes) if measured else []
    return holders_only(scene, named)[:1]


def stood_for(scene: Scene, phrase: Phrase, classes: Collection[str]) -> list[Named]:
    """List who is told to be a topic that is nobody: "증가율 1위는 가나로, 매출이 …"."""
    words = scene.text[phrase.start : phrase.end].split()
    if not words or not (is_nobody(words[-1]) or words[-1].endswith(words_in(_WORDS, "placed"))):
        return []
    told = (
        p
        for p in scene.parsed.phrases
        if p.case in ("by", "copula") and phrase.until <= p.outer_start <= phrase.until + 2
    )
    return next((named for p in told if (named := scene.fill(p, classes))), [])


def _topic_before(scene: Scene, phrase: Phrase) -> list[Phrase]:
    """Return the topic that a quality's own hides: "가나는 서버를 바꿨지만, 처리 비용은 …"."""
    words = scene.masked[phrase.start : phrase.end].split()
    if not words or not is_quality(words[-1]):
        return []
    inner = [c.arg("subject") for c in scene.parsed.clauses if c.ending == "relative"]
    before = [
        p for p in scene.parsed.phrases if p.leads and p.end < phrase.start and p not in inner
    ]
    topics = [p for p in before if p.case == "topic"]
    return topics[-1:] or [p for p in before if scene.fill(p, HOLDERS)][-1:]


def is_aside(scene: Scene, phrase: Phrase) -> bool:
    """Tell who is told of in a bracket only: "(나래는 각각 3%)"."""
    before = scene.text[: phrase.start]
    return before.count("(") > before.count(")")


def _tells_of_others(scene: Scene, candidates: list[Phrase]) -> bool:
    """Tell that a sentence is of somebody else than whom the text was about."""
    if any(is_setting(scene, phrase) for phrase in scene.parsed.phrases):
        return True
    return any(_others(scene, c) or _is_somebody(scene, c) for c in candidates)


def _unnamed(scene: Scene, candidates: list[Phrase]) -> Entity | None:
    """Take what a topic or subject describes without a name ("AI 소프트웨어 시장은")."""
    own = [c for c in candidates if not scene.named_in(c.start, c.end)]
    if len(candidates) > 1 and any(c.ending == "quote" for c in scene.parsed.clauses):
        own = [c for c in own if not _FOREIGN.fullmatch(scene.text, c.start, c.end)]
    return next((made for c in own if (made := described(scene, c))), None)


_FOREIGN = re.compile(r"[A-Za-z .&'-]+")
"""A topic without 한글, which only tells of another: "Gana Post는 값이 내렸다고 전했다"."""


def is_setting(scene: Scene, phrase: Phrase) -> bool:
    """Tell "공개 모델에서는": what is said holds of those, not of whom the text was about."""
    contrasted = scene.text[phrase.end : phrase.until].endswith(("서는", "에는"))
    if phrase.case not in ("at", "to") or not contrasted:
        return False
    words = scene.masked[phrase.start : phrase.end].split()
    return (
        bool(words)
        and bool(kinds_of_noun(words[-1]))
        and not scene.named_in(phrase.start, phrase.end)
    )


def _is_somebody(scene: Scene, phrase: Phrase) -> bool:
    """Tell an unnamed holder ("수요는", "근로자는") from a quality of whom the text is about."""
    words = scene.masked[phrase.start : phrase.end].strip(" ’”'\"").split()
    if not words or group(scene, phrase):  # "증권가는 영업이익을 8조로 본다": of another's
        return False
    return not is_quality(words[-1]) and not is_nobody(words[-1])


def fitting(scene: Scene, holder: Entity | None, of: str | None, at: int) -> Entity | None:
    """Pass a topic on to whose a metric told ``at`` an offset mostly is.

    Parameters to the thing last told of, sales to the company or, in an article, to whom its
    heading names.
    """
    discourse = scene.discourse
    if of == "thing" and holder is not None:
        return _having(scene, holder, at)
    if of == "org" and holder is not None and discourse.topic is not None:
        part = discourse.topic.cls == "Company" and discourse.topic.id in holder.broader
        holder = discourse.topic if part and not _is_led(scene, holder, at) else holder
    if holder is None or holder is not discourse.topic or _is_named(scene, holder):
        return holder
    if of == "service" and holder.cls in BODIES:
        shown = discourse.thing
        return shown if shown and shown.cls in ("Software", "Product") else holder
    if of == "policy":
        return next((law for law in scene.pointed("법") if law), holder)
    if of == "org" and discourse.heading is not None:
        own = holder.cls == "Company" and discourse.led
        return holder if own and not is_house(holder) else discourse.heading
    if of == "org" and holder.cls not in ("Company", "Organization", "Place", "Market"):
        of_section = holder is discourse.headed and holder.cls in ("Facility", "Policy")
        return holder if of_section else discourse.org or holder
    return holder


def _having(scene: Scene, holder: Entity, at: int) -> Entity | None:
    """Return the thing that has a quality, where a topic is its maker's; a place has none."""
    if holder.cls not in BODIES:
        return None if holder.cls == "Place" else holder
    told = [n for n in scene.names if n[2] <= at and n[0].cls in THINGS]
    told = holders_only(scene, [n for n in told if not is_outdone(scene, n)])
    wholes = [n for n in told if not is_part(scene, n[0])]
    if wholes:
        return wholes[-1][0]
    if told and not scene.is_generic(told[-1][0]):
        return _built_with(scene, told[-1]) or told[-1][0]
    carried = holder is scene.discourse.topic and not _is_named(scene, holder)
    return (scene.discourse.thing or holder) if carried else holder


OUTDOING = frozenset({"넘어서", "앞서", "능가", "제치", "따라잡", "이기", "밀어내", "꺾", "앞지르"})


def is_outdone(scene: Scene, named: Named) -> bool:
    """Tell whom another only does better than: "나래(69%)를 넘어섰는데, …"."""
    return any(
        clause.lemma in OUTDOING and p.case == "object" and p.start <= named[1] < p.end
        for clause in scene.parsed.clauses
        for p in clause.args
    )


def _is_led(scene: Scene, holder: Entity, at: int) -> bool:
    """Tell whom the clause of a metric names: "가나클라우드 매출은", not "…했고, 주가는"."""
    ends = (c.end for c in scene.parsed.clauses if c.ending == "connective" and c.end <= at)
    begins = max(ends, default=0)
    return any(n[0].id == holder.id and begins <= n[1] < at for n in scene.names)


def _built_with(scene: Scene, part: Named) -> Entity | None:
    """Return the thing told of before that has a part: "HBM3 48GB를 얹었고 전력은 180W다"."""
    thing, phrase = scene.discourse.thing, phrase_at(scene, part[1])
    sized = phrase is not None and phrase.case == "by"  # "HBM3로 용량을 48GB까지 늘렸다"
    sized = sized or any(
        0 <= v.start - part[2] <= _BESIDE and v.value.unit == "GB" for v in scene.values
    )
    if thing is None or not sized or not scene.may_carry or not is_part(scene, part[0]):
        return None
    return None if is_part(scene, thing) else thing


def is_house(entity: Entity) -> bool:
    """Tell a research house or bank, which mostly speaks of others: "가나증권은 목표주가를 …"."""
    return entity.cls in BODIES and patterns().research_house.search(entity.label) is not None


def _is_named(scene: Scene, entity: Entity) -> bool:
    return any(n[0].id == entity.id for n in scene.names)


def _others(scene: Scene, phrase: Phrase) -> bool:
    part: Phrase | None = phrase
    while part is not None:
        if _OTHERS.search(scene.masked[part.start : part.end].strip()):
            return True
        part = part.owner
    return False


def carried(scene: Scene, classes: tuple[str, ...], besides: Phrase | None = None) -> Entity | None:
    """Return the topic of the sentences before, unless this one names its own.

    ``besides`` is a phrase that leads but tells what is done, not who does it.
    """
    topic = scene.discourse.topic
    if topic is not None and topic.cls == "Person" and "Company" in classes:
        firm = scene.discourse.employers.get(topic.id)  # "황 CEO는 …. 매출은 …": his firm's
        topic = firm if firm is scene.discourse.org and firm and not is_house(firm) else None
    if topic is None or topic.cls not in classes or not scene.may_carry:
        return None
    inner = [c.arg("subject") for c in scene.parsed.clauses if c.ending == "relative"]
    own = [p for p in scene.parsed.phrases if p.leads and p not in inner and p is not besides]
    own = [p for p in own if not (is_aside(scene, p) or is_in_part(scene, p))]
    named = (scene.named_in(p.outer_start, p.end, _HEADS) for p in own)
    return None if any(holders_only(scene, n) for n in named) else topic
