"""How two things are connected: claims between them, a sentence on both, or a way of 2-3 steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.quotes import Quote
from agent.extent import Extent
from agent.korean import particle
from agent.questions.forms import tied
from agent.questions.linking import Link, fold
from agent.questions.question import Question
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply, quotation
from agent.replies.wording import name_of
from agent.words import data, relation_words
from kg.claim import Claim
from kg.errors import UnknownEntity

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.network import Network, Path

_MOST, _MOST_QUOTES = 3, 2
_ROOM = 360
_LONGEST = 3
_TRIED = 6  # ways looked at, and members of a family each way
_AVOID = frozenset({"Benchmark", "Place", "Market", "Concept", "Technology", "Event", "Policy"})
_STANDING = {"fact": 0, "plan": 1, "forecast": 2, "opinion": 3, "rumour": 4, "denied": 5}
_BY_LABEL = ("partner", "counterparty")
_BOTH = 0.99


def tie_reply(text: str, answerer: Answerer, extent: Extent) -> tuple[Question, Reply] | None:
    """Answer how two things are connected; ``None`` for any other question."""
    pair = tied(text, answerer.linker)
    if pair is None:
        return None
    question = answerer.parsed(text, extent.reports)
    direct = _direct(pair, answerer, extent)
    both = _on_both(question, answerer, extent)
    if direct:
        return question, _told(question, direct, [q for q in both if _tells(q)])
    telling = [q for q in both if _tells(q)]
    if telling:
        return question, _quoted(question, telling)
    for path in _paths(pair, answerer, extent):
        if (found := _walked(question, path, answerer)) is not None:
            return question, found
    return question, _quoted(question, both) if both else _unknown(question, pair)


def _ids(link: Link, answerer: Answerer) -> list[str]:
    """The ids a name stands for, its own first."""
    own = list(link.entities)
    kin = sorted({m for e in own for m in answerer.families.of_entity(e)} - set(own))
    return own + kin


def _direct(pair: tuple[Link, Link], answerer: Answerer, extent: Extent) -> list[list[Claim]]:
    """The claims that join the two, facts and new reports first, those of one kind together."""
    first, second = ({*_ids(link, answerer)} for link in pair)
    facts = answerer.facts
    claims = [
        c
        for entity in sorted(first)
        for c in (*facts.claims_of(subject=entity), *facts.claims_of(object=entity))
        if c.evidence.report in extent.reports and _joins(c, second, answerer)
    ]
    groups: dict[tuple[str, ...], dict[str, Claim]] = {}
    for claim in sorted(claims, key=lambda c: _order(c, answerer)):
        partner = claim.qualifiers.get("partner", "")
        ends = sorted({claim.subject.id, claim.object.id if claim.object and not partner else ""})
        group = groups.setdefault((claim.predicate, partner, *ends), {})
        group.setdefault(claim.object.id if claim.object else "", claim)
    told = [[c for c in g.values() if _alike(c, next(iter(g.values())))] for g in groups.values()]
    return told[:_MOST]


def _alike(claim: Claim, first: Claim) -> bool:
    """Whether two claims may be said in one sentence."""
    same = claim.modality == first.modality and claim.subject.id == first.subject.id
    return (same and not claim.value and not first.value) or claim is first


def _joins(claim: Claim, others: set[str], answerer: Answerer) -> bool:
    if claim.subject.id in others or (claim.object and claim.object.id in others):
        return True
    labels = (claim.qualifiers.get(key) for key in _BY_LABEL)
    return any(answerer.naming.meant.get(fold(label)) in others for label in labels if label)


def _order(claim: Claim, answerer: Answerer) -> tuple[int, int, str]:
    day = answerer.dates[claim.evidence.report].toordinal()
    return _STANDING[claim.modality], -day, claim.id


def _on_both(question: Question, answerer: Answerer, extent: Extent) -> list[Quote]:
    """The sentences that say both names, the newest report's first."""
    names = " ".join(link.text for link in question.links)
    about = replace(question, text=names, terms=(), relations={}, focus=None)
    quotes = answerer.quotes(about, extent.reports)
    both = [q for q in quotes if q.names >= _BOTH and q.unit.kind in ("prose", "list")]
    return sorted(both, key=lambda q: -answerer.dates[q.unit.report].toordinal())


def _tells(quote: Quote) -> bool:
    """Whether a sentence has a word of a relation that ties two together."""
    wanted = set(data("forms")["ties"]["relations"])
    words = (w for w, of in relation_words().items() if len(w) > 1 and wanted & set(of))
    return any(fold(word) in quote.unit.folded for word in words)


def _told(question: Question, groups: Sequence[Sequence[Claim]], quotes: Sequence[Quote]) -> Reply:
    from agent.replies.replies import said

    sentences = [said(group, question) for group in groups]
    claims = [claim for group in groups for claim in group]
    told = {(c.evidence.report, c.evidence.start) for c in claims}
    room = _ROOM - sum(len(s.text) for s in sentences)
    for quote in quotes[:1]:
        span = quote.unit.span
        fresh = not any(r == quote.unit.report and span.start <= s < span.end for r, s in told)
        if fresh and len(quote.text) <= room:
            sentences.append(quotation(quote, question))
    return Reply(tuple(sentences), tuple(claims))


def _quoted(question: Question, quotes: Sequence[Quote]) -> Reply:
    picked: list[Quote] = []
    for quote in quotes[:_MOST_QUOTES]:
        if sum(len(q.text) for q in picked) + len(quote.text) <= _ROOM or not picked:
            picked.append(quote)
    return Reply(tuple(quotation(q, question, first=not n) for n, q in enumerate(picked)))


def _paths(pair: tuple[Link, Link], answerer: Answerer, extent: Extent) -> list[Path]:
    """The ways between any two members of the families, the fewest steps first."""
    network = answerer.network(extent.reports)
    starts, ends = (_ids(link, answerer)[:_TRIED] for link in pair)
    found = [
        path for start in starts for end in ends if start != end
        for path in _between(network, start, end)
    ]  # fmt: skip
    return sorted(found, key=lambda p: (len(p.steps), p.cost))[:_TRIED]


def _between(network: Network, start: str, end: str) -> Iterable[Path]:
    try:
        return network.paths(start, end, k=_TRIED, longest=_LONGEST, avoid=_AVOID)
    except UnknownEntity:  # no claim joins it with anything
        return ()


def _walked(question: Question, path: Path, answerer: Answerer) -> Reply | None:
    """Say each step by the first of its claims that stands up to the check; all or none."""
    from agent.replies.replies import evidence_of, said

    steps: list[tuple[Claim, Sentence]] = []
    for step in path.steps:
        told = ((claim, said([claim], question)) for claim in step.claims)
        sure = next((t for t in told if answerer.checker.check(t[1]).supported), None)
        if sure is None:
            return None
        steps.append(sure)
    claims = [claim for claim, _ in steps]
    names = [name_of(entity, question.language) for entity in path.entities]
    way = " – ".join(names)
    text = f"{way}." if question.language == "en" else f"{way}{_to(names[-1])} 이어집니다."
    modalities = tuple(dict.fromkeys(("fact", *(c.modality for c in claims))))
    head = Sentence(text, evidence_of(claims), modalities=modalities)
    return Reply((head, *(sentence for _, sentence in steps)), tuple(claims))


def _to(name: str) -> str:
    return particle(name, "으로/로")


def _unknown(question: Question, pair: tuple[Link, Link]) -> Reply:
    """Abstain: nothing connects the two within three steps."""
    text = wording()["abstain"][question.language]
    names = ", ".join(link.text for link in pair)
    reason = {"ko": f"{names}: 세 단계 안에 이어지지 않음", "en": f"{names}: no tie in three steps"}
    return Reply((Sentence(text, ()),), (), abstained=True, reason=reason[question.language])
