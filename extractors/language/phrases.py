"""The parts of a parsed sentence: noun phrases with case, clauses with arguments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Ending = Literal["final", "connective", "relative", "quote", "noun"]


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase: its range in the sentence, head noun, case and what modifies it.

    ``about`` tells an owner that is the target of a noun ("A에 대한 투자"), ``mate`` one
    that shares it ("A와의 계약"), ``based`` what something is built on ("A를 바탕으로").
    """

    start: int
    end: int
    head: str
    case: str = "bare"
    owner: Phrase | None = None
    joined: Phrase | None = None
    words: tuple[str, ...] = ()
    until: int = 0
    apposed: Phrase | None = None
    last: str = ""
    about: bool = False
    mate: bool = False
    based: bool = False

    @property
    def leads(self) -> bool:
        """Whether a clause is about it, or it does what the clause tells."""
        return self.case in ("topic", "subject")

    def chain(self) -> list[Phrase]:
        """Return the coordinated phrases, this one last ("A와 B를": A, B)."""
        return [*self.joined.chain(), self] if self.joined else [self]

    @property
    def outer_start(self) -> int:
        """The start including owners and coordinated phrases."""
        start = self.start
        for part in (self.owner, self.joined):
            if part is not None:
                start = min(start, part.outer_start)
        return start


@dataclass(slots=True, eq=False)
class Clause:
    """A predicate with its arguments; ``modified`` is the noun of a relative clause.

    ``alone`` tells a noun that ends a sentence without a verb ("HBM4 양산 시작").
    ``serial`` tells one that goes on in the next verb ("앞당겨 보냈다").
    ``adverbial`` one that only tells how the next is done ("40% 넘게 늘 전망").
    ``listing`` one that a like one follows ("도입하고 …"), ``leading`` one without a tense.
    ``granted`` tells a noun that somebody else allows or forbids ("수출을 승인했다").
    ``span`` is the evidence when it is not all of the arguments (one conjunct of several).
    """

    lemma: str
    start: int
    end: int
    voice: str
    ending: Ending
    args: list[Phrase] = field(default_factory=list)
    modified: Phrase | None = None
    topic: Phrase | None = None
    subject: Phrase | None = None
    noun: Phrase | None = None
    tail_end: int = 0
    stem_end: int = 0
    is_noun: bool = False
    before: str = ""
    adjective: bool = False
    stative: bool = False
    complement: Phrase | None = None
    reported: Phrase | None = None
    earlier: Phrase | None = None
    alone: bool = False
    serial: bool = False
    adverbial: bool = False
    listing: bool = False
    leading: bool = False
    span: tuple[int, int] | None = None
    granted: bool = False

    @property
    def noun_end(self) -> int:
        """The end of a noun predicate's phrase, else of the predicate."""
        return self.noun.until if self.noun else self.end

    def arg(self, *cases: str) -> Phrase | None:
        """Return the nearest argument in one of these cases, in the order of the cases."""
        for case in cases:
            for phrase in reversed(self.args):
                if phrase.case == case:
                    return phrase
        return None


@dataclass(slots=True)
class Parsed:
    """All phrases and clauses of a sentence, in order."""

    phrases: list[Phrase]
    clauses: list[Clause]

    def clause_to(self, offset: int) -> Clause | None:
        """Return the first clause that ends at an offset or behind it."""
        return next((c for c in self.clauses if c.end >= offset), None)

    def clause_from(self, offset: int) -> Clause | None:
        """Return the first clause that begins at an offset or behind it."""
        return next((c for c in self.clauses if c.start >= offset), None)

    def clause_with(self, phrase: Phrase) -> Clause | None:
        """Return the clause that a phrase is an argument of."""
        return next((c for c in self.clauses if phrase in c.args), None)


def near_verb(clause: Clause) -> Phrase | None:
    """Return a bare or also-phrase just before the verb: "모델 공개함", "CoWoS도 확대".

    A word of manner may stand between ("모델 무료로 공개").
    """
    limit = clause.start
    for phrase in reversed(clause.args):
        if limit - phrase.until > 1:
            return None
        if phrase.case in ("bare", "also", "until"):
            return phrase
        if phrase.case != "by":
            return None
        limit = phrase.start
    return None
