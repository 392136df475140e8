"""What a figure of a plain phrase measures: a level, a change, a share, what is wanting."""

from __future__ import annotations

import re

from extractors.context.scene import Scene
from extractors.figures.bases import comes_from, sum_of_change
from extractors.figures.deeds import load_deeds
from extractors.figures.metric_words import fits_pace, rate_name
from extractors.figures.plain_phrases import Split, load_plain
from extractors.language.phrases import Clause
from extractors.values.metric_data import is_fraction, kind_of, load_metrics
from extractors.values.values import FoundValue

COUNTS = {
    "건": "건수",
    "명": "인원",
    "대": "대수",
    "곳": "수",
    "개": "수",
    "개사": "수",
    "종": "수",
}
_REACHED = re.compile(
    r"\s?(?:\([^()]*\))?(?:이상|수준|가량|정도|대|선|까지)?\s?(?:으로|로|까지|에)(?=[\s,])"
)
_SHARED = re.compile(r"(?P<whole>[가-힣A-Za-z]+)의\s?(?:약|최대|무려|\s)*$")


def named(
    scene: Scene, value: FoundValue, clause: Clause | None, found: Split | None
) -> Split | None:
    """Return a split whose measure the figure may be of, named as level or change."""
    if found is None or found.metric.rpartition(" ")[2] in load_deeds().whose:
        return None
    if is_level(scene, value):
        indexed = (found.metric or found.holder.label).endswith(load_plain().indexed)
        name = (found.metric or "지수") if indexed else None
    elif not found.metric:
        name = _by_verb(scene, value, clause, found.holder.label)
    elif is_fraction(value.value) or value.value.unit in load_metrics().skipped:
        name = _part_or_time(scene, value, clause, found.metric)
    elif kind_of(value.value) in ("percent", "times"):
        name = _ratio(scene, value, clause, found.metric)
    else:
        name = _amount(scene, value, clause, found.metric)
    return Split(found.holder, name) if name else None


def is_level(scene: Scene, value: FoundValue) -> bool:
    """Tell a bare number that an index may stand at: "제조업 PMI는 51.3"."""
    bare = kind_of(value.value) == "none" and _POINTS.fullmatch(value.value.text)
    return bool(bare) and any(word in scene.text for word in load_plain().indexed)


_POINTS = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{1,2}")


def _part_or_time(
    scene: Scene, value: FoundValue, clause: Clause | None, metric: str
) -> str | None:
    """Name what comes in parts ("비중은 절반") and in times ("납기는 40주")."""
    if is_fraction(value.value):
        return metric if metric.endswith(load_plain().ratios) else None
    lasts = kind_of(value.value) == "duration" and metric.endswith(load_plain().lasting)
    if not lasts and metric.rpartition(" ")[2] not in load_plain().times:
        return None
    return metric + _by_how_much(scene, value, clause)


def _amount(scene: Scene, value: FoundValue, clause: Clause | None, metric: str) -> str | None:
    last = metric.rpartition(" ")[2]
    if clause is not None and clause.lemma in load_plain().wanting:
        return f"{metric} {'초과분' if clause.lemma == '초과' else '부족분'}"
    known = load_metrics().words.get(last)
    fits = known is None or kind_of(value.value) in known.kinds
    if (
        last.endswith(load_plain().ratios)
        or not fits
        or (known and not fits_pace(known, scene.text, value))
    ):
        return None
    return metric + _by_how_much(scene, value, clause)


def _ratio(scene: Scene, value: FoundValue, clause: Clause | None, metric: str) -> str | None:
    lemma, plain = clause.lemma if clause else "", load_plain()
    shared = value.value.unit != "배" and _SHARED.search(scene.masked[: value.start])
    if shared and lemma in plain.sharing:
        return f"{metric} 비중"
    if lemma in plain.wanting and kind_of(value.value) == "percent":
        return f"{metric} {plain.wanting[lemma]}"
    if moved := _moved(scene, value, clause):
        return _rate(metric, metric, value, falls=moved == "down")
    if _is_level(scene, value, metric):
        return metric
    return _changed(scene, value, metric, metric) or _signed(scene, value, metric)


def _signed(scene: Scene, value: FoundValue, metric: str) -> str | None:
    """Name a percent with a sign, which is how much something moved: "수출: +3.2%"."""
    if value.value.unit != "%" or metric.endswith(load_plain().levels):
        return None
    if value.value.text.startswith(_MINUS):
        return f"{metric} {'등락률' if metric.endswith(load_plain().prices) else '증감률'}"
    signed = "+" in scene.text[max(0, value.start - 1) : value.start + 1]
    return _rate(metric, metric, value, falls=False) if signed else None


_MINUS = ("-", "−", "△", "▼")


def _is_level(scene: Scene, value: FoundValue, metric: str) -> bool:
    """Tell "인식률은 93%로", "인식률은 71%에서 93%로" from "인식률은 9% 올랐다"."""
    last, kind, plain = metric.rpartition(" ")[2], kind_of(value.value), load_plain()
    known = load_metrics().words.get(last)
    ratio = kind == "percent" and last.endswith(plain.ratios if known else plain.levels)
    ratio = ratio or (known is not None and kind in known.kinds)
    turned = comes_from(scene, value) or _is_turned_to(scene, value)
    if value.value.unit == "%p":
        return False
    if turned:
        return kind == "percent" or ratio
    changed = load_metrics().change.match(scene.text, value.end)
    return ratio and (changed is None or _REACHED.match(scene.text, value.end) is not None)


def _changed(scene: Scene, value: FoundValue, metric: str, of: str) -> str | None:
    """Name the rate that words of change behind a ratio tell; ``of`` what changes."""
    changed = load_metrics().change.match(scene.text, value.end)
    reached = kind_of(value.value) == "percent" and _REACHED.match(scene.text, value.end)
    if changed is None or reached:
        return None
    falls = load_metrics().down.search(changed.group()) is not None
    return _rate(metric, of, value, falls=falls)


def _moved(scene: Scene, value: FoundValue, clause: Clause | None) -> str | None:
    """Tell by the verb right behind a figure that something rose or fell by it: "8% 오를"."""
    if clause is None or not _RIGHT_BEHIND.fullmatch(scene.text, value.end, clause.start):
        return None
    rising = clause.lemma in load_plain().rising
    return "up" if rising else "down" if clause.lemma in load_plain().falling else None


_RIGHT_BEHIND = re.compile(r"(?:\s?(?:가량|정도|이상|가까이|넘게|나|씩))?\s(?:더\s)?")


def _by_how_much(scene: Scene, value: FoundValue, clause: Clause | None) -> str:
    """Tell an amount that something grew or shrank by, which is no size of it."""
    moved = _moved(scene, value, clause)
    if moved is None or sum_of_change(scene.text, value):
        return ""
    return " 감소폭" if moved == "down" else " 증가폭"


def _rate(metric: str, of: str, value: FoundValue, *, falls: bool) -> str:
    if value.value.unit == "%p":
        name = f"{metric} {'하락폭' if falls else '상승폭'}"
    elif of.endswith(load_plain().prices):
        name = f"{metric} {'하락률' if falls else '상승률'}"
    else:
        name = rate_name(metric, of, falls)
    return name.strip()


def _is_turned_to(scene: Scene, value: FoundValue) -> bool:
    """Tell the 93 of "71%에서 93%로"."""
    before = [v for v in scene.values if v.end <= value.start]
    return bool(before) and comes_from(scene, before[-1])


def _by_verb(scene: Scene, value: FoundValue, clause: Clause | None, holder: str) -> str | None:
    """Name a figure of a phrase that is no measure: a share, what is wanting, a rate, a sum."""
    lemma, plain = clause.lemma if clause else "", load_plain()
    if value.value.currency and _PRICED.search(scene.text[: value.start]):
        return "가격"
    if value.value.unit == "장" and _MONTHLY.search(scene.text[: value.start]):
        return "생산능력" if holder.endswith(plain.plants) else None
    if clause is None and value.value.currency:
        lemma = "이"  # a line without a verb: "4월 무역수지: 21억 달러"
    if value.value.unit in load_metrics().skipped or kind_of(value.value) == "times":
        return None
    if kind_of(value.value) == "percent":
        return _percent(scene, value, clause, holder)
    if lemma in plain.given and value.value.currency:
        return plain.given[lemma]
    if lemma not in plain.amounting and lemma not in load_metrics().reaching and lemma != "이":
        return None
    if value.value.currency:
        return "규모" if holder.endswith(plain.sized) else None
    return COUNTS.get(value.value.unit or "")


_PRICED = re.compile(r"(?:배럴|톤|온스|파운드|킬로그램|kg|MWh|kWh|MMBtu|GB|Gb)당\s(?:약\s)?$")
_MONTHLY = re.compile(r"(?:월|매월|매달)\s(?:약\s|최대\s)?$")


def _percent(scene: Scene, value: FoundValue, clause: Clause | None, holder: str) -> str | None:
    lemma, plain = clause.lemma if clause else "", load_plain()
    if whole := _SHARED.search(scene.masked[: value.start]):
        return f"{whole['whole']} 비중" if lemma in plain.sharing else None
    if lemma in plain.wanting:
        return plain.wanting[lemma]
    if moved := _moved(scene, value, clause):
        return _rate("", holder, value, falls=moved == "down")
    if value.value.unit != "%":
        return None
    return _changed(scene, value, "", holder) or _rated(value, clause, holder)


def _rated(value: FoundValue, clause: Clause | None, holder: str) -> str | None:
    """Name a percent that something of an economy is said to be: "소비자물가: 2.4%"."""
    reached = clause is None or clause.lemma == "이" or clause.lemma in load_metrics().reaching
    rate = load_plain().rated.get(holder.rpartition(" ")[2]) if reached else None
    return rate if rate and not value.value.text.startswith(_MINUS) else None
