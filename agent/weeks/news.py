"""What a week brought: new claims, changed values, told with both weeks cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.answer import Sentence
from agent.briefing.lines import Teller, quantity
from agent.extent import Extent
from agent.korean import fill
from agent.questions.forms import asks_change
from agent.questions.linking import fold
from agent.questions.question import Question, Term
from agent.questions.scopes import Scope
from agent.replies.arithmetic import plain
from agent.replies.phrasing import wording
from agent.replies.quoting import Reply
from agent.replies.wording import name_of, period_text, say
from agent.weeks.changes import SURE
from agent.words import data, focus_classes, modality_words, translations, unit_words
from kg.claim import Claim
from kg.difference import Change

if TYPE_CHECKING:
    from agent.answerer import Answerer
    from agent.weeks.changes import Changes

_MOST = 4
_ROOM = 340
_SURE_RELATION = 0.65
_TURNED = frozenset({"value_changed", "status_changed", "reversed"})
_FIGURES = frozenset({"hasMetric", "marketSize", "marketShare"})
_NEWS = frozenset({"new", *_TURNED})


@dataclass(frozen=True, slots=True)
class Topic:
    """What the changes asked for are about: names, relations, and other words."""

    names: tuple[frozenset[str], ...]
    labels: tuple[frozenset[str], ...]
    relations: frozenset[str]
    classes: tuple[str, ...]
    words: tuple[str, ...]
    expected: bool

    def fits(self, change: Change) -> bool:
        """Tell whether a change is about every name, and of the relation or a word of it.

        Where a forecast is asked for, it must be one; what was merely said is no change.
        """
        if change.predicate == "states" or (self.expected and not _forecast(change)):
            return False
        said = _said(change)
        ends = {change.subject.id, change.object.id if change.object else ""}
        for ids, labels in zip(self.names, self.labels, strict=True):
            if not (ends & ids or any(label in said for label in labels)):
                return False
        if self.classes and change.object and change.object.cls in self.classes:
            return not self.relations or change.predicate in self.relations
        if not self.relations and not self.words:
            return not self.classes
        return change.predicate in self.relations or any(w in said for w in self.words)


def news_reply(text: str, answerer: Answerer, extent: Extent) -> tuple[Question, Reply] | None:
    """Answer what is new or has changed; ``None`` for any other question, or in one report."""
    asked = asks_change(text) if extent.report is None else None
    if asked is None:
        return None
    question = answerer.parsed(text, extent.reports)
    pair = _weeks(text, answerer, extent)
    if pair is None:  # all of the only week is new, but nothing has changed since another
        return None if asked == "new" else (question, _one_week(question))
    old, new = pair
    found = answerer.changes(old, new)
    topic = _topic(question, answerer)
    fitting = [c for c in found.changes if c.confidence >= SURE and topic.fits(c)]
    kinds = {"new"} if asked == "new" else _TURNED if _pointed(topic) else _NEWS
    chosen = [c for c in fitting if c.kind in kinds]
    if not chosen and asked == "changed":
        chosen = [c for c in fitting if c.kind in _NEWS]
    step = f"diff {found.old.title} → {found.new.title}: {len(chosen)}"
    told = _told(chosen, question, found, answerer)
    if told:
        return question, _reply([replace(told[0][1], steps=(step, *told[0][1].steps))], told)
    same = [c for c in fitting if c.kind == "restated"] if asked == "changed" else []
    if same and _pointed(topic):
        unchanged = _told(same[:2], question, found, answerer)
        if unchanged:
            return question, _reply([replace(unchanged[0][1], steps=(step,))], unchanged)
    return question, _nothing(question, found, asked)


def _reply(first: list[Sentence], told: Sequence[tuple[Change, Sentence]]) -> Reply:
    claims = [c for change, _ in told for c in (*change.new[:1], *change.old[:1])]
    return Reply((*first, *(s for _, s in told[1:])), tuple(claims))


def _pointed(topic: Topic) -> bool:
    """Whether a question asks of something, not of everything."""
    return bool(topic.names or topic.relations or topic.words or topic.classes)


def _weeks(text: str, answerer: Answerer, extent: Extent) -> tuple[str, str] | None:
    """The two weeks to compare: the newest and the one before, or both one week back."""
    infos = answerer.generation.reports
    limit = max((r.date for r in infos if r.id in extent.reports), default=None)
    weeks = sorted({r.week for r in infos if limit is not None and r.date <= limit})
    back = 2 if re.search(data("forms")["changes"]["before"], text, re.I) else 1
    if re.search(r"이번 ?주|금주|this week", text, re.I):
        back = 1
    return (weeks[-back - 1], weeks[-back]) if len(weeks) > back else None


def _topic(question: Question, answerer: Answerer) -> Topic:
    """What is asked about: the words of the form itself and of modality say nothing of it."""
    form = {str(word) for word in data("forms")["changes"]["words"]}
    soft = form | modality_words("forecast") | modality_words("plan")
    kinds = focus_classes()
    terms = [t for t in question.terms if t.form not in soft and _telling(t)]
    asked = [t for t in terms if t.form in kinds]
    terms = [t for t in terms if t not in asked]
    relations = {
        p
        for p, weight in question.relations.items()
        if weight >= _SURE_RELATION and p != "states" and _from(p, terms)
    }
    names = []
    for link in question.links:
        names.append(frozenset(m for e in link.entities for m in answerer.families.of_entity(e)))
    families = {e: answerer.families.of_entity(e) for e in question.entities}
    labels = tuple(answerer.quoter.wanted(question, families))
    return Topic(
        tuple(names),
        labels,
        frozenset(relations),
        tuple(dict.fromkeys(c for t in asked for c in kinds[t.form])),
        tuple(dict.fromkeys(fold(w) for run in _runs(question.text, terms) for w in _as(run))),
        any(t.form in modality_words("forecast") for t in question.terms),
    )


def _forecast(change: Change) -> bool:
    """Whether either side of a change is a figure or is not yet so."""
    figures = change.claim.value is not None and change.claim.value.minimum is not None
    hoped = any(c.modality == "forecast" for c in (*change.new, *change.old))
    return hoped or (figures and change.predicate in _FIGURES)


def _runs(text: str, terms: Sequence[Term]) -> list[str]:
    """The words of a topic, those written together as one ("설비투자")."""
    runs: list[tuple[int, int]] = []
    for term in terms:
        joined = runs and runs[-1][1] == term.start
        start = runs.pop()[0] if joined else term.start
        runs.append((start, term.end))
    return [text[start:end] for start, end in runs]


def _as(word: str) -> tuple[str, ...]:
    return (word, *unit_words(word), *translations(word))


def _telling(term: Term) -> bool:
    return term.tag.startswith(("NN", "SL", "XR", "PHRASE")) and len(term.form) > 1


def _from(predicate: str, terms: Sequence[Term]) -> bool:
    """Whether a word of the topic itself asks for a relation ("파트너십", not "발표")."""
    from agent.words import relation_words

    return any(predicate in relation_words().get(term.form, ()) for term in terms)


def _said(change: Change) -> str:
    claim = change.claim
    parts = [claim.subject.label, claim.object.label if claim.object else ""]
    parts += [*claim.qualifiers.values(), claim.evidence.column or "", claim.evidence.table or ""]
    return fold(" | ".join(parts))


def _told(
    found: Sequence[Change], question: Question, between: Changes, answerer: Answerer
) -> list[tuple[Change, Sentence]]:
    """Say the first changes that stand up to the check, as many as an answer has room for."""
    told: list[tuple[Change, Sentence]] = []
    seen: set[str] = set()
    room = _ROOM
    for change in found:
        ends = f"{change.subject.id}/{change.object.id if change.object else change.claim.id}"
        if ends in seen:
            continue
        for sentence in _ways(change, question, between, answerer):
            fits = len(sentence.text) <= room and sentence.text not in seen
            if fits and answerer.checker.check(sentence).supported:
                told.append((change, sentence))
                seen |= {sentence.text, ends}
                room -= len(sentence.text)
                break
        if len(told) == _MOST:
            break
    return told


def _ways(
    change: Change, question: Question, between: Changes, answerer: Answerer
) -> Iterator[Sentence]:
    """The ways to say a change, the fullest first."""
    from agent.replies.replies import said

    texts = wording()["changes"][question.language]
    dates = {"old": _day(between.old), "new": _day(between.new)}
    if change.kind == "new":
        yield _dated(said(change.new[:1], question), texts["new"], dates)
        return
    old, new = change.old[0], change.new[0]
    days = (answerer.dates[c.evidence.report].isoformat() for c in (old, new))
    dates = dict(zip(dates, days, strict=True))  # of several reports of one week
    evidence = (new.evidence, old.evidence)
    modalities = tuple(dict.fromkeys(("fact", new.modality, old.modality)))
    before, after = quantity(old), quantity(new)
    if change.kind == "value_changed" and before and after and before != after:
        who = new.attributed_to if new.attributed_to == old.attributed_to else None
        slots = {"what": _what(new, question), "before": before, "after": after, **dates}
        text = fill(texts["value"], **slots)
        text = fill(wording()["attribution"][question.language], who=who) + text if who else text
        yield Sentence(text, evidence, steps=_steps(change, before, after), modalities=modalities)
    elif change.kind == "restated":
        told = say([new], question.language)
        text = texts["same"].format(said=told, **dates)
        yield Sentence(text, evidence, modalities=modalities)
    elif question.language == "en":
        now, was = (say([c], "en") for c in (new, old))
        if now != was:  # else only its status moved, which an English sentence does not say
            text = texts["turned"].format(now=now, was=was, **dates)
            yield Sentence(text, evidence, modalities=modalities)
    else:
        line = Teller(answerer.generation.reports).line(change)
        text = texts["turned"].format(line=line.text, **dates)
        yield Sentence(text, evidence, modalities=modalities)


def _dated(sentence: Sentence, frame: str, dates: dict[str, str]) -> Sentence:
    """A new claim with the report that first has it."""
    if sentence.quoted:
        return sentence
    return replace(sentence, text=frame.format(said=sentence.text.removesuffix("."), **dates))


def _day(scope: Scope) -> str:
    return scope.reports[-1].date.isoformat()


def _what(claim: Claim, question: Question) -> str:
    """The thing and its measure: "알파벳의 2025년 설비투자"."""
    subject = name_of(claim.subject, question.language)
    measure = claim.qualifiers.get("metric") or (claim.object.label if claim.object else "")
    period = claim.qualifiers.get("period", "")
    when = period_text(period, question.language) if re.fullmatch(r"[\dQH-]{4,7}", period) else ""
    parts = " ".join(filter(None, (when, measure or _measure(claim, question))))
    return f"{subject} {parts}" if question.language == "en" else f"{subject}의 {parts}"


def _measure(claim: Claim, question: Question) -> str:
    from kg.vocab import PREDICATES

    label = PREDICATES[claim.predicate]
    return label.en if question.language == "en" else label.ko


def _steps(change: Change, before: str, after: str) -> tuple[str, ...]:
    percent = f" ({change.percent:+}%)" if change.percent is not None else ""
    difference = plain(change.absolute) if change.absolute is not None else ""
    return (f"{before} → {after}{percent} {difference}".strip(),)


def _one_week(question: Question) -> Reply:
    """Abstain where there is no other week to compare with."""
    text = wording()["changes"][question.language]["one_week"]
    return Reply((Sentence(text, ()),), (), abstained=True, reason="reports of one week only")


def _nothing(question: Question, found: Changes, asked: str) -> Reply:
    """Say that the newer reports bring nothing of the kind."""
    text = wording()["changes"][question.language]["nothing"].format(
        old=_day(found.old), new=_day(found.new)
    )
    reason = f"{asked}: nothing in {found.new.title} beside {found.old.title}"
    return Reply((Sentence(text, ()),), (), abstained=True, reason=reason)
