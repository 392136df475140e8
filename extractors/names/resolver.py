"""What table extraction asks of names: resolve a whole cell, or find names inside a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.report import Span
from kg.claim import Entity


class EntityResolver(Protocol):
    """Known and newly met names; :class:`extractors.names.names.Names` is one."""

    def resolve(self, text: str, span: Span, expected: tuple[str, ...]) -> Entity:
        """Return the entity a whole string names; an unknown one is of class ``expected[0]``."""

    def find(self, text: str) -> Sequence[tuple[Entity, int, int]]:
        """Return the names in a text with half-open ranges, in order, without overlap."""
