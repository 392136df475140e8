"""Figures in fragments of digests: "로딩 시간 40초 → 6초", "512K 컨텍스트 / 38개 언어 지원".

A fragment is a part of an item or headline without a verb, between commas, slashes and dots: a
figure with a noun before or behind it. It is of whom the label of the line names, else of what
the text was about, if the part names nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.bases import comes_from
from extractors.figures.holders import HOLDERS, fitting
from extractors.figures.plain_measures import named
from extractors.figures.plain_phrases import Split, is_measure_noun, load_plain
from extractors.figures.quantities import holding
from extractors.names.labels import label_of
from extractors.sparing import sparing
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from extractors.word_lists import filled, load_words
from kg.claim import Entity, Value

_PARTING = re.compile(r"\s[/|·+]\s|[/·](?!\d)|[,;]\s|\s[—–-]\s|[:：]\s|\.\s(?=\D)|\.$")
_SIZED = sparing(r"(?:^|\s)(?:약|최대|최소|총|무려|각각|평균|단)\s*$")
_LATIN = re.compile(r"[A-Za-z][A-Za-z\- ]{3,28}")
_TOLD = re.compile(r"(?:[다요까죠]|[가-힣][함음됨임]|봄|봤음)[.!?]?\W*$")
_SURE = "0.65"
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Fragments:
    """What stands behind a figure in a fragment: ``behind`` of a noun before it, else a noun."""

    behind: re.Pattern[str]
    counted: re.Pattern[str]
    citing: frozenset[str]


@lru_cache(maxsize=1)
def load_fragments() -> Fragments:
    """Load and compile the words once a process."""
    data = load_words("figures/fragments.yaml")
    done, changed = any_of(data["done"]), any_of(data["changed"])
    return filled(
        Fragments,
        data,
        behind=re.compile(
            r"\s?(?:이상|이하|수준|가량|까지)?(?:로|으로)?(?:\s(?:대폭|크게|추가))?"
            rf"(?:\s?{changed})?\s?(?:\([^()]*\)?)?[\s.)]*"
        ),
        counted=re.compile(
            rf"\s?(?P<noun>[가-힣A-Za-z]+(?:\s(?!{done})[가-힣A-Za-z]+)?)(?:\s{done})?[\s.)]*"
        ),
    )


def match_fragments(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures of fragments that ``taken`` does not tell."""
    used = {d.value.text for d in taken if d.value is not None}
    yield from _founded(scene)
    if all(value.value.text in used for value in scene.values):
        return
    for start, end in _parts(scene):
        for value in _figures(scene, start, end):
            if value.value.text not in used and (draft := _draft(scene, value, start, end)):
                yield draft


def _founded(scene: Scene) -> Iterator[Draft]:
    """Yield when a firm was founded: "- 가나: 1998년 설립, 직원 300명"."""
    match = _FOUNDED.search(scene.text)
    label = label_of(scene.text) if match else None
    if match is None or (match.start() > 1 and (label is None or match.start() > label.body)):
        return
    holder = _holder(scene, match.start("year"), "설립")
    if holder is not None and holder.cls in BODIES:
        draft = Draft(holder, "hasMetric", None, Value(match["year"]), 0, match.end())
        draft.qualifiers["metric"] = "설립연도"
        draft.confidence = _SURE
        yield draft


_FOUNDED = sparing(r"(?P<year>(?:19|20)\d\d년)(?:\s\d{1,2}월)?에?\s(?:설립|창립|창업)(?=[,.]|$)")


def _parts(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the ranges between separators that hold a figure and no other's name."""
    at = 0
    for mark in (*_PARTING.finditer(scene.text), None):
        end = mark.start() if mark else len(scene.text)
        if any(at <= v.start and v.end <= end for v in scene.values):
            yield at, end
        at = mark.end() if mark else end


def _figures(scene: Scene, start: int, end: int) -> list[FoundValue]:
    """Return the only figure of a part, or the two that an arrow joins."""
    inside = [v for v in scene.values if start <= v.start and v.end <= end]
    turned = len(inside) == _PAIR and comes_from(scene, inside[0])
    return inside if len(inside) == 1 or turned else []


_PAIR = 2


def _draft(scene: Scene, value: FoundValue, start: int, end: int) -> Draft | None:
    metric = _metric(scene, value, start, end)
    holder = _holder(scene, start, metric) if metric else None
    told = named(scene, value, None, Split(holder, metric)) if holder and metric else None
    if told is None:
        return None
    draft = holding(scene, value, told.holder, told.metric)
    if comes_from(scene, value):
        draft.qualifiers["basis"] = "이전"
    if not any(start <= p.start and p.end <= end for p in scene.periods):
        draft.qualifiers.pop("period", None)
    draft.confidence, draft.clause, draft.tail = _SURE, None, None
    return draft


def _metric(scene: Scene, value: FoundValue, start: int, end: int) -> str | None:
    """Return the noun before a figure, else the noun behind it, that tells what it is."""
    figures = _figures(scene, start, end)
    begins = _behind_particle(scene, start, figures[0].start)
    words = _SIZED.sub("", scene.masked[begins : figures[0].start]).strip(" -*•↑↓+(")
    if words:
        plain = load_fragments().behind.fullmatch(scene.text, figures[-1].end, end)
        return words if plain and _may_measure(scene, words, value, len(figures)) else None
    behind = load_fragments().counted.fullmatch(scene.text, value.end, end)
    if behind is None or len(figures) > 1 or kind_of(value.value) in ("percent", "times", "money"):
        return None
    return _counted(scene, value, behind)


def _behind_particle(scene: Scene, start: int, end: int) -> int:
    """Return where the noun phrase begins that ends a range: "캐시로 | page load"."""
    told = (t.end for t in scene.tokens if start <= t.start and t.end <= end and t.tag in _BY)
    return max(told, default=start)


_BY = ("JKB", "JX")


def _may_measure(scene: Scene, words: str, value: FoundValue, figures: int) -> bool:
    """Tell a noun phrase that may be measured: a measure, or anything that goes up or down."""
    if len(words.split()) > _MOST_WORDS or not _is_nominal(scene, words):
        return False
    last = words.rpartition(" ")[2]
    none = kind_of(value.value) == "none" and not is_measure_noun(last)
    if last in load_plain().vague or last in load_metrics().empty or none:
        return False
    latin = _LATIN.fullmatch(words) is not None
    if any(scene.text[n[1] : n[2]] == words for n in scene.names if scene.is_generic(n[0])):
        return kind_of(value.value) in ("data", "flops", "count")
    return is_measure_noun(last) or (latin and (figures > 1 or value.value.unit != "%"))


def _counted(scene: Scene, value: FoundValue, behind: re.Match[str]) -> str | None:
    noun, kind = behind["noun"], kind_of(value.value)
    if not _is_nominal(scene, noun):
        return None
    known = load_metrics().words.get(noun)
    if known is not None:
        return noun if kind in known.kinds else None
    if kind == "none" and (label_of(scene.text) is None or not value.value.text.isdecimal()):
        return None
    last = noun.rpartition(" ")[2]
    barred = (
        last in load_plain().vague
        or last in load_fragments().citing
        or last in load_metrics().empty
        or kind not in _COUNTS
    )
    if value.value.unit == "위":
        return "순위"
    return None if barred or len(last) == 1 else f"{noun} 수"


_COUNTS = ("count", "flops", "length", "none", "scaled")


def _is_nominal(scene: Scene, words: str) -> bool:
    """Tell nouns from what a verb or a particle ends."""
    at = scene.text.find(words)
    inside = [t for t in scene.tokens if at <= t.start and t.end <= at + len(words)]
    return at >= 0 and all(t.tag[0] in "NSX" and t.tag not in ("XSV", "XSA") for t in inside)


def _holder(scene: Scene, start: int, metric: str) -> Entity | None:
    """Return whom the label of a line names, else what the text was about."""
    others = [n for n in scene.names if not scene.is_generic(n[0])]
    label = label_of(scene.text)
    if label is not None and start >= label.body:
        told = [n for n in others if label.start <= n[1] and n[2] <= label.end]
        if len(told) == 1 and told[0][0].cls in HOLDERS:
            inside = [n for n in others if n[1] >= start]
            return told[0][0] if not inside and told[0][0].cls != "Place" else None
    if others or not scene.may_carry or _TOLD.search(scene.text):
        return None
    discourse, known = scene.discourse, load_metrics().words.get(metric.rpartition(" ")[2])
    topic = discourse.topic or discourse.thing
    if topic is None or topic.cls not in HOLDERS or topic.cls == "Place":
        return None
    return fitting(scene, topic, known.of if known else None, start)
