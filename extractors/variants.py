"""Names made of a known one and what follows it: versions, sizes, editions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.evidence import patterns
from extractors.name_index import fold
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


def _generic(words: Sequence[str]) -> bool:
    return any(fold(word) in patterns().stop for word in words)
