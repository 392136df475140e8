"""The names of one report: curated ones and those it introduces itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from corpus.report import Report, Span
from extractors.discovery import Discovered, Discovery
from extractors.evidence import patterns, without_corporate
from extractors.lexicon_store import Curated, load_lexicon
from extractors.nametrie import NameTrie, fold
from extractors.topics import titled_names
from kg.claim import Entity, Mention, entity_id

_VERSIONED = frozenset({"Model", "Chip", "Software", "Product", "Technology", "Company"})
_REPORT_WIDE = frozenset({"Chip", "Model", "Software"})
"""Classes whose guard may be satisfied anywhere in the report: it is about them."""


class Names:
    """Finds and resolves names; the same name is one entity all over a report."""

    def __init__(self, lexicon: Iterable[Curated], texts: Iterable[str] = ()) -> None:
        entries = tuple(lexicon)
        self._curated = {entry.entity.id: entry for entry in entries}
        self._entities = {key: entry.entity for key, entry in self._curated.items()}
        self._trie = NameTrie(base=_base(entries))
        read = list(texts)
        self._context = "\n".join(read).casefold()
        self._discover(read)

    @classmethod
    def for_report(cls, report: Report, texts: Iterable[str] | None = None) -> Names:
        """Read a report's own names; ``texts`` are its clean sentences, if at hand."""
        if texts is None:
            from corpus.sentences import sentences

            texts = [sentence.clean.text for sentence in sentences(report)]
        return cls(load_lexicon(), texts)

    @property
    def entities(self) -> dict[str, Entity]:
        """All entities by id: the lexicon's and this report's."""
        return self._entities

    def find(self, text: str) -> list[tuple[Entity, int, int]]:
        """Find the names in a text, longest first, without overlap, in order."""
        context = text.casefold()
        found: list[tuple[Entity, int, int]] = []
        position = 0
        for options in self._trie.candidates(text):
            if options[0][0] < position:
                continue
            for start, end, targets in options:
                chosen = self._allowed(targets, text[start:end], context, start)
                if chosen:
                    entity = self._entities[chosen]
                    kept = _without_title(text, start, end) if entity.cls == "Person" else end
                    found.append((entity, start, kept))
                    position = end
                    break
        return found

    def mentions(self, text: str, offset: int = 0) -> list[Mention]:
        """Find names as mentions, their offsets shifted by ``offset``."""
        return [Mention(e.id, offset + start, offset + end) for e, start, end in self.find(text)]

    def adopt(self, name: str, code: str, symbol: str) -> None:
        """Make ``name`` an alias of the company of a ticker (``code`` as printed, its symbol).

        Nothing happens when the name is known already or no curated company has the ticker.
        """
        known = [key for key, _ in self._trie.get(code) if self._is_company(key)]
        owners = known or [
            key
            for key, entry in self._curated.items()
            if entry.entity.ticker == symbol and self._is_company(key)
        ]
        if len(set(owners)) == 1:
            taken = [key for key, _ in self._trie.get(name)]
            if not any(key in self._curated for key in taken):
                self._alias(owners[0], name, instead=True)

    def _is_company(self, key: str) -> bool:
        return self._entities[key].cls in ("Company", "Organization")

    def _alias(self, key: str, alias: str, *, instead: bool = False) -> None:
        self._trie.add(alias, key, first=instead)
        entity = self._entities[key]
        if alias not in (entity.label, entity.label_en, *entity.aliases):
            self._entities[key] = replace(entity, aliases=(*entity.aliases, alias))

    def resolve(
        self, text: str, span: Span | None = None, expected: str | Collection[str] | None = None
    ) -> Entity:
        """Return the entity a whole string names; an unknown one is made, of class ``expected``.

        ``span`` is where the string stands; it does not change who is meant.
        """
        del span
        classes = (expected,) if isinstance(expected, str) else tuple(expected or ())
        name = " ".join(text.split()).strip(" *'\"“”‘’·,")
        targets = [self._entities[key] for key, _ in self._trie.get(name)]
        fitting = [entity for entity in targets if not classes or entity.cls in classes]
        if fitting or targets:
            return (fitting or targets)[0]
        stripped = re.sub(r"\s?\([^()]*\)$", "", name)
        if stripped and stripped != name and self._trie.get(stripped):
            return self.resolve(stripped, None, expected)
        bare = without_corporate(name)
        owners = [key for key, _ in self._trie.get(bare) if self._is_company(key)] if bare else []
        if owners:
            self._alias(owners[0], name)
            return self._entities[owners[0]]
        entity = Entity(entity_id(name), classes[0] if classes else "Concept", name)
        known = self._entities.setdefault(entity.id, entity)
        self._trie.add(name, known.id)
        return known

    def _allowed(
        self, targets: list[tuple[str, str]], printed: str, context: str, at: int
    ) -> str | None:
        for key, name in targets:
            if not _same_case(name, printed):
                continue
            entry = self._curated.get(key)
            guard = entry.guard if entry else None
            if guard is None or not guard.covers(name) or guard.allows(context, name, at):
                return key
            wide = name.isascii() or self._entities[key].cls in _REPORT_WIDE
            if wide and guard.allows(self._context, name):
                return key
        return None

    def _discover(self, texts: list[str]) -> None:
        discovery = Discovery(self._trie, {k: e.cls for k, e in self._entities.items()})
        for text in texts:
            discovery.read(text)
            for entity, start, end in self.find(text):
                if entity.cls in _VERSIONED:
                    discovery.extend(text, end, text[start:end], entity.cls)
        for key, alias in discovery.aliases_of_known():
            self._alias(key, alias)
        for item in discovery.results():
            self._add(item)
        people = [e for text in texts for e, _, _ in self.find(text) if e.cls == "Person"]
        for key, alias in titled_names(texts, {e.id: e for e in people}.values()):
            self._trie.add(alias, key)

    def _add(self, item: Discovered) -> None:
        aliases = tuple(dict.fromkeys(a for a in item.aliases if a != item.name))
        english = next((a for a in aliases if (a.isascii() and " " in a) or a[:1].isupper()), None)
        entity = Entity(
            entity_id(item.name),
            item.cls,
            item.name,
            english or (item.name if item.name.isascii() else None),
            aliases,
        )
        self._entities.setdefault(entity.id, entity)
        for name in (item.name, *aliases):
            self._trie.add(name, entity.id)


_BASES: dict[int, tuple[tuple[Curated, ...], NameTrie]] = {}


def _base(entries: tuple[Curated, ...]) -> NameTrie:
    """Build the trie of a lexicon once; the same tuple gives the same trie."""
    known = _BASES.get(id(entries))
    if known is None or known[0] is not entries:
        trie = NameTrie((name, entry.entity.id) for entry in entries for name in entry.names)
        known = _BASES[id(entries)] = (entries, trie)
    return known[1]


def _without_title(text: str, start: int, end: int) -> int:
    """Leave a title out of a person's mention ("젠슨 황 CEO"): it is a role to be read."""
    printed = text[start:end]
    for role in patterns().roles:
        if printed.endswith(role) and len(printed) > len(role) + 1:
            return start + len(printed[: -len(role)].rstrip())
    return end


def _same_case(name: str, printed: str) -> bool:
    """Hold short Latin names to their case: "Arm" is no "ARM" clash, but "IT" is not "it"."""
    if len(fold(name)) > 3 or not name.isascii() or not name.isupper():
        return True
    return printed.isupper()
