"""The dense half of an index: vectors of its passages, and of questions to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import EmbedderMismatch
from kg.search.bags import Bags, TermEmbedder, rarest
from kg.search.catalogue import Catalogue, reading
from kg.search.embedders import Embedder, normalised
from kg.search.lexical import Entry
from kg.search.vectors import Centre, VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_VECTORS = "vectors.faiss"
_CENTRE = "centre.npy"
_WEIGHTS = "weights.npy"
_ROWS = "rows.npy"


class DenseIndex(Protocol):
    """Embeds questions as the passages were, and finds the nearest passages."""

    vectors: VectorIndex

    def embed(self, query: str, terms: Sequence[str]) -> Vector:
        """Return (d,) float32, of length one or zero; ``terms`` are those of the query."""


class TextVectors:
    """Vectors of whole texts, from any embedder."""

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        self.vectors = VectorIndex.load(directory / _VECTORS)
        if self.vectors.dimension != embedder.dimension:
            raise EmbedderMismatch(
                f"cannot search with {embedder.name!r}: its vectors have {embedder.dimension} "
                f"dimensions, the index has {self.vectors.dimension}; "
                "ingest the reports into a new workspace"
            )

    def embed(self, query: str, terms: Sequence[str]) -> Vector:  # noqa: ARG002 - the protocol passes both
        """Return the embedder's vector of the query."""
        vector: Vector = self._embedder.encode([query])[0]
        return vector


class TermVectors:
    """Vectors composed from those of terms, weighted by rarity and centred."""

    def __init__(self, directory: Path, embedder: TermEmbedder) -> None:
        import numpy as np

        self._embedder = embedder
        self.vectors = VectorIndex.load(directory / _VECTORS)
        self._centre = Centre.load(directory / _CENTRE)
        with reading(directory / _WEIGHTS):
            self._weights = np.load(directory / _WEIGHTS)
        bags = Bags.load(directory)
        self._words = np.asarray(bags.vectors)  # still on disk, and read without memmap's checks
        self._numbers = {word: number for number, word in enumerate(bags.vocabulary)}

    def embed(self, query: str, terms: Sequence[str]) -> Vector:  # noqa: ARG002 - the protocol passes both
        """Return the weighted sum of the terms' vectors, centred as the passages are."""
        import numpy as np

        known = [self._numbers[term] for term in terms if term in self._numbers]
        unseen = [term for term in terms if term not in self._numbers]
        words = self._words[known].astype(np.float64)
        row = self._weights[known] @ words
        if unseen:
            row += rarest(len(self.vectors)) * self._embedder.term_vectors(unseen).sum(axis=0)
        vector: Vector = self._centre.apply(normalised(row[None, :]))[0]
        return vector


def open_dense(directory: Path, embedder: Embedder) -> DenseIndex:
    """Open the dense half of the index in a folder."""
    if isinstance(embedder, TermEmbedder):
        return TermVectors(directory, embedder)
    return TextVectors(directory, embedder)


def write_dense(
    target: Path,
    previous: Path | None,
    *,
    kept: Sequence[int],
    entries: Sequence[Entry],
    catalogue: Catalogue,
    embedder: Embedder,
) -> None:
    """Write vectors of the passages ``kept`` from ``previous``, then of the entries."""
    if isinstance(embedder, TermEmbedder):
        order = catalogue.sorted_ordinals()
        _write_terms(target, previous, kept, entries, order, embedder)
    else:
        _write_texts(target, previous, kept, entries, embedder)


def _write_texts(
    target: Path,
    previous: Path | None,
    kept: Sequence[int],
    entries: Sequence[Entry],
    embedder: Embedder,
) -> None:
    import numpy as np

    rows = embedder.encode([entry.text for entry in entries])
    if previous is not None:
        with reading(previous / _ROWS):
            before = np.load(previous / _ROWS, mmap_mode="r")[list(kept)]
        if before.shape[1] != embedder.dimension:
            raise EmbedderMismatch(
                f"cannot add to the index: {embedder.name!r} gives {embedder.dimension} "
                f"dimensions, the index has {before.shape[1]}; "
                "ingest all reports into a new workspace"
            )
        rows = np.vstack([before, rows])
    np.save(target / _ROWS, rows)
    VectorIndex.of(rows).save(target / _VECTORS)


def _write_terms(
    target: Path,
    previous: Path | None,
    kept: Sequence[int],
    entries: Sequence[Entry],
    order: Sequence[int],
    embedder: TermEmbedder,
) -> None:
    import numpy as np

    bags = Bags.empty(embedder.dimension) if previous is None else Bags.load(previous)
    if len(kept) < len(bags):
        bags = bags.kept(kept)
    bags = bags.extended([entry.terms for entry in entries], embedder)
    weights = bags.weights()
    rows = bags.rows(weights)
    centre = Centre.of(rows[order])
    bags.save(target)
    np.save(target / _WEIGHTS, weights)
    centre.save(target / _CENTRE)
    VectorIndex.of(centre.apply(rows)).save(target / _VECTORS)
