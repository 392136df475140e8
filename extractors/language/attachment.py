"""Which phrases belong to which predicate: the stack of the light parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from extractors.language.phrases import Clause, Phrase

_SETTING = ("topic", "comma", "bare", "to", "also")


@dataclass(slots=True)
class Attachment:
    """The phrases that wait for a predicate, and the topic and subject so far."""

    stack: list[Phrase] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    topic: Phrase | None = None
    subject: Phrase | None = None

    def wait(self, phrase: Phrase, *, alone: bool) -> None:
        """Push a phrase, unless it only modifies the next one.

        "A의 경우" makes A the topic.
        """
        if phrase.head == "경우" and phrase.owner and phrase.case in _SETTING:
            phrase.owner.case, phrase.owner.until = "topic", phrase.until
            phrase = phrase.owner
        if phrase.case == "topic":
            self.topic, self.subject = phrase, None
        if phrase.case not in ("of", "and", "comma") or alone:
            self.stack.append(phrase)

    def relative(self, clause: Clause, modified: Phrase | None, *, leave: bool = False) -> None:
        """Give a relative clause its own arguments, and the noun it modifies.

        ``leave`` the subject when it may be the main clause's and this one needs none.
        """
        self.clauses.append(clause)
        clause.topic, clause.modified = self.topic, modified
        if not clause.adjective or _subject_last(self.stack) or _stands(clause, self.stack):
            clause.args = _take_relative(self.stack)
        outside = self.topic is None or clause.arg("object") is not None
        if leave and outside and _needs_no_subject(clause):
            self.stack.append(clause.args.pop(0))
        if clause.lemma == "이" and modified and clause.args:
            modified.apposed = clause.args[-1]
        clause.subject = clause.arg("subject")

    def main(self, clause: Clause) -> None:
        """Give a clause all that waits, and keep what the next one shares."""
        self.clauses.append(clause)
        outer = _outer_subject(clause, self.stack)
        clause.topic, clause.args = self.topic, [p for p in self.stack if p is not outer]
        own = clause.arg("subject")
        clause.subject, clause.earlier = own or self.subject, self.subject
        if clause.ending == "quote" and own and self.topic and own is not self.topic:
            clause.topic = None
        aside = clause.adverbial and own is not None and self.topic is not None
        if clause.ending in ("connective", "final") and not aside:
            self.subject = outer or clause.subject  # "A는 B가 쓰게 C를 판다": A sells
        self.stack = [*self._shared(clause, own), *([outer] if outer else [])]
        if clause.ending == "final":
            self.topic = self.subject = None

    def _shared(self, clause: Clause, own: Phrase | None) -> list[Phrase]:
        if clause.ending == "noun":
            shared = ("topic", "subject", "with") if clause.complement else ("topic", "subject")
            if clause.complement and own and self.topic and clause.arg("object") is None:
                shared = ("topic", "with")  # "A는 B가 낸 과제를 따냈다"
            return [p for p in self.stack if p.case in shared]
        if clause.ending == "connective":
            return [p for p in self.stack if p.case == "topic"]
        if clause.ending == "final":
            return []
        kept = [
            p
            for p in self.stack
            if p.case in ("topic", "to") or (p.case == "subject" and own is not p)
        ]
        return [*kept, own] if own is not None and self.topic is None else kept


def _outer_subject(clause: Clause, stack: list[Phrase]) -> Phrase | None:
    """Return the main clause's subject before a clause inside: "A가 B가 문을 열 때까지 …"."""
    if clause.ending != "connective" or not any(p.case == "object" for p in stack):
        return None
    return next((a for a, b in pairwise(stack) if a.case == b.case == "subject"), None)


def _subject_last(stack: list[Phrase]) -> bool:
    return bool(stack) and stack[-1].case == "subject"


def _stands(clause: Clause, stack: list[Phrase]) -> bool:
    """Tell where something is from how it is: "서울에 있는 가나"."""
    return clause.lemma == "있" and bool(stack) and stack[-1].case == "to"


def _needs_no_subject(clause: Clause) -> bool:
    """Tell that the modified noun is the subject, so another one stands outside the clause."""
    if len(clause.args) < 2 or clause.args[0].case != "subject":
        return False
    intransitive = clause.voice == "passive" or clause.lemma == "이" or clause.stative
    return intransitive or clause.arg("object") is not None


def _take_relative(stack: list[Phrase]) -> list[Phrase]:
    taken: list[Phrase] = []
    cases: set[str] = set()
    while stack and stack[-1].case != "topic" and stack[-1].case not in cases:
        phrase = stack.pop()
        taken.insert(0, phrase)
        cases.add(phrase.case)
        if phrase.case == "subject":
            break
    return taken
