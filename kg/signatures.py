"""What each relation may stand between, as the ontology says it.

Read from ``ontology.ttl`` itself (``schema:domainIncludes`` and ``rangeIncludes``, with
the classes below them), so that what a language model may claim is never written twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox

from kg import vocab
from kg.store import ONTOLOGY_FILE

_LABELS = vocab.PREFIXES["rdfs"]
_SCHEMA = vocab.PREFIXES["schema"]


@dataclass(frozen=True, slots=True)
class Signature:
    """The classes a relation's subject and object may have; empty means any.

    ``named`` are those the ontology lists itself, for people and prompts; ``domain`` and
    ``range`` hold what is below them too. ``gloss`` is the ontology's English comment.
    """

    predicate: str
    domain: frozenset[str]
    range: frozenset[str]
    named: tuple[tuple[str, ...], tuple[str, ...]]
    gloss: str

    @property
    def literal(self) -> bool:
        """Whether the object is a value."""
        return vocab.PREDICATES[self.predicate].literal

    def allows_subject(self, cls: str) -> bool:
        """Tell whether an entity of that class may be the subject."""
        return not self.domain or cls in self.domain

    def allows_object(self, cls: str) -> bool:
        """Tell whether an entity of that class may be the object."""
        return not self.range or cls in self.range


@cache
def signatures() -> dict[str, Signature]:
    """Return the signature of every relation, by its name, in the order of ``kg.vocab``."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for quad in ox.parse(ONTOLOGY_FILE.read_bytes(), format=ox.RdfFormat.TURTLE):
        subject, predicate = _local(cast(ox.NamedNode, quad.subject)), quad.predicate.value
        if predicate == _LABELS + "comment":
            comment = cast(ox.Literal, quad.object)
            if comment.language == "en":
                said[subject, "gloss"].append(comment.value)
        elif isinstance(quad.object, ox.NamedNode):
            target = _local(quad.object)
            if predicate == _LABELS + "subClassOf":
                below[target].add(subject)
            elif predicate in (_SCHEMA + "domainIncludes", _SCHEMA + "rangeIncludes"):
                said[subject, predicate.removeprefix(_SCHEMA)].append(target)
    return {name: _signature(name, said, below) for name in vocab.PREDICATES}


def _signature(
    name: str, said: dict[tuple[str, str], list[str]], below: dict[str, set[str]]
) -> Signature:
    domain, objects = (tuple(said[name, part]) for part in ("domainIncludes", "rangeIncludes"))
    return Signature(
        name,
        _closure(domain, below),
        _closure(objects, below),
        (domain, objects),
        " ".join(said[name, "gloss"]),
    )


def _closure(classes: Iterable[str], below: dict[str, set[str]]) -> frozenset[str]:
    """Return the classes and all below them."""
    found: set[str] = set()
    queue = list(classes)
    while queue:
        cls = queue.pop()
        if cls not in found:
            found.add(cls)
            queue.extend(below.get(cls, ()))
    return frozenset(found)


def _local(node: ox.NamedNode) -> str:
    return node.value.removeprefix(vocab.ONTOLOGY)
