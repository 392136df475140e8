"""By how much a figure grew: as the report says it, else worked out from two of its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.arithmetic import magnitude, plain
from agent.conflicts import former
from agent.korean import fill
from agent.linking import fold
from agent.periods import answers_for, grain, written
from agent.phrasing import wording
from agent.question import Question
from agent.quotes import Quote, Quotes
from agent.quoting import SURE_QUOTE, Reply, quotation
from agent.topics import Others
from agent.wording import name_of, period_text, value_text
from agent.words import data
from kg.claim import Claim
from kg.quantities import comparable
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.scoring import Scored

_SURE = 0.5
_LOOKED_AT = 4
_NAMED = 0.75  # of the names, in the sentence or around it


def asks_growth(text: str) -> bool:
    """Tell whether a question asks by what share a figure changed between two periods."""
    return re.search(data("forms")["growth"]["pattern"], text, re.I) is not None


def grown(
    question: Question,
    scored: Sequence[Scored],
    quotes: Quotes,
    answerer: Answerer,
    scope: Collection[str],
) -> Reply | None:
    """Answer by the rate that a report gives for the period, else by arithmetic over two values.

    Two periods in the question are the two values' own; with one, its year before is the other.
    """
    if not asks_growth(question.text):
        return None
    if len(_asked(question)) > 1:
        return _worked_out(question, answerer, scope) or _as_told(question, quotes(), answerer)
    return (
        _rate(question, scored, answerer)
        or _as_told(question, quotes(), answerer)
        or _worked_out(question, answerer, scope)
    )


def _rate(question: Question, scored: Sequence[Scored], answerer: Answerer) -> Reply | None:
    """The claim that gives the rate itself ("매출 증가율")."""
    from agent.replies import said

    focus = fold(_of_values(question).focus or "")
    for at, item in enumerate(scored):
        metric = item.claim.qualifiers.get("metric", "")
        rate = re.search(data("forms")["growth"]["rates"], metric)
        if not rate or item.slot != "value":
            continue
        sure = at < _LOOKED_AT and item.score >= _SURE and focus in fold(metric)
        if (sure and _is_asked(question, item.claim, focus)) or _of_the_very(
            question, item.claim, focus, answerer
        ):
            return Reply((said([item.claim], question),), (item.claim,))
    return None


def _is_asked(question: Question, claim: Claim, focus: str) -> bool:
    """Whether a rate is of no narrower thing than is asked about: "AI 칩 매출 증가율"."""
    asked = fold(question.text)
    bare = re.sub(data("forms")["growth"]["rate_noun"], "", fold(claim.qualifiers["metric"]))
    return (
        bare.replace(focus, "", 1) in asked and fold(claim.qualifiers.get("product", "")) in asked
    )


def _of_the_very(question: Question, claim: Claim, focus: str, answerer: Answerer) -> bool:
    """Whether a rate is of just what is asked about, and of the time, if one is named."""
    metric = fold(claim.qualifiers["metric"])
    named = _is_asked(question, claim, "")
    if claim.subject.id not in question.entities or not named or metric == focus:
        return False
    if not question.periods:
        return True
    if period := claim.qualifiers.get("period"):
        return any(answers_for(p, period) for p in question.periods)
    unit = answerer.quoter.units(answerer.report(claim.evidence.report)).at(claim.evidence.start)
    near = fold(" | ".join((*unit.section, unit.before, unit.text))) if unit else ""
    return any(written(p, near) for p in question.periods)


def _asked(question: Question) -> list[str]:
    return [p for p in question.periods if grain(p) != "span"]


def telling(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> list[Quote]:
    """Of the quotes those that tell a rate, where one is asked for; else all of them."""
    if not (asks_growth(question.text) and question.links):
        return list(quotes)
    form = data("forms")["growth"]
    rate = re.search(form["by_rate"], question.text, re.I)
    shape = re.compile(form["told"] if rate else f"{form['told']}|{form['changed']}")
    others = Others(question, answerer)
    named = (q for q in quotes if q.names >= _NAMED and not others.have(q))
    return [q for q in named if q.unit.row is not None or shape.search(q.text)]


def _as_told(question: Question, quotes: Sequence[Quote], answerer: Answerer) -> Reply | None:
    """The best sentence that says the rate of what is asked about."""
    shape = re.compile(data("forms")["growth"]["told"])
    focus = fold(_of_values(question).focus or "")
    others = Others(question, answerer)
    for quote in quotes[:_LOOKED_AT]:
        said = quote.unit.kind in ("prose", "list") and shape.search(quote.text)
        of_it = not focus or focus in quote.unit.folded
        named = not question.links or quote.names >= _NAMED
        sure = said and of_it and named and quote.score >= SURE_QUOTE
        if sure and not others.have(quote):
            return Reply((quotation(quote, question),))
    return None


def _worked_out(question: Question, answerer: Answerer, scope: Collection[str]) -> Reply | None:
    values = _values(question, answerer, scope)
    pair = _pair(question, values)
    if pair is None:
        return None
    before, after = pair
    first, last = magnitude(before.value), magnitude(after.value)
    if first is None or last is None or first <= 0:
        return None
    return Reply((_said(question, before, after, first, last),), (before, after))


def _values(question: Question, answerer: Answerer, scope: Collection[str]) -> dict[str, Claim]:
    """The figure asked about, by its period: of each the latest report's best."""
    whenever = _of_values(question)
    scored = [
        s
        for s in answerer.pool.scored(whenever, frozenset(scope)).scored
        if s.slot == "value"
        and s.score >= _SURE
        and s.claim.value is not None
        and s.claim.value.unit not in ("%", "%p", "배")
        and grain(s.claim.qualifiers.get("period", "")) != "span"
    ]
    if not scored:
        return {}
    first = scored[0].claim
    alike = [s.claim for s in scored if _what(s.claim) == _what(first)]
    alike = [c for c in alike if comparable(c.value, first.value)]
    alike = [c for c in alike if not former(c)] or alike
    alike.sort(key=lambda c: -answerer.dates[c.evidence.report].toordinal())
    found: dict[str, Claim] = {}
    for claim in alike:
        found.setdefault(claim.qualifiers["period"], claim)
    return found


def _of_values(question: Question) -> Question:
    """The question for the values themselves: without periods, growth words and percent."""
    form = data("forms")["growth"]
    text = re.sub(form["asked"], "얼마", question.text, flags=re.I)
    empty = {str(word) for word in form["words"]}
    verbs = ("VV", "VA")
    said = (t for t in question.terms if t.form not in empty and not t.form.isdigit())
    terms = tuple(t for t in said if not t.tag.startswith(verbs))
    nouns = [t.form for t in terms if t.tag.startswith(("NN", "SL"))]
    return replace(
        question, text=text, terms=terms, focus=nouns[-1] if nouns else None,
        periods=(), kind="numeric",
    )  # fmt: skip


def _what(claim: Claim) -> tuple[str, str, str]:
    return claim.subject.id, claim.predicate, claim.qualifiers.get("metric", "")


def _pair(question: Question, values: dict[str, Claim]) -> tuple[Claim, Claim] | None:
    """The two values to compare: of the periods asked for, else of the last and its year before."""
    asked = sorted(_asked(question))
    if len(asked) > 1:
        ends = values.get(asked[0]), values.get(asked[-1])
        return (ends[0], ends[1]) if ends[0] and ends[1] else None
    done = sorted(p for p, c in values.items() if _year_before(p) in values)
    last = asked[0] if asked else (done[-1] if done else "")
    before, after = values.get(_year_before(last)), values.get(last)
    return (before, after) if before and after else None


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}" if period[:4].isdigit() else ""


def _said(
    question: Question, before: Claim, after: Claim, first: Decimal, last: Decimal
) -> Sentence:
    """Say the change with both values, and show the working."""
    times = re.search(data("forms")["growth"]["times"], question.text, re.I) is not None
    share = last / first if times else (last - first) / first * 100
    rate = f"{plain(abs(round(share, 2 if times else 1)))}{'배' if times else '%'}"
    texts = wording()["growth"][question.language]
    way = "times" if times else "up" if share >= 0 else "down"
    old, new = (value_text(c.value) for c in (before, after) if c.value)
    periods = [period_text(c.qualifiers["period"], question.language) for c in (before, after)]
    name, metric = _named(after, question)
    hoped = {"forecast", "plan"} & {after.modality, before.modality}
    text = fill(
        texts[f"{way}_ahead" if hoped and not times else way],
        name=name,
        metric=metric,
        rate=rate,
        old=old,
        new=new,
        since=periods[0],
        period=periods[1],
    )
    step = (
        f"{new} ÷ {old} = {rate}"
        if times
        else f"({new} − {old}) ÷ {old} = {plain(round(share, 1))}%, {rate}"
    )
    modalities = tuple(dict.fromkeys(("fact", after.modality, before.modality)))
    return Sentence(text, (after.evidence, before.evidence), steps=(step,), modalities=modalities)


def _named(claim: Claim, question: Question) -> tuple[str, str]:
    """What has the figure, and what it is called."""
    name = name_of(claim.subject, question.language)
    label = PREDICATES[claim.predicate]
    metric = claim.qualifiers.get("metric")
    if claim.predicate == "marketSize":
        name = name.removesuffix("시장").removesuffix("market").strip()
    return name, metric or (label.en if question.language == "en" else label.ko)
