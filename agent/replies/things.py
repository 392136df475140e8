"""Which things stand in a relation to what a question names: "가나가 만든 칩은?".

The graph names them; the first sentence of the answer does nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.aptness import speaks_of_it
from agent.korean import fill
from agent.questions.forms import Role
from agent.questions.linking import Link, says
from agent.questions.periods import answers_for
from agent.questions.question import Question
from agent.replies.hops import hop
from agent.replies.members import Member, echo, members_of, name_of_member, thing
from agent.replies.offices import in_office, is_of_another_office
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.sets import SetForm, asked_relations, role_of
from agent.replies.wording import joined
from agent.words import data, focus_classes, pattern, relation_words, same_relation
from kg.claim import Claim
from kg.vocab import AGENTS, PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.evidence.scoring import Scored
    from agent.extent import Extent
    from agent.questions.ways import Word

_NUMBERED = frozenset({"Model", "Chip", "Product"})
_MOST = 12  # things named
_SEVERAL = 2
_LONGEST = 240  # characters of a sentence quoted beside the only claim
_TOLD = 2  # claims said beside them
_ALIKE = (AGENTS, frozenset({"Facility", "Place"}))  # of either class as good an answer
_NO_KIND = frozenset({"어디", "곳", "누구", "누가"})
_MEASURES = ("amount", "stake", "quantity")
_NAMED = 0.5  # of the names of a question in a sentence, or near it
# a name as it is first printed: in quotation marks, or with Latin letters behind it
_PRINTED = re.compile(
    r"[‘“'\"「『][^’”'\"」』]{2,30}[’”'\"」』]|[가-힣0-9]\s?\([A-Z][A-Za-z0-9 .-]+\)"
)
# between a company and what then is its own: no part of it stands for it
_OF_ITSELF = frozenset({"acquires", "investsIn", "founded", "partOf"})


def things_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, SetForm] | None:
    """Name what the graph has; ``None`` where it has nothing, or more is asked than that."""
    question = answerer.parsed(text, extent.reports)
    if not asks_for_things(question) or hop(text) is not None or pattern("used_to").search(text):
        return None
    told = _told(question)
    turned = tuple(p for t in told for p in data("forms")["things"]["turned"].get(t, ()))
    ways = ((_also(told, "with"), True), (_also(told, "else"), False), (turned, True))
    for predicates, exact in ways:
        form = _form(question, predicates, answerer)
        if predicates == turned:
            form = replace(form, role="subject" if form.role == "object" else "object")
        found = _named(form, question, answerer, extent) if predicates else []
        if _wants_several(question) and len(found) < _SEVERAL:
            continue
        reply = _said(found, question, form, answerer, exact=exact) if found else None
        if reply is not None:
            used = dict.fromkeys(c.predicate for c in reply.claims)
            return (
                question,
                reply,
                replace(form, predicates=tuple(used | dict.fromkeys(predicates))),
            )
    return None


def _wants_several(question: Question) -> bool:
    return question.wants_all or bool(re.search(data("forms")["things"]["several"], question.text))


def _told(question: Question) -> tuple[str, ...]:
    """The relations asked for; what somebody's things are is asked without a word for one."""
    making = data("forms")["things"]["making"]
    made = any(term.form in making["words"] for term in question.terms)
    after = question.text[question.links[0].end :]
    if re.match(making["of"], after) and _NUMBERED & set(question.classes):
        made = made or set(question.relations) <= {"locatedIn"}
    told = asked_relations({p: w for p, w in question.relations.items() if p != "locatedIn"})
    return tuple(dict.fromkeys([*told, *(making["relations"] if made else ())]))


def _also(told: Sequence[str], key: str) -> tuple[str, ...]:
    """The relations asked for, with those that answer too, or the others that may."""
    also = [p for t in told for p in data("forms")["things"][key].get(t, ())]
    return tuple(dict.fromkeys([*told, *also] if key == "with" else also))


@cache
def _plain_words() -> frozenset[str]:
    """The words for kinds of things, for relations, and those that ask for either."""
    asking = data("forms")["things"]["words"]
    return frozenset((*focus_classes(), *relation_words(), *asking))


def asks_for_things(question: Question) -> bool:
    """Tell whether a question names one thing and asks for others by no more than a relation."""
    plain = all(term.form in _plain_words() for term in question.terms)
    of_kind = question.kind in ("lookup", "person") and bool(question.classes)
    places = set(question.classes) <= {"Facility", "Place"}
    return (
        question.language == "ko"
        and of_kind
        and not places
        and len(question.links) == 1
        and plain
        and not (question.horizon or question.owners)
    )


def on_the_right_side(
    question: Question, scored: Sequence[Scored], families: Mapping[str, frozenset[str]]
) -> list[Scored]:
    """Leave out claims that have what a question of things names on the other side.

    And deeds and offices of others than whom or what a question names, told beside it.
    """
    if question.kind == "person" and question.links:
        own = frozenset(question.entities).union(*families.values())
        bound = data("forms")["things"]["of_named"]
        scored = [s for s in scored if s.claim.predicate not in bound or _ends(s.claim) & own]
    scored = [s for s in scored if not is_of_another_office(question, s.claim)]
    if question.classes and question.relations:
        scored = [s for s in scored if s.slot == "value" or speaks_of_it(s.claim, question)]
    if not asks_for_things(question):
        return list(scored)
    return [s for s in scored if not _against(question, s.claim)]


def _ends(claim: Claim) -> set[str]:
    return {claim.subject.id, claim.object.id if claim.object else ""}


def _against(question: Question, claim: Claim) -> bool:
    named = set(question.entities)
    told, mutual = set(_told(question)), set(data("forms")["things"]["mutual"])
    if told and told <= mutual and claim.predicate not in mutual:
        return True
    if PREDICATES[claim.predicate].symmetric:
        return False
    ends = _ends(claim)
    if claim.predicate in data("forms")["things"]["directed"] and not ends & named:
        return True  # what is only told beside it
    role = _role(question, question.links[0])
    side = claim.object if role == "object" else claim.subject
    return side is not None and side.id in named


def tells_of_things(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence may answer what things there are: it names one, on the right side."""
    if not question.links and question.classes and question.kind in ("lookup", "person"):
        return _says_deed(question, quote, answerer)
    if not (asks_for_things(question) and _told(question)):
        return True
    links, named = answerer.linker.find(quote.text), set(question.entities)
    own = [link for link in links if named & set(link.entities)]
    others = [link for link in links if not named & set(link.entities)]
    rivals = [k for k in others if _classes(k.entities, answerer) & _classes(named, answerer)]
    if quote.unit.row is None and question.classes[0] in _NUMBERED - {"Product"}:
        listed = any(_classes(k.entities, answerer) & set(question.classes) for k in others)
        says_it = _says_relation(question, quote, answerer)
        printed = _PRINTED.search(quote.text) and says_it
        near = not rivals and quote.names >= _NAMED
        listed = listed and (not own or says_it)
        return bool(own or near) and bool(listed or printed)
    forms, told = data("forms")["things"], set(_told(question))
    if told <= set(forms["mutual"]):
        return _rivals(own, others, quote, answerer)
    if not told <= set(forms["directed"]):
        return _says_deed(question, quote, answerer, answerer.words_of(question)[0])
    if _role(question, question.links[0]) == "object":
        acting = [k for k in own or rivals if re.match(forms["acting"], quote.text[k.end :])]
        near = bool(own) or _heads(question, quote, answerer)
        return near and bool(acting) == bool(own) and _says_relation(question, quote, answerer)
    behind = [(k, quote.text[k.end :]) for k in own or rivals]
    beside, topic = forms["beside"], forms["done_to"]
    done_to = [k for k, rest in behind if not re.match(beside, rest) or re.match(topic, rest)]
    near = bool(own) or _heads(question, quote, answerer)
    return near and bool(done_to) == bool(own) and _says_relation(question, quote, answerer)


def _says_deed(
    question: Question, quote: Quote, answerer: Answerer, words: Sequence[Word] = ()
) -> bool:
    """Whether a row, or a sentence, says any of some words: by default of the deed asked for."""
    asked = words or [w for w in answerer.words_of(question)[0] if w.term.form in relation_words()]
    told = any(w.said(quote.unit.folded, quote.unit.letters) for w in asked)
    return told or not asked or quote.unit.row is not None


def _heads(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether what is named stands in the sentence before, so that it may be dropped."""
    units = answerer.quoter.units(answerer.report(quote.unit.report))
    before = units.beside(quote.unit, -1)
    text = before.folded if before else ""
    return any(says(text, names) for names in answerer.words_of(question)[1])


def _rivals(own: Sequence[Link], others: Sequence[Link], quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence tells that another firm is up against the one named."""
    if quote.unit.table is not None:
        return any("경쟁" in column for column in quote.unit.table.columns)
    firms = [k for k in others if _classes(k.entities, answerer) & AGENTS]
    theirs = any(re.match("[은는]", quote.text[k.end :]) for k in firms)
    near = bool(own) or (quote.names >= _NAMED and not theirs)
    told = re.search(data("forms")["things"]["rivalry"], quote.text) is not None
    return near and bool(firms) and told


def _classes(entities: Iterable[str], answerer: Answerer) -> set[str]:
    return {answerer.classes.get(e, "") for e in entities}


def _says_relation(question: Question, quote: Quote, answerer: Answerer) -> bool:
    words = same_relation(_also(_told(question), "with"))
    verbs = (w for w in answerer.words_of(question)[0] if w.term.tag.startswith("VV"))
    unit = quote.unit
    return says(unit.folded, words) or any(w.said(unit.folded, unit.letters) for w in verbs)


def _form(question: Question, predicates: tuple[str, ...], answerer: Answerer) -> SetForm:
    link = question.links[0]
    role = role_of(predicates, _role(question, link))
    named = thing(link, answerer)
    if _OF_ITSELF & set(predicates):
        named = replace(named, ids=link.entities)
    return SetForm(predicates, role, (named,), (), question.classes)


def _role(question: Question, link: Link) -> Role:
    """What is asked for does it, or it is done to that: by the particle behind the name."""
    forms = data("forms")["things"]
    after = question.text[link.end :]
    if re.match(forms["doer"], after):
        return "subject"
    if re.search(forms["who"], question.text) and not re.match(forms["held"], after):
        return "subject"
    return "object" if re.match(forms["acting"], question.text[link.end :]) else "subject"


def _named(form: SetForm, question: Question, answerer: Answerer, extent: Extent) -> list[Member]:
    """The members that have a name of their own, of the class that is asked for first."""
    every = members_of(form, answerer, extent)
    apt = (m for m in every if _in_time(m, question) and speaks_of_it(m.claims[0], question))
    found = [m for m in apt if _has_name(m, answerer)]
    found = in_office(found, form, question, answerer)
    found = _without_wholes(found, answerer)
    classes = [answerer.classes.get(m.entity, "") for m in found]
    first = next((c for c in question.classes if c in classes), "")
    alike = next((group for group in _ALIKE if first in group), frozenset({first}))
    return [m for m, cls in zip(found, classes, strict=True) if cls in alike]


def _without_wholes(found: Sequence[Member], answerer: Answerer) -> list[Member]:
    """Leave out a group of which a firm is named too: 삼성 beside 삼성전자."""
    names = answerer.generation.names_by_id
    wholes = {w for m in found if m.entity in names for w in names[m.entity].broader}
    bodies = {w for w in wholes if answerer.classes.get(w) in AGENTS}
    return [m for m in found if m.entity not in bodies]


def _in_time(member: Member, question: Question) -> bool:
    """Whether what a question asks for happened in the time that it names, if it names one."""
    given = member.claims[0].qualifiers
    when = given.get("period") or given.get("date") or ""
    asked = question.periods
    return not asked or any(when and answers_for(p, when, figure=False) for p in asked)


def _has_name(member: Member, answerer: Answerer) -> bool:
    from agent.weeks.newcomers import is_described

    return not is_described(answerer.facts.entity(member.entity))


def _said(
    found: Sequence[Member],
    question: Question,
    form: SetForm,
    answerer: Answerer,
    *,
    exact: bool,
) -> Reply | None:
    """Name the things that are so, then say what goes with them and what is only planned.

    Unless ``exact``, they stand in another relation than the one asked for.
    """
    from agent.replies.replies import evidence_of, said

    sure = [m for m in found if m.claims[0].modality == "fact"]
    claims = [m.claims[0] for m in sure[:_MOST]]
    sentences = [said(claims, question)] if len(claims) == 1 else []
    if len(claims) > 1:
        names = joined([name_of_member(m, question, answerer) for m in sure[:_MOST]], _MOST)
        rest = f" 외 {len(sure) - _MOST}개" if len(sure) > _MOST else ""
        text = _head(question, form, names + rest, exact=exact)
        sentences = [Sentence(text, evidence_of(claims), modalities=("fact",))]
        bare = text.startswith(names)  # who alone does not say what they do
        measured = [c for c in claims if bare or any(c.qualifiers.get(k) for k in _MEASURES)]
        sentences += [said([c], question) for c in _not_mirrored(measured)[:_TOLD]]
    planned = [m.claims[0] for m in found if m.claims[0].modality != "fact"]
    for same in _alike(planned)[: _TOLD + (not claims)]:
        sentences.append(said(same, question))
        claims += same
    if not answerer.checker.check(sentences[0]).supported:
        return None
    if len(claims) == 1 and not claims[0].evidence.in_table:
        written = as_written(claims[0], question, answerer)
        if written and _of_its_object(claims[0], written[0].text, answerer):
            return None
        sentences += written
    return Reply(tuple(sentences), tuple(claims))


def _of_its_object(claim: Claim, text: str, answerer: Answerer) -> bool:
    """Whether a sentence is of what a claim has as its object, and leaves out its subject."""
    links = answerer.linker.find(text)
    if any(claim.subject.id in link.entities for link in links):
        return False
    topics = {e for k in links if re.match("[은는]", text[k.end :]) for e in k.entities}
    return claim.object is not None and claim.object.id in topics


def as_written(claim: Claim, question: Question, answerer: Answerer) -> list[Sentence]:
    """Quote the sentence of the report in which a claim stands, where it is not too long."""
    units = answerer.quoter.units(answerer.report(claim.evidence.report))
    unit = units.at(claim.evidence.start)
    if unit is None or unit.kind not in ("prose", "list") or len(unit.text) > _LONGEST:
        return []
    text = wording()["quotation"][question.language].format(quote=unit.text)
    return [Sentence(text, (unit.evidence,), quoted=True)]


def _not_mirrored(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out what says again, from the partner's side, what two do together."""
    kept: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        both = sorted((claim.subject.label, claim.qualifiers.get("partner", "")))
        thing = claim.object.id if claim.object else ""
        key = (claim.predicate, thing, *both) if all(both) else (claim.id,)
        kept.setdefault(key, claim)
    return list(kept.values())


def _alike(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that one sentence can say: of one subject, relation and standing, no measures."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        given = (claim.qualifiers.get(key, "") for key in (*_MEASURES, "period", "partner"))
        key = (claim.subject.id, claim.predicate, claim.modality, *given)
        groups.setdefault(key, []).append(claim)
    return list(groups.values())


def _head(question: Question, form: SetForm, names: str, *, exact: bool) -> str:
    """Name things in the question's own words, or by their kind: "가나의 칩은 … 입니다."."""
    kind = next((w for w in _kinds(question) if w in question.text and w not in _NO_KIND), "")
    asking = re.search(data("forms")["things"]["which"], question.text)
    role = _role(question, question.links[0])
    bare = f"{names}입니다."
    told = bare if asking else echo(question, names)
    if kind and role == "object" and (told == bare or not exact):
        pattern = wording()["things"][question.language]
        return fill(pattern, thing=form.all_of[0].name, kind=kind, names=names)
    return told


def _kinds(question: Question) -> list[str]:
    """The words that ask for a class of thing, the longest first."""
    words = [w for w, classes in focus_classes().items() if classes == question.classes]
    return sorted(words, key=len, reverse=True)
