"""Who holds which share of a market: one firm's, by time; several, side by side or ranked.

A list of shares is one of figures (:mod:`agent.replies.lists`), all of the one market named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.questions.linking import fold
from agent.questions.question import Question
from agent.questions.reading import Bound, Reading
from agent.replies.arithmetic import magnitude
from agent.replies.lists import Listing, listings, said_beside, says_all
from agent.replies.over_time import over_time
from agent.replies.quoting import Reply, abstain, quoted
from agent.replies.ranking import asks_change, asks_rank, told
from agent.words import data, pattern
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.extent import Extent
    from kg.claim import Claim

_SHARE = "marketShare"
_TIMES = 4  # of one firm
_SIDE_BY_SIDE = 2


def shares_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, Reading | None] | None:
    """Say the shares asked for, of the time asked for or the latest; else ``None``."""
    form = data("forms")["shares"]
    if not re.search(form["pattern"], text, re.I) or re.search(form["other"], text, re.I):
        return None
    question = answerer.parsed(text, extent.reports)
    firms = [frozenset(k.entities) for k in question.links if _is_holder(k.entities, answerer)]
    claims = [c for c in _of_market(question, answerer) if c.evidence.report in extent.reports]
    wanted = _wanted(question)
    covered = [c for c in claims if says_all(said_beside(c, answerer), wanted)]
    found = listings(covered, _said_in(question.language), question, answerer)
    if len(firms) == 1:
        reply = _of_one(found, firms[0], question)
    else:
        reply = told(found, firms, question, answerer, among=False)
    if reply is not None:
        return question, reply, _reading(reply, firms)
    if not firms and asks_rank(question):
        return question, _as_written(question, answerer, extent), None
    return None


def _said_in(language: str) -> Callable[[Claim], str]:
    """How shares of a market are called."""
    shape = "share of {}" if language == "en" else "{} 점유율"
    return lambda claim: shape.format(claim.qualifiers["product"].removesuffix("시장").strip())


def _as_written(question: Question, answerer: Answerer, extent: Extent) -> Reply:
    """Quote a sentence that tells of shares and of the market named, else abstain."""
    quotes = answerer.quotes(question, extent.reports)
    words = [*_wanted(question), *(fold(link.text) for link in question.links)]
    told_in = re.compile(data("forms")["shares"]["told"], re.I)
    names = [re.escape(fold(link.text)) for link in question.links]
    narrower = re.compile("|".join(rf"{name}(?!용|향|向)" for name in names))
    fit = [
        q
        for q in quotes
        if told_in.search(q.text)
        and says_all(_place(q), words)
        and (not names or narrower.search(_place(q)))
    ]
    fit = _greatest(fit, question)
    return quoted(question, fit, answerer) or abstain(question, quotes, answerer)


def _greatest(fit: Sequence[Quote], question: Question) -> list[Quote]:
    """Of rows of one table that tell shares in words ("점유 80%") the greatest, or the least."""
    shape = re.compile(data("forms")["shares"]["in_words"])
    rows = [(Decimal(m[1]), q) for q in fit if q.unit.row and (m := shape.search(q.text))]
    tables = {q.unit.table.span.start for _, q in rows if q.unit.table}
    if len(rows) < _SIDE_BY_SIDE or len(tables) > 1:
        return list(fit)
    low = pattern("low").search(question.text) is not None
    _, best = (min if low else max)(rows, key=lambda row: row[0])
    return [best, *(q for q in fit if q.unit.row is None)]


def _reading(reply: Reply, firms: Sequence[frozenset[str]]) -> Reading:
    """Return the query that selects the claims told of, among others of that market."""
    markets = tuple(sorted({c.qualifiers["product"] for c in reply.claims}))
    bound = [Bound("product", (), markets)]
    if firms:
        bound.append(Bound("subject", tuple(sorted(set().union(*firms))), ()))
    return Reading(_SHARE, tuple(bound), "value", None, 1.0, 1.0, reply.claims)


def _is_holder(entities: Iterable[str], answerer: Answerer) -> bool:
    return any(answerer.classes.get(e) in (*AGENTS, "Place") for e in entities)


def _of_market(question: Question, answerer: Answerer) -> list[Claim]:
    """The claims of shares of the one market that a question names, the narrowest; else of all."""
    rows = answerer.facts.select(
        "SELECT DISTINCT ?c ?p WHERE { GRAPH ?g {"
        f" ?c rdf:predicate kg:{_SHARE} ; kg:product ?p }} }} ORDER BY ?c"
    )
    meant = answerer.naming.meant
    goods = [k for k in question.links if not _is_holder(k.entities, answerer)]
    named = {e for link in goods for e in link.entities}
    others = {_market(link.text) for link in goods}
    asked = fold(question.text)
    found: dict[str, list[str]] = {}
    for iri, product in rows:
        market = _market(str(product))
        said = re.search(rf"(?<![a-z]){re.escape(market)}(?![0-9a-z])", asked)
        within = any(market in other and market != other for other in others)  # HBM of "HBM 장비"
        if market and ((said and not within) or market in others or meant.get(market) in named):
            found.setdefault(meant.get(market, market), []).append(str(iri))
    if not found and goods:
        return []
    narrowest = max(found, key=lambda market: (len(market), market), default="")
    shares = answerer.facts.claims(found.get(narrowest) or (str(iri) for iri, _ in rows))
    return [c for c in shares if magnitude(c.value) is not None and c.modality != "denied"]


def _market(label: str) -> str:
    return fold(label).removesuffix("시장").removesuffix("market")


def _wanted(question: Question) -> list[str]:
    """What else a question says than that shares are asked for, folded: "중국", "출하량"."""
    usual = {*data("forms")["lists"]["words"], *data("forms")["shares"]["words"]}
    nouns = (t.form for t in question.terms if t.tag.startswith(("NN", "SL", "XR")))
    return [fold(noun) for noun in nouns if noun not in usual and not noun.isdigit()]


def _place(quote: Quote) -> str:
    return fold(" ".join((quote.text, *quote.unit.section)))


def _of_one(found: Sequence[Listing], firm: frozenset[str], question: Question) -> Reply | None:
    """One firm's share, the latest first; in order of time where its change is asked for."""
    from agent.replies.replies import said

    own: dict[str, Claim] = {}
    for listing in found:
        for claim in listing.claims:
            if claim.subject.id in firm:
                own.setdefault(listing.period, claim)
    shown = list(own.values())[:_TIMES]
    if asks_change(question) and (turn := over_time(shown, question)):
        return Reply((turn,), tuple(shown))
    shown = shown[::-1] if asks_change(question) else shown
    return Reply(tuple(said([c], question) for c in shown), tuple(shown)) if shown else None
