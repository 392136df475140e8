"""What a list says: who stands where in it, which of some is more, how it was at each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.korean import fill
from agent.questions.linking import fold
from agent.questions.question import Question
from agent.replies.arithmetic import plain
from agent.replies.lists import Listing, amount, as_sure, ranks, size_text, unit_of
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.sums import with_unit
from agent.replies.wording import name_of, period_text
from agent.words import asked_place, asked_top, asks_ranking, data, pattern

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from kg.claim import Claim, Modality

_SHOWN = 6  # in a sentence
_LISTS = 3
_CUT = ("top", "bottom")
_SEVERAL, _OTHERS = 3, 2
_AHEAD = ("forecast", "plan")

_TWO = 2


def asks_rank(question: Question) -> bool:
    """Tell whether a question asks who stands where among several."""
    forms = data("forms")["lists"]
    ranked = re.search(forms["ranked"], question.text, re.I) is not None
    most = question.kind == "compare" and len(question.links) < _TWO
    ranked = ranked or (most and re.search(forms["more"], question.text) is not None)
    return ranked or question.kind == "superlative" or asked_place(question.text) is not None


def asks_change(question: Question) -> bool:
    """Tell whether a question asks how figures went over time."""
    return re.search(data("forms")["lists"]["changing"], question.text, re.I) is not None


def told(
    found: Sequence[Listing],
    sides: Sequence[frozenset[str]],
    question: Question,
    answerer: Answerer,
    *,
    among: bool,
) -> Reply | None:
    """Tell the first list that is borne out, of those named, else of all; or the last in turn.

    ``among`` is told where a list is of those that the report speaks of, and no more than that.
    """
    own = [part for f in found if (part := f.of(sides))] if sides else found
    check = answerer.checker.check
    several = (f for f in own if sides or len({amount(c) for c in f.claims}) > 1)
    borne = (f for f in several if check(_listed(f, question)).supported)
    first = list(islice(borne, _LISTS))
    if not first:
        return None
    if asks_change(question):
        return _in_turn(first, question)
    reply = _ranked(first[0], len(sides), question, among=among)
    if sides or not among or not asks_rank(question):
        return reply
    if unlike := _unlike(first[0], own, question):
        reply = Reply((*reply.sentences, unlike), reply.claims)
    for other in _others(first[0], own):
        beside = _ranked(other, 0, question, among=True)
        reply = Reply((*reply.sentences, beside.sentences[0]), (*reply.claims, *beside.claims))
    return reply


def _others(first: Listing, found: Sequence[Listing]) -> list[Listing]:
    """Other lists of the same figure and time, that others head: "매출" of another trade."""
    told_of = {c.subject.id for c in first.claims}
    shown: list[Listing] = []
    for other in found:
        same = (other.period, fold(other.what)) == (first.period, fold(first.what))
        if same and len(other.claims) >= _SEVERAL and not told_of & _subjects(other):
            shown.append(other)
            told_of |= _subjects(other)
    return shown[:_OTHERS]


def _unlike(first: Listing, found: Sequence[Listing], question: Question) -> Sentence | None:
    """The figures of the same report and time that are in another unit, so that none is ranked."""
    from agent.replies.replies import evidence_of

    told_of = _subjects(first)
    same = (first.day, first.period, fold(first.what))
    others = [f for f in found if (f.day, f.period, fold(f.what)) == same]
    claims = [
        c
        for f in others
        for c in f.claims
        if unit_of(c) != unit_of(first.first) and c.subject.id not in told_of
    ][:_SHOWN]
    if not claims:
        return None
    parts = [f"{name_of(c.subject, question.language)} {size_text(c)}" for c in claims]
    text = fill(wording()["lists"][question.language]["unlike"], listed=", ".join(parts))
    modalities = ("fact", *(c.modality for c in claims))
    return Sentence(f"{text}.", evidence_of(claims), modalities=modalities)


def _subjects(listing: Listing) -> set[str]:
    return {c.subject.id for c in listing.claims}


def _in_turn(found: Sequence[Listing], question: Question) -> Reply:
    """The last lists in order of time, each a sentence."""
    shown = [f for f in found if not f.ahead][::-1] or found[:1]
    sentences = tuple(_listed(f, question) for f in shown)
    return Reply(sentences, tuple(c for f in shown for c in f.claims[:_SHOWN]))


def _ranked(listing: Listing, named: int, question: Question, *, among: bool) -> Reply:
    """The figures side by side; first who stands where the question asks."""
    fell = re.search(data("forms")["lists"]["fell"], question.text) is not None
    low = fell or pattern("low").search(question.text) is not None
    if named == 2 and len(listing.claims) == 2:
        sentences = [_which(listing, question, low=low, among=among), _listed(listing, question)]
        return Reply(tuple(s for s in sentences if s), listing.claims)
    ordered = listing.claims[::-1] if low else listing.claims
    top = 1 if asks_ranking(question.text) else asked_top(question.text) or 1
    if top > 1:
        way = "bottom" if low else "top"
        first = _listed(listing, question, ordered[:top], top=way, among=among)
        return Reply((first,), ordered[:top])
    if among and asks_ranking(question.text):
        first = _listed(listing, question, ordered, top="order", among=among)
        return Reply((first,), tuple(ordered[:_SHOWN]))
    place, placed = asked_place(question.text) or 1, ranks(ordered)
    moved = not fell or amount(ordered[0]) < 0  # else none of them fell
    if not (asks_rank(question) and place in placed and moved):
        return Reply((_listed(listing, question, among=among),), listing.claims[:_SHOWN])
    first = _placed(listing, question, placed[place], place=place, low=low, among=among)
    shown = ordered[:_SHOWN] if len(ordered) > _SHOWN else listing.claims
    return Reply((first, _listed(listing, question, shown)), shown)


def _placed(
    listing: Listing,
    question: Question,
    who: Sequence[Claim],
    *,
    place: int,
    low: bool,
    among: bool,
) -> Sentence:
    """Say who stands at a place."""
    texts = wording()["lists"][question.language]
    gap = " " if question.language == "en" else ""
    names = [f"{name_of(c.subject, question.language)}{gap}({size_text(c)})" for c in who]
    match = re.search(data("forms")["lists"]["how"], question.text)
    how = match["how"] if match and pattern("low").match(match["how"]) else "낮은"
    slots = {"listed": ", ".join(names), "place": str(place), "how": how}
    slots["kind"] = match["kind"] if match else "곳"
    text = texts["low" if low and place == 1 else "rank_low" if low else "rank"]
    return _sentence(text, listing, question, who[0].modality, among=among, **slots)


def _listed(
    listing: Listing,
    question: Question,
    shown: Sequence[Claim] = (),
    *,
    top: str = "",
    among: bool = False,
) -> Sentence:
    """Say the figures one after another, marking those that are not as sure as most."""
    shown = (shown or listing.claims) if top in _CUT else (shown or listing.claims)[:_SHOWN]
    texts = wording()["lists"][question.language]
    names = {**wording()["modality_names"][question.language], "fact": texts["fact"]}
    main = listing.modality
    parts = []
    for claim in shown:
        mark = f"({names[claim.modality]})" if claim.modality != main else ""
        name = name_of(claim.subject, question.language)
        size = size_text(claim) + mark
        parts.append(f"{name}({size})" if top == "order" else f"{name} {size}")
    slots = {"listed": ", ".join(parts), **({"place": str(len(shown))} if top in _CUT else {})}
    return _sentence(texts[top or "listed"], listing, question, main, among=among, **slots)


def _which(listing: Listing, question: Question, *, low: bool, among: bool) -> Sentence | None:
    """Say which of two is more, and how much more."""
    from agent.replies.replies import evidence_of

    more, less = listing.claims
    big, small = amount(more), amount(less)
    texts = wording()["lists"][question.language]
    name = name_of((less if low else more).subject, question.language)
    steps = [f"{plain(big)} − {plain(small)} = {with_unit(big - small, _unit(more))}"]
    if small > 0:
        steps.append(f"{plain(big)} ÷ {plain(small)} = {plain(round(big / small, 2))}")
    ahead = bool({more.modality, less.modality} & set(_AHEAD))
    rows = texts["more"]
    way = next((row for row in rows if re.search(row["said"], question.text, re.I)), rows[-1])
    slots = _slots(listing, question)
    gap = re.search(data("forms")["lists"]["gap"], question.text) is not None
    by = _by(big, small, more, gap=gap)
    slots.update(name=name, how=way["ahead" if ahead else "fact"], by=f"({by})" if by else "")
    text = fill(texts["equal" if big == small else "which"], **slots)
    text = fill(texts["as_of"], day=listing.day.isoformat()) + text if among else text
    return Sentence(
        f"{text}.",
        evidence_of(listing.claims),
        steps=tuple(steps),
        modalities=(more.modality, less.modality, "fact"),
    )


def _by(big: Decimal, small: Decimal, claim: Claim, *, gap: bool) -> str:
    """By how much one figure is more: in times, or by what lies between them."""
    value = claim.value
    between = f"차이 {with_unit(big - small, _unit(claim))}"
    if value is None or (not value.currency and value.unit in (None, "%")):
        return between
    times = [f"{plain(round(big / small, 2))}배"] if small > 0 else []
    return ", ".join([*([between] if gap else []), *times])


def _unit(claim: Claim) -> str:
    """What the difference of two figures is counted in."""
    unit = (claim.value.currency or claim.value.unit or "") if claim.value else ""
    return "%p" if unit == "%" else unit


def _slots(listing: Listing, question: Question) -> dict[str, str]:
    period = period_text(listing.period, question.language)
    said = f" ({period})" if question.language == "en" else f"{period} "
    return {"period": said if period else "", "what": listing.what}


def _sentence(
    text: str,
    listing: Listing,
    question: Question,
    modality: Modality,
    *,
    among: bool,
    **slots: str,
) -> Sentence:
    """Say something of a list, which rests on all its figures; as far as it is sure."""
    from agent.replies.replies import evidence_of

    shown = listing.claims
    body = fill(text, **_slots(listing, question), **slots)
    many = f"{len(shown)}{'곳' if listing.of_holders else '개'}"
    if among:
        texts = wording()["lists"][question.language]["among" if "place" in slots else "as_of"]
        body = fill(texts, day=listing.day.isoformat(), many=many) + body
    if question.language == "ko":
        body = as_sure(body, listing.claims, modality)
    elif modality in _AHEAD:
        body = f"Expected: {body}"
    order = " > ".join(f"{c.subject.label} {size_text(c)}" for c in shown)
    step = f"max of {many}: {order}" + (f": {slots['place']}위" if "place" in slots else "")
    modalities = tuple(dict.fromkeys(c.modality for c in shown))
    return Sentence(f"{body}.", evidence_of(shown), steps=(step,), modalities=modalities)
