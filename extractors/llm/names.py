"""Who a model means: names it gives, found in the passage or among those of the report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from corpus.report import Passage, Report
from extractors.lexicon.frame_data import load_frames
from extractors.lexicon.store import load_lexicon
from kg.claim import Entity, Extraction, entity_id
from kg.contract import described
from kg.curation import occurrences
from kg.identity import fold, names_of
from kg.vocab import CLASSES

_LONGEST = 80
_LETTER = re.compile(r"[^\W\d_]")


class ReportNames:
    """Resolves the names that a model gives; a new name is one entity all over the report."""

    def __init__(self, report: Report, extraction: Extraction) -> None:
        self._report = report
        own = tuple(claim for claim in extraction.claims if not claim.by_model)
        known = described(replace(extraction, claims=own))
        self._entities = known
        self._mentions = sorted((m.start, m.end, m.entity) for m in extraction.mentions)
        self._named: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in known.values():
            for name in dict.fromkeys(map(fold, names_of(entity))):
                self._named[name].append(entity)
        self._new: dict[str, Entity] = {}

    def classes(self, passage: Passage) -> tuple[str, ...]:
        """Return the class of each entity that a passage names, in order of their ids."""
        ids = sorted({id_ for _, _, id_ in self._within(passage)})
        return tuple(self._entities[id_].cls for id_ in ids)

    def find(self, name: str, cls: str, passage: Passage) -> Entity | None:
        """Return whom a name means, else ``None``: not printed there, not known, or no name.

        A name that is printed means what is mentioned there; one that the report knows
        need not be printed in the passage; any other is new, and of class ``cls``.
        """
        name = " ".join(name.split())
        if not is_name(name):
            return None
        text = passage.span.of(self._report.text)
        places = occurrences(text, name)
        meant = self._meant(passage, places)
        known = [meant] if meant else self._named.get(fold(name), [])
        if len(known) > 1:  # a homograph: the one that the passage is about, if it is one
            here = {id_ for _, _, id_ in self._within(passage)}
            known = [entity for entity in known if entity.id in here]
            return known[0] if len(known) == 1 else None
        if known:
            return known[0]
        return self._made(name, cls) if places and cls in CLASSES else None

    def _meant(self, passage: Passage, places: list[tuple[int, int]]) -> Entity | None:
        base = passage.span.start
        wanted = {(base + start, base + end) for start, end in places}
        found = {id_ for start, end, id_ in self._within(passage) if (start, end) in wanted}
        return self._entities[found.pop()] if len(found) == 1 else None

    def _within(self, passage: Passage) -> list[tuple[int, int, str]]:
        low = bisect_left(self._mentions, (passage.span.start, 0, ""))
        high = bisect_left(self._mentions, (passage.span.end, 0, ""))
        return self._mentions[low:high]

    def _made(self, name: str, cls: str) -> Entity:
        """Make a new entity, or take the lexicon's where the model reads it as that class."""
        listed = [e for e in _lexicon().get(fold(name), ()) if e.cls == cls]
        if len(listed) == 1:
            return listed[0]
        entity = Entity(entity_id(name), cls, name, name if name.isascii() else None)
        return self._new.setdefault(entity.id, self._entities.get(entity.id, entity))


def is_name(text: str) -> bool:
    """Tell whether a text may name one thing: not a pronoun, a kind of thing, or a sentence."""
    return (
        1 < len(text) <= _LONGEST
        and _LETTER.search(text) is not None
        and fold(text) not in _common_nouns()
    )


@lru_cache(maxsize=1)
def _common_nouns() -> frozenset[str]:
    frames = load_frames()
    words = [*frames.generic, *(word for kind in frames.anaphora.values() for word in kind)]
    return frozenset(map(fold, words))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, list[Entity]]:
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for entry in load_lexicon():
        for name in dict.fromkeys(map(fold, entry.names)):
            found[name].append(entry.entity)
    return dict(found)
