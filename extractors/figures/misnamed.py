"""Figures that the nearest noun names wrongly, for the sentence says what is done with them.

"전체 인력의 10%인 1,600명을 해고했다" tells no number of staff, "자산을 현금 200억 달러에
사들였다" nobody's cash, "매출은 예상치를 2억 달러 웃돌았다" no sales of 2억 달러. What words
beside a figure tell is data (``misnamed.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.context.scene import Draft, Scene
from extractors.figures.deeds import by_deed
from extractors.figures.holders import clause_of
from extractors.figures.misheld_data import load_misheld
from extractors.figures.misnaming_rules import expectation, renamed
from extractors.figures.moves import BEATEN
from extractors.values.metric_data import Metric, kind_of, load_metrics
from extractors.values.values import FoundValue

_STAFF, _CASH = "직원 수", "현금"
_RATES = ("률", "율", "폭")


def without_misnamed(scene: Scene, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out figures that neither their noun nor their deed names."""
    places = {id(v.value): v for v in scene.values}
    for draft in drafts:
        value = places.get(id(draft.value))
        if value is None or rightly_named(scene, draft, value):
            yield draft


def _counts_listed(scene: Scene, value: FoundValue) -> bool:
    """Tell how many are listed in the bracket behind: "완성차 3개사(가나, 다라, 마바)"."""
    closed = scene.text.find(")", value.end)
    if value.value.unit not in _SEVERAL or not scene.text.startswith("(", value.end):
        return False
    return closed > 0 and len(scene.named_in(value.end, closed)) > 1


def _is_anothers(scene: Scene, value: FoundValue) -> bool:
    """Tell a figure with an unknown ticker before it: "가나 비중은 9%고 MVX 8%가 비슷하다"."""
    label = _TICKER.search(scene.text, 0, value.start)
    if label is None or value.value.unit != "%":
        return False
    metrics, word = load_metrics(), label["word"]
    known = word in metrics.words or word in metrics.over or word in metrics.labels
    named = any(start <= label.start("word") < end for _, start, end in scene.names)
    return not (known or named)


_TICKER = re.compile(r"(?:^|[\s,(])(?P<word>[A-Z]{2,5})\s(?:약\s)?$")
_SEVERAL = frozenset({"개사", "개국", "곳", "개"})


def rightly_named(scene: Scene, draft: Draft, value: FoundValue) -> bool:
    """Call a figure by its deed where that tells more than the noun; ``False``: by neither."""
    metric = draft.qualifiers.get("metric", "")
    if _is_estimate(scene, value) or _is_count(metric, value) or _is_teller(scene, metric, value):
        return False
    if _counts_listed(scene, value) or _is_anothers(scene, value):
        return False
    if beaten := beats(scene, value):
        name = re.sub(r"\s?[상하]회율$", "", metric)
        draft.qualifiers["metric"] = f"{name} {beaten}"
        return True
    if _is_of_name(draft, metric) or not renamed(scene, draft, value):
        return False
    if (basis := _basis_told(scene, value)) is not None:
        draft.qualifiers["metric"] = basis
    elif metric == _STAFF and (done := by_deed(scene, value)):
        draft.qualifiers["metric"] = done
    elif metric == _CASH and _is_spent(scene, value):
        paid = by_deed(scene, value)
        draft.qualifiers["metric"] = paid or metric
        return paid is not None
    return True


def _basis_told(scene: Scene, value: FoundValue) -> str | None:
    """Return the rate by which a sentence says that it ranks: "(매출 증가율 기준) … 가나(+12%)"."""
    if value.value.unit != "%" or not scene.text[: value.start].endswith(("(", "(+", "(-")):
        return None
    told = _BASIS.search(scene.text, 0, value.start)
    return told["rate"] if told else None


_BASIS = re.compile(
    r"(?:^|[\s(])(?P<rate>(?:[가-힣A-Za-z]*[^은는이가을를도\s]\s){0,3}?[가-힣]+(?:률|율|비중|점유율))\s기준(?:으로)?[)\s]"
)


def _is_count(metric: str, value: FoundValue) -> bool:
    """Tell what is only counted beside a sum: "예산(GPU 2천 개, 6백만 달러)"."""
    known: Metric | None = load_metrics().words.get(metric)
    counted = kind_of(value.value) in ("count", "flops", "length")
    return (
        known is not None
        and counted
        and "money" in known.kinds
        and not known.kinds & {"count", "any"}
    )


def _is_teller(scene: Scene, metric: str, value: FoundValue) -> bool:
    """Tell who tells of a figure: "Yonhap은 가나가 3분의 2를 확보했다고 보도했다"."""
    if not metric[:1].isupper() or metric in load_metrics().words:
        return False
    phrases = scene.parsed.phrases
    led = (p for p in phrases if p.case == "topic" and scene.text[p.start : p.end] == metric)
    teller = next(led, None)
    return teller is not None and any(
        p.case == "subject" and teller.end < p.start and p.end <= value.start for p in phrases
    )


def beats(scene: Scene, value: FoundValue) -> str | None:
    """Name by how much what was expected is missed or beaten: "예상치를 2억 달러 웃돌았다"."""
    beaten = BEATEN.match(scene.text, value.end)
    if beaten is None or not expectation().search(scene.text, 0, value.start):
        return None
    way = "상회" if beaten["over"] else "하회"
    return f"{way}율" if value.value.unit == "%" else f"{way} 폭"


def _is_estimate(scene: Scene, value: FoundValue) -> bool:
    """Tell a sum that is the estimate as likely as what beats it: "예상치 11억 달러 상회"."""
    if value.value.unit == "%" or BEATEN.match(scene.text, value.end) is None:
        return False
    told = expectation().search(scene.text, 0, value.start)
    return told is not None and not told["than"]


def _is_of_name(draft: Draft, metric: str) -> bool:
    """Tell a piece of the holder's own name that was taken for what changes: "GN 증감률"."""
    noun, _, changed = metric.rpartition(" ")
    own = changed.endswith(_RATES) and noun.isascii() and draft.subject.label.endswith(noun)
    return own and bool(noun) and noun not in load_metrics().words


def _is_spent(scene: Scene, value: FoundValue) -> bool:
    clause = clause_of(scene, value)
    after = (c for c in scene.parsed.clauses if c.end > value.end)
    told = (clause, next(after, None))
    return any(c is not None and c.lemma in load_misheld().spent for c in told)
