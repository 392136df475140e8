"""Whether a figure was more than expected: the actual one beside what was expected of it.

Both must stand in one sentence or row; else a sentence answers that says how it came out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.evidence.parts import Part, part_asked, tells_part
from agent.korean import fill
from agent.questions.linking import fold, says
from agent.questions.periods import answers_for
from agent.questions.question import Question
from agent.replies.arithmetic import magnitude, plain
from agent.replies.figures import Measure, claims_with, measure_of
from agent.replies.lists import size_text
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply, abstain
from agent.replies.replies import said
from agent.replies.wording import name_of, period_text
from agent.words import data
from kg.quantities import comparable
from kg.vocab import AGENTS

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.evidence.units import Unit
    from agent.extent import Extent
    from kg.claim import Claim

_LOOKED_AT = 6

Pair = tuple["Claim", "Claim"]


def expected_reply(
    text: str, answerer: Answerer, extent: Extent
) -> tuple[Question, Reply, None] | None:
    """Say yes or no with both figures, or with the words of a report; else ``None``."""
    form = data("forms")["expected"]
    asked = re.search(form["pattern"], text)
    much = re.search(form["how_much"], text) is not None
    if asked is None or (re.search(form["other"], text) and not much):
        return None
    question = answerer.parsed(text, extent.reports)
    measure = measure_of(question, answerer)
    if measure is None or len(question.links) > 1:
        return None
    firms = {e for link in question.links for e in link.entities}
    down = asked["down"] is not None
    own = _own(measure, firms, question, answerer, extent)
    pairs = list(_pairs(own, question, measure, answerer, extent))
    if pairs:
        last = max(pairs, key=lambda p: (answerer.dates[p[0].evidence.report], _period(p[0])))
        told = _said(last, question, answerer, down=down, much=much)
        return question, told, None
    if much:
        return None
    quotes = answerer.quotes(question, extent.reports)
    near = [q.unit for q in quotes[:_LOOKED_AT]]
    owned = [*filter(None, (_unit(c, answerer) for c in own))]
    units = [u for u in owned if _agents(u, answerer) <= _kin(firms, answerer)]
    units += [u for u in near if _is_of_none_other(u, firms, answerer)]
    reply = _as_told(units, measure, question, answerer, down=down)
    known = [said([c], question) for c in own[:1]]
    return question, reply or abstain(question, quotes, answerer, known), None


def _is_of_none_other(unit: Unit, firms: set[str], answerer: Answerer) -> bool:
    """Whether a sentence names the firm asked about, and no other."""
    agents = _agents(unit, answerer)
    return bool(agents & firms) and agents <= _kin(firms, answerer)


def _agents(unit: Unit, answerer: Answerer) -> set[str]:
    """The firms and people that a sentence names: none where it goes on about the last."""
    found = {e for link in answerer.linker.find(unit.text) for e in link.entities}
    return {e for e in found if answerer.classes.get(e) in AGENTS}


def _kin(firms: set[str], answerer: Answerer) -> set[str]:
    return firms | {m for e in firms for m in answerer.families.of_entity(e)}


def _own(
    measure: Measure, firms: set[str], question: Question, answerer: Answerer, extent: Extent
) -> list[Claim]:
    """The figures of what is named, of the time asked for, the newest first."""
    part = _part(question, answerer)
    own = [
        c
        for c in claims_with(measure, answerer)
        if c.subject.id in firms
        and c.evidence.report in extent.reports
        and _is_of(c, question, answerer)
        and (tells_part(c, part) if part else "product" not in c.qualifiers)
    ]
    return sorted(own, key=answerer.facts.place, reverse=True)


def _part(question: Question, answerer: Answerer) -> Part | None:
    """The part of the firm's figure that is asked for; the firm itself is none."""
    part = part_asked(question, answerer.words_of(question)[1])
    return None if part and part[1] & set(question.entities) else part


def _unit(claim: Claim, answerer: Answerer) -> Unit | None:
    """The sentence or row that a claim stands in."""
    report = answerer.report(claim.evidence.report)
    return answerer.quoter.units(report).at(claim.evidence.start)


def _pairs(
    own: Sequence[Claim], question: Question, measure: Measure, answerer: Answerer, extent: Extent
) -> Iterator[Pair]:
    """What came and what was expected of it, told together."""
    told = _awaited(measure, {*question.entities}, answerer)
    awaited = [c for c in told if c.evidence.report in extent.reports]
    foreseen = {c.id for c in awaited}
    firm_says = "가이던스" in question.text  # its own forecast, beside that of others
    for actual in own:
        if actual.modality != "fact" and not (firm_says and actual.id not in foreseen):
            continue
        for claim in awaited:
            periods = {_period(actual), _period(claim)} - {""}
            part = [c.qualifiers.get("product") for c in (actual, claim)]
            same = comparable(actual.value, claim.value) and len(periods) < 2
            same = same and part[0] == part[1]
            if same and claim.id != actual.id and _beside(actual, claim, answerer):
                yield actual, claim


def _awaited(measure: Measure, firms: set[str], answerer: Answerer) -> list[Claim]:
    """The figures that were expected: as such, or in a column of what was."""
    shape = data("forms")["expected"]["awaited"]
    found = []
    for claim in answerer.facts.claims_of(predicate="hasMetric"):
        if claim.subject.id not in firms or magnitude(claim.value) is None:
            continue
        metric = claim.qualifiers.get("metric", "")
        bare = re.sub(rf"\s?(?:{shape})$", "", metric)
        told = bare != metric or claim.modality == "forecast"
        if told and bare in measure.names and _is_awaited(claim, answerer, shape):
            found.append(claim)
    return found


def _is_awaited(claim: Claim, answerer: Answerer, shape: str) -> bool:
    """Whether the report says so of the figure: no firm's own guidance for a later time."""
    if claim.evidence.in_table:
        return re.search(shape, claim.qualifiers["metric"]) is not None
    unit = _unit(claim, answerer)
    return unit is not None and re.search(shape, unit.text) is not None


def _beside(one: Claim, other: Claim, answerer: Answerer) -> bool:
    """Whether two figures stand in one row or sentence."""
    a, b = one.evidence, other.evidence
    if a.report != b.report:
        return False
    if a.in_table or b.in_table:
        alike = (a.section, a.table, a.row) == (b.section, b.table, b.row)
        return alike and abs(a.start - b.start) < _ROW
    first, second = _unit(one, answerer), _unit(other, answerer)
    return first is not None and second is not None and first.span == second.span


_ROW = 400  # characters


def _is_of(claim: Claim, question: Question, answerer: Answerer) -> bool:
    """Whether a figure is of the time asked for, by itself or by the heading it stands below."""
    from extractors.values.periods import find_periods

    if not question.periods:
        return True
    if period := _period(claim):
        return any(answers_for(p, period) for p in question.periods)
    place = claim.evidence
    headed = find_periods(" ".join(place.section[-1:]), answerer.dates[place.report])
    return any(answers_for(p, found.value) for p in question.periods for found in headed)


def _period(claim: Claim) -> str:
    return claim.qualifiers.get("period", "")


def _said(pair: Pair, question: Question, answerer: Answerer, *, down: bool, much: bool) -> Reply:
    """Say whether it was more, with both figures, and by how ``much`` where that is asked."""
    from extractors.tables.periods import ends

    actual, awaited = pair
    first, second = (magnitude(c.value) or Decimal(0) for c in pair)
    texts = wording()["expected"][question.language]
    period = _period(actual) or _period(awaited)
    parts = (actual.qualifiers.get("product"), actual.qualifiers["metric"])
    last = ends(period)
    ahead = last is not None and last > answerer.dates[actual.evidence.report]
    way = "equal" if first == second else "above" if first > second else "below"
    yes, no = wording()["yes_no"][question.language]
    when = period_text(period, question.language)
    text = fill(
        texts[f"{way}_ahead" if ahead else way],
        name=name_of(actual.subject, question.language),
        metric=" ".join(filter(None, parts)),
        period=f"{when} " if when else "",
        actual=size_text(actual),
        awaited=size_text(awaited),
    )
    answer = "" if much else yes if way == ("below" if down else "above") else no
    steps = [f"{plain(first)} − {plain(second)} = {plain(first - second)}"]
    modalities = tuple(dict.fromkeys(("fact", actual.modality, awaited.modality)))
    evidence = (actual.evidence, awaited.evidence)
    told = [Sentence(answer + text, evidence, steps=tuple(steps), modalities=modalities)]
    if much and second > 0 and way != "equal":
        share = f"{plain(abs(round((first - second) / second * 100, 1)))}%"
        steps.append(f"{plain(first - second)} ÷ {plain(second)} = {share}")
        more = fill(texts["by"], share=share)
        told.append(Sentence(more, evidence, steps=tuple(steps), modalities=modalities))
    return Reply(tuple(told), pair)


def _as_told(
    units: Sequence[Unit], measure: Measure, question: Question, answerer: Answerer, *, down: bool
) -> Reply | None:
    """Say yes or no with a sentence that says which way the figure came out."""
    words = {*measure.names, question.text[measure.start : measure.end]}
    part = _part(question, answerer)
    units = [u for u in units if part is None or says(u.folded, part[0])]
    yes, no = wording()["yes_no"][question.language]
    for unit in units:
        if unit.row is None and (way := _way(unit.text, words)):
            answer = yes if (way == "below") is down else no
            written = wording()["quotation"][question.language]
            text = answer + written.format(quote=" ".join(unit.text.split()))
            return Reply((Sentence(text, (unit.evidence,), quoted=True),))
    return None


def _way(text: str, words: set[str]) -> str | None:
    """Whether a sentence tells that a figure came out above or below; ``None`` if both."""
    form = data("forms")["expected"]
    shape = re.compile(f"(?P<above>{form['above']})|(?P<below>{form['below']})")
    told, start = set(), 0
    for match in shape.finditer(text):
        before = fold(text[start : match.start()])
        if any(fold(word) in before for word in words):
            told.add("above" if match["above"] else "below")
        start = match.end()
    return told.pop() if len(told) == 1 else None
