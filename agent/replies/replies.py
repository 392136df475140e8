"""Replies by kind of question: claims said, compared, counted, ranked, or sentences quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.aptness import ranked
from agent.evidence.quotes import Quote, Quotes
from agent.evidence.scoring import Scored
from agent.evidence.timing import known_otherwise
from agent.evidence.topics import is_turned_round, own_quotes, tells_goods, those_meant, told_of_all
from agent.questions.linking import fold
from agent.questions.question import Question
from agent.questions.reading import SURE_CELL, Reading
from agent.replies.arithmetic import compare, filtered, superlative
from agent.replies.captioned import named_in_table
from agent.replies.conflicts import reconciled
from agent.replies.grids import over_table
from agent.replies.growth import asks_growth, asks_whether, grown, telling, tells_change
from agent.replies.over_time import over_time
from agent.replies.particulars import may_tell
from agent.replies.phrasing import wording
from agent.replies.quoting import (
    Reply,
    Way,
    abstain,
    definition,
    goes_on,
    quotation,
    quoted,
    repeats,
)
from agent.replies.reasons import headed_reasons
from agent.replies.results import results_reply
from agent.replies.sayings import stated
from agent.replies.summaries import summarised
from agent.replies.sums import worked_out
from agent.replies.wording import conversions, joined, printed_name, say
from agent.words import measure_asked, pattern
from corpus.clean import plain
from kg.claim import Claim, Entity, Evidence
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer

_SURE_CLAIM = 0.5
_LIKELY_CLAIM = 0.6  # of the very figure asked about
_NEAR_BEST = 4  # where a sure claim stands among the best sentences
_ROOM = 360  # characters of an answer
_NOT_BY_CLAIMS = frozenset(
    {"superlative", "compare", "reason", "opinion", "definition", "summary", "boolean", "count"}
)
_SURE_COUNT = 0.4
_OVER_TABLES = frozenset({"superlative", "count", "compare"})
_SAME_TABLE = 0.75
_AHEAD = 2  # how many sentences that rank nothing may stand before a table's row
_YES_NO_NAMES = 2
_VOLATILE = frozenset({"rank", "rankChange", "status", "group", "basis"})
_SURE_RELATION = 0.7
_MOST_SENTENCES = 3
_MOST_LISTED = 30


def reply(
    question: Question,
    reading: Reading | None,
    scored: Sequence[Scored],
    quotes: Quotes,
    answerer: Answerer,
    scope: Collection[str],
) -> Reply:
    """Answer by what fits the question best and stands up to the citation check; else abstain.

    ``quotes`` are made when one is looked at: a table's claim may need none.
    """

    @cache
    def own() -> Sequence[Quote]:
        return own_quotes(question, quotes(), answerer)

    @cache
    def apt() -> Sequence[Quote]:
        return [q for q in own() if may_tell(question, q, answerer)]

    for way in _ways(question, reading, scored, apt, answerer, scope):
        found = way()
        if found and any(answerer.checker.check(s).supported for s in found.sentences):
            return _with_rivals(found, question, scored, answerer)
    return abstain(question, own(), answerer, known_otherwise(question, answerer, scope))


def _with_rivals(
    found: Reply, question: Question, scored: Sequence[Scored], answerer: Answerer
) -> Reply:
    """Add what another report or source says instead, where a figure is told."""
    if question.kind in _OVER_TABLES or question.wants_all or asks_whether(question):
        return found
    both = reconciled(found, question, scored, answerer.dates)
    if both is found or all(answerer.checker.check(s).supported for s in both.sentences[:2]):
        return both
    return found


def _ways(
    question: Question,
    reading: Reading | None,
    scored: Sequence[Scored],
    quotes: Quotes,
    answerer: Answerer,
    scope: Collection[str],
) -> Iterator[Way]:
    """The ways to answer, the most fitting first; each gives ``None`` when it does not apply."""

    def meant() -> Sequence[Quote]:
        return those_meant(question, quotes(), answerer)

    def quote() -> Reply | None:
        found = quoted(question, telling(question, ranked(question, meant()), answerer), answerer)
        told = question.kind in ("reason", "opinion", "definition")
        return goes_on(found, meant(), question, answerer) if told else found

    special: dict[str, Way] = {
        "definition": lambda: definition(question, quotes(), answerer),
        "summary": lambda: summarised(question, quotes(), answerer, scope),
        "compare": lambda: compare(question, scored, answerer.classes),
        "superlative": lambda: superlative(question, scored),
        "count": lambda: _count(question, reading, scored),
        "reason": lambda: headed_reasons(question, quotes(), answerer),
        "opinion": lambda: stated(question, scored, answerer),
        "boolean": lambda: _boolean(question, reading) if _all_bound(question, reading) else None,
    }
    yield lambda: results_reply(question, answerer, scope)
    if question.wants_all:
        yield lambda: filtered(question, scored)
    if question.kind in _OVER_TABLES or question.wants_all:
        table = _about_table(question, quotes())
        yield lambda: over_table(question, quotes(), answerer) if table else None
    yield lambda: grown(question, scored, quotes, answerer, scope)
    if not (asks_growth(question.text) and question.periods):  # whose figures are of periods
        yield lambda: worked_out(question, quotes)
    if question.kind == "count" and not (reading and reading.in_table):
        yield quote
    if question.kind in special:
        yield special[question.kind]
    yield lambda: named_in_table(question, reading, quotes, answerer)
    if reading is not None and question.kind not in _NOT_BY_CLAIMS:
        yield lambda: _by_claims(question, reading, meant)
    yield quote
    if reading is not None and question.kind not in _NOT_BY_CLAIMS:
        sure = reading.score >= _SURE_CLAIM and told_of_all(question, reading.claims)
        yield lambda: claims_reply(question, reading) if sure else None


def _by_claims(question: Question, reading: Reading, quotes: Quotes) -> Reply | None:
    """Say the claims where they stand in the sentence that answers best, and quote that too.

    A table's cells alone say it all; a sentence often says more than its claims.
    """
    if reading.predicate == "states":
        return None  # its own words say it best
    deed = bool(question.classes and question.relations)
    if not told_of_all(question, reading.claims) or (deed and reading.predicate == "hasMetric"):
        return None  # a figure tells no deed
    if asks_growth(question.text) and not tells_change(reading.claims):
        return None
    place = reading.claims[0].evidence
    if reading.is_sure_cell:
        return claims_reply(question, reading)
    places = [claim.evidence for claim in reading.claims]
    at = next((n for n, q in enumerate(quotes()) if any(_covers(q, p) for p in places)), None)
    near = _NEAR_BEST if reading.score >= SURE_CELL or _very_figure(question, reading) else 1
    found = claims_reply(question, reading)
    if at is None or at >= near or reading.score < _SURE_CLAIM:
        said = any(quote.says_it(question.focus) for quote in quotes()[:1])
        very = reading.score >= SURE_CELL and _very_figure(question, reading)
        return found if very and not said else None  # "설비투자" where it says "capex"
    if place.in_table and len(found.sentences) == 1:
        return found
    best = quotes()[at]
    told = "".join(sentence.text for sentence in found.sentences)
    quoted = any(sentence.quoted for sentence in found.sentences)
    if quoted or len(told + best.text) > _ROOM or repeats(best.text, told):
        return found
    return Reply((*found.sentences, quotation(best, question)), found.claims)


def _very_figure(question: Question, reading: Reading) -> bool:
    """Whether claims give the very figure asked about, of the very thing named."""
    own = all(claim.subject.id in question.entities for claim in reading.claims)
    metric, focus = fold(reading.metric or ""), fold(question.focus or "")
    very = bool(focus) and (
        metric.endswith(focus) or metric == fold(measure_asked(question.text, focus))
    )
    return own and very and reading.score >= _LIKELY_CLAIM


def _about_table(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether a question ranges over a table: it says so, or the best unit is in one."""
    if pattern("table").search(question.text):
        return True
    if question.kind == "superlative" and quotes and not quotes[0].fits:
        return any(quote.unit.table is not None for quote in quotes[:_AHEAD])
    return bool(quotes) and quotes[0].unit.table is not None


def _covers(quote: Quote, place: Evidence) -> bool:
    span = quote.unit.span
    return quote.unit.report == place.report and span.start <= place.start < span.end


def claims_reply(question: Question, reading: Reading) -> Reply:
    """Say the claims of a reading: one sentence a subject and modality, newest first."""
    most = _MOST_LISTED if question.wants_all else _MOST_SENTENCES
    current = _once(_current(reading.claims, question))
    if reading.slot == "value" and (told := over_time(current, question)):
        return Reply((told,), tuple(current))
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in current:
        groups.setdefault(_group(claim, reading), []).append(claim)
    told_of = list(groups.values())[:most]
    used = tuple(claim for group in told_of for claim in group)
    return Reply(tuple(said(group, question) for group in told_of), used)


def _current(claims: Sequence[Claim], question: Question) -> list[Claim]:
    """Leave out what a newer report has replaced, unless all of it is asked for."""
    if question.wants_all:
        return list(claims)
    newest: dict[tuple[str, ...], str] = {}
    happened: set[tuple[str, str]] = set()
    kept: list[Claim] = []
    for claim in claims:
        if claim.object and not PREDICATES[claim.predicate].functional:
            event = (claim.subject.id, claim.object.id)
            if claim.modality == "fact":
                happened.add(event)
            elif event in happened and claim.modality in ("plan", "forecast", "rumour"):
                continue  # planned then, done since
        functional = PREDICATES[claim.predicate].functional
        qualifiers = [v for k, v in sorted(claim.qualifiers.items()) if k not in _VOLATILE]
        held = claim.object.id if claim.object else ""
        key = (claim.subject.id, claim.predicate, held, *qualifiers)
        if functional and newest.setdefault(key, claim.evidence.report) != claim.evidence.report:
            continue
        kept.append(claim)
    return kept


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Of claims that tell the same event, keep the one that says most exactly when it was."""
    kept: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        told = claim.object.id if claim.object else claim.id
        value = claim.value.text if claim.value else ""
        key = (claim.predicate, claim.subject.id, told, claim.modality, value)
        if key not in kept or _fineness(claim) > _fineness(kept[key]):
            kept[key] = claim  # in the place of the first
    return list(kept.values())


def _fineness(claim: Claim) -> int:
    return len(claim.qualifiers.get("period") or claim.qualifiers.get("date") or "")


def _group(claim: Claim, reading: Reading) -> tuple[str, ...]:
    """Claims said in one sentence: same modality and, unless it is asked for, same subject."""
    value = claim.value.text if claim.value else ""
    when = claim.qualifiers.get("period") or claim.qualifiers.get("date") or ""
    key = [claim.modality, value, when if reading.slot != "period" else ""]
    if reading.slot == "subject" and claim.object and not value:
        return (
            (*key, "object", claim.object.id)
            if _many_subjects(reading)
            else (*key, claim.subject.id)
        )
    return (
        *key,
        claim.subject.id,
        claim.qualifiers.get("partner", "") if reading.slot == "object" else "",
    )


def _many_subjects(reading: Reading) -> bool:
    objects = {c.object.id for c in reading.claims if c.object}
    return len(objects) == 1


def said(claims: Sequence[Claim], question: Question) -> Sentence:
    """Say claims as one sentence resting on their evidence."""
    if claims[0].modality == "denied":
        return _as_written(claims, question)
    text = say(claims, question.language)
    return Sentence(
        text + ".",
        evidence_of(claims),
        steps=conversions(claims),
        modalities=tuple(dict.fromkeys(c.modality for c in claims)),
    )


def _as_written(claims: Sequence[Claim], question: Question) -> Sentence:
    """Quote what was denied or blocked: its own words say best how."""
    evidence = evidence_of(claims)
    written = plain(evidence[0].quote).strip()
    text = wording()["quotation"][question.language].format(quote=written)
    return Sentence(text, evidence, quoted=True)


def evidence_of(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """Return the evidence of claims, of those that say the same only the first (the newest)."""
    said_once: set[tuple[str, ...]] = set()
    seen: dict[tuple[str, int, int], Evidence] = {}
    for claim in claims:
        what = (
            claim.subject.id,
            claim.object.id if claim.object else "",
            claim.value.text if claim.value else "",
        )
        if what in said_once:
            continue
        said_once.add(what)
        evidence = claim.evidence
        seen.setdefault((evidence.report, evidence.start, evidence.end), evidence)
    return tuple(seen.values())


def answers_of(question: Question, reading: Reading) -> list[tuple[str, Claim]]:
    """Return the distinct things a reading answers with, and a claim for each."""
    found: dict[str, tuple[str, Claim]] = {}
    for claim in reading.claims:
        entity: Entity | None = claim.subject if reading.slot == "subject" else claim.object
        if reading.slot in ("subject", "object") and entity:
            found.setdefault(entity.id, (printed_name(entity, claim, question.language), claim))
        elif label := claim.qualifiers.get(reading.slot):
            found.setdefault(fold(label), (label, claim))
    return list(found.values())


def _count(question: Question, reading: Reading | None, scored: Sequence[Scored]) -> Reply | None:
    """Count the distinct things that answer, and name them; in a table, over all its rows."""
    if reading is None or reading.score < _SURE_COUNT or reading.slot == "value":
        return None
    best = reading.claims[0].evidence
    if best.table:
        rows = [
            s.claim
            for s in scored
            if s.slot == reading.slot
            and (s.claim.evidence.report, s.claim.evidence.table) == (best.report, best.table)
            and s.score >= _SAME_TABLE * reading.score
        ]
        reading = replace(reading, claims=tuple(rows))
    answers = answers_of(question, reading)
    names = [name for name, _ in answers]
    claims = [claim for _, claim in answers]
    step = f"count({', '.join(names)}) = {len(names)}"
    if question.language == "en":
        text = f"{len(names)}: {joined(names, _MOST_LISTED)}."
    else:
        text = f"모두 {len(names)}곳입니다: {joined(names, _MOST_LISTED)}."
    return Reply((Sentence(text, evidence_of(claims), steps=(step,)),), tuple(claims))


def _all_bound(question: Question, reading: Reading | None) -> bool:
    """Whether a reading is about all that the question names, by the relation it asks for."""
    if reading is None or len(question.links) < _YES_NO_NAMES:
        return False
    held = {e for bound in reading.bound for e in (*bound.entities, *bound.labels)}
    asked = question.relations.get(reading.predicate, 0.0) >= _SURE_RELATION
    asked = asked and tells_goods(question, reading.claims[0])
    return asked and len(reading.bound) >= len(question.links) and bool(held)


def _boolean(question: Question, reading: Reading | None) -> Reply | None:
    """Say yes with the claim, or no when it is denied."""
    if reading is None or reading.score < _SURE_CLAIM:
        return None
    base = claims_reply(question, reading)
    modality = reading.claims[0].modality
    denied = modality == "denied"
    yes, no = wording()["yes_no"][question.language]
    if modality in ("plan", "forecast", "rumour") and pattern("done").search(question.text):
        yes = wording()["not_yet"][question.language]
    if is_turned_round(question, reading.claims[0]):
        yes = wording()["turned_round"][question.language]
    first, *rest = base.sentences
    opened = Sentence(
        (no if denied else yes) + first.text,
        first.evidence,
        first.quoted,
        first.steps,
        first.modalities,
    )
    return Reply((opened, *rest), base.claims)
