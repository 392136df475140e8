"""A question as read: what it asks for, which things it names, what it says of them.

Everything an expert may want to tune stands in ``questions.yaml`` and
``relations.yaml``; this module only applies it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, cast

from agent.questions.linking import Link, Linker
from agent.questions.senses import Asked
from agent.words import (
    data,
    focus_classes,
    is_torn,
    kinds,
    long_kinds,
    pattern,
    relation_words,
    similar_relations,
    stop_words,
    translations,
    unit_words,
    unmarked,
    word_set,
)
from kg.search.analyzer import Morpheme, morphemes

if TYPE_CHECKING:
    from extractors.values.periods import FoundPeriod

Kind = Literal[
    "summary", "definition", "reason", "opinion", "compare", "superlative", "count",
    "temporal", "person", "numeric", "boolean", "lookup",
]  # fmt: skip
EXACT = frozenset({"numeric", "temporal", "count", "person"})
"""Kinds of which the answer is one figure, time or name."""
_WHO_CLASSES = ("Person", "Company", "Organization")
_CONTENT = ("NNG", "NNP", "SL", "SN", "XR", "VV", "VA", "NR", "SH", "MAG")
_SAID_TWICE = 0.3
_PASSIVE = re.compile(r"(?:됐|되|된|돼|받)")  # "기업가치는 얼마로 평가됐어"
_CODE = re.compile(r"(?:-?[A-Za-z]*\d[A-Za-z0-9]*)(?:[-.][A-Za-z0-9]+)*")  # "DDR" and "9-X"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question outside every name; offsets into the question."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood of one question.

    ``relations`` weighs predicates by the question's words, 0..1. ``classes`` are
    the classes of entity asked for, empty when a value, date or text is. ``focus``
    is the noun asked about ("용량" in "메모리 용량은?"). ``periods`` are ISO-like, or with
    ``horizon`` the span of a return ("1Y", "YTD"). ``owners`` are words that stand for a
    thing the workspace knows no name of ("소프고의 매출은?"): evidence must say them.
    """

    text: str
    language: Literal["ko", "en"]
    kind: Kind
    wants_all: bool
    links: tuple[Link, ...]
    terms: tuple[Term, ...]
    relations: Mapping[str, float]
    classes: tuple[str, ...]
    focus: str | None
    periods: tuple[str, ...]
    horizon: bool = False
    owners: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """Ids of all entities named, in the order of the question."""
        return tuple(dict.fromkeys(e for link in self.links for e in link.entities))


def parse(
    text: str, linker: Linker, *, today: dt.date, classes: Mapping[str, str] | None = None
) -> Question:
    """Read a question; ``today`` resolves "올해", ``classes`` by id verbs of several readings."""
    from extractors.values.periods import find_periods

    text = spelt_out(text)
    phrases = quoted_phrases(text)
    links = tuple(
        link
        for link in linker.find(text)
        if not any(
            start <= link.start and link.end <= end and (link.start, link.end) != (start, end)
            for start, end in phrases
        )
    )
    tokens = morphemes(text, [(link.start, link.end) for link in links])
    asked = Asked.of(text, links, classes or {})
    said = _content(tokens, links)
    content = [_as_meant(term, asked) for term in said]
    kind = _kind(text)
    found = [
        p
        for p in find_periods(text, today) + english_periods(text, today)
        if not any(link.start <= p.start < link.end for link in links)
    ]
    meant = [p.value for p in found if not _compared_with(text, p)]
    dated = [(p.start, p.end) for p in found]
    horizons = horizons_of(text)
    focus = "수익률" if horizons else _focus(text, said)
    return Question(
        text=text,
        language="ko" if re.search("[가-힣]", text) else "en",
        kind=kind,
        wants_all=re.search(data("questions")["all_of"]["pattern"], text, re.I) is not None,
        links=links,
        terms=_terms(text, content, phrases, dated, horizons),
        relations=_relations(content + _verbal(tokens)),
        classes=_classes(text, focus, kind),
        focus=focus,
        periods=horizons or _periods(text, meant),
        horizon=bool(horizons),
        owners=_owners(text, tokens, links),
    )


def spelt_out(text: str) -> str:
    """Return a question with single spaces, and in full what is only written short ("전년比")."""
    for short, full in data("questions")["spelt"].items():
        text = text.replace(short, full)
    return " ".join(text.split())


def _compared_with(text: str, period: FoundPeriod) -> bool:
    """Whether a time is only what another is compared with ("작년보다"), without a number."""
    numbered = re.search(r"\d", text[period.start : period.end])
    return not numbered and pattern("compared_with").match(text[period.end :]) is not None


def english_periods(text: str, today: dt.date) -> list[FoundPeriod]:
    """Return the quarters and halves that an English question names ("Q3 2024", "first half")."""
    from extractors.values.periods import FoundPeriod, parse_period

    found = []
    for written, korean in _english_periods():
        for match in written.finditer(text):
            year = next((g for g in match.groups() if g), None)
            said = f"{year}년 {korean}" if year else korean
            if value := parse_period(said, today):
                found.append(FoundPeriod(match.start(), match.end(), value))
    return found


@cache
def _english_periods() -> list[tuple[re.Pattern[str], str]]:
    """How English questions name parts of years, each with its Korean name."""
    rows: list[dict[str, str]] = data("questions")["english_periods"]
    return [(re.compile(row["pattern"], re.I), row["korean"]) for row in rows]


def _owners(text: str, tokens: tuple[Morpheme, ...], links: tuple[Link, ...]) -> tuple[str, ...]:
    """Unknown names: what 의 follows, and proper or Latin nouns, outside all known names."""
    found: list[str] = []
    taken = [*((link.start, link.end) for link in links), *quoted_phrases(text)]
    for at, token in enumerate(tokens):
        if any(start <= token.start < end for start, end in taken):
            continue
        follows = tokens[at + 1] if at + 1 < len(tokens) else None
        owning = not links and follows is not None and follows.tag == "JKG"
        owning = owning and token.tag in ("NNG", "NNP", "SL")
        capital = token.tag == "SL" and re.match(r"[A-Z]", token.form) and not _asking(token.form)
        if token.tag == "NNP" or capital or owning:
            code = _CODE.match(text, token.end) if token.tag == "SL" else None
            word = text[token.start : code.end() if code else token.end]
            taken.append((token.start, token.start + len(word)))
            if word.lower() not in stop_words() and not _kind_word(word):
                found.append(word)
    return tuple(dict.fromkeys(found))


def _asking(word: str) -> bool:
    """English question words and verbs that open a sentence in capitals."""
    return word.lower() in stop_words() or pattern("opening").fullmatch(word) is not None


def _kind_word(word: str) -> bool:
    return word.lower().removesuffix("s").endswith((*long_kinds(), "표", "리포트", "보고서"))


def quoted_phrases(text: str) -> list[tuple[int, int]]:
    """Return the ranges between quotation marks: words to be found as they are."""
    return [m.span(1) for m in re.finditer(r"[‘“'\"「『]([^’”'\"」』]{2,40})[’”'\"」』]", text)]


def _terms(
    text: str,
    content: list[Term],
    phrases: list[tuple[int, int]],
    dated: list[tuple[int, int]],
    horizons: tuple[str, ...],
) -> tuple[Term, ...]:
    """The words to look for in the evidence: quoted phrases whole, dates and horizons left out."""
    whole = [Term(text[start:end], "PHRASE", start, end) for start, end in phrases]
    phrases = [*phrases, *dated]
    words = [
        t
        for t in content
        if t.form not in stop_words()
        and not any(start <= t.start < end for start, end in phrases)
        and not (horizons and t.form in data("questions")["horizon_words"])
    ]
    return tuple(whole + words)


def _periods(text: str, found: list[str]) -> tuple[str, ...]:
    """Periods read by the extractor's rules, and the bare years of an English question."""
    years = [] if found else re.findall(r"\b(20\d\d)\b", text)
    return tuple(dict.fromkeys([*found, *years]))


def horizons_of(text: str) -> tuple[str, ...]:
    """Return the horizons of the returns that a text is about ("1년 수익률": 1Y)."""
    if not re.search(
        r"수익률|상승률|하락률|낙폭|주가|종목|올랐|오른|빠진|내린|return|stock", text, re.I
    ):
        return ()
    rows: list[dict[str, Any]] = data("questions")["horizons"]
    asked = tuple(r["period"] for r in rows if re.search("|".join(r["words"]), text, re.I))
    week = re.search(data("questions")["of_the_week"], text) is not None
    return asked or (("1W",) if week else ())


def translatable(term: Term) -> bool:
    """Whether a word of an English question may stand in a Korean report.

    A figure, a name with digits, a quoted phrase, or a word of the glossary.
    """
    return bool(translations(term.form)) or not term.form.isalpha() or term.tag == "PHRASE"


def _kind(text: str) -> Kind:
    kind = cast(Kind, next(kind for kind, shape in kinds() if shape.search(text)))
    if kind in ("temporal", "numeric") and (noun := _final_noun(text)):
        return "person" if focus_classes()[noun] == ("Person",) else "lookup"
    return kind


def _final_noun(text: str) -> str | None:
    """The kind of thing a question ends in ("… 필즈상 수상자는?"), whatever it says before."""
    match = re.search(r"([가-힣]+?)(?:은|는|이|가)?\s*\?*$", text)
    said = match[1] if match else ""
    ending = [w for w in long_kinds() if said.endswith(w)]
    return max(ending, key=len) if ending else None


def _tells(token: Morpheme) -> bool:
    """Whether a morpheme has content; Kiwi takes 만드는 behind a noun for an auxiliary."""
    auxiliary = token.tag == "VX" and len(token.form) > 1 and token.form in relation_words()
    return auxiliary or token.tag.startswith(_CONTENT)


def _content(tokens: tuple[Morpheme, ...], links: tuple[Link, ...]) -> list[Term]:
    """Content words outside names, Latin lower-cased, letter-digit runs kept whole."""
    terms: list[Term] = []
    for token in tokens:
        if not _tells(token) or any(link.start <= token.start < link.end for link in links):
            continue
        noun = token.tag in ("NNG", "NNP")
        form = unmarked(token.form) if noun else token.form.lower()
        last = terms[-1] if terms else None
        joined = last is not None and last.end == token.start
        if joined and last and {last.tag, token.tag} <= {"SL", "SN"}:
            terms[-1] = Term(last.form + form, "SL", last.start, token.end)
        elif joined and last and last.tag == "SN" and token.tag.startswith("NN"):
            terms[-1] = Term(last.form + form, token.tag, last.start, token.end)
        elif joined and last and last.tag.startswith("NN") and is_torn(last.form, form):
            terms[-1] = Term(last.form + form, last.tag, last.start, token.end)
        else:
            terms.append(Term(form, token.tag, token.start, token.end))
    return terms


def _as_meant(term: Term, asked: Asked) -> Term:
    """A verb of many senses as what it means beside its object: 내다 of "얼마를 내": 지불."""
    means = asked.means(term.form, term.start, term.end) if term.tag[:2] in ("VV", "VX") else None
    return replace(term, form=means) if means else term


def _focus(text: str, content: list[Term]) -> str | None:
    """The noun asked about: the last content noun that is no question word.

    "메모리 용량은?" 용량, "차세대 GPU 아키텍처는 뭐야?" 아키텍처; in English the noun
    after the question word ("What HBM market size …", "Which company …").
    """
    asked = focus_classes()
    if wanted := re.search(r"(?:어느|어떤|무슨)\s+([가-힣A-Za-z]+)", text):
        kinds = [w for w in asked if wanted[1].lower().startswith(w)]
        if kinds:
            return max(kinds, key=len)
    if re.search("[가-힣]", text):
        skip = word_set("no_focus")
        unit = re.search(r"몇\s*([가-힣A-Za-z]+)", text)  # "몇 대만달러": what it is counted in
        counted, aside = unit.span(1) if unit else (0, 0), adjunct(text)
        nouns = [
            t
            for t in content
            if t.tag.startswith(("NN", "SL", "XR"))
            and t.form not in skip
            and not counted[0] <= t.start < counted[1]
            and not aside[0] <= t.start < aside[1]
            and not (t.form in word_set("judged") and _PASSIVE.match(text, t.end))
        ]
        return _telling(nouns)
    match = re.search(
        r"\b(?:what|which|who|how (?:much|many))\s+([\w-]+(?:\s+[\w-]+)?)", text, re.I
    )
    words = match[1].lower().split() if match else []
    known = [w for w in words if w in asked]
    named = (t.form for t in content if t.form in words and translations(t.form))
    return known[0] if known else next(named, None)


def adjunct(text: str) -> tuple[int, int]:
    """Return where a question says after which event a figure is asked for; empty if nowhere."""
    match = re.search(data("questions")["adjunct"], text)
    return match.span() if match else (0, 0)


def _telling(nouns: list[Term]) -> str | None:
    """The last noun; before a bare amount the noun it belongs to ("파라미터 수": 파라미터)."""
    if not nouns:
        return None
    last = nouns[-1]
    whole = nouns[-2].form + last.form if len(nouns) > 1 and last.start - nouns[-2].end <= 1 else ""
    if unit_words(whole):  # "설비 투자": no other investment answers for it
        return whole
    if last.form not in word_set("amounts"):
        return last.form
    before = nouns[-2] if len(nouns) > 1 else None
    return before.form if before and last.start - before.end <= 1 else None


def _classes(text: str, focus: str | None, kind: Kind) -> tuple[str, ...]:
    asked = focus_classes()
    if kind == "person":
        role = focus is not None and asked.get(focus) == ("Person",)
        return ("Person",) if role or not pattern("who").search(text) else _WHO_CLASSES
    if kind in ("numeric", "temporal", "definition", "summary", "reason", "opinion", "compare"):
        return ()
    noun = (focus or "").lower()
    if known := [w for w in asked if noun and noun.endswith(w)]:
        return asked[max(known, key=len)]
    last = (w for w in asked if w in text)  # few are: a pattern for each would be compiled anew
    if words := [w for w in last if re.search(rf"{re.escape(w)}[은는이가을를]?\s*\??$", text)]:
        return asked[max(words, key=len)]
    if "어디" in text and kind in ("lookup", "compare", "superlative"):
        where = re.search(data("forms")["where_is"]["asked"], text) is not None
        return asked["장소" if where else "어디"]
    return ()


def _verbal(tokens: tuple[Morpheme, ...]) -> list[Term]:
    """Nouns with 하다 as one verb ("일하는": 일하), which as nouns may say nothing ("일")."""
    return [
        Term(noun.form + verb.form, "VV", noun.start, verb.end)
        for noun, verb in pairwise(tokens)
        if noun.tag == "NNG" and verb.tag == "XSV" and noun.form + verb.form in relation_words()
    ]


def _relations(content: list[Term]) -> dict[str, float]:
    """Weigh predicates: 1 for a listed word, less for one merely similar in meaning."""
    words = relation_words()
    weights: dict[str, float] = {}
    for before, term in zip((None, *content), content, strict=False):
        if before and term.start - before.end <= 1 and unit_words(before.form + term.form):
            continue  # "설비 투자": a figure, whatever its parts may ask for
        predicates = words.get(term.form, [])
        for predicate in predicates:
            share = 1.0 if len(predicates) <= 2 else 0.7
            weights[predicate] = min(
                1.5,
                max(weights.get(predicate, 0.0), share)
                + (_SAID_TWICE if predicate in weights else 0.0),
            )
        if not predicates:
            for predicate, similarity in similar_relations(term.form, term.tag):
                weights[predicate] = max(weights.get(predicate, 0.0), similarity * 0.7)
    return weights
