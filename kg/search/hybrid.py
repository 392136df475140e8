"""Search: BM25 over morphemes and bigrams, entity mentions and vectors, fused.

Each component's scores are standardised over the candidates of the query, so that
their weights mean the same for every query; see ``tests/bench/bench_retrieval.py``
for what each component and their fusion find.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import EmbedderMismatch, GraphError
from kg.search.analyzer import bigrams, morphemes, terms
from kg.search.catalogue import Catalogue
from kg.search.dense import DenseIndex, open_dense
from kg.search.embedders import Embedder, embedder, version
from kg.search.lexical import Field, LexicalIndex, Matches

if TYPE_CHECKING:
    from kg.search.dense import Vector
    from kg.search.embedders import Matrix

WEIGHTS = {"morphemes": 0.5, "bigrams": 0.5, "entities": 0.3, "dense": 0.1}
_POOL = 50
_ROUNDING = 0.0002  # more than rounding to four digits can bring two scores apart or together
_QUERY_LENGTH = 2_000  # code points; more is no question, and costs Kiwi 0.1 s per 10,000

_PARTICLES = re.compile(
    r"(?<!\S)(?:은|는|이|가|을|를|의|에|에서|에게|께서|와|과|랑|도|만|로|으로|부터|까지|보다|처럼|이나)"
    r"(?!\S)"
)
"""Particles that stand alone, as after a name that was deleted: they ask for nothing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found; all scores: higher is better.

    ``score`` is the weighted sum of standardised components, comparable only within
    one result. ``morphemes``, ``bigrams`` and ``entities`` are BM25, ``dense`` a cosine;
    0 where the passage does not match.
    """

    rank: int
    score: float
    passage: str
    report: str
    morphemes: float
    bigrams: float
    entities: float
    dense: float


class SearchIndex:
    """An index opened for reading."""

    def __init__(self, directory: Path, catalogue: Catalogue, model: Embedder | None) -> None:
        self._directory = directory
        self._catalogue = catalogue
        self._model = model
        self._lexical = LexicalIndex(directory / "lexical")

    @classmethod
    def open(cls, directory: Path, embedder: Embedder | None = None) -> SearchIndex:
        """Open the index in a folder; its vectors are read at the first search.

        ``embedder`` must be the one the index was made with; by default it is loaded by
        the name that the index remembers. Raises EmbedderMismatch, WorkspaceError.
        """
        catalogue = Catalogue.load(directory)
        if embedder is not None and embedder.name != catalogue.embedder:
            raise EmbedderMismatch(
                f"cannot search with the embedder {embedder.name!r}: the index was made with "
                f"{catalogue.embedder!r}; use that, or ingest the reports into a new workspace"
            )
        installed = version(catalogue.embedder)
        if installed != catalogue.version:
            raise EmbedderMismatch(
                f"cannot search with {catalogue.embedder!r} {installed}: the index was made with "
                f"version {catalogue.version}; ingest the reports into a new workspace"
            )
        return cls(directory, catalogue, embedder)

    @property
    def embedder(self) -> str:
        """The name of the embedding model."""
        return self._catalogue.embedder

    def __len__(self) -> int:
        return len(self._catalogue.passages)

    @cached_property
    def dense(self) -> DenseIndex:
        """The vectors; read when they are first used."""
        return open_dense(self._directory, self._model or embedder(self._catalogue.embedder))

    def rarity(self, term: str, field: Field = "morphemes") -> float:
        """Weigh a word or entity by how rare it is among passages: 1 for one or none, towards 0.

        The share of its inverse document frequency in the greatest possible one.
        """
        found = max(1, self.frequency(term, field))
        return 1 - log(found) / log(max(len(self), 2) + 1)

    def frequency(self, term: str, field: Field = "morphemes") -> int:
        """Count the passages that have a word or mention an entity."""
        return self._lexical.frequency(field, term)

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        reports: Collection[str] | None = None,
        entities: Sequence[str] = (),
        terms: Sequence[str] | None = None,
    ) -> list[Hit]:
        """Return at most ``k`` passages, best first, ties by passage id.

        ``reports`` restricts the search to those report ids. Passages that mention
        ``entities`` (entity ids) rank higher. ``terms`` are the query's terms where it
        has been analysed already. A query without any word finds nothing.
        """
        if k < 1:
            raise GraphError(f"cannot return {k!r} hits: expected a whole number from 1")
        query = query[:_QUERY_LENGTH].encode(errors="replace").decode()
        if not _PARTICLES.sub("", query).strip():
            query, terms = "", terms or ()
        asked: dict[Field, Sequence[str]] = {
            "morphemes": _terms(query) if terms is None else terms,
            "bigrams": bigrams(query),
            "entities": entities,
        }
        if not any(asked.values()):
            return []
        vector = self.dense.embed(query, asked["morphemes"])
        pool = max(_POOL, 2 * k)
        matches = {f: self._lexical.best(f, words, pool, reports) for f, words in asked.items()}
        among = None if reports is None else self._catalogue.ordinals(reports)
        nearest = self.dense.vectors.best(vector, pool, among)
        proposed = sorted(set(nearest).union(*(m.best for m in matches.values())))
        return self._ranked(proposed, self._scores(asked, matches, vector, proposed), k)

    def _scores(
        self,
        asked: Mapping[Field, Sequence[str]],
        matches: Mapping[Field, Matches],
        vector: Vector,
        ordinals: Sequence[int],
    ) -> Matrix:
        """Return (c, n) float32: each component of ``WEIGHTS`` scores all these passages."""
        import numpy as np

        rows: dict[str, Vector | list[float]] = {}
        for field, match in matches.items():
            found = match.seen
            if not match.whole:
                unseen = [o for o in ordinals if o not in match.seen]
                found = {**match.seen, **self._lexical.scores(field, asked[field], unseen)}
            rows[field] = list(map(found.get, ordinals, repeat(0.0)))
        rows["dense"] = self.dense.vectors.scores(vector, ordinals)
        return np.array([rows[component] for component in WEIGHTS], np.float32)

    def _ranked(self, ordinals: Sequence[int], scores: Matrix, k: int) -> list[Hit]:
        import numpy as np

        fused = np.zeros(len(ordinals))
        for weight, row in zip(WEIGHTS.values(), standardised(scores), strict=True):
            fused += weight * row
        passages = self._catalogue.passages
        places = np.arange(len(ordinals))
        if k < len(ordinals):  # of many that tie only those that may be among the best
            places = np.flatnonzero(fused >= np.partition(fused, -k)[-k] - _ROUNDING)
        ranked = sorted(
            (-round(score, 4), passages[ordinals[place]], place)
            for place, score in zip(places.tolist(), fused[places].tolist(), strict=True)
        )[:k]
        best = scores[:, [place for *_, place in ranked]].T.tolist()
        return [
            Hit(rank, -score, *names, *(round(one, 4) for one in each))
            for rank, ((score, names, _), each) in enumerate(zip(ranked, best, strict=True), 1)
        ]


def standardised(scores: Matrix) -> Matrix:
    """Return z-scores, (…, n): each row of zero mean and unit deviation, or all zero if equal."""
    import numpy as np

    if not scores.size:
        return np.zeros_like(scores)
    spread = scores.std(axis=-1, keepdims=True)
    spread[np.ptp(scores, axis=-1, keepdims=True) < 1e-6] = np.inf
    scaled: Matrix = (scores - scores.mean(axis=-1, keepdims=True)) / spread
    return scaled


def _terms(query: str) -> tuple[str, ...]:
    return terms(morphemes(query), query) if query.strip() else ()
