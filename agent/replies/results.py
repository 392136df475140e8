"""How a company did: its sales and profits of a period, where "실적" is asked for as such."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from agent.questions.periods import answers_for, grain
from agent.questions.question import Question
from agent.replies.quoting import Reply
from agent.words import data
from kg.iris import entity_iri

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.claim import Claim


def results_reply(question: Question, answerer: Answerer, scope: Collection[str]) -> Reply | None:
    """Say the figures of one company, of the period asked for or the latest; else ``None``."""
    from agent.replies.replies import said

    form = data("forms")["results"]
    if len(question.links) != 1 or not re.search(form["pattern"], question.text, re.I):
        return None
    claims = [c for c in _figures(question, answerer) if c.evidence.report in scope]
    asked = question.periods or _latest(claims, answerer)
    told: dict[str, Claim] = {}
    for metric in form["metrics"]:
        of = [c for c in claims if c.qualifiers["metric"] == metric and _within(c, asked)]
        if of:
            told[metric] = max(of, key=lambda c: _sureness(c, answerer))
    chosen = list(told.values())[: form["most"]]
    sentences = tuple(said([claim], question) for claim in chosen)
    return Reply(sentences, tuple(chosen)) if sentences else None


def _figures(question: Question, answerer: Answerer) -> list[Claim]:
    """All claims of sales and profits of the one named, with their periods."""
    subjects = " ".join(f"<{entity_iri(e)}>" for e in question.entities)
    metrics = " ".join(f'"{m}"' for m in data("forms")["results"]["metrics"])
    rows = answerer.facts.select(
        f"SELECT DISTINCT ?c WHERE {{ VALUES ?s {{ {subjects} }} VALUES ?m {{ {metrics} }}"
        " GRAPH ?g { ?c rdf:subject ?s ; rdf:predicate kg:hasMetric ; kg:metric ?m ;"
        " kg:period ?p } } ORDER BY ?c"
    )
    claims = answerer.facts.claims([str(row[0]) for row in rows])
    return [c for c in claims if c.value and c.value.minimum is not None]


def _sureness(claim: Claim, answerer: Answerer) -> tuple[object, ...]:
    """The latest report's first, then what gives its currency, then what is surest."""
    money = bool(claim.value and claim.value.currency)
    day = answerer.dates[claim.evidence.report]
    return day, money, not claim.evidence.in_table, claim.confidence, claim.id


def _within(claim: Claim, asked: Sequence[str]) -> bool:
    return any(answers_for(p, claim.qualifiers["period"], figure=True) for p in asked)


def _latest(claims: Sequence[Claim], answerer: Answerer) -> tuple[str, ...]:
    """The last quarter, half or year of which a figure is known as a fact."""
    done = {c.qualifiers["period"] for c in claims if c.modality == "fact"}
    parts = [p for p in done if grain(p) in ("quarter", "half", "year")]
    newest = max(answerer.dates.values(), default=None)
    past = [p for p in parts if newest is not None and p[:4] <= str(newest.year)]
    return (max(past, key=lambda p: (p[:4], p)),) if past else ()
