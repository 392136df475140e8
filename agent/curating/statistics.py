"""Counts over a workspace: what `kg stats` prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that may mean several entities, or one that its context did not tell.

    ``shared`` names stand for all of ``candidates``, each decided by its context; of the
    others nobody was guessed, and they are no mentions. ``report`` and ``excerpt`` show one.
    """

    name: str
    shared: bool
    candidates: tuple[str, ...]
    times: int
    report: str | None
    excerpt: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the record for `--json`."""
        return asdict(self)


def ambiguities(generation: Generation) -> list[Ambiguity]:
    """List names that several entities of the workspace share, then undecided ones."""
    from kg.identity import Identity

    shared = [
        Ambiguity(
            name,
            True,
            tuple(f"{e.label} ({e.cls}, {e.id})" for e in entities),
            sum(e.claims for e in entities),
            None,
            None,
        )
        for name, entities in Identity(generation.names).ambiguous().items()
    ]
    return shared + _undecided(generation)


def _undecided(generation: Generation) -> list[Ambiguity]:
    from corpus.sentences import sentences
    from extractors.language.words import is_common
    from extractors.names.names import Names

    times: Counter[str] = Counter()
    first: dict[str, Ambiguity] = {}
    for info in generation.reports:
        report = generation.report(info.id)
        texts = [sentence.clean.text for sentence in sentences(report)]
        names = Names.for_report(report, texts)
        for text in texts:
            for printed, at, entities in names.undecided(text):
                if is_common(printed):
                    continue
                times[printed] += 1
                excerpt = text[max(0, at - 20) : at + len(printed) + 20].strip()
                candidates = tuple(f"{e.label} ({e.cls}, {e.id})" for e in entities)
                found = Ambiguity(printed, False, candidates, 0, report.id, excerpt)
                first.setdefault(printed, found)
    return [
        Ambiguity(name, False, found.candidates, times[name], found.report, found.excerpt)
        for name, found in sorted(first.items(), key=lambda item: (-times[item[0]], item[0]))
    ]
