"""Of what part of somebody's figure a question asks: "가나의 유럽 매출은?" asks not for all sales.

The word right before the name of the figure says the part; a claim answers only if it says it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from agent.questions.linking import fold, says
from agent.words import data, synonyms, translations

if TYPE_CHECKING:
    from agent.evidence.fitness import Names
    from agent.evidence.scoring import Scored
    from agent.questions.question import Question
    from kg.claim import Claim


Part = tuple[tuple[str, ...], frozenset[str]]
"""The folded words for a part, and the entities whose figure it may be."""


def of_the_part(
    question: Question, scored: Sequence[Scored], names: Sequence[Names]
) -> list[Scored]:
    """Leave out the figures of a whole, or of another part, where a question asks for a part.

    ``names`` are the folded names of each link of the question.
    """
    part = part_asked(question, names)
    if part is None:
        return list(scored)
    return [s for s in scored if s.slot != "value" or tells_part(s.claim, part)]


def tells_part(claim: Claim, part: Part) -> bool:
    """Tell whether a figure is of the part asked for."""
    own, owners = part
    return claim.subject.id in owners or says(_said(claim), own)


def part_asked(question: Question, names: Sequence[Names]) -> Part | None:
    """Return the folded words for the part asked for, and the entities whose figure it may be."""
    part = _part(question.text)
    if part is None:
        return None
    start, end, word = part
    own = tuple(map(fold, (word, *synonyms(word), *translations(word))))
    for link, named in zip(question.links, names, strict=True):
        if link.start < end and start < link.end:
            return (*own, *named), frozenset(link.entities)
    return own, frozenset()


@lru_cache(maxsize=64)
def _part(text: str) -> tuple[int, int, str] | None:
    """Return where the word before the figure asked for stands, if it says a part of it."""
    from extractors.values.metric_data import load_metrics

    known, form = load_metrics(), data("forms")["parts"]
    found = [m for m in known.pattern.finditer(text) if known.words[m["word"]].name in form["of"]]
    before = _BEFORE.search(text[: found[-1].start("word")]) if found else None
    if before is None or before["word"] in form["whole"] or _COUNTS.search(before["word"]):
        return None
    return (*before.span("word"), before["word"])


_BEFORE = re.compile(
    r"(?:^|\s)(?P<word>[가-힣A-Za-z0-9.&+\-]+"
    r"(?<![의은는이가을를도와과로서나게])(?<!까지|부터))\s$"
)
_COUNTS = re.compile(r"^\d+(?:년|월|분기|일)|^\d+Q|^[FQ]Y?\d|quarter|year|month|annual|total|'s$")
"""A time or all of it, which is no part."""


def _said(claim: Claim) -> str:
    """All that a claim says of itself, folded, but the sentence, which tells other figures too."""
    place = claim.evidence
    named = (claim.subject, *((claim.object,) if claim.object else ()))
    labels = (label for entity in named for label in (entity.label, *entity.aliases))
    told = (*labels, *claim.qualifiers.values(), place.row, place.column, place.table)
    return fold(" | ".join(filter(None, (*told, *place.section))))
