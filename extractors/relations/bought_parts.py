"""What of a firm is bought, where it is not the firm: "가나는 다라의 로봇 사업부를 인수했다"."""

from __future__ import annotations

import re

from extractors.context.scene import Draft, Scene
from kg.claim import Entity, entity_id

_PART = re.compile(
    r"(?:\([^()]*\))?(?:의)?\s(?P<part>(?:[가-힣A-Za-z0-9·]+(?<![을를은는이가에로와과])\s){0,2}"
    r"[가-힣A-Za-z]*(?:사업부문|사업부|사업|부문|공장|라인|팹|특허|생산시설|자산))"
    r"(?:을|를|의|\s(?:인수|매입|사들))"
)


def settle_bought_part(scene: Scene, draft: Draft) -> None:
    """Let what is taken over be the part of a firm that is told, not all of it."""
    if draft.predicate != "acquires" or draft.object is None:
        return
    for entity, _, end in scene.names:
        found = _PART.match(scene.text, end) if entity.id == draft.object.id else None
        if found:
            label = f"{entity.label} {found['part']}"
            draft.object = Entity(entity_id(label), "Organization", label)
            return
