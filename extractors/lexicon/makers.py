"""Who makes what, as the lexicon knows it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from extractors.lexicon.name_index import fold
from extractors.lexicon.store import load_lexicon
from extractors.word_lists import load_words
from kg.claim import Entity, entity_id


@lru_cache(maxsize=1)
def makers() -> dict[str, frozenset[str]]:
    """Map each curated thing to the ids of who makes it: its maker, and its owners and units."""
    entries = load_lexicon()
    parents = {entry.entity.id: entry.parent for entry in entries if entry.parent}
    units: dict[str, set[str]] = {}
    for child, parent in parents.items():
        units.setdefault(parent, set()).add(child)
    found: dict[str, frozenset[str]] = {}
    for entry in entries:
        if entry.maker:
            owner = parents.get(entry.maker)
            found[entry.entity.id] = frozenset(
                {entry.maker, *units.get(entry.maker, ()), *((owner,) if owner else ())}
            )
    return found


def market(label: str) -> Entity:
    """Return the market of a name, curated or new; "글로벌" says nothing of which: "AI 칩 시장"."""
    name = _WORLDWIDE.sub("", label)
    return _markets().get(fold(name)) or Entity(entity_id(name), "Market", name)


_WORLDWIDE = re.compile(r"^(?:(?:[a-z]|글로벌|전\s?세계|세계)\s+)+")


@lru_cache(maxsize=1)
def _markets() -> dict[str, Entity]:
    found = (entry for entry in load_lexicon() if entry.entity.cls == "Market")
    return {fold(name): entry.entity for entry in found for name in entry.names}


@lru_cache(maxsize=1)
def _maker_entities() -> dict[str, Entity]:
    entities = {entry.entity.id: entry.entity for entry in load_lexicon()}
    return {
        entry.entity.id: entities[entry.maker]
        for entry in load_lexicon()
        if entry.maker and entry.maker in entities
    }


def maker_of(thing: Entity) -> Entity | None:
    """Return the curated maker of a thing, if it is known."""
    return _maker_entities().get(thing.id)


@lru_cache(maxsize=1)
def _owners() -> dict[str, Entity]:
    entities = {entry.entity.id: entry.entity for entry in load_lexicon()}
    return {child: entities[parent] for child, parent in _parents().items() if parent in entities}


def makers_of(thing: Entity) -> tuple[Entity, ...]:
    """Return the curated maker of a thing and the maker's owner, as far as they are known."""
    maker = maker_of(thing)
    owner = _owners().get(maker.id) if maker else None
    return tuple(e for e in (maker, owner) if e)


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    return {entry.entity.id: entry.parent for entry in load_lexicon() if entry.parent}


_LINE = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")


@lru_cache(maxsize=1)
def _lines() -> dict[str, frozenset[str]]:
    """Map the first word of several things of one maker to who makes them: "갤럭시"."""
    found: dict[str, list[frozenset[str]]] = {}
    for entry in load_lexicon():
        known = makers().get(entry.entity.id)
        words = {m[0].casefold() for name in entry.names if (m := _LINE.match(name))}
        for word in sorted(words) if known else ():
            assert known is not None
            found.setdefault(word, []).append(known)
    return {w: all_[0] for w, all_ in found.items() if len(all_) > 1 and len(set(all_)) == 1}


def line_makers(label: str) -> frozenset[str]:
    """Return who makes the line of products that a name begins with, if that is known."""
    word = _LINE.match(label)
    return _lines().get(word[0].casefold(), frozenset()) if word else frozenset()


def speaks_for(agent: Entity, thing: Entity) -> bool:
    """Tell whether an agent is the curated maker of a thing, or the maker's owner."""
    maker = maker_of(thing)
    return maker is not None and agent.id in (maker.id, _parents().get(maker.id))


@lru_cache(maxsize=1)
def _employers() -> dict[str, Entity]:
    entities = {entry.entity.id: entry.entity for entry in load_lexicon()}
    return {
        entry.entity.id: entities[entry.employer]
        for entry in load_lexicon()
        if entry.employer and entry.employer in entities
    }


def employer_of(person: Entity) -> Entity | None:
    """Return the company that a curated person leads, if it is known."""
    return _employers().get(person.id)


@lru_cache(maxsize=1)
def _memory() -> tuple[re.Pattern[str], frozenset[str]]:
    data: dict[str, Any] = load_words("lexicon/makers.yaml")
    names = re.compile(rf"(?:{'|'.join(data['memory'])})")
    return names, frozenset(data["memory_makers"].split())


def is_memory(thing: Entity) -> bool:
    """Tell memory by its name: HBM, DRAM, NAND."""
    return _memory()[0].match(thing.label) is not None


def makes_memory(firm: Entity, thing: Entity) -> bool | None:
    """Tell whether a firm makes memory; ``None`` where it is unknown, or the thing is none."""
    return firm.id in _memory()[1] if is_memory(thing) and firm.curated else None


def is_category(entity: Entity) -> bool:
    """Tell a kind of thing that many make, of which firms have shares: HBM, GPU, D램."""
    return entity.curated and entity.cls in ("Chip", "Technology") and not makers_of(entity)


@lru_cache(maxsize=1)
def _buyers() -> frozenset[str]:
    return frozenset(load_words("lexicon/makers.yaml")["buyers"].split())


def only_buys(firm: Entity) -> bool:
    """Tell a firm that buys hardware of others and sells them none: a cloud, a lab, a car maker."""
    return firm.id in _buyers()
