"""Whose the value of a known metric is: names in its phrase, owners, the topic, a list's item."""

from __future__ import annotations

import re

from extractors.classes import BODIES, PARTIES, THINGS
from extractors.context.scene import Scene
from extractors.figures.holders import (
    HOLDERS,
    fitting,
    is_house,
    owners,
    phrase_at,
    seller,
    topic_entity,
    transparent,
)
from extractors.figures.metric_lists import Found
from extractors.figures.parts.named import kind_told
from extractors.figures.parts.words import load_parts
from extractors.figures.wholes import is_part, whole_of
from extractors.language.phrases import Clause, Phrase
from extractors.language.speech_data import only_relays
from extractors.lexicon.makers import makers, market
from extractors.names.descriptions import described, kinds_of_noun
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, entity_id

_BESIDE = re.compile(
    r"(?:이|가|은|는)?\s?\(?(?:약|최대|각각)?\s?(?:(?:초당|주당|분당|시간당|하루|월|연)\s)?"
)
_LISTED = ("percent", "money", "times", "count", "power")


def subject_of(
    scene: Scene, found: Found, clause: Clause | None
) -> tuple[Entity | None, Entity | None]:
    """Return whose a metric's value is, and the thing of theirs that it is of, if told."""
    phrase = phrase_at(scene, found.start)
    company, thing = owners(scene, phrase, found.start)
    if found.metric.predicate in ("ships", "produces") and thing:
        holder = company or topic_entity(scene, clause, phrase, ("Company",))
        return (holder, thing) if holder and not is_house(holder) else (thing, None)
    if thing and company is None and found.metric.of == "org":
        told = topic_entity(scene, clause, phrase, ("Company",))
        here = any(n[0] is told for n in scene.names)
        company = told if here else seller(scene, thing)
        if company:
            return company, thing
    if thing or company:
        part = None if company or found.metric.of != "thing" else thing
        if part and (whole := _whole(scene, found, clause, part)):
            return whole, part
        return _of_either(found, company, thing)
    if phrase and phrase.owner and not transparent(scene, phrase.owner):
        people = scene.fill(phrase.owner, ("Person",))
        return people[-1][0] if people else described(scene, phrase.owner), None
    if found.metric.name in load_metrics().of_targets and any(
        c.lemma in load_metrics().buying and phrase in c.args for c in scene.parsed.clauses
    ):
        return None, None  # "가나가 기업가치 20억에 3억을 투자하는": of whom it buys into
    if found.metric.name == "목표주가":
        house = _setter(scene, clause)
        about = _advised(scene, phrase) or (_followed(scene, house) if house else None)
        if about or house:
            return about, None
    return _told_of(scene, found, clause, phrase)


def _of_either(
    found: Found, company: Entity | None, thing: Entity | None
) -> tuple[Entity | None, Entity | None]:
    """Return which of a firm and its goods has a figure, and what goods if the firm has it."""
    goods = thing and found.metric.name in load_metrics().of_goods and not makers().get(thing.id)
    if company and thing and (goods or found.metric.of == "org"):
        return company, thing
    shared = found.metric.predicate == "marketShare" and company
    return (company if shared else thing or company), None


def _whole(scene: Scene, found: Found, clause: Clause | None, part: Entity) -> Entity | None:
    return whole_of(scene, clause, part, found.start) if is_part(scene, part) else None


def _told_of(
    scene: Scene, found: Found, clause: Clause | None, phrase: Phrase | None
) -> tuple[Entity | None, Entity | None]:
    """Return whose a metric is that names nobody: a kind's that it tells, else the topic's."""
    holder = topic_entity(scene, clause, phrase, HOLDERS)
    here = any(n[0] is holder and n[0].cls in PARTIES for n in scene.names)
    kind = kind_told(scene, phrase.start, found.start) if phrase and not here else None
    if holder and not here and (site := _site_of(scene, found, holder)):
        return site, None
    part = (kind or holder) if found.metric.of == "thing" else None
    if part and (whole := _whole(scene, found, clause, part)):
        return whole, kind
    if phrase and kind and found.metric.of != "org":  # "시스템 반도체 수출은", "한국의 …"
        country = scene.named_in(phrase.outer_start, found.start, ("Place",))
        return (country[-1][0], kind) if country else (kind, None)
    return fitting(scene, holder, found.metric.of, found.start), None


def _site_of(scene: Scene, found: Found, holder: Entity) -> Entity | None:
    """Return what costs a sum that is not of one builder: "가나와 다라가 팹을 짓는다. 사업비는".

    Nor of who lets another build: "나라는 가나가 지을 팹을 승인했다. 투자액은".
    """
    built = scene.discourse.built if scene.may_carry else ()
    allowed = holder.cls == "Place" and found.metric.name == "투자금"
    if not built or not (allowed or found.metric.name in load_metrics().of_sites):
        return None
    alone = all(draft.subject.id == holder.id for draft in built)
    return None if alone else built[0].object


def _setter(scene: Scene, clause: Clause | None) -> Entity | None:
    """Return who sets a target price for others: "가나증권은 목표주가를 10만 원으로 올렸다"."""
    led = clause and (clause.subject or clause.topic)
    if (
        not clause
        or not led
        or clause.lemma not in load_metrics().setting
        or clause.voice == "passive"
    ):
        return None
    named = scene.fill(led, BODIES)
    return named[-1][0] if named else None


def _followed(scene: Scene, house: Entity) -> Entity | None:
    """Return the firm that the text was about, whom a house then sets a price for."""
    told = (scene.discourse.topic, scene.discourse.org) if scene.may_carry else ()
    return next((e for e in told if e and e.cls == "Company" and e.id != house.id), None)


def _advised(scene: Scene, phrase: Phrase | None) -> Entity | None:
    """Return whose target price it is: "당사는 가나에 대해 …, 목표주가를 …로 올린다"."""
    told = [p for p in scene.parsed.phrases if p.case == "about"]
    named = [n for p in told if phrase and p.end <= phrase.start for n in scene.fill(p, HOLDERS)]
    return named[-1][0] if named else None


def forecast_of(scene: Scene, found: Found, teller: Entity) -> Entity | None:
    """Return whose figure somebody foretells: "가나연구소, AI 서버 매출 30억 달러 전망".

    What the metric's own words describe, else the teller where it is named for itself.
    """
    phrase = phrase_at(scene, found.start)
    before = scene.masked[phrase.outer_start : found.start] if phrase else ""
    vague = load_parts().vague
    words = [w for w in before.split() if w not in vague and not w.endswith(("년", "분기"))]
    label = " ".join(words).removesuffix("의").strip()
    if label and teller.label not in before:
        kinds = kinds_of_noun(label.split()[-1])
        return Entity(entity_id(label), kinds[0] if kinds else "Concept", label)
    own = any(n[0].id == teller.id for n in scene.names) and not only_relays(teller.label)
    return teller if own else None  # an outlet tells of others


def beside(scene: Scene, value: FoundValue, found: Found) -> Entity | None:
    """Find the name right before a value of a list: "점유율은 가나 54%, 다라(28%)"."""
    kind = kind_of(value.value)
    if kind not in _LISTED or found.end > value.start:
        return None
    holders = {"count": BODIES, "power": (*BODIES, "Place")}.get(kind, HOLDERS)
    for entity, start, end in scene.names:
        gap = scene.text[end : value.start] if found.end <= start < value.start else None
        if gap is not None and _BESIDE.fullmatch(gap) and entity.cls in holders:
            return None if scene.is_generic(entity) else entity
    return None


def following(scene: Scene, value: FoundValue) -> Entity | None:
    """Find whose size a quantity before its name is: "240억 매개변수의 K2"."""
    for entity, start, _ in scene.names:
        if start >= value.end and entity.cls in THINGS:
            between = scene.text[value.end : start]
            plain = re.fullmatch(
                r"(?:의|짜리|급|\s?규모의)?(?:\s(?:[가-힣A-Z]+\s){0,3}[‘“'\"]?)?", between
            )
            return entity if plain else None
    return None


def having(scene: Scene, value: FoundValue, found: Found) -> Entity | None:
    """Return who is told by a metric and its figure: "점유율 23%의 가나전자"."""
    if not 0 < value.start - found.end <= 1 or not scene.text.startswith("의 ", value.end):
        return None
    begins = value.end + 2
    told = next((n for n in scene.names if n[1] == begins and n[0].cls in HOLDERS), None)
    return told[0] if told and not scene.is_generic(told[0]) else None


def owned_by(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whose a count is that stands right behind: the 2조 of "K1의 2조 파라미터와 K2의"."""
    ends = value.start - 2
    if not scene.text.startswith("의 ", max(ends, 0)) or kind_of(value.value) in _RELATIVE:
        return None
    told = next((n[0] for n in scene.names if n[2] == ends and n[0].cls in HOLDERS), None)
    return told if told and told.cls != "Place" and not scene.is_generic(told) else None


_RELATIVE = ("percent", "times", "none")


def market_of(scene: Scene, found: Found) -> Entity | None:
    """Name the market measured: "HBM 시장 규모" is of the entity "HBM 시장"."""
    phrase = phrase_at(scene, found.start)
    if phrase is None:
        return None
    words = scene.masked[phrase.start : found.end]
    match = re.search(r"((?:[가-힣A-Za-z0-9·]+\s){0,2}[가-힣A-Za-z0-9·]+)\s?시장(?=\s|$|규)", words)
    if match is None:
        return None
    return market(f"{match[1].strip()} 시장")


def tells_here(scene: Scene, teller: Entity) -> bool:
    """Tell who estimates in this sentence, or goes on doing so, from whom the text is about."""
    spoke = scene.discourse.spoke
    named = any(n[0].id == teller.id for n in scene.names)
    return named or (spoke is not None and spoke.id == teller.id)
