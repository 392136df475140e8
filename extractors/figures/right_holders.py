"""Whose a figure is that was given to another: the thing, the market or the firm that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.classes import BODIES, MADE, THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import holders_only
from extractors.figures.held_by_others import (
    is_bracketed,
    placed_firm,
)
from extractors.figures.holders import HOLDERS, OUTDOING, clause_of
from extractors.figures.misheld_data import load_misheld
from extractors.figures.wholes import is_part
from extractors.lexicon.makers import makers
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

SIZE = "시장 규모"


def market_sized(scene: Scene, draft: Draft) -> Entity | None:
    """Return the market that a sentence names: no firm has a "시장 규모"."""
    markets = {n[0].id: n[0] for n in scene.names if n[0].cls == "Market"}
    if len(markets) != 1:
        return None
    if draft.qualifiers["metric"] == SIZE:
        draft.predicate = "marketSize"
        del draft.qualifiers["metric"]
    return next(iter(markets.values()))


def firm_glossed(scene: Scene, holder: Entity, value: FoundValue) -> Entity | None:
    """Return the firm behind whose name a bracket tells its share: "가나(K1 점유율 57%)"."""
    opened = scene.text.rfind("(", 0, value.start)
    if holder.cls in BODIES or not is_bracketed(scene, value.start):
        return None
    firms = (n for n in scene.names if n[2] in (opened, opened - 1) and n[0].cls in BODIES)
    inside = any(opened < n[1] < value.start and n[0].id == holder.id for n in scene.names)
    return next((n[0] for n in firms if not scene.is_generic(n[0])), None) if inside else None


def firm_placed(scene: Scene, draft: Draft, value: FoundValue) -> Entity | None:
    """Return the firm whose place a draft gives a figure to."""
    firm = placed_firm(scene, draft.subject, value) if draft.subject.cls == "Place" else None
    draft.qualifiers |= {"place": draft.subject.label} if firm else {}
    return firm


def thing_launched(drafts: Sequence[Draft], draft: Draft) -> Entity | None:
    """Return the new thing that sells so much: "가나가 새 게임을 내자마자 판매량 100만 장을"."""
    if draft.qualifiers.get("metric") not in load_misheld().launched:
        return None
    out = [d.object for d in drafts if d.predicate == "releases" and d.subject == draft.subject]
    things = [thing for thing in out if thing is not None and thing.cls in THINGS]
    return things[0] if len(things) == 1 and draft.subject.cls in BODIES else None


def firm_valued(scene: Scene, drafts: Sequence[Draft], draft: Draft) -> Entity | None:
    """Return whom somebody put money into, who is worth so much: "투자 전 기업가치는 3조 원"."""
    if draft.qualifiers.get("metric") != "기업가치" or draft.subject.cls not in BODIES:
        return None
    judged = draft.clause.arg("object") if draft.clause and draft.clause.lemma == "평가" else None
    if judged is not None and (valued := scene.fill(judged, BODIES)):
        return valued[-1][0]  # "가나는 다라를 3조 원의 기업가치로 평가했다"
    if is_backer(scene, draft.subject, draft):
        return scene.discourse.topic if _is_told_of(scene, draft.subject) else None
    deals = [d for d in drafts if d.predicate in BOUGHT_INTO and not _is_merger(d)]
    backed = scene.discourse.backed if scene.may_carry else None
    named = any(n[0].id == draft.subject.id for n in scene.names)
    deals += [backed] if backed and not named else []
    into = {d.object.id: d.object for d in deals if d.object and d.subject.id == draft.subject.id}
    return next(iter(into.values())) if len(into) == 1 else None


def is_backer(scene: Scene, firm: Entity, draft: Draft) -> bool:
    """Tell who only backs whom: "가나가 투자해 기업가치 3조 원을 인정받았다"."""
    value = scene.value_of(draft)
    if value is None or draft.qualifiers.get("metric") != "기업가치":
        return False
    ends = [n[2] for n in scene.names if n[0].id == firm.id and n[2] <= value.start]
    return bool(ends) and _BACKS.match(scene.text, ends[-1], value.start) is not None


_BACKS = re.compile(
    r"(?:이|가)\s[^,.]{0,24}?(?:후원|투자|참여|주도|출자)(?:해|해서|하며|하면서|하고|한\s가운데)[,\s]"
)


def _is_told_of(scene: Scene, backer: Entity) -> bool:
    topic = scene.discourse.topic if scene.may_carry else None
    return topic is not None and topic.cls == "Company" and topic.id != backer.id


BOUGHT_INTO = ("investsIn", "acquires")


def _is_merger(deal: Draft) -> bool:
    """Tell who is one with another from who is bought: "다라와 합병해 3조 원의 값을 받았다"."""
    return deal.clause is not None and deal.clause.lemma == "합병"


def part_covering(scene: Scene, draft: Draft, value: FoundValue) -> Entity | None:
    """Return whose part of a whole is told: "다라가 가나 매출의 70%를 차지한다" is of 다라."""
    clause = clause_of(scene, value)
    if clause is None or "비중" not in draft.qualifiers.get("metric", ""):
        return None
    if clause.lemma not in _COVERING or not scene.text.startswith(("를", "에"), value.end):
        return None
    told = clause.subject or clause.topic
    if told is None or told.end > value.start:
        return None
    named = scene.fill(told, HOLDERS) or scene.named_in(told.start, told.end, generic=True)
    return named[-1][0] if named and named[-1][2] == told.end else None


_COVERING = frozenset({"차지", "육박", "달하", "이르"})


def one_told_more_of(scene: Scene, value: FoundValue) -> Entity | None:
    """Return whom a clause with a figure tells more of: "3백만 장 팔린 가나", "3% 오른 다라"."""
    for clause in scene.parsed.clauses:
        told = scene.parsed.clause_from(clause.end) if clause.serial else clause
        noun = told.modified if told and told.ending == "relative" else None
        known = load_misheld()
        cases = ("object",) if clause.lemma in known.reaching else ("bare", "by", "to")
        if noun is None or clause.lemma not in (known.moving | known.reaching):
            continue
        held = next((p for p in clause.args if p.start <= value.start < p.until), None)
        measured = clause.arg("subject")
        if measured is not None and measured.head in load_metrics().words:
            measured = None  # "영업이익이 3조 원을 기록해 1조 원을 넘긴 다라"
        if held is None or held.case not in cases or measured or told is None:
            continue
        named = [n for n in scene.names if told.end <= n[1] < noun.until]
        named = [n for n in named if _TELLING.fullmatch(scene.text, told.end, n[1])]
        ended = [n for n in named if n in scene.fill(noun.owner or noun, HOLDERS)]
        last = (ended or named)[-1:]
        if last:
            return None if scene.is_generic(last[0][0]) else last[0][0]
    return None


_TELLING = re.compile(r"\s(?:[가-힣A-Z]+\s){0,4}[‘“'\"]?")


def thing_of(scene: Scene, firm: Entity, value: FoundValue) -> Entity | None:
    """Return the thing of a firm that has a figure: the one named, else the one told of.

    A part that is named ("HBM3E") has only what is counted in the units of parts.
    """
    named = holders_only(scene, [n for n in scene.names if n[0].cls in THINGS])
    named = [n for n in named if not scene.is_generic(n[0]) and not _is_outdone(scene, n[1])]
    own = {n[0].id: n[0] for n in named if firm.id in makers().get(n[0].id, {firm.id})}
    wholes = [thing for thing in own.values() if not is_part(scene, thing)]
    if wholes:
        return wholes[0] if len(wholes) == 1 else None
    thing = scene.discourse.thing
    if thing and scene.may_carry and firm.id in makers().get(thing.id, ()):
        return thing
    parts = list(own.values()) if value.value.unit in load_misheld().units else []
    return parts[0] if len(parts) == 1 else None


def _is_outdone(scene: Scene, at: int) -> bool:
    return any(
        c.lemma in OUTDOING and p.case == "object" and p.start <= at < p.end
        for c in scene.parsed.clauses
        for p in c.args
    )


def who_set(scene: Scene, value: FoundValue) -> Entity | None:
    """Return who reached a record that another comes near: "가나가 세운 역대 최고 시총인 3조"."""
    found = _SET_BY.search(scene.text, 0, value.start)
    ends = [n for n in scene.names if found and n[2] == found.start()]
    return ends[0][0] if ends and ends[0][0].cls in BODIES else None


_SET_BY = re.compile(
    r"[이가]\s(?:[^,.]{0,24}\s)?(?:세운|기록한|달성한|찍은|거둔)\s(?:종전\s|기존\s)?(?:역대|사상)\s"
    r"최(?:고|대|저)\s[가-힣\s]{2,10}인\s$"
)


def owner_of_kind(scene: Scene, draft: Draft, holder: Entity) -> Entity:
    """Give what a firm's kind of thing has to the firm: "가나의 서버 CPU 성능"."""
    if not scene.is_generic(holder) or holder.cls not in MADE:
        return holder
    for _, start, end in (n for n in scene.names if n[0].id == holder.id):
        for firm, _, firm_ends in scene.named_in(0, start, BODIES):
            owned = _OWN_KIND.fullmatch(scene.text, firm_ends, start)
            if owned and draft.qualifiers.get("metric") and "product" not in draft.qualifiers:
                draft.qualifiers["product"] = f"{owned['kind'] or ''}{scene.text[start:end]}"
                return firm
    return holder


_OWN_KIND = re.compile(r"의\s(?P<kind>(?:[가-힣A-Za-z]+\s)?)")
