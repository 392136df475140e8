"""Who makes a thing that is called after its maker: "엔비디아 H100이나 B200 같은 GPU"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.classes import THINGS
from extractors.context.scene import Draft, Scene
from extractors.lexicon.makers import makers_of
from kg.claim import Entity

_LISTED = re.compile(r"[’”'\"]?(?:이나|나|와|과|,|·|/|및|또는|\s)\s?[‘“'\"]?")


def match_own_names(scene: Scene) -> Iterator[Draft]:
    """Yield ``develops`` drafts for names that hold their curated maker's, once a report."""
    before: tuple[Entity, int] | None = None
    for entity, start, end in scene.names:
        known = makers_of(entity) if entity.cls in THINGS else ()
        if not known or scene.is_generic(entity):
            continue
        listed = before is not None and _LISTED.fullmatch(scene.text, before[1], start)
        told = [m for m in known if _is_called_after(scene.text[start:end], m)]
        told = told or [m for m in known if listed and before and m.id == before[0].id]
        if not told:
            continue
        before = told[0], end
        if entity.id not in scene.discourse.made:
            scene.discourse.made.add(entity.id)
            yield Draft(told[0], "develops", entity, None, start, end)


def _is_called_after(name: str, maker: Entity) -> bool:
    if " " not in name:
        return False
    folded = name.casefold()
    return any(folded.startswith(f"{a.casefold()} ") for a in (maker.label, *maker.aliases))
