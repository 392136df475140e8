"""Who holds which share of a market: one firm's, by time; several, side by side or ranked.

Shares of one market stand beside each other only as one report gives them for one time:
"HBM 점유율 1위는?" is answered by the latest of these, not by whichever row says it best.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.arithmetic import magnitude
from agent.korean import fill, particle
from agent.linking import fold
from agent.periods import answers_for
from agent.phrasing import wording
from agent.question import Question
from agent.quoting import Reply, abstain, quoted
from agent.reading import Bound, Reading
from agent.wording import name_of, period_text, value_text
from agent.words import asked_place, data, pattern
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.extent import Extent
    from agent.quotes import Quote
    from kg.claim import Claim

_SHARE = "marketShare"
_FIRMS = 6  # in a sentence
_TIMES = 4  # of one firm
_SPLITS = 3
_AHEAD = frozenset({"forecast", "plan"})
_RANK = re.compile(r"\s*\([^()]*\d위[^()]*\)$")


@dataclass(frozen=True, slots=True)
class Split:
    """A market's shares as one report gives them for one time: the greatest first."""

    claims: tuple[Claim, ...]
    day: dt.date

    @property
    def first(self) -> Claim:
        """The greatest share."""
        return self.claims[0]

    @property
    def ahead(self) -> bool:
        """Whether these are still to come."""
        return any(c.modality in _AHEAD for c in self.claims)


def shares_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, Reading | None] | None:
    """Say the shares asked for, of the time asked for or the latest; else ``None``."""
    form = data("forms")["shares"]
    if not re.search(form["pattern"], text, re.I) or re.search(form["other"], text, re.I):
        return None
    question = answerer.parsed(text, extent.reports)
    firms = [set(k.entities) for k in question.links if _is_holder(k.entities, answerer)]
    claims = [c for c in _of_market(question, answerer) if c.evidence.report in extent.reports]
    splits = _splits([c for c in claims if _covers(question, c, answerer)], answerer, question)
    of_one = len(firms) == 1
    reply = (
        _of_one(splits, firms[0], question)
        if of_one
        else _of_all(splits, firms, question, answerer)
    )
    if reply is not None:
        return question, reply, _reading(reply, firms)
    if not firms and _asks_rank(question):
        return question, _as_written(question, answerer, extent), None
    return None


def _as_written(question: Question, answerer: Answerer, extent: Extent) -> Reply:
    """Quote a sentence that tells of shares and of the market named, else abstain."""
    quotes = answerer.quotes(question, extent.reports)
    words = [*_wanted(question), *(fold(link.text) for link in question.links)]
    told = re.compile(data("forms")["shares"]["told"], re.I)
    fit = [q for q in quotes if told.search(q.text) and _says_all(_place(q), words)]
    return quoted(question, fit, answerer) or abstain(question, quotes, answerer)


def _reading(reply: Reply, firms: Sequence[set[str]]) -> Reading:
    """Return the query that selects the claims told of, among others of that market."""
    markets = tuple(sorted({c.qualifiers["product"] for c in reply.claims}))
    bound = [Bound("product", (), markets)]
    if firms:
        bound.append(Bound("subject", tuple(sorted(set().union(*firms))), ()))
    return Reading(_SHARE, tuple(bound), "value", None, 1.0, 1.0, reply.claims)


def _of_all(
    splits: Sequence[Split], firms: Sequence[set[str]], question: Question, answerer: Answerer
) -> Reply | None:
    """Several firms' shares beside each other: of those named, else of all; those borne out."""
    if firms:
        splits = [_only(split, firms) for split in splits]
    check = answerer.checker.check
    several = (split for split in splits if len(split.claims) > 1)
    borne = (split for split in several if check(_listed(split, question)).supported)
    splits = list(islice(borne, _SPLITS))
    if not splits:
        return None
    return _in_turn(splits, question) if _asks_change(question) else _ranked(splits[0], question)


def _is_holder(entities: Iterable[str], answerer: Answerer) -> bool:
    return any(answerer.classes.get(e) in (*AGENTS, "Place") for e in entities)


def _of_market(question: Question, answerer: Answerer) -> list[Claim]:
    """The claims of shares of the one market that the question names, the narrowest it names."""
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
    if not found:
        return []
    narrowest = max(found, key=lambda market: (len(market), market))
    shares = answerer.facts.claims(found[narrowest])
    return [c for c in shares if magnitude(c.value) is not None and c.modality != "denied"]


def _market(label: str) -> str:
    return fold(label).removesuffix("시장").removesuffix("market")


def _covers(question: Question, claim: Claim, answerer: Answerer) -> bool:
    """Whether a claim's place says what else the question does: "중국 …", "출하량 기준 …"."""
    place = claim.evidence
    around = (place.quote, place.table, place.row, place.column, *place.section)
    said = fold(" ".join(filter(None, (*around, answerer.caption(place)))))
    return _says_all(said, _wanted(question))


def _wanted(question: Question) -> list[str]:
    """What else a question says than that shares are asked for, folded: "중국", "출하량"."""
    usual = data("forms")["shares"]["words"]
    nouns = (t.form for t in question.terms if t.tag.startswith(("NN", "SL", "XR")))
    return [fold(noun) for noun in nouns if noun not in usual and not noun.isdigit()]


def _says_all(text: str, words: Iterable[str]) -> bool:
    """Tell whether a folded text has all of some folded words."""
    return all(word in text for word in words)


def _place(quote: Quote) -> str:
    return fold(" ".join((quote.text, *quote.unit.section)))


def _splits(claims: Sequence[Claim], answerer: Answerer, question: Question) -> list[Split]:
    """The shares by report and time, those of the time asked for, else the latest first."""
    groups: dict[tuple[str, str], dict[str, Claim]] = {}
    for claim in sorted(claims, key=lambda c: (-float(c.confidence), c.evidence.start)):
        period = claim.qualifiers.get("period", "")
        if question.periods and not (period and _is_of(period, question)):
            continue
        groups.setdefault((claim.evidence.report, period), {}).setdefault(claim.subject.id, claim)
    splits = [
        Split(_by_size(own.values()), answerer.dates[report]) for (report, _), own in groups.items()
    ]
    return sorted(splits, key=_recency, reverse=True)


def _is_of(period: str, question: Question) -> bool:
    return any(answers_for(asked, period) for asked in question.periods)


def _by_size(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (-(magnitude(c.value) or 0), c.subject.id)))


def _recency(split: Split) -> tuple[bool, dt.date, dt.date, str]:
    """What has come before what is foretold; the last time told of, then the last report."""
    from extractors.table_periods import ends

    last = ends(split.first.qualifiers.get("period", "")) or split.day
    return not split.ahead, min(last, split.day), split.day, split.first.id


def _only(split: Split, firms: Sequence[set[str]]) -> Split:
    """The shares of some firms; none unless all of them have one."""
    own = tuple(c for c in split.claims if any(c.subject.id in firm for firm in firms))
    return Split(own if len(own) == len(firms) else (), split.day)


def _of_one(splits: Sequence[Split], firm: set[str], question: Question) -> Reply | None:
    """One firm's share, the latest first; in order of time where its change is asked for."""
    from agent.replies import said

    own: dict[str, Claim] = {}
    for split in splits:
        for claim in split.claims:
            if claim.subject.id in firm:
                own.setdefault(claim.qualifiers.get("period", ""), claim)
    told = list(own.values())[:_TIMES]
    told = told[::-1] if _asks_change(question) else told
    return Reply(tuple(said([c], question) for c in told), tuple(told)) if told else None


def _in_turn(splits: Sequence[Split], question: Question) -> Reply:
    """The last splits in order of time, each a sentence."""
    told = [split for split in splits if not split.ahead][::-1] or splits[:1]
    sentences = tuple(_listed(split, question) for split in told)
    return Reply(sentences, tuple(c for split in told for c in split.claims[:_FIRMS]))


def _ranked(split: Split, question: Question) -> Reply:
    """The shares side by side; first who stands where the question asks."""
    sentences = [_listed(split, question)]
    low = bool(pattern("low").search(question.text))
    place = asked_place(question.text) or 1
    ranks = _ranks(split.claims[::-1] if low else split.claims)
    if _asks_rank(question) and place in ranks:
        texts = wording()["shares"][question.language]
        text = texts["low" if low else "rank"]
        gap = " " if question.language == "en" else ""
        who = ", ".join(
            f"{name_of(c.subject, question.language)}{gap}({_size(c)})" for c in ranks[place]
        )
        sentences.insert(0, _sentence(text, split, question, listed=who, place=str(place)))
    return Reply(tuple(sentences), split.claims[:_FIRMS])


def _ranks(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """Who stands at which place: equals at the same, the next after all of them."""
    ranks: dict[int, list[Claim]] = {}
    for _, equals in groupby(claims, key=lambda c: magnitude(c.value)):
        ranks[1 + sum(map(len, ranks.values()))] = list(equals)
    return ranks


def _asks_change(question: Question) -> bool:
    return re.search(data("forms")["shares"]["changing"], question.text, re.I) is not None


def _asks_rank(question: Question) -> bool:
    ranked = re.search(data("forms")["shares"]["ranked"], question.text, re.I) is not None
    return ranked or question.kind == "superlative" or asked_place(question.text) is not None


def _listed(split: Split, question: Question) -> Sentence:
    shown = split.claims[:_FIRMS]
    listed = ", ".join(f"{name_of(c.subject, question.language)} {_size(c)}" for c in shown)
    return _sentence(
        wording()["shares"][question.language]["listed"], split, question, listed=listed
    )


def _size(claim: Claim) -> str:
    """A share as printed, without the rank that stands beside it: "38.6% (1위)"."""
    return _RANK.sub("", value_text(claim.value)) if claim.value else ""


def _sentence(text: str, split: Split, question: Question, **slots: str) -> Sentence:
    """Say something of a split, which rests on all its shares; as far as it is sure."""
    from agent.replies import evidence_of

    shown, first = split.claims[:_FIRMS], split.first
    period = period_text(first.qualifiers.get("period", ""), question.language)
    if period:
        slots["period"] = f" ({period})" if question.language == "en" else f"{period} "
    body = fill(text, **{"period": "", "market": first.qualifiers["product"], **slots})
    if question.language == "ko":
        body = _told(body, next((c for c in shown if c.modality in _AHEAD), first))
    elif split.ahead:
        body = f"Expected: {body}"
    order = "max: " + " > ".join(f"{c.subject.label} {_size(c)}" for c in shown)
    place = f": {slots['place']}위" if "place" in slots else ""
    modalities = tuple(dict.fromkeys(c.modality for c in shown))
    return Sentence(f"{body}.", evidence_of(shown), steps=(order + place,), modalities=modalities)


def _told(body: str, claim: Claim) -> str:
    """Add who says so, if anybody does, and an ending that says how sure it is."""
    ending: str = wording()["copula_endings"][claim.modality]
    pair = re.match(r"\{:([^}]+)\}", ending)
    said = body + (particle(body, pair[1]) + ending[pair.end() :] if pair else ending)
    who = claim.attributed_to
    return (fill(wording()["attribution"]["ko"], who=who) if who else "") + said
