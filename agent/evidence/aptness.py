"""Whether a claim or a sentence is of the very kind that a question asks for.

Another attribute of the same thing is no answer, nor what was for what is expected, nor a
number for a kind, nor the return of a week for that of a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.evidence.parts import part_asked
from agent.evidence.topics import asks_attribute
from agent.questions.linking import fold, says
from agent.questions.question import Question, horizons_of
from agent.replies.wording import says_value
from agent.words import (
    data,
    focus_classes,
    modality_words,
    pattern,
    relation_words,
    same_relation,
    synonyms,
    translations,
    unit_words,
    word_set,
)
from kg.vocab import PREDICATES

_SEVERAL = 2  # words of a question that tell as much as the noun itself
_VERSION = re.compile(r"\s?(\d{1,2}(?:\.\d+)?)(?=[은는이가을를의와과도]?(?:\s|\?|$))")
_CHANGE = re.compile(r"\s(?:상승|하락|증가|감소|증감|변동)[률율폭]$")  # 주가 상승률 is of 주가
_WITH = "공동개발"  # what making with somebody means: senses.yaml
_TIMES = (("until_when", "until"), ("used_to", "gave_up"))  # what is asked, and what tells it
_GOODS = frozenset({"Chip", "Product", "Model", "Software"})
_OF_ONE_SIZE = frozenset({"lookup", "temporal", "numeric", "person"})
_NM = ("나노", "nm")
_SIZES = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?(나노|nm|단|GB|TB)(?![A-Za-z])")
_NODES = r"(?:{size}(?:nm|나노)|(?<![a-z])(?:n|sf){size}(?![\d.]))"

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from agent.answerer import Answerer
    from agent.evidence.quotes import Quote
    from agent.evidence.scoring import Scored
    from kg.claim import Claim


def apt_claims(
    question: Question, scored: Sequence[Scored], dates: Mapping[str, dt.date]
) -> list[Scored]:
    """Leave out the claims that tell something else of what a question is about."""
    ahead, kind, words = asks_ahead(question), _kind(question), _attribute(question)
    figure = question.kind == "numeric"
    if pattern("until_when").search(question.text):
        return []  # claims tell when, not until when
    if pattern("used_to").search(question.text):
        return []  # claims tell what is, not what was given up
    scored = [s for s in scored if not _asks_longer(question, s.claim.qualifiers.get("metric"))]
    if not (ahead or kind or words or figure):
        return list(scored)
    acting = set(question.entities) if kind and pattern("acts").search(question.text) else None
    return [
        s
        for s in scored
        if not (kind and s.slot == "value")
        and not (acting and s.claim.subject.id not in acting)
        and kind in _told(s)
        and not (figure and s.slot == "value" and not says_value(s.claim))
        and not (ahead and _is_past(s, dates))
        and (not words or says(_told(s), words))
    ]


def _asks_longer(question: Question, metric: str | None) -> bool:
    """Whether a question says a measure only inside a longer one: 주가 in "목표주가는?"."""
    if not metric:
        return False
    longer = data("questions")["longer_measures"]
    of = _CHANGE.sub("", metric)
    asked, own = fold(question.text), re.escape(fold(of))
    inside = re.search(rf"(?:{longer['before']}){own}|{own}(?:{longer['after']})", asked)
    alone = rf"(?<!{longer['before']}){own}(?!{longer['after']})"
    return inside is not None and re.search(alone, asked) is None


def speaks_of_it(claim: Claim, question: Question) -> bool:
    """Whether a claim speaks of what a question says the deed is in: a fine, a stake."""
    asked = (t for t in data("forms")["things"]["told"] if re.search(t, question.text))
    told = " ".join((claim.evidence.quote, *claim.qualifiers.values()))
    if PREDICATES[claim.predicate].symmetric and (goods := _made_together(question)):
        return says(fold(told), goods)
    return all(re.search(shape, told) for shape in asked)


def _made_together(question: Question) -> tuple[str, ...]:
    """The folded words for what a question says is made with somebody: "누구와 칩을 만들어?"."""
    if _WITH not in {term.form for term in question.terms}:
        return ()
    kinds = (t.form for t in question.terms if _GOODS & {*focus_classes().get(t.form, ())})
    made = data("forms")["things"]["made"]
    return tuple(fold(word) for kind in kinds for word in (kind, *made.get(kind, ())))


def apt_quote(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Tell whether a sentence or row speaks of what is to come, of the price, or of most."""
    text = quote.text if quote.unit.row is None else f"{quote.text} {quote.unit.around}"
    if asks_ahead(question) and not pattern("foretells").search(text):
        return False
    if any(pattern(a).search(question.text) and not pattern(t).search(text) for a, t in _TIMES):
        return False
    numbered = _says_version(question, quote, answerer) and _says_sizes(question, quote)
    if not (numbered and _says_owner(question, quote)):
        return False
    part = part_asked(question, answerer.words_of(question)[1])
    if part is not None and not says(quote.unit.folded + quote.unit.around, part[0]):
        return False
    target = data("questions")["longer_measures"]["target"]
    if re.search(target, question.text) and not re.search(target, text):
        return False
    kind = _kind(question)
    if kind and not _tells_kind(kind, question, quote, answerer):
        return False
    asked = (question.focus or "", *(link.text for link in question.links))
    market = question.kind == "numeric" and any(noun.endswith("시장") for noun in asked)
    if market and "시장" not in quote.unit.folded:
        return False
    return not (market or question.focus == "가격") or _is_named(question, quote, answerer)


def _says_sizes(question: Question, quote: Quote) -> bool:
    """Whether a text says each process node and memory size that a question does.

    "2나노" stands in "2nm" and "N2", but not in "3나노".
    """
    if question.kind not in _OF_ONE_SIZE:
        return True
    folded = quote.unit.folded + fold(quote.unit.around)
    for size, unit in _SIZES.findall(question.text):
        ways = _NODES.format(size=re.escape(size)) if unit in _NM else re.escape(fold(size + unit))
        if not re.search(rf"(?<![\d.]){ways}", folded):
            return False
    return True


def _says_owner(question: Question, quote: Quote) -> bool:
    """Whether what is near a sentence says the code asked about: H20 stands not in H200."""
    codes = [o for o in question.owners if re.search(r"[A-Za-z]\d+$", o)]
    if question.links or not codes:
        return True
    near = quote.unit.folded + quote.unit.around
    return any(re.search(re.escape(fold(code)) + r"(?!\d)", near) for code in codes)


def _says_version(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence says the number of a model that the question gives: "가나 5", no 4.6."""
    for link, names in zip(question.links, answerer.words_of(question)[1], strict=True):
        number = _VERSION.match(question.text, link.end)
        if number is None or not {answerer.classes.get(e) for e in link.entities} <= _GOODS:
            continue
        own = says(quote.unit.folded, names)
        where = quote.text if own else f"{quote.text} {quote.unit.before}"
        if not re.search(rf"(?<![\d.]){number[1]}(?![\d.])", where):
            return False
    return True


def ranked(question: Question, quotes: Sequence[Quote]) -> Sequence[Quote]:
    """Return the sentences that say what rose or fell most, where a question asks for that.

    One row of a table ranks nothing, unless it says itself that something is most.
    """
    if question.kind != "superlative":
        return quotes
    if not question.horizon:
        return [q for q in quotes if q.unit.row is None or q.fits]
    week = re.search(data("questions")["of_the_week"], question.text) is not None
    return [q for q in quotes if q.unit.row is None and _ranks(question, q.text, week=week)]


def _ranks(question: Question, text: str, *, week: bool) -> bool:
    told = set(horizons_of(f"{text} 수익률"))
    if (told or not week) and told.isdisjoint(question.periods):
        return False
    clauses = re.split(r"[,;()]|\.\s", text)
    return any(pattern("most_moved").search(clause) for clause in clauses)


def _tells_kind(kind: str, question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a row or a sentence tells a kind, where one is asked for: no number, no other."""
    if quote.unit.table is not None:
        row = answerer.say_row(question, quote.unit)
        told = fold(row.text) if row else ""
        return kind in told and not pattern("figure_told").search(row.text if row else "")
    unit, size = quote.unit, r"\d[\d.,]*[gtm]b?"
    if re.search(
        rf"{size}의?[가-힣]{{0,3}}{kind}|{kind}(?:용량|크기)?[은는이가을를]?{size}", unit.folded
    ):
        return False
    words = [w for w in answerer.words_of(question)[0] if w.said(unit.folded, unit.letters)]
    return (kind in unit.folded or len(words) >= _SEVERAL) and _is_named(question, quote, answerer)


def _is_named(question: Question, quote: Quote, answerer: Answerer) -> bool:
    """Whether a sentence names what its price is asked of, or stands below a heading that does."""
    around = fold(" ".join((quote.text, *quote.unit.section[-1:])))
    return all(says(around, names) for names in answerer.words_of(question)[1])


def priced(text: str, answerer: Answerer) -> str:
    """Return a question with what a bare "얼마야?" of goods asks for: their price."""
    links = answerer.linker.find(text)
    link = links[0] if len(links) == 1 and links[0].start == 0 else None
    goods = link is not None and {answerer.classes.get(e) for e in link.entities} <= _GOODS
    if link is None or not goods or not pattern("bare_price").fullmatch(text[link.end :]):
        return text
    return f"{text[: link.end]}의 가격은 얼마야?"


def asks_ahead(question: Question) -> bool:
    """Tell whether a question is of a figure still to come: "가나의 매출 전망은?"."""
    forecast = modality_words("forecast")
    return question.kind in ("numeric", "lookup") and any(
        term.form in forecast for term in question.terms
    )


def _is_past(scored: Scored, dates: Mapping[str, dt.date]) -> bool:
    """Whether a claim is a fact of a time that was over, or of none, when it was reported."""
    claim = scored.claim
    if claim.modality != "fact" or scored.slot != "value":
        return False
    place = claim.evidence
    if pattern("foretells").search(f"{place.quote} {place.column} {place.row} {place.table}"):
        return False
    when = claim.qualifiers.get("period", "")
    return not when or when[:4] <= str(dates[place.report].year)


def _kind(question: Question) -> str:
    """The folded noun of which a question asks the kind, which no number is: "어떤 메모리를 써?".

    Nothing where the noun is of things that have names, or of more than one thing.
    """
    match = pattern("which_kind").search(question.text)
    if match is None or question.kind != "lookup" or question.classes:
        return ""
    others = [k for k in question.links if k.end <= match.start("kind")]
    return fold(match["kind"]) if len(others) == 1 else ""


def _attribute(question: Question) -> tuple[str, ...]:
    """The folded words of the attribute asked for, if one is that must be said."""
    focus = question.focus or ""
    if not asks_attribute(question) or focus in word_set("amounts") or question.horizon:
        return ()
    related = same_relation(tuple(relation_words().get(focus, ())))
    own = (focus, *unit_words(focus), *translations(focus), *related, *synonyms(focus))
    return tuple(map(fold, own))


def _told(scored: Scored) -> str:
    """All that a claim says of itself, folded."""
    claim, place = scored.claim, scored.claim.evidence
    named = (claim.object.label, *claim.object.aliases) if claim.object else ()
    quote = "" if "metric" in claim.qualifiers else place.quote  # which tells other figures too
    told = (*named, *claim.qualifiers.values(), quote, place.row, place.column, place.table)
    return fold(" | ".join(filter(None, told)))
