"""How well a sentence or table row answers a question, as numbers that a model weighs.

Cheap signs are taken of every unit that search finds, close ones of the best. Each
lies in 0..1. Their weights stand in ``weights.yaml``, fitted by
``tests/bench/fit_weights.py``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

from agent.evidence.holding import Holding
from agent.evidence.units import Unit
from agent.questions.linking import fold, says, shortest
from agent.questions.periods import PARTS, answers_for, grain, periods_agree
from agent.questions.question import EXACT, Question, Term, translatable
from agent.questions.ways import Word
from agent.words import (
    relation_words,
    same_relation,
    similarity,
    translations,
    unit_words,
    word_set,
)
from corpus.dates import iso_week

Names = frozenset[str]

CHEAP = (
    "words",
    "words_near",
    "names",
    "names_near",
    "pairs",
    "bigrams",
    "search",
    "row",
    "list",
    "caption",
    "heading",
    "asks",
    "short",
    "fresh",
)
CLOSE = (
    "holds",
    "holds_exact",
    "focus",
    "focus_near",
    "alike",
    "period",
    "apparatus",
    "owners_missing",
    "rarest_missing",
    "beside",
    "defines",
    "speaks",
    "first",
    "joint",
)
SIGNS = (*CHEAP, *CLOSE)
_VERBS = ("VV", "VA")
_ALIKE = 0.6
_ALIKE_NOUN = 0.72
_FIGURES = frozenset({"numeric", "compare", "superlative"})
_FIGURE = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?![\d,.])")
_UNTOLD = 0.4  # where a sentence before tells of a year, this one of no time
_LONGER = 0.6  # what holds of the year, beside an event of a part of it
_SCRIPTS = re.compile(r"[가-힣]+|[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants said: its words with their weights, and its names with aliases.

    ``total`` and ``named`` are the sums of the words' weights and of the names' strengths.
    """

    question: Question
    names: Sequence[Sequence[str]]
    strengths: Sequence[float]
    words: tuple[Word, ...]
    total: float
    bigrams: frozenset[str]
    pairs: tuple[str, ...]
    newest: dt.date
    figures: frozenset[str]
    named: float

    @classmethod
    def of(
        cls,
        question: Question,
        names: Sequence[Names],
        weight: Mapping[str, float],
        newest: dt.date,
        strengths: Sequence[float] | None = None,
    ) -> Wanted:
        """Weigh the words of a question; ``weight`` is 0..1 by rarity in the workspace."""
        terms = [t for t in question.terms if question.language == "ko" or translatable(t)]
        words = tuple(Word.of(t, weight.get(t.form, 1.0)) for t in _telling(question, terms))
        told = [fold(t.form) for t in terms] + [fold(link.text) for link in question.links]
        grams = {g for word in told for run in _SCRIPTS.findall(word) for g in _bigrams(run)}
        pairs = tuple(
            fold(question.text[a.start : b.end])
            for a, b in zip(question.terms, question.terms[1:], strict=False)
            if 0 <= b.start - a.end <= 1
        )
        total = sum(word.weight for word in words)
        strong = strengths or [1.0] * len(names)
        return cls(
            question,
            [shortest(alike) for alike in names],
            strong,
            words,
            total,
            frozenset(grams),
            pairs,
            newest,
            frozenset(_FIGURE.findall(question.text)),
            sum(strong),
        )


def _telling(question: Question, terms: Sequence[Term]) -> Sequence[Term]:
    """The words that tell of what a figure is: an amount is said by any figure ("금액", "돈")."""
    if question.kind != "numeric":
        return terms
    silent = word_set("amounts") | word_set("judged")
    return [t for t in terms if t.form not in silent] or terms


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def cheap(wanted: Wanted, unit: Unit, search: float, published: dt.date) -> list[float]:
    """Return the signs of ``CHEAP`` for one unit; ``search`` is its passage's share of the best."""
    text = unit.folded
    words, near = _words(wanted, unit)
    names, names_near = _names(wanted, unit)
    return [
        words,
        near,
        names,
        names_near,
        _share(text, wanted.pairs),
        _share(text, wanted.bigrams),
        search,
        *unit.shape,
        1.0 - min(1.0, (wanted.newest - published).days / 60),
    ]


def close(
    wanted: Wanted, unit: Unit, holding: Holding, published: dt.date, first: Sequence[float]
) -> list[float]:
    """Return the signs of ``CLOSE`` for one unit whose ``CHEAP`` ones are ``first``."""
    question = wanted.question
    holds = holding.holds(unit.text)
    words, words_near, names, names_near = first[:4]
    focus, focus_near = focus_said(question, unit)
    near = unit.folded + unit.around
    letters = unit.letters + unit.letters_around
    missing = [word.weight for word in wanted.words if not word.said(near, letters)]
    owners = [o for o in question.owners if fold(o) not in near]
    return [
        float(holds),
        float(holds and question.kind in EXACT),
        focus,
        focus_near,
        _alike(wanted, unit),
        _period(question, unit, published),
        float(unit.apparatus),
        min(1.0, len(owners) / 2),
        max(missing, default=0.0),
        _beside(wanted, unit),
        float(question.kind == "definition" and defines(question, unit.text)),
        float(question.kind in ("opinion", "reason") and holds),
        float(unit.offset <= 1),
        float(holds) * (words + 0.9 * words_near) * (names + 0.9 * names_near),
    ]


def _share(text: str, parts: Collection[str]) -> float:
    """The share of some folded parts that a text holds."""
    return sum(map(text.__contains__, parts)) / len(parts) if parts else 0.0


def defines(question: Question, text: str) -> bool:
    """Whether a text has the shape of a definition of what the question names."""
    return defining_shape(question, text) is not None


def defining_shape(question: Question, text: str) -> int | None:
    """The first shape of a definition (``questions.yaml``) that a text has, if any."""
    from agent.words import data

    phrases = [t.form for t in question.terms if t.tag == "PHRASE"]
    names = phrases or [link.text for link in question.links]
    names = names or [t.form for t in question.terms if t.tag.startswith(("NN", "SL"))]
    folded = text.lower()
    names = [n for n in names if n.lower() in folded]
    if not names:  # as of most texts: no shape is tried
        return None
    whole = [re.escape(n) + (r"(?![A-Za-z0-9])" if n[-1:].isascii() else "") for n in names]
    any_name = f"(?:{'|'.join(whole)})"
    shapes = enumerate(data("questions")["defines"])
    return next((n for n, s in shapes if re.search(s.format(name=any_name), text, re.I)), None)


def _words(wanted: Wanted, unit: Unit) -> tuple[float, float]:
    """The weighted shares of the question's words in a unit, and only around it."""
    if not wanted.total:
        return 0.6, 0.0
    text, letters = unit.folded, unit.letters
    everywhere, letters_everywhere = unit.written
    inside = near = 0.0
    for word in wanted.words:
        if not word.said(everywhere, letters_everywhere):  # most are said in neither
            continue
        if share := word.said(text, letters):
            inside += word.weight * share
        else:
            near += word.weight
    return inside / wanted.total, near / wanted.total


def _names(wanted: Wanted, unit: Unit) -> tuple[float, float]:
    """The shares of the question's names in a unit, and only around it; rare ones weigh more."""
    if not wanted.names:
        return 1.0, 0.0
    everywhere, _ = unit.written
    inside = near = 0.0
    for names, strength in zip(wanted.names, wanted.strengths, strict=True):
        if not says(everywhere, names):
            continue
        if any(name in unit.folded and _stands(unit.text, name) for name in names):
            inside += strength
        elif says(unit.around, names):
            near += strength
    return inside / wanted.named, near / wanted.named


def _stands(text: str, name: str) -> bool:
    """Tell a name that a folded text holds from the beginning of a longer number: H20 of H200."""
    return not name[-1].isdigit() or _ended(name).search(text) is not None


@lru_cache(maxsize=1024)
def _ended(name: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]*".join(map(re.escape, name)) + r"(?!\d)", re.IGNORECASE)


def focus_said(question: Question, unit: Unit) -> tuple[float, float]:
    """Return 1 where the very thing asked about is said in the text, and else around it."""
    focus = question.focus or ""
    if not focus or focus in word_set("amounts"):
        return 1.0, 0.0
    words = _focus_words(focus)
    if says(unit.folded, words):
        return 1.0, 0.0
    return 0.0, float(says(unit.around, words))


@lru_cache(maxsize=1024)
def _focus_words(focus: str) -> tuple[str, ...]:
    """The folded words that say what is asked about: itself, its units, its relation's words."""
    related = same_relation(tuple(relation_words().get(focus, ())))
    return tuple(map(fold, (focus, *unit_words(focus), *translations(focus), *related)))


def _alike(wanted: Wanted, unit: Unit) -> float:
    """The weighted share of words not said that a word of the text is near in meaning to."""
    missing = [
        word
        for word in wanted.words
        if word.term.tag in ("NNG", "VV", "VA", "XR") and not word.said(unit.folded, unit.letters)
    ]
    if not missing:
        return 0.0
    near = likeness([word.term for word in missing], unit.content)
    return sum(near.get(word.term.form, 0.0) * word.weight for word in missing) / wanted.total


def likeness(missing: Sequence[Term], there: Collection[tuple[str, str]]) -> dict[str, float]:
    """For each word not said, how near in meaning the nearest of some (form, tag) is.

    Nouns must be nearer than verbs: vectors put nouns of one field close that mean
    other things ("수율" and "패키징").
    """
    found: dict[str, float] = {}
    for term in missing:
        best = max(map(similarity, repeat((term.form, term.tag)), there), default=0.0)
        if best >= (_ALIKE if term.tag in _VERBS else _ALIKE_NOUN):
            found[term.form] = best
    return found


def _period(question: Question, unit: Unit, published: dt.date) -> float:
    """1 where the period asked for is said, less where it is only around or not at all."""
    if not question.periods or question.horizon:
        return 1.0
    if any(_bare_day(period, unit.text, published) for period in question.periods):
        return 1.0
    part = of_part(question)
    for where, share, longer in (
        (unit.text, 1.0, 0.0),
        (" | ".join(unit.section), 0.8, 0.0),
        (unit.before, 0.8, _UNTOLD),  # a year said before holds for that sentence, not this one
    ):
        found = _periods_said(where, published)
        shares = (answers_for(p, f, figure=part) for p in question.periods for f in found)
        if best := max(shares, default=0.0):
            return share * best
        if any(periods_agree(p, f) for p in question.periods for f in found):
            return longer if part else share * _LONGER
        if part and where is unit.text and _YEAR.search(where):  # "2025 회계연도"
            return 0.0
    dates = (published.isoformat(), iso_week(published))
    near = (answers_for(p, date, figure=part) for p in question.periods for date in dates)
    return 0.7 if any(near) else 0.0


def of_part(question: Question) -> bool:
    """Whether the figure of a quarter, half-year or month is asked for: a year's is another."""
    figure = question.kind in _FIGURES or (question.kind == "lookup" and not question.classes)
    return figure and not question.horizon and any(grain(p) in PARTS for p in question.periods)


@lru_cache(maxsize=1 << 13)
def _periods_said(text: str, published: dt.date) -> tuple[str, ...]:
    from extractors.values.periods import find_periods

    return tuple(found.value for found in find_periods(text, published))


def _bare_day(period: str, text: str, published: dt.date) -> bool:
    """Whether a text names a day of the report's weeks by its number alone ("3일")."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period)
    if not match:
        return False
    day = dt.date(*map(int, match.groups()))
    own = (day.year, day.month) == (published.year, published.month)
    near = own or published - day <= dt.timedelta(days=20)
    bare = rf"(?<![\d.,월])(?<!월\s){day.day}일"
    return day <= published and near and re.search(bare, text) is not None


def _beside(wanted: Wanted, unit: Unit) -> float:
    """For figures: the share of the words that stand near a figure not in the question."""
    if wanted.question.kind not in ("numeric", "compare", "count"):
        return 0.0
    asked = wanted.figures
    best = 0.0
    for figure, window, letters in unit.figures:
        if figure in asked:
            continue
        best = max(best, sum(w.weight for w in wanted.words if w.said(window, letters)))
    return best / wanted.total if wanted.total else 0.0
