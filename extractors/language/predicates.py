"""The endings of one predicate: how its clause goes on, and the auxiliaries that only colour it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.language.endings import ending_of, is_said
from extractors.language.grammar import Grammar
from extractors.language.phrases import Clause
from kg.search.analyzer import Morpheme

_SERIAL = ("어", "아", "여", "어서", "아서", "여서")
_LISTING = ("고", "며", "으며")


def read_endings(clause: Clause, tokens: Sequence[Morpheme], i: int, grammar: Grammar) -> int:
    """Read into a clause the endings behind its verb, token ``i``; return what comes next."""
    j, tensed = i + 1, False
    while j < len(tokens):
        token = tokens[j]
        if token.tag == "EP":
            tensed = True
            j += 1
            continue
        if not token.tag.startswith("E"):
            break
        connects = token.tag == "EC"
        clause.ending = ending_of(token)
        clause.serial = connects and token.form in _SERIAL
        clause.adverbial = connects and token.form == "게"
        clause.listing = connects and token.form in _LISTING
        j += 1
        if _is_emphatic(tokens, j):
            j += 2
        elif _governs(tokens, j):
            _compound(clause, tokens[j].form, grammar)
            j += 1
        else:
            break
    clause.end = clause.tail_end = tokens[j - 1].end
    skipped = False
    if clause.ending == "relative" and _is_modal(tokens, j, grammar):
        linking = tokens[j].form in grammar.linking
        clause.ending = "connective" if linking else "noun"
        skipped = linking and _stands_alone(tokens, j)
    joined = clause.ending == "connective" and (clause.serial or clause.listing)
    clause.leading = joined and not tensed
    return j + 1 if skipped else j


def is_auxiliary(tokens: Sequence[Morpheme], i: int) -> bool:
    """Tell an auxiliary from a verb tagged as one ("영상을 만드는", "연다고 했다")."""
    full = i > 0 and tokens[i - 1].tag.startswith(("J", "N", "SN", "SL"))
    return not full and not is_said(tokens, i)


def _compound(clause: Clause, auxiliary: str, grammar: Grammar) -> None:
    """Join an auxiliary to the verb: "알려 주", and the passive of "알려지"."""
    clause.lemma = grammar.compounds.get(f"{clause.lemma} {auxiliary}", clause.lemma)
    if auxiliary == "지" and clause.voice == "active" and clause.lemma != "알려":
        clause.voice = "passive"


def _governs(tokens: Sequence[Morpheme], j: int) -> bool:
    auxiliary = j < len(tokens) and tokens[j].tag == "VX"
    return auxiliary and not is_said(tokens, j)


def _stands_alone(tokens: Sequence[Morpheme], j: int) -> bool:
    """Tell a linking noun without a particle: "설계하는 데 B의 도구를"."""
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return following is not None and not following.tag.startswith(("J", "V", "XS"))


def _is_emphatic(tokens: Sequence[Morpheme], j: int) -> bool:
    """Tell "하기도 했다", "쓰지는 않았다", "쓰지 못했다": no clause of its own but the verb."""
    told = tokens[j - 1 : j + 2]
    if len(told) < 3 or not (told[0].tag == "ETN" or told[0].form == "지"):
        return False
    between = told[1].form in ("도", "는", "를", "조차", "ᆫ") and told[2].tag == "VX"
    return between or [t.form for t in told] == ["지", "못", "하"]


def _is_modal(tokens: Sequence[Morpheme], j: int, grammar: Grammar) -> bool:
    """Tell a bound noun ("한 뒤") from the first part of another ("후공정")."""
    if j >= len(tokens) or tokens[j].form not in grammar.clausal:
        return False
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return not (
        following is not None
        and following.start == tokens[j].end
        and following.tag in ("NNG", "NNP", "XR", "SL")
    )
