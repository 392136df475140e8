"""Replies by kind of question: claims said, compared, counted, ranked, or sentences quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
from agent.wording import joined, printed_name, say, wording
from corpus.clean import plain
from kg.claim import Claim, Entity, Evidence

if TYPE_CHECKING:
    from agent.answerer import Answerer

_SURE_CLAIM = 0.5
_SURE_COUNT = 0.4
_SAME_TABLE = 0.75
_SURE_QUOTE = 0.42
_MOST_SENTENCES = 3
_MOST_EVIDENCE = 3
_MOST_LISTED = 30
_SUMMARY_SENTENCES = 5
_DEFINES = (
    r"{name}\s?\([^)]{{4,}}\)",
    r"{name}(이란|란|이라는 것은|는 것은)",
    r"{name}(은|는|이|가)?[^.]*(뜻|의미|말한다|일컫|가리키|정의|개념|기술|방식|지표|벤치마크|이다|입니다|기업|프로그램|를 말)",
)


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
) -> Reply:
    """Answer by what fits the kind of question best; abstain when nothing is good enough."""
    special: dict[str, Callable[[], Reply | None]] = {
        "definition": lambda: _definition(question, quotes),
        "summary": lambda: _summary(question, quotes),
        "reason": lambda: _quoted(question, quotes, most=2),
        "opinion": lambda: _quoted(question, quotes, most=2),
        "compare": lambda: compare(question, scored),
        "superlative": lambda: superlative(question, scored),
        "count": lambda: _count(question, reading, scored),
        "boolean": lambda: _boolean(question, reading),
    }
    if question.wants_all and (listed := filtered(question, scored)):
        return listed
    tried = special[question.kind]() if question.kind in special else None
    found = tried or _best(question, reading, quotes)
    return found or _abstain(question, quotes, answerer)


def _best(question: Question, reading: Reading | None, quotes: Sequence[Quote]) -> Reply | None:
    """Say the claims or quote the sentence, whichever covers the question better."""
    quote = quotes[0].score if quotes else 0.0
    if reading and reading.score >= _SURE_CLAIM and reading.score >= quote - 0.15:
        return claims_reply(question, reading)
    return _quoted(question, quotes, most=1)


def claims_reply(question: Question, reading: Reading) -> Reply:
    """Say the claims of a reading: one sentence a subject and modality, newest first."""
    most = _MOST_LISTED if question.wants_all else _MOST_SENTENCES
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in reading.claims:
        groups.setdefault(_group(claim, reading), []).append(claim)
    sentences = [said(group, question) for group in list(groups.values())[:most]]
    used = [c for group in list(groups.values())[:most] for c in group]
    return Reply(tuple(sentences), tuple(used))


def _group(claim: Claim, reading: Reading) -> tuple[str, ...]:
    """Claims said in one sentence: same modality and, unless it is asked for, same subject."""
    value = claim.value.text if claim.value else ""
    key = [claim.modality, value, claim.qualifiers.get("period", "")]
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
        modalities=tuple(dict.fromkeys(c.modality for c in claims)),
    )


def _as_written(claims: Sequence[Claim], question: Question) -> Sentence:
    """Quote what was denied or blocked: its own words say best how."""
    evidence = evidence_of(claims)
    written = plain(evidence[0].quote).strip()
    text = wording()["quotation"][question.language].format(quote=written)
    return Sentence(text, evidence, quoted=True)


def evidence_of(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """Return the distinct evidence of claims, one a place, in order."""
    seen: dict[tuple[str, int, int], Evidence] = {}
    for claim in claims:
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


def _definition(question: Question, quotes: Sequence[Quote]) -> Reply | None:
    """Quote the sentence that says what the thing is, if there is one."""
    names = [re.escape(link.text) for link in question.links] or [
        re.escape(t.form) for t in question.terms if t.tag.startswith(("NN", "SL"))
    ]
    ranked = []
    for quote in quotes:
        shapes = [
            i
            for i, shape in enumerate(_DEFINES)
            for n in names
            if re.search(shape.format(name=n), quote.text, re.I)
        ]
        if shapes and quote.names > 0.9:
            ranked.append((min(shapes), -quote.score, quote))
    if not ranked:
        return _quoted(question, quotes, most=1)
    best = min(ranked, key=lambda r: r[0] - 2 * -r[1])[2]
    return Reply((quotation(best, question),))


def _summary(question: Question, quotes: Sequence[Quote]) -> Reply | None:
    """Quote the sentences that together cover most of what the question names."""
    good = [q for q in quotes if q.score >= 0.5 * _SURE_QUOTE and len(q.text) > 20]
    chosen: list[Quote] = []
    for quote in good:
        words = set(re.findall(r"\w{2,}", quote.text))
        if all(len(words & set(re.findall(r"\w{2,}", c.text))) < 0.6 * len(words) for c in chosen):
            chosen.append(quote)
        if len(chosen) == _SUMMARY_SENTENCES:
            break
    if not chosen:
        return None
    ordered = sorted(chosen, key=lambda q: (q.evidence.report, q.evidence.start))
    return Reply(tuple(quotation(q, question) for q in ordered))


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
