"""Exports and imports between countries: "대중국 수출" is nobody's of 중국.

Korean reports leave out whose exports they tell of where they are Korea's own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.lexicon_store import load_lexicon
from extractors.scene import Draft, Named, Scene
from kg.claim import Entity

_TRADED = ("수출", "수입", "무역")
_TOWARDS = re.compile(r"(?:^|[\s,(])대\s?(?:\(對\))?\s?$|對\s?$")
_GOING = re.compile(r"(?:으로|로)의\s|(?:향|행|에 대한)\s|에서의\s수입")
_BORDER = "대"
"""What the name of a country begins with where it is read as a word with it: "대중국"."""


def settle_trade(scene: Scene, draft: Draft) -> None:
    """Give what is exported to a country to whom it is of, and keep where it goes.

    The other country that the sentence tells of, else Korea.
    """
    metric = draft.qualifiers.get("metric", "")
    if draft.subject.cls not in ("Place", "Concept") or not metric.startswith(_TRADED):
        return
    partner = _partner(scene, draft.subject)
    if partner is None:
        return
    draft.qualifiers["metric"] = f"대{partner} {metric}"
    draft.subject = _owner(scene, draft.subject) or _korea()


def _partner(scene: Scene, country: Entity) -> str | None:
    """Return the country that goods go to or come from, as the text calls it."""
    label = country.label
    named = next((n for n in scene.names if n[0].id == country.id), None)
    if named is None:
        return label[1:] if label.startswith(_BORDER) and label[1:] in _places() else None
    _, start, end = named
    towards = _TOWARDS.search(scene.text, 0, start) or _GOING.match(scene.text, end)
    return scene.text[start:end] if towards else None


def _owner(scene: Scene, partner: Entity) -> Entity | None:
    def owns(name: Named) -> bool:
        there = _TOWARDS.search(scene.text, 0, name[1]) or _GOING.match(scene.text, name[2])
        return name[0].cls == "Place" and name[0].id != partner.id and not there

    here = next((n[0] for n in scene.names if owns(n)), None)
    topic = scene.discourse.topic if scene.may_carry else None
    return here or (topic if topic and topic.cls == "Place" and topic.id != partner.id else None)


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    places = (e.entity for e in load_lexicon() if e.entity.cls == "Place")
    return frozenset(name for place in places for name in (place.label, *place.aliases))


@lru_cache(maxsize=1)
def _korea() -> Entity:
    return next(e.entity for e in load_lexicon() if e.entity.id == "korea")
