"""Unknown firms in Latin letters told by their place or trade: "텔아비브의 Tracebell을".

The words are ``firms_by_place.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.names.english import is_english
from extractors.names.name_patterns import ClassOf, Hint
from extractors.names.placed_names import is_strange
from extractors.word_lists import filled, load_words

_NAME = r"(?P<name>[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9&]*(?:\s(?:[A-Z][A-Za-z&]*\.?|II+)){0,2})"
_PARTICLE = r"(?:은|는|이|가|을|를|의|와|과|도|에|에는|에서|에게|로부터)(?![가-힣])"


@dataclass(frozen=True, slots=True)
class FirmsByPlace:
    """The words of ``firms_by_place.yaml``, and the pattern built of them."""

    told: re.Pattern[str]
    bodies: frozenset[str]
    people: tuple[str, ...]


@lru_cache(maxsize=1)
def load_firms_by_place() -> FirmsByPlace:
    """Load and compile the words once a process."""
    data = load_words("names/firms_by_place.yaml")
    behind = rf"(?:\([^()]{{2,40}}\))?(?={_PARTICLE}|{any_of(data['behind'])}|,|\.|$)"
    return filled(
        FirmsByPlace,
        data,
        told=re.compile(
            rf"(?<![가-힣])(?:(?P<trade>[가-힣]{{2,7}}사)|(?P<place>[가-힣]{{2,7}}?){any_of(data['at'])})\s"
            rf"{_NAME}{behind}(?!\s{any_of(data['others'])})"
        ),
    )


def firms_by_place(text: str, class_of: ClassOf) -> Iterator[Hint]:
    """Yield the firms of a Korean sentence that are named with their place or trade."""
    if text.isascii() or is_english(text):
        return
    words = load_firms_by_place()
    for match in words.told.finditer(text):
        name, place, trade = match["name"], match["place"], match["trade"]
        if trade.endswith(words.people) if trade else class_of(place) != "Place":
            continue
        if class_of(name) or not is_strange(name.split()[0]):
            continue
        body = name.rsplit(maxsplit=1)[-1] in words.bodies
        yield Hint(name, "Organization" if body else "Company", True)
