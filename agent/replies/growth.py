"""By how much a figure grew: as the report says it, else worked out from two of its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.others import Others
from agent.evidence.quotes import Quote, Quotes
from agent.korean import fill
from agent.questions.linking import fold
from agent.questions.periods import answers_for, grain, written
from agent.questions.question import Question, adjunct
from agent.replies.arithmetic import magnitude, plain
from agent.replies.conflicts import former
from agent.replies.phrasing import wording
from agent.replies.quoting import SURE_QUOTE, Reply, quotation
from agent.replies.wording import name_of, period_text, value_text
from agent.words import data, measures_said, synonyms
from kg.claim import Claim
from kg.quantities import comparable
from kg.vocab import PREDICATES

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.scoring import Scored

_SURE = 0.5
_RATIOS = ("%", "%p", "배", "bp", "bps")
_LOOKED_AT = 4
_NAMED = 0.75  # of the names, in the sentence or around it


def asks_growth(text: str) -> bool:
    """Tell whether a question asks by what share a figure changed between two periods."""
    return re.search(data("forms")["growth"]["pattern"], text, re.I) is not None


def tells_change(claims: Sequence[Claim]) -> bool:
    """Tell whether claims give the change of a figure, not how great it is."""
    shape = data("forms")["growth"]["change"]
    return all(re.search(shape, c.qualifiers.get("metric", "")) for c in claims)


def asks_whether(question: Question) -> bool:
    """Tell whether a question asks if a figure rose or fell since an earlier time."""
    form = data("forms")["growth"]
    compared = re.search(form["since"], question.text) is not None
    return compared and question.kind == "boolean" and _asked_change(question) is not None


def _asked_change(question: Question) -> re.Match[str] | None:
    return re.search(data("forms")["growth"]["whether"], question.text)


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
    if asks_whether(question) and len(question.links) == 1:
        return _whether(question, scored, answerer, scope)
    if not asks_growth(question.text):
        return None
    if len(_asked(question)) > 1:
        return _worked_out(question, answerer, scope) or _as_told(question, quotes(), answerer)
    return (
        _rate(question, scored, answerer)
        or _as_told(question, quotes(), answerer)
        or _worked_out(question, answerer, scope)
    )


def _whether(
    question: Question, scored: Sequence[Scored], answerer: Answerer, scope: Collection[str]
) -> Reply | None:
    """Say yes or no with the change, worked out of two values or as a report gives it."""
    if found := _pair(question, _values(question, answerer, scope)):
        first, last = (magnitude(c.value) for c in found)
        if first is None or last is None or first == last:
            return None
        reply, rose = _worked_out(question, answerer, scope), last > first
    else:
        reply = _rate(question, scored, answerer)
        change = magnitude(reply.claims[0].value) if reply else None
        if change is None or not reply:
            return None
        told = f"{reply.claims[0].qualifiers['metric']} {reply.claims[0].value}"
        rose = change > 0 and not re.search(data("forms")["growth"]["fell"], told)
    match = _asked_change(question)
    if reply is None or match is None:
        return None
    yes, no = wording()["yes_no"][question.language]
    first_said, *rest = reply.sentences
    text = (yes if rose != bool(match["down"]) else no) + first_said.text
    return replace(reply, sentences=(replace(first_said, text=text), *rest))


def _rate(question: Question, scored: Sequence[Scored], answerer: Answerer) -> Reply | None:
    """The claim that gives the rate itself ("매출 증가율"); of several times the newest."""
    from agent.replies.replies import said

    found = _as_it_moved(question, list(_rates(question, scored, answerer)))
    if not found:
        return None
    if not question.periods:  # a table gives one for each time
        first = found[0]
        alike = [c for c in found if bare_of(c) == bare_of(first) and c.subject == first.subject]
        newest = max(answerer.dates[c.evidence.report] for c in alike)
        alike = [c for c in alike if answerer.dates[c.evidence.report] == newest]
        found = [max(alike, key=lambda c: c.qualifiers.get("period", ""))]
    return Reply((said(found[:1], question),), (found[0],))


def _as_it_moved(question: Question, rates: Sequence[Claim]) -> list[Claim]:
    """The rates that moved as is asked; of a time that is named, else whichever there are.

    "주가는 얼마나 떨어졌나?" is not answered with how much they rose since.
    """
    asked = _asked_change(question)
    if asked is None or asks_whether(question):
        return list(rates)
    shape = data("forms")["growth"]["fell"]
    falls = [
        re.search(shape, f"{c.qualifiers['metric']} {c.value.text if c.value else ''}") is not None
        for c in rates
    ]
    alike = [c for c, fell in zip(rates, falls, strict=True) if fell is bool(asked["down"])]
    return alike or (list(rates) if question.periods else [])


def _rates(question: Question, scored: Sequence[Scored], answerer: Answerer) -> Iterator[Claim]:
    """The claims that give a rate of what is asked about, against the time asked for."""
    values = _of_values(question)
    focus, narrower = fold(values.focus or ""), _narrower(question)
    since = _since(question.text) or "year"
    for at, item in enumerate(scored):
        claim = item.claim
        metric = claim.qualifiers.get("metric", "")
        if not re.search(data("forms")["growth"]["rates"], metric) or item.slot != "value":
            continue
        if focus and fold(metric).endswith(focus):
            continue  # 수율 is a rate, and no growth of itself
        against = _since(f"{metric} {claim.qualifiers.get('basis', '')}")
        if (against or since) != since or not _is_of(claim, narrower):
            continue
        sure = at < _LOOKED_AT and item.score >= _SURE and focus in fold(metric)
        if (sure and _is_asked(question, claim, focus)) or _of_the_very(
            question, claim, focus, answerer
        ):
            yield claim


def _since(text: str) -> str | None:
    """What a change is measured against: the year, quarter, month or week before, if it is told."""
    shapes: dict[str, str] = data("forms")["growth"]["against"]
    return next((name for name, shape in shapes.items() if re.search(shape, text, re.I)), None)


def bare_of(claim: Claim) -> str:
    """What a rate is of, without the words for a rate and what it is measured against."""
    return re.sub(data("forms")["growth"]["rate_noun"], "", fold(claim.qualifiers["metric"]))


def _is_asked(question: Question, claim: Claim, focus: str) -> bool:
    """Whether a rate is of no narrower thing than is asked about: "AI 칩 매출 증가율"."""
    asked = fold(question.text)
    bare = bare_of(claim)
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
    told = [q for q in named if q.unit.row is not None or shape.search(q.text)]
    said = {fold(way) for name in measures_said(question.text) for way in (name, *synonyms(name))}
    return [q for q in told if not said or any(w in q.unit.folded + q.unit.around for w in said)]


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
    whenever, narrower = _of_values(question), _narrower(question)
    scored = [
        s
        for s in answerer.pool.scored(whenever, frozenset(scope)).scored
        if s.slot == "value"
        and s.score >= _SURE
        and s.claim.value is not None
        and _is_level(s.claim, shares=asks_whether(question))
        and _is_of(s.claim, narrower)
        and grain(s.claim.qualifiers.get("period", "")) != "span"
    ]
    if not scored:
        return {}
    first = max((s.claim for s in scored), key=lambda c: _named_whole(c, question))
    alike = [s.claim for s in scored if _what(s.claim) == _what(first)]
    alike = [c for c in alike if comparable(c.value, first.value)]
    alike = [c for c in alike if not former(c)] or alike
    alike.sort(key=lambda c: -answerer.dates[c.evidence.report].toordinal())
    found: dict[str, Claim] = {}
    for claim in alike:
        found.setdefault(claim.qualifiers["period"], claim)
    return found


def _narrower(question: Question) -> list[str]:
    """The words between the name and the figure asked about: 광학 of "가나의 광학 매출"."""
    behind = max((link.end for link in question.links), default=0)
    return [t.form for t in _of_values(question).terms if t.start >= behind][:-1]


def _is_of(claim: Claim, narrower: Sequence[str]) -> bool:
    """Whether a claim tells of all that narrows the figure asked about."""
    where = claim.evidence
    own = (*claim.qualifiers.values(), claim.subject.label, where.row, where.column, where.quote)
    told = fold(" ".join(filter(None, own)))
    return all(any(fold(w) in told for w in (word, *synonyms(word))) for word in narrower)


def _named_whole(claim: Claim, question: Question) -> int:
    """How many letters of a question name all that a claim measures."""
    words = [fold(word) for word in claim.qualifiers.get("metric", "").split()]
    return sum(map(len, words)) if all(word in fold(question.text) for word in words) else 0


def _is_level(claim: Claim, *, shares: bool) -> bool:
    """Whether a claim gives a figure that can grow: no change of one, a share only if wanted."""
    unit = claim.value.unit if claim.value else None
    change = re.search(data("forms")["growth"]["change"], claim.qualifiers.get("metric", ""))
    return not change and (unit not in _RATIOS or (shares and unit == "%"))


def _of_values(question: Question) -> Question:
    """The question for the values themselves: without periods, growth words and percent."""
    form = data("forms")["growth"]
    text = re.sub(form["asked"], "얼마", question.text, flags=re.I)
    empty, aside = {str(word) for word in form["words"]}, range(*adjunct(question.text))
    verbs = ("VV", "VA")
    told = (t for t in question.terms if t.start not in aside)
    said = (t for t in told if t.form not in empty and not t.form.isdigit())
    terms = tuple(t for t in said if not t.tag.startswith(verbs))
    nouns = [t.form for t in terms if t.tag.startswith(("NN", "SL"))]
    return replace(
        question, text=text, terms=terms, focus=nouns[-1] if nouns else None,
        periods=(), kind="numeric",
    )  # fmt: skip


def _what(claim: Claim) -> tuple[str, ...]:
    told = (claim.qualifiers.get(key, "") for key in ("metric", "product"))
    return claim.subject.id, claim.predicate, *told


def _pair(question: Question, values: dict[str, Claim]) -> tuple[Claim, Claim] | None:
    """The two values to compare: of the periods asked for, else of the last and its year before."""
    asked = sorted(_asked(question))
    if len(asked) > 1:
        ends = values.get(asked[0]), values.get(asked[-1])
        return (ends[0], ends[1]) if ends[0] and ends[1] else None
    since = _since(question.text) or "year"
    done = sorted(p for p in values if _before(p, since) in values)
    last = asked[0] if asked else (done[-1] if done else "")
    before, after = values.get(_before(last, since)), values.get(last)
    return (before, after) if before and after else None


def _before(period: str, since: str) -> str:
    """The period that one is compared with: its year before, or the part of a year before it."""
    if not period[:4].isdigit():
        return ""
    year, part = int(period[:4]), period[5:]
    if since == "quarter" and grain(period) == "quarter":
        return f"{year}-Q{int(part[1]) - 1}" if part != "Q1" else f"{year - 1}-Q4"
    if since == "month" and grain(period) == "month":
        return f"{year}-{int(part) - 1:02}" if part != "01" else f"{year - 1}-12"
    return f"{year - 1}{period[4:]}" if since == "year" else ""


def _said(
    question: Question, before: Claim, after: Claim, first: Decimal, last: Decimal
) -> Sentence:
    """Say the change with both values, and show the working."""
    times = re.search(data("forms")["growth"]["times"], question.text, re.I) is not None
    points = not times and after.value is not None and after.value.unit == "%"
    share = last / first if times else last - first if points else (last - first) / first * 100
    unit = "배" if times else "%p" if points else "%"
    rate = f"{plain(abs(round(share, 2 if times else 1)))}{unit}"
    texts = wording()["growth"][question.language]
    way = "times" if times else "up" if share >= 0 else "down"
    way += "_points" if points else ""
    old, new = (value_text(c.value) for c in (before, after) if c.value)
    periods = [period_text(c.qualifiers["period"], question.language) for c in (before, after)]
    name, metric = _named(after, question)
    hoped = {"forecast", "plan"} & {after.modality, before.modality}
    text = fill(
        texts[f"{way}_ahead" if hoped and not times and not points else way],
        name=name,
        metric=metric,
        rate=rate,
        old=old,
        new=new,
        since=periods[0],
        period=periods[1],
    )
    step = (
        f"{new} {'÷' if times else '−'} {old} = {rate}"
        if times or points
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
