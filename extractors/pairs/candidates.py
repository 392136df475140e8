"""Which pairs of a sentence may be related: names with names, names with quantities."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.context.scene import Scene
from extractors.pairs.features import Party
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from kg.claim import Entity

_AHEAD = ("topic", "org", "thing", "person", "heading", "home")
"""What the discourse holds for a subject that is not named, as it is named there."""


def named(scene: Scene) -> list[Party]:
    """List the names of a sentence in order."""
    return [Party(entity, start, end) for entity, start, end in scene.names]


_LIKE = {"scaled": "money", "duration": "count", "flops": "count", "length": "count"}
"""Kinds of quantities that pairs tell no apart from others."""


def carried(scene: Scene) -> list[Party]:
    """List whom a sentence may be about without naming them."""
    if not scene.may_carry:
        return []
    here = {n[0].id for n in scene.names}
    kinds: dict[str, list[str]] = {}
    held: dict[str, Entity] = {}
    for kind in _AHEAD:
        entity: Entity | None = getattr(scene.discourse, kind)
        if entity is not None and entity.id not in here:
            held[entity.id] = entity
            kinds.setdefault(entity.id, []).append(kind)
    return [Party(entity, -1, -1, "+".join(kinds[key])) for key, entity in held.items()]


def quantities(scene: Scene) -> list[Party]:
    """List the quantities of a sentence as parties of the class of their kind."""
    return [quantity(found) for found in scene.values]


def quantity(found: FoundValue) -> Party:
    """Make a party of a quantity, of the class of its kind.

    One on a scale without its unit is mostly a sum: "매출 79조".
    """
    kind = kind_of(found.value)
    return Party(Entity("", f"#{_LIKE.get(kind, kind)}", found.value.text), found.start, found.end)


def pairs_of(firsts: Sequence[Party], seconds: Sequence[Party]) -> list[tuple[Party, Party]]:
    """Pair names in both orders where one at least stands in the sentence.

    Of each two entities the two mentions are kept that stand nearest to each other.
    """
    best: dict[tuple[str, str], tuple[int, Party, Party]] = {}
    for a in firsts:
        for b in seconds:
            key = a.entity.id, b.entity.id
            if key[0] == key[1] or (a.carried and b.carried):
                continue
            far = 0 if a.carried or b.carried else abs(a.start - b.start)
            if key not in best or far < best[key][0]:
                best[key] = far, a, b
    return [(a, b) for _, a, b in best.values()]
