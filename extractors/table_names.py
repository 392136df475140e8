"""Whom the cells of a table name: as a whole, for the most part, or in a class of the column's."""

from __future__ import annotations

import re

from corpus.report import Span
from extractors.classes import BODIES
from extractors.resolver import EntityResolver
from extractors.table_cells import tidy
from kg.claim import Entity, entity_id

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NEXT = re.compile(r"(?:차세대|신형|최신|후속|자체|\d세대)\s*")
_VERSIONED = re.compile(
    r"[-\s]*(?:v?\d[\w.]*|ultra|pro|max|plus|super|mini|next|lite)(?:\s\S+)?", re.IGNORECASE
)


class CellNames:
    """Resolves what stands in cells and labels; ``names`` are the report's."""

    def __init__(self, names: EntityResolver) -> None:
        self.names = names

    def named(self, text: str, span: Span, cls: str | None) -> Entity:
        """The entity a cell names; of class ``cls``, or of whatever class it is known by."""
        return self.names.resolve(text, span, (cls,) if cls else ("Concept",))

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
        """The known entity that makes up most of a label."""
        found = self.names.find(text)
        best = max(found, key=lambda item: item[2] - item[1], default=None)
        if best is None:
            return None
        core = re.sub(r"\([^()]*\)|\s", "", text)
        return best[0] if (best[2] - best[1]) * 2 > len(core) else None
