"""Relations told by a noun: "가나의 주요 고객사는 다라와 마바다", "파트너사인 다라가 …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractors.classes import BODIES, THINGS
from extractors.context.counterpart_data import Counterpart, load_counterparts
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import topic_entity
from extractors.language.phrases import Phrase
from extractors.names.placeholders import NUMBER, Skeleton, skeleton_of_names
from kg.claim import Entity

_SUBJECTS = tuple("은는이가도")
_LED = re.compile(r"⟧(?:이|가) $")
"""Who stands before a noun that is theirs: "가나가 최대주주인 다라" is no owner of 다라."""
_BEFORE_MORE = re.compile(r"[^와과]*(?:와|과)(?= [^,]*,)")
"""What "계열사인 가나, 다라와 마바, 사아" surely tells of: who stands before more of a list."""
_JOINT = re.compile(r"(?:⟦[A-Z]\d+⟧(?:·|와 |과 ))+$")
_TIGHT = re.compile(r"(?:⟦[A-Z]\d+⟧·)+$")
"""Whose too a noun is: "가나·다라의 파트너"; of "가나와 다라의 파트너인 마바" 가나 may be none."""
_FORMER = re.compile(r"(?:^|\s)(?:전|옛|과거)\s$")


def match_counterparts(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a draft for everyone whom a noun makes somebody's customer, rival, subsidiary …

    Leave out what is told in more words already.
    """
    data = load_counterparts()
    if not scene.names or not data.hint.search(scene.text):
        return
    bones = skeleton_of_names(scene)
    told = {(d.predicate, frozenset((d.subject.id, d.object.id))) for d in matched if d.object}
    for form, predicated in data.forms:
        for match in form.finditer(bones.text):
            kind = data.by_noun[match["role"]]
            for draft in _drafts(scene, bones, match, kind, apposed=not predicated):
                assert draft.object is not None
                key = (draft.predicate, frozenset((draft.subject.id, draft.object.id)))
                if key not in told:
                    told.add(key)
                    draft.tail = _tail(scene, draft.end) if predicated else None
                    yield draft
    below = data.below.search(bones.text) if scene.in_list and scene.discourse.heading else None
    if below and not told:
        yield from _of_heading(scene, bones, below, data.by_noun[below["role"]])


def _of_heading(
    scene: Scene, bones: Skeleton, match: re.Match[str], kind: Counterpart
) -> Iterator[Draft]:
    """Yield what the firm of the heading is to whom an item names: "- 가나의 자회사"."""
    owner, heading = scene.names[int(match["O"])][0], scene.discourse.heading
    if heading is not None and heading.id != owner.id:
        pair = (heading, owner) if kind.named == "subject" else (owner, heading)
        yield Draft(pair[0], kind.predicate, pair[1], None, *bones.span(match))


def _drafts(
    scene: Scene, bones: Skeleton, match: re.Match[str], kind: Counterpart, *, apposed: bool
) -> Iterator[Draft]:
    classes = (*BODIES, *THINGS) if kind.things else BODIES
    beside = _BEFORE_MORE.match(match["L"]) if apposed else None
    listed = [scene.names[int(n)][0] for n in NUMBER.findall(beside[0] if beside else match["L"])]
    listed = [entity for entity in listed if entity.cls in classes]
    owner = _owner(scene, bones, match, classes, listed)
    raised = scene.discourse.raised if kind.predicate == "investsIn" and scene.may_carry else None
    if owner and raised and all(n[0].id != owner.id for n in scene.names):
        # not who led the round: "라운드는 가나가 이끌었다. 투자자인 다라도 참여했다"
        owner = raised
    if owner and owner.cls == "Organization" and kind.predicate == "supplies" and not match["O"]:
        return  # "고객인 다라": of a firm, not of a ministry told of before
    if apposed and not match["O"] and match["role"] in _TRADES:
        return
    if owner is None or _FORMER.search(bones.text[: match.start("role")]):
        return
    start, end = bones.span(match)
    owners = [owner, *_joint_owners(scene, bones, match, classes, apposed=apposed)]
    for owner, entity in product(owners, listed):
        if entity.id == owner.id or (entity.cls in BODIES) != (owner.cls in BODIES):
            continue
        acts = kind.mutual and bones.text[match.end("L") : match.end("L") + 1] in _SUBJECTS
        named_first = kind.named == "subject" or (acts and match.start("L") < match.start("role"))
        pair = (entity, owner) if named_first else (owner, entity)
        yield Draft(pair[0], kind.predicate, pair[1], None, start, end)


_TRADES = frozenset({"투자사", "제조사", "개발사", "판매사", "운영사"})
"""What firms are called by their trade: "투자사 가나의 분석가", nobody's in particular."""


def _owner(
    scene: Scene,
    bones: Skeleton,
    match: re.Match[str],
    classes: tuple[str, ...],
    listed: list[Entity],
) -> Entity | None:
    """Return whose counterparts are told of: by name, else whom the sentence or text is about."""
    if match["O"]:
        owner = scene.names[int(match["O"])][0]
        return owner if owner.cls in classes else None
    if bones.text[: match.start()].endswith("의 ") or _LED.search(bones.text[: match.start()]):
        return None
    start = bones.offset(match.start("role"))
    clause = next(
        (c for c in scene.parsed.clauses if c.end > start and c.ending != "relative"), None
    )
    named = {entity.id for entity in listed}
    topics = [p for p in scene.parsed.phrases if p.case == "topic" and p.end <= start]
    topics = topics or [p for p in scene.parsed.phrases if _leads(p) and p.end <= start]
    told = [n[0] for n in scene.fill(topics[-1], classes)] if topics else []
    holder = told[-1] if told else topic_entity(scene, clause, None, classes)
    places = [n[1] for n in scene.names if holder and n[0].id == holder.id]
    if places and min(places) > start:
        holder = None  # "리드는 가나, 투자자로 다라가 꼽힌다": who comes after the noun
    if holder is None or holder.id in named:
        ahead = scene.may_carry and not told and not _is_trade(bones, match)
        holder = scene.discourse.topic if ahead else None
    return holder if holder and holder.cls in classes and holder.id not in named else None


def _joint_owners(
    scene: Scene, bones: Skeleton, match: re.Match[str], classes: tuple[str, ...], *, apposed: bool
) -> list[Entity]:
    """Return who stands joined before an owner: 가나 in "가나·다라의 파트너로 마바가 꼽힌다"."""
    if not match["O"] or match.start("O") > match.start("role"):
        return []
    form = _TIGHT if apposed else _JOINT
    joined = form.search(bones.text, 0, bones.text.rfind("⟦", 0, match.start("O")))
    named = NUMBER.findall(joined[0]) if joined else ()
    return [e for n in named if (e := scene.names[int(n)][0]).cls in classes]


def _is_trade(bones: Skeleton, match: re.Match[str]) -> bool:
    """Tell what firms are called by their goods: "세 HBM 공급사인 가나·다라·마바"."""
    return "⟦" in bones.text[match.start() : match.start("role")]


def _leads(phrase: Phrase) -> bool:
    return phrase.case == "subject" and phrase.joined is None


def _tail(scene: Scene, end: int) -> tuple[int, int]:
    """Return what follows a noun that is predicated, up to the end of its verb."""
    ends = [c.tail_end for c in scene.parsed.clauses if c.end >= end]
    return end, max(end, min(ends, default=end))
