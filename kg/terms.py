"""Terms of RDF by their short names."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from kg import vocab

Node = ox.NamedNode
UNION = ox.DefaultGraph()


@lru_cache(maxsize=512)
def term(name: str) -> Node:
    """Return the node of a prefixed name ("kg:Claim")."""
    prefix, local = name.split(":", 1)
    return Node(vocab.PREFIXES[prefix] + local)


TYPE = term("rdf:type")
