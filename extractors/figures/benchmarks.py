"""Benchmark results: the first value after a test's name is the model's, one in brackets
a rival's."""

from __future__ import annotations

import re

from extractors.context.scene import Draft, Named, Scene
from extractors.figures.holders import fitting, is_outdone, phrase_at, topic_entity
from extractors.figures.moves import FILE as MOVES
from extractors.language.phrases import Clause, Phrase
from extractors.names.descriptions import described
from extractors.values.metric_data import kind_of
from extractors.values.values import FoundValue
from extractors.word_lists import Worded
from kg.claim import Entity


def _bracketed(scene: Scene, value: FoundValue, test: Named) -> Entity | None:
    """Find whose score stands in brackets: "나 시험에서 71%로 다라-2(69%)를 앞섰다"."""
    for entity, start, end in scene.names:
        between = scene.text[end : value.start] if test[2] <= start < value.start else ""
        if entity.cls in ("Model", "Chip", "Software") and re.fullmatch(r"\s?\((?:약\s)?", between):
            return entity
    return None


_LEADS = re.compile(r"(?:이|가|은|는|도)\s(?:각각\s)?(?:약\s)?")


def _led(scene: Scene, value: FoundValue, test: Named) -> Entity | None:
    """Find who stands right before a score: "HLE 점수는 나래가 44%, 다라가 27%다"."""
    for entity, start, end in scene.names:
        after = test[2] <= start and entity.cls in ("Model", "Chip", "Software")
        if after and end <= value.start and _LEADS.fullmatch(scene.text, end, value.start):
            return entity
    return None


_SCORED = Worded(
    MOVES,
    r"(?:,\s|[을를]\s{scoring}|의\s{scores}|로\s(?:종합\s|전체\s|공동\s)?\d위|로\s(?:선두|가장)|$)",
)
"""What follows a score, and no rate by which something is better."""


def _unnamed_test(
    scene: Scene, value: FoundValue, start: int, end: int, clause: Clause | None
) -> Draft | None:
    """Read the score at a test without a name: "사내 벤치마크에서 나래 2가 81%를 기록했다"."""
    if not _SCORED.match(scene.text, value.end):
        return None
    tests = [p for p in scene.parsed.phrases if p.until <= value.start and _is_test(p)]
    test = described(scene, tests[-1]) if tests else None
    if test is None:
        return None
    test = Entity(test.id, "Benchmark", test.label)
    led = _led(scene, value, (test, tests[-1].start, tests[-1].end))
    if led is None and tests[-1].case == "at" and tests[-1].start >= start:
        alone = value.start - tests[-1].until <= _NEAR
        led = topic_entity(scene, clause, tests[-1], ("Model", "Chip", "Software"))
        led = led if alone else None
    if led is None:
        return None
    return Draft(led, "scores", test, value.value, min(start, tests[-1].start), end, clause)


_NEAR = 3


def _is_test(phrase: Phrase) -> bool:
    return phrase.head.endswith("벤치마크") or (
        phrase.case == "at" and phrase.head.endswith(_TESTS)
    )


_TESTS = (
    "시험",
    "테스트",
    "리더보드",
    "순위표",
    "지능 지수",
    "평가",
    "아레나",
    "인덱스",
    "Index",
    "Arena",
)


def benchmark_score(
    scene: Scene, value: FoundValue, start: int, end: int, clause: Clause | None
) -> Draft | None:
    """Read a benchmark result: the first value after the benchmark's name is the model's."""
    if kind_of(value.value) not in ("percent", "none") and value.value.unit != "점":
        return None
    before = [n for n in scene.names if n[0].cls == "Benchmark" and n[2] <= value.start]
    if before and (rival := _bracketed(scene, value, before[-1])):
        begins = min(start, before[-1][1])
        return Draft(rival, "scores", before[-1][0], value.value, begins, end, clause)
    tests = [n for n in before if start <= n[1]]
    if not tests and before and scene.text.startswith("(", start):
        tests = before[-1:]  # "41.0%로 뒤졌다(나래는 43.5%)"
    if not tests:
        return None if before else _unnamed_test(scene, value, start, end, clause)
    test = tests[-1]
    if led := _led(scene, value, test):
        return Draft(led, "scores", test[0], value.value, min(start, test[1]), end, clause)
    if any(test[2] <= v.start < value.start for v in scene.values) or value.start - test[2] > 30:
        return None
    phrase = phrase_at(scene, test[1])
    subject = topic_entity(scene, clause, phrase, ("Model", "Chip", "Software", "Company"))
    subject = fitting(scene, subject, "thing", test[1])
    if subject is None:
        near = [n for n in scene.names if n[0].cls == "Model" and n[2] <= test[1]]
        near = [n for n in near if not is_outdone(scene, n)]
        subject = near[-1][0] if near else None
    if subject is None:
        return None
    return Draft(subject, "scores", test[0], value.value, start, end, clause)
