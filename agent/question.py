"""A question as read: what it asks for, which things it names, what it says of them.

Everything an expert may want to tune stands in ``questions.yaml`` and
``relations.yaml``; this module only applies it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from agent.linking import Link, Linker
from kg.claim import Value
from kg.search.analyzer import Morpheme, morphemes

Kind = Literal[
    "summary", "definition", "reason", "opinion", "compare", "superlative", "count",
    "temporal", "person", "numeric", "boolean", "lookup",
]  # fmt: skip
_WHO = re.compile(r"누구|누가|\bwho\b", re.I)
_WHO_CLASSES = ("Person", "Company", "Organization")
AMOUNT_WORDS = frozenset(
    {"금액", "수치", "값", "점수", "규모", "비율", "정도", "얼마", "차이", "수", "돈", "액수"}
)
"""Nouns that ask for an amount without saying of what."""

_NO_FOCUS = frozenset(
    "입장 뭐 무엇 얼마 언제 몇 알리 말하 이름 것 하 되 며칠 날짜 시점 시기 때 날 일 비교 차이".split()
)
_CONTENT = ("NNG", "NNP", "SL", "SN", "XR", "VV", "VA", "NR", "SH", "MAG")
_SIMILAR_ENOUGH = 0.62
_SIMILAR_NOUN = 0.75
_MOST_SIMILAR = 2
_SAID_TWICE = 0.3


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
    is the noun asked about ("용량" in "메모리 용량은?"). ``periods`` are ISO-like, or with ``horizon`` the span
    of a return ("1Y", "YTD"). ``owners`` are words that stand for a thing the workspace
    knows no name of ("소프고" in "소프고의 매출은?"): evidence must say them.
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


@cache
def _data(name: str) -> Any:
    import yaml

    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@lru_cache(maxsize=1)
def _kinds() -> list[tuple[Kind, re.Pattern[str]]]:
    return [(k["kind"], re.compile(k["pattern"], re.I)) for k in _data("questions")["kinds"]]


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(str(word) for word in _data("questions")["stop_words"])


@lru_cache(maxsize=1)
def relation_words() -> dict[str, list[str]]:
    """Return the predicates that each relation word may ask for."""
    words: dict[str, list[str]] = {}
    for predicate, by_language in _data("relations").items():
        for word in [*by_language["ko"], *by_language["en"]]:
            words.setdefault(str(word), []).append(predicate)
    return words


@lru_cache(maxsize=256)
def same_relation(predicates: tuple[str, ...]) -> frozenset[str]:
    """Return the longer words that ask for the same relations ("취소" for "접다")."""
    return frozenset(
        word for word, of in relation_words().items() if len(word) > 1 and set(of) & set(predicates)
    )


@lru_cache(maxsize=1)
def focus_classes() -> dict[str, tuple[str, ...]]:
    """Return the classes of entity that each asking noun stands for."""
    return {
        str(word): tuple(row["classes"])
        for row in _data("questions")["focus"]
        for word in row["words"]
    }


@lru_cache(maxsize=1024)
def unit_words(word: str) -> tuple[str, ...]:
    """Return how a unit asked for may be written ("테라플롭스": "tflop")."""
    units: dict[str, list[str]] = _data("questions")["units"]
    number, unit = re.fullmatch(r"([\d.,]*)(.*)", word, re.S).groups()  # type: ignore[union-attr]
    return tuple(f"{number}{other}" for other in units.get(unit, ()))


def parse(text: str, linker: Linker, *, today: dt.date) -> Question:
    """Read a question; ``today`` resolves "올해", "지난달" (the latest report's date)."""
    from extractors.periods import find_periods

    text = " ".join(text.split())
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
    content = _content(tokens, links)
    kind = _kind(text)
    found = [
        p
        for p in find_periods(text, today)
        if not any(link.start <= p.start < link.end for link in links)
    ]
    dated = [(p.start, p.end) for p in found]
    horizons = _horizons(text)
    focus = "수익률" if horizons else _focus(text, content)
    return Question(
        text=text,
        language="ko" if re.search("[가-힣]", text) else "en",
        kind=kind,
        wants_all=re.search(_data("questions")["all_of"]["pattern"], text, re.I) is not None,
        links=links,
        terms=_terms(text, content, phrases, dated, horizons),
        relations=_relations(content),
        classes=_classes(text, focus, kind),
        focus=focus,
        periods=horizons or _periods(text, [p.value for p in found]),
        horizon=bool(horizons),
        owners=_owners(text, tokens, links),
    )


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
            word = text[token.start : token.end]
            if word.lower() not in _stop_words() and not _kind_word(word):
                found.append(word)
    return tuple(dict.fromkeys(found))


def _asking(word: str) -> bool:
    """English question words and verbs that open a sentence in capitals."""
    return word.lower() in _stop_words() or bool(
        re.match(
            r"(which|what|how|who|when|where|by|in|on|does|did|is|are|was|were|compare|summarize|explain|list|why)$",
            word,
            re.I,
        )
    )


def _kind_word(word: str) -> bool:
    kinds = (*(kind for kind in focus_classes() if len(kind) > 1), "표", "리포트", "보고서")
    return word.lower().endswith(kinds)


@lru_cache(maxsize=256)
def asked_unit(text: str) -> tuple[str, str] | None:
    """Return what a figure must be counted in: ("currency", ISO code or "any") or ("unit", unit)."""
    for row in _data("questions")["asked_units"]:
        if re.search(row["pattern"], text, re.I):
            kind = "currency" if "currency" in row else "unit"
            return kind, str(row[kind])
    return None


def counted_so(value: Value, asked: tuple[str, str] | None) -> bool:
    """Tell whether a value is in the unit or currency asked for."""
    if asked is None:
        return True
    kind, wanted = asked
    if kind == "unit":
        return value.unit == wanted
    return value.currency is not None and wanted in ("any", value.currency)


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
        if t.form not in _stop_words()
        and not any(start <= t.start < end for start, end in phrases)
        and not (horizons and t.form in _data("questions")["horizon_words"])
    ]
    return tuple(whole + words)


def _periods(text: str, found: list[str]) -> tuple[str, ...]:
    """Periods read by the extractor's rules, and the bare years of an English question."""
    years = [] if found else re.findall(r"\b(20\d\d)\b", text)
    return tuple(dict.fromkeys([*found, *years]))


def _horizons(text: str) -> tuple[str, ...]:
    """Return the horizon of a return asked for ("1년 수익률": 1Y), if any."""
    if not re.search(
        r"수익률|상승률|하락률|낙폭|주가|종목|올랐|오른|빠진|내린|return|stock", text, re.I
    ):
        return ()
    rows: list[dict[str, Any]] = _data("questions")["horizons"]
    return tuple(r["period"] for r in rows if re.search("|".join(r["words"]), text, re.I))


@lru_cache(maxsize=1024)
def translations(word: str) -> tuple[str, ...]:
    """Return how Korean reports say an English word of a question."""
    glossary: dict[str, list[str]] = _data("questions")["glossary"]
    stems = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"))
    return tuple(next((glossary[stem] for stem in stems if stem in glossary), ()))


def translatable(term: Term) -> bool:
    """Whether a word of an English question may stand in a Korean report.

    A figure, a name with digits, a quoted phrase, or a word of the glossary.
    """
    return bool(translations(term.form)) or not term.form.isalpha() or term.tag == "PHRASE"


def _kind(text: str) -> Kind:
    kind = next(kind for kind, pattern in _kinds() if pattern.search(text))
    if kind in ("temporal", "numeric") and (noun := _final_noun(text)):
        return "person" if focus_classes()[noun] == ("Person",) else "lookup"
    return kind


def _final_noun(text: str) -> str | None:
    """The kind of thing a question ends in ("… 필즈상 수상자는?"), whatever it says before."""
    match = re.search(r"([가-힣]+?)(?:은|는|이|가)?\s*\?*$", text)
    ending = [w for w in focus_classes() if match and match[1].endswith(w) and len(w) > 1]
    return max(ending, key=len) if ending else None


def _content(tokens: tuple[Morpheme, ...], links: tuple[Link, ...]) -> list[Term]:
    """Content words outside names, Latin lower-cased, letter-digit runs kept whole."""
    terms: list[Term] = []
    for token in tokens:
        if not token.tag.startswith(_CONTENT) or any(
            link.start <= token.start < link.end for link in links
        ):
            continue
        form = token.form.lower() if token.tag == "SL" else token.form
        last = terms[-1] if terms else None
        joined = last is not None and last.end == token.start
        if joined and last and {last.tag, token.tag} <= {"SL", "SN"}:
            terms[-1] = Term(last.form + form, "SL", last.start, token.end)
        elif joined and last and last.tag == "SN" and token.tag.startswith("NN"):
            terms[-1] = Term(last.form + form, token.tag, last.start, token.end)
        else:
            terms.append(Term(form, token.tag, token.start, token.end))
    return terms


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
        skip = _NO_FOCUS
        unit = re.search(r"몇\s*([가-힣A-Za-z]+)", text)  # "몇 대만달러": what it is counted in
        counted = unit.span(1) if unit else (0, 0)
        nouns = [
            t
            for t in content
            if t.tag.startswith(("NN", "SL", "XR"))
            and t.form not in skip
            and not counted[0] <= t.start < counted[1]
        ]
        return _telling(nouns)
    match = re.search(
        r"\b(?:what|which|who|how (?:much|many))\s+([\w-]+(?:\s+[\w-]+)?)", text, re.I
    )
    words = match[1].lower().split() if match else []
    known = [w for w in words if w in asked]
    named = (t.form for t in content if t.form in words and translations(t.form))
    return known[0] if known else next(named, None)


def _telling(nouns: list[Term]) -> str | None:
    """The last noun; before a bare amount the noun it belongs to ("파라미터 수": 파라미터)."""
    if not nouns:
        return None
    last = nouns[-1]
    if last.form not in AMOUNT_WORDS:
        return last.form
    before = nouns[-2] if len(nouns) > 1 else None
    return before.form if before and last.start - before.end <= 1 else None


def _classes(text: str, focus: str | None, kind: Kind) -> tuple[str, ...]:
    asked = focus_classes()
    if kind == "person":
        role = focus is not None and asked.get(focus) == ("Person",)
        return ("Person",) if role or not _WHO.search(text) else _WHO_CLASSES
    if kind in ("numeric", "temporal", "definition", "summary", "reason", "opinion"):
        return ()
    known = [w for w in asked if focus and focus.lower().endswith(w)]
    if known:
        return asked[max(known, key=len)]
    words = [w for w in asked if re.search(rf"{re.escape(w)}(은|는|이|가|을|를)?\s*\??$", text)]
    if words:
        return asked[max(words, key=len)]
    if "어디" in text and kind in ("lookup", "compare", "superlative"):
        return asked["어디"]
    return ()


def _relations(content: list[Term]) -> dict[str, float]:
    """Weigh predicates: 1 for a listed word, less for one merely similar in meaning."""
    words = relation_words()
    weights: dict[str, float] = {}
    for term in content:
        predicates = words.get(term.form, [])
        for predicate in predicates:
            share = 1.0 if len(predicates) <= 2 else 0.7
            weights[predicate] = min(
                1.5,
                max(weights.get(predicate, 0.0), share)
                + (_SAID_TWICE if predicate in weights else 0.0),
            )
        if not predicates:
            for predicate, similarity in _similar_relations(term.form, term.tag):
                weights[predicate] = max(weights.get(predicate, 0.0), similarity * 0.7)
    return weights


@lru_cache(maxsize=4096)
def _similar_relations(form: str, tag: str) -> tuple[tuple[str, float], ...]:
    """Predicates whose words Kiwi finds close in meaning ("손잡다" and "제휴")."""
    if tag not in ("NNG", "VV") or form in _stop_words():
        return ()
    enough = _SIMILAR_ENOUGH if tag == "VV" else _SIMILAR_NOUN
    best: dict[str, float] = {}
    for word, predicates in relation_words().items():
        if not re.fullmatch("[가-힣]{2,}", word):
            continue
        near = max(similarity((form, tag), (word, t)) for t in ("NNG", "VV"))
        for predicate in predicates:
            best[predicate] = max(best.get(predicate, 0.0), near)
    nearest = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SIMILAR]
    return tuple((p, s) for p, s in nearest if s >= enough)


@lru_cache(maxsize=1 << 16)
def similarity(a: tuple[str, str], b: tuple[str, str]) -> float:
    """Return how near two morphemes (form, tag) are in meaning, -1 to 1; 0 for unknown ones."""
    from kg.search.analyzer import kiwi

    try:
        return float(kiwi().morpheme_similarity(a, b))
    except (ValueError, KeyError):  # a morpheme that Kiwi's model does not know
        return 0.0
