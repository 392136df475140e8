"""Figures that the rules give to one and the examples to another.

A rule sees one pattern, the weights the whole sentence: on marked passages that were not
fitted, a figure whose likely holder is not the rule's is the other's three times out of four.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pairs.candidates import quantities
from extractors.pairs.features import Party, View, features, kinds
from extractors.pairs.model import load_model
from extractors.scene import Draft, Scene

LIKELY, LIKELIER, UNLIKELY = 0.6, 0.66, 0.35
"""A figure goes to a holder so likely, or if carried from before so, from one so unlikely."""
_OF_VALUES = frozenset({"hasMetric", "marketShare", "marketSize"})


def give_figures(view: View, parties: Sequence[Party], drafts: Sequence[Draft]) -> None:
    """Give the figures of drafts to whom they most likely belong, where the rule's is unlikely."""
    model = load_model("quantities")
    parted = zip(view.scene.values, quantities(view.scene), strict=True)
    places = {id(found.value): party for found, party in parted}
    for draft in drafts:
        party = places.get(id(draft.value))
        if party is None or not _is_movable(draft):
            continue
        able = [p for p in parties if kinds(p, party) in model.kinds]
        if len(able) > 1 and any(p.entity.id == draft.subject.id for p in able):
            judged = [
                model.likeliest(features(view, p, party), carried=bool(p.carried))[1] for p in able
            ]
            rated = list(zip(judged, able, strict=True))
            own = max(odds for odds, p in rated if p.entity.id == draft.subject.id)
            best, holder = max(rated, key=lambda told: told[0])
            likely = best >= (LIKELIER if holder.carried else LIKELY)
            if likely and own <= UNLIKELY and not (holder.carried and _leads(view.scene, draft)):
                draft.subject = holder.entity


def _leads(scene: Scene, draft: Draft) -> bool:
    """Tell a holder that the topic names ("HBM3E 비중은") from one who stands aside."""
    topics = [p for p in scene.parsed.phrases if p.case in ("topic", "subject")]
    return any(n[0].id == draft.subject.id for p in topics for n in scene.named_in(p.start, p.end))


def _is_movable(draft: Draft) -> bool:
    """Tell a figure of a clause; phrasings, which have none, say themselves whose it is."""
    placed = draft.value is not None and draft.value.unit == "위"  # beside whose it is
    clear = draft.clause is not None and not placed
    return clear and draft.object is None and draft.predicate in _OF_VALUES
