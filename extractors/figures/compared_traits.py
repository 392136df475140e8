"""How much faster or cheaper a noun is said to be: "전작보다 15배 빠른 생성 속도를 낸다"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import THINGS
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import fitting, topic_entity
from extractors.figures.quantities import holding
from extractors.language.phrases import Clause
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_BETWEEN = re.compile(r"\s?(?:이상|가량|정도|넘게)?\s?(?:더\s|나\s)?")


def match_compared_traits(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a ratio before an adjective that describes a thing, or a trait of what does it."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if value.value.unit not in ("%", "배") or value.value.text in told:
            continue
        clause = _describing(scene, value)
        named = load_metrics().compared_by(clause.lemma, value.value.unit) if clause else None
        holder = _holder(scene, clause, value) if clause and named else None
        if holder is not None and named is not None:
            yield holding(scene, value, holder, named)


def _describing(scene: Scene, value: FoundValue) -> Clause | None:
    for clause in scene.parsed.clauses:
        beside = clause.start >= value.end and _BETWEEN.fullmatch(
            scene.text, value.end, clause.start
        )
        if clause.ending == "relative" and clause.modified is not None and beside:
            return clause
    return None


def _holder(scene: Scene, clause: Clause, value: FoundValue) -> Entity | None:
    """Return the thing that the noun names, else whose trait it is in the clause around."""
    described = clause.modified
    if described is None:
        return None
    things = scene.fill(described, THINGS)
    if things:
        return things[-1][0]
    if not any(word in load_metrics().words for word in described.words or (described.head,)):
        return None
    around = next((c for c in scene.parsed.clauses if described in c.args), None)
    found = topic_entity(scene, around, described, THINGS) if around else None
    return fitting(scene, found, "thing", value.start)
