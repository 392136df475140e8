"""Replies by kind of question: claims said, compared, counted, ranked, or sentences quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.arithmetic import compare, filtered, superlative
from agent.korean import particle
from agent.linking import fold
from agent.question import Question
from agent.quotes import Quote
from agent.reading import Reading
from agent.scoring import Scored
from agent.wording import conversions, joined, printed_name, say, wording
from agent.words import data, pattern
from corpus.clean import plain
from kg.claim import Claim, Entity, Evidence
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer

_SURE_CLAIM = 0.5
_QUOTE_LEAD = 0.15  # so much better a sentence must be to be preferred to a claim
_NOT_BY_CLAIMS = frozenset(
    {"superlative", "compare", "reason", "opinion", "definition", "summary", "boolean", "count"}
)
_SURE_COUNT = 0.4
_SAME_TABLE = 0.75
_YES_NO_NAMES = 2
_VOLATILE = frozenset({"rank", "rankChange", "status", "group", "basis"})
_SURE_RELATION = 0.7
_SURE_QUOTE = 0.38
_MOST_SENTENCES = 3
_MOST_LISTED = 30
_SUMMARY_SENTENCES = 5
_SUMMARY_FLOOR = 0.15
_SAME_WORDS = 0.6
_NEARBY = 0.75


@dataclass(frozen=True, slots=True)
class Reply:
    """Unchecked sentences of an answer, the claims they say, and whether it abstains."""

    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...] = ()
    abstained: bool = False
    reason: str | None = None


def reply(
    question: Question,
    reading: Reading | None,
    scored: Sequence[Scored],
    quotes: Sequence[Quote],
    answerer: Answerer,
    scope: Collection[str],
) -> Reply:
    """Answer by what fits the question best and stands up to the citation check; else abstain."""
    for way in _ways(question, reading, scored, quotes, answerer, scope):
        found = way()
        if found and any(answerer.checker.check(s).supported for s in found.sentences):
            return found
    return _abstain(question, quotes, answerer)


Way = Callable[[], "Reply | None"]


def _ways(
    question: Question,
    reading: Reading | None,
    scored: Sequence[Scored],
    quotes: Sequence[Quote],
    answerer: Answerer,
    scope: Collection[str],
) -> Iterator[Way]:
    """The ways to answer, the most fitting first; each gives ``None`` when it does not apply."""

    def quoted() -> Reply | None:
        found = _quoted(question, quotes, most=1)
        goes_on = question.kind in ("reason", "opinion", "definition")
        return _continued(found, quotes, question, answerer) if goes_on else found

    special: dict[str, Way] = {
        "definition": lambda: _definition(question, quotes, answerer),
        "summary": lambda: (
            _summary(question, quotes)
            if question.links or question.terms
            else _highlights(question, answerer, scope)
        ),
        "compare": lambda: compare(question, scored, answerer.classes),
        "superlative": lambda: superlative(question, scored),
        "count": lambda: _count(question, reading, scored),
        "boolean": lambda: _boolean(question, reading) if _all_bound(question, reading) else None,
    }
    if question.wants_all:
        yield lambda: filtered(question, scored)
    if question.kind == "count" and not _in_table(reading):
        yield quoted
    if question.kind in special:
        yield special[question.kind]
    best = quotes[0].score if quotes else 0.0
    claims = reading is not None and question.kind not in _NOT_BY_CLAIMS
    if claims and reading and reading.score >= max(_SURE_CLAIM, best - _QUOTE_LEAD):
        yield lambda: claims_reply(question, reading)
    yield quoted
    if claims and reading and reading.score >= _SURE_CLAIM:
        yield lambda: claims_reply(question, reading)


def _in_table(reading: Reading | None) -> bool:
    return reading is not None and reading.claims[0].evidence.table is not None


def claims_reply(question: Question, reading: Reading) -> Reply:
    """Say the claims of a reading: one sentence a subject and modality, newest first."""
    most = _MOST_LISTED if question.wants_all else _MOST_SENTENCES
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in _current(reading.claims, question):
        groups.setdefault(_group(claim, reading), []).append(claim)
    sentences = [said(group, question) for group in list(groups.values())[:most]]
    used = [c for group in list(groups.values())[:most] for c in group]
    return Reply(tuple(sentences), tuple(used))


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
        key = (
            claim.subject.id,
            claim.predicate,
            claim.object.id if claim.object else "",
            *qualifiers,
        )
        if functional and newest.setdefault(key, claim.evidence.report) != claim.evidence.report:
            continue
        kept.append(claim)
    return kept


def _group(claim: Claim, reading: Reading) -> tuple[str, ...]:
    """Claims said in one sentence: same modality and, unless it is asked for, same subject."""
    value = claim.value.text if claim.value else ""
    timed = PREDICATES[claim.predicate].functional or value
    key = [claim.modality, value, claim.qualifiers.get("period", "") if timed else ""]
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


def _quoted(question: Question, quotes: Sequence[Quote], *, most: int) -> Reply | None:
    good = [q for q in quotes if q.score >= _SURE_QUOTE and q.fits]
    if not good:
        return None
    chosen = [good[0], *(q for q in good[1:most] if q.score >= 0.85 * good[0].score)]
    return Reply(tuple(quotation(q, question) for q in chosen))


def quotation(quote: Quote, question: Question) -> Sentence:
    """Quote one sentence, called a quotation."""
    text = wording()["quotation"][question.language].format(quote=quote.text)
    return Sentence(text, (quote.evidence,), quoted=True)


def _continued(
    found: Reply | None, quotes: Sequence[Quote], question: Question, answerer: Answerer
) -> Reply | None:
    """Quote the next sentence too, where it goes on with the one quoted."""
    if found is None:
        return None
    start = found.sentences[0].evidence[0].start
    quote = next(q for q in quotes if q.evidence.start == start)
    after = answerer.quoter.following(quote, answerer.report(quote.evidence.report))
    return Reply((*found.sentences, quotation(after, question))) if after else found


def _definition(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Quote the sentence that says what the thing is, if there is one, and what goes on with it."""
    phrases = [t.form for t in question.terms if t.tag == "PHRASE"]
    names = phrases or [link.text for link in question.links]
    names = names or [t.form for t in question.terms if t.tag.startswith(("NN", "SL"))]
    ranked = []
    for quote in quotes:
        shapes = [
            number
            for number, shape in enumerate(data("questions")["defines"])
            for name in names
            if re.search(shape.format(name=re.escape(name)), quote.text, re.I)
        ]
        if shapes and quote.names >= _NEARBY:
            ranked.append((min(shapes) - 2 * quote.score, quote.evidence.start, quote))
    if not ranked:
        return None
    best = min(ranked, key=lambda r: r[:2])[2]
    return _continued(Reply((quotation(best, question),)), quotes, question, answerer)


def _summary(question: Question, quotes: Sequence[Quote]) -> Reply | None:
    """Quote the sentences that together cover most: first the best on each thing named."""
    good = [q for q in quotes if q.score >= _SUMMARY_FLOOR and len(q.text) > 20]
    first = [
        next((q for q in good if fold(link.text) in fold(q.text)), None) for link in question.links
    ]
    most = max(_SUMMARY_SENTENCES, len(question.links))
    chosen: list[Quote] = []
    for quote in [*(q for q in first if q), *good]:
        words = set(re.findall(r"\w{2,}", quote.text))
        said = (set(re.findall(r"\w{2,}", c.text)) for c in chosen)
        if all(len(words & other) < _SAME_WORDS * len(words) for other in said):
            chosen.append(quote)
        if len(chosen) == most:
            break
    if not chosen:
        return None
    ordered = sorted(chosen, key=lambda q: (q.evidence.report, q.evidence.start))
    return Reply(tuple(quotation(q, question) for q in ordered))


def _highlights(question: Question, answerer: Answerer, scope: Collection[str]) -> Reply | None:
    """Quote how the newest report in scope opens: its highlights, a sentence a paragraph."""
    newest = max(scope, key=lambda r: (answerer.dates[r], r), default=None)
    if newest is None:
        return None
    report = answerer.report(newest)
    opening = next(
        (s for s in report.sections if pattern("highlights").search(" ".join(s.path))), None
    )
    passages = [
        p
        for p in report.passages
        if p.kind == "prose" and (opening is None or p.section[: len(opening.path)] == opening.path)
    ]
    chosen = [answerer.quoter.first(report, p.span) for p in passages]
    quoted = [quotation(q, question) for q in chosen if q]
    return Reply(tuple(quoted[:_SUMMARY_SENTENCES])) if quoted else None


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
    return asked and len(reading.bound) >= len(question.links) and bool(held)


def _boolean(question: Question, reading: Reading | None) -> Reply | None:
    """Say yes with the claim, or no when it is denied."""
    if reading is None or reading.score < _SURE_CLAIM:
        return None
    base = claims_reply(question, reading)
    denied = reading.claims[0].modality == "denied"
    yes, no = ("네, ", "아니요, ") if question.language == "ko" else ("Yes: ", "No: ")
    first, *rest = base.sentences
    opened = Sentence(
        (no if denied else yes) + first.text,
        first.evidence,
        first.quoted,
        first.steps,
        first.modalities,
    )
    return Reply((opened, *rest), base.claims)


def _abstain(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply:
    """Say that the reports do not answer, and what they last said of the thing asked about."""
    texts = wording()["abstain"]
    sentences = [Sentence(texts[question.language], ())]
    nearby = next(
        (q for q in quotes if question.links and q.names >= 0.99 and len(q.text) > 15), None
    )
    if nearby:
        info = answerer.facts.report(nearby.evidence.report)
        said_nearby = "마지막 언급" if question.language == "ko" else "Last mention"
        text = f"{said_nearby}({info.date.isoformat()}): “{nearby.text}”"
        sentences.append(Sentence(text, (nearby.evidence,), quoted=True))
    missing = question.focus or ", ".join(link.text for link in question.links) or question.text
    pair = particle(missing, "을/를")
    reason = (
        f"{missing}{pair} 말하는 대목이 없음"
        if question.language == "ko"
        else f"nothing says {missing!r}"
    )
    return Reply(tuple(sentences), (), abstained=True, reason=reason)
