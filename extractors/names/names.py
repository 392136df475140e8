"""The names of one report: curated ones and those it introduces itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.report import Report, Span
from extractors.alternation import holds_any
from extractors.classes import BODIES, THINGS
from extractors.context.profiles import Profile, profile_names, profiles
from extractors.context.topics import titled_names
from extractors.language.words import is_common, is_listed
from extractors.lexicon.misspellings import curated_halves, misspelt
from extractors.lexicon.name_index import NameIndex, fold, fold_text
from extractors.lexicon.store import Curated, load_lexicon
from extractors.names.discovery import Discovery
from extractors.names.glossed_tickers import glossed_tickers
from extractors.names.joining import Discovered
from extractors.names.name_patterns import without_corporate
from extractors.names.naming.finder import NameModel
from extractors.names.printed_forms import (
    is_inside,
    is_measure,
    is_titled,
    same_case,
    without_title,
)
from extractors.names.short_names import short_names
from extractors.names.variants import bases, in_english, is_version_of_another
from extractors.values.metric_data import load_metrics
from kg.claim import Entity, entity_id
from kg.identity import unaccented

_REPORT_WIDE = frozenset({"Chip", "Model", "Software"})
"""Classes whose guard may be satisfied anywhere in the report: it is about them."""

_HEADED = 5
"""What a heading with labels below it weighs beside other evidence of what a name is."""

_TELLING = 3
"""From this many syllables on; a shorter Korean name ("달리") is too often a common word."""

_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile(r"[A-Za-z]*[\u00c0-\u024f][A-Za-z\u00c0-\u024f]*")
_COUNTING = re.compile(r"\s\d{1,3}$")
_WORLDWIDE = "글로벌 "
_OF_ALL = re.compile(
    r"들?\s?(?:기업|업체|시장|업계|산업|업황|점유|매출|수요|생태계|경쟁|사업|\d위)"
)
_COUNTED = ("위", "억", "만", "조", "천")
_SHORT = re.compile(r"[A-Za-z]{1,2}-?\d{1,2}(?:\.\d)?")
_BESIDE = re.compile(r"[\u2600-\u27bf\u2b50\ufe0f\U0001f000-\U0001faff]|\s?\(\d+\s?종\)$")
"""What stands beside a name in a cell: pictures, how many kinds there are."""
_GLOSS = re.compile(r"\s?\((?P<name>[^()]{2,40})\)")


@dataclass(slots=True)
class _Found:
    """The names found in a text, and how many had been added to the index when last asked.

    Every sentence is asked for again after those it introduces are known, and a table's
    cells say the same again and again: only a name that stands in a text changes it.
    """

    names: list[tuple[str, int, int]]
    named: Sequence[tuple[Entity, int, int]] = ()
    added: int = 0
    folded: str = ""


class Names:
    """Finds and resolves names; the same name is one entity all over a report."""

    def __init__(
        self,
        lexicon: Iterable[Curated],
        texts: Iterable[str] = (),
        *,
        headed: Iterable[Profile] = (),
        model: NameModel | None = None,
    ) -> None:
        base = _base(tuple(lexicon))
        self._curated = base.curated
        self._entities = dict(base.entities)
        self._index = NameIndex(base=base.index)
        self._found: dict[str, _Found] = {}
        self._added: list[str] = []
        read = list(texts)
        self._context = "\n".join(read).casefold()
        self._discover(read, Discovery(self._index, base.classes, model), headed)

    @classmethod
    def for_report(cls, report: Report, texts: Iterable[str] | None = None) -> Names:
        """Read a report's own names; ``texts`` are its clean sentences, if at hand."""
        if texts is None:
            from corpus.sentences import sentences

            texts = [sentence.clean.text for sentence in sentences(report)]
        return cls(load_lexicon(), texts, headed=profiles(report))

    @property
    def entities(self) -> dict[str, Entity]:
        """All entities by id: the lexicon's and this report's."""
        return self._entities

    def find(self, text: str) -> Sequence[tuple[Entity, int, int]]:
        """Find the names in a text, longest first, without overlap, in order."""
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = _Found(self._find(text) if _LETTER.search(text) else [])
        elif known.added == len(self._added):
            return known.named
        else:
            known.folded = known.folded or fold_text(text)
            if holds_any(known.folded, islice(self._added, known.added, None)):
                known.names = self._find(text)
        known.added = len(self._added)
        entities, names = self._entities, known.names
        known.named = [(entities[key], start, end) for key, start, end in names] if names else []
        return known.named

    def _find(self, text: str) -> list[tuple[str, int, int]]:
        found: list[tuple[str, int, int]] = []
        position = 0
        for options in self._index.candidates(text):
            if options[0][0] < position:
                continue
            for start, end, targets in options:
                if text.startswith(_COUNTED, end) and _COUNTING.search(text, start, end):
                    continue  # "HBM 3위", "시리즈 B 300억"
                if text.startswith(_WORLDWIDE, start) and _OF_ALL.match(text, end):
                    continue  # "글로벌 파운드리 기업들": all of a kind
                chosen = self._allowed(targets, text, (start, end))
                if chosen and not is_inside(text, start, self._entities[chosen].cls):
                    entity = self._entities[chosen]
                    kept = without_title(text, start, end) if entity.cls == "Person" else end
                    found.append((chosen, start, kept))
                    position = end
                    break
        return found

    def undecided(self, text: str) -> Iterator[tuple[str, int, tuple[Entity, ...]]]:
        """Yield printed names that the context leaves open: text, offset, whom they may mean.

        They are no mentions: nobody is guessed.
        """
        position = 0
        for options in self._index.candidates(text):
            if options[0][0] < position:
                continue
            for start, end, targets in options:
                position = max(position, end)
                if self._allowed(targets, text, (start, end)):
                    break
                printed = text[start:end]
                open_to = {
                    key for key, name in targets if same_case(name, printed) and self._waits(key)
                }
                if open_to and not is_measure(text, start, printed):
                    yield printed, start, tuple(self._entities[key] for key in sorted(open_to))
                    break

    def _waits(self, key: str) -> bool:
        """Whether an entity's short name needs words beside it that were not there."""
        entry = self._curated.get(key)
        return entry is not None and entry.guard is not None and bool(entry.guard.needs)

    def adopt(self, name: str, code: str, symbol: str) -> None:
        """Make ``name`` an alias of the company of a ticker (``code`` as printed, its symbol).

        Nothing happens when the name is known already or no curated company has the ticker.
        """
        known = [key for key, _ in self._index.get(code) if self._is_company(key)]
        owners = known or [
            key
            for key, entry in self._curated.items()
            if entry.entity.ticker == symbol and self._is_company(key)
        ]
        if len(set(owners)) == 1:
            taken = [key for key, _ in self._index.get(name)]
            if not any(key in self._curated for key in taken):
                self._alias(owners[0], name, instead=True)

    def _is_company(self, key: str) -> bool:
        return self._entities[key].cls in BODIES

    def _name(self, name: str, key: str, *, first: bool = False) -> None:
        """Let a name mean an entity from now on."""
        self._index.add(name, key, first=first)
        self._added.append(fold(name))

    def _alias(self, key: str, alias: str, *, instead: bool = False) -> None:
        self._name(alias, key, first=instead)
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
        name = _BESIDE.sub("", " ".join(text.split())).strip(" *'\"“”‘’·,")
        targets = [self._entities[key] for key, _ in self._index.get(name)]
        fitting = [entity for entity in targets if not classes or entity.cls in classes]
        if fitting or targets:
            return (fitting or targets)[0]
        stripped = re.sub(r"\s?\([^()]*\)$", "", name)
        if stripped and stripped != name and self._index.get(stripped):
            return self.resolve(stripped, None, expected)
        made = self._after_its_maker(name, classes)
        if made is not None:
            self._alias(made.id, name)
            return self._entities[made.id]
        bare = without_corporate(name)
        owners = [key for key, _ in self._index.get(bare) if self._is_company(key)] if bare else []
        if owners:
            self._alias(owners[0], name)
            return self._entities[owners[0]]
        entity = Entity(entity_id(name), classes[0] if classes else "Concept", name)
        known = self._entities.setdefault(entity.id, entity)
        if name not in load_metrics().words:  # what a row measures is no name elsewhere
            self._name(name, known.id)
        return known

    def _after_its_maker(self, name: str, classes: Collection[str]) -> Entity | None:
        """Find a known thing behind its maker's name: 비서 2, in a cell that says "가나 비서 2"."""
        words = name.split() if not classes or {*classes} & {*THINGS, "Concept"} else []
        for cut in range(1, min(len(words), 3)):
            firms = [k for k, _ in self._index.get(" ".join(words[:cut])) if self._is_company(k)]
            things = [self._entities[k] for k, _ in self._index.get(" ".join(words[cut:]))]
            fitting = [entity for entity in things if entity.cls in THINGS]
            if firms and len(fitting) == 1:
                return fitting[0]
        return None

    def _allowed(
        self, targets: list[tuple[str, str]], text: str, place: tuple[int, int]
    ) -> str | None:
        printed = text[slice(*place)]
        for key, name in targets:
            if not same_case(name, printed) or is_measure(text, place[0], printed):
                continue
            if _SHORT.fullmatch(printed) and is_version_of_another(text, place[0]):
                continue
            entry = self._curated.get(key)
            guard = entry.guard if entry else None
            if guard is None or not guard.covers(name):
                return key
            context = text.casefold()
            if guard.bars(context, printed, place[0]):
                continue
            if guard.met(context) or self._is_glossed(text, place[1], key):
                return key
            wide = name.isascii() or (
                self._entities[key].cls in _REPORT_WIDE and len(name) >= _TELLING
            )
            titled = self._entities[key].cls == "Person" and is_titled(text, place[1])
            if (wide or titled) and guard.met(self._context):
                return key
        return None

    def _is_glossed(self, text: str, end: int, key: str) -> bool:
        """Tell whether another name of the entity follows in brackets: 스타게이트(Stargate)."""
        match = _GLOSS.match(text, end)
        return match is not None and any(k == key for k, _ in self._index.get(match["name"]))

    def _discover(
        self, printed: list[str], discovery: Discovery, headed: Iterable[Profile]
    ) -> None:
        texts = [unaccented(text) for text in printed]
        accented = {unaccented(w): w for text in printed for w in _ACCENTED.findall(text)}
        for word, key in misspelt(texts, curated_halves(), self._is_other):
            if key in self._curated:
                self._alias(key, word)
        for profile in headed:
            discovery.take(profile_names(profile, discovery.ballot.class_of), _HEADED)
        found = [self.find(text) for text in texts]
        discovery.read(texts, found)
        people = {e.id: e for named in found for e, _, _ in named if e.cls == "Person"}
        for key, alias in discovery.ballot.aliases_of_known():
            self._alias(key, alias)
        own = discovery.results()
        alone = (item for item in bases(own, self._context) if not self._index.get(item.name))
        for item in (*own, *alone):
            made = self._add(item, accented)
            if made.cls == "Person":
                people[made.id] = made
        for key, alias in titled_names(texts, people.values()):
            self._name(alias, key)
        for key, code in glossed_tickers(texts, self.find, self._is_taken):
            self._alias(key, code, instead=True)
        self._shorten(texts)

    def _shorten(self, texts: Sequence[str]) -> None:
        """Let "3.6 Flash" alone mean the "Gana 3.6 Flash" that a report tells of."""
        named = dict.fromkeys((t[s:e], n) for t in texts for n, s, e in self.find(t))
        for key, short in list(short_names(named, "\n".join(texts), self._index.get)):
            self._name(short, key)

    def _is_other(self, word: str) -> bool:
        """Whether a word is a name already, or a word of its own."""
        return bool(self._index.get(word)) or is_common(word) or is_listed(word)

    def _is_taken(self, word: str) -> bool:
        """Whether a word is a curated name, or a word of its own."""
        known = any(key in self._curated for key, _ in self._index.get(word))
        return known or is_common(word) or is_listed(word)

    def _add(self, item: Discovered, accented: Mapping[str, str]) -> Entity:
        """Add a name and its aliases; ``accented`` gives words as they are printed."""
        family = self._family(item)
        written = in_english(item.name, family) if family else item.name
        if written != item.name and (found := self._index.get(written)):
            self._alias(found[0][0], item.name)
            return self._entities[found[0][0]]
        label = " ".join(accented.get(word, word) for word in written.split())
        aliases = tuple(dict.fromkeys(a for a in (item.name, *item.aliases) if a != label))
        english = next((a for a in aliases if (a.isascii() and " " in a) or a[:1].isupper()), None)
        entity = Entity(
            entity_id(written),
            item.cls,
            label,
            english or (label if written.isascii() else None),
            aliases,
            broader=self._families(item),
        )
        known = self._entities.setdefault(entity.id, entity)
        for name in (label, item.name, *aliases):
            self._name(name, entity.id)
        return known

    def _family(self, item: Discovered) -> Entity | None:
        """Return the line that a thing is one of by its first word: "라마", of "라마 9"."""
        known = self._entities.get(item.family or "")
        if known is not None or item.cls not in THINGS:
            return known
        begun = [self._entities[key] for key, _ in self._index.get(item.name.split()[0])]
        return next((e for e in begun if e.curated and e.cls == item.cls), None)

    def _families(self, item: Discovered) -> tuple[str, ...]:
        """Return the family a version belongs to ("TPU v5" to TPU), and that one's own."""
        family = self._entities.get(item.family or "")
        if family is None or family.cls != item.cls:
            return ()
        return tuple(sorted({family.id, *family.broader}))


@dataclass(frozen=True, slots=True)
class _Base:
    """What is the same for all reports with a lexicon; never changed."""

    entries: tuple[Curated, ...]
    curated: dict[str, Curated]
    entities: dict[str, Entity]
    classes: dict[str, str]
    index: NameIndex


_BASES: dict[int, _Base] = {}


def _base(entries: tuple[Curated, ...]) -> _Base:
    """Build what a lexicon gives all reports once; the same tuple gives the same."""
    known = _BASES.get(id(entries))
    if known is None or known.entries is not entries:
        curated = {entry.entity.id: entry for entry in entries}
        entities = {key: entry.entity for key, entry in curated.items()}
        classes = {key: entity.cls for key, entity in entities.items()}
        index = NameIndex((name, entry.entity.id) for entry in entries for name in entry.names)
        known = _BASES[id(entries)] = _Base(entries, curated, entities, classes, index)
    return known
