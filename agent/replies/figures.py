"""Who has most of a figure, and which of some: sales, spending, capacity, people, scores.

Only figures of one list are compared (:mod:`agent.replies.lists`); where the reports have none for
what is named, the figures are told as of different times or units, and not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.citing.figures import figures as counted
from agent.korean import fill
from agent.questions.linking import fold
from agent.questions.question import Question
from agent.questions.reading import Bound, Reading
from agent.replies.arithmetic import magnitude
from agent.replies.conflicts import former
from agent.replies.growth import bare_of
from agent.replies.lists import amount, listings, said_beside, says_all, size_text
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply, abstain
from agent.replies.ranking import asks_rank, told
from agent.replies.wording import name_of, period_text, say
from agent.words import data, modality_words, pattern, synonyms
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.extent import Extent
    from agent.replies.lists import Listing
    from kg.claim import Claim

_ENOUGH = 3  # figures of a list that goes before a shorter one of a later time
_RAISED, _SCORE = "조달액", "점수"
_SINCE = 2  # figures that a later report has changed
_UNCOUNTED = frozenset({"", "위", "년", "월", "일", "분기", "개월"})
_PREDICATES = ("hasMetric", "scores", "marketSize")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a question compares by: the ``names`` of a figure, said at ``start:end``."""

    names: tuple[str, ...]
    start: int
    end: int
    grows: bool
    asked: str

    def is_of(self, claim: Claim) -> bool:
        """Tell whether a claim gives this figure, or how much it grew where that is asked for."""
        metric = claim.qualifiers.get("metric", "")
        if claim.predicate != "hasMetric":
            of = data("forms")["figures"]["predicates"].get(claim.predicate, ())
            return not self.grows and any(name in of for name in self.names)
        if self.grows:
            rate = re.search(data("forms")["growth"]["rates"], metric, re.I)
            return rate is not None and self._has_grown(bare_of(claim))
        if _is_raised(claim):
            metric = _RAISED
        *limits, head = metric.split() or [""]
        wide = data("forms")["figures"]["wide"]
        names = {name.removesuffix(" 수") for name in self.names}
        within = head in self.names and all(word in wide for word in limits)
        return within or metric.removesuffix(" 수") in names

    def _has_grown(self, bare: str) -> bool:
        """Whether what a rate is of, folded, is this figure, or a part that the question names."""
        shape = data("forms")["growth"]["rate_noun"]
        names = (re.sub(shape, "", fold(name)) for name in self.names)
        return any(bare.endswith(n) and bare.removesuffix(n) in self.asked for n in names if n)


def figures_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, Reading | None] | None:
    """Say who has most, or more, of the figure asked for; ``None`` for any other question."""
    question = answerer.parsed(text, extent.reports)
    asked = asks_rank(question) or question.kind == "compare"
    measure = measure_of(question, answerer) if asked else None
    if measure is None or question.horizon or pattern("table").search(text):
        return None
    claims = [c for c in claims_with(measure, answerer) if c.evidence.report in extent.reports]
    subjects = {c.subject.id for c in claims}
    sides = [frozenset(k.entities) for k in question.links if subjects & set(k.entities)]
    firms = [
        k for k in question.links if any(answerer.classes.get(e) in AGENTS for e in k.entities)
    ]
    lacking = question.kind == "compare" and len(firms) > max(1, len(sides))
    each = re.search(data("forms")["figures"]["each"], text)
    if not lacking and (len(sides) == 1 or not (sides or each or asks_rank(question))):
        return None
    covered = [c for c in claims if _covers(c, question, measure, sides, answerer)]
    covered = _of_kind(covered, question) if question.classes and not sides else covered
    found = listings(covered, _what, question, answerer, enough=_ENOUGH)
    if lacking:
        return question, _lacking(question, found, answerer, extent), None
    reply = told(found, sides, question, answerer, among=True)
    if reply is not None:
        reply = _with_later(reply, covered, question, answerer)
    elif sides:
        reply = _apart(found, sides, question) or _lacking(question, found, answerer, extent)
    elif asks_rank(question):
        return question, _as_told(question, measure, answerer, extent), None
    return (question, reply, _reading(reply) if reply.claims else None) if reply else None


def measure_of(question: Question, answerer: Answerer) -> Measure | None:
    """Return the one figure that a question speaks of, by the longest name that it has."""
    form = data("forms")["figures"]
    text = question.text
    grows = re.search(form["grows"], text) is not None
    found = sorted(_named(question, answerer), key=lambda m: (m[0] - m[1], m[0]))
    kept: dict[tuple[int, int], list[str]] = {}
    for start, end, name in found:
        inside = any(start < b and a < end for a, b in kept if (a, b) != (start, end))
        of_kind = re.match(form["kinds"], text[end:]) is not None
        if not inside and not of_kind and not (grows and re.fullmatch(form["rate"], name)):
            kept.setdefault((start, end), []).append(name)
    if len(kept) > 1:  # "메모리 설비투자가": the one that the question goes on with
        kept = {at: names for at, names in kept.items() if re.match(_GOES_ON, text[at[1] :])}
    if len({name for names in kept.values() for name in names[:1]}) != 1:
        return None
    (start, end), names = next(iter(kept.items()))
    return Measure(tuple(dict.fromkeys(names)), start, end, grows, fold(text))


_OF_TIME = re.compile(r"(?:19|20)\d\d년")  # a time that is most of all, where a thing is asked for
_GOES_ON = r"(?:은|는|이|가|을|를|의)(?![가-힣])"


def _named(question: Question, answerer: Answerer) -> Iterator[tuple[int, int, str]]:
    """The places where a question says a figure's name: as reports call it, or a column.

    A column's name counts where it has more in it than a known one, or none is known.
    """
    from extractors.values.metric_data import load_metrics

    known, text = load_metrics(), question.text
    taken = [range(link.start, link.end) for link in question.links]
    found = [
        (*match.span("word"), known.words[match["word"]].name)
        for match in known.pattern.finditer(text)
        if not any(match.start() in names for names in taken)
    ]
    for name, shape in data("forms")["figures"]["named"].items():
        if said := re.search(shape, text, re.I):
            found.append((*said.span(), str(name)))
    if not found and asks_rank(question):  # "MMLU가 더 높은": by how much it gives
        tests = (k for k in question.links if answerer.classes.get(k.entities[0]) == "Benchmark")
        found = [(k.start, k.end, _SCORE) for k in tests]
    yield from found
    rows = answerer.facts.select(
        "SELECT DISTINCT ?m WHERE { GRAPH ?g { ?c kg:metric ?m } } ORDER BY ?m"
    )
    for row in rows:
        label = str(row[0])
        at = text.find(label) if len(label) > 1 else -1
        if at < 0:
            continue
        end = at + len(label)
        ends = re.match(r"(?:은|는|이|가|을|를|의|로|\s|\?|$)", text[end:])
        named = any(at in names and end - 1 in names for names in taken)
        within = not found or any(a < end and at < b for a, b, _ in found)
        if ends and within and not named and not text[at - 1 : at].strip():
            yield at, end, label


def claims_with(measure: Measure, answerer: Answerer) -> list[Claim]:
    """Return all claims that give a figure, but those denied or replaced."""
    found: list[Claim] = []
    for predicate in _PREDICATES:
        rows = answerer.facts.select(
            "SELECT DISTINCT ?c WHERE { GRAPH ?g {"
            f" ?c rdf:predicate kg:{predicate} }} }} ORDER BY ?c"
        )
        claims = answerer.facts.claims(str(row[0]) for row in rows)
        found += [c for c in claims if measure.is_of(c)]
    return [
        c
        for c in found
        if magnitude(c.value) is not None and c.modality != "denied" and not former(c)
    ]


def _covers(
    claim: Claim,
    question: Question,
    measure: Measure,
    sides: Sequence[frozenset[str]],
    answerer: Answerer,
) -> bool:
    """Whether a claim is of all that a question says, and of nothing narrower."""
    asked = fold(question.text)
    named = {e for side in sides for e in side}
    limits = (claim.qualifiers.get(key, "") for key in ("product", "condition"))
    if any(limit and fold(limit) not in asked for limit in limits):
        return False
    narrowing = [k for k in question.links if not named & set(k.entities)]
    own = {claim.object.id} if claim.object else set()
    beside = said_beside(claim, answerer)
    if not all(own & set(k.entities) or fold(k.text) in beside for k in narrowing):
        return False
    groups = _groups(question)
    if not all(fold(g) in beside or claim.subject.id in ids for g, ids in groups.items()):
        return False
    return says_all(beside, _wanted(question, measure))


def _of_kind(claims: Sequence[Claim], question: Question) -> list[Claim]:
    """The figures of what is of the kind asked for, with those told in one sentence with them."""
    kinds = {*question.classes, *(("Model",) if "Software" in question.classes else ())}
    own = {(c.evidence.report, c.evidence.quote) for c in claims if c.subject.cls in kinds}
    return [c for c in claims if (c.evidence.report, c.evidence.quote) in own]


def _groups(question: Question) -> dict[str, list[str]]:
    """The kinds of firms that a question names, and who is of them."""
    known: dict[str, list[str]] = data("forms")["figures"]["groups"]
    return {word: ids for word, ids in known.items() if word in question.text}


def _wanted(question: Question, measure: Measure) -> list[str]:
    """What else a question says than which figure of whom: "국내"."""
    usual = {*data("forms")["lists"]["words"], *data("forms")["figures"]["words"]}
    usual |= modality_words("plan") | modality_words("forecast")
    own = [range(measure.start, measure.end)]
    own += [
        range(m.start(), m.end()) for g in _groups(question) for m in re.finditer(g, question.text)
    ]
    terms = (t for t in question.terms if not any(t.start in taken for taken in own))
    trade = re.compile(data("forms")["figures"]["trades"], re.I)
    terms = (t for t in terms if not trade.match(question.text, t.start))
    nouns = (t.form for t in terms if t.tag.startswith(("NN", "SL", "XR")))
    return [fold(noun) for noun in nouns if noun not in usual and not noun.isdigit()]


def _what(claim: Claim) -> str:
    """What a claim gives the figure of: "전년 대비 매출 증가율", "GPQA 점수"."""
    if claim.predicate != "hasMetric":
        name = data("forms")["figures"]["predicates"][claim.predicate][0]
        return " ".join(filter(None, (claim.object.label if claim.object else "", name)))
    metric = _RAISED if _is_raised(claim) else claim.qualifiers["metric"]
    if metric in data("forms")["figures"]["spans"]:
        spans = re.search(data("forms")["figures"]["span"], claim.evidence.quote)
        metric = f"{spans[0]} {metric}" if spans else metric
    parts = (claim.qualifiers.get("basis"), claim.qualifiers.get("product"), metric)
    return " ".join(filter(None, parts))


def _is_raised(claim: Claim) -> bool:
    """Whether a sum of an investment is what somebody raised, not what they put in."""
    invested = claim.qualifiers.get("metric") == "투자금"
    raised = data("forms")["figures"]["raised"]
    return invested and re.search(raised, claim.evidence.quote) is not None


def _with_later(
    reply: Reply, claims: Sequence[Claim], question: Question, answerer: Answerer
) -> Reply:
    """Add what a later report gives instead for a figure that is told."""
    dates, texts = answerer.dates, wording()["conflict"][question.language]
    later: dict[str, Claim] = {}
    for claim in reply.claims:
        day = dates[claim.evidence.report]
        newer = [c for c in claims if _is_same(c, claim) and dates[c.evidence.report] > day]
        if newer:
            last = max(newer, key=lambda c: (dates[c.evidence.report], c.confidence, c.id))
            if amount(last) != amount(claim):
                later.setdefault(last.id, last)
    sentences = [
        Sentence(
            fill(
                texts["report"],
                date=dates[claim.evidence.report].isoformat(),
                said=say([claim], question.language),
            ),
            (claim.evidence,),
            modalities=(claim.modality,),
        )
        for claim in list(later.values())[:_SINCE]
    ]
    return Reply((*reply.sentences, *sentences), reply.claims)


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims give one figure of one thing, time and kind of certainty."""
    return _figure(one) == _figure(other)


def _figure(claim: Claim) -> tuple[object, ...]:
    """What tells figures apart, but for how much they are."""
    unit = claim.value and (claim.value.currency, claim.value.unit)
    told = claim.subject.id, fold(_what(claim)), claim.qualifiers.get("period")
    return *told, unit, claim.modality == "fact"


def _apart(
    found: Sequence[Listing],
    sides: Sequence[frozenset[str]],
    question: Question,
) -> Reply | None:
    """Tell the figures of those named that no list has together, each with its time and report."""
    from agent.replies.replies import evidence_of

    own: list[tuple[Claim, Listing]] = []
    for side in sides:
        fit = ((c, f) for f in found for c in f.claims if c.subject.id in side)
        if first := next(fit, None):
            own.append(first)
    if len(own) < len(sides):
        return None
    names = wording()["modality_names"][question.language]
    parts = []
    for claim, listing in own:
        when = period_text(listing.period, question.language)
        notes = [names.get(claim.modality, ""), f"{listing.day.isoformat()} 보고서"]
        told_as = " ".join(filter(None, (when, listing.what, size_text(claim))))
        name = name_of(claim.subject, question.language)
        parts.append(f"{name} {told_as}({', '.join(filter(None, notes))})")
    claims = tuple(claim for claim, _ in own)
    text = fill(wording()["lists"][question.language]["apart"], listed=", ".join(parts))
    modalities = tuple(dict.fromkeys(("fact", *(c.modality for c in claims))))
    return Reply((Sentence(f"{text}.", evidence_of(claims), modalities=modalities),), claims)


def _lacking(
    question: Question,
    found: Sequence[Listing],
    answerer: Answerer,
    extent: Extent,
) -> Reply:
    """What else is found where not all of those named have the figure; else what is known."""
    from agent.replies.replies import said

    other = answerer.one_hop(question.text, extent.reports)
    beside = " ".join(_beside(s, answerer) for s in other.reply.sentences)
    if not other.reply.abstained and says_all(beside, [fold(k.text) for k in question.links]):
        return other.reply
    quotes = answerer.quotes(question, extent.reports)
    own = [c for f in found[:1] for c in f.claims if c.subject.id in question.entities]
    return abstain(question, quotes, answerer, [said([c], question) for c in own[:1]])


def _as_told(question: Question, measure: Measure, answerer: Answerer, extent: Extent) -> Reply:
    """What else is found for a rank: a table's, or a sentence that ranks; else abstain."""
    said = answerer.one_hop(question.text, extent.reports)
    words = {fold(w) for w in (question.text[measure.start : measure.end], *measure.names)}
    words |= {fold(w) for name in tuple(words) for w in synonyms(name)}
    first = list(said.reply.sentences[:1]) if not said.reply.abstained else []
    first = [s for s in first if not (question.classes and _OF_TIME.match(s.text))]
    ranks = [s for s in first if (_ranks(s.text) if s.quoted else s.evidence[0].in_table)]
    if any(word in _beside(s, answerer) for s in ranks for word in words):
        rest = said.reply.sentences[1:] if not ranks[0].quoted else ()
        return Reply((*ranks, *rest), said.reply.claims)
    return abstain(question, answerer.quotes(question, extent.reports), answerer)


def _ranks(text: str) -> bool:
    """Whether a sentence says that something is most, with a figure that is counted."""
    return bool(pattern("most").search(text)) and any(
        f.unit and f.unit not in _UNCOUNTED for f in counted(text)
    )


def _beside(sentence: Sentence, answerer: Answerer) -> str:
    """All that is said where a sentence of an answer is from, folded."""
    places = sentence.evidence
    parts = (p for e in places for p in (e.quote, e.row, e.column, *e.section, answerer.caption(e)))
    return fold(" ".join(part or "" for part in parts))


def _reading(reply: Reply) -> Reading:
    """Return the query that selects the claims told of."""
    first = reply.claims[0]
    subjects = tuple(sorted({c.subject.id for c in reply.claims}))
    bound = (Bound("subject", subjects, ()),)
    metric = first.qualifiers.get("metric")
    return Reading(first.predicate, bound, "value", metric, 1.0, 1.0, reply.claims)
