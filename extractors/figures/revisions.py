"""What is changed from one figure to another: "기금 규모를 100조 원에서 150조 원으로 늘린다".

Where no metric word tells what changes, the noun of the object does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.bases import comes_from
from extractors.figures.holders import HOLDERS, clause_of, topic_entity
from extractors.figures.quantities import holding, whole_named
from extractors.language.phrases import Clause, Phrase
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_HOLDERS = tuple(c for c in HOLDERS if c != "Place")
_CASES = ("object", "subject", "topic")
_NOUN = re.compile(r"[가-힣A-Za-z]+\s수$|[가-힣A-Za-z]{2,}$")
_SIZE = "규모"
_COUNTERS = ("개", "대", "장", "명", "곳")


def match_revisions(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what was and what becomes of a figure that ``taken`` does not tell."""
    used = {d.value.text for d in taken if d.value is not None}
    for old, new in zip(scene.values, scene.values[1:], strict=False):
        if not comes_from(scene, old) or {old.value.text, new.value.text} & used:
            continue
        clause = clause_of(scene, new)
        phrase = _measured(clause, old) if clause else None
        told = _NOUN.search(scene.masked[phrase.start : phrase.end].rstrip()) if phrase else None
        holder = _holder(scene, clause, phrase) if clause and phrase else None
        if holder is not None and holder.cls == "Market" and old.value.currency:
            continue  # a size of the market
        if told is None or holder is None or not _may_name(told.group(), holder):
            continue
        if phrase and scene.named_in(phrase.end - len(told.group()), phrase.end, generic=True):
            counted = old.value.unit in _COUNTERS
            name = f"{told.group()} 수" if counted else _of_topic(scene, clause)
        else:
            holder, name = whole_named(scene, old, clause, holder, told.group())
        if name is None:
            continue
        before = holding(scene, old, holder, name)
        before.qualifiers["basis"] = "이전"
        yield before
        yield holding(scene, new, holder, name)


def _measured(clause: Clause, old: FoundValue) -> Phrase | None:
    """Return the phrase of the clause that tells what changes, the nearest before the figures."""
    told = [p for p in (clause.topic, clause.subject, *clause.args) if p and p.case in _CASES]
    before = [p for p in told if p.until <= old.start and old.start - p.until <= _REACH]
    objects = [p for p in before if p.case == "object"]
    return max(objects or before, key=lambda p: p.end, default=None)


_REACH = 12
"""How far what changes stands from its first figure, at most, in characters."""


def _of_topic(scene: Scene, clause: Clause | None) -> str | None:
    """Return what the topic of a clause says is measured."""
    topic = clause.topic if clause else None
    word = scene.text[topic.start : topic.end] if topic else ""
    metric = load_metrics().words.get(word)
    return metric.name if metric else None


def _holder(scene: Scene, clause: Clause, phrase: Phrase) -> Entity | None:
    """Return whose figure it is: who is named in the phrase or owns it, else the topic."""
    part: Phrase | None = phrase
    while part is not None:
        named = scene.named_in(part.start, part.end, _HOLDERS)
        if named:
            return named[-1][0]
        part = part.owner
    return topic_entity(scene, clause, phrase, _HOLDERS)


def _may_name(noun: str, holder: Entity) -> bool:
    empty = noun in load_metrics().empty and noun != _SIZE
    return not empty and noun not in (holder.label, *holder.aliases)
