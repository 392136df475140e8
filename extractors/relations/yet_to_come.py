"""Figures of what is still to be done, or of a year not over, in whatever tense they are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.syllables import RIEUL, final
from extractors.context.scene import Draft, Scene
from extractors.language.modality import modality
from extractors.values.values import FoundValue

_BESIDE = 4


def is_of_deed_to_come(scene: Scene, value: FoundValue) -> bool:
    """Tell a sum of what is still to be done: "증자로 조달할 2천억 원은"."""
    return value.value.currency is not None and any(
        clause.ending == "relative"
        and clause.modified is not None
        and clause.modified.start <= value.start < clause.modified.until
        and value.start - clause.end < _BESIDE
        and final(scene.text[clause.end - 1]) == RIEUL
        for clause in scene.parsed.clauses
    )


def is_of_this_year(scene: Scene, told: str | None, value: FoundValue) -> bool:
    """Tell what a year not over is to bring: "올해는 3조로 6% 늘지만 …할 것으로 추산된다"."""
    if not any((p.running or p.ahead) and p.value == told for p in scene.periods):
        return False
    moved = _MOVING.match(scene.text, value.end)
    return moved is not None and modality(scene.text[moved.end() :]) == "forecast"


_MOVING = re.compile(
    r"[^,.]{0,16}?\s(?:늘|늘어나|줄|줄어들|커지|오르|내리|넘|넘기|넘어서|웃돌|이르"
    r"|(?:증가|감소|성장|상승|하락|기록|달성|돌파)하)(?:지만|고|며|으며|면서|으면서|나|으나)\s"
)


def settle_built(drafts: Sequence[Draft]) -> None:
    """Let what is told of something that is still to be built be as sure as that it is built.

    "2028년까지 GPU 5만 장을 갖춘 센터를 짓는다": nothing is in it yet.
    """
    planned = {
        d.object.id: d.modality for d in drafts if d.predicate == "builds" and d.object is not None
    }
    for draft in drafts:
        told = planned.get(draft.subject.id)
        if told in ("plan", "forecast", "denied", "rumour") and draft.modality == "fact":
            draft.modality = told
