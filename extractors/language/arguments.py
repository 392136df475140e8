"""Which clause of a sentence each of its phrases belongs to, relative clauses first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise, zip_longest

from extractors.language.attachment import Attachment
from extractors.language.endings import set_tails
from extractors.language.grammar import Grammar
from extractors.language.phrases import Clause, Phrase


class Arguments:
    """Gives the phrases of a sentence to its clauses, in one pass."""

    def __init__(self, items: Sequence[Phrase | Clause], grammar: Grammar) -> None:
        self.items, self.grammar = items, grammar

    def given(self, length: int, names: Collection[int] = ()) -> list[Clause]:
        """Return the clauses, each with its arguments; ``length`` is that of the sentence.

        ``names`` are the ends of proper nouns.
        """
        state = Attachment()
        for index, (item, following) in enumerate(zip_longest(self.items, self.items[1:])):
            if isinstance(item, Phrase):
                state.wait(item, alone=not isinstance(following, Phrase))
            elif item.ending == "relative":
                modified = self._modified(index)
                if self._completes(item, modified):
                    state.main(item)
                    continue
                state.relative(item, modified, leave=self._leaves_subject(index, modified))
            else:
                state.main(item)
        set_tails(state.clauses, length)
        _lend_subjects(state.clauses, names)
        return state.clauses

    def _completes(self, clause: Clause, modified: Phrase | None) -> bool:
        """Tell whether a clause completes its noun ("쓸 권리"): nothing is missing from it."""
        if modified is None or clause.adjective or clause.lemma == "이":
            return False
        if modified.head in self.grammar.reports:
            clause.ending, clause.reported = "noun", modified
            return True
        if modified.head in self.grammar.complements and clause.lemma not in self.grammar.joining:
            clause.ending, clause.complement = "noun", modified
            return True
        return False

    def _leaves_subject(self, index: int, modified: Phrase | None) -> bool:
        """Tell whether a subject before a relative clause is the main clause's.

        "A가 [B를 담은] C를 냈다": the main verb has no other subject to take.
        """
        clause = self.items[index]
        assert isinstance(clause, Clause)
        clause.stative = clause.lemma in self.grammar.statives
        if modified is None or modified.case in ("topic", "subject", "copula"):
            return False
        for item in self.items[index + 1 :]:
            if isinstance(item, Phrase):
                if item.leads:
                    return False
            elif item.ending != "relative":
                return True
        return True

    def _modified(self, index: int) -> Phrase | None:
        for item in self.items[index + 1 :]:
            if isinstance(item, Clause):
                if item.ending == "relative" and item.adjective:
                    continue
                return None
            if item.case not in ("of",):
                return item
        return None


def _lend_subjects(clauses: Sequence[Clause], names: Collection[int]) -> None:
    """Let a clause that leads to the next share its doer: "가나에 밀려 다라는 3위로 내려갔다"."""
    for clause, following in pairwise(clauses):
        if not clause.leading or clause.subject or clause.topic:
            continue
        agent = following.subject or following.topic
        if following.ending == "relative" and not following.adjective:
            agent = following.modified
        if agent and agent.start >= clause.end and agent.leads and agent.end in names:
            clause.subject = agent
