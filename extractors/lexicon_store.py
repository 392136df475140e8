"""The curated names: entities of ``lexicon/*.yaml`` with their aliases and guards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.errors import ExtractionError
from kg.claim import Entity
from kg.vocab import CLASSES

LEXICON = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Guard:
    """Context that an ambiguous short name needs (any of) or must not have (none of)."""

    needs: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    guarded: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Tell whether this name is ambiguous; with no list all names of the entity are."""
        return not self.guarded or name.casefold() in self.guarded

    def allows(self, context: str, name: str, at: int | None = None) -> bool:
        """Tell whether ``name`` at ``at`` may stand for its entity in a case-folded context.

        A ``not`` phrase that holds the name bars only that occurrence, another bars all.
        """
        if any(_bars(word, context, name.casefold(), at) for word in self.not_):
            return False
        return not self.needs or any(word in context for word in self.needs)


def _bars(word: str, context: str, name: str, at: int | None) -> bool:
    if word not in context:
        return False
    inside = word.find(name)
    if inside < 0:
        return True
    return at is not None and context.startswith(word, max(0, at - inside))


@dataclass(frozen=True, slots=True)
class Curated:
    """One entry of the lexicon: its entity and names, its guard, its parent's and maker's id."""

    entity: Entity
    names: tuple[str, ...]
    guard: Guard | None = None
    parent: str | None = None
    maker: str | None = None


def load_yaml(path: Path) -> Any:
    """Read one data file with the C loader (start-up time), errors naming the file."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as exc:
        problem = " ".join(str(exc).split())
        raise ExtractionError(f"data file {str(path)!r} is not valid YAML: {problem}") from exc


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
    return tuple(entries.values())


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
    label = str(ko or en or "")
    if not label:
        raise ExtractionError(f"lexicon {path.name!r}: {record['id']!r} needs a name, ko or en")
    aliases = tuple(str(alias) for alias in record.get("aliases") or ())
    ticker = str(record["ticker"]) if record.get("ticker") else None
    entity = Entity(
        id=str(record["id"]),
        cls=record["class"],
        label=label,
        label_en=str(en) if en else None,
        aliases=aliases,
        ticker=ticker,
        curated=True,
    )
    names = tuple(dict.fromkeys(n for n in (ko and str(ko), en and str(en), *aliases) if n))
    return Curated(entity, names, _guard(record), record.get("parent"), record.get("maker"))


def _guard(record: Mapping[str, Any]) -> Guard | None:
    guard = record.get("guard")
    if not guard:
        return None
    return Guard(
        tuple(str(word).casefold() for word in guard.get("needs") or ()),
        tuple(str(word).casefold() for word in guard.get("not") or ()),
        frozenset(str(name).casefold() for name in record.get("guarded") or ()),
    )
