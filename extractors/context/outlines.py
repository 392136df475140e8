"""What a sentence stands below: its headings, and the item of a list that its own is under.

"- **가나칩 (GNC)**" and, indented, "- 매출: 86억 달러".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.context.label_lines import named_above
from extractors.context.scene import Named
from extractors.context.topics import heading_topic, profiled
from kg.claim import Entity

if TYPE_CHECKING:
    from corpus.report import Report
    from corpus.sentences import Sentence

_CLASSES = ("Company", "Organization", "Chip", "Model", "Software", "Product", "Facility", "Policy")
_LEADS = re.compile(r"[^\w가-힣]*(?:\d{1,2}[.)]\s*)?")
_ALONE = re.compile(r"[’”'\"\])】]*\s?(?:\([^()]*\)\s?)*(?:[:：](?:\s|$)|\s[–—-]\s|$)")
_TAB = 4
_INDENT = re.compile(r"[ \t]*")


class Headings:
    """The headings read so far; ``alone`` are those that name a thing and no more."""

    def __init__(self, generic: Collection[str]) -> None:
        self._generic = generic
        self._told: dict[tuple[str, ...], Entity | None] = {}
        self._over: dict[tuple[str, ...], Entity | None] = {}
        self.alone: dict[tuple[str, ...], Entity | None] = {}

    def read(self, text: str, section: tuple[str, ...], named: Sequence[Named]) -> None:
        """Note what the heading of a section is about."""
        self._over.clear()
        self._told[section] = heading_topic(text, named, self._generic)
        self.alone[section] = profiled(text, named)

    def over(self, section: tuple[str, ...]) -> Entity | None:
        """Return who the nearest heading over a section names, if one does."""
        if section not in self._over:
            above = (self._told.get(section[:depth]) for depth in range(len(section), 0, -1))
            self._over[section] = next((entity for entity in above if entity), None)
        return self._over[section]


def told_above(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    generic: Collection[str],
) -> list[Entity | None]:
    """Return for every sentence whom a line above it names, or the item that it stands below."""
    lines = named_above(report, sentences, found, generic)
    items = _items_above(report, sentences, found, generic)
    return [line or item for line, item in zip(lines, items, strict=True)]


def _items_above(
    report: Report,
    sentences: Sequence[Sentence],
    found: Sequence[Sequence[Named]],
    generic: Collection[str],
) -> Iterator[Entity | None]:
    """Yield for every sentence what the item that its own is indented below is told of.

    An item that names nothing hands on what it stands below itself; one that names several,
    or tells of somebody in a sentence, does not.
    """
    above: list[tuple[int, Entity | None]] = []
    line, parent = -1, None
    for sentence, named in zip(sentences, found, strict=True):
        begins = report.text.rfind("\n", 0, sentence.span.start) + 1
        if sentence.kind != "list":
            above.clear()
            parent = None
        elif begins != line:
            line, column = begins, column_of(report.text, begins)
            while above and above[-1][0] >= column:
                above.pop()
            parent = above[-1][1] if above else None
            names = [n for n in named if n[0].cls in _CLASSES and n[0].label not in generic]
            above.append((column, _named(sentence.clean.text, names) if names else parent))
        yield parent


def column_of(text: str, begins: int) -> int:
    """Return how far a line is indented."""
    match = _INDENT.match(text, begins)
    return len(match[0].expandtabs(_TAB)) if match else 0


def _named(text: str, names: Sequence[Named]) -> Entity | None:
    """Return the one thing that an item is a label of or says no more than the name of."""
    entity, start, end = min(names, key=lambda n: n[1])
    leads = _LEADS.match(text)
    alone = leads is not None and leads.end() == start and _ALONE.match(text, end)
    if not alone:
        return None
    others = {n[0].id for n in names if n[1] < alone.end()} - {entity.id}
    return None if others else entity
