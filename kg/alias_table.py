"""What things are called: a table of names for each report, and that of all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.claim import Extraction
from kg.contract import described
from kg.iris import entity_iri


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the alias table: an entity, all it is called, and how often claimed.

    ``aliases`` holds every further name any report gave it, ``broader`` the ids of all
    families it belongs to. ``claims`` counts the claims it is subject or object of.
    ``known_as`` is in the table of one report only: the lexicon's name, if not the label.
    """

    id: str
    cls: str
    label: str
    label_en: str | None
    aliases: tuple[str, ...]
    ticker: str | None
    curated: bool
    broader: tuple[str, ...]
    claims: int
    known_as: str | None = None

    @property
    def iri(self) -> str:
        """The entity's IRI."""
        return entity_iri(self.id)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name, the preferred first, without repetition."""
        ticker = (self.ticker,) if self.ticker else ()
        english = (self.label_en,) if self.label_en else ()
        return tuple(dict.fromkeys((self.label, *english, *self.aliases, *ticker)))


def names_json(names: Iterable[Name]) -> str:
    """Return an alias table as JSON, one row a line."""
    rows = (
        (n.id, n.cls, n.label, n.label_en, n.aliases, n.ticker, n.curated, n.broader, n.claims)
        + ((n.known_as,) if n.known_as else ())
        for n in names
    )
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "[" + ",\n".join(lines) + "]\n"


def names_from_json(text: str) -> tuple[Name, ...]:
    """Read what :func:`names_json` wrote."""
    return tuple(
        Name(id_, cls, label, english, tuple(aliases), ticker, curated, tuple(broader), *rest)
        for id_, cls, label, english, aliases, ticker, curated, broader, *rest in json.loads(text)
    )


def names_of(extraction: Extraction) -> tuple[Name, ...]:
    """Make the alias table of one report, ordered by entity id."""
    claims: Counter[str] = Counter()
    for claim in {claim.id: claim for claim in extraction.claims}.values():
        claims.update({claim.subject.id} | ({claim.object.id} if claim.object else set()))
    return tuple(
        Name(
            e.id,
            e.cls,
            e.label,
            e.label_en,
            tuple(sorted(set(e.aliases))),
            e.ticker,
            e.curated,
            tuple(sorted(set(e.broader))),
            claims[e.id],
            e.known_as,
        )
        for e in described(extraction).values()
    )


def merge_names(tables: Iterable[Iterable[Name]]) -> tuple[Name, ...]:
    """Merge the alias tables of reports, in any order, into that of the generation."""
    seen: dict[str, list[Name]] = {}
    for table in tables:
        for name in table:
            seen.setdefault(name.id, []).append(name)
    return tuple(_merged(seen[id_]) for id_ in sorted(seen))


def _merged(names: list[Name]) -> Name:
    """Merge what several reports call one entity: curated first, then the most usual."""
    usual = Counter((n.curated, n.label, n.cls, n.label_en, n.ticker) for n in names)
    best = min(usual, key=lambda u: (not u[0], -usual[u], u[1], u[2], u[3] or "", u[4] or ""))
    curated, label, cls, english, ticker = best
    english = english or min((n.label_en for n in names if n.label_en), default=None)
    ticker = ticker or min((n.ticker for n in names if n.ticker), default=None)
    others = {alias for n in names for alias in (*n.aliases, n.label, n.label_en) if alias}
    aliases = tuple(sorted(others - {label, english}))
    broader = tuple(sorted({id_ for n in names for id_ in n.broader}))
    claims = sum(n.claims for n in names)
    return Name(names[0].id, cls, label, english, aliases, ticker, curated, broader, claims)
