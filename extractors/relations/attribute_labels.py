"""Labels and headings that say what others are to whom a text is about: "경쟁사: 가나, 다라".

A heading ("## 주요 고객") says it of those whom the items below it begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES, THINGS
from extractors.context.attribute_data import Attribute, attributes_of
from extractors.context.label_parts import label_parts, lead_of
from extractors.context.scene import Draft, Named, Scene
from extractors.language.trimming import unglossed
from extractors.names.labels import label_of
from extractors.names.name_patterns import without_corporate
from extractors.values.values import FoundValue
from kg.claim import Entity, Value

_PART = re.compile(r"(?:\([^()]*\)|(?!\s\+\s)[^,·/、;()])+")
_TOLD = re.compile(r"(?:[다요까]|[가-힣](?:함|음|됨|임))[.!?]?\W*$")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|와|과|에|로|으로|도|만)\s")
_BEFORE = re.compile(
    r"(?:의\s|\d단계|초기|최대|최소|약|총|현재|주로|등|세계|국내|글로벌|미국|[^\w])*"
)
_AMOUNT = re.compile(r"(?:\s?[가-힣A-Z][가-힣A-Za-z0-9]*){0,3}\s?(?:약\s|최대\s|총\s)?")
_MARKS = " ,’”'\""
_SURE = "0.75"
_LONGEST = 200
_LEAD = 3


def match_labels(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what the labels of an item, or the heading over it, say of those it names."""
    label = label_of(scene.text)
    labels = [part for part in label_parts(scene.text) if attributes_of(part.label)]
    labels = labels if label or _is_listing(scene) else []
    if labels:
        for part in labels:
            yield from _labelled(scene, part.label, (part.start, part.end), taken)
    elif scene.in_list:
        told, holder = _holder(scene, scene.discourse.attributes, labelled=False)
        if told is not None and holder is not None:
            found = _beginning(scene, told, label.end if label else len(scene.text))
            if label and not found and told.things:
                found = _in_list(scene, told, (label.body, len(scene.text)))
            yield from _related(scene, told, holder, found, "", taken)


def _is_listing(scene: Scene) -> bool:
    """Tell a line of labels without marks, below a heading or behind whom it is of."""
    headed = scene.in_list and scene.discourse.headed is not None
    return headed or lead_of(scene.text) is not None


def _labelled(
    scene: Scene, label: str, place: tuple[int, int], taken: Sequence[Draft]
) -> Iterator[Draft]:
    """Yield what one label says of those that ``place``, the range behind it, names."""
    told, holder = _holder(scene, attributes_of(label), labelled=True)
    if told is None or holder is None:
        return
    found = _in_list(scene, told, place)
    if told.metric and holder.id not in {n[0].id for n in found}:
        yield from _dated(scene, told, holder, place[0])
    yield from _related(scene, told, holder, found, label, taken)


def _related(
    scene: Scene,
    told: Attribute,
    holder: Entity,
    found: Sequence[Named],
    label: str,
    taken: Sequence[Draft],
) -> Iterator[Draft]:
    """Yield the relation of a holder to each of those found that ``taken`` does not tell."""
    if holder.id in {n[0].id for n in found}:
        return
    known = {(d.predicate, frozenset((d.subject.id, d.object.id))) for d in taken if d.object}
    for named in found:
        if (told.predicate, frozenset((holder.id, named[0].id))) not in known:
            yield _draft(scene, told, holder, named, label)


def _draft(scene: Scene, told: Attribute, holder: Entity, named: Named, label: str) -> Draft:
    """Make the claim that a label tells of one of those behind it."""
    entity, _, end = named
    subject, target = (entity, holder) if told.reverse else (holder, entity)
    draft = Draft(subject, told.predicate, target, None, 0, end)
    draft.confidence = _SURE
    if told.role and label:
        draft.qualifiers["role"] = label
    amount = _amount(scene, end) if told.counted else None
    if amount is not None:
        draft.value, draft.end = amount.value, amount.end
        draft.qualifiers["quantity"] = amount.value.text
    return draft


def _amount(scene: Scene, end: int) -> FoundValue | None:
    """Return how many there are of what is named: "H200 GPU 512장"."""
    told = next((v for v in scene.values if v.start >= end), None)
    return told if told and _AMOUNT.fullmatch(scene.text, end, told.start) else None


def _in_list(scene: Scene, told: Attribute, place: tuple[int, int]) -> list[Named]:
    """List whom the parts of a list begin with; a sentence is none."""
    if place[1] - place[0] > _LONGEST or _TOLD.search(scene.text):
        return []
    found: list[Named] = []
    for part in _PART.finditer(scene.text, *place):
        outside = part.start() + (part[0].find("(") if "(" in part[0] else len(part[0]))
        named = scene.named_in(part.start(), outside, told.who)
        if told.who == ("Place",):
            found = [*found, *named[-1:]]
            break
        leads = named and _leads(scene, part.start(), named[0][1])
        if leads and not _PARTICLE.match(scene.text, named[0][2]):
            found.append(named[0])
    return found


def _leads(scene: Scene, start: int, end: int) -> bool:
    """Tell that nothing but other names and sizes stands before one: "1단계 엔비디아 GB300"."""
    for named in reversed(scene.named_in(start, end)):
        end = min(end, named[1]) if _BEFORE.fullmatch(scene.text, named[2], end) else end
    return _BEFORE.fullmatch(scene.text, start, end) is not None


def _beginning(scene: Scene, told: Attribute, end: int) -> list[Named]:
    """List whom an item below such a heading begins with."""
    named = scene.named_in(0, end, told.who)
    if not named or re.search(r"\w", scene.text[: named[0][1]]):
        return []
    _, start, until = named[0]
    words = unglossed(scene.text[start:end]).strip(_MARKS)
    while (bare := without_corporate(words)) and len(bare) >= until - start:
        words = bare.strip(_MARKS)
    return named[:1] if len(words) <= until - start else []


def _holder(
    scene: Scene, options: Sequence[Attribute], *, labelled: bool
) -> tuple[Attribute | None, Entity | None]:
    """Return whose attribute it is, and which: whom the heading or the text before is about.

    What a heading names has the attributes of its class, not those of the report's firm.
    """
    discourse, lead = scene.discourse, lead_of(scene.text)
    named = scene.named_in(*lead, (*BODIES, *THINGS)) if lead else []
    if named:
        return next((o for o in options if named[0][0].cls in o.of), None), named[0][0]
    near = discourse.topic if labelled and scene.may_carry else None
    holders = (discourse.headed, discourse.home, near)
    if discourse.headed is not None and discourse.headed.cls in _PROFILED:
        holders = (discourse.headed, None, None)
    for entity in holders:
        told = next((one for one in options if entity and entity.cls in one.of), None)
        if told is not None:
            return told, entity
    return None, None


_PROFILED = ("Chip", "Model", "Software", "Product", "Facility", "Policy")


def _dated(scene: Scene, told: Attribute, holder: Entity, body: int) -> Iterator[Draft]:
    period = next((p for p in scene.periods if body <= p.start <= body + _LEAD), None)
    if period is not None:
        value = Value(scene.text[period.start : period.end])
        draft = Draft(holder, told.predicate, None, value, 0, period.end)
        draft.qualifiers.update({"metric": told.metric or "", "date": period.value})
        draft.modality = "plan" if period.ahead else "fact"
        yield draft
