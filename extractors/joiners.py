"""Turns that join nouns as 와 does: "A뿐 아니라 B", "A는 물론 B"."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from kg.search.analyzer import Morpheme

_TURNS = frozenset({"뿐", "물론"})
_FORM = attrgetter("form")
_NOUNS = ("N", "SL", "XSN")


def with_joiners(tokens: Sequence[Morpheme]) -> Sequence[Morpheme]:
    """Read such a turn as the particle 와: "A와 B"."""
    if _TURNS.isdisjoint(map(_FORM, tokens)):
        return tokens
    kept: list[Morpheme] = []
    i = 0
    while i < len(tokens):
        end = _end_of_turn(tokens, i) if kept and kept[-1].tag.startswith(_NOUNS) else i
        if end > i:
            kept.append(Morpheme("와", "JC", tokens[i].start, tokens[end - 1].end))
            i = end
        else:
            kept.append(tokens[i])
            i += 1
    return kept


def _end_of_turn(tokens: Sequence[Morpheme], i: int) -> int:
    """Return where a turn that begins at a token ends, else that token itself."""
    forms = [t.form for t in tokens[i : i + 4]]
    if tokens[i].tag == "JX" and forms[0] == "뿐":
        verb = 2 if forms[1:2] == ["만"] else 1
        denied = forms[verb : verb + 1] == ["아니"] and len(forms) > verb + 1
        return i + verb + 2 if denied and forms[verb + 1] in ("라", "라서") else i
    if forms[:2] in (["은", "물론"], ["는", "물론"]):
        return i + (4 if forms[2:4] == ["이", "고"] else 2)
    return i
