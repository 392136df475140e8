"""Ratios in the bracket behind a figure: "매출은 3조 원(+12% YoY, OPM 21%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.figure_names import labelled
from extractors.figures.moves import FILE as MOVES
from extractors.figures.told_growth import moved_by
from extractors.values.metric_data import basis_before, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import Worded

_BRACKET = re.compile(r"(?:\s(?:기록|달성|시현|전망|예상|집계))?\s?\((?P<inside>[^()]{2,60})\)")
_RISEN = Worded(MOVES, r"\s?(?:이상\s|넘게\s)?{risen}")
_FALLEN = re.compile(r"\s?(?:감소|하락|축소|급감|급락)")


def match_growth(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the growth and the margins that stand behind figures, of the figures' holders."""
    drafts = {id(d.value): d for d in matched if "metric" in d.qualifiers and d.object is None}
    for value in scene.values:
        draft, bracket = drafts.get(id(value.value)), _BRACKET.match(scene.text, value.end)
        if draft is None or bracket is None:
            continue
        for ratio in scene.values:
            if bracket.start() < ratio.start < bracket.end() and ratio.value.unit in ("%", "%p"):
                yield from _draft(scene, draft, ratio, bracket)


def _draft(
    scene: Scene, figure: Draft, ratio: FoundValue, bracket: re.Match[str]
) -> Iterator[Draft]:
    name, basis = labelled(scene, ratio), None
    if name is None:
        basis = _basis(scene, ratio, bracket)
        moved = moved_by(scene, ratio)
        down = _FALLEN.match(scene.text, ratio.end) or (
            moved is False and ratio.value.text[:1] not in "-−△"
        )
        up = _RISEN.match(scene.text, ratio.end)
        rate = "감소율" if down else "증가율" if up else "증감률"
        kind = "증감폭" if ratio.value.unit == "%p" else rate
        name = f"{figure.qualifiers['metric']} {kind}" if basis or moved is not None else None
    if name is None:
        return
    found = Draft(
        figure.subject, "hasMetric", None, ratio.value, figure.start, figure.end, figure.clause
    )
    found.tail, found.modality = figure.tail, figure.modality
    found.qualifiers = {"metric": name, **({"basis": basis} if basis else {})}
    found.qualifiers |= {k: v for k, v in figure.qualifiers.items() if k in _SHARED}
    found.confidence = figure.confidence
    yield found


_SHARED = ("period", "product", "place")
"""What a growth is of as its figure is."""


def _basis(scene: Scene, ratio: FoundValue, bracket: re.Match[str]) -> str | None:
    """Return what a growth is measured against, told before or after it."""
    over = load_metrics().over
    after = scene.text[ratio.end : bracket.end("inside")].lstrip()
    told = [b for word, b in over.items() if after.startswith(word)]
    return basis_before(scene.text[bracket.start("inside") : ratio.start]) or next(iter(told), None)
