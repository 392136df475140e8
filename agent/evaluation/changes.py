"""Weekly diffs against gold changes.

Recall: the share of gold changes that the diff of their two reports holds. The gold is a
sample, so a change it does not speak of is not judged: ``precision`` is the share of
right ones among those reported changes that are about what some gold change of that pair
is about (:func:`about`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.evaluation.claims import statement
from agent.evaluation.figures import Miss, Part, Share, Sources, shares
from agent.evaluation.gold import GoldChange
from agent.evaluation.matching import change_matches, norm, occurs, same_sides

if TYPE_CHECKING:
    from kg.generation import Generation

_NAMING = ("metric", "period", "partner", "product", "setting", "place", "role", "topic")
"""Qualifiers that say what a claim is of; the others are part of what it says."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A reported change that the gold speaks of, with the gold changes about the same."""

    change: Mapping[str, Any]
    about: tuple[GoldChange, ...]
    right: bool


def score_changes(
    generation: Generation,
    gold: Sequence[GoldChange],
    sources: Sources,
    step: Callable[[str], None],
) -> Part:
    """Score the diffs of all pairs of reports that the gold names."""
    pairs: dict[tuple[str, str], list[GoldChange]] = {}
    for item in gold:
        pairs.setdefault((item.old, item.new), []).append(item)
    found: list[tuple[GoldChange, bool]] = []
    judged: list[_Judged] = []
    misses: list[Miss] = []
    for (old, new), items in pairs.items():
        reported = _reported(generation, old, new)
        hits = [(item, any(change_matches(item, c) for c in reported)) for item in items]
        here = list(_judged(items, reported))
        found += hits
        judged += here
        misses += [_missed(item, reported, sources) for item, right in hits if not right]
        misses += [_wrong(item, sources) for item in here if not item.right]
        step(f"{old}..{new}")
    return Part(_figures(found, judged), tuple(misses))


def _reported(generation: Generation, old: str, new: str) -> list[dict[str, Any]]:
    from agent.changes import changes
    from kg.diff_format import to_json

    compared = changes(generation, old, new)
    document = to_json(compared.changes, compared.old.reports, compared.new.reports)
    reported: list[dict[str, Any]] = document["changes"]
    return reported


def _judged(gold: Sequence[GoldChange], reported: Sequence[Mapping[str, Any]]) -> Iterator[_Judged]:
    for change in reported:
        named = tuple(item for item in gold if about(item, change))
        right = any(change_matches(item, change) for item in gold)
        if named or right:
            yield _Judged(change, named, right)


def about(gold: GoldChange, change: Mapping[str, Any]) -> bool:
    """Tell whether a reported change is about what the gold change is about.

    That is: subject and predicate agree, the object too where the gold has one, and so
    do the metric and other naming qualifiers where both give them. When the gold has
    neither object nor metric, the value must agree, so that only the kind is judged.
    """
    if not same_sides(gold, change) or not _qualifiers_agree(gold, change):
        return False
    said = norm(_texts(change))
    if gold.object is not None and not occurs(gold.object, said):
        return False
    if gold.object is None and "metric" not in gold.qualifiers and gold.value is not None:
        return occurs((text.strip('"') for text in gold.value.contains), said)
    return gold.object is not None or bool(gold.qualifiers)
