"""Who makes a chip where a foundry's process is named: "레니게이드는 TSMC 5나노로 생산된다"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.holders import phrase_at, topic_entity
from extractors.makers import maker_of
from extractors.scene import Draft, Scene

_NODE = re.compile(r"\d\s?(?:나노|nm|㎚)")
_MADE = frozenset({"생산", "양산", "제조", "제작", "만들", "만들어지", "찍", "찍어내"})
_CASES = ("by", "at", "via")


def match_foundries(scene: Scene) -> Iterator[Draft]:
    """Yield ``manufactures`` drafts of the foundry whose process a chip is made in."""
    for entity, start, _ in scene.names:
        foundry = maker_of(entity) if entity.cls == "Technology" else None
        if foundry is None or not _NODE.search(entity.label):
            continue
        phrase = phrase_at(scene, start)
        clause = scene.parsed.clause_with(phrase) if phrase else None
        if phrase is None or clause is None or phrase.case not in _CASES:
            continue
        chip = topic_entity(scene, clause, phrase, ("Chip", "Product"))
        if chip is not None and clause.lemma in _MADE:
            draft = Draft(foundry, "manufactures", chip, None, start, clause.end, clause)
            topic = clause.topic or clause.subject
            draft.start = min(start, topic.outer_start) if topic else start
            draft.tail = (clause.stem_end, clause.tail_end)
            draft.confidence = "0.7"
            yield draft
