"""Whose sentence it is: one that leaves out what is asked about and is of another of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.questions.linking import fold, says

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.questions.question import Question

_BACK = 6  # sentences before, in which what it is about may be named
_OPENING = 40  # characters in which a sentence says what it is about
_MOVED = r"\s?\([^()]*[-+−▲▼]\s?\d[^()]*%\)\s"  # "A (AAA +1.2%) …": of A, with no particle
TOPIC = re.compile(rf"(?:\([^)]*\))?(?:\s?(?:CEO|CFO|회장|대표))?(?:은|는|의|도)\s|{_MOVED}")
_LABEL = re.compile(r"\s?(?:\([^)]*\))?(?:[:：]|은\s|는\s)")  # "A(1234): …"
_OWNING = re.compile(r"(?:은|는|이|가|의)\s")
SUBJECT = re.compile(r"(?:\([^)]*\))?(?:이|가)\s")
_CLEFT = re.compile(r"(?:곳|회사|업체|기업|주인공)은\s")  # "A의 아성에 도전한 곳은 B다": of B
_GOODS = frozenset({"Chip", "Product", "Model", "Software", "Technology"})
OWNING_CLASSES = frozenset({"Company", "Organization"}) | _GOODS
_SEVERAL = 2  # names


class Others:
    """Tells the sentences that are of another thing of the kind that a question names.

    Korean drops its topics, so a sentence without a name may well be of the thing asked
    about: unless it opens with another, or one before does that is nearer than that thing.
    What the question names is looked up once for all its sentences.
    """

    def __init__(self, question: Question, answerer: Answerer) -> None:
        self._answerer = answerer
        self._asked = {m for e in question.entities for m in answerer.families.kin(e)}
        self._classes = {answerer.classes.get(e) for e in question.entities}
        families = {e: answerer.families.of_entity(e) for e in question.entities}
        wanted = answerer.quoter.wanted(question, families)
        self._names = {name for names in wanted for name in names if len(name) > 1}
        owners = [
            (link, names)
            for link, names in zip(question.links, wanted, strict=True)
            if {answerer.classes.get(e) for e in link.entities} <= OWNING_CLASSES
            and _OWNING.match(question.text, link.end)
        ]
        self._owners = {name for _, names in owners for name in names if len(name) > 1}
        self._kinds = {answerer.classes.get(e) for link, _ in owners for e in link.entities}

    def have(self, quote: Quote) -> bool:
        """Tell whether a sentence leaves out what the question names and is of another.

        Where it names only what else the question does, it must not open with another than the
        one that the question asks it of.
        """
        if not self._asked:
            return False
        if says(quote.unit.folded, self._names):
            unsaid = bool(self._owners) and not says(quote.unit.folded, self._owners)
            found = self._opening(quote.text, _LABEL) if unsaid else set()
            found = {e for e in found if self._answerer.classes.get(e) in self._kinds}
            return bool(found) and not found & self._asked
        others = self._opening(quote.text, TOPIC)
        return (bool(others) and not others & self._asked) or self._before(quote)

    def _before(self, quote: Quote) -> bool:
        """Whether the nearest sentence before that is about such a thing is about another."""
        units = self._answerer.quoter.units(self._answerer.report(quote.unit.report))
        for step in range(1, _BACK + 1):
            unit = units.beside(quote.unit, -step)
            if unit is None or unit.kind not in ("prose", "list", "heading"):
                return False
            said = says(unit.folded, self._names)
            cleft = _CLEFT.search(unit.text) if said and unit.kind != "heading" else None
            if cleft:
                return not says(fold(unit.text[cleft.end() :]), self._names)
            held = self._opening(unit.text, _LABEL) or self._opening(unit.text, SUBJECT)
            if held and unit.kind != "heading":
                return not held & self._asked
            if said:
                return False
        return False

    def _opening(self, text: str, marked: re.Pattern[str]) -> set[str]:
        """What a text opens with that is of the classes asked about, by the particle behind it."""
        answerer = self._answerer
        return {
            e
            for link in answerer.linker.find(text[:_OPENING])
            if marked.match(text, link.end)
            for e in link.entities
            if answerer.classes.get(e) in self._classes
        }


def opens_with_move(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence opens with what is asked about and how its price moved."""
    own = set(question.entities)
    links = (k for k in answerer.linker.find(quote.text[:_OPENING]) if own & set(k.entities))
    return any(re.match(_MOVED, quote.text[link.end :]) for link in links)


def of_other_goods(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a figure is of other goods than a question asks of: 수율 of HBM3, not of DDR5.

    Of the several names in the question, goods that neither the sentence nor the text around
    it says, where it says others of the same class.
    """
    if question.kind != "numeric" or len(question.links) < _SEVERAL or quote.unit.row is not None:
        return False
    near, found = quote.unit.folded + quote.unit.around, answerer.linker.find(quote.text)
    for link, names in zip(question.links, answerer.words_of(question)[1], strict=True):
        kinds = {answerer.classes.get(e) for e in link.entities}
        if not kinds <= _GOODS or says(near, names):
            continue
        kin = {m for e in link.entities for m in answerer.families.kin(e)}
        others = {e for k in found for e in k.entities if answerer.classes.get(e) in kinds}
        if others - kin - set(question.entities):
            return True
    return False
