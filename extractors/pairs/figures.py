"""Figures that the rules give to one and the examples to another.

A rule sees one pattern, the weights the whole sentence: on marked passages that were not
fitted, a figure whose likely holder is not the rule's is the other's three times out of four.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.holders import begins_at
from extractors.figures.wholes import WHOLES, is_part
from extractors.pairs.candidates import quantity
from extractors.pairs.features import Party, View, kinds
from extractors.pairs.model import load_model

LIKELY, LIKELIER, UNLIKELY = 0.6, 0.66, 0.35
"""A figure goes to a holder so likely, or if carried from before so, from one so unlikely."""
_OF_VALUES = frozenset({"hasMetric", "marketShare", "marketSize"})


def give_figures(view: View, parties: Sequence[Party], drafts: Sequence[Draft]) -> None:
    """Give the figures of drafts to whom they most likely belong, where the rule's is unlikely."""
    model = load_model("quantities")
    places = {id(found.value): found for found in view.scene.values}
    for draft in drafts:
        found = places.get(id(draft.value))
        if found is None or not _is_movable(draft):
            continue
        figure = quantity(found)
        able = [(p, figure) for p in parties if kinds(p, figure) in model.kinds]
        own = [pair for pair in able if pair[0].entity.id == draft.subject.id]
        whole = draft.subject.cls in WHOLES and not is_part(view.scene, draft.subject)
        others = [
            pair
            for pair in able
            if pair[0].entity.id != draft.subject.id
            and not (whole and is_part(view.scene, pair[0].entity))
        ]
        if not own or not others or _most(model.judge(view, own)) > UNLIKELY:
            continue  # most often: the others need not be judged
        judged = model.judge(view, others)
        odds = _most(judged)
        holder = next(p for (p, _), told in zip(others, judged, strict=True) if told[1] == odds)
        likely = odds >= (LIKELIER if holder.carried else LIKELY)
        aside = holder.carried or holder.end < begins_at(view.scene, found)
        if likely and not (aside and _leads(view.scene, draft)):
            draft.subject = holder.entity


def _most(judged: Iterable[tuple[str, float]]) -> float:
    return max(odds for _, odds in judged)


def _leads(scene: Scene, draft: Draft) -> bool:
    """Tell a holder that the topic names ("HBM3E 비중은") from one who stands aside."""
    topics = [p for p in scene.parsed.phrases if p.leads]
    return any(n[0].id == draft.subject.id for p in topics for n in scene.named_in(p.start, p.end))


def _is_movable(draft: Draft) -> bool:
    """Tell a figure of a clause; phrasings, which have none, say themselves whose it is."""
    placed = draft.value is not None and draft.value.unit == "위"  # beside whose it is
    clear = draft.clause is not None and not placed
    return clear and draft.object is None and draft.predicate in _OF_VALUES
