"""Answers to questions for all of several, or all but one: who they are, by which claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.korean import fill, particle
from agent.questions.forms import Excluded, excluded, joint
from agent.questions.linking import Link
from agent.questions.question import Question, parse
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.sets import SetForm, Thing, asked_relations, role_of
from agent.replies.wording import joined, name_of
from kg.claim import Claim
from kg.iris import local_id
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.extent import Extent

_MOST = 5  # members of which each claim is told
_STANDING = {"fact": 0, "plan": 1, "forecast": 2, "opinion": 3, "rumour": 4}
_NOTIONS = frozenset({"Technology", "Concept", "Market", "Policy", "Event"})
_ASKED = re.compile(
    r"(?P<what>.+?[가-힣A-Za-z)])(?:은|는|이|가)?"
    r"(?:\s?(?:어디|누구|무엇|뭐|뭔|어떤)[가-힣 ]*)?\s*\?*$"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One answer, and for each thing named the claim that best joins it with that."""

    entity: str
    claims: tuple[Claim, ...]


def set_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, SetForm] | None:
    """Answer a question for all of several or all but one; ``None`` when it is neither."""
    left_out = excluded(text, answerer.linker)
    if left_out is not None:
        return _without(text, left_out, answerer, extent)
    together = joint(text, answerer.linker)
    if together is None:
        return None
    rest = f"{text[: together.start]}{together.links[0].text}{text[together.end :]}"
    question = _read(text, rest, answerer, extent)
    predicates = asked_relations(question.relations)
    if not predicates:
        return None
    things = tuple(thing(link, answerer) for link in together.links)
    role = role_of(predicates, together.role)
    form = SetForm(predicates, role, things, (), question.classes)
    members = members_of(form, answerer, extent)
    if members:
        return question, _all_of(question, members, answerer), form
    return question, _none_of_all(question, form, answerer, extent), form


def _read(text: str, rest: str, answerer: Answerer, extent: Extent) -> Question:
    """The question read without its names: what is asked, of what class, by what relation."""
    today = answerer.today(extent.reports)
    whole = parse(text, answerer.linker, today=today, classes=answerer.classes)
    bare = parse(rest, answerer.linker, today=today, classes=answerer.classes)
    return replace(whole, relations=bare.relations, classes=bare.classes or whole.classes)


def thing(link: Link, answerer: Answerer) -> Thing:
    """Return what a name stands for, with its kind."""
    ids = sorted({m for e in link.entities for m in answerer.families.of_entity(e)})
    names = answerer.generation.names_by_id
    labels = {label for e in ids if e in names for label in names[e].labels}
    return Thing(link.text, tuple(ids), tuple(sorted(labels | {link.text})))


def members_of(form: SetForm, answerer: Answerer, extent: Extent) -> list[Member]:
    """Run the form's query; of each answer's claims keep the best, facts of new reports first."""
    facts = answerer.facts
    rows = facts.select(form.sparql(until=extent.until, report=extent.report))
    found: dict[str, list[tuple[Claim, ...]]] = {}
    for answer, *claims in rows:
        told = tuple(facts.claims([str(c) for c in claims]))
        if all(c.evidence.report in extent.reports for c in told):
            found.setdefault(local_id(str(answer)), []).append(told)
    members = [
        Member(entity, min(ways, key=lambda w: _order(w, answerer)))
        for entity, ways in found.items()
    ]
    return sorted(members, key=lambda m: (_order(m.claims, answerer), m.entity))


def _order(claims: Sequence[Claim], answerer: Answerer) -> tuple[object, ...]:
    standing = max(_STANDING.get(c.modality, 5) for c in claims)
    age = -max(answerer.dates[c.evidence.report].toordinal() for c in claims)
    return standing, age, tuple(c.id for c in claims)


def _all_of(question: Question, members: Sequence[Member], answerer: Answerer) -> Reply:
    """Name the members in the question's own words, then say each claim."""
    from agent.replies.replies import evidence_of, said

    names = [name_of_member(m, question, answerer) for m in members]
    claims = [c for m in members for c in m.claims]
    text = echo(question, joined(names))
    head = Sentence(text, evidence_of(claims), steps=(f"∩: {joined(names)}",), modalities=("fact",))
    hedged = {c.modality for c in claims} - {"fact"}
    told = [said([c], question) for m in members[:_MOST] for c in m.claims]
    if hedged and all(any(c.modality != "fact" for c in m.claims) for m in members):
        return Reply(tuple(told), tuple(claims))  # none of them is sure: only the claims are
    return Reply((head, *_once(told)), tuple(claims))


def _once(sentences: Sequence[Sentence]) -> list[Sentence]:
    return list({s.text: s for s in sentences}.values())


def name_of_member(member: Member, question: Question, answerer: Answerer) -> str:
    """Return the name to print of an answer."""
    return name_of(answerer.facts.entity(member.entity), question.language)


def echo(question: Question, names: str) -> str:
    """Answer in the question's own words: "… 둘 다와 일하는 CSP는 구글클라우드입니다."."""
    if question.language == "en":
        return f"{names}."
    match = _ASKED.match(question.text)
    what = match["what"] if match else ""
    if not what or not re.search(r"[가-힣A-Za-z]$", what) or re.search(r"[나까요줘라]$", what):
        return f"{names}입니다."
    return f"{what}{particle(what, '은/는')} {names}입니다."


def _none_of_all(question: Question, form: SetForm, answerer: Answerer, extent: Extent) -> Reply:
    """Abstain where nothing stands in the relation to all, saying who does to each."""
    from agent.replies.replies import evidence_of

    texts = wording()["sets"][question.language]
    sentences = [Sentence(wording()["abstain"][question.language], ())]
    for thing in form.all_of:
        members = members_of(replace(form, all_of=(thing,)), answerer, extent)
        if members:
            names = joined([name_of_member(m, question, answerer) for m in members[:_MOST]])
            label = PREDICATES[form.predicate]
            relation = label.en if question.language == "en" else label.ko
            text = fill(texts["each"], thing=thing.name, relation=relation, names=names)
            evidence = evidence_of(m.claims[0] for m in members[:_MOST])
            sentences.append(Sentence(text, evidence, modalities=("fact",)))
    return Reply(tuple(sentences), (), abstained=True, reason=texts["none"])


def _without(
    text: str, left_out: Excluded, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, SetForm] | None:
    """Say who stands in the relation, the one left out not counted.

    Who stands in it to both is told apart: "A 말고 B와 협력하는 곳" may mean either.
    """
    rest = f"{text[: left_out.start]} {text[left_out.end :]}"
    question = _read(text, rest, answerer, extent)
    links = _firm(answerer.linker.find(rest), answerer)
    predicates = asked_relations(question.relations)
    if not links or not predicates or question.kind in ("summary", "reason", "opinion"):
        return None
    things = tuple(thing(link, answerer) for link in links)
    other = thing(left_out.link, answerer)
    acts = any(re.match(r"(?:이|가|은|는)(?=\s)", rest[link.end :]) for link in links)
    role = role_of(predicates, "object" if acts else "subject")
    form = SetForm(predicates, role, things, other.ids, question.classes)
    members = members_of(form, answerer, extent)
    if not members:
        return None
    rivals = members_of(replace(form, all_of=(other,), barred=()), answerer, extent)
    return question, _told_apart(question, members, rivals, other, answerer), form


def _firm(links: Sequence[Link], answerer: Answerer) -> list[Link]:
    """The names of things; of notions ("커스텀 칩") only where there are no others."""
    firm = [k for k in links if any(answerer.classes.get(e) not in _NOTIONS for e in k.entities)]
    return firm or list(links)


def _told_apart(
    question: Question,
    members: Sequence[Member],
    rivals: Sequence[Member],
    other: Thing,
    answerer: Answerer,
) -> Reply:
    from agent.replies.replies import evidence_of, said

    too = {m.entity: m for m in rivals}
    own = [m for m in members if m.entity not in too]
    shared = [m for m in members if m.entity in too]
    sentences = _once([said([c], question) for m in own[:_MOST] for c in m.claims])
    if shared:
        names = joined([name_of_member(m, question, answerer) for m in shared])
        key = "also" if own else "only_also"
        text = fill(wording()["sets"][question.language][key], names=names, other=other.name)
        claims = [c for m in shared for c in (*m.claims, *too[m.entity].claims)]
        sentences.append(Sentence(text, evidence_of(claims), modalities=("fact",)))
    claims = [c for m in (*own, *shared) for c in m.claims]
    return Reply(tuple(sentences), tuple(claims))
