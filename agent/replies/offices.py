"""Who holds the office that a question asks for, and who has left: "가나의 CEO는 누구인가?"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from agent.questions.question import Question
from agent.replies.members import Member
from agent.replies.sets import SetForm
from agent.words import data
from kg.claim import Claim
from kg.iris import entity_iri, local_id

if TYPE_CHECKING:
    from agent.answerer import Answerer

_LEFT = "떠남"


def in_office(
    found: Sequence[Member], form: SetForm, question: Question, answerer: Answerer
) -> list[Member]:
    """Leave out who holds another office than is asked for, and who has left.

    Where those are asked for who left, the others are left out.
    """
    if form.predicate != "worksFor":
        return list(found)
    past, shape = _asks_who_left(question), _office(question.text)
    roles, gone = _held(form, answerer)
    return [
        m
        for m in found
        if (m.entity in gone) is past
        and (shape is None or past or any(shape.search(role) for role in roles[m.entity]))
    ]


def is_of_another_office(question: Question, claim: Claim) -> bool:
    """Tell a claim of who has another office than a question asks for."""
    if claim.predicate != "worksFor" or _asks_who_left(question):
        return False
    shape = _office(question.text) if question.kind == "person" else None
    role = claim.qualifiers.get("role")
    return shape is not None and role is not None and not shape.search(role)


def _asks_who_left(question: Question) -> bool:
    return re.search(data("forms")["offices"]["left"], question.text) is not None


def _held(form: SetForm, answerer: Answerer) -> tuple[dict[str, set[str]], set[str]]:
    """The offices of all who work, or worked, there, and who of them has left."""
    ids = " ".join(f"<{entity_iri(e)}>" for thing in form.all_of for e in thing.ids)
    rows = answerer.facts.select(
        f"SELECT DISTINCT ?s ?r ?left WHERE {{ VALUES ?o {{ {ids} }} GRAPH ?g {{ ?c"
        " rdf:subject ?s ; rdf:predicate kg:worksFor ; rdf:object ?o ."
        " OPTIONAL { ?c kg:role ?r } OPTIONAL { ?c kg:status ?left } } } ORDER BY ?s ?r ?left"
    )
    roles: dict[str, set[str]] = defaultdict(set)
    gone: set[str] = set()
    for subject, role, status in rows:
        person = local_id(str(subject))
        if role is not None:
            roles[person].add(str(getattr(role, "value", role)))
        if status is not None and str(getattr(status, "value", status)) == _LEFT:
            gone.add(person)
    return roles, gone


@cache
def _offices() -> tuple[re.Pattern[str], ...]:
    groups = data("forms")["offices"]["groups"]
    return tuple(re.compile(rf"(?<![가-힣A-Za-z])(?:{'|'.join(words)})") for words in groups)


def _office(text: str) -> re.Pattern[str] | None:
    """The names of the office that a question asks for, if it does for one."""
    return next((shape for shape in _offices() if shape.search(text)), None)
