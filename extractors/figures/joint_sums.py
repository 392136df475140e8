"""Sums that several have together, and what each of several gives: "가나와 다라가 각각 3조 원씩".

What several have together is of a group, which is called as it is printed: "가나·다라".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.classes import BODIES
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.figure_names import called
from extractors.figures.holders import begins_at
from extractors.figures.quantities import holding
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity, entity_id

_LED = ("topic", "subject", "of")
_LONGEST = 48
_BETWEEN = re.compile(r"[”’\"']?(?:\([^()]*\))?\s?(?:[·/,&]|와|과|및|그리고)\s?[“‘\"']?")
_SHARED = re.compile(r"(?:의|은|는|이|가)\s")
_APIECE = re.compile(r"(?:각각|각자|나란히)\s(?:약\s|최대\s)?$")
_EACH = re.compile(r"\s?씩(?=[\s,.]|$)")
_SURE = "0.65"


def listed_before(scene: Scene, value: FoundValue) -> list[Named]:
    """Return the firms that are listed as whose a figure is: "가나·다라의 투자는 3조 원"."""
    for phrase in scene.parsed.phrases:
        if phrase.start >= value.start or phrase.case not in _LED:
            continue
        chain = phrase.chain()
        named = scene.named_in(chain[0].start, phrase.end, BODIES)
        if len({n[0].id for n in named}) > 1 and _are_listed(scene, named):
            return named
    return []


def _are_listed(scene: Scene, named: Sequence[Named]) -> bool:
    """Tell a plain list of names that a particle ends."""
    pairs = pairwise(named)
    joined = all(_BETWEEN.fullmatch(scene.text, one[2], two[1]) for one, two in pairs)
    return joined and _SHARED.match(scene.text, named[-1][2]) is not None


def group_of(scene: Scene, holder: Entity, value: FoundValue) -> Entity | None:
    """Return the group whose sum a figure is that was given to one of it."""
    named = listed_before(scene, value)
    if all(n[0].id != holder.id for n in named):
        return None
    label = scene.text[named[0][1] : named[-1][2]]
    if len(label) > _LONGEST:
        return None
    return Entity(entity_id(label), "Organization", label)


def match_apiece(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the sum that each of several gives: "가나와 다라가 각각 3조 원씩 투자한다"."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        apiece = _APIECE.search(scene.text[: value.start]) and _EACH.match(scene.text, value.end)
        if not apiece or value.value.text in told or kind_of(value.value) == "percent":
            continue
        named = [n for n in listed_before(scene, value) if n[1] >= begins_at(scene, value)]
        alike = [v for v in scene.values if v.value.currency == value.value.currency]
        names = (called(scene, v)[0] for v in (value, *alike) if named)
        name = next((told for told in names if told), None)
        for entity in {n[0].id: n[0] for n in named}.values() if name else ():
            draft = holding(scene, value, entity, name or "")
            draft.tail = value.end, len(scene.text)
            draft.confidence = _SURE
            yield draft
