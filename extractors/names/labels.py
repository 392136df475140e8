"""Labels that items of a list begin with: "가나 2.5: 다라가 만든 모델", "가나봇 — 통역 앱".

A label that names one thing is what the item and what goes on below it is about. One that
no dictionary of names has is a name by its version ("가나 2.5") or by what the text behind
it calls it ("Gana Lumen: 음성 합성 서비스, 월 15달러"). The words are ``labels.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import record
from extractors.alternation import any_of, holds_any, opening
from extractors.classes import THINGS
from extractors.language.trimming import unglossed
from extractors.language.words import is_common, is_listed, sounds_like
from extractors.lexicon.name_index import fold
from extractors.names.explained import load_explaining
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import Hint, patterns
from extractors.word_lists import filled, load_words
from kg.claim import Entity

_LABEL = re.compile(
    r"(?:[①-⓿❶-➓]|[^\w‘“'\"(\[])*"
    r"(?P<name>[가-힣A-Za-z][^:：()|=]{1,34}?|[가-힣](?=\s?[:：]))(?P<gloss>\s?\([^()]{1,30}\))?"
    r"(?P<edition>\s\d(?:\.\d)?)?(?:\s?[:：]\s?|\s[–—|-]\s)(?=\S)(?!//)"
)
_MARKS = (":", "：", "–", "—", "|", "-")
"""What stands behind a label."""
_WORD = (
    r"(?:[A-Z][A-Za-z0-9.\-]*|[a-z]{1,3}[A-Z][A-Za-z0-9.\-]*|[가-힣]{2,8}|[가-힣]{2,6}[A-Z]{2,5})"
)
_VERSION = r"[vVA-Z]{0,2}-?\d{1,3}(?:\.\d{1,2})?[A-Za-z]{0,2}"
_VERSIONED = re.compile(
    rf"{_WORD}(?:\s{_WORD}){{0,3}}[\s\-]{_VERSION}(?:[\s\-][A-Z][A-Za-z]+){{0,2}}"
)
_LATIN = re.compile(r"[A-Z][A-Za-z]+(?:[\s\-](?:[A-Z][A-Za-z]*|\d(?:\.\d)?)){0,4}")
_EDITION = re.compile(rf"(?:[\s\-](?:{_VERSION}|[A-Z][A-Za-z]+)){{1,3}}")
_SIZED = re.compile(r"[\s\-]\d{1,3}(?:\.\d)?B$")
"""How names of models end: by how many parameters they have."""
_SPELT = re.compile(r"\s?\((?P<en>[A-Z][A-Za-z .\-]{1,24})\)")
_LONGEST = 120
_SHORTEST = 4
_NEAR = 60


@record()
class Label:
    """Where the words of a label are in a text, and where what it is put before begins."""

    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class Labelling:
    """The words of ``labels.yaml``; ``kind`` finds what a body's first part calls a thing."""

    counted: frozenset[str]
    kind: re.Pattern[str]
    better: re.Pattern[str]
    acted: re.Pattern[str]
    telling: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def load_labelling() -> Labelling:
    """Load and compile the words once a process."""
    data = load_words("names/labels.yaml")
    begins, kinds = opening(load_explaining().kinds), any_of(load_explaining().kinds)
    done = any_of(data["done"])
    return filled(
        Labelling,
        data,
        counted=frozenset(map(fold, data["counted"])),
        kind=re.compile(
            rf"{begins}(?<![A-Za-z])(?P<kind>{kinds})(?:\s(?:\S+\s)?{done})?\s?(?:[,.(;]|$)"
        ),
        acted=re.compile(any_of(data["acted"])),
        telling=tuple((re.compile("|".join(words)), cls) for cls, words in data["telling"].items()),
    )


@lru_cache(maxsize=64)  # of a sentence it is asked by several rules
def label_of(text: str) -> Label | None:
    """Return the label that a text begins with, if it begins with one."""
    begins = text[:_LONGEST]
    match = _LABEL.match(begins) if holds_any(begins, _MARKS) else None
    if match is None:
        return None
    start, end = match.span("name")
    return Label(start, match.end("edition") if match["edition"] else end, match.end())


def named_label(text: str, named: Sequence[tuple[Entity, int, int]]) -> Iterator[Hint]:
    """Yield the thing that a label names which nobody has told of; ``named`` are known names."""
    label = label_of(text)
    if label is None:
        return
    name, body = text[label.start : label.end].strip(" ’”'\""), text[label.body :]
    inside = [n for n in named if label.start <= n[1] and n[2] <= label.end]
    if any(n[2] >= label.end for n in inside):
        return
    known = next((e for e, start, _ in inside if start == label.start), None)
    tail = next((text[end : label.end] for _, start, end in inside if start == label.start), "")
    bare, cls = unglossed(name), None
    if known is not None and known.cls in THINGS and _EDITION.fullmatch(tail):
        cls = known.cls
    elif known is None and is_named_by_version(bare):
        cls = named_kind(bare, body) or _compared(label, body, named)
    elif known is None and is_strange_latin(bare):
        cls = _called(body) or (_told(body) if _is_of_thing(bare) else None)
        cls = cls or _acting(bare, body)
    elif known is None and _is_glossed(text, label):
        cls = named_kind(bare, body)
    if cls is not None:
        yield from (Hint(spelling, cls, True) for spelling in dict.fromkeys((name, bare)))


def _is_of_thing(name: str) -> bool:
    """Tell a Latin name of two words, or of mixed letters, that does not end like a firm's."""
    words = name.split()
    mixed = re.search(r"[a-z][A-Z]", name) is not None
    return (len(words) > 1 or mixed) and words[-1] not in patterns().suffix_classes


def _acting(name: str, body: str) -> str | None:
    """Return the class of a firm whose label a Latin name is, by what it did."""
    named = not any(map(is_plain, name.split())) and len(name) >= _SHORTEST
    return "Company" if named and load_labelling().acted.search(body[:_NEAR]) else None


def _is_glossed(text: str, label: Label) -> bool:
    """Tell a label with its spelling, as only names have one: "도란(Doran): …"."""
    gloss = _SPELT.match(text, label.end)
    name = text[label.start : label.end]
    one = gloss is not None and " " not in name and not is_listed(name)
    return one and gloss is not None and sounds_like(name, gloss["en"])


def is_named_by_version(name: str) -> bool:
    """Tell "가나 2.5" from what is only counted: "핵심 이슈 2", "Top 10"."""
    words = re.split(r"[\s\-]", name)
    if not _VERSIONED.fullmatch(name) or re.fullmatch(r"(?:19|20)\d\d", words[-1]):
        return False
    before = [word for word in words if not any(ch.isdigit() for ch in word)]
    return _is_strange(before) and not is_common(" ".join(before))


def is_strange_latin(name: str) -> bool:
    """Tell "Gana Lumen" from everyday words in capitals."""
    return bool(_LATIN.fullmatch(name)) and _is_strange(name.split())


def _is_strange(words: Sequence[str]) -> bool:
    """Tell words of which neither the first nor the last is an everyday one."""
    counted, stop = load_labelling().counted, load_explaining().stop | patterns().stop
    ends = {fold(word) for word in (words[0], words[-1])} if words else {""}
    return bool(words) and not ends & counted and fold(words[0]) not in stop


def named_kind(name: str, body: str) -> str | None:
    """Return the class of a named thing by what is told of it, or by its size ("Maru 7B")."""
    return _called(body) or _told(body) or ("Model" if _SIZED.search(name) else None)


def _called(body: str) -> str | None:
    """Return the class of what the first part of a text calls a thing: "…의 통역 앱, …"."""
    found = load_labelling().kind.search(
        body.split(", ", maxsplit=1)[0].split(". ", maxsplit=1)[0] + ","
    )
    return load_explaining().kinds[found["kind"]] if found else None


def _compared(label: Label, body: str, named: Sequence[tuple[Entity, int, int]]) -> str | None:
    """Return the class of a known thing that a text says another one is better than."""
    if load_labelling().better.search(body) is None:
        return None
    return next((e.cls for e, start, _ in named if start >= label.body and e.cls in THINGS), None)


def _told(body: str) -> str | None:
    """Return the class that words about a thing tell."""
    for words, cls in load_labelling().telling:
        if words.search(body):
            return cls
    return None
