"""Exports and imports between countries: "대중국 수출" is nobody's of 중국.

Korean reports leave out whose exports they tell of where they are Korea's own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.context.scene import Draft, Named, Scene
from extractors.figures.plain_phrases import load_plain
from extractors.lexicon.store import load_lexicon
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
    if not metric.removeprefix("월평균 ").removeprefix("일평균 ").startswith(_TRADED):
        return
    owned = draft.subject.cls in ("Place", "Concept")
    partner = _partner(scene, draft.subject) if owned else _told_before(scene, draft)
    if partner is None and not owned and _reports(scene, draft.subject):
        draft.subject = _korea()
    if partner is None:
        return
    draft.qualifiers["metric"] = f"대{partner} {metric}"
    draft.subject = _owner(scene, draft.subject) or _korea()


def _reports(scene: Scene, body: Entity) -> bool:
    """Tell a ministry or office at home, which only reports what the country traded."""
    abroad = any(n[0].cls == "Place" for n in scene.names)
    return body.cls == "Organization" and bool(_REPORTING.fullmatch(body.label)) and not abroad


_REPORTING = re.compile(r"[가-힣]+(?:부|청|협회)")


def _told_before(scene: Scene, draft: Draft) -> str | None:
    """Return where goods go that a body only tells of: "가나부는 … 대중국 수출은 3억 달러"."""
    if draft.subject.cls != "Organization":
        return None
    at = next((v.start for v in scene.values if v.value is draft.value), 0)
    led = [p for p in scene.parsed.phrases if p.leads and p.end <= at][-1:]
    word = scene.text[led[0].start : led[0].end].split()[0] if led else ""
    return word[1:] if word in load_plain().toward else None


def _partner(scene: Scene, country: Entity) -> str | None:
    """Return the country that goods go to or come from, as the text calls it."""
    label = country.label
    named = next((n for n in scene.names if n[0].id == country.id), None)
    if label in load_plain().toward or (label.startswith(_BORDER) and label[1:] in _places()):
        return label[1:]
    if named is None:
        return None
    _, start, end = named
    towards = _TOWARDS.search(scene.text, 0, start) or _GOING.match(scene.text, end)
    return scene.text[start:end] if towards else None


def _owner(scene: Scene, partner: Entity) -> Entity | None:
    def owns(name: Named) -> bool:
        other = name[0].cls == "Place" and name[0].id != partner.id
        return other and _partner(scene, name[0]) is None

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
