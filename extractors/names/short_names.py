"""What a report goes on to call what it has named in full: "메가 벨트", "K5", "Terra".

A version without its maker or family, an edition alone, or the last two words of a name that
ends in what it is. It must stand alone somewhere, and only one thing of the report must have
such a name. The words are ``short_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.classes import THINGS
from extractors.lexicon.name_index import fold
from extractors.names.name_patterns import patterns
from extractors.word_lists import filled, load_words
from kg.claim import Entity

_EDITION = re.compile(r"[A-Za-z]+[\s\-]\d{1,2}(?:\.\d{1,2})?[\s\-](?P<short>[A-Z][a-z]{2,})")
_CODE = re.compile(
    r"(?P<maker>[A-Z][A-Za-z]{2,}|[가-힣]{2,8})\s(?P<short>[A-Z]{1,2}-?\d{1,2}(?:\.\d)?)"
)
_VERSION = re.compile(
    r"(?:[A-Z][A-Za-z]+|[가-힣]{2,8})\s(?P<short>\d(?:\.\d)?(?:\s[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)*){1,2})"
)
_ENDS = (
    r"(?=(?:은|는|이|가|을|를|의|와|과|도|에|에서|에는|로|으로|만|보다)?(?:[\s,.():;’”\'\"·]|$))"
)
_WORDS = 3


@dataclass(frozen=True, slots=True)
class ShortNames:
    """The words of ``short_names.yaml``; ``whole`` parts the last two words of a name off."""

    classes: frozenset[str]
    everyday: frozenset[str]
    whole: re.Pattern[str]


@lru_cache(maxsize=1)
def load_short_names() -> ShortNames:
    """Load and compile the words once a process."""
    data = load_words("names/short_names.yaml")
    return filled(
        ShortNames,
        data,
        classes=frozenset(data["classes"]),
        everyday=frozenset(map(fold, data["everyday"])),
        whole=re.compile(
            rf"\S+(?:\s\S+)?\s(?P<short>(?P<middle>[가-힣A-Za-z]{{2,8}})\s[가-힣]{{0,4}}{any_of(data['kinds'])})"
        ),
    )


def short_names(
    named: Iterable[tuple[str, Entity]], text: str, is_known: Callable[[str], object]
) -> Iterator[tuple[str, str]]:
    """Yield (id, short name) of what is ``named`` in full and stands under the short one alone."""
    wholes: dict[str, dict[str, set[str]]] = {}
    for name, entity in named:
        for short in _shortened(name, entity):
            wholes.setdefault(short, {}).setdefault(entity.id, set()).add(name)
    for short, owners in wholes.items():
        names = {name for own in owners.values() for name in own}
        if len(owners) == 1 and not is_known(short) and _stands_alone(short, names, text):
            yield next(iter(owners)), short


def _shortened(name: str, entity: Entity) -> Iterator[str]:
    """Yield what a name may be shortened to."""
    words = load_short_names()
    if entity.cls in THINGS:
        shapes = (shape.fullmatch(name) for shape in (_VERSION, _EDITION, _CODE))
        yield from (m["short"] for m in shapes if m and not _is_usual(m["short"]))
    elif entity.cls in words.classes:
        match = words.whole.fullmatch(name)
        if match and fold(match["middle"]) not in words.everyday:
            yield match["short"]


def _is_usual(word: str) -> bool:
    """Tell a word that many editions are called by, or an everyday one: "Pro", "Flash"."""
    key = fold(word)
    return (
        key in patterns().versions or key in load_short_names().everyday or key in patterns().stop
    )


def _stands_alone(short: str, names: Iterable[str], text: str) -> bool:
    """Tell whether a short name stands somewhere without what its whole name begins with."""
    if short not in text:
        return False
    begins = "".join(
        f"(?<!{re.escape(name[: -len(short)])})" for name in sorted(names) if name.endswith(short)
    )
    return re.search(rf"(?<![가-힣A-Za-z0-9.]){begins}{re.escape(short)}{_ENDS}", text) is not None
