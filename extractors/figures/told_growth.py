"""Growth told after a figure in words of its own: "작년 같은 기간보다 10% 늘어난 수치다".

What grew is the figure before it in the sentence, else the one figure of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.context.scene import Draft, Scene
from extractors.figures.bases import multiple_of
from extractors.figures.quantities import holding
from extractors.language.phrases import Phrase
from extractors.values.metric_data import basis_before, load_metrics
from extractors.values.values import FoundValue

_RATIOS = ("%", "%p", "배")
_NEXT = re.compile(r"\s?(?:,|·|와|과)\s?(?:[가-힣0-9 ]{2,12}(?:보다|대비|비해)(?:서?는)?\s)?")
_ARROW = re.compile(r"\s?(?P<arrow>[↑↓▲▼△])")
_DOWN = frozenset("↓▼-−△")
_SELF = re.compile(
    r"^(?:이는|이것은|이 ?수치는|이 ?금액은|이 ?같은 (?:수치|규모)는|그|또|또한|특히|무려|모두|전체"
    r"|참고로|이 역시)?,?\s*$"
)
"""What may stand before the basis of a growth that is of the sentence before."""
_SURE = "0.7"


def match_grown(scene: Scene, matched: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the growth of figures that have been told, here or in the sentence before."""
    used = {d.value.text for d in matched if d.value is not None}
    for row in _rows(scene):
        bases = [basis_before(scene.text[: v.start]) or multiple_of(scene, v) for v in row]
        first = bases[0]
        if first is None or row[0].value.text in used:
            continue
        figures = _figures(scene, matched, row)
        if figures and len(row) > 1 and all(bases):
            figures = figures[:1] * len(row)  # "전 분기보다 25%, 작년보다 66% 늘었다"
        for value, figure, basis in zip(row, figures, bases, strict=False):
            ways = (moved_by(scene, value), moved_by(scene, row[-1]))
            falls = next((way is False for way in ways if way is not None), False)
            yield _draft(scene, value, figure, basis or first, falls=falls)


def _rows(scene: Scene) -> Iterator[list[FoundValue]]:
    """Yield the ratios by which something changed, with those that stand in a row with them."""
    row: list[FoundValue] = []
    for value in scene.values:
        if value.value.unit not in _RATIOS:
            row = []
            continue
        if row and not _NEXT.fullmatch(scene.text, row[-1].end, value.start):
            row = []
        row.append(value)
        if moved_by(scene, value) is not None or multiple_of(scene, value):
            yield row
            row = []


def moved_by(scene: Scene, value: FoundValue) -> bool | None:
    """Tell whether a ratio is one of a rise, of a fall (False) or, as far as told, of neither."""
    change = load_metrics().change.match(scene.text, value.end)
    if change is not None:
        return load_metrics().down.search(change.group()) is None
    arrow = _ARROW.match(scene.text, value.end)
    sign = arrow["arrow"] if arrow else scene.text[: value.start].rstrip()[-1:]
    sign = value.value.text[:1] if value.value.text[:1] in "-−△" else sign
    return sign not in _DOWN if sign in "+↑▲▼↓△-−" and sign else None


def _figures(scene: Scene, matched: Sequence[Draft], row: Sequence[FoundValue]) -> list[Draft]:
    """Return what grew by the ratios of a row, in their order."""
    unit = row[0].value.unit
    told = [d for d in matched if _grows(d, unit)]
    here = [(v, d) for v in scene.values for d in told if d.value is v.value]
    before = [(v, d) for v, d in here if v.end <= row[0].start]
    if before:
        value, figure = before[-1]
        return [figure] if _is_next(scene, value.end, row[0].start) else []
    if not scene.may_carry or not _is_bare(scene, row[0].start):
        return []
    told = [d for d in scene.discourse.figures if _grows(d, unit)]
    kinds = {(d.subject.id, d.qualifiers["metric"]) for d in told}
    if len(kinds) == 1:
        return told[:1]
    return told if len(row) == len(told) == len(kinds) else []


def _grows(draft: Draft, by: str | None) -> bool:
    """Tell a figure that can grow ``by`` a unit: not what another one was or should have been.

    A rate grows by points only: "85%로 10%p 상승".
    """
    told = draft.predicate == "hasMetric" and "metric" in draft.qualifiers
    value = draft.value
    if not told or value is None or "basis" in draft.qualifiers:
        return False
    counted = value.minimum is not None or value.maximum is not None
    if by == "%p":
        return counted and value.unit == "%"
    return counted and (value.unit or "") not in (*_RATIOS, "위", "bp")


def _is_next(scene: Scene, start: int, end: int) -> bool:
    """Tell that nothing else is measured and nobody named between a figure and a ratio."""
    if load_metrics().pattern.search(scene.masked, start, end):
        return False
    return not scene.named_in(start, end) and not _led(scene, start, end)


def _is_bare(scene: Scene, end: int) -> bool:
    """Tell a sentence that tells of nobody and nothing before its ratio."""
    if load_metrics().pattern.search(scene.masked, 0, end):
        return False
    if any(n[2] <= end for n in scene.names):
        return False
    return all(_SELF.match(scene.text[: p.until]) for p in _led(scene, 0, end))


def _led(scene: Scene, start: int, end: int) -> list[Phrase]:
    return [p for p in scene.parsed.phrases if p.leads and start <= p.start < end]


def _draft(scene: Scene, value: FoundValue, figure: Draft, basis: str, *, falls: bool) -> Draft:
    change = ("상승폭", "하락폭") if value.value.unit == "%p" else ("증가율", "감소율")
    name = f"{figure.qualifiers['metric']} {change[falls]}"
    draft = holding(scene, value, figure.subject, name)
    draft.qualifiers["basis"] = basis
    for key in ("period", "product"):
        if key in figure.qualifiers:
            draft.qualifiers[key] = figure.qualifiers[key]
    draft.confidence = _SURE
    return draft
