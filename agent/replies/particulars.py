"""What one thing is known by: who somebody is, where a firm or a plant stands.

Such a question asks for no more than the graph has of the one thing named, so that the
claims answer it before any sentence that only mentions it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from agent.evidence.aptness import apt_quote
from agent.evidence.holding import Holding
from agent.evidence.others import OWNING_CLASSES, of_other_goods, opens_with_move
from agent.evidence.topics import (
    acts_in_row,
    names_all,
    tells_deed,
    tells_event,
    tells_of_attribute,
)
from agent.questions.linking import Link, fold, says
from agent.questions.question import Question
from agent.replies.members import members_of
from agent.replies.quoting import Reply
from agent.replies.sets import SetForm, Thing
from agent.replies.things import as_written, tells_of_things
from agent.words import data
from kg.claim import Claim

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.extent import Extent

_MOST = 2  # offices told of one person
_ALL, _MUCH = 0.95, 0.5  # of the names and of the words
_FIRMS = frozenset({"Company", "Organization"})
_PLACES = frozenset({"Place", "Facility"})


def particulars_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, SetForm] | None:
    """Say what the graph has; ``None`` where it has nothing, or the question asks another thing."""
    for name in ("who_is", "where_is"):
        link = _asked_of(name, text, answerer)
        if link is None:
            continue
        form = _form(name, link)
        claims = [c for m in members_of(form, answerer, extent) for c in m.claims]
        told = list(_offices(claims) if name == "who_is" else _seats(claims, text, answerer))
        question = answerer.parsed(text, extent.reports)
        reply = _said(told, question, answerer) if told else None
        return (question, reply, form) if reply else None
    return None


def _asked_of(name: str, text: str, answerer: Answerer) -> Link | None:
    """The thing that a question asks this of, if it does: the only one of the classes meant."""
    form = data("forms")[name]
    links = answerer.linker.find(text)
    of_class = [k for k in links if {answerer.classes.get(e) for e in k.entities} & {*form["of"]}]
    if len(of_class) != 1 or (len(links) > 1 and links[-1] is not of_class[0]):
        return None
    return of_class[0] if re.match(form["after"], text[of_class[0].end :]) else None


def _form(name: str, link: Link) -> SetForm:
    predicates = tuple(data("forms")[name]["relations"])
    return SetForm(predicates, "object", (Thing(link.text, link.entities, (link.text,)),))


def _offices(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Each office on its own, the newest first, then what the person founded."""
    held = [c for c in claims if c.predicate == "worksFor"]
    named = [c for c in held if "role" in c.qualifiers] or held
    founded = [c for c in claims if c.predicate == "founded"]
    yield from ([c] for c in (*named[:_MOST], *founded[:1]))


def _seats(claims: Sequence[Claim], text: str, answerer: Answerer) -> Iterator[list[Claim]]:
    """The places of one standing together, without those where only a part of it stands."""
    form = data("forms")["where_is"]
    head = re.search(form["head"], text) is not None
    kept = []
    for claim in claims:
        sentence = _sentence(claim, answerer)
        is_head = re.search(form["head"], sentence) is not None
        part = re.search(form["part"], sentence) is not None and not is_head
        if not (head and part) and not _of_another(claim, sentence, answerer):
            kept.append((not is_head, claim))
    kept.sort(key=lambda item: item[0])
    for modality in dict.fromkeys(claim.modality for _, claim in kept):
        yield [claim for _, claim in kept if claim.modality == modality]


def _sentence(claim: Claim, answerer: Answerer) -> str:
    """The sentence in which a claim stands."""
    unit = answerer.quoter.units(answerer.report(claim.evidence.report)).at(claim.evidence.start)
    return unit.text if unit else claim.evidence.quote


def _of_another(claim: Claim, sentence: str, answerer: Answerer) -> bool:
    """Whether the place stands right before another firm ("가나는 일본 다라의 공정으로 …")."""
    for link, following in pairwise(answerer.linker.find(sentence)):
        if claim.object and claim.object.id in link.entities and following.start == link.end + 1:
            firm = any(answerer.classes.get(e) in _FIRMS for e in following.entities)
            return firm and claim.subject.id not in following.entities
    return False


def _said(told: Sequence[Sequence[Claim]], question: Question, answerer: Answerer) -> Reply | None:
    """Say the claims, then quote the sentence of the first."""
    from agent.replies.replies import said

    sentences = [said(group, question) for group in told]
    kept = [
        (s, group)
        for s, group in zip(sentences, told, strict=True)
        if answerer.checker.check(s).supported
    ]
    if not kept:
        return None
    first = kept[0][1][0]
    told_as_written = kept[0][0].quoted or first.evidence.in_table
    quoted = [] if told_as_written else as_written(first, question, answerer)
    return Reply((*(s for s, _ in kept), *quoted), tuple(c for _, group in kept for c in group))


def tells_where(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence may answer where something is: it names that thing and a place.

    Of a firm's seat it must speak in so many words, for it names many places beside firms.
    """
    form = data("forms")["where_is"]
    if not question.links or not re.search(form["asked"], question.text):
        return True
    if quote.unit.table is not None:
        return any(re.search(form["columns"], column) for column in quote.unit.table.columns)
    named = set(question.entities)
    links = answerer.linker.find(quote.text)
    near = (*links, *answerer.linker.find(quote.unit.before))
    own = any(named & set(link.entities) for link in near)
    around = fold(f"{quote.unit.before} {quote.text}")  # of a plant, its owner and its kind
    words = (link.text.split() for link in question.links)
    if not own and not any(all(fold(w) in around for w in of_one) for of_one in words):
        return False
    of_head = re.search(form["head"], question.text) is not None
    if of_head and not any(named & set(link.entities) for link in links):
        return False
    if re.search(form["seats"], quote.text) or _placed_before(named, links, answerer):
        return True
    classes = {answerer.classes.get(e) for k in links for e in k.entities if e not in named}
    return not of_head and not _PLACES.isdisjoint(classes)


def _placed_before(named: set[str], links: Sequence[Link], answerer: Answerer) -> bool:
    """Whether a place stands right before the name: "일본 가나"."""
    return any(
        named & set(own.entities) and 0 <= own.start - place.end <= 1
        for place, own in pairwise(links)
        if any(answerer.classes.get(e) == "Place" for e in place.entities)
    )


def may_tell(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence may answer: things, a place, a time, an attribute, yes or no."""
    return (
        (quote.fits or not _must_hold(question, quote))
        and _tells_of_it(question, quote, answerer)
        and _bears_on_several(question, quote, answerer)
        and tells_of_things(question, quote, answerer)
        and tells_where(question, quote, answerer)
        and tells_of_attribute(question, quote)
        and tells_deed(question, quote, answerer)
        and tells_event(question, quote, answerer)
        and apt_quote(question, quote, answerer)
        and not of_other_goods(question, quote, answerer)
        and names_all(question, quote, answerer)
        and _row_tells(question, quote, answerer)
    )


def _must_hold(question: Question, quote: Quote) -> bool:
    """Whether a sentence answers only if it holds a time, a person, a name of the class asked.

    One that names all of several, and says most of the rest, may have a name nobody knows.
    """
    if question.kind == "temporal" or question.classes == ("Person",):
        return True
    several = len(question.links) > 1 and quote.names >= _ALL and quote.words >= _MUCH
    lookup = question.kind == "lookup" and bool(question.classes)
    return lookup and quote.unit.row is None and not several


def _bears_on_several(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence tells of several who are named: of all, or what is asked of them.

    "가나는 다라에서 무엇을 받나?" is not answered with a price of 가나's shares.
    """
    if question.kind != "lookup" or len(question.links) < 2 or quote.names >= _ALL:
        return True
    unit = quote.unit
    words, names = answerer.words_of(question)
    if not words or any(word.said(unit.folded, unit.letters) >= 1 for word in words):
        return True
    # Korean drops who does it, not whom or what it is done to.
    others = (n for k, n in zip(question.links, names, strict=True) if not _leads(question, k))
    return quote.words > 0 and all(says(unit.folded, n) for n in others)


def _leads(question: Question, link: Link) -> bool:
    return re.match(r"(?:은|는|이|가|의)\s", question.text[link.end :]) is not None


def _tells_of_it(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence may tell why or what it is: it says a word of that, of what is named."""
    if question.kind not in ("reason", "definition"):
        return True
    told = quote.words > 0 or not question.terms
    if question.kind == "definition":
        return told or bool(question.links)
    told = told or opens_with_move(question, quote, answerer)
    return told and (quote.names > 0 or not question.links)


def _row_tells(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell a row of what is named that holds what is asked for: a time, a thing of a class."""
    if quote.unit.row is None:
        return True
    if question.links and not (quote.names and _says_owner(question, quote, answerer)):
        return False
    heads = quote.unit.table.columns if quote.unit.table else ()
    if acts_in_row(question, quote.unit.row, heads, answerer.words_of(question)[1]):
        return False
    cells = quote.unit.row.cells[1:]
    if question.kind == "numeric" and not any(ch.isdigit() for c in cells for ch in c.text):
        return False
    if question.classes and re.search(data("forms")["things"]["which"], question.text):
        kind = fold(question.focus or "")
        if not quote.fits or kind not in quote.unit.folded + quote.unit.around:
            return False  # "어떤 칩을 써?" of a row of prices
    if question.kind != "temporal":
        return True
    row = answerer.say_row(question, quote.unit)
    told = row.text if row else ""
    timed = told if re.search(data("forms")["things"]["timed"], told) else _DECIMAL.sub("", told)
    return Holding(question, answerer.linker, answerer.classes).holds(timed)


def _says_owner(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a row, or what stands around it, names the one whose attribute is asked for."""
    near = quote.unit.folded + quote.unit.around
    named = zip(question.links, answerer.words_of(question)[1], strict=True)
    owned = [(k, names) for k, names in named if re.match(r"의\s", question.text[k.end :])]
    classes = answerer.classes
    return all(
        says(near, names)
        for link, names in owned
        if {classes.get(e) for e in link.entities} <= OWNING_CLASSES
    )


_DECIMAL = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
"""A figure that only looks like a day: a price of 0.55."""
