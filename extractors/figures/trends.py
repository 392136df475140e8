"""Change without a figure: "점유율이 낮아질 것", "적자 전환"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.figures.holders import owners, phrase_at, topic_entity
from extractors.figures.moves import FILE as MOVES
from extractors.language.phrases import Clause
from extractors.sparing import sparing
from extractors.values.metric_data import load_metrics
from extractors.word_lists import words_in
from kg.claim import Value


def match_trends(scene: Scene) -> Iterator[Draft]:
    """Yield what changes without a figure ("점유율이 낮아질 것") and who is in the red."""
    metrics = load_metrics()
    for clause in scene.parsed.clauses:
        phrase = clause.arg("subject", "topic")
        if (
            phrase is None
            or clause.lemma not in words_in(MOVES, "trends")
            or clause.ending == "relative"
        ):
            continue
        metric = metrics.words.get(phrase.head)
        if metric is None or any(clause.start - 40 < v.start < clause.end for v in scene.values):
            continue
        company, thing = owners(scene, phrase, phrase.end)
        subject = thing or company
        if subject is None or _is_comparison(clause):
            continue
        start = phrase.outer_start
        value = Value(_told(scene.text[clause.start : clause.end], clause))
        predicate = "marketShare" if metric.predicate == "marketShare" else "hasMetric"
        draft = Draft(subject, predicate, None, value, start, clause.end, clause)
        draft.tail = (clause.stem_end, clause.tail_end)
        if predicate == "hasMetric":
            draft.qualifiers["metric"] = metric.name
        period = scene.period_for(start, clause.end)
        if period:
            draft.qualifiers["period"] = period
        yield draft
    yield from _deficits(scene)


def _told(words: str, clause: Clause) -> str:
    """Leave out how a clause goes on: the 하락 of "하락하면서", "오르다" for "오르며"."""
    stem = _GOING_ON.sub("", words) if clause.ending == "connective" else words
    return (
        words if stem == words else stem.removesuffix("하") if stem.endswith("하") else f"{stem}다"
    )


_GOING_ON = re.compile(r"(?:으면서|면서|으며|며|고)$")


def _is_comparison(clause: Clause) -> bool:
    """Tell what is higher than another from what rises: "학습의 비중이 추론보다 높다"."""
    return clause.lemma in ("높", "낮") and any(phrase.case == "than" for phrase in clause.args)


def _deficits(scene: Scene) -> Iterator[Draft]:
    for match in _DEFICIT.finditer(scene.text):
        if scene.text.endswith("씩 ", 0, match.start()):
            continue  # "가나와 다라가 3조, 1조 원씩 적자를 냈다"
        phrase = phrase_at(scene, match.start())
        clause = scene.parsed.clause_to(match.end())
        company, _ = owners(scene, phrase, match.start())
        subject = company or topic_entity(scene, clause, phrase, BODIES)
        if subject is not None and clause is not None:
            draft = Draft(subject, "hasMetric", None, Value(match["word"]), 0, clause.end, clause)
            topic = clause.subject or clause.topic
            draft.start = min(match.start(), topic.outer_start if topic else match.start())
            draft.qualifiers["metric"] = "손익"
            draft.tail = (match.end(), clause.tail_end)
            yield draft


_DEFICIT = sparing(r"(?P<word>적자|흑자)(?=\s?상태|\s?전환|를 (?:기록|내|냈|보)|이며|이다|로 전환)")
