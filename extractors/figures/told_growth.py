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
            yield from _former(scene, value, figure)


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
    sums = [d for d in told if d.value is not None and d.value.currency]
    told = sums if len(row) == 1 and sums else told  # "계열사 9곳의 영업이익은 3조 원이다"
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


def _former(scene: Scene, ratio: FoundValue, figure: Draft) -> Iterator[Draft]:
    """Yield what a figure was before: "전년(38조 원) 대비 9% 줄었다", "38조 원이었던 전년 대비"."""
    for value in scene.values:
        unit = (value.value.unit, value.value.currency)
        if figure.value is None or unit != (figure.value.unit, figure.value.currency):
            continue
        behind = _IN_BRACKET.fullmatch(scene.text, value.end, ratio.start)
        told = behind or _WAS.fullmatch(scene.text, value.end, ratio.start)
        if told is None or (behind and scene.text[value.start - 1] != "("):
            continue
        draft = holding(scene, value, figure.subject, figure.qualifiers["metric"])
        draft.qualifiers.pop("period", None)
        draft.qualifiers["basis"] = "이전"
        period, around = figure.qualifiers.get("period", ""), scene.text[: ratio.start]
        if re.fullmatch(r"20\d\d(?:-[QH]\d)?", period) and _YEAR_BEFORE.search(around):
            draft.qualifiers["period"] = f"{int(period[:4]) - 1}{period[4:]}"
        draft.confidence = _SURE
        yield draft


_YEAR_BEFORE = re.compile(
    r"(?:전년|작년|지난해|1년 전)(?:\s?(?:동기|같은 기간))?(?:\s?\([^()]*\))?\s?\w+\s(?:약\s)?$"
)
_IN_BRACKET = re.compile(r"\)\s?(?:대비|보다|에 비해)(?:서?는|로?는)?\s(?:약\s|무려\s)?")
_WAS = re.compile(
    r"(?:이었던|였던|인|에\s달했던)\s[^\s,.()]{1,6}(?:\s[^\s,.()]{1,4})?"
    r"\s?(?:대비|보다|에 비해)\s(?:약\s)?"
)


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
