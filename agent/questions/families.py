"""Which entities stand for which: TPU for its generations, 구글 for 구글 클라우드."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agent.questions.linking import fold
from kg.alias_table import Name

_GENERATION = re.compile(
    r"(v?\d[\d.]*[a-z]{0,3}|pro|mini|max|ultra|nano|preview|latest|ti|super|next ?gen|\([^)]*\))+$"
)
_FAMILY_CLASSES = frozenset({"Chip", "Model", "Technology", "Product", "Software"})


@dataclass(slots=True)
class Families:
    """Answers which entities a name in a question stands for.

    ``members`` maps an entity to those below it (by the lexicon, and names that continue
    its own: "Trainium" and "Trainium 2").
    """

    members: Mapping[str, frozenset[str]]
    parents: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Name]) -> Families:
        """Build from a workspace's names, which tell what they belong to."""
        below: dict[str, set[str]] = {}
        above: dict[str, set[str]] = {}
        by_key: dict[str, Name] = {}
        listed = list(names)
        for name in listed:
            for label in name.labels:
                by_key.setdefault(fold(label), name)
        for name in listed:
            ancestors = set(name.broader)
            if name.cls in _FAMILY_CLASSES:
                ancestors |= {a.id for a in _prefixes(name, by_key)}
            for ancestor in ancestors - {name.id}:
                below.setdefault(ancestor, set()).add(name.id)
                above.setdefault(name.id, set()).add(ancestor)
        return cls(
            {key: frozenset(value | {key}) for key, value in below.items()},
            {key: frozenset(value | {key}) for key, value in above.items()},
        )

    def of_entity(self, entity: str) -> frozenset[str]:
        """Return the entity and all its members."""
        return self.members.get(entity, frozenset({entity}))

    def kin(self, entity: str) -> frozenset[str]:
        """Return the entity, its members and its ancestors."""
        return self.of_entity(entity) | self.parents.get(entity, frozenset({entity}))


def _prefixes(name: Name, by_key: Mapping[str, Name]) -> Iterable[Name]:
    """Names that this one continues by a generation mark only ("TPU v6" continues "TPU")."""
    key = fold(name.label)
    for cut in range(2, len(key)):
        other = by_key.get(key[:cut])
        if (
            other
            and other.cls == name.cls
            and other.id != name.id
            and _GENERATION.fullmatch(key[cut:])
        ):
            yield other
