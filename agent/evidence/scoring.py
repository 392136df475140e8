"""How well a claim answers a question: every claim against every question, one way.

A claim scores by what the question names (entities, wherever in the claim or its
table row they stand), by the relation or metric asked for, by the words it shares,
by its period, and by whether it has a slot of the kind asked for. Scores lie in 0..1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agent.evidence.contexts import Context
from agent.questions.linking import fold, says, shortest
from agent.questions.periods import PARTS, answers_for, grain, written
from agent.questions.question import Question, Term, translatable
from agent.words import (
    asked_unit,
    counted_so,
    is_other_size,
    measure_asked,
    modality_words,
    pattern,
    relation_words,
    same_relation,
    translations,
    unit_words,
    word_set,
)
from kg.claim import MODALITIES, Claim
from kg.vocab import AGENTS, PREDICATES

Slot = Literal[
    "subject", "object", "value", "period", "partner", "counterparty", "product", "role", "text"
]

_LABEL_SLOTS: tuple[Slot, ...] = ("partner", "counterparty", "product")
_LABELLED = frozenset(_LABEL_SLOTS)
_LIMITS = frozenset({"condition", "setting", "basis"})
_COUNTED = frozenset({"amount", "quantity", "stake", "cost", "capacity"})
_DATED = frozenset({"period", "date"})
_RELATED = (
    {"develops", "releases", "coDevelops"},
    {"partnersWith", "coDevelops", "investsIn"},
    {"supplies", "purchases", "ships"},
    {"produces", "manufactures", "ships"},
    {"acquires", "investsIn"},
    {"uses", "trainedOn"},
    {"regulates", "blocks"},
)
_NEAR = 0.55
_UNFOCUSED = 0.6
_WELL_COVERED = 0.9
# what holds between a company and its own kin: 엔비디아 acquires Run:ai, now its subsidiary
_BETWEEN_KIN = frozenset({"acquires", "investsIn", "founded", "partOf", "variantOf"})
_WRONG_UNIT = 0.6
_CONDITIONAL = 0.88
_STANDING = {
    **{"fact": 1.0, "plan": 0.97, "forecast": 0.97},
    **{"rumour": 0.93, "opinion": 0.9, "denied": 0.7},
}
_UNOWNED, _UNOWNED_BESIDE = 0.5, 0.75
_EXACT = frozenset({"numeric", "temporal"})
_WEAK = 0.4
_WEAK_CLASSES = frozenset({"Technology", "Concept", "Market", "Place", "Event", "Policy"})
_BESIDE, _CAPTION, _AROUND, _AROUND_VALUE = 0.85, 0.8, 0.6, 0.3
_WIDE, _SIBLING = 0.8, 0.7
_PHRASE_WEIGHT = {"PHRASE": 6.0}
_TEXTUAL = frozenset({"hasMetric", "states"})
_VALUE_PREDICATES = frozenset({"hasMetric", "marketShare", "marketSize", "scores", "changesPrice"})
_SAYS_VALUE = _VALUE_PREDICATES | {"states"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the question: its weight, its relations, how it and its siblings are written."""

    weight: float
    predicates: Sequence[str]
    words: Sequence[str]
    siblings: frozenset[str]
    modalities: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """A claim, its score, and the slot that answers the question."""

    claim: Claim
    score: float
    slot: Slot
    coverage: float


class Scorer:
    """Scores claims for one question.

    ``names`` holds for each name in the question all folded names of what it stands for.
    ``families`` widens each named entity to those it stands for (TPU: its
    generations; 구글: 구글 클라우드). ``context`` gives a claim's surroundings and
    ``weight`` a word's importance in the workspace (idf-like, 0..1).
    """

    def __init__(
        self,
        question: Question,
        families: Mapping[str, frozenset[str]],
        weight: Mapping[str, float],
        classes: Mapping[str, str],
        names: Sequence[frozenset[str]],
    ) -> None:
        self._question = question
        self._unit = asked_unit(question.text) if question.kind == "numeric" else None
        said = [shortest(alike) for alike in names]
        strength = [
            _WEAK if all(classes.get(e) in _WEAK_CLASSES for e in link.entities) else 1.0
            for link in question.links
        ]
        self._total: float = sum(strength)
        named = [
            frozenset().union(*(families.get(e, frozenset({e})) for e in link.entities))
            for link in question.links
        ]
        self._named = list(zip(said, named, strength, strict=True))
        self._exact = frozenset(question.entities)
        self._family = frozenset().union(*named)
        self._own = self._exact | self._family
        self._asked = fold(question.text)
        self._terms = [
            _asked(term, weight)
            for term in question.terms
            if question.language != "en" or translatable(term)
        ]
        self._weight: float = sum(term.weight for term in self._terms)
        self._related: dict[str, float] = {}
        self._owners = [(fold(word), *translations(fold(word))) for word in question.owners]
        focus = question.focus or ""
        self._focus, self._measure = fold(focus), fold(measure_asked(question.text, focus))
        self._focus_words = (self._focus, self._measure, *unit_words(focus), *translations(focus))

    def score(
        self, claim: Claim, surroundings: Callable[[Claim], Context], labels: Mapping[str, str]
    ) -> Scored | None:
        """Score one claim; ``None`` when it cannot answer.

        ``surroundings`` are asked only for a claim that may answer: a third may not.
        ``labels`` maps folded names to entity ids, to recognise qualifiers.
        """
        entities = self._entities(claim, labels)
        slot = self._slot(claim, entities)
        if slot is None or (slot == "value" and self._is_of_part(claim)):
            return None
        context = surroundings(claim)
        names = self._names_covered(claim, slot, entities, context)
        if names == 0.0 and self._named:
            return None
        terms = self._terms_covered(claim, context)
        relation = self._relation(claim, context)
        if claim.predicate in _TEXTUAL and not _has_number(claim):
            # a remark is asked for by its words, and says less than a relation does
            by_words = 0.6 if self._question.relations else 0.9
            relation = max(relation, by_words * terms)
        period = self._period(claim, slot, context)
        exact = 0.97 if self._exact and self._exact.isdisjoint(entities.values()) else 1.0
        score = names**1.25 * (0.5 * terms + 0.4 * relation + 0.1) * period * exact
        if slot == "value" and claim.value and not counted_so(claim.value, self._unit):
            score *= _WRONG_UNIT
        if is_other_size(claim.qualifiers.get("product", ""), self._question.text):
            score *= _WRONG_UNIT
        score *= self._owned(context) * self._plain(claim) * self._standing(claim)
        if terms < _WELL_COVERED:
            score *= self._focused(claim, context)
        return Scored(claim, score * (0.85 + 0.15 * float(claim.confidence)), slot, terms)

    def _is_of_part(self, claim: Claim) -> bool:
        """Whether a figure is of a firm that belongs to the one named: not that one's own."""
        subject = claim.subject
        return (
            subject.id in self._family
            and subject.id not in self._exact
            and subject.cls in AGENTS
            and claim.predicate in _VALUE_PREDICATES
        )

    @staticmethod
    def _entities(claim: Claim, labels: Mapping[str, str]) -> dict[Slot, str]:
        found: dict[Slot, str] = {"subject": claim.subject.id}
        if claim.object:
            found["object"] = claim.object.id
        qualifiers = claim.qualifiers
        if _LABELLED.isdisjoint(qualifiers):
            return found
        for slot in _LABEL_SLOTS:
            if slot in qualifiers and (label := qualifiers[slot]):
                found[slot] = labels.get(fold(label), "label:" + label)
        return found

    def _names_covered(
        self, claim: Claim, slot: Slot, entities: Mapping[Slot, str], context: Context
    ) -> float:
        """The share of the question's names that the claim is about, weak ones counting less.

        In a comparison each claim is about one side, so the best name counts alone.
        """
        if not self._named:
            return 1.0
        ids = entities.values()
        around = _AROUND_VALUE if slot == "value" and not claim.evidence.row else _AROUND
        best = covered = 0.0
        for said, named, strength in self._named:
            share = _nearness(said, context, around) if named.isdisjoint(ids) else 1.0
            best = max(best, share)
            covered += share * strength
        return best if self._question.kind == "compare" else covered / self._total

    def _slot(self, claim: Claim, entities: Mapping[Slot, str]) -> Slot | None:
        """Find the part of the claim that the question asks for."""
        question = self._question
        if question.classes:
            for slot in self._free(claim, entities):
                if self._class_fits(claim, slot):
                    return slot
            return None
        if question.kind == "temporal":
            has_date = not _DATED.isdisjoint(claim.qualifiers) or _is_date(claim)
            return "period" if has_date else None
        if question.kind in ("numeric", "compare", "superlative"):
            return "value" if _has_number(claim) else None
        if claim.value and claim.predicate in _SAYS_VALUE:
            return "value"
        otherwise: Slot | None = "text" if question.kind == "boolean" else None
        return next(self._free(claim, entities), otherwise)

    def _free(self, claim: Claim, entities: Mapping[Slot, str]) -> Iterator[Slot]:
        """Yield the parts of the claim that are none of what the question names."""
        taken = self._exact if claim.predicate in _BETWEEN_KIN else self._own
        return (slot for slot, entity in entities.items() if entity not in taken)

    def _class_fits(self, claim: Claim, slot: Slot) -> bool:
        classes = self._question.classes
        if slot == "subject":
            return claim.subject.cls in classes
        if slot == "object":
            return claim.object is not None and claim.object.cls in classes
        # a qualifier is a label only: partners are organisations, products are things
        return ("Company" in classes) == (slot != "product")

    def _terms_covered(self, claim: Claim, context: Context) -> float:
        if not self._weight:
            return 1.0
        covered = 0.0
        for term in self._terms:
            if (
                claim.predicate in term.predicates
                or claim.modality in term.modalities
                or says(context.narrow, term.words)
            ):
                covered += term.weight
            elif says(context.wide, term.words):
                covered += term.weight * _WIDE
            elif says(context.caption, term.siblings):
                covered += term.weight * _SIBLING
        return covered / self._weight

    def _plain(self, claim: Claim) -> float:
        """Prefer the total, and what is said without a condition that was not asked for."""
        if _LIMITS.isdisjoint(claim.qualifiers):
            return 1.0
        odd = [
            value
            for key in _LIMITS
            if (value := claim.qualifiers.get(key)) and fold(value) not in self._asked
        ]
        return 1.0 if all(pattern("total").search(value) for value in odd) else _CONDITIONAL

    def _standing(self, claim: Claim) -> float:
        """Prefer what holds to what is planned, rumoured or was denied."""
        if claim.modality == "denied" and pattern("undone").search(self._question.text):
            return 1.0
        return _STANDING[claim.modality]

    def _owned(self, context: Context) -> float:
        """Lower what does not say the unknown names of the question."""
        if not self._owners:
            return 1.0
        missing = sum(not says(context.wide, words) for words in self._owners)
        known = bool(self._named) or any(t.tag == "PHRASE" for t in self._question.terms)
        return (_UNOWNED_BESIDE if known else _UNOWNED) ** min(missing, 2)

    def _focused(self, claim: Claim, context: Context) -> float:
        """Lower what does not say the very thing asked about ("수율은 몇 퍼센트?")."""
        focus = self._question.focus
        if self._question.kind not in _EXACT or not focus or focus in word_set("amounts"):
            return 1.0
        where = context.narrow if "metric" in claim.qualifiers else context.wide
        if says(where, self._focus_words):
            return 1.0
        return 1.0 if claim.predicate in relation_words().get(focus, ()) else _UNFOCUSED

    def _relation(self, claim: Claim, context: Context) -> float:
        if (best := self._related.get(claim.predicate)) is None:
            best = self._related[claim.predicate] = self._asked_for(claim.predicate)
        status = claim.qualifiers.get("status", "").removesuffix("중")
        if status and fold(status) in self._asked:
            return 1.0
        if claim.predicate in _VALUE_PREDICATES:
            best = max(best, self._metric(claim, context))
        elif not self._question.relations:
            best = max(best, 0.4)
        return min(best, 1.0)

    def _asked_for(self, predicate: str) -> float:
        """How much the question asks for a relation, or for one that is near to it."""
        weights = self._question.relations
        groups = [group for group in _RELATED if predicate in group]
        near = max((weights.get(p, 0.0) for group in groups for p in group), default=0.0)
        return max(weights.get(predicate, 0.0), _NEAR * near)

    def _metric(self, claim: Claim, context: Context) -> float:
        """How much of the metric's own name the question says, and whether its focus is there."""
        metric = claim.qualifiers.get("metric") or PREDICATES[claim.predicate].ko
        words = _words_of(metric)
        said = sum(word in self._asked for word in words) / len(words) if words else 0.0
        focus = self._focus
        if focus and (focus in fold(metric) or self._measure == fold(metric)):
            return 0.6 + 0.4 * said
        if focus and focus in context.narrow:
            return max(0.5, said)
        return said

    def _period(self, claim: Claim, slot: Slot, context: Context) -> float:
        """How well the claim's period is the one asked for.

        A figure of a longer period never answers for a part of it, whatever stands beside it.
        """
        asked = self._question.periods
        if not asked:
            return 1.0
        if self._question.horizon:
            return 1.0 if claim.qualifiers.get("period") in asked else 0.25
        said = claim.qualifiers.get("period") or claim.qualifiers.get("date") or ""
        if said and (share := max(answers_for(p, said, figure=slot == "value") for p in asked)):
            return share
        figure = slot == "value" and any(grain(p) in PARTS for p in asked)
        if figure and said:
            return 0.0
        if any(written(p, context.wide) for p in asked):
            return 0.8
        return 0.25 if said or figure else 0.4


def _asked(term: Term, weight: Mapping[str, float]) -> _Asked:
    predicates = relation_words().get(term.form, ())
    weighs = weight.get(term.form, 1.0) * _PHRASE_WEIGHT.get(term.tag, 1.0)
    return _Asked(
        weighs * (0.5 if term.tag in ("VV", "VA", "MAG") else 1.0),
        predicates,
        (fold(term.form), *unit_words(term.form), *translations(term.form)),
        same_relation(tuple(predicates)),
        [m for m in MODALITIES if term.form in modality_words(m)],
    )


def _nearness(names: Sequence[str], context: Context, around: float) -> float:
    """How near any of a thing's folded names stands to a claim that is not about it."""
    if not says(context.wide, names):  # asked first: it holds the others, and most say none
        return 0.0
    if says(context.narrow, names):
        return _BESIDE
    if says(context.caption, names):
        return max(_CAPTION if around == _AROUND else around, around)
    return around


@lru_cache(maxsize=4096)  # many claims are of one metric
def _words_of(metric: str) -> tuple[str, ...]:
    """The folded words of a metric's name."""
    return tuple(fold(w) for w in re.split(r"[\s()/,·]+", metric.casefold()) if w)


def _has_number(claim: Claim) -> bool:
    value = claim.value
    if value and (value.minimum is not None or value.maximum is not None):
        return True
    return not _COUNTED.isdisjoint(claim.qualifiers)


def _is_date(claim: Claim) -> bool:
    return bool(claim.value and re.search(r"\d+[-./월]\s?\d+", claim.value.text))


def by_score(scored: Sequence[Scored]) -> list[Scored]:
    """Sort best first; ties in the reports' own order."""
    return sorted(
        scored,
        key=lambda s: (-s.score, s.claim.evidence.report, s.claim.evidence.start, s.claim.id),
    )
