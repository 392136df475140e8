"""What a verb lacks, so that the noun of its relative clause may be it."""

from __future__ import annotations

from extractors.frame_data import Frame
from extractors.grammar import load_grammar
from extractors.phrases import Clause


def takes_object(frame: Frame, clause: Clause) -> bool:
    """Tell whether the verb still lacks its object (을/를)."""
    return clause.arg("object") is None and "object" in frame.cases


def joins(frame: Frame, clause: Clause) -> bool:
    """Tell a verb of joining whose noun is what is joined: "A가 참여하는 연합"."""
    joining = frame.predicate == "partOf" and clause.lemma in load_grammar().joining
    return joining and clause.arg("subject") is not None and clause.arg("to") is None
