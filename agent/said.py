"""What was made of a question before its citations are checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agent.questions.question import Question
from agent.questions.reading import Reading
from agent.replies.quoting import Reply
from agent.replies.sets import SetForm
from kg.iris import entity_iri


@dataclass(frozen=True, slots=True)
class Said:
    """A question, the unchecked reply to it, and the query of the graph it rests on.

    ``form`` names the kind of question where it has a logic of its own.
    """

    question: Question
    reply: Reply
    reading: Reading | SetForm | None
    form: str | None = None

    def interpretation(self, reading: Reading | SetForm | None) -> dict[str, Any]:
        """Return the contract's `interpretation`; ``reading`` is what the answer used of it."""
        question = self.question
        constraints: dict[str, Any] = {}
        if question.periods:
            constraints["period"] = list(question.periods)
        if question.classes:
            constraints["class"] = list(question.classes)
        if reading and reading.metric:
            constraints["metric"] = reading.metric
        listed = question.wants_all and question.kind == "lookup"
        return {
            "type": self.form or ("list" if listed else question.kind),
            "entities": [entity_iri(e) for e in question.entities],
            "relation": reading.predicate if reading else None,
            "constraints": constraints,
        }
