"""Laws, bills and public programmes that no list has: ‘누리망법’, "SB 1207", ‘누리 도약’ 사업.

The words are ``laws.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.alternation import any_of, holds_any
from extractors.names.name_patterns import Hint
from extractors.word_lists import filled, load_words

_OPEN, _CLOSE = "‘“'\"「『《〈", "’”'\"」』》〉"
_GLOSS = r"\s?\((?P<short>[A-Z][A-Za-z&,.'’\- ]{1,60})\)"
_AFTER = (
    r"(?=(?:은|는|이|가|을|를|의|와|과|도|에|에서|에는|으로|으로는|상|안)?(?:[\s,.)·:’”]|$)|\()"
)


@dataclass(frozen=True, slots=True)
class Law:
    """The name of a law in a text, and its name in another tongue or letters, if given."""

    name: str
    short: str | None


@dataclass(frozen=True, slots=True)
class Laws:
    """The words of ``laws.yaml``, and the patterns built of them."""

    quoted: re.Pattern[str]
    plain: re.Pattern[str]
    numbered: re.Pattern[str]
    kinds: tuple[str, ...]
    not_laws: tuple[str, ...]
    alone: frozenset[str]
    near: tuple[str, ...]
    programmes: tuple[str, ...]
    public: re.Pattern[str]


@lru_cache(maxsize=1)
def load_laws() -> Laws:
    """Load and compile the words once a process."""
    data = load_words("names/laws.yaml")
    leads, ends = any_of(data["leads"]), any_of(data["ends"])
    marks, behind = re.escape(_OPEN + _CLOSE), any_of(data["programmes"])
    amended = r"[가-힣A-Z·]{1,14}법(?:\s시행령)?\s(?:일부\s?|전부\s?)?개정(?:법률)?안"
    return filled(
        Laws,
        data,
        quoted=re.compile(
            rf"[{_OPEN}](?P<name>[가-힣A-Z][^{marks}()]{{1,44}})(?:{_GLOSS})?[{_CLOSE}]"
            rf"(?:\([^()]*\))?(?:\s?(?P<behind>{behind}))?"
        ),
        plain=re.compile(
            rf"(?<![가-힣A-Za-z])(?P<name>(?:(?:{leads})\s){{0,3}}"
            rf"(?:{amended}|[A-Z]{{2,5}}법|[A-Z]{{2,}}(?:\s[A-Z]{{2,}}){{0,2}}\s법(?!\w{{2}})|[가-힣A-Z·]{{0,12}}?(?:{ends})))(?:{_GLOSS}|{_AFTER})"
        ),
        numbered=re.compile(rf"(?<![A-Za-z0-9.])(?:{'|'.join(data['numbered'])})(?![A-Za-z0-9])"),
    )


def named_laws(text: str) -> Iterator[Law]:
    """Yield the laws, bills and public programmes that a sentence names."""
    words, told = load_laws(), 0
    for match in sorted(_written(text), key=lambda m: m.start()):
        name = match["name"]
        if match.start() < told or name.endswith(words.not_laws) or name in words.alone:
            continue
        told = match.end()
        yield Law(name, match["short"])
    if holds_any(text, words.near):
        yield from (Law(m.group(), None) for m in words.numbered.finditer(text))


def law_hints(text: str) -> Iterator[Hint]:
    """Yield the laws of a sentence as names with their glosses: "누리망법 (Nuri Act)"."""
    for law in named_laws(text):
        yield Hint(f"{law.name} ({law.short})" if law.short else law.name, "Policy", True)


def _written(text: str) -> Iterator[re.Match[str]]:
    words = load_laws()
    law = holds_any(text, words.kinds)
    programme = holds_any(text, words.programmes) and words.public.search(text) is not None
    for match in words.quoted.finditer(text) if law or programme else ():
        run = programme and (match["behind"] or match["name"].endswith(words.programmes))
        if run or match["name"].endswith(words.kinds):
            yield match
    if law:
        yield from words.plain.finditer(text)
