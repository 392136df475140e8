"""Names that several things share: each sense told apart, asked back for, or answered each.

A word in brackets behind a shared name chooses: its class, another of its names, or its id
("브로드컴(회사)", "브로드컴(AVGO)").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.questions.linking import Link, fold
from agent.replies.phrasing import wording
from agent.words import focus_classes

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.alias_table import Name

_MOST = 3
_SHARE = 0.2  # of the claims of the best known: what has less is hardly meant


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a shared name stands for: how people are told, and the question so put."""

    entity: str
    told: str
    question: str


def words_of_senses(names: Iterable[Name]) -> dict[str, frozenset[str]]:
    """Return, for each entity that shares a name, the folded words that choose it."""
    shared = {n.id: n for held in _sharing(names) for n in held}
    by_class: dict[str, set[str]] = {}
    for word, classes in focus_classes().items():
        for cls in classes[:1]:
            by_class.setdefault(cls, set()).add(fold(word))
    return {
        id_: frozenset({fold(id_), *map(fold, n.labels), *by_class.get(n.cls, ())})
        for id_, n in shared.items()
    }


def namesakes(names: Iterable[Name]) -> dict[str, frozenset[str]]:
    """Return, for each entity that shares a name, the ids of the others that have it."""
    found: dict[str, set[str]] = {}
    for held in _sharing(names):
        for name in held:
            found.setdefault(name.id, set()).update(n.id for n in held if n.id != name.id)
    return {id_: frozenset(others) for id_, others in found.items()}


def _sharing(names: Iterable[Name]) -> list[list[Name]]:
    """The things that have a name in common, for each such name."""
    named: dict[str, dict[str, Name]] = {}
    for name in names:
        for label in name.labels:
            named.setdefault(fold(label), {})[name.id] = name
    return [list(held.values()) for held in named.values() if len(held) > 1]


def senses(text: str, answerer: Answerer) -> list[Sense]:
    """Return the senses of the first shared name in a question; empty where none is shared."""
    link = next((k for k in answerer.linker.find(text) if len(k.entities) > 1), None)
    if link is None:
        return []
    names = answerer.generation.names_by_id
    held = [names[e] for e in link.entities if e in names]
    most = max((n.claims for n in held), default=0)
    known = [n for n in held if n.claims and n.claims >= _SHARE * most]
    if len(known) < 2:
        return []
    found = [
        Sense(n.id, _described(n, known, link, answerer), _put(text, link, n.id))
        for n in known[:_MOST]
    ]
    told_apart = (answerer.linker.find(s.question) for s in found)
    return found if all(len(k.entities) == 1 for links in told_apart for k in links) else []


def _put(text: str, link: Link, word: str) -> str:
    return f"{text[: link.end]}({word}){text[link.end :]}"


def _described(name: Name, others: Sequence[Name], link: Link, answerer: Answerer) -> str:
    """What tells it from its namesakes: its class, another name, or the reports it is in."""
    rest = [other for other in others if other.id != name.id]
    classes: Mapping[str, str] = wording()["classes"]
    if all(other.cls != name.cls for other in rest):
        return f"{link.text}({classes.get(name.cls, name.cls)})"
    taken = {fold(label) for other in rest for label in other.labels}
    if own := next((label for label in name.labels if fold(label) not in taken), None):
        return f"{link.text}({own})"
    passages = answerer.facts.passages_of(name.id)
    days = sorted({answerer.dates[p.rpartition("#")[0]].isoformat() for p in passages})
    return f"{link.text}({', '.join(days[-2:])} 보고서)" if days else f"{link.text}({name.id})"


def question_back(found: Sequence[Sense], language: str) -> str:
    """Ask which of the senses is meant."""
    listed = ", ".join(f"{n}) {sense.told}" for n, sense in enumerate(found, 1))
    texts = wording()["namesakes"][language]
    name = found[0].told.partition("(")[0]
    asked: str = texts["which"].format(
        name=name, listed=listed, many=texts["count"].get(len(found), len(found))
    )
    return asked
