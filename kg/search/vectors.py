"""Dense vectors in FAISS: exact inner products, filtered by passage.

Source: FAISS (https://github.com/facebookresearch/faiss). A flat index is exact and,
below 100,000 passages, faster than anything that must be trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.search.catalogue import reading
from kg.search.embedders import normalised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.search.embedders import Matrix

_COMPONENTS = 7
_PASSAGES_PER_COMPONENT = 50


@dataclass(frozen=True, slots=True)
class Centre:
    """What all vectors of a corpus share: their mean and first principal components.

    Word vectors lie in a narrow cone; without what they share, what tells them apart
    counts (Mu & Viswanath, "All-but-the-Top", 2018). ``mean`` is (d,), ``components``
    (c, d) with orthonormal rows.
    """

    mean: Matrix
    components: Matrix

    @classmethod
    def of(cls, rows: Matrix) -> Centre:
        """Fit to (n, d) rows; a small corpus gives up fewer components."""
        import numpy as np

        if not len(rows):
            return cls(
                np.zeros(rows.shape[1], np.float32), np.zeros((0, rows.shape[1]), np.float32)
            )
        mean = rows.mean(axis=0, dtype=np.float64)
        around = rows - mean
        _, axes = np.linalg.eigh(around.T @ around)
        count = min(_COMPONENTS, len(rows) // _PASSAGES_PER_COMPONENT)
        components = axes.T[::-1][:count]
        return cls(mean.astype(np.float32), components.astype(np.float32))

    def apply(self, rows: Matrix) -> Matrix:
        """Return (n, d) rows without what is shared, L2-normalised; rows of zeros stay."""
        import numpy as np

        around = rows.astype(np.float64) - self.mean
        components = self.components.astype(np.float64)
        around = around - around @ components.T @ components
        return normalised(np.where(rows.any(axis=1, keepdims=True), around, 0))

    def save(self, path: Path) -> None:
        """Write to one ``.npy`` file: the mean, then the components."""
        import numpy as np

        np.save(path, np.vstack([self.mean, self.components]))

    @classmethod
    def load(cls, path: Path) -> Centre:
        """Read what :meth:`save` wrote."""
        import numpy as np

        with reading(path):
            rows = np.load(path)
            return cls(rows[0], rows[1:])


class VectorIndex:
    """Passage vectors by ordinal; scores are cosines, higher is better."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, rows: Matrix) -> VectorIndex:
        """Index (n, d) float32 rows, L2-normalised; the row number is the ordinal."""
        import faiss
        import numpy as np

        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Map an index file into memory."""
        import faiss

        with reading(path):
            how = faiss.IO_FLAG_MMAP_IFC | faiss.IO_FLAG_READ_ONLY
            return cls(faiss.read_index(str(path), how))

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def best(
        self, vector: NDArray[np.float32], limit: int, among: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Return the cosines of the ``limit`` nearest passages, by ordinal.

        ``vector`` is (d,). ``among`` restricts the search to those ordinals.
        """
        limit = min(limit, len(self) if among is None else len(among))
        if limit == 0 or not vector.any():
            return {}
        ordinals, scores = self._nearest(vector, limit, among)
        return dict(zip(ordinals.tolist(), scores.tolist(), strict=True))

    def scores(self, vector: NDArray[np.float32], ordinals: Sequence[int]) -> NDArray[np.float32]:
        """Return the cosines of these passages, (n,) in their order, which ascends."""
        import numpy as np

        scores = np.zeros(len(ordinals), np.float32)
        if len(ordinals) and vector.any():
            found, cosines = self._nearest(vector, len(ordinals), ordinals)
            scores[np.searchsorted(np.asarray(ordinals), found)] = cosines
        return scores

    def _nearest(
        self, vector: NDArray[np.float32], limit: int, among: Sequence[int] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        import faiss
        import numpy as np

        options = None
        if among is not None:
            chosen = faiss.IDSelectorBatch(np.asarray(among, np.int64))
            options = faiss.SearchParameters()
            options.sel = chosen
        scores, ordinals = self._index.search(vector[None, :], limit, params=options)
        there = ordinals[0] >= 0
        return ordinals[0][there], scores[0][there]
