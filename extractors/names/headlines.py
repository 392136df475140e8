"""Names that headlines tell: "[가나랩] 다라 2.5 출시", "가나랩, 추론 칩 다라 R3 공개".

Who stands before the comma or in the brackets is a firm, and what stands before the deed a
thing of it, where its name has a version or is of Latin words. The words are ``headlines.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.language.words import is_common, is_listed
from extractors.names.explained import load_explaining
from extractors.names.labels import is_named_by_version, is_strange_latin
from extractors.names.name_patterns import Hint
from extractors.word_lists import filled, load_words

_LONGEST = 90
_FIRM = r"[가-힣A-Za-z][가-힣A-Za-z0-9.&]{1,14}"


@dataclass(frozen=True, slots=True)
class Headlining:
    """The words of ``headlines.yaml``; ``told`` finds who brings out what."""

    deeds: tuple[str, ...]
    not_firms: frozenset[str]
    told: re.Pattern[str]
    kind: re.Pattern[str]


@lru_cache(maxsize=1)
def load_headlining() -> Headlining:
    """Load and compile the words once a process."""
    data = load_words("names/headlines.yaml")
    deeds, manners = any_of(data["deeds"]), any_of(data["manners"])
    return filled(
        Headlining,
        data,
        told=re.compile(
            rf"\W*?(?:[\[【](?P<head>{_FIRM})[\]】]\s?|(?P<lead>{_FIRM})(?:,|:)\s)"
            rf"[‘'“\"]?(?P<what>[가-힣A-Za-z][^,:…‘’“”'\"()\[\]]{{2,40}}?)[’'”\"]?"
            rf"(?:\s{manners})*\s{deeds}(?=\s?(?:$|[—–―…,(·]|-\s))"
        ),
        kind=re.compile(rf".*(?<![가-힣A-Za-z]){any_of(load_explaining().kinds)}\s"),
    )


def headline_names(text: str) -> Iterator[Hint]:
    """Yield the firm and the thing that a headline says it brings out, with their classes."""
    words = load_headlining()
    if len(text) > _LONGEST or not holds_any(text, words.deeds):
        return
    match = words.told.match(text)
    if match is None:
        return
    kind = words.kind.match(match["what"])
    name = match["what"][kind.end() if kind else 0 :].strip()
    if not (is_named_by_version(name) or is_strange_latin(name)):
        return
    cls = load_explaining().kinds[kind.group().split()[-1]] if kind else "Product"
    yield Hint(name, cls, True)
    firm = match["head"] or match["lead"]
    if not (firm in words.not_firms or is_common(firm) or is_listed(firm)):
        yield Hint(firm, "Company", True)
