"""Which period a claim is of, where the sentence tells more than the nearest one."""

from __future__ import annotations

import re

from extractors.periods import FoundPeriod
from extractors.scene import Draft, Scene

_OPENS = re.compile(r"\s?\(")
_CLOSES = re.compile(r"\s?[말초EFP]?\s?\)")


def settle_period(scene: Scene, draft: Draft) -> None:
    """Let a figure be of the period in its own bracket, a plan for "4분기" of the one to come.

    A fact of a "4분기" is of the one gone by.
    """
    if not scene.periods:
        return
    told = draft.qualifiers.get("period")
    period = next((p for p in scene.periods if p.value == told), None)
    if own := _beside(scene, draft):
        period = own
        draft.qualifiers["period"] = own.value
    if period and draft.modality == "plan":
        draft.qualifiers["period"] = period.coming or period.value
    elif period and draft.modality == "fact":
        draft.qualifiers["period"] = period.gone or period.value


def _beside(scene: Scene, draft: Draft) -> FoundPeriod | None:
    """Return the period in the bracket right behind a figure: "14조(2024년 말)→17조(2025.6)"."""
    found = scene.value_of(draft)
    opens = _OPENS.match(scene.text, found.end) if found else None
    inside = (p for p in scene.periods if opens and p.start == opens.end() and not p.over)
    return next((p for p in inside if _CLOSES.match(scene.text, p.end)), None)
