"""What pages need of an answerer, beyond the contract's documents; runs at the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from agent.chat import Conversation
from agent.curating.profiles import resolve
from agent.korean import fill
from agent.server.pages.manuscript import Mark, anchor, manuscript
from agent.server.pages.texts import questions
from kg import vocab
from kg.export import claim_json
from kg.iris import entity_iri, local_id

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.claim import Claim, Entity

Document = dict[str, Any]
_TRIED = 24
_SHOWN = 4
_REPORTS = 3
_NAMES = 5_000
_CLAIMS = 300
_NEIGHBOURS = 60


def sheet(
    answerer: Answerer, report: str, start: int = 0, end: int = 0, quote: str = ""
) -> Document:
    """Return a report as HTML, with a quote marked; ``found`` tells whether it still stands there.

    ``start`` and ``end`` come first; a report that was corrected since may hold ``quote``
    elsewhere.
    """
    info, read = answerer.facts.report(report), answerer.report(report)
    claims = answerer.facts.claims_of(report=report)
    place = _located(read.text, start, end, quote)
    marks = [*_entity_marks(answerer, report), *map(_claim_mark, claims)]
    if place:
        marks.append(Mark(*place, "quote"))
    return {
        "id": info.id,
        "title": info.title,
        "date": info.date.isoformat(),
        "publisher": info.publisher,
        "html": manuscript(read, marks),
        "contents": [
            (s.path[-1], s.level, anchor(s.heading.start)) for s in read.sections if s.heading
        ],
        "found": place is not None,
        "claims": [row(claim) | {"date": info.date.isoformat()} for claim in claims],
    }


def _located(text: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    if 0 <= start < end <= len(text) and quote in ("", text[start:end]):
        return start, end
    at = text.find(quote) if quote else -1
    return (at, at + len(quote)) if at >= 0 else None


def _entity_marks(answerer: Answerer, report: str) -> Iterator[Mark]:
    known = answerer.generation.names_by_id
    for mention in answerer.generation.extraction(report).mentions:
        if mention.entity in known:
            yield Mark(mention.start, mention.end, "entity", mention.entity)


def _claim_mark(claim: Claim) -> Mark:
    return Mark(claim.evidence.start, claim.evidence.end, "claim", claim.id)


def row(claim: Claim) -> Document:
    """Return a claim as pages show it: its document, and its id."""
    return claim_json(claim) | {"id": claim.id}


def names(answerer: Answerer) -> list[str]:
    """Return the names that claims are about, the most claimed first, for completion."""
    known = sorted(answerer.generation.names, key=lambda n: (-n.claims, n.id))
    labels = dict.fromkeys(name.label for name in known if name.claims)
    return list(labels)[:_NAMES]


def complete(answerer: Answerer, text: str, before: str) -> str:
    """Return a follow-up question as one that stands alone, given the question before it."""
    conversation = Conversation(answerer.linker, answerer.ask, answerer.classes)
    conversation.turns.append((before, answerer.ask(before)))
    return conversation.complete(text)


def examples(answerer: Answerer, language: str) -> list[str]:
    """Return questions for newcomers, made from the newest reports and tried: all are answered."""
    newest = answerer.generation.reports[: -_REPORTS - 1 : -1]
    claims = [c for info in newest for c in answerer.facts.claims_of(report=info.id)]
    shown: list[str] = []
    for question in list(dict.fromkeys(_questions(claims, language)))[:_TRIED]:
        answer = answerer.ask(question)
        if not answer.abstained and answer.claims:
            shown.append(question)
        if len(shown) == _SHOWN:
            break
    return shown


def _questions(claims: list[Claim], language: str) -> Iterator[str]:
    """One question a relation in turn, about what is curated and most claimed."""
    templates = questions(language)
    often = Counter(c.subject.id for c in claims)
    usable = [c for c in claims if c.predicate in templates and c.modality == "fact"]
    usable.sort(key=lambda c: (not c.subject.curated, -often[c.subject.id]))
    held: dict[str, list[Claim]] = {}
    for claim in usable:
        held.setdefault(claim.predicate, []).append(claim)
    for turn in range(max(map(len, held.values()), default=0)):
        for predicate in templates:
            if turn < len(held.get(predicate, ())):
                yield _question(templates[predicate], held[predicate][turn], language)


def _question(template: str, claim: Claim, language: str) -> str:
    def label(entity: Entity | None) -> str:
        if entity is None:
            return ""
        return (entity.label_en or entity.label) if language == "en" else entity.label

    return fill(
        template,
        subject=label(claim.subject),
        object=label(claim.object),
        metric=claim.qualifiers.get("metric", ""),
        period=claim.qualifiers.get("period", ""),
    )


def neighbourhood(answerer: Answerer, name: str, as_of: str | None = None) -> Document:
    """Return an entity, those it is connected with, and the claims among them all.

    At most 300 claims and 60 neighbours: facts first, then the most certain, then the newest.
    """
    from agent.documents import day

    facts, until = answerer.facts, day(as_of)
    found = resolve(answerer.generation, name)
    own = facts.claims_of(subject=found.id, until=until)
    own += facts.claims_of(object=found.id, until=until)
    links = _best([c for c in own if c.object is not None], answerer)
    near = Counter(i for c in links for i in (c.subject.id, _object(c)) if i != found.id)
    ids = [id_ for id_, _ in near.most_common(_NEIGHBOURS)]
    inside = {found.id, *ids}
    among = [c for c in _among(answerer, ids) if until is None or _date(answerer, c) <= str(until)]
    claims = {c.id: c for c in [*links, *among] if {c.subject.id, _object(c)} <= inside}
    kept = list(claims.values())[:_CLAIMS]
    return {
        "entity": _node(answerer, found.id),
        "nodes": [_node(answerer, id_) for id_ in dict.fromkeys([found.id, *ids])],
        "claims": [row(c) | {"date": _date(answerer, c)} for c in kept],
        "values": [row(c) | {"date": _date(answerer, c)} for c in own if c.object is None][-50:],
    }


def _object(claim: Claim) -> str:
    return claim.object.id if claim.object else ""


def _best(claims: list[Claim], answerer: Answerer) -> list[Claim]:
    dated = sorted(claims, key=answerer.facts.place, reverse=True)
    return sorted(dated, key=lambda c: (c.modality != "fact", -c.confidence))[:_CLAIMS]


def _among(answerer: Answerer, ids: list[str]) -> list[Claim]:
    """The claims between neighbours."""
    values = " ".join(f"<{entity_iri(id_)}>" for id_ in sorted(ids))
    rows = answerer.facts.select(
        f"SELECT DISTINCT ?c WHERE {{ VALUES ?s {{ {values} }} VALUES ?o {{ {values} }} "
        "?c rdf:subject ?s ; rdf:object ?o }"
    )
    return _best(answerer.facts.claims(sorted(str(r[0]) for r in rows)), answerer)


def _date(answerer: Answerer, claim: Claim) -> str:
    return answerer.facts.report(claim.evidence.report).date.isoformat()


def _node(answerer: Answerer, id_: str) -> Document:
    name = answerer.generation.names_by_id[id_]
    return {
        "id": id_,
        "label": name.label,
        "label_en": name.label_en,
        "class": name.cls,
        "claims": name.claims,
        "names": list(name.labels),
    }


def id_of(iri: str) -> str:
    """Return the local id of an entity's or claim's IRI."""
    return local_id(iri) if iri.startswith(vocab.BASE) else iri
