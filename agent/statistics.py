"""Counts over a workspace: what `kg stats` prints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.generation import Generation


def statistics(generation: Generation) -> dict[str, Any]:
    """Count reports, passages, claims (by relation, modality, week) and entities by class."""
    from kg.facts import Facts

    facts = Facts(generation)

    def counts(pattern: str) -> dict[str, int]:
        rows = facts.select(
            f"SELECT ?k (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c a kg:Claim . {pattern} }} "
            "GROUP BY ?k ORDER BY DESC(?n) ?k"
        )
        return {str(key).rpartition("#")[2] or str(key): int(n or 0) for key, n in rows}

    classes = Counter(name.cls for name in generation.names)
    return {
        "generation": generation.number,
        "embedder": generation.manifest.embedder,
        "reports": len(generation.reports),
        "passages": sum(r.passages for r in generation.reports),
        "claims": sum(r.claims for r in generation.reports),
        "entities": len(generation.names),
        "relation": counts("?c rdf:predicate ?k"),
        "modality": counts("?c kg:modality ?k"),
        "week": counts("?c prov:wasDerivedFrom/dcterms:isPartOf/kg:week ?k"),
        "class": dict(sorted(classes.items(), key=lambda item: (-item[1], item[0]))),
    }
