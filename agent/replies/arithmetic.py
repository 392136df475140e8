"""Comparison, ranking and differences over claims, with the steps shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.scoring import Scored
from agent.korean import particle
from agent.questions.linking import Link, fold
from agent.questions.question import Question
from agent.replies.phrasing import wording
from agent.replies.wording import conversions, name_of, period_text, value_text
from agent.words import asked_place, asked_top, asks_ranking, pattern
from kg.claim import Claim, Value
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.replies.quoting import Reply

_ENOUGH = 0.3
_SHOWN = 3


def magnitude(value: Value | None) -> Decimal | None:
    """Return the number a value stands for: its midpoint, or the end that is known."""
    if value is None:
        return None
    ends = [n for n in (value.minimum, value.maximum) if n is not None]
    return sum(ends, Decimal(0)) / len(ends) if ends else None


def compare(
    question: Question, scored: Sequence[Scored], classes: Mapping[str, str]
) -> Reply | None:
    """Put the same measure of the named things side by side and say which is more.

    ``classes`` tells the things compared from what they are compared by, a benchmark.
    """
    from agent.replies.quoting import Reply
    from agent.replies.replies import evidence_of

    yardsticks = [
        link for link in question.links if any(classes.get(e) == "Benchmark" for e in link.entities)
    ]
    sides = _sides(question, [link for link in question.links if link not in yardsticks])
    if len(sides) < 2:
        return None
    kept = [s for s in scored if all(_measured_by(s.claim, link) for link in yardsticks)]
    chosen = _same_measure(sides, kept)
    if len(chosen) < 2:
        return None
    shown = [_measured(claim, question) for claim in chosen]
    sentence = Sentence(
        ", ".join(shown) + ("입니다." if question.language == "ko" else "."),
        evidence_of(chosen),
        steps=tuple(step for claim in chosen for step in conversions([claim])),
        modalities=tuple(dict.fromkeys(c.modality for c in chosen)),
    )
    verdict = _verdict(chosen, question)
    return Reply((verdict, sentence) if verdict else (sentence,), tuple(chosen))


def _measured_by(claim: Claim, yardstick: Link) -> bool:
    """Whether a claim is about a benchmark: its object, its metric or its column."""
    if claim.object and claim.object.id in yardstick.entities:
        return True
    words = (
        claim.qualifiers.get("metric", ""),
        claim.evidence.column or "",
        claim.evidence.row or "",
    )
    return fold(yardstick.text) in fold("|".join(words))


def _same_measure(sides: Sequence[frozenset[str]], scored: Sequence[Scored]) -> list[Claim]:
    """The best claim for each named thing that all share a predicate, metric and unit."""
    groups: dict[tuple[str, ...], dict[int, Scored]] = {}
    for item in scored:
        claim = item.claim
        if magnitude(claim.value) is None or claim.value is None:
            continue
        product = fold(claim.qualifiers.get("product", ""))
        key = (
            claim.predicate,
            claim.qualifiers.get("metric", ""),
            claim.value.unit or claim.value.currency or "",
            claim.object.id if claim.object else "",
            claim.evidence.report,
            "" if any(product in side for side in sides) else product,
        )
        for number, side in enumerate(sides):
            if _about(claim) & side:
                groups.setdefault(key, {}).setdefault(number, item)
    full = [g for g in groups.values() if len({s.claim.id for s in g.values()}) >= 2]
    if not full:
        return []
    best = max(full, key=lambda g: (len(g), _worth(g)))
    if sum(s.score for s in best.values()) / len(best) < _ENOUGH:
        return []
    chosen = {best[number].claim.id: best[number].claim for number in sorted(best)}
    return list(chosen.values())


def _worth(group: Mapping[int, Scored]) -> tuple[Decimal, str]:
    """How well a group answers, to two decimals; of equals the newest report's counts."""
    total = sum((Decimal(str(s.score)) for s in group.values()), Decimal(0))
    report = max(s.claim.evidence.report for s in group.values())
    return round(total, 1), report


def _sides(question: Question, links: Sequence[Link]) -> list[frozenset[str]]:
    """The things compared, each with its names: "Unitree G1과 EngineAI PM01" has two sides."""
    sides: list[frozenset[str]] = []
    end = 0
    for link in links:
        names = frozenset({*link.entities, fold(link.text)})
        between = question.text[end : link.start]
        if sides and not pattern("between").search(between) and between.strip() in ("", "의"):
            sides[-1] |= names
        else:
            sides.append(names)
        end = link.end
    return sides


def _about(claim: Claim) -> set[str]:
    product = fold(claim.qualifiers.get("product", ""))
    return {claim.subject.id, *([product] if product else ())}


def _measured(claim: Claim, question: Question) -> str:
    language = question.language
    name = name_of(claim.subject, language)
    told = PREDICATES[claim.predicate]
    measure = claim.object.label if claim.object else told.en if language == "en" else told.ko
    metric = claim.qualifiers.get("metric") or measure
    period = claim.qualifiers.get("period", "")
    notes = [period_text(period, language)] if period else []
    if claim.modality != "fact":
        notes.append(wording()["modality_names"][language][claim.modality])
    when = f"({', '.join(notes)})" if notes else ""
    value = value_text(claim.value) if claim.value else ""
    if language == "en":
        return f"{name}: {metric} {value}{when}"
    return f"{name}의 {metric}{particle(metric, '은/는')} {value}{when}"


def _verdict(chosen: Sequence[Claim], question: Question) -> Sentence | None:
    """Say which of the first two is more, by how much and how many times."""
    from agent.replies.replies import evidence_of

    a, b = chosen[0], chosen[1]
    first, second = magnitude(a.value), magnitude(b.value)
    if first is None or second is None or not a.value or not b.value:
        return None
    tops = (a.value.maximum or first, b.value.maximum or second)
    if first == second and tops[0] != tops[1]:
        return _by_top(a, b, tops, question)
    more, less = (a, b) if first >= second else (b, a)
    big, small = max(first, second), min(first, second)
    low = bool(pattern("low").search(question.text))
    winner = less if low else more
    steps = [f"{plain(big)} − {plain(small)} = {plain(big - small)}"]
    if small > 0:
        steps.append(f"{plain(big)} ÷ {plain(small)} = {plain(round(big / small, 2))}")
    name = name_of(winner.subject, question.language)
    if question.language == "en":
        text = "They are equal." if big == small else f"{name} is {'lower' if low else 'higher'}."
    elif big == small:
        text = "둘은 같습니다."
    else:
        ratio = f"({plain(round(big / small, 2))}배)" if small > 0 else ""
        if a.value.unit == b.value.unit == "%":
            ratio = f"({plain(big - small)}%p)"
        text = f"{name}{particle(name, '이/가')} 더 {'작습니다' if low else '큽니다'}{ratio}."
    return Sentence(
        text, evidence_of((a, b)), steps=tuple(steps), modalities=(a.modality, b.modality, "fact")
    )


def _by_top(a: Claim, b: Claim, tops: tuple[Decimal, Decimal], question: Question) -> Sentence:
    """Equal in the middle: the range's upper end decides, and that is said."""
    from agent.replies.replies import evidence_of

    winner = a if tops[0] > tops[1] else b
    name = name_of(winner.subject, question.language)
    step = f"max: {plain(tops[0])} / {plain(tops[1])}"
    if question.language == "en":
        text = f"{name} by the upper end of the range; the midpoints are equal."
    else:
        text = f"범위의 상단으로는 {name}{particle(name, '이/가')} 더 크고, 중간값은 같습니다."
    return Sentence(text, evidence_of((a, b)), steps=(step,), modalities=("fact",))


def plain(number: Decimal) -> str:
    """Write a number without exponent or needless zeros, with thousands separators."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def superlative(question: Question, scored: Sequence[Scored]) -> Reply | None:
    """Rank what the best claim measures and say the first ones."""
    from agent.replies.quoting import Reply
    from agent.replies.replies import evidence_of

    values = [s for s in scored if s.claim.value and magnitude(s.claim.value) is not None]
    if not values or values[0].score < _ENOUGH:
        return None
    best = values[0]
    if not best.claim.evidence.in_table:
        return None  # claims of prose are no full list to rank
    same = measured_alike(question, values, best.claim)
    newest = max(c.evidence.report for c in same)
    same = (
        [c for c in same if c.evidence.report == newest]
        if len({c.evidence.report for c in same}) > 1
        else same
    )
    if len(same) < 2:
        return None
    low = bool(pattern("low").search(question.text))
    ranked = sorted(
        same, key=lambda c: ((magnitude(c.value) or Decimal(0)) * (1 if low else -1), c.subject.id)
    )
    place, top = asked_place(question.text), asked_top(question.text) or 1
    lists = [own[place - 1 : place] if place else own[:top] for own in _by_currency(ranked)]
    shown = [claim for own in lists for claim in own]
    parts = [
        ", ".join(
            f"{name_of(c.subject, question.language)}({value_text(c.value)})"
            for c in own
            if c.value
        )
        for own in lists
    ]
    metric = best.claim.qualifiers.get("metric", "")
    period = best.claim.qualifiers.get("period", "")
    label = " ".join(x for x in (period, metric) if x)
    names = " / ".join(parts)
    rank = (
        ("최저" if low else "최고") if place is None else f"{'하위' if low else '상위'} {place}위"
    )
    text = (
        f"{names} — {label} {'lowest' if low else 'highest'} of {len(same)}."
        if question.language == "en"
        else f"{names}{particle(names, '이/가')} {label} {rank}입니다."
    )
    each = "통화별로 " if len(lists) > 1 else ""
    if asks_ranking(question.text) and question.language == "ko":
        text = f"{label} 순위는 {each}{names} 순입니다."
    elif each and question.language == "ko":
        text = f"{label} {rank}는 {each}{names}입니다."
    step = f"{'min' if low else 'max'} of {len(same)}: " + ", ".join(
        f"{c.subject.label} {c.value.text.strip()}" for c in ranked[: max(top, _SHOWN)] if c.value
    )
    return Reply((Sentence(text, evidence_of(shown), steps=(step,)),), tuple(shown))


def _by_currency(ranked: Sequence[Claim]) -> list[list[Claim]]:
    """The ranked claims, those in each currency by themselves: won do not rank with dollars."""
    lists: dict[str | None, list[Claim]] = {}
    for claim in ranked:
        lists.setdefault(claim.value.currency if claim.value else None, []).append(claim)
    return sorted(lists.values(), key=len, reverse=True)


def measured_alike(question: Question, values: Sequence[Scored], best: Claim) -> list[Claim]:
    """Return the claims that measure what ``best`` does, in the group asked for, if any."""
    same = [s.claim for s in values if _measure(s.claim) == _measure(best)]
    asked = fold(question.text)
    grouped = [
        c for c in same if fold(c.qualifiers.get("group", "")) in asked and "group" in c.qualifiers
    ]
    return grouped or same


def filtered(question: Question, scored: Sequence[Scored]) -> Reply | None:
    """List what rose or fell, where the question asks for all that did."""
    from agent.replies.quoting import Reply
    from agent.replies.replies import evidence_of

    rose, fell = (
        bool(pattern("rose").search(question.text)),
        bool(pattern("fell").search(question.text)),
    )
    values = [s for s in scored if s.claim.value and magnitude(s.claim.value) is not None]
    if rose == fell or not question.horizon or not values or values[0].score < _ENOUGH:
        return None
    kept = [
        (amount, claim)
        for claim in measured_alike(question, values, values[0].claim)
        if (amount := magnitude(claim.value)) is not None and (amount > 0 if rose else amount < 0)
    ]
    if not kept:
        return None
    ranked = [c for _, c in sorted(kept, key=lambda k: (-k[0] if rose else k[0], k[1].subject.id))]
    names = ", ".join(
        f"{name_of(c.subject, question.language)}({value_text(c.value)})" for c in ranked if c.value
    )
    text = (
        f"{names}: {len(ranked)}."
        if question.language == "en"
        else f"{names} — 모두 {len(ranked)}곳입니다."
    )
    step = f"{'> 0' if rose else '< 0'}: {len(ranked)}"
    return Reply((Sentence(text, evidence_of(ranked), steps=(step,)),), tuple(ranked))


def _measure(claim: Claim) -> tuple[str, str, str, str]:
    return (
        claim.predicate,
        claim.qualifiers.get("metric", ""),
        claim.qualifiers.get("period", "") if claim.evidence.in_table else "",
        claim.object.id if claim.object else "",
    )
