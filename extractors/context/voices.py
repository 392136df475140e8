"""Who speaks in a quotation that runs on over several sentences.

"가나증권에서 다라전자에 대해 '목표가를 올린다. 수요가 늘었다.'라고 분석했다": a house says all of
it, though only the first sentence names the house and only the last one says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.alternation import holds_any
from extractors.classes import ACTORS
from kg.claim import Entity

if TYPE_CHECKING:
    from corpus.sentences import Sentence
    from extractors.context.scene import Named

_OPENERS = {"'": "'", "’": "‘", '"': '"', "”": "“"}
"""What opens a quotation, by what closes it."""
_CLOSES = re.compile(r"(?P<mark>['’\"”])\s?(?:이?라)?(?:고|며|면서)(?=[\s,])")
"""The end of what is said, before its verb: "…할 전망'이라고 분석했다"."""
_OPENS = re.compile(
    r"(?:(?:[가-힣A-Za-z)](?:에서|에서는|은|는|이|가|측은)|에\s?(?:대해|대해서|관해)서?|[,:])\s?)"
    r"(?P<mark>['‘\"“])(?=\S)"
)
"""The beginning of what somebody says, behind who says it and of whom."""
_LEADS = re.compile(
    r"(?:\([^()]*\))?(?:\s[가-힣]{2,7})?(?:\s?측)?(?:에서는?|에선|은|는|이|가)(?=[\s,])"
)
_MOST = 20
"""Sentences that a quotation runs over at most."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says the part of a sentence from ``start`` to ``end``."""

    speaker: Entity
    start: int
    end: int


def voices(sentences: Sequence[Sentence], found: Sequence[Sequence[Named]]) -> dict[int, Voice]:
    """Return by the number of each sentence who says it, where a longer quotation holds it."""
    told: dict[int, Voice] = {}
    for at, sentence in enumerate(sentences):
        text = sentence.clean.text
        close = _unopened(text)
        if close is None:
            continue
        first = _opening(sentences, at, text[close])
        if first is None:
            continue
        begun, start = first
        if speaker := _speaker(sentences[begun].clean.text, found[begun], start):
            for n in range(begun, at + 1):
                whole = len(sentences[n].clean.text)
                told[n] = Voice(speaker, start if n == begun else 0, close if n == at else whole)
    return told


def _unopened(text: str) -> int | None:
    """Return where a sentence ends a quotation that an earlier one began."""
    if not holds_any(text, tuple(_OPENERS)):
        return None
    for match in _CLOSES.finditer(text):
        before, mark = text[: match.start()], match["mark"]
        opener = _OPENERS[mark]
        even = before.count(mark) % 2 == 0 if opener == mark else False
        if even or (opener != mark and before.rfind(opener) <= before.rfind(mark)):
            return match.start()
    return None


def _opening(sentences: Sequence[Sentence], at: int, closer: str) -> tuple[int, int] | None:
    """Return which sentence of the same part began a quotation that ends in this one, and where."""
    opener = _OPENERS[closer]
    for n in range(at - 1, max(-1, at - 1 - _MOST), -1):
        if sentences[n].section != sentences[at].section:
            return None
        text = sentences[n].clean.text
        begun = [m for m in _OPENS.finditer(text) if m["mark"] == opener]
        if begun and not re.search(
            rf"{closer}\s?(?:이?라|고|며|[,.\s]|$)", text[begun[-1].end() :]
        ):
            return n, begun[-1].end()
        if _unopened(text) is not None:
            return None
    return None


def _speaker(text: str, named: Sequence[Named], until: int) -> Entity | None:
    """Return who leads the words before a quotation."""
    told = [n for n in named if n[0].cls in ACTORS and n[2] < until and _LEADS.match(text, n[2])]
    return told[-1][0] if told else None
