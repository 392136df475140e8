"""What the ending of a Korean predicate says: final, connective, relative, quoting, noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.language.phrases import Clause, Ending
from kg.search.analyzer import Morpheme


def ending_of(token: Morpheme) -> Ending:
    """Tell what an ending makes of its clause."""
    if token.tag == "ETM":
        return "relative"
    if token.tag == "ETN":
        return "noun" if token.form == "기" else "final"
    if token.tag == "EF":
        return "final"
    return "quote" if token.form.endswith(_QUOTING) else "connective"


_QUOTING = ("다고", "라고", "다며", "라며", "다는", "라는", "자고", "냐고", "다면서")


def is_said(tokens: Sequence[Morpheme], i: int) -> bool:
    """Tell "연다고 했다", which somebody said, from "연다고 한다", which is only heard."""
    past = tokens[i + 1 : i + 2]
    return i > 0 and tokens[i - 1].form.endswith(_QUOTING) and bool(past) and past[0].tag == "EP"


BOUND = ("것", "점", "일", "데")
"""Nouns that only the clause before them fills."""
_DOING = re.compile(r"하(?:며|면서|지만|였으나|나|고)|했(?:으며|지만|으나|고)|해")
"""What joins a verb made of a noun on to the rest: "거품을 경고하지만"."""


def plain_end(text: str, clause: Clause) -> int:
    """Return where a verb ends, without what only joins it on."""
    at = text.rfind(clause.lemma, clause.start, clause.end)
    joins = clause.ending == "connective" and _DOING.match(text, at + len(clause.lemma))
    return at + len(clause.lemma) if joins and at >= 0 else clause.end


def set_tails(clauses: list[Clause], length: int) -> None:
    """Let a predicate's tail run through the verbs that govern it ("할 것으로 예상된다")."""
    for i, clause in enumerate(clauses):
        end = clause.end
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if clause.ending == "connective" and _shares_noun(clause, following):
            clause.complement = following.complement if following else None
        if clause.complement:
            end = max(end, clause.complement.until)
        elif clause.ending in ("noun", "quote"):
            for later in clauses[i + 1 :]:
                if clause.ending == "quote" and _is_of_another(clause, later):
                    break
                end = later.end
                if later.ending in ("final", "connective") or _leaves(later):
                    break
            else:
                end = length
        elif clause.ending == "final":
            end = min(length, clause.end + 2)
        clause.tail_end = end
    _carry_on(clauses)


def _carry_on(clauses: Sequence[Clause]) -> None:
    """Let what only tells how the next is done go on in it: "두 배 넘게 늘 전망"."""
    for clause, following in zip(clauses[-2::-1], clauses[:0:-1], strict=True):
        if clause.adverbial and following.start - clause.end <= _NEXT:
            clause.tail_end = max(clause.tail_end, following.tail_end)


_NEXT = 1
"""How far at most what is done stands from how it is done."""


def _shares_noun(clause: Clause, following: Clause | None) -> bool:
    """Tell "A를 도입하고 B를 막는 방안": one noun completes both verbs."""
    return (
        following is not None
        and following.complement is not None
        and clause.listing
        and following.arg("subject") in (None, clause.arg("subject"))
    )


def _is_of_another(clause: Clause, later: Clause) -> bool:
    """Tell "A는 K2를 쓴다면서 B는 K3를 만들지 않는다고 …": each is said for itself."""
    own = later.topic is not None and later.topic.start > clause.end
    return own and later.ending in ("quote", "noun")


def _leaves(clause: Clause) -> bool:
    """Tell a clause that modifies another noun ("알려진 발트라") from "…라는" of what is said."""
    return clause.ending == "relative" and clause.lemma != "이" and not clause.adjective
