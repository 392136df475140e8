"""Whose the figure of a part is: "이 칩은 HBM 용량이 288GB다" tells of the chip, not of HBM.

Memory, links and processors in general are parts; a figure of theirs is that of the thing
which its sentence, or the one before, is about.
"""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.language.phrases import Clause, Phrase
from kg.claim import Entity

WHOLES = ("Chip", "Product", "Model", "Software", "Facility")
_PART = re.compile(
    r"^(?:HBM|LP?DDR|GDDR|SRAM|D램|DRAM|NAND|SSD|eSSD|PCIe|NVLink|CXL|I/O|UCIe|CPU|GPU|NPU|인터포저|CoWoS)"
)


def is_part(scene: Scene, entity: Entity) -> bool:
    """Tell what things are built with from a thing: HBM, PCIe, GPU in general."""
    return scene.is_generic(entity) or _PART.match(entity.label) is not None


def whole_of(scene: Scene, clause: Clause | None, part: Entity, at: int) -> Entity | None:
    """Return the thing whose ``part`` is told of ``at`` an offset, if it has one."""
    phrase = next(
        (p for p in scene.parsed.phrases if p.start <= at < max(p.end, p.start + 1)), None
    )
    owner = phrase.owner if phrase else None
    own = [owner, *((clause.topic, clause.earlier) if clause else ())]
    for led in own:
        if led is not None and led is not phrase and (found := _thing(scene, led, part)):
            return found
    return None if any(_leads(scene, p, phrase) for p in own) else _carried(scene, part, phrase)


def _thing(scene: Scene, phrase: Phrase, part: Entity) -> Entity | None:
    named = scene.named_in(phrase.outer_start, phrase.end, WHOLES)
    told = [n[0] for n in named if n[0] is not part and not is_part(scene, n[0])]
    return told[-1] if told else None


def _leads(scene: Scene, phrase: Phrase | None, own: Phrase | None) -> bool:
    """Tell somebody else whom the clause is about: "가나전자는 HBM 용량을 …"."""
    if phrase is None or phrase is own:
        return False
    named = scene.named_in(phrase.outer_start, phrase.end)
    return any(not is_part(scene, n[0]) for n in named)


def _carried(scene: Scene, part: Entity, phrase: Phrase | None) -> Entity | None:
    """Return the thing told of before, where the sentence names nothing but parts in general."""
    thing = scene.discourse.thing
    versioned = any(ch.isdigit() for ch in part.label)
    if thing is None or versioned or not scene.may_carry or is_part(scene, thing):
        return None
    until = phrase.start if phrase else len(scene.text)
    others = [n for n in scene.names if n[2] <= until and not is_part(scene, n[0])]
    return None if others else thing
