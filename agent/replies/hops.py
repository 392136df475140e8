"""Questions in two hops: "TPU를 공동개발하는 회사의 PER은?" asks for the company first.

A clause that ends in an adnominal form, then a noun that asks for a kind of thing,
then 의: the clause is a question of its own, and its answer takes the clause's place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.questions.reading import Reading
from agent.replies.quoting import Reply
from agent.said import Said
from agent.words import focus_classes
from corpus.syllables import final
from kg.search.analyzer import Morpheme, morphemes

if TYPE_CHECKING:
    from agent.answerer import Answerer

_MOST_INNER = 2
_SURE_ANSWER = 0.6  # of a claim, to be the answer of an inner question that quotes a sentence

_MOST_WORDS = 3  # "중국 반도체 회사": nouns between the clause and the 의


@dataclass(frozen=True, slots=True)
class Hop:
    """The inner question, and what stands before and after it in the whole one."""

    inner: str
    before: str
    after: str

    def outer(self, name: str) -> str:
        """Return the whole question with the inner one answered by ``name``."""
        return f"{self.before}{name}{self.after}"


def two_hops(text: str, answerer: Answerer, scope: frozenset[str]) -> Said | None:
    """Answer the inner question, then the whole one with its answer in place."""
    two = hop(text)
    if two is None:
        return None
    inner = answerer.one_hop(two.inner, scope)
    for name, ground in _answers(inner, answerer)[:_MOST_INNER]:
        outer = answerer.one_hop(two.outer(name), scope)
        if outer.reply.abstained:
            continue
        step = f"{two.inner} → {name}"
        first, *rest = outer.reply.sentences
        sentences = (replace(first, steps=(step, *first.steps)), *rest, ground)
        claims = (*outer.reply.claims, *inner.reply.claims)
        return Said(outer.question, Reply(sentences, claims), outer.reading)
    return None


def _answers(said: Said, answerer: Answerer) -> list[tuple[str, Sentence]]:
    """The names that a reply answers with, of its claims or of the one it quotes, each grounded."""
    from agent.replies.replies import answers_of, claims_reply

    if said.reply.abstained:
        return []
    reading, first = said.reading, said.reply.sentences[0]
    sure = isinstance(reading, Reading) and reading.score >= _SURE_ANSWER
    if isinstance(reading, Reading) and (said.reply.claims or sure):
        ground = first if said.reply.claims else claims_reply(said.question, reading).sentences[0]
        return [(name, ground) for name, _ in answers_of(said.question, reading)]
    classes, named = said.question.classes, said.question.entities
    links = answerer.linker.find(first.text)
    found = {
        link.text: None
        for link in links
        if any(answerer.classes[e] in classes and e not in named for e in link.entities)
    }
    return [(name, first) for name in found] if len(found) == 1 else []


def hop(text: str) -> Hop | None:
    """Split a question into two hops, or return ``None`` when it has but one."""
    if "의" not in text:
        return None
    tokens = morphemes(text)
    for at in _possessives(tokens):
        head = tokens[at - 1]
        clause = _clause_end(tokens, at - 1)
        if clause is None:
            continue
        noun = text[head.start : head.end]
        particle = "은" if final(noun[-1]) else "는"
        return Hop(f"{text[: head.end]}{particle}?", "", text[head.end :])
    return None


def _possessives(tokens: tuple[Morpheme, ...]) -> Iterator[int]:
    """Places of a 의 behind a noun that asks for a kind of thing."""
    asked = focus_classes()
    for at, token in enumerate(tokens):
        if token.tag == "JKG" and at and any(tokens[at - 1].form.endswith(w) for w in asked):
            yield at


def _clause_end(tokens: tuple[Morpheme, ...], head: int) -> int | None:
    """The place of the adnominal ending that modifies the noun, if there is one."""
    for at in range(head - 1, max(-1, head - 2 - _MOST_WORDS), -1):
        if tokens[at].tag == "ETM":
            return at
        if not tokens[at].tag.startswith(("NN", "SL", "SN", "XPN", "XSN")):
            return None
    return None
