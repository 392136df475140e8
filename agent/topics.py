"""Whose sentence it is: one that names another thing of the kind asked about is of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.question import Question
    from agent.quotes import Quote


_OPENING = 40  # characters in which a sentence says what it is about
_TOPIC = re.compile(r"(?:\([^)]*\))?(?:\s?(?:CEO|CFO|회장|대표))?(?:은|는|의)\s")


def of_another(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence leaves out what the question names and opens with another like it.

    Korean drops its topics, so a sentence without a name may well be of the thing asked about.
    """
    asked = {m for e in question.entities for m in answerer.families.kin(e)}
    names = {n for said in _names(question, answerer) for n in said}
    if not asked or any(name in quote.unit.folded for name in names):
        return False
    classes = {answerer.classes.get(e) for e in question.entities}
    topics = {
        e
        for link in answerer.linker.find(quote.text[:_OPENING])
        if _TOPIC.match(quote.text, link.end)
        for e in link.entities
    }
    others = {e for e in topics if answerer.classes.get(e) in classes}
    return bool(others) and not others & asked


def _names(question: Question, answerer: Answerer) -> list[frozenset[str]]:
    families = {e: answerer.families.of_entity(e) for e in question.entities}
    wanted = answerer.quoter.wanted(question, families)
    return [frozenset(name for name in names if len(name) > 1) for names in wanted]
