"""Summaries: of a report, a section, a thing named, or a theme, in the reports' own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from agent.evidence.quotes import Quote
from agent.questions.linking import fold
from agent.questions.question import Question, Term
from agent.replies.quoting import Reply, Way, alike, quotation
from agent.words import data, pattern

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from corpus.report import Report, Section, Span

_SENTENCES = 5
_ROOM = 340  # characters of the sentences quoted
_ROOM_EACH = 90  # more for each thing named beyond the second
_LONGEST = 170
_RANK = 4.0
_SHORT = 20
_NO_ANSWER = ("heading", "caption", "row", "subtitle")
_OF_THING = 4


def summarised(
    question: Question, quotes: Sequence[Quote], answerer: Answerer, scope: Collection[str]
) -> Reply | None:
    """Summarise what a question names: a section, a thing, a theme; or the newest report."""
    theme = _theme(question)
    if not question.links and not theme:
        return highlights(question, answerer, scope)
    ways: list[Way] = [lambda: _themes(question, quotes, answerer)]
    if len(question.links) == 1 and not theme:
        ways.insert(0, lambda: _thing(question, answerer, scope))
    if re.search(data("forms")["summaries"]["section"], question.text, re.I):
        ways.insert(0, lambda: _section(question, theme, answerer, scope))
    return next((found for way in ways if (found := way())), None)


def _theme(question: Question) -> list[Term]:
    """The words that a summary is to be about."""
    empty = {str(word) for word in data("forms")["summaries"]["words"]}
    return [t for t in question.terms if t.form not in empty and len(t.form) > 1]


def _quotable(quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence tells something: no heading, no line of sources, no title."""
    unit = quote.unit
    heading = " ".join(unit.section[-1:])
    apparatus = pattern("apparatus").search(heading) is not None
    apparatus = apparatus or any(pattern(p).match(unit.text) for p in ("source_line", "masthead"))
    titled = fold(unit.text) == fold(answerer.report(unit.report).title)
    plain = unit.kind not in _NO_ANSWER and len(unit.text) > _SHORT
    return plain and not apparatus and not titled and not pattern("disclaimer").search(unit.text)


def _told(
    question: Question,
    quotes: Iterable[Quote],
    most: int = _SENTENCES,
    *,
    in_order: bool = False,
) -> Reply | None:
    """Quote sentences, as many as an answer has room for, at last in the report's order."""
    picked: list[Quote] = []
    room = _ROOM
    for quote in quotes:
        new = all(not alike(quote.text, other.text) for other in picked)
        if new and len(quote.text) <= room:
            picked.append(quote)
            room -= len(quote.text)
        if len(picked) == most:
            break
    if in_order:
        picked.sort(key=lambda q: q.evidence.start)
    told = tuple(quotation(q, question, first=not n) for n, q in enumerate(picked))
    return Reply(told) if told else None


def _themes(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Quote the sentences that together cover most: first the best on each thing named."""
    best = quotes[0].rank if quotes else 0.0
    telling = [q for q in quotes if _quotable(q, answerer)]
    good = [q for q in telling if q.rank >= best - _RANK]
    first = [
        next((q for q in telling if fold(link.text) in fold(q.text)), None)
        for link in question.links
    ]
    picked: list[Quote] = []
    room = _ROOM + _ROOM_EACH * max(0, len(question.links) - 2)
    for quote in [*(q for q in first if q), *good]:
        new = all(not alike(quote.text, other.text) for other in picked)
        if new and (len(quote.text) <= room or not picked):
            picked.append(quote)
            room -= len(quote.text)
    ordered = sorted(
        picked[: max(_SENTENCES, len(question.links))],
        key=lambda q: (answerer.dates[q.evidence.report], q.evidence.start),
    )
    told = tuple(quotation(q, question, first=not n) for n, q in enumerate(ordered))
    return Reply(told) if told else None


def _section(
    question: Question, theme: Sequence[Term], answerer: Answerer, scope: Collection[str]
) -> Reply | None:
    """Quote how the paragraphs of the section begin that is headed by what is named."""
    wanted = [fold(link.text) for link in question.links] + [fold(t.form) for t in theme]
    for report_id in sorted(scope, key=lambda r: (answerer.dates[r], r), reverse=True):
        report = answerer.report(report_id)
        for section in report.sections:
            heading = fold(section.path[-1]) if section.path else ""
            headed = wanted and all(word in heading for word in wanted)
            if headed and (
                found := _told(question, _openings(report, section, answerer), in_order=True)
            ):
                return found
    return None


def _openings(report: Report, section: Section, answerer: Answerer) -> list[Quote]:
    """The first sentence of each paragraph of a section, then what follows the first."""
    spans = [
        p.span
        for p in report.passages
        if p.kind == "prose" and p.section[: len(section.path)] == section.path
    ]
    return _first_then_rest(report, spans, answerer)


def _first_then_rest(report: Report, spans: Sequence[Span], answerer: Answerer) -> list[Quote]:
    """The first sentence of each paragraph, then what fits of the others."""
    every = [_all(report, span, answerer) for span in spans]
    return [q for told in every for q in told[:1]] + [q for told in every for q in told[1:]]


def _all(report: Report, span: Span, answerer: Answerer) -> list[Quote]:
    return [q for q in answerer.quoter.every(report, span) if _quotable(q, answerer)]


def _thing(question: Question, answerer: Answerer, scope: Collection[str]) -> Reply | None:
    """Quote what the newest reports say of a thing: sentences that it is the topic of."""
    link = question.links[0]
    families = {e: answerer.families.of_entity(e) for e in link.entities}
    names = sorted({n for e in families for n in _names(e, answerer)}, key=len, reverse=True)
    topic = data("forms")["summaries"]["topic"]
    opens = re.compile(rf"(?:{'|'.join(map(re.escape, names))}){topic}", re.I)
    passages = sorted(
        {p for e in link.entities for p in answerer.facts.passages_of(e)},
        key=lambda p: (-answerer.dates[p.rpartition("#")[0]].toordinal(), p),
    )
    found: list[tuple[int, int, Quote]] = []
    for order, passage in enumerate(passages):
        report = answerer.report(passage.rpartition("#")[0])
        if report.id not in scope:
            continue
        span = report.passages[int(passage.rpartition("#")[2])].span
        for quote in _all(report, span, answerer):
            place = opens.search(quote.text)
            if place and len(quote.text) <= _LONGEST:
                found.append((place.start() > _SHORT, order, quote))
        if len(found) > _SENTENCES * _OF_THING:
            break
    found.sort(key=lambda f: f[:2])
    one_each: dict[str, Quote] = {}
    for _, _, quote in found:
        one_each.setdefault(f"{quote.unit.report}{quote.unit.section}", quote)
    return _told(question, one_each.values(), _OF_THING)


def _names(entity: str, answerer: Answerer) -> list[str]:
    names = answerer.generation.names_by_id
    return [n for n in names[entity].labels if len(n) > 1] if entity in names else []


def highlights(question: Question, answerer: Answerer, scope: Collection[str]) -> Reply | None:
    """Quote how the newest report in scope opens: its highlights, a sentence a paragraph."""
    newest = max(scope, key=lambda r: (answerer.dates[r], r), default=None)
    if newest is None:
        return None
    report = answerer.report(newest)
    opening = next(
        (s for s in report.sections if pattern("highlights").search(" ".join(s.path))), None
    )
    passages = [
        p
        for p in report.passages
        if p.kind == "prose" and (opening is None or p.section[: len(opening.path)] == opening.path)
    ]
    spans = [p.span for p in passages]
    return _told(question, _first_then_rest(report, spans, answerer), in_order=True)
