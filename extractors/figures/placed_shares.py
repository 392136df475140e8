"""Shares by which places are held: "가나가 62%로 1위, 다라가 11%로 뒤를 이었다"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.holders import HOLDERS
from extractors.figures.quantities import holding
from extractors.values.metric_data import load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_PLACED = re.compile(
    r"(?:\s?\([^()]*\))?(?:의\s점유율|의\s비중)?(?:으로|로)\s(?:[가-힣]+\s){0,2}?"
    r"(?:\d위|[일이삼]위|선두|뒤를|그 뒤|뒤이|최대|가장|압도적|독보적|우위)"
)
"""What follows a share: "로 1위", "로 그 뒤를 이었다"."""
_HELD = re.compile(r"[’”'\"]?(?:\([^()]*\))?(?:은|는|이|가|도)?\s(?:약\s|여전히\s|무려\s)?")
_OF_MARKET = re.compile(r"점유|시장|출하|판매")
_SURE = "0.65"


def match_placed(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the shares by which places are told that ``taken`` does not tell."""
    told = {d.value.text for d in taken if d.value is not None}
    for value in scene.values:
        placed = value.value.unit == "%" and _PLACED.match(scene.text, value.end)
        if not placed or value.value.text in told:
            continue
        if (holder := _right_before(scene, value)) is not None:
            draft = holding(scene, value, holder, _name(scene))
            draft.confidence = _SURE
            yield draft


def _right_before(scene: Scene, value: FoundValue) -> Entity | None:
    for entity, _, end in scene.names:
        if end < value.start and _HELD.fullmatch(scene.text, end, value.start):
            return entity if entity.cls in HOLDERS else None
    return None


def _name(scene: Scene) -> str:
    """Name a share by the metric of the sentence, else by the one of the sentence before."""
    words = load_metrics().words
    told = [m["word"] for m in load_metrics().pattern.finditer(scene.masked)]
    ratios = [word for word in told if "percent" in words[word].kinds]
    if ratios:
        return ratios[0]
    figure = scene.discourse.figure
    shared = figure is not None and figure.predicate == "marketShare"
    return "점유율" if shared or _OF_MARKET.search(scene.text) else "비중"
