"""Quoted strings that are names: "실증 사업 'K-도약 2040'", "판별기 '글손길'이".

Quotes stress words as often as they hold names. A name has letters or digits besides its
Korean, words in capitals only, or a noun for its kind beside it. The words are
``quoted_names.yaml`` and the kinds of ``placed_names.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of
from extractors.language.words import is_common, is_inflected
from extractors.lexicon.name_index import fold
from extractors.names.english import is_english
from extractors.names.introductions import kind_near
from extractors.names.latin_names import is_plain
from extractors.names.name_patterns import Hint, patterns
from extractors.names.naming.candidates import is_verbal
from extractors.names.placed_names import load_places
from extractors.word_lists import filled, inverted, load_words

_MIXED = re.compile(
    r"[가-힣]-?[A-Z+](?!I[가-힣])|(?<!AI)(?<=[A-Z])-?[가-힣]|[A-Za-z]-[A-Z0-9]"
    r"|[가-힣A-Za-z]{2}[ \-]?\d[\d.]*(?![가-힣\d.])"
)
"""Letters or digits besides Korean, or codes: "K-도약", "말동무+", "제비 2.0", "Kestrio-G"."""
_TITLED = re.compile(r"[A-Z][A-Za-z0-9]*(?:\s[A-Z][A-Za-z0-9]*){1,2}")
_ALLOWED = re.compile(
    r"(?!제\d)[가-힣A-Za-z][가-힣A-Za-z0-9.+\-]*(?:\s[가-힣A-Za-z0-9.+\-]+){0,2}(?<!\s..[을를])(?<![가-힣]{4}[을를])"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of ``quoted_names.yaml``, and the pattern built of them."""

    told: re.Pattern[str]
    said: tuple[str, ...]
    kinds: Mapping[str, str]


@lru_cache(maxsize=1)
def load_quoted() -> Quoted:
    """Load and compile the words once a process."""
    data = load_words("names/quoted_names.yaml")
    kinds = {**load_places().kinds, **inverted(data["kinds"])}
    kind = any_of(kinds)
    return filled(
        Quoted,
        data,
        told=re.compile(
            rf"(?:(?<![가-힣])(?:[가-힣A-Za-z]*?)(?P<kind>{kind})(?:인)?\s?)?"
            r"[‘'「](?P<name>[^‘’“”'\"「」\n]{2,20})[’'」]"
            rf"(?:\s(?P<after>{kind})(?![가-힣]{{3}}))?"
            rf"(?!\s?{any_of(data['quoting'])}(?![가-힣]))"
        ),
        kinds=kinds,
    )


def quoted_names(text: str) -> Iterator[Hint]:
    """Yield the quoted strings of a Korean sentence that are names, with their class."""
    words = load_quoted()
    for match in words.told.finditer(text) if not is_english(text) else ():
        name, kind = match["name"], match["kind"] or match["after"]
        if not _ALLOWED.fullmatch(name) or name.endswith(words.said) or _is_usual(name):
            continue
        parts = name.split()
        strange = _MIXED.search(name) is not None or _TITLED.fullmatch(name) is not None
        if strange or (kind and len(parts) < 3 and not is_common("".join(parts))):
            yield Hint(name, words.kinds[kind] if kind else kind_near(text, match), True)


def _is_usual(name: str) -> bool:
    """Tell everyday words, terms and phrases."""
    parts = name.split()
    if fold(parts[0]) in patterns().stop and len(parts) > 1 and is_common(" ".join(parts[1:])):
        return True  # "AI 거품"
    told = any(is_verbal(part) or is_inflected(part) for part in parts)
    return told or all(is_plain(part) or part.isdigit() for part in parts)
