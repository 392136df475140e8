"""Coordinated clauses: a verb that several subjects share, an object that several verbs share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extractors.language.phrases import Clause, Parsed, Phrase

_SEVERAL = 2
_SHARED = ("object", "to", "with", "from")


def conjoined(text: str, parsed: Parsed) -> Iterator[Clause]:
    """Yield the clauses of a sentence with what coordination leaves out filled in.

    Gapping ("A는 B를 3개, C는 5개 샀다") gives a clause for each subject; a verb right after
    another one ("B를 개발하고 공급한다") takes its object.
    """
    before: Clause | None = None
    ahead = {id(c): n for c, n in pairwise(parsed.clauses)}
    said: dict[str, Clause] = {}
    split: dict[int, Phrase] = {}
    for parsed_clause in parsed.clauses:
        if parsed_clause.ending == "relative":
            yield parsed_clause
            continue
        clause = _shared_noun(_completed(text, before, parsed_clause), ahead.get(id(parsed_clause)))
        clause = said[clause.lemma] = _repeated(said.get(clause.lemma), clause)
        clause = _alone(clause, split)
        yield from _gapped(text, clause, before.end if before else 0, split)
        before = clause


def _completed(text: str, before: Clause | None, clause: Clause) -> Clause:
    """Give a clause the object of the verb right before it."""
    shared = before.arg("object") if before and before.ending == "connective" else None
    if shared and _goes_on(before, clause):
        return replace(clause, args=[*clause.args, shared])
    if before is None or shared is None or any(p.start > before.start for p in clause.args):
        return clause
    adjacent = not text[before.end : clause.start].strip(" ,")
    return replace(clause, args=[*clause.args, shared]) if adjacent else clause


def _shared_noun(clause: Clause, following: Clause | None) -> Clause:
    """Give "A가 설계하고 B가 만드는 K2" the noun that the next clause modifies."""
    if following is None or following.modified is None or not (clause.leading and clause.listing):
        return clause
    apart = clause.arg("subject") and following.arg("subject")
    if not apart or clause.arg("object") or following.arg("object"):
        return clause
    return replace(clause, args=[*clause.args, replace(following.modified, case="object")])


def _goes_on(before: Clause | None, clause: Clause) -> bool:
    """Tell "B를 앞당겨 C에 보냈다": one verb in another, with the same object."""
    return before is not None and before.serial and clause.arg("object") is None


def _repeated(before: Clause | None, clause: Clause) -> Clause:
    """Give a verb that is said again what it lacks ("B에 3억을 투자했고, 2억을 더 투자한다")."""
    if before is None or clause.lemma in ("이", "하", "되", "있"):
        return clause
    given = {p.case for p in clause.args}
    lent = [p for p in before.args if p.case in _SHARED and p.case not in given]
    return replace(clause, args=[*clause.args, *lent]) if lent else clause


def _alone(clause: Clause, split: dict[int, Phrase]) -> Clause:
    """Leave out of a topic what gapping gave to another: "A는 K1, B는 K2를 만들고 C를 쓴다"."""
    topic = clause.topic
    alone = split.get(topic.start) if topic and topic.joined else None
    if alone is None:
        return clause
    return replace(clause, topic=alone, args=[alone if p is topic else p for p in clause.args])


def _gapped(text: str, clause: Clause, begins: int, split: dict[int, Phrase]) -> Iterator[Clause]:
    heads = _heads(text, clause, begins)
    if len(heads) < _SEVERAL:
        yield clause
        return
    limits = [*(head.start for head in heads[1:]), clause.start]
    parts = [
        [p for p in clause.args if head.start < p.start < limit and p not in heads]
        for head, limit in zip(heads, limits, strict=True)
    ]
    for i, (head, limit) in enumerate(zip(heads, limits, strict=True)):
        remnant = heads[i + 1].joined if i + 1 < len(heads) else None
        own = [*parts[i], *_remnant(remnant, parts[-1])]
        given = {p.case for p in own}
        lent = [p for case in _SHARED if case not in given for p in _first(parts, case)]
        alone = replace(head, joined=None if i else head.joined)
        split[head.start] = alone
        last = i + 1 == len(heads)
        yield replace(
            clause,
            args=[alone, *own, *lent],
            topic=alone if head.case == "topic" else clause.topic,
            subject=alone if head.case == "subject" else None,
            span=(alone.outer_start, clause.end if last else limit),
        )


def _heads(text: str, clause: Clause, begins: int) -> list[Phrase]:
    """List the subjects of a gapped clause: of one case, the later ones after a comma."""
    if len(clause.args) < _SEVERAL:
        return []
    for case in ("topic", "subject"):
        found = [p for p in clause.args if p.case == case and p.start >= begins]
        if len(found) < _SEVERAL:
            continue
        kept = found[:1] + [p for p in found[1:] if text[: p.start].rstrip().endswith(",")]
        if len(kept) == len(found):
            return kept
    return []


def _remnant(phrase: Phrase | None, last: list[Phrase]) -> list[Phrase]:
    """Give a bare remnant ("A는 호퍼, B는 블랙웰을") the case of its counterpart."""
    if phrase is None or not last:
        return []
    counterpart = next((p for p in last if p.case in _SHARED), last[0])
    return [replace(phrase, case=counterpart.case)]


def _first(parts: list[list[Phrase]], case: str) -> list[Phrase]:
    return next(([p for p in part if p.case == case] for part in parts if _has(part, case)), [])


def _has(part: list[Phrase], case: str) -> bool:
    return any(p.case == case for p in part)
