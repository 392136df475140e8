"""The whole evaluation of one generation: every part of the gold, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.evaluation.figures import Miss, Sources
from agent.evaluation.gold import Gold

if TYPE_CHECKING:
    from kg.generation import Generation


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures as one JSON object, and all that was judged wrong.

    A leaf of ``figures`` is an object with ``score`` (0..1, ``None`` when there was
    nothing to judge) and most often the counts ``right`` and ``of``, or a plain number.
    """

    figures: dict[str, Any]
    misses: tuple[Miss, ...]


def steps(gold: Gold) -> int:
    """Return how often :func:`evaluate` calls its ``step``."""
    pairs = {(change.old, change.new) for change in gold.changes}
    return 2 + len(gold.questions) + len(pairs)


def evaluate(
    generation: Generation, gold: Gold, *, step: Callable[[str], None] = lambda _: None
) -> Evaluation:
    """Score a generation against the gold about its reports.

    ``step`` is told what has been done, for a progress bar.

    Raises:
        AgentError: when no gold is about these reports, or an exhaustive line is not theirs.
    """
    from agent.answerer import Answerer
    from agent.evaluation.answers import (
        ask_all,
        latency,
        score_abstention,
        score_answers,
        score_citations,
    )
    from agent.evaluation.changes import score_changes
    from agent.evaluation.claims import score_claims
    from agent.evaluation.names import score_names

    gold = gold.within(info.id for info in generation.reports)
    sources = Sources(generation)
    claims = score_claims(generation, gold, sources)
    step("claims")
    names = score_names(gold.names, step)
    asked = ask_all(Answerer(generation), gold.questions, step)
    parts = {
        "extraction": claims,
        "names": names,
        "answers": score_answers(asked, sources),
        "citations": score_citations(asked, sources),
        "abstention": score_abstention(asked),
        "diff": score_changes(generation, gold.changes, sources, step),
    }
    figures: dict[str, Any] = {"gold": _sizes(gold)}
    figures |= {name: part.figures for name, part in parts.items()}
    figures["latency_ms"] = latency(asked)
    return Evaluation(figures, tuple(miss for part in parts.values() for miss in part.misses))


def _sizes(gold: Gold) -> dict[str, Any]:
    return {
        "questions": len(gold.questions),
        "claims": len(gold.claims),
        "exhaustive_lines": len(gold.lines),
        "changes": len(gold.changes),
        "names": len(gold.names),
        "skipped": dict(gold.skipped),
    }
