"""Figures of a list of names of which one is told: "나래 3조 원, 다라 2조 원을 투자한다"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Named, Scene
from extractors.figures.continuing import MEASURED
from extractors.figures.holders import HOLDERS
from extractors.figures.quantities import holding
from extractors.values.metric_data import kind_of
from extractors.values.periods import FoundPeriod
from extractors.values.values import FoundValue

_BESIDE = re.compile(
    r"(?:\s?\([A-Z0-9.]+\))?(?:은|는|이|가)?\s?(?:약\s|최대\s|각각\s)?\(?(?:약\s)?"
)
_NEXT = re.compile(r"\)?(?:\s?\([^()]*\))?\s?(?:,|·|/|\+|와|과|및|그리고)\s?(?:그리고\s)?")
_SURE = "0.65"
_KINDS = ("money", "percent", "scaled", "count", "power")


def match_listed_figures(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures of those that are listed with one of whom ``taken`` tells it."""
    if len(scene.values) == 1:
        return
    told = {id(d.value): d for d in taken if d.predicate in MEASURED and d.object is None}
    used = {id(d.value) for d in taken}
    for run in _runs(scene):
        model = next((d for n, v in run if (d := told.get(id(v.value))) and _is_of(d, n)), None)
        for name, value in run if model else ():
            if id(value.value) in used or model is None:
                continue
            draft = holding(scene, value, name[0], model.qualifiers.get("metric", ""))
            draft.predicate, draft.clause, draft.tail = model.predicate, model.clause, model.tail
            draft.modality, draft.confidence = model.modality, _SURE
            shared = ("metric", "product", "period", "basis")
            draft.qualifiers = {k: v for k, v in model.qualifiers.items() if k in shared}
            yield draft


def match_listed_times(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures of further times: "3분기 +12%, 4분기 +8%"."""
    if len(scene.periods) <= 1:
        return
    told = {id(d.value): d for d in taken if d.predicate in MEASURED and d.object is None}
    used, last = {id(d.value) for d in taken}, None
    for value in scene.values:
        model, before = told.get(id(value.value)), last
        last = (model, value) if model is not None else None
        if model is not None or before is None or id(value.value) in used:
            continue
        when = next((p for p in scene.periods if _is_next(scene, before[1], p, value)), None)
        if when is None or before[0] is None or not _alike(before[1], value):
            continue
        draft = holding(scene, value, before[0].subject, before[0].qualifiers.get("metric", ""))
        draft.predicate, draft.modality = before[0].predicate, before[0].modality
        draft.qualifiers = {k: v for k, v in before[0].qualifiers.items() if k in _SHARED}
        told_first = str(before[0].qualifiers.get("period", ""))
        draft.qualifiers["period"] = _following(told_first, when.value)
        draft.confidence = _SURE
        last = (draft, value)
        yield draft


def _is_next(scene: Scene, last: FoundValue, period: FoundPeriod, value: FoundValue) -> bool:
    """Tell the time of a further figure, right behind the figure before."""
    if not last.end <= period.start < value.start:
        return False
    led = _NEXT.fullmatch(scene.text, last.end, period.start)
    return bool(led and _WHEN.fullmatch(scene.text, period.end, value.start))


def _following(first: str, second: str) -> str:
    """Return the quarter behind another, in its year or the next."""
    one, two = _QUARTER.fullmatch(first), _QUARTER.fullmatch(second)
    if one is None or two is None or second > first:
        return second
    year = int(one["year"]) + (two["quarter"] <= one["quarter"])
    return f"{year}-Q{two['quarter']}"


_QUARTER = re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")
_WHEN = re.compile(r"(?:에는|에|은|는)?\s(?:약\s)?\+?")
_SHARED = ("metric", "product")


def _is_of(draft: Draft, name: Named) -> bool:
    return draft.subject.id == name[0].id


def _items(scene: Scene) -> Iterator[tuple[Named, FoundValue]]:
    """Yield the names that a figure follows right behind."""
    for value in scene.values:
        before = (n for n in scene.names if n[2] <= value.start and n[0].cls in HOLDERS)
        name = next((n for n in before if _BESIDE.fullmatch(scene.text, n[2], value.start)), None)
        if name is not None and not scene.is_generic(name[0]):
            yield name, value


def _runs(scene: Scene) -> Iterator[list[tuple[Named, FoundValue]]]:
    """Yield the items that go on with one another, of one unit."""
    run: list[tuple[Named, FoundValue]] = []
    for name, value in _items(scene) if len(scene.values) > 1 else ():
        goes_on = run and _NEXT.fullmatch(scene.text, run[-1][1].end, name[1])
        if not (goes_on and _alike(run[-1][1], value)):
            yield run
            run = []
        run.append((name, value))
    yield run


def _alike(one: FoundValue, two: FoundValue) -> bool:
    """Tell figures of one unit, and rates that go one way."""
    same = (one.value.unit, one.value.currency) == (two.value.unit, two.value.currency)
    signs = {v.value.text[:1] in "-−△▼" for v in (one, two)}
    return same and len(signs) == 1 and kind_of(one.value) in _KINDS
