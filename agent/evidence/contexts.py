"""What surrounds a claim, folded: the text in which a question's words are looked up."""

from __future__ import annotations

from dataclasses import dataclass

from agent.questions.linking import fold
from kg.claim import Claim
from kg.vocab import PREDICATES


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a claim: folded text to look words up in.

    ``narrow`` is the claim itself (labels, qualifiers, value, row, column), ``caption``
    its quote and its table's caption, ``wide`` all that and the headings.
    """

    narrow: str
    caption: str
    wide: str


def context_of(claim: Claim, caption: str) -> Context:
    """Build a claim's context; ``caption`` is its table's caption and tag line."""
    evidence = claim.evidence
    narrow = [
        claim.subject.label,
        claim.subject.label_en or "",
        *claim.subject.aliases,
        claim.object.label if claim.object else "",
        *(claim.object.aliases if claim.object else ()),
        *claim.qualifiers.values(),
        claim.value.text if claim.value else "",
        claim.attributed_to or "",
        evidence.row or "",
        evidence.column or "",
        PREDICATES[claim.predicate].ko,
    ]
    folded = fold(" | ".join(narrow))
    beside = fold(" | ".join((evidence.quote, caption)))
    return Context(folded, beside, "|".join((folded, beside, fold(" | ".join(evidence.section)))))
