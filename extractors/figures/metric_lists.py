"""Figures that continue a list: "2025년 300억 달러, 2030년 1,000억 달러", "A(37배)보다"."""

from __future__ import annotations

import re

from corpus.records import record
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import equated, phrase_at
from extractors.figures.parts.words import line_label
from extractors.language.phrases import Clause
from extractors.values.metric_data import Metric, kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Value


@record()
class Found:
    """A metric word and its range in the sentence."""

    metric: Metric
    start: int
    end: int


def series(
    scene: Scene,
    value: FoundValue,
    previous: tuple[Draft, Found, FoundValue] | None,
    clause: Clause | None,
) -> Draft | None:
    """Continue a list: "2025년 300억 달러, 2030년 1,000억 달러", "A(37배)이 B(35배)보다"."""
    if previous is None:
        return None
    draft, _found, last = previous
    if kind_of(value.value) != kind_of(last.value) or not _same_unit(value.value, last.value):
        return None
    if re.match(
        r"\s?규모의?\s", scene.text[value.end :]
    ):  # "가치 600억 달러, 20억 달러 규모의 협상"
        return None
    if (
        clause
        and clause.lemma in load_metrics().raising
        and _is_raised(scene, value, draft, clause)
    ):
        return None  # "공모가는 주당 20달러이며 최대 3억 달러를 조달한다"
    if other := equated(scene, value):  # "2.19달러로, 60달러인 나래의"
        fresh = Draft(other, draft.predicate, None, value.value, draft.start, value.end, clause)
        fresh.qualifiers = {k: v for k, v in draft.qualifiers.items() if k == "metric"}
        return fresh
    gap = scene.masked[last.end : value.start]
    in_brackets = re.search(r"\(\s*(?:약\s?)?$", scene.text[last.end : value.start])
    named = [n for n in scene.names if last.end <= n[1] and n[2] <= value.start]
    if in_brackets and named and scene.text[named[-1][2] : value.start].strip(" (약") == "":
        fresh = Draft(
            named[-1][0], draft.predicate, None, value.value, draft.start, draft.end, draft.clause
        )
        fresh.qualifiers = {k: v for k, v in draft.qualifiers.items() if k in ("metric",)}
        return fresh
    if named or not re.fullmatch(
        r"[\s,()]*(?:에서|에는|에|으로|로|까지|보다|의|그리고|이고|이며|,)?[\s,]*(?:까지|에는|에|의|경)?[\s,]*(?:월|연간?|분기당)?[\s,]*",
        gap,
    ):
        return None
    fresh = Draft(
        draft.subject,
        draft.predicate,
        draft.object,
        value.value,
        draft.start,
        max(draft.end, value.end),
        clause or draft.clause,
    )
    fresh.attributed_to = draft.attributed_to
    fresh.qualifiers = {k: v for k, v in draft.qualifiers.items() if k in ("metric", "product")}
    if "quantity" in draft.qualifiers:
        fresh.qualifiers["quantity"] = value.value.text
    inside = [p for p in scene.periods if last.end <= p.start and p.end <= value.start]
    if inside:
        fresh.qualifiers["period"] = inside[-1].value
    return fresh


def continued(
    scene: Scene,
    value: FoundValue,
    metric: Found,
    previous: tuple[Draft, Found, FoundValue],
) -> Draft | None:
    """Give a further metric the subject before it: "A의 매출은 9조원, 영업이익은 1조원"."""
    draft, _, last = previous
    named = any(last.end <= n[1] < value.start for n in scene.names)
    phrase = phrase_at(scene, metric.start)
    kind = kind_of(value.value)
    if named or (phrase and phrase.owner):
        return None
    if metric.metric.name == "가격" and kind == "percent" and draft.object is None:
        return Draft(draft.subject, "changesPrice", None, value.value, draft.start, value.end)
    if kind not in metric.metric.kinds:
        return None
    if metric.metric.predicate != "hasMetric" or draft.predicate != "hasMetric":
        return None
    fresh = Draft(
        draft.subject, "hasMetric", None, value.value, draft.start, max(draft.end, value.end)
    )
    fresh.attributed_to = draft.attributed_to
    fresh.qualifiers = {**draft.qualifiers, "metric": metric.metric.name}
    if part := line_label(scene.masked[last.end : metric.start].strip(" ,")):
        fresh.qualifiers["product"] = part
    own = [p for p in scene.periods if last.end <= p.start < value.start]
    if own:
        fresh.qualifiers["period"] = own[-1].value
    return fresh


def _same_unit(left: Value, right: Value) -> bool:
    return left.currency == right.currency and left.unit == right.unit


def _is_raised(scene: Scene, value: FoundValue, before: Draft, clause: Clause) -> bool:
    """Tell what a verb of raising takes: "기업가치 90억 달러로 7억 달러를 유치했다"."""
    taken = scene.text.startswith(("를 ", "을 "), value.end)
    return clause is not before.clause or (taken and before.qualifiers.get("metric") != "투자금")
