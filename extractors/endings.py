"""What the ending of a Korean predicate says: final, connective, relative, quoting, noun."""

from __future__ import annotations

from extractors.phrases import Clause, Ending
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
