"""Figures in a line of labels: "가나(Gana)는 ▲본사: 부산 ▲직원: 90명 ▲수주잔고: 320억원".

They are of whom the line is of, not of whom the label before names. The form is
``context/label_parts.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.classes import BODIES, THINGS
from extractors.context.label_parts import Part, label_parts, lead_of
from extractors.context.scene import Draft, Scene
from extractors.figures.quantities import holding
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue

_SURE = "0.8"


def match_label_rows(scene: Scene) -> Iterator[Draft]:
    """Yield the figure behind each label that measures something of whom the line is of."""
    lead = lead_of(scene.text) if scene.values else None
    named = scene.named_in(*lead, (*BODIES, *THINGS)) if lead else []
    if not named:
        return
    for part in label_parts(scene.text):
        value = _first(scene, part)
        metric = load_metrics().words.get(part.label)
        if value is None or metric is None:
            continue
        draft = holding(scene, value, named[0][0], metric.name)
        draft.start, draft.end, draft.tail = part.begins, value.end, None
        if not any(part.start <= p.start < part.end for p in scene.periods):
            draft.qualifiers.pop("period", None)
        draft.modality, draft.confidence = "fact", _SURE
        yield draft


def _first(scene: Scene, part: Part) -> FoundValue | None:
    """Return the figure that a label is followed by, with no name between."""
    value = next((v for v in scene.values if part.start <= v.start and v.end <= part.end), None)
    between = scene.named_in(part.start, value.start) if value else []
    return None if between else value
