"""What a state forbids or restricts: it acts through its ministries and offices.

"미국은 무엇을 규제해?" is answered by what the Department of Commerce put on a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.questions.linking import Link
from agent.questions.question import Question
from agent.replies.members import Member, members_of
from agent.replies.quoting import Reply, abstain, quoted
from agent.replies.sets import SetForm, Thing
from agent.words import data, focus_classes
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.extent import Extent
    from kg.claim import Claim

_MOST = 4  # sentences
_OF_STATE = frozenset({"Place", "Organization"})
_NO_GOODS = frozenset({*AGENTS, "Place", "Person"})


def state_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, SetForm] | None:
    """Say what a state's bodies did; ``None`` where nothing is told, or the question is another."""
    links = answerer.linker.find(text)
    link = links[0] if len(links) == 1 else None
    if link is None or not {answerer.classes.get(e) for e in link.entities} & _OF_STATE:
        return None
    form = data("forms")["states"]
    asked = re.match(form["after"], text[link.end :])
    if asked is None:
        return None
    bodies = _bodies(link, answerer)
    if not bodies:
        return None
    thing = Thing(link.text, bodies, (link.text,))
    asks = SetForm(tuple(form["relations"]), "object", (thing,))
    found = [
        m for m in members_of(asks, answerer, extent) if _is_asked_for(m, asked["what"], answerer)
    ]
    question = answerer.parsed(text, extent.reports)
    reply = _said(found, question, answerer) or _as_written(question, bodies, answerer, extent)
    return question, reply, asks


def _bodies(link: Link, answerer: Answerer) -> tuple[str, ...]:
    """The state itself with its ministries and offices: those whose names begin with its own."""
    form = data("forms")["states"]
    name = link.text.removesuffix("정부").strip()
    own = next((row for row in form["names"] if name in row), None)
    if own is None:
        return ()
    begins = tuple(f"{name} " for name in own)
    bodies = {
        entity
        for entity, name in answerer.generation.names_by_id.items()
        if name.cls == "Organization"
        and any(
            label in own or (label.startswith(begins) and re.search(form["bodies"], label))
            for label in name.labels
        )
    }
    return tuple(sorted(bodies | set(link.entities)))


def _is_asked_for(member: Member, noun: str, answerer: Answerer) -> bool:
    """Whether what was forbidden is of the kind asked for; goods, where that is no known kind."""
    cls = answerer.classes.get(member.entity, "")
    form = data("forms")["states"]
    if noun in form["any"]:
        return True
    kinds = AGENTS if noun in form["whom"] else focus_classes().get(noun)
    return cls in kinds if kinds else cls not in _NO_GOODS


def _as_written(
    question: Question, bodies: Sequence[str], answerer: Answerer, extent: Extent
) -> Reply:
    """Quote a sentence in which one of the bodies forbids or restricts, else abstain."""
    quotes = answerer.quotes(question, extent.reports)
    acts = re.compile(data("forms")["states"]["acts"])
    fit = [
        q
        for q in quotes
        if any(
            set(link.entities) & set(bodies) and acts.match(q.text, link.end)
            for link in answerer.linker.find(q.text)
        )
    ]
    return quoted(question, fit, answerer) or abstain(question, quotes, answerer)


def _said(found: Sequence[Member], question: Question, answerer: Answerer) -> Reply | None:
    """One sentence for what one body did at one time, the newest first."""
    from agent.replies.replies import said

    groups: dict[tuple[str, ...], list[Claim]] = {}
    for member in found:
        claim = _dated(member.claims[0], answerer)
        when = claim.qualifiers.get("period") or claim.qualifiers.get("date") or ""
        value = claim.value.text if claim.value else ""
        key = (claim.subject.id, claim.predicate, claim.modality, when, value)
        groups.setdefault(key, []).append(claim)
    told = list(groups.values())[:_MOST]
    if not told:
        return None
    return Reply(tuple(said(g, question) for g in told), tuple(c for g in told for c in g))


def _dated(claim: Claim, answerer: Answerer) -> Claim:
    """A claim without its day, where that only comes after the report that tells it as done."""
    when = claim.qualifiers.get("period", "")
    published = answerer.dates[claim.evidence.report].isoformat()
    if claim.modality != "fact" or when[:10] <= published:
        return claim
    return replace(claim, qualifiers={k: v for k, v in claim.qualifiers.items() if k != "period"})
