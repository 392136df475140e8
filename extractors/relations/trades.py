"""What firms make by the trade they are named for: "검사 장비 제조업체 가나", "가나는 … 제조사다".

The nouns of trades, with examples, are ``trades.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import BODIES
from extractors.context.scene import Draft, Scene
from extractors.language.phrases import Clause, Phrase
from extractors.relations.open_objects import thing_of
from extractors.word_lists import filled, inverted, load_words
from kg.claim import Entity

_GOODS = ("Product", "Chip")
_PROGRAMS = ("Software", "Model")


@dataclass(frozen=True, slots=True)
class Trades:
    """The nouns of the data file and what they say; ``ending`` finds one that ends a text."""

    told: Mapping[str, str]
    ending: re.Pattern[str]
    named: re.Pattern[str]


@lru_cache(maxsize=1)
def load_trades() -> Trades:
    """Load the nouns once a process."""
    data = load_words("relations/trades.yaml")
    told = inverted(data["trades"])
    nouns, joints = any_of(told), any_of(data["joints"])
    return filled(
        Trades,
        data,
        told=told,
        ending=re.compile(rf"\s(?P<trade>{nouns})$"),
        named=re.compile(rf"\s(?P<trade>{nouns})(?:{joints})?\s[‘“'\"]?$"),
    )


def match_trades(scene: Scene) -> Iterator[Draft]:
    """Yield what the firms of a sentence make as the trade says that they are named for."""
    for named in scene.names:
        if named[0].cls not in BODIES:
            continue
        phrase = next((p for p in scene.parsed.phrases if p.start < named[1] < p.end), None)
        if phrase and phrase.start + 2 < named[1] and named in scene.fill(phrase, BODIES):
            ending = load_trades().named.search(scene.text, phrase.start, named[1])
            if ending:
                yield from _made(scene, phrase, ending, named[0], named[2])
    for clause in scene.parsed.clauses:
        if clause.lemma == "이":
            yield from _defined(scene, clause)


def _defined(scene: Scene, clause: Clause) -> Iterator[Draft]:
    """Yield what a firm makes that a sentence says the trade of: "가나는 … 제조사다"."""
    trade = clause.arg("copula")
    topic = clause.subject or clause.topic
    ending = load_trades().ending.search(scene.text, trade.start, trade.end) if trade else None
    whom = scene.fill(topic, BODIES) if topic and ending else []
    if trade and ending and len(whom) == 1:
        yield from _made(scene, trade, ending, whom[0][0], trade.end)


def _made(
    scene: Scene, phrase: Phrase, ending: re.Match[str], firm: Entity, end: int
) -> Iterator[Draft]:
    trade = load_trades().told[ending["trade"]]
    kinds = (*_GOODS, *_PROGRAMS)
    placed = (n[2] + 1 for n in scene.names if n[0].cls == "Place" and n[1] == phrase.start)
    told = Phrase(next(placed, phrase.start), ending.start(), "", "bare")
    thing = thing_of(scene, told, kinds, firm)
    if thing is None:
        return
    goods = thing.cls in _GOODS
    predicate = ("produces" if goods else "develops") if trade == "made" else trade
    yield Draft(firm, predicate, thing, None, phrase.start, end)
