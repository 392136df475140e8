"""Whose a figure is whose product is none: a group of firms, or what a share is of."""

from __future__ import annotations

import re
from collections.abc import Collection

from extractors.classes import BODIES
from extractors.context.brackets import bracket_at, head_end
from extractors.context.scene import Draft, Scene
from kg.claim import Entity, entity_id

_SOLD = ("Technology", "Chip", "Product", "Concept")
_SHARE = re.compile(r"\s?(?:시장\s?)?점유율")


def told_as_product(scene: Scene, draft: Draft, groups: Collection[str]) -> Entity:
    """Return whose a figure is.

    "나래증권 CY26 하이퍼스케일러 CAPEX 9백억" is of the group and only told by the house; the
    "DRAM 점유율 7%" below a firm's label is that firm's, not of DRAM itself.
    """
    holder, product = draft.subject, draft.qualifiers.get("product", "")
    if product in groups and holder.cls in BODIES:
        del draft.qualifiers["product"]
        draft.attributed_to = draft.attributed_to or holder.label
        return Entity(entity_id(product), "Concept", product)
    if draft.predicate == "marketShare" and holder.cls in _SOLD and _measured_beside(scene, holder):
        return _labelled(scene) or holder
    return holder


def _measured_beside(scene: Scene, holder: Entity) -> bool:
    """Tell what a share is of: the DRAM of "DRAM 점유율 7%"."""
    named = (n for n in scene.names if n[0].id == holder.id)
    return any(_SHARE.match(scene.text, n[2]) for n in named)


def _labelled(scene: Scene) -> Entity | None:
    """Return the one firm that the label of a line names."""
    named = scene.named_in(0, head_end(scene.text), BODIES)
    firms = {n[0].id: n[0] for n in named if bracket_at(scene.text, n[1]) is None}
    return next(iter(firms.values())) if len(firms) == 1 else None
