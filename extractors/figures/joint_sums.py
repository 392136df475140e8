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
from extractors.figures.held_by_others import is_bracketed
from extractors.figures.holders import begins_at
from extractors.figures.misheld_data import load_misheld
from extractors.figures.plain_phrases import load_plain
from extractors.figures.quantities import holding
from extractors.names.descriptions import are_several
from extractors.sparing import sparing
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity, entity_id

_LED = ("topic", "subject", "of")
_LONGEST = 48
_BETWEEN = re.compile(r"[”’\"']?(?:\([^()]*\))?\s?(?:[·/,&]|와|과|및|그리고)\s?[“‘\"']?")
_SHARED = re.compile(r"(?:의|은|는|이|가)\s")
_APIECE = sparing(r"(?:각각|각자|나란히)\s(?:약\s|최대\s)?$")
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
    if label := _called_together(scene, holder, value):
        return Entity(entity_id(label), "Organization", label)
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


_ADDED = re.compile(r"(?:합쳐서?|합치면|합해|합하면|도합|합산)\s(?:약\s)?$")
_SUMMED = sparing(r"(?:두|세|네|다섯|\d+개?)\s?(?:회사|기업|업체|사|곳|나라)(?:의|가|는|를)?\s")
_OF_ITS_OWN = sparing(r"(?:계열사|자회사|법인|공장|사업장|매장|지점|점포)\s?$")
"""What so many of are all one firm's: "계열사 48곳의 합산 매출"."""
_NEAR = 8
"""How far from a figure its own holder stands in a bracket: "(가나 DS 약 41조)"."""


def _called_together(scene: Scene, holder: Entity, value: FoundValue) -> str | None:
    """Return what a bracket's firms are called together: "국내 배터리 3사(가나, 다라)의 매출은"."""
    for several in _SEVERAL.finditer(scene.text, 0, value.start):
        inside = scene.named_in(*several.span("inside"), BODIES)
        listed = len(inside) > 1 or _LISTING.search(several["inside"])
        if listed and any(n[0].id == holder.id for n in inside):
            words = several["group"].split()
            while len(words) > 1 and words[0] in load_plain().leading:
                del words[0]  # "지난해 국내 4대 그룹": whose, not when
            return " ".join(words)
    return None


_LISTING = re.compile(r"[가-힣A-Za-z)]\s?[·,/]\s?[가-힣A-Za-z]")


_SEVERAL = sparing(
    r"(?P<group>(?:[가-힣A-Za-z]+(?<![은는이가을를의])\s){0,3}(?:[가-힣A-Za-z]+\s?)?\d+(?:(?:개\s?)?(?:사|곳)|대\s(?:그룹|기업|은행|통신사|증권사|빅테크|업체)))"
    r"\((?P<inside>[^()]+)\)(?:의|는|은|이|가)"
)


def is_sum_of_several(scene: Scene, holder: Entity, value: FoundValue) -> bool:
    """Tell what several have together: "가나·다라의 합산 투자는 30조", "네 회사의 …"."""
    if are_several(holder.label.rpartition(" ")[2]):
        return False
    if _called_together(scene, holder, value) is not None:
        return True
    words = load_misheld()
    added = _ADDED.search(scene.text, 0, value.start) is not None
    if words.apart.search(scene.text) and not added:
        return False
    summed = _SUMMED.search(scene.text, 0, value.start)
    own = summed and _OF_ITS_OWN.search(scene.text, 0, summed.start())
    if summed and not own and words.together.search(scene.text):
        beside = any(n[0].id == holder.id and 0 <= value.start - n[2] < _NEAR for n in scene.names)
        return not beside
    counted = kind_of(value.value) in ("money", "scaled", "count") and value.value.unit != "위"
    for phrase in scene.parsed.phrases:
        if phrase.start >= value.start or phrase.case not in ("topic", "subject", "of"):
            continue
        parts = (scene.named_in(p.start, p.end, BODIES) for p in phrase.chain())
        named = {n[0].id for part in parts for n in part if not is_bracketed(scene, n[1])}
        later = {n[0].id for n in scene.names if phrase.until <= n[1] < value.start}
        if holder.id in named and len(named) > 1 and holder.id not in later:
            return counted or bool(words.together.search(scene.text))
    return False
