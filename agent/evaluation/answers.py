"""Answers against gold questions.

An answer is right when it says what is asked for and nothing that is forbidden, or
abstains where the reports do not answer. Citations: ``verbatim`` is the share of all
citations whose quote stands at its offsets. Of right answers to questions whose place is
given, ``recall`` is the share that cites it at least once, and ``precision`` the share
of their citations that are verbatim and point to it (the gold names some of the right
places, so this is a lower bound). ``concise`` is the share of at most 400 characters,
summaries and lists left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.evaluation.figures import Miss, Part, Share, Sources, shares
from agent.evaluation.gold import GoldQuestion
from agent.evaluation.matching import answer_matches, citation_matches

if TYPE_CHECKING:
    from agent.answerer import Answerer

_CONCISE = 400
_LONG = frozenset({"list", "summary"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A gold question with its answer, as `kg ask --json` prints it, and the time it took."""

    gold: GoldQuestion
    answer: Mapping[str, Any]
    milliseconds: float

    @property
    def abstained(self) -> bool:
        """Whether the answer abstains."""
        return bool(self.answer["abstained"])

    @property
    def right(self) -> bool:
        """Whether it is what the gold expects."""
        if self.gold.abstain or self.abstained:
            return self.gold.abstain and self.abstained
        return answer_matches(self.gold, self.answer["answer"])

    @property
    def citations(self) -> Sequence[Mapping[str, Any]]:
        """Its citations."""
        cited: Sequence[Mapping[str, Any]] = self.answer["citations"]
        return cited


def ask_all(
    answerer: Answerer, questions: Sequence[GoldQuestion], step: Callable[[str], None]
) -> list[Asked]:
    """Answer each question; one with a conversation after the questions before it."""
    asked = []
    for gold in questions:
        asked.append(_asked(answerer, gold))
        step(gold.id)
    return asked


def _asked(answerer: Answerer, gold: GoldQuestion) -> Asked:
    from agent.chat import Conversation

    conversation = Conversation(answerer.linker, answerer.ask)
    for question in gold.conversation:
        conversation.say(question)
    answer = conversation.say(gold.question)
    return Asked(gold, answer.to_json(), answer.milliseconds)


def score_answers(asked: Sequence[Asked], sources: Sources) -> Part:
    """Score answers: right by type, and concise."""
    answerable = [item for item in asked if not item.gold.abstain]
    short = [item for item in answerable if item.gold.type not in _LONG]
    lengths = sorted(len(item.answer["answer"]) for item in short)
    figures = {
        "accuracy": Share.count(item.right for item in asked).to_json(),
        "answer_accuracy": Share.count(item.right for item in answerable).to_json(),
        "concise": Share.count(length <= _CONCISE for length in lengths).to_json(),
        "median_chars": lengths[len(lengths) // 2] if lengths else 0,
        "by_type": shares(((item, item.right) for item in asked), lambda item: item.gold.type),
    }
    return Part(figures, tuple(_miss(item, sources) for item in asked if not item.right))


def score_abstention(asked: Sequence[Asked]) -> Part:
    """Score abstentions: precision of those made, recall of those due."""
    figures = {
        "precision": Share.count(i.gold.abstain for i in asked if i.abstained).to_json(),
        "recall": Share.count(i.abstained for i in asked if i.gold.abstain).to_json(),
    }
    return Part(figures, ())


def score_citations(asked: Sequence[Asked], sources: Sources) -> Part:
    """Score citations: verbatim, precision and recall."""
    placed = [item for item in asked if item.gold.cite and item.right and not item.gold.abstain]
    due = [(item, any(_cites(item, c) for c in item.citations)) for item in placed]
    figures = {
        "verbatim": Share.count(
            verbatim(c, sources) for item in asked for c in item.citations
        ).to_json(),
        "precision": Share.count(
            verbatim(c, sources) and _cites(item, c) for item in placed for c in item.citations
        ).to_json(),
        "recall": Share.count(right for _, right in due).to_json(),
    }
    return Part(figures, tuple(_uncited(item, sources) for item, right in due if not right))


def latency(asked: Sequence[Asked]) -> dict[str, float | None]:
    """Return the 50th and 95th percentile of answering time in milliseconds (nearest rank)."""
    times = sorted(item.milliseconds for item in asked)

    def percentile(percent: int) -> float | None:
        if not times:
            return None
        return round(times[max(0, -(-len(times) * percent // 100) - 1)], 4)

    return {"p50": percentile(50), "p95": percentile(95)}


def verbatim(citation: Mapping[str, Any], sources: Sources) -> bool:
    """Tell whether a citation's quote is what its report says at its offsets."""
    text = sources.report(citation["report"]).text
    quote = citation["quote"]
    return bool(quote) and text[citation["start"] : citation["end"]] == quote


def _cites(item: Asked, citation: Mapping[str, Any]) -> bool:
    return citation_matches(item.gold.cite, citation)


def _miss(item: Asked, sources: Sources) -> Miss:
    gold = item.gold
    wanted = "to abstain" if gold.abstain else " + ".join("|".join(a) for a in gold.answers)
    refused = f", not {'|'.join(gold.forbidden)}" if gold.forbidden else ""
    question = " → ".join((*gold.conversation, gold.question))
    return Miss(
        f"answer ({gold.type})",
        gold.id,
        f"{wanted}{refused}  for “{question}”",
        " ".join(str(item.answer["answer"]).split()),
        sources.place_of_answer(gold.doc, gold.cite),
    )


def _uncited(item: Asked, sources: Sources) -> Miss:
    cited = [sources.place(c["report"], c["start"]) for c in item.citations]
    place = sources.place_of_answer(item.gold.doc, item.gold.cite)
    return Miss("citation", item.gold.id, f"a citation of {place}", "; ".join(cited), place)
