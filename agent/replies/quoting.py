"""Replies that quote: the sentence that answers, definitions, summaries, and abstention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.fitness import defining_shape
from agent.evidence.quotes import Quote
from agent.evidence.units import Unit
from agent.korean import fill, particle
from agent.questions.linking import fold, says
from agent.questions.question import Question
from agent.replies.phrasing import wording
from agent.words import pattern
from kg.claim import Claim

if TYPE_CHECKING:
    from agent.answerer import Answerer

SURE_QUOTE = 0.5
_CLOSE = 3.0  # a second sentence this near in rank is quoted too
_VERY_CLOSE = 0.6
_MOST_QUOTES = 3
_ROOM = 360  # characters of an answer
_WORD = 4  # characters, at most, of what says nothing
_NO_ANSWER = ("heading", "caption")
_SAME = 0.6
_REPEATED = 0.75
_LEAP = 2.0  # so much worse a sentence of the kind asked for may be than one that is not
_PLAIN, _CLEAR = 0.93, 2.0  # so sure and so far ahead that nothing need be added
_NEARBY = 0.75
_NEXT = 2  # sentences from one to the other
_AS_MUCH = 0.5  # of the words that the best says, in a second sentence
_OF_MANY = frozenset({"compare", "superlative", "count", "summary", "opinion", "reason"})
_OF_ANOTHER = 0.5  # of the names, that a second sentence may lack beside the best


@dataclass(frozen=True, slots=True)
class Reply:
    """Unchecked sentences of an answer, the claims they say, and whether it abstains."""

    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...] = ()
    abstained: bool = False
    reason: str | None = None


Way = Callable[[], Reply | None]


def quotation(quote: Quote, question: Question, *, first: bool = True) -> Sentence:
    """Quote one sentence, called a quotation."""
    key = "quotation" if first else "another"
    text = wording()[key][question.language].format(quote=" ".join(quote.text.split()))
    return Sentence(text, (quote.evidence,), quoted=True)


def quoted(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Quote the best sentence, and the next ones where they may hold what it lacks."""
    if not quotes or quotes[0].score < SURE_QUOTE or not any(map(_may_answer, quotes)):
        return None
    best, *more = chosen(quotes)
    beside = [q for q in more if _goes_with(q, best, question, answerer)]
    picked = answered(question, [best, *beside], answerer)
    return told(question, picked, answerer)


def _goes_with(quote: Quote, best: Quote, question: Question, answerer: Answerer) -> bool:
    """Whether a second sentence stands by the best, or is of the same thing and on the matter."""
    from agent.evidence.others import Others

    unit, other = quote.unit, best.unit
    near = unit.report == other.report and unit.section == other.section
    near = near and abs(unit.offset - other.offset) <= _NEXT
    of_one = question.links and question.language == "ko" and question.kind not in _OF_MANY
    if near or not of_one or question.wants_all or unit.row is not None or other.row is not None:
        return True
    words = answerer.words_of(question)[0]
    said, told = ([w.weight * w.said(u.folded, u.letters) for w in words] for u in (unit, other))
    if any(a and not b for a, b in zip(said, told, strict=True)):
        return True  # it says what the best leaves out
    return sum(said) >= _AS_MUCH * sum(told) and not Others(question, answerer).have(quote)


def answered(question: Question, picked: list[Quote], answerer: Answerer) -> list[Quote]:
    """Add the neighbours that the best sentence needs: what it points back to, or what goes on.

    The next sentence is added when it says the rarest word of the question that the best
    does not ("… 투자를 유치했다." "A가 주도하고 …").
    """
    best = picked[0]
    if best.unit.kind not in ("prose", "list"):
        return picked
    units = answerer.quoter.units(answerer.report(best.unit.report))
    before, after = units.beside(best.unit, -1), units.beside(best.unit, 1)
    words, names = answerer.words_of(question)
    missing = [w for w in words if not w.said(best.unit.folded, best.unit.letters)]
    rarest = max(missing, key=lambda w: w.weight, default=None)
    added = []
    if pattern("points_back").match(best.text) and before and _speaks(before):
        told = [w for w in missing if w.said(before.folded, before.letters)]
        unnamed = [n for n in names if not says(best.unit.folded, n) and says(before.folded, n)]
        added += [before] if told or unnamed or question.kind == "person" else []
    if rarest and _speaks(after) and after and rarest.said(after.folded, after.letters):
        added.append(after)
    elif _speaks(after) and after and pattern("hearsay").search(best.text):
        added += [after] if pattern("denies_it").search(after.text) else []
    more = [
        replace(best, text=u.text, evidence=u.evidence, unit=u)
        for u in added
        if u and all(u.span != q.unit.span for q in picked)
    ]
    ordered = sorted([best, *more], key=lambda q: q.unit.span.start)
    room = _ROOM - sum(len(q.text) for q in ordered)
    return ordered + [q for q in picked[1:] if len(q.text) <= room][: _MOST_QUOTES - len(ordered)]


def _speaks(unit: Unit | None) -> bool:
    return unit is not None and unit.kind in ("prose", "list") and len(unit.text) < _ROOM // 2


def told(question: Question, picked: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Say rows and quote sentences, in the order given."""
    sentences: list[Sentence] = []
    for quote in picked:
        if quote.unit.row is None:
            sentences.append(quotation(quote, question, first=not sentences))
        elif row := answerer.say_row(question, quote.unit, loose=not sentences):
            sentences.append(row)
    return Reply(tuple(sentences)) if sentences else None


def chosen(quotes: Sequence[Quote]) -> list[Quote]:
    """Choose what to quote: the best, and what is nearly as good and says something else."""
    fit = (q for q in quotes if _may_answer(q) and q.fits and q.rank >= quotes[0].rank - _LEAP)
    best = next(fit, None) or next((q for q in quotes if _may_answer(q)), quotes[0])
    picked, room = [best], _ROOM - len(best.text)
    for quote in quotes:
        gap = best.rank - quote.rank
        sure = best.score >= _PLAIN and gap > _CLEAR
        enough = sure or gap > (_CLOSE if len(picked) == 1 else _VERY_CLOSE)
        if enough or len(picked) == _MOST_QUOTES:
            break
        if not _may_answer(quote) or len(quote.text) > room:
            continue
        elsewhere = quote.unit.row is not None or quote.unit.report != best.unit.report
        if elsewhere and quote.names < best.names - _OF_ANOTHER:
            continue  # a row always names what it is about, and so does another report
        if all(not alike(quote.text, other.text) for other in picked):
            picked.append(quote)
            room -= len(quote.text)
    return picked


def _may_answer(quote: Quote) -> bool:
    """Headings, captions, disclaimers and lines that name sources do not answer."""
    lines = ("source_line", "masthead")
    apparatus = any(pattern(line).match(quote.text) for line in lines)
    apparatus = apparatus or pattern("disclaimer").search(quote.text) is not None
    return quote.unit.kind not in _NO_ANSWER and len(quote.text) > _WORD and not apparatus


def alike(a: str, b: str) -> bool:
    """Whether two texts say mostly the same, by pairs of characters."""
    first, second = _pairs(fold(a)), _pairs(fold(b))
    return len(first & second) >= _SAME * max(1, min(len(first), len(second)))


def repeats(quote: str, told: str) -> bool:
    """Whether a quotation says hardly a word more than what is told before it."""
    own = _pairs(fold(quote))
    return len(own & _pairs(fold(told))) >= _REPEATED * len(own)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def goes_on(
    found: Reply | None, quotes: Sequence[Quote], question: Question, answerer: Answerer
) -> Reply | None:
    """Quote the next sentence too, where it goes on with the one quoted."""
    if found is None or len(found.sentences) > 1 or not found.sentences[0].quoted:
        return found
    start = found.sentences[0].evidence[0].start
    quote = next((q for q in quotes if q.evidence.start == start), None)
    report = answerer.report(quote.evidence.report) if quote else None
    why = question.kind == "reason"
    after = quote and report and answerer.quoter.following(quote, report, why=why)
    if not after:
        return found
    return Reply((*found.sentences, quotation(after, question, first=False)))


def definition(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """Quote the sentence that says what the thing is, if there is one, and what goes on with it."""
    ranked = []
    for quote in quotes:
        shape = defining_shape(question, quote.text)
        if shape is not None and (quote.names >= _NEARBY or _phrased(question, quote)):
            ranked.append((shape - 2 * quote.score, quote.evidence.start, quote))
    if not ranked:
        return None
    best = min(ranked, key=lambda r: r[:2])[2]
    return goes_on(Reply((quotation(best, question),)), quotes, question, answerer)


def _phrased(question: Question, quote: Quote) -> bool:
    """Whether a sentence says what stands in quotation marks in the question."""
    phrases = [fold(term.form) for term in question.terms if term.tag == "PHRASE"]
    return bool(phrases) and all(phrase in quote.unit.folded for phrase in phrases)


def abstain(
    question: Question,
    quotes: Sequence[Quote],
    answerer: Answerer,
    known: Sequence[Sentence] = (),
    *,
    missing: Sequence[str] = (),
) -> Reply:
    """Say that the reports do not answer, and what is ``known``, else was last said, nearby.

    ``missing`` are names in the question that the reports do not mention.
    """
    texts = wording()["abstain"]
    sentences = [Sentence(_no_answer(question, missing), ())]
    guesses = (answerer.guesser.nearest(owner) for owner in missing or question.owners)
    if guess := next((g for g in guesses if g), None):
        sentences.append(Sentence(texts[f"guess_{question.language}"].format(name=guess), ()))
    sentences += known
    nearby = next((q for q in quotes if _near(question, q)), None) if not known else None
    if nearby:
        info = answerer.facts.report(nearby.evidence.report)
        said_nearby = "마지막 언급" if question.language == "ko" else "Last mention"
        text = f"{said_nearby}({info.date.isoformat()}): “{nearby.text}”"
        sentences.append(Sentence(text, (nearby.evidence,), quoted=True))
    named = ", ".join(missing or (link.text for link in question.links))
    unsaid = named if missing else question.focus or named or question.text
    pair = particle(unsaid, "을/를")
    reason = (
        f"{unsaid}{pair} 말하는 대목이 없음"
        if question.language == "ko"
        else f"nothing says {unsaid!r}"
    )
    return Reply(tuple(sentences), (), abstained=True, reason=reason)


def _no_answer(question: Question, missing: Sequence[str]) -> str:
    """Say that there is no answer, and which names of the question the reports do not have."""
    texts: dict[str, str] = wording()["abstain"]
    if not missing:
        return texts[question.language]
    names = ", ".join(f"‘{name}’" for name in missing)
    return fill(texts[f"missing_{question.language}"], names=names)


def _near(question: Question, quote: Quote) -> bool:
    prose = quote.unit.kind in ("prose", "list") and len(quote.text) > 15
    return bool(question.links) and quote.names >= 0.99 and prose and _may_answer(quote)
