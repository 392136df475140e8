"""To whom something is supplied that goes into a thing of theirs: "가나의 K2용 메모리를 공급"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.classes import BODIES
from extractors.context.scene import Named, Scene
from extractors.language.phrases import Clause, Phrase
from extractors.lexicon.frame_data import Frame
from extractors.lexicon.makers import makers_of
from extractors.word_lists import words_in
from kg.claim import Entity

_WORDS = "relations/deeds.yaml"
_THINGS = ("Chip", "Model", "Product", "Software", "Facility")
_FOR = re.compile(r"(?:\s[가-힣A-Za-z0-9-]{1,12})?(?:용|향|向)\s")


def customers(scene: Scene, frame: Frame, clause: Clause) -> list[Entity]:
    """Return whose the things are that a supply is for, as far as their makers are known."""
    if frame.predicate != "supplies" or frame.reverse:
        return []
    for phrase, named in _things_served(scene, clause):
        whose = _whose(scene, phrase, named)
        if whose is not None and whose.cls in frame.object:
            return [whose]
    return []


def _things_served(scene: Scene, clause: Clause) -> Iterator[tuple[Phrase, Named]]:
    """Yield things to, for or into which something is supplied: "K2에", "K2용", "K2에 쓰일"."""
    for phrase in (p for p in clause.args if p.case == "to"):
        yield from ((phrase, named) for named in scene.fill(phrase, _THINGS)[-1:])
    goods = clause.arg("object", "bare")
    if goods is None:
        return
    for named in scene.named_in(goods.start, goods.end, (*_THINGS, *BODIES)):
        if _FOR.match(scene.text, named[2], goods.end):
            yield goods, named
    for inner in scene.parsed.clauses:
        into = (
            inner.arg("to")
            if inner.modified is goods and inner.lemma in words_in(_WORDS, "used_in")
            else None
        )
        if into is not None:
            yield from ((into, named) for named in scene.fill(into, (*_THINGS, *BODIES))[-1:])


def _whose(scene: Scene, phrase: Phrase, named: Named) -> Entity | None:
    """Return the firm itself, the one named beside its thing, or the known maker of it."""
    if named[0].cls in BODIES:
        return named[0]
    if phrase.owner is not None and (owners := scene.fill(phrase.owner, BODIES)):
        return owners[-1][0]
    beside = scene.named_in(phrase.start, named[1], BODIES)
    if beside and not scene.text[beside[-1][2] : named[1]].strip(" ‘“'\""):
        return beside[-1][0]
    return next(iter(makers_of(named[0])[-1:]), None)
