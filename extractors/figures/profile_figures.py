"""Figures told in fragments below a heading that names a thing: "- **사양**: 420 노드 / 40PB 저장".

Each part of such a list tells one figure of that thing, by the noun beside it, else by the
item's label ("- **투자액**: 85억 유로"). Parts with verbs and particles, and those that name
another, are left to other rules. The words are ``profiles.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import BODIES, THINGS
from extractors.context.profiles import load_profiling
from extractors.context.scene import Draft, Scene
from extractors.figures.figure_names import by_unit
from extractors.figures.quantities import holding
from extractors.language.trimming import unglossed
from extractors.names.labels import label_of
from extractors.values.metric_data import kind_of, load_metrics
from extractors.values.values import FoundValue
from kg.claim import Entity, Modality, Value

_PART = re.compile(r"(?:\([^()]*\)|(?!,\s|\s[/+→—–]\s|;|\.\s|·\D)[^()])+")
_PLAIN = re.compile(
    r"(?:약|최대|최소|총|누적|현재|초기|연간?|월|매년|\d단계|\d차|[\d년개월]+간|기준|이상|규모|상당|[\s~+:;,.·*/→—–\-])+"
)
_NOUNS = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9·\-]*(?:\s[가-힣A-Za-z0-9·\-]+){0,2}")
_GLOSS = re.compile(r"\s?\([^()]*\)")
_JOINED = re.compile(r"\s?[·/&]\s?|\s및\s")
_FOUNDED = re.compile(r"(?:에)?\s(?:설립|창업|창립)(?=[,.;)(·]|\s?$)")
_VERBAL = ("J", "V", "E", "XSV", "XSA")
_EACH = ("대당 가격", "대당", "장당 가격", "개당 가격")
_LONGEST = 14
_SURE = "0.7"


def match_profile_figures(scene: Scene, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the figures of the thing that the heading names which ``taken`` does not tell."""
    holder = scene.discourse.profiled
    if holder is None or not scene.in_list:
        return
    yield from _begun(scene, holder)
    if not scene.values:
        return
    label = label_of(scene.text)
    words = _measuring(scene.text[label.start : label.end]) if label else ""
    if label and (len(words) > _LONGEST or load_profiling().aside.search(words)):
        return
    used = {d.value.text for d in taken if d.value is not None}
    for part in _PART.finditer(scene.text, label.body if label else 0):
        inside = [v for v in scene.values if part.start() <= v.start and v.end <= part.end()]
        outside = [v for v in inside if not _in_gloss(part, v)]
        if len(outside) == 1 and outside[0].value.text not in used:
            yield from _told(scene, holder, words, part, outside[0])


def _measuring(label: str) -> str:
    """Return the label, of one of two parts ("예산·운영") the one that measures something."""
    parts = _JOINED.split(unglossed(label).strip())
    sizes, words = load_profiling().sizes, load_metrics().words
    return next((part for part in parts if part in words or sizes.search(part)), " ".join(parts))


def _begun(scene: Scene, holder: Entity) -> Iterator[Draft]:
    """Yield when a firm was founded: "2019년 설립, 직원 310명"."""
    for period in scene.periods if holder.cls in BODIES else ():
        told = _FOUNDED.match(scene.text, period.end)
        if told:
            text = scene.text[period.start : period.end]
            draft = Draft(holder, "hasMetric", None, Value(text), period.start, told.end())
            draft.qualifiers.update({"metric": "설립연도", "date": period.value})
            draft.confidence = _SURE
            yield draft


def _in_gloss(part: re.Match[str], value: FoundValue) -> bool:
    before = part[0][: value.start - part.start()]
    return before.count("(") > before.count(")")


def _told(
    scene: Scene, holder: Entity, label: str, part: re.Match[str], value: FoundValue
) -> Iterator[Draft]:
    """Yield the figure of one part of an item, if it is a fragment and of nobody else."""
    scored = _benchmark(scene, part, value)
    if scored is not None and holder.cls in THINGS:
        draft = Draft(holder, "scores", scored, value.value, part.start(), value.end)
        draft.confidence = _SURE
        yield draft
        return
    before = _noun(scene, part.start(), value.start)
    after = _noun(scene, value.end, part.end())
    if before is None or after is None:
        return
    metric = _metric(scene, value, label, before, after)
    if metric is None:
        return
    owner = _owner(scene, holder, metric)
    if owner is None:
        return
    draft = holding(scene, value, owner, metric)
    draft.start, draft.end, draft.tail = 0, part.end(), None
    draft.modality = _modality(scene, part, label)
    draft.confidence = _SURE
    yield draft


def _owner(scene: Scene, holder: Entity, metric: str) -> Entity | None:
    """Return whose a figure is below a firm's name: what only things have is of its thing."""
    classes = {cls for cls, _ in load_profiling().labels.get("".join(metric.split()), ())}
    if holder.cls not in BODIES or not (metric in _EACH or (classes and classes <= {*THINGS})):
        return holder
    thing = scene.discourse.thing
    return thing if thing is not None and thing.cls in THINGS else None


def _benchmark(scene: Scene, part: re.Match[str], value: FoundValue) -> Entity | None:
    """Return the benchmark that a part names before its score and nothing else: "MMLU 84.1%"."""
    named = scene.named_in(part.start(), part.end())
    if len(named) != 1 or named[0][0].cls != "Benchmark":
        return None
    between = scene.text[named[0][2] : value.start]
    before = scene.text[part.start() : named[0][1]]
    return named[0][0] if not re.search(r"\w", before) and not between.strip(" :~") else None


def _noun(scene: Scene, start: int, end: int) -> str | None:
    """Return the nouns of a range, "" for none, ``None`` where it says more or names somebody."""
    text = scene.text[start:end]
    gloss = next((m.start() + start for m in _GLOSS.finditer(text)), end)
    if any(t.tag.startswith(_VERBAL) for t in scene.tokens if start <= t.start < gloss):
        return None
    named = scene.named_in(start, gloss)
    if any(not scene.is_generic(n[0]) for n in named):
        return None
    bare = text[: gloss - start]
    for period in scene.periods:
        if start <= period.start and period.end <= gloss:
            bare = bare.replace(scene.text[period.start : period.end], " ")
    words = [w for w in bare.strip(" ,.*").split() if not _PLAIN.fullmatch(w)]
    told = " ".join(words).strip(" ~+:·,-")
    return told if not told or (_NOUNS.fullmatch(told) and len(told) <= _LONGEST) else None


def _metric(scene: Scene, value: FoundValue, label: str, before: str, after: str) -> str | None:
    """Name a figure by the nouns beside it, else by the label, else by its unit."""
    kind, words = kind_of(value.value), load_metrics().words
    if value.value.unit == "위":
        return f"{before} 순위" if before and not after else None
    if value.value.unit in load_metrics().skipped or _is_part_of_name(scene, value):
        return None
    fits = label in words and kind in words[label].kinds
    measured = fits or label in words or load_profiling().sizes.search(label) is not None
    if before and after:
        return None
    if before:
        told = label if measured else by_unit(scene, value)
        return f"{before} {told}" if before.isascii() and told else before
    if after and not (fits or load_profiling().sizes.search(label)):
        return after if len(after) > 1 else None
    plan = label.isascii() and label not in words and not label.isupper()  # "Pro: 월 20달러"
    return (None if plan else label) or by_unit(scene, value)


def _is_part_of_name(scene: Scene, value: FoundValue) -> bool:
    """Tell the number of a version: the 8T of "TPU 8T"."""
    beside = any(0 <= value.start - n[2] <= 1 for n in scene.names)
    return beside and value.value.unit is None and value.value.currency is None


def _modality(scene: Scene, part: re.Match[str], label: str) -> Modality:
    planned = load_profiling().planned
    ahead = any(p.ahead for p in scene.periods if part.start() <= p.start < part.end())
    return "plan" if ahead or planned.search(label) or planned.search(part[0]) else "fact"
