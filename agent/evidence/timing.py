"""What is known of another time, where nothing is said of the time asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.questions.periods import PARTS, grain, periods_agree
from agent.questions.question import Question
from agent.replies.phrasing import wording
from kg.claim import Claim

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.scoring import Scored

# what tells the year, by its number or by how far away it is
_YEAR = re.compile(
    r"\d{2,4}\s?년|20\d\d|\d[QH]\d\d|올해|금년|작년|지난|전년|내년|다음|이번|직전|this|last|next",
    re.I,
)
_SURE = 0.5
_MOST = 2
_YEARS = 6  # to look back
_LIKE_BEST = 0.8


def known_otherwise(
    question: Question, answerer: Answerer, scope: Collection[str]
) -> list[Sentence]:
    """Say the same figure of the periods nearest to the one asked for, as what is known nearby."""
    from agent.replies.replies import said

    figure = question.kind not in ("reason", "opinion", "definition", "summary", "boolean")
    if not question.periods or question.horizon or not figure:
        return []
    whenever = replace(question, periods=())
    scored = answerer.pool.scored(whenever, frozenset(scope)).scored
    claims = [s.claim for s in scored if _of_a_time(s) and s.score >= _SURE]
    best = scored[0].score if scored else 0.0
    alike = [
        c
        for c in claims
        if _what(c) == _what(claims[0])
        and next(s.score for s in scored if s.claim is c) >= _LIKE_BEST * best
    ]
    newest = sorted(alike, key=lambda c: -answerer.dates[c.evidence.report].toordinal())
    nearest = sorted(newest, key=lambda c: _distance(c, question))
    told: dict[str, Claim] = {}
    for claim in nearest:
        told.setdefault(claim.qualifiers["period"], claim)
    chosen = list(told.values())[:_MOST]
    lead = wording()["known_otherwise"][question.language]
    sentences = [said([claim], question) for claim in chosen]
    return [
        replace(sentence, text=(lead if not n else "") + sentence.text)
        for n, sentence in enumerate(sentences)
    ]


def years_before(question: Question, oldest: int) -> Iterator[Question]:
    """Yield the question for each year before, where it names a time in a year but not which.

    "9월 매출" in March is that of last September, if there is one; or of one before, back to
    the year before the ``oldest`` report's.
    """
    of_year = all(grain(p) in (*PARTS, "day") for p in question.periods)
    if not question.periods or question.horizon or not of_year or _YEAR.search(question.text):
        return
    newest = min(int(p[:4]) for p in question.periods)
    for back in range(1, min(newest - oldest + 1, _YEARS) + 1):
        yield replace(
            question, periods=tuple(f"{int(p[:4]) - back}{p[4:]}" for p in question.periods)
        )


def _of_a_time(scored: Scored) -> bool:
    """Whether a claim is a figure of a period with a form of its own."""
    period = scored.claim.qualifiers.get("period", "")
    return scored.slot == "value" and bool(period) and grain(period) != "span"


def _what(claim: Claim) -> tuple[str, str, str]:
    return claim.subject.id, claim.predicate, claim.qualifiers.get("metric", "")


def _distance(claim: Claim, question: Question) -> tuple[bool, int, str]:
    """Nearest first: what the period asked for lies in, then by year, newer first."""
    period, asked = claim.qualifiers["period"], question.periods[0]
    return (not periods_agree(period, asked), abs(int(period[:4]) - int(asked[:4])), period)
