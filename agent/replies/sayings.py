"""Who said what: only sentences of the speaker asked for, and on the matter asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.evidence.quotes import Quote
from agent.korean import jamo
from agent.questions.linking import Link, fold
from agent.questions.question import Question
from agent.questions.ways import Word
from agent.replies.quoting import Reply
from agent.words import data, pattern
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.scoring import Scored

_SPEAKERS = frozenset({"Person"})
_LIKELY, _PERHAPS = 0.55, 0.1
_PARTICLE = re.compile(r"\s?(?:(?:[가-힣]{2,6}|[A-Z]{2,4})\s?)?(?:은|는|이|가|께서|도|의)(?=\s)")


def spoken(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> list[Quote]:
    """Keep of the quotes those in which the speaker speaks, on the matter where one is named.

    All of them where the question names no speaker.
    """
    speaker = _speaker(question, answerer)
    if speaker is None:
        return list(quotes)
    names = _names(speaker, answerer)
    words, _ = answerer.words_of(question)
    others = [_names(link, answerer) for link in question.links if link is not speaker]
    said = [q for q in quotes if _speaks(q, names)]
    if not words and not others:
        return said
    kept = []
    for quote in said:
        share = _on(quote, words, others, answerer)
        if share:  # who speaks, and on what, is as good as certain
            sure = max(quote.score, share) if quote.fits else quote.score
            kept.append(replace(quote, score=sure))
    return kept


def asks_saying(question: Question) -> bool:
    """Tell whether a question asks what somebody said of something, or held of it."""
    verbs = data("forms")["sayings"]["asked"]
    return question.kind == "opinion" or (
        question.kind == "lookup" and re.search(verbs, question.text) is not None
    )


def stated(question: Question, scored: Sequence[Scored], answerer: Answerer) -> Reply | None:
    """Quote what a firm or a body itself stated, on the matter where one is named."""
    from agent.replies.things import as_written

    link = next((k for k in question.links if _PARTICLE.match(question.text[k.end :])), None)
    classes = {answerer.classes.get(e) for e in link.entities} if link else set()
    if link is None or not classes <= AGENTS - _SPEAKERS:
        return None
    words, _ = answerer.words_of(question)
    for claim in (s.claim for s in scored if s.claim.predicate == "states"):
        if claim.subject.id not in link.entities:
            continue
        unit = answerer.quoter.units(answerer.report(claim.evidence.report)).at(
            claim.evidence.start
        )
        if unit is None or not pattern("holds_opinion").search(unit.text):
            continue
        near = fold(" ".join((*unit.section, unit.before, unit.text)))
        on_it = not words or any(word.said(near, jamo(near)) for word in words)
        if on_it and (told := as_written(claim, question, answerer)):
            return Reply(tuple(told), (claim,))
    return None


def _speaker(question: Question, answerer: Answerer) -> Link | None:
    """The first person named whom a particle makes the one who speaks."""
    for link in question.links:
        person = any(answerer.classes.get(e) in _SPEAKERS for e in link.entities)
        if person and _PARTICLE.match(question.text[link.end :]):
            return link
    return None


def _names(link: Link, answerer: Answerer) -> frozenset[str]:
    """How a person is named, in reports also by the surname and a title ("황 CEO")."""
    names = answerer.generation.names_by_id
    labels = {link.text, *(n for e in link.entities if e in names for n in names[e].labels)}
    found = {fold(label) for label in labels}
    titles = data("forms")["sayings"]["titles"]
    for label in labels:
        match = re.fullmatch(data("forms")["sayings"]["surname"], label)
        family = match and (match["family"] or match["last"])
        if family:
            found |= {fold(f"{family} {title}") for title in titles}
            if len(family) > 1:
                found.add(fold(family))
    return frozenset(found)


def _speaks(quote: Quote, names: frozenset[str]) -> bool:
    """Whether a sentence names the speaker, or goes on with the one before, which does."""
    if any(name in quote.unit.folded for name in names):
        return True
    goes_on = re.match(data("forms")["sayings"]["goes_on"], quote.text) is not None
    return goes_on and any(name in fold(quote.unit.before) for name in names)


def _on(
    quote: Quote, words: Sequence[Word], others: Sequence[frozenset[str]], answerer: Answerer
) -> float:
    """How surely a sentence, or the section it stands in, speaks of the matter: 0 not at all."""
    unit, report = quote.unit, answerer.report(quote.unit.report)
    section = (p.span.of(report.text) for p in report.passages if p.section == unit.section)
    text = fold(" | ".join((*unit.section, *section)))
    if any(name in text for names in others for name in names):
        return _LIKELY
    if any(word.said(unit.folded, unit.letters) for word in words):
        return _LIKELY
    letters = jamo(text)
    return _PERHAPS if any(word.said(text, letters) for word in words) else 0.0
