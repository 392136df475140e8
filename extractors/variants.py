"""Names made of a known one and what follows it: versions, sizes, editions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.evidence import patterns
from extractors.joining import Discovered
from extractors.name_index import fold
from extractors.words import is_common, is_unseen
from kg.claim import Entity

VERSIONED = frozenset(
    {"Model", "Chip", "Software", "Product", "Technology", "Company", "Benchmark"}
)
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_MEASURE = re.compile(r"\s?\d+(?:\.\d+)?\s?(?:[KMGTP]B|nm|[kMG]?W|[MG]Hz|Hi|Gbps|V)$")
_DECIMAL = re.compile(r"\.\d(?![\d%.])")
_SIZE = re.compile(r"[\s-]\d{1,3}(?:\.\d)?B(?![A-Za-z0-9])")
_EDITION = re.compile(
    r"(?:\s[A-Z][a-z]+){1,2}(?:\s\d(?:\.\d+)?)?(?![A-Za-z0-9]|\s[A-Za-z]|[-.][A-Za-z0-9]|\()"
)

_MADE = frozenset({"Model", "Chip", "Software", "Product"})
_BASE = re.compile(
    r"(?P<base>[가-힣]{2,8}(?:\s[가-힣]{2,8})?)[\s\-](?P<tail>[A-Z]{1,3}\d{0,3}|\d{1,4}|[A-Z][a-z]{2,5})"
)
"""A Korean name with an edition: "가나 프로버 XT"."""
_AFTER = r"(?:에서|에는|으로|로|은|는|이|가|을|를|의|와|과|도|에)?(?:[\s,.)’'”\"]|$)"


@dataclass(frozen=True, slots=True)
class Variant:
    """A version of a known thing: its own name and class, and whose version it is."""

    name: str
    cls: str
    family: str


def variant(text: str, named: tuple[Entity, int, int]) -> Variant | None:
    """Return the version that begins with a known name ("Phi" + "-4"), if one does."""
    entity, start, end = named
    if entity.cls not in VERSIONED:
        return None
    tail = _tail(text, entity, end)
    if not tail:
        return None
    cls = "Model" if entity.cls == "Company" else entity.cls
    return Variant(text[start:end] + tail, cls, entity.id)


def _tail(text: str, entity: Entity, end: int) -> str:
    match = patterns().version.match(text, end)
    tail = match.group() if match else ""
    if entity.cls == "Model" and text[end - 1].isdigit() and (part := _DECIMAL.match(text, end)):
        tail = part.group()  # "제미나이 3" and ".5"
    if not tail and entity.cls == "Model" and (size := _SIZE.match(text, end)):
        return size.group()
    if _YEAR.search(tail) or _MEASURE.search(tail):
        return ""
    if entity.cls == "Model" and (korean := patterns().edition.match(text, end + len(tail))):
        return tail + korean.group()
    if entity.cls == "Company":
        return tail if re.match(r"-[VRvr]\d", tail) else ""
    if entity.cls == "Model" and (tail or text[end - 1].isdigit()):
        edition = _EDITION.match(text, end + len(tail))
        if edition and not _generic(edition.group().split()):
            return tail + edition.group()
    return tail


def bases(found: Iterable[Discovered], context: str) -> Iterator[Discovered]:
    """Yield what the editions of things are editions of: "가나 프로버", of "가나 프로버 XT".

    It must stand by itself twice in the ``context``, which is casefolded.
    """
    known = {fold(item.name) for item in found}
    for item in found:
        match = _BASE.fullmatch(item.name) if item.cls in _MADE else None
        base = match["base"] if match else ""
        if match is None or fold(base) in known or not _is_strange(base):
            continue
        tail = match["tail"].casefold()
        alone = rf"(?<![가-힣a-z]){re.escape(base.casefold())}(?={_AFTER}|\s(?!{tail}))"
        if len(re.findall(alone, context)) > 1:
            known.add(fold(base))
            yield Discovered(base, item.cls)


def _is_strange(name: str) -> bool:
    """Tell a name that is more than everyday words, and no kind of thing."""
    words = name.split()
    usual = is_common(name) or _generic([words[0], words[-1]])
    return not usual and (len(words) > 1 or is_unseen(name))


def _generic(words: Sequence[str]) -> bool:
    return any(fold(word) in patterns().stop for word in words)
