"""Whose a figure is that a question asks for: "가나의 K2 매출은?" is not answered with 다라's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from agent.questions.linking import fold, says
from agent.questions.question import Question
from extractors.classes import BODIES

if TYPE_CHECKING:
    from agent.evidence.quotes import Quote
    from agent.evidence.scoring import Scored
    from corpus.report import Report


def owner_of(question: Question, classes: Mapping[str, str]) -> int | None:
    """Return the place among the links of the firm whose figure is asked, if it is named so."""
    if question.kind != "numeric":
        return None
    for at, link in enumerate(question.links):
        whose = question.text.startswith("의 ", link.end)
        if whose and any(classes.get(entity) in BODIES for entity in link.entities):
            return at
    return None


def of_its_firm(
    question: Question,
    scored: Sequence[Scored],
    families: Mapping[str, frozenset[str]],
    classes: Mapping[str, str],
) -> list[Scored]:
    """Leave out figures of other firms than the one whose figure is asked."""
    at = owner_of(question, classes)
    if at is None:
        return list(scored)
    link = question.links[at]
    own = frozenset(link.entities).union(*(families.get(e, frozenset()) for e in link.entities))
    return [s for s in scored if not _is_of_another(s, own, link.text)]


def _is_of_another(scored: Scored, own: Collection[str], name: str) -> bool:
    claim = scored.claim
    ends = {claim.subject.id, claim.object.id if claim.object else ""}
    if scored.slot != "value" or claim.subject.cls not in BODIES or ends & set(own):
        return False
    return not any(name in told for told in map(str, claim.qualifiers.values()))


def told_near(quote: Quote, report: Report, names: Collection[str]) -> bool:
    """Tell whether a sentence, what stands before or above it or the title names somebody."""
    unit = quote.unit
    above = fold(" ".join((unit.before, *unit.section, report.title)))
    return says(unit.folded, names) or says(above, names)
