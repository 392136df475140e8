"""Reasons listed below a heading that asks the same why: "왜 주가는 빠졌나"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agent.questions.linking import fold, says
from agent.questions.question import Question
from agent.replies.quoting import Reply, quotation
from agent.words import pattern

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.evidence.units import Unit

_MOST = 3
_ROOM = 480  # characters of the reasons told
_FAR = 20  # sentences below a heading


def headed_reasons(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Quote the reasons that stand below such a heading; ``None`` where none asks this."""
    words, names = answerer.words_of(question)
    for quote in (q for q in quotes if q.unit.kind == "heading" and words):
        unit, report = quote.unit, answerer.report(quote.unit.report)
        title = fold(" | ".join((report.title, *unit.section, unit.text)))
        asks = pattern("why_heading").search(unit.text) is not None
        told = all(word.said(unit.folded, unit.letters) for word in words)
        if not (asks and told and all(says(title, of_one) for of_one in names)):
            continue
        if listed := list(_listed(unit, answerer)):
            found = (answerer.quoter.every(report, each.span)[0] for each in listed)
            said = [quotation(q, question, first=not n) for n, q in enumerate(found)]
            return Reply(tuple(said))
    return None


def _listed(heading: Unit, answerer: Answerer) -> Iterator[Unit]:
    """The sentences below a heading that are numbered as reasons, as many as there is room for."""
    units, room = answerer.quoter.units(answerer.report(heading.report)), _ROOM
    below = (units.beside(heading, step) for step in range(1, _FAR))
    numbered = [u for u in below if u and pattern("numbered_reason").match(u.text)]
    for unit in numbered[:_MOST]:
        room -= len(unit.text)
        if room < 0:
            return
        if unit.kind in ("prose", "list"):
            yield unit
