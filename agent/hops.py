"""Questions in two hops: "TPU를 공동개발하는 회사의 PER은?" asks for the company first.

A clause that ends in an adnominal form, then a noun that asks for a kind of thing,
then 의: the clause is a question of its own, and its answer takes the clause's place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.words import focus_classes
from kg.search.analyzer import Morpheme, morphemes

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


def hop(text: str) -> Hop | None:
    """Split a question into two hops, or return ``None`` when it has but one."""
    tokens = morphemes(text)
    for at in _possessives(tokens):
        head = tokens[at - 1]
        clause = _clause_end(tokens, at - 1)
        if clause is None:
            continue
        noun = text[head.start : head.end]
        particle = "은" if (ord(noun[-1]) - 0xAC00) % 28 else "는"
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
