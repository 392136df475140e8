"""Whom the cells of a table name: as a whole, for the most part, or in a class of the column's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.report import Span
from extractors.classes import BODIES
from extractors.context.scene import Named
from extractors.names.resolver import EntityResolver
from extractors.sparing import sparing
from extractors.tables.cells import tidy
from kg.claim import Entity, entity_id

_BRACKETS = sparing(r"\s*\([^()]*\)")
_NEXT = re.compile(r"(?:차세대|신형|최신|후속|자체|\d세대)\s*")
_VERSIONED = re.compile(
    r"[-\s]*(?:v?\d[\w.]*|ultra|pro|max|plus|super|mini|next|lite)(?:\s\S+)?", re.IGNORECASE
)


_CODED = sparing(r"(?P<code>[A-Z]{1,5})\s?\((?P<name>[A-Z][\w&.,'\- ]*[a-z][\w&.,'\- ]*)\)")
"""A firm by its ticker and, in brackets, its name: "GNK (Gana Kem)"."""
_LINK = re.compile(r"(?:의)?\s?")


def run_of(text: str, found: Sequence[Named]) -> Sequence[Named]:
    """Return the names that follow each other from the first on: 가나, K2 of "가나의 K2 가격"."""
    for at, (one, other) in enumerate(pairwise(found), start=1):
        if not _LINK.fullmatch(text, one[2], other[1]):
            return found[:at]
    return found


class CellNames:
    """Resolves what stands in cells and labels; ``names`` are the report's."""

    def __init__(self, names: EntityResolver) -> None:
        self.names = names

    def named(self, text: str, span: Span, cls: str | None) -> Entity:
        """The entity a cell names; of class ``cls``, or of whatever class it is known by."""
        classes = (cls,) if cls else ("Concept",)
        coded = _CODED.fullmatch(tidy(text)) if cls in (None, "Company") else None
        if coded and not self.names.find(coded["code"]):
            return self.exactly(coded["name"]) or self.names.resolve(coded["name"], span, classes)
        return self.names.resolve(text, span, classes)

    def agent(self, text: str, span: Span) -> Entity:
        """The company or organisation a cell names, even when the name is known as a product."""
        entity = self.names.resolve(text, span, BODIES)
        if entity.cls in ("Company", "Organization", "Person", "Place"):
            return entity
        return Entity(entity_id(text), "Company", text)

    def exactly(self, text: str) -> Entity | None:
        """The known entity that a label names, brackets aside, and nothing more."""
        core = _BRACKETS.sub("", tidy(text)).strip()
        found = self.names.find(core)
        if len(found) == 2 and found[0][0].id in found[1][0].broader:
            whole, part = found
            return part[0] if whole[1] == 0 and part[2] == len(core) else None
        return next((e for e, start, end in found if end - start == len(core)), None)

    def beside(self, text: str) -> str:
        """What a label says behind the names that it begins with: 매출 of "가나 K2 매출"."""
        run = run_of(text, self.names.find(text))
        return text[run[-1][2] :].strip() if run and run[0][1] == 0 else ""

    def thing(self, text: str, span: Span, cls: str) -> Entity:
        """The product a cell names; one with a version of its own is no known family's."""
        exact = self.exactly(text)
        found = [] if exact else self.names.find(text)
        rest = text[found[0][2] :].strip() if found else ""
        if exact or (len(found) == 1 and _NEXT.fullmatch(text[: found[0][1]]) and not rest):
            return exact or found[0][0]
        known = None if _VERSIONED.fullmatch(rest) else self.known(text)
        return known or self.named(text, span, cls)

    def known(self, text: str) -> Entity | None:
        """The known entity that makes up most of a label, with its maker before it.

        Examples in brackets are not meant: "후공정 (가나/다라 등)".
        """
        found = self.names.find(_BRACKETS.sub(lambda m: " " * len(m[0]), text))
        best = max(found, key=lambda item: item[2] - item[1], default=None)
        if best is None:
            return None
        run = run_of(text, found)
        if len(run) == 2 and run[0][0].cls in BODIES and run[1][0].cls not in BODIES:
            best = run[1][0], run[0][1], run[1][2]
        core = re.sub(r"\([^()]*\)|\s", "", text)
        covered = re.sub(r"\s", "", text[best[1] : best[2]])
        return best[0] if len(covered) * 2 > len(core) else None
