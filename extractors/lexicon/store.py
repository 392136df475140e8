"""The curated names: entities of ``entities/*.yaml`` with their aliases and guards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.data_files import load_yaml
from extractors.errors import ExtractionError
from kg.claim import Entity
from kg.vocab import CLASSES

LEXICON = Path(__file__).with_name("entities")
_LATIN_PRINTED = frozenset({"Chip", "Model", "Software", "Benchmark"})
_GLUED = re.compile(r"[A-Za-z](?=[가-힣])|[가-힣](?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Guard:
    """Context that an ambiguous short name needs (any of) or must not have (none of)."""

    needs: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    guarded: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Tell whether this name is ambiguous; with no list all names of the entity are."""
        return not self.guarded or name.casefold() in self.guarded

    def bars(self, context: str, printed: str, at: int) -> bool:
        """Tell whether what is printed at ``at`` of a case-folded context is something else.

        A ``not`` phrase that holds the name bars only that occurrence, another bars all.
        """
        return any(_bars(word, context, printed.casefold(), at) for word in self.not_)

    def met(self, context: str) -> bool:
        """Tell whether a case-folded context holds one of the words the name needs."""
        return not self.needs or any(word in context for word in self.needs)


def _bars(word: str, context: str, name: str, at: int) -> bool:
    if word not in context:
        return False
    inside = word.find(name)
    return inside < 0 or context.startswith(word, max(0, at - inside))


@dataclass(frozen=True, slots=True)
class Curated:
    """One entry of the lexicon: entity, names, guard, ids of parent, maker and employer."""

    entity: Entity
    names: tuple[str, ...]
    guard: Guard | None = None
    parent: str | None = None
    maker: str | None = None
    employer: str | None = None


@lru_cache(maxsize=4)
def load_lexicon(folder: Path = LEXICON) -> tuple[Curated, ...]:
    """Load every ``*.yaml`` of a folder, in the order of file names and entries."""
    entries: dict[str, Curated] = {}
    for path in sorted(folder.glob("*.yaml")):
        for record in load_yaml(path) or []:
            entry = _entry(record, path)
            if entry.entity.id in entries:
                raise ExtractionError(
                    f"lexicon {path.name!r}: id {entry.entity.id!r} is taken already; use another"
                )
            entries[entry.entity.id] = entry
    return tuple(_placed(entry, entries) for entry in entries.values())


def _placed(entry: Curated, entries: Mapping[str, Curated]) -> Curated:
    """Tell the entity all it belongs to: its parent, the parent's parent, and so on."""
    broader: set[str] = set()
    parent = entry.parent
    while parent and parent not in broader and parent != entry.entity.id:
        broader.add(parent)
        parent = entries[parent].parent if parent in entries else None
    return replace(entry, entity=replace(entry.entity, broader=tuple(sorted(broader))))


def _entry(record: Any, path: Path) -> Curated:
    if (
        not isinstance(record, Mapping)
        or not record.get("id")
        or record.get("class") not in CLASSES
    ):
        raise ExtractionError(
            f"lexicon {path.name!r}: entry {record!r} needs an id and a class of the ontology"
        )
    ko, en = record.get("ko"), record.get("en")
    label, other = _labels(record)
    if not label:
        raise ExtractionError(f"lexicon {path.name!r}: {record['id']!r} needs a name, ko or en")
    aliases = tuple(str(alias) for alias in record.get("aliases") or ())
    ticker = str(record["ticker"]) if record.get("ticker") else None
    entity = Entity(
        id=str(record["id"]),
        cls=record["class"],
        label=label,
        label_en=str(en) if en else None,
        aliases=tuple(dict.fromkeys((*((other,) if other else ()), *aliases))),
        ticker=ticker,
        curated=True,
    )
    names = tuple(
        dict.fromkeys(n for n in (ko and str(ko), en and str(en), *aliases, *_codes(ticker)) if n)
    )
    return Curated(
        entity,
        names,
        _guard(record),
        record.get("parent"),
        record.get("maker"),
        record.get("employer"),
    )


def _codes(ticker: str | None) -> tuple[str, ...]:
    """Return how a numeric ticker is printed with its exchange ("2330.TW"); a bare one is none."""
    if ticker is None or not ticker.isdecimal():
        return ()
    exchanges = ("KS", "KQ", "KR") if len(ticker) == 6 else ("TW", "TWO", "T", "JP", "HK")
    return tuple(f"{ticker}.{exchange}" for exchange in exchanges)


def _labels(record: Mapping[str, Any]) -> tuple[str, str | None]:
    """Choose the name to show, and the Korean one if it is not that.

    Korean reports print chips, models, software and benchmarks in Latin letters
    ("Trainium2", "Phi"), unless the Korean name has grown together with them (챗GPT,
    D램); everything else in Korean. ``label: ko`` or ``en`` in an entry overrides the rule.
    """
    ko, en = str(record.get("ko") or ""), str(record.get("en") or "")
    usual = "ko" if record["class"] not in _LATIN_PRINTED or _GLUED.search(ko) else "en"
    if record.get("label", usual) == "en" and en and re.search(r"[가-힣]", ko):
        return en, ko
    return ko or en, None


def _guard(record: Mapping[str, Any]) -> Guard | None:
    guard = record.get("guard")
    if not guard:
        return None
    return Guard(
        tuple(str(word).casefold() for word in guard.get("needs") or ()),
        tuple(str(word).casefold() for word in guard.get("not") or ()),
        frozenset(str(name).casefold() for name in record.get("guarded") or ()),
    )
