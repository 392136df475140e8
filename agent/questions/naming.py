"""What is made of a workspace's alias table, once a table: finding names, guessing them, kin."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain

from agent.questions.families import Families
from agent.questions.guesses import Brief, Guesser, Shortened, Surnames
from agent.questions.linking import Linker, fold
from agent.questions.namesakes import namesakes, words_of_senses
from agent.questions.spellings import Spellings
from kg.alias_table import Name
from kg.identity import PARTICLES

_JOINED = re.compile(r"(?:와|과|,|·| 및)\s+")


class Naming:
    """The names of a workspace, made ready for questions; each part when it is first used."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names

    @cached_property
    def linker(self) -> Linker:
        """Finds the workspace's names in a text."""
        listed = {fold(label) for n in self._names if n.curated for label in n.labels}
        known = {fold(label) for n in self._names for label in n.labels}
        pairs = (
            (label, n.id)
            for n in self._names
            for label in n.labels
            if n.curated or not (_with_particle(label, listed) or _is_of_several(label, known))
        )
        spelt = (pair for pair in self.spellings.pairs(self._names) if fold(pair[0]) not in known)
        return Linker.of(chain(pairs, spelt), words_of_senses(self._names))

    @cached_property
    def spellings(self) -> Spellings:
        """Spells names in the other script."""
        return Spellings(self._names)

    @cached_property
    def namesakes(self) -> dict[str, frozenset[str]]:
        """Which other entities have a name of an entity."""
        return namesakes(self._names)

    @cached_property
    def shortened(self) -> Shortened:
        """Finds companies by the beginning of their names."""
        return Shortened(n.label for n in self._names if n.cls == "Company")

    @cached_property
    def brief(self) -> Brief:
        """Finds what reports call firms for short."""
        return Brief(self._names)

    @cached_property
    def surnames(self) -> Surnames:
        """Finds people by one part of their names."""
        taken = {fold(label) for n in self._names for label in n.labels}
        return Surnames((n.label for n in self._names if n.cls == "Person"), taken)

    @cached_property
    def guesser(self) -> Guesser:
        """Guesses which name a misspelt one stands for."""
        return Guesser(label for n in self._names for label in n.labels)

    @cached_property
    def families(self) -> Families:
        """Which entities stand for which."""
        return Families.of(self._names)

    @cached_property
    def classes(self) -> dict[str, str]:
        """The class of each entity."""
        return {name.id: name.cls for name in self._names}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What the reports call each entity."""
        return {name.id: name.label for name in self._names}

    @cached_property
    def folded(self) -> dict[str, tuple[str, ...]]:
        """The folded names of each entity, those of one character left out."""
        return {n.id: tuple(fold(x) for x in n.labels if len(x) > 1) for n in self._names}

    @cached_property
    def meant(self) -> dict[str, str]:
        """Folded names to entity ids; the entity with more claims wins."""
        ordered = sorted(self._names, key=lambda n: (n.claims, n.id))
        return {fold(label): n.id for n in ordered for label in n.labels}


def _is_of_several(label: str, known: Collection[str]) -> bool:
    """Whether a name is that of several together ("가나와 다라"): a question means each of them."""
    parts = [fold(part) for part in _JOINED.split(label)]
    return len(parts) > 1 and all(part in known for part in parts)


def _with_particle(label: str, listed: Collection[str]) -> bool:
    """Whether a name read in a report is a listed one with the particle behind it ("가나가")."""
    folded = fold(label)
    stems = (folded.removesuffix(particle) for particle in PARTICLES)
    return folded not in listed and any(s != folded and s in listed for s in stems if len(s) > 1)
