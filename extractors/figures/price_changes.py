"""Prices that somebody raises or cuts: "다라는 GPU 가격을 15% 올린다"."""

from __future__ import annotations

import re

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import owners, phrase_at, topic_entity
from extractors.figures.metric_lists import Found
from extractors.figures.narrowing import narrow
from extractors.language.phrases import Clause
from extractors.values.metric_data import MetricSet
from extractors.values.values import FoundValue

_OF_ANOTHER = re.compile(r"\s\S*[가-힣][을를]\s(?:약\s|최대\s|평균\s)?$")
"""What else moves by a figure behind a price: "구독료를 더해 수익을 30% 끌어올렸다"."""


def price_change(
    scene: Scene,
    value: FoundValue,
    found: Found,
    metrics: MetricSet,
    clause: Clause | None,
    start: int,
    end: int,
) -> Draft | None:
    """Return who raises or cuts which price by a figure: "다라는 GPU 가격을 15% 올린다"."""
    moves = metrics.price_change.search(scene.text[value.end : end])
    if not moves or _OF_ANOTHER.search(scene.text[found.end : value.start]):
        return None
    phrase = phrase_at(scene, found.start)
    company, thing = owners(scene, phrase, found.start)
    moved = phrase is not None and phrase.case in ("subject", "topic")
    topic = topic_entity(scene, clause, phrase, BODIES)
    subject = company or (None if moved else topic)
    if subject is None and thing is not None:
        subject, thing = thing, None
    if subject is None:
        return None
    draft = Draft(subject, "changesPrice", thing, value.value, start, end, clause)
    if thing is None and phrase is not None:
        part = phrase.owner or phrase
        words = scene.text[part.outer_start : found.start].strip(" 의")
        if words and words != subject.label and len(words) <= 30 and "(" not in words:
            draft.qualifiers["product"] = words
    if moved and topic and topic is not subject:
        draft.attributed_to = topic.label
    if metrics.down.search(moves.group()):
        draft.qualifiers["status"] = "인하"
    narrow(scene, draft, value, found)
    return draft
