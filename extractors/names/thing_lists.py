"""Names that a list of somebody's things introduces: "주요 제품: Gana N2(가속기), Gana Lite".

Below a heading that announces such a list, the items' labels are kinds: "- 식각 장비: Nara, Dara".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.classes import THINGS
from extractors.context.attribute_data import attributes_of
from extractors.language.words import is_common, is_listed, is_proper, is_unseen
from extractors.lexicon.name_index import fold
from extractors.names.explained import load_explaining
from extractors.names.labels import is_strange_latin, label_of
from extractors.names.name_patterns import Hint, patterns
from extractors.word_lists import Worded
from kg.claim import Entity

_WORDS = "names/introductions.yaml"
_PARTS = re.compile(r"(?:\([^()]*\)|[^,·/()])+")
_NAME = re.compile(
    r"\W*(?P<name>(?:[가-힣]{2,6}\s)?[A-Z][A-Za-z0-9.\-]*(?:\s(?:[A-Z][A-Za-z0-9.\-]*|\d(?:\.\d)?)){0,2})"
    r"(?P<kind>(?:\s[가-힣]{2,8}){0,3})\s?(?:\((?P<gloss>[^()]*)\))?(?:\s?등)?\W*"
)


class ThingLists:
    """Reads the texts of a report in order and yields what its lists of things name."""

    def __init__(self) -> None:
        self._below = False

    def read(self, text: str, found: Sequence[tuple[Entity, int, int]]) -> Iterator[Hint]:
        """Yield the things that a text lists, if it is of such a list; ``found`` are known."""
        label = label_of(text)
        if label is None:
            announced = attributes_of(text) if len(text) < _SHORT else ()
            self._below = any(one.things for one in announced)
            return
        kind = text[label.start : label.end]
        told = attributes_of(kind)
        if any(one.things for one in told) or (not told and self._below):
            yield from _listed(text, label.body, kind, found)
        elif _OF_FIRMS.search(kind) and any("Company" in one.who for one in told):
            yield from _firms(text, label.body, found)
        elif any(one.who == ("Person",) for one in told):
            person = _PERSON.match(text, label.body)
            if person and not any(n[1] == label.body for n in found):
                yield Hint(person["name"], "Person", True)
        elif any(one.who == ("Place",) for one in told):
            place = _PLACE.match(text, label.body)
            if place and not any(n[1] >= label.body for n in found) and _is_strange(place["name"]):
                yield Hint(place["name"], "Place", True)


_SHORT = 24
"""How long a heading that only announces a list is at most."""


def _listed(
    text: str, body: int, kind: str, found: Sequence[tuple[Entity, int, int]]
) -> Iterator[Hint]:
    parts = list(_PARTS.finditer(text, body))
    named = [_NAME.fullmatch(part[0]) for part in parts]
    known = {e.cls for e, start, _ in found if start >= body}
    if not all(named) or known - {*THINGS, "Technology", "Concept"}:
        return
    for match in named:
        if match is not None and fold(match["name"]) not in patterns().stop:
            told = (match["gloss"], match["kind"], kind)
            yield Hint(match["name"], _class_of(word for word in told if word), True)


def _firms(text: str, body: int, found: Sequence[tuple[Entity, int, int]]) -> Iterator[Hint]:
    """Take the firms of a list that only a label tells to be such: "고객사: Nara Sol, 도란"."""
    parts = [part for part in _PARTS.finditer(text, body) if part[0].strip()]
    named = [(part, _FIRM.fullmatch(part[0])) for part in parts]
    if len(text) > _LISTING or not all(match for _, match in named):
        return
    for part, match in named:
        known = any(part.start() <= start < part.end() for _, start, _ in found)
        if match is not None and not known and _is_strange(match["name"]):
            yield Hint(match["name"], "Company", True)


def _is_strange(name: str) -> bool:
    if name.isascii():
        return is_strange_latin(name) and not (name.isupper() and len(name) < _ACRONYM)
    return (is_unseen(name) or is_proper(name)) and not (is_common(name) or is_listed(name))


_OF_FIRMS = Worded(_WORDS, r"{firms}(?:\s?\([^()]*\))?$")
_PERSON = re.compile(
    r"(?P<name>[가-힣]{1,5}\s[가-힣]{1,6}|[A-Z][a-z]+\s[A-Z][A-Za-z\-]+)(?=\s?(?:[,(·/]|$))"
)
_PLACE = re.compile(r"(?P<name>[가-힣]{2,8})(?=\s?(?:[,(·/]|$))")
_FIRM = re.compile(
    r"\W*(?P<name>[A-Z][A-Za-z0-9&.\-]+(?:\s[A-Z][A-Za-z0-9&.\-]*){0,2}|[가-힣]{2,8})"
    r"\s?(?:\([^()]*\))?(?:\s(?:등|외\s.{1,8}))?\W*"
)
_LISTING, _ACRONYM = 120, 4


def _class_of(told: Iterator[str]) -> str:
    """Return the class that the last word of a gloss, a noun behind or the label tells."""
    kinds = load_explaining().kinds
    for words in told:
        last = words.split()[-1] if words.split() else ""
        cls = next((kinds[last[at:]] for at in range(len(last)) if last[at:] in kinds), None)
        if cls in THINGS:
            return cls
    return "Product"
