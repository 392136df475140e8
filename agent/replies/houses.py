"""Which house puts a figure highest or lowest: target prices, and what else several foresee.

The figures of one thing, time and unit, each house's last; who says them is ranked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.korean import fill
from agent.questions.linking import fold
from agent.questions.periods import answers_for
from agent.questions.question import Question
from agent.replies.figures import claims_with, measure_of
from agent.replies.lists import amount, size_text, unit_of
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.wording import name_of, period_text
from agent.words import data, pattern

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.extent import Extent
    from kg.claim import Claim

_MOST_TOLD = 3  # things that houses are ranked for, where none is named
_SHOWN = 6


def houses_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, None] | None:
    """Say which house sees a figure highest, or lowest; ``None`` for any other question."""
    form = data("forms")["houses"]
    if re.search(form["pattern"], text) is None:
        return None
    question = answerer.parsed(text, extent.reports)
    measure = measure_of(question, answerer)
    if measure is None:
        return None
    claims = [c for c in claims_with(measure, answerer) if c.evidence.report in extent.reports]
    groups = _of_things(_seen(claims, question), answerer)
    told = [(_first(own, question), own) for own in groups[:_MOST_TOLD]]
    borne = [(s, own) for s, own in told if answerer.checker.check(s).supported]
    if not borne:
        return None
    sentences = [s for s, _ in borne]
    if len(borne) == 1 and len(borne[0][1]) > 1:
        sentences.append(_all(borne[0][1], question, answerer))
    return question, Reply(tuple(sentences), tuple(c for _, own in borne for c in own)), None


def ratings_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, None] | None:
    """Say how each house rates the one named, the newest first; ``None`` where none does.

    Of a house its last rating counts; those whose house is not told come last.
    """
    from agent.replies.replies import said

    form = data("forms")["ratings"]
    if not re.search(form["pattern"], text) or re.search(form["other"], text):
        return None
    question = answerer.parsed(text, extent.reports)
    own = [c for e in question.entities for c in answerer.facts.claims_of(e, "hasMetric")]
    rated = [
        c
        for c in sorted(own, key=answerer.facts.place)
        if c.qualifiers.get("metric") in form["metrics"] and c.evidence.report in extent.reports
    ]
    last = {c.attributed_to or (c.evidence.report, c.value and c.value.text): c for c in rated}
    told = sorted(reversed(last.values()), key=lambda c: not c.attributed_to)[: form["most"]]
    sentences = tuple(said([c], question) for c in told)
    return (question, Reply(sentences, tuple(told)), None) if told else None


def _seen(claims: Sequence[Claim], question: Question) -> list[Claim]:
    """The figures of what is named, of the time asked for, that somebody else says."""
    named = [set(link.entities) for link in question.links]
    return [
        c
        for c in claims
        if c.attributed_to
        and fold(c.attributed_to) != fold(c.subject.label)
        and all(c.subject.id in ids for ids in named)
        and _is_of_time(c, question)
    ]


def _is_of_time(claim: Claim, question: Question) -> bool:
    period = claim.qualifiers.get("period", "")
    return not question.periods or any(answers_for(p, period) > 0 for p in question.periods)


def _of_things(claims: Sequence[Claim], answerer: Answerer) -> list[list[Claim]]:
    """The last figure of each house, by what it is of; what most houses speak of comes first."""
    groups: dict[tuple[str, ...], dict[str, Claim]] = {}
    for claim in sorted(claims, key=answerer.facts.place):
        kept = [claim.qualifiers.get(k, "") for k in ("metric", "product", "condition", "period")]
        key = (claim.subject.id, *kept, unit_of(claim))
        groups.setdefault(key, {})[claim.attributed_to or ""] = claim
    ranked = [sorted(own.values(), key=lambda c: (-amount(c), c.id)) for own in groups.values()]
    found = sorted(ranked, key=lambda own: (-len(own), own[0].subject.id, own[0].id))
    return [own for own in found if len(own) > 1] or found


def _first(own: Sequence[Claim], question: Question) -> Sentence:
    """Say who sees it highest or lowest, all of them where several do."""
    low = pattern("low").search(question.text) is not None
    end = own[-1] if low else own[0]
    who = [c for c in own if amount(c) == amount(end)]
    slots = {"houses": ", ".join(c.attributed_to or "" for c in who), "size": size_text(end)}
    key = "only" if len(own) == 1 else "lowest" if low else "highest"
    return _sentence(key, own, question, **slots)


def _all(own: Sequence[Claim], question: Question, answerer: Answerer) -> Sentence:
    days = {c.evidence.report: answerer.dates[c.evidence.report].isoformat() for c in own}
    newest = max(days.values())
    texts = wording()["houses"][question.language]
    parts = []
    for claim in own[:_SHOWN]:
        day = days[claim.evidence.report]
        said = f"{claim.attributed_to} {size_text(claim)}"
        parts.append(said if day == newest else said + fill(texts["as_of"], day=day))
    return _sentence("listed", own[:_SHOWN], question, listed=", ".join(parts))


def _sentence(key: str, own: Sequence[Claim], question: Question, **slots: str) -> Sentence:
    from agent.replies.replies import evidence_of

    first, language = own[0], question.language
    period = period_text(first.qualifiers.get("period", ""), language)
    parts = (period, first.qualifiers.get("product"), first.qualifiers.get("metric"))
    slots["what"] = " ".join(filter(None, parts))
    slots["subject"] = name_of(first.subject, language)
    text = fill(wording()["houses"][language][key], many=str(len(own)), **slots)
    ranked = " > ".join(f"{c.attributed_to} {size_text(c)}" for c in own)
    modalities = tuple(dict.fromkeys(("fact", *(c.modality for c in own))))
    return Sentence(
        text, evidence_of(own), steps=(f"max of {len(own)}곳: {ranked}",), modalities=modalities
    )
