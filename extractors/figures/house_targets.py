"""Target prices that houses set in turn: "가증권이 36만 원으로 가장 높고, 나증권은 29만 원이다".

What is set was told before, in this sentence or the one before it; the price is of the firm
that was told of there, the house only tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.label_lines import TARGET_LINE
from extractors.context.scene import Draft, Named, Scene
from extractors.figures.bases import comes_from
from extractors.figures.holders import is_house
from extractors.figures.quantities import holding
from extractors.values.metric_data import Metric, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity

_TARGET = "목표주가"
_GOES_ON = re.compile(
    r"(?:\([^()]*\))?(?:\s?[:：]\s목표(?:주)?가|(?:은|는|이|가|도|의\s?경우)|\s(?:역시|또한))?,?\s\(?"
    r"(?:(?:기존\s|종전\s)?(?:[\d.,만천백\s]+(?:원|달러)에서\s)?)(?:약\s|각각\s|나란히\s|똑같이\s)?"
)
_JOINED = re.compile(r"(?:\([^()]*\))?\s?(?:[·/,&]|와|과|및|그리고)\s?")
_SURE = "0.7"


def match_house_targets(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the target prices that houses are told to set which ``taken`` does not tell."""
    houses = [n for n in scene.names if is_house(n[0])]
    sums = [v for v in scene.values if v.value.currency] if houses else []
    firm = _followed(scene, taken) if sums else None
    if firm is None:
        return
    told = {id(d.value) for d in taken if d.value is not None}
    for value in sums:
        if id(value.value) in told:
            continue
        for house in _setters(scene, houses, value):
            draft = holding(scene, value, firm, _TARGET)
            draft.attributed_to, draft.modality, draft.tail = house.label, "opinion", None
            if comes_from(scene, value):
                draft.qualifiers["basis"] = "이전"
            draft.confidence = _SURE
            yield draft


def _followed(scene: Scene, taken: Sequence[Draft]) -> Entity | None:
    """Return of which firm target prices are told, here or in the sentence before."""
    here = next((d.subject for d in taken if d.qualifiers.get("metric") == _TARGET), None)
    measured = {metric.name for metric in _measured(scene)}
    if here is not None or measured - {_TARGET}:
        return here
    named = [n[0] for n in scene.names if n[0].cls == "Company" and not is_house(n[0])]
    firms = {firm.id: firm for firm in named}
    if firms or not (scene.may_carry or TARGET_LINE.search(scene.text)):
        return named[0] if measured and len(firms) == 1 else None
    last = scene.discourse.figure
    if last is not None and last.qualifiers.get("metric") == _TARGET:
        return last.subject
    topic = scene.discourse.topic or scene.discourse.org
    told = topic is not None and (measured or scene.discourse.sum == _TARGET)
    return topic if told and topic and topic.cls == "Company" and not is_house(topic) else None


def _measured(scene: Scene) -> Iterator[Metric]:
    words = load_metrics().words
    return (words[m["word"]] for m in load_metrics().pattern.finditer(scene.text))


def _setters(scene: Scene, houses: Sequence[Named], value: FoundValue) -> list[Entity]:
    """List the houses right before a sum, all that are joined: "미소증권과 보람증권은 29만 원"."""
    begins = next((n for n in houses if _GOES_ON.fullmatch(scene.text, n[2], value.start)), None)
    if begins is None:
        return []
    joined = [begins]
    for house in reversed(houses):
        if house[2] < joined[0][1] and _JOINED.fullmatch(scene.text, house[2], joined[0][1]):
            joined.insert(0, house)
    return list({n[0].id: n[0] for n in joined}.values())


def of_firms(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Give target prices of houses to the firm that they are of: "목표주가: 가나증권 15만 원"."""
    own = [d for d in drafts if d.qualifiers.get("metric") == _TARGET and is_house(d.subject)]
    houses = {n[0].id for n in scene.names if is_house(n[0])} if own else ()
    firms = [n for n in scene.names if n[0].cls == "Company" and not is_house(n[0])] if own else []
    for draft in drafts:
        if draft not in own:
            yield draft
            continue
        before = [n[0] for n in firms if n[1] < _place(scene, draft)]
        firm = before[-1] if before else None if firms else _followed(scene, ())
        if firm is not None:
            draft.attributed_to, draft.subject = draft.subject.label, firm
            draft.qualifiers.pop("product", None)
            yield draft
        elif not firms and len(houses) == 1:
            yield draft  # a report about a house


def _place(scene: Scene, draft: Draft) -> int:
    return next((v.start for v in scene.values if v.value is draft.value), draft.end)
