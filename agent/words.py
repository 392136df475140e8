"""The words of questions and answers: what ``questions.yaml`` and ``relations.yaml`` say.

Experts edit the data; this module reads it once a process.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.data_files import load_yaml
from kg.claim import Value
from kg.identity import fold

_SIMILAR_ENOUGH = 0.62
_SIMILAR_NOUN = 0.75
_MOST_SIMILAR = 2
_PLACES = {"두 번째": 2, "2번째": 2, "2위": 2, "세 번째": 3, "3번째": 3, "3위": 3, "second": 2}
_RANKED = 10  # of an order that is told
_TOP = re.compile(r"(?:상위|하위|top)\s?(\d+)|(\d+)\s?(?:개|곳|종목)")


@cache
def data(name: str) -> Any:
    """Return the content of a data file of this room (``"questions"``)."""
    return load_yaml(Path(__file__).parent / f"{name}.yaml")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of ``questions.yaml``'s ``patterns``, case-insensitive."""
    return re.compile(data("questions")["patterns"][name], re.I)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return a list of words of ``questions.yaml`` as a set ("amounts", "no_focus")."""
    return frozenset(str(word) for word in data("questions")[name])


@cache
def modality_words(modality: str) -> frozenset[str]:
    """Return the words that ask for claims of a modality ("전망": forecast)."""
    return frozenset(str(word) for word in data("questions")["modality_words"].get(modality, ()))


@lru_cache(maxsize=1)
def kinds() -> list[tuple[str, re.Pattern[str]]]:
    """Return the kinds of question with their patterns, the first that matches wins."""
    return [(k["kind"], re.compile(k["pattern"], re.I)) for k in data("questions")["kinds"]]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about the subject matter."""
    return frozenset(str(word) for word in data("questions")["stop_words"])


@lru_cache(maxsize=1)
def relation_words() -> dict[str, list[str]]:
    """Return the predicates that each relation word may ask for."""
    words: dict[str, list[str]] = {}
    for predicate, by_language in data("relations").items():
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
        for row in data("questions")["focus"]
        for word in row["words"]
    }


@cache
def long_kinds() -> tuple[str, ...]:
    """Return the asking nouns with which a longer word may end."""
    return tuple(word for word in focus_classes() if len(word) > 1)


@lru_cache(maxsize=1024)
def unit_words(word: str) -> tuple[str, ...]:
    """Return how a unit asked for may be written ("테라플롭스": "tflop")."""
    units: dict[str, list[str]] = data("questions")["units"]
    number, unit = re.fullmatch(r"([\d.,]*)(.*)", word, re.S).groups()  # type: ignore[union-attr]  # every part may be empty: it always matches
    return tuple(f"{number}{other}" for other in units.get(unit, ()))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in data("synonyms")["groups"]:
        for word in group:
            others = (str(other) for other in group if other != word)
            found.setdefault(str(word).removesuffix("다"), []).extend(others)
    return found


@lru_cache(maxsize=4096)
def synonyms(word: str) -> tuple[str, ...]:
    """Return words that stand for a word's stem ("세우": 설립, 창업); verbs end in 다."""
    return tuple(dict.fromkeys(_synonyms().get(word, ())))


def unmarked(form: str) -> str:
    """Return a noun without the particle that Kiwi takes for a part of it: "가이던스는"."""
    bare = form[:-1]
    known = form[-1:] in {*"은는이가을를의"} and len(bare) > 1 and synonyms(bare)
    return bare if known and not synonyms(form) else form


def is_torn(noun: str, rest: str) -> bool:
    """Tell whether Kiwi cut in two a noun that it does not know: "가이던" and "스"."""
    return len(rest) == 1 and bool(synonyms(noun + rest)) and not synonyms(noun)


@lru_cache(maxsize=1024)
def translations(word: str) -> tuple[str, ...]:
    """Return how Korean reports say an English word of a question."""
    glossary: dict[str, list[str]] = data("questions")["glossary"]
    stems = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"))
    return tuple(next((glossary[stem] for stem in stems if stem in glossary), ()))


@lru_cache(maxsize=256)
def measure_asked(text: str, focus: str) -> str:
    """Return what reports' figures are called that a question's last word asks for.

    "총마진율은?" asks for 매출총이익률: the word, 마진, may be part of a longer name.
    """
    from extractors.values.metric_data import load_metrics

    known = load_metrics()
    said = [m["word"] for m in known.pattern.finditer(text) if focus in m["word"]]
    return known.words[said[-1]].name if said and focus else focus


@lru_cache(maxsize=256)
def measures_said(text: str) -> tuple[str, ...]:
    """Return the names of figures that a text says, in its words and as reports call them."""
    from extractors.values.metric_data import load_metrics

    known = load_metrics()
    words = [m["word"] for m in known.pattern.finditer(text)]
    return tuple(dict.fromkeys(n for w in words for n in (w, known.words[w].name)))


@lru_cache(maxsize=256)
def asked_unit(text: str) -> tuple[str, str] | None:
    """Return what a figure must be counted in: ("currency", ISO code or "any"), ("unit", unit)."""
    return next((asked for written, asked in _asked_units() if written.search(text)), None)


@cache
def _asked_units() -> list[tuple[re.Pattern[str], tuple[str, str]]]:
    """How questions ask for a figure in a unit or currency, the first that matches wins."""
    rows: list[dict[str, str]] = data("questions")["asked_units"]
    return [
        (re.compile(row["pattern"], re.I), (kind, str(row[kind])))
        for row in rows
        for kind in ["currency" if "currency" in row else "unit"]
    ]


def counted_so(value: Value, asked: tuple[str, str] | None) -> bool:
    """Tell whether a value is in the unit or currency asked for."""
    if asked is None:
        return True
    kind, wanted = asked
    if kind == "unit":
        return value.unit == wanted
    return value.currency is not None and wanted in ("any", value.currency)


@cache
def _comparable() -> tuple[tuple[str, list[str]], ...]:
    """The words for relations that Kiwi can compare: those in 한글."""
    words = relation_words().items()
    return tuple((word, told) for word, told in words if re.fullmatch("[가-힣]{2,}", word))


@lru_cache(maxsize=4096)
def similar_relations(form: str, tag: str) -> tuple[tuple[str, float], ...]:
    """Return predicates whose words Kiwi finds close in meaning ("손잡다" and "제휴")."""
    if tag not in ("NNG", "VV") or form in stop_words():
        return ()
    from kg.search.embedders import similarity as compared

    enough = _SIMILAR_ENOUGH if tag == "VV" else _SIMILAR_NOUN
    best: dict[str, float] = {}
    for word, predicates in _comparable():
        near = max(compared((form, tag), (word, t)) for t in ("NNG", "VV"))
        for predicate in predicates:
            best[predicate] = max(best.get(predicate, 0.0), near)
    nearest = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SIMILAR]
    return tuple((p, s) for p, s in nearest if s >= enough)


@lru_cache(maxsize=1 << 16)
def similarity(a: tuple[str, str], b: tuple[str, str]) -> float:
    """Return how near two morphemes (form, tag) are in meaning, -1 to 1; 0 for unknown ones."""
    from kg.search.embedders import similarity as compared

    return compared(a, b)


@lru_cache(maxsize=4096)
def is_other_size(told: str, asked: str) -> bool:
    """Tell a size or generation from another that a question asks of: "3나노" from "7나노"."""
    own, text = fold(told), fold(asked)
    if own in text or not any(ch.isdigit() for ch in own):
        return False
    return re.search(re.sub(r"\d+", r"\\d+", re.escape(own)), text) is not None


def asked_place(text: str) -> int | None:
    """Return which place a question asks for ("두 번째로 큰")."""
    return next((place for word, place in _PLACES.items() if word in text), None)


def asked_top(text: str) -> int | None:
    """Return how many of the first a question asks for ("상위 3개", "점유율 순위")."""
    match = _TOP.search(text)
    if match is None and asks_ranking(text):
        return _RANKED
    return int(match[1] or match[2]) if match else None


def asks_ranking(text: str) -> bool:
    """Tell whether a question asks for the order of all, not for the first alone."""
    return pattern("ranking").search(text) is not None
