"""What was made of a question before its citations are checked."""

from __future__ import annotations

from dataclasses import dataclass

from agent.question import Question
from agent.quoting import Reply
from agent.reading import Reading
from agent.sets import SetForm


@dataclass(frozen=True, slots=True)
class Said:
    """A question, the unchecked reply to it, and the query of the graph it rests on.

    ``form`` names the kind of question where it has a logic of its own.
    """

    question: Question
    reply: Reply
    reading: Reading | SetForm | None
    form: str | None = None
