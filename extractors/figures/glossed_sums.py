"""Sums in the bracket behind what is done for them: "보이시 신설(4조 원)이 따로 있다"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import PARTIES
from extractors.context.scene import Draft, Scene
from extractors.figures.deeds import load_deeds
from extractors.figures.holders import owners, phrase_at, topic_entity
from extractors.figures.quantities import holding
from extractors.sparing import sparing
from extractors.values.values import FoundValue
from kg.claim import Entity

_BEFORE = sparing(
    r"(?P<what>(?:[가-힣A-Za-z0-9]+\s){0,3}(?P<deed>[가-힣]{2,}))\s?\((?:약\s|총\s)?$"
)
_CLOSED = re.compile(r"\s?(?:규모|이상|이하)?\)")
_SURE = "0.65"
_MOST_WORDS = 3


def match_glossed(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the sums in brackets that ``taken`` does not tell."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        if not value.value.currency or value.value.text in told:
            continue
        if (draft := _glossed(scene, value)) is not None:
            yield draft


def _glossed(scene: Scene, value: FoundValue) -> Draft | None:
    before = _BEFORE.search(scene.text[: value.start])
    if before is None or not _CLOSED.match(scene.text, value.end):
        return None
    if before["deed"] not in load_deeds().glossed:
        return None
    at = before.start("deed")
    phrase = phrase_at(scene, at)
    begins = max(phrase.start if phrase else at, before.start("what"))
    company, _ = owners(scene, phrase, at)
    clause = scene.parsed.clause_to(value.end)
    holder = company or topic_entity(scene, clause, phrase, PARTIES)
    if holder is None:
        return None
    inside = [n[2] for n in scene.named_in(begins, at, PARTIES)]
    words = scene.masked[max([begins, *inside]) : before.end("deed")].strip(" 의").split()
    return _told(scene, value, holder, words[-_MOST_WORDS:])


def _told(scene: Scene, value: FoundValue, holder: Entity, words: Sequence[str]) -> Draft | None:
    """Name the sum by what it is for: the 보이시 신설 of "보이시 신설(4조 원)"."""
    name = f"{' '.join(words)} 금액"
    if words[-1] == holder.label:
        return None
    draft = holding(scene, value, holder, name)
    draft.confidence = _SURE
    return draft
