"""Labels and headings that say what others are to whom a text is about: "경쟁사: 가나, 다라".

A heading ("## 주요 고객") says it of those whom the items below it begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.attribute_data import Attribute, attribute_of
from extractors.evidence import without_corporate
from extractors.labels import label_of
from extractors.scene import Draft, Named, Scene
from kg.claim import Entity, Value

_PART = re.compile(r"(?:\([^()]*\)|[^,·/、;()])+")
_TOLD = re.compile(r"(?:[다요까]|[가-힣](?:함|음|됨|임))[.!?]?\W*$")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|와|과|에|로|으로|도|만)\s")
_GLOSS = re.compile(r"\s?\([^()]*\)")
_MARKS = " ,’”'\""
_SURE = "0.75"
_LONGEST = 200
_LEAD = 3


def match_labels(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what the label of an item, or the heading over it, says of those it names."""
    label = label_of(scene.text)
    told = attribute_of(scene.text[label.start : label.end]) if label else None
    if label and told:
        found = _in_list(scene, told, label.body)
        lead: str | None = scene.text[label.start : label.end].strip()
    elif scene.discourse.attribute and scene.in_list:
        told, lead = scene.discourse.attribute, None
        found = _beginning(scene, told, label.end if label else len(scene.text))
        if label and not found and told.things:
            found = _in_list(scene, told, label.body)
    else:
        return
    holder = _holder(scene, told, {n[0].id for n in found}, labelled=lead is not None)
    if holder is None:
        return
    known = {(d.predicate, frozenset((d.subject.id, d.object.id))) for d in taken if d.object}
    if told.metric and label:
        yield from _dated(scene, told, holder, label.body)
    for entity, _, end in found:
        if (told.predicate, frozenset((holder.id, entity.id))) not in known:
            pair = (entity, holder) if told.reverse else (holder, entity)
            draft = Draft(pair[0], told.predicate, pair[1], None, 0, end)
            draft.confidence = _SURE
            if told.role and lead:
                draft.qualifiers["role"] = lead
            yield draft


def _in_list(scene: Scene, told: Attribute, body: int) -> list[Named]:
    """List whom the parts of a list begin with; a sentence is none."""
    if len(scene.text) - body > _LONGEST or _TOLD.search(scene.text):
        return []
    found: list[Named] = []
    for part in _PART.finditer(scene.text, body):
        outside = part.start() + (part[0].find("(") if "(" in part[0] else len(part[0]))
        named = scene.named_in(part.start(), outside, told.who)
        if told.who == ("Place",):
            found = [*found, *named[-1:]]
            break
        leads = named and not re.search(r"\w", scene.text[part.start() : named[0][1]])
        if leads and not _PARTICLE.match(scene.text, named[0][2]):
            found.append(named[0])
    return found


def _beginning(scene: Scene, told: Attribute, end: int) -> list[Named]:
    """List whom an item below such a heading begins with."""
    named = scene.named_in(0, end, told.who)
    if not named or re.search(r"\w", scene.text[: named[0][1]]):
        return []
    _, start, until = named[0]
    words = _GLOSS.sub("", scene.text[start:end]).strip(_MARKS)
    while (bare := without_corporate(words)) and len(bare) >= until - start:
        words = bare.strip(_MARKS)
    return named[:1] if len(words) <= until - start else []


def _holder(scene: Scene, told: Attribute, named: set[str], *, labelled: bool) -> Entity | None:
    """Return whose attribute it is: whom the heading, the text before or the report is about."""
    discourse = scene.discourse
    near = discourse.topic if labelled and scene.may_carry else None
    for entity in (discourse.headed, discourse.home, near):
        if entity is not None and entity.cls in told.of:
            return entity if entity.id not in named else None
    return None


def _dated(scene: Scene, told: Attribute, holder: Entity, body: int) -> Iterator[Draft]:
    period = next((p for p in scene.periods if body <= p.start <= body + _LEAD), None)
    if period is not None:
        value = Value(scene.text[period.start : period.end])
        draft = Draft(holder, told.predicate, None, value, 0, period.end)
        draft.qualifiers.update({"metric": told.metric or "", "date": period.value})
        yield draft
