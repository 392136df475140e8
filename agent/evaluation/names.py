"""Name recognition against sentences with marked names.

A case is right when a name found in its sentence overlaps the marked range and is one of
the accepted ones, or, where nothing should be named there, when none overlaps it. Each
sentence is read alone, as a report of one sentence would be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.evaluation.figures import Miss, Part, Share
from agent.evaluation.gold import GoldName
from agent.evaluation.matching import norm
from kg.claim import Entity


def score_names(gold: Sequence[GoldName], step: Callable[[str], None]) -> Part:
    """Score the lexicon and the names that a sentence introduces itself."""
    judged: list[tuple[GoldName, bool]] = []
    misses: list[Miss] = []
    for item in gold:
        found = _linked(item)
        judged.append((item, _right(item, found)))
        if not judged[-1][1]:
            misses.append(_miss(item, found))
    step("names")
    figures = {
        "accuracy": Share.count(right for _, right in judged).to_json(),
        "names": Share.count(right for item, right in judged if item.entity).to_json(),
        "lookalikes": Share.count(right for item, right in judged if not item.entity).to_json(),
    }
    return Part(figures, tuple(misses))


def _linked(item: GoldName) -> list[Entity]:
    from extractors.lexicon.store import load_lexicon
    from extractors.names.names import Names

    end = item.start + len(item.mention)
    found = Names(load_lexicon(), [item.text]).find(item.text)
    return [entity for entity, start, stop in found if start < end and item.start < stop]


def _right(item: GoldName, found: Sequence[Entity]) -> bool:
    if item.entity is None:
        return not found
    accepted = {norm(name) for name in item.entity}
    return any(accepted & {norm(name) for name in _names(entity)} for entity in found)


def _names(entity: Entity) -> tuple[str, ...]:
    given = (entity.label, entity.label_en, entity.ticker, *entity.aliases)
    return tuple(name for name in given if name)


def _miss(item: GoldName, found: Sequence[Entity]) -> Miss:
    return Miss(
        "name",
        item.id,
        f"{'|'.join(item.entity) if item.entity else 'nothing named'}  in “{item.text}”",
        ", ".join(f"{entity.label} ({entity.cls})" for entity in found),
        f"{item.mention!r} at {item.start}",
    )
