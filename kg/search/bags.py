"""Passage vectors composed from word vectors, weighted by how rare a word is here.

The words of each passage are kept beside the vectors of all words, so that adding or
removing a report weighs every passage anew without analysing any text again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kg.search.catalogue import reading
from kg.search.embedders import Embedder, normalised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.search.embedders import Matrix


@runtime_checkable
class TermEmbedder(Embedder, Protocol):
    """An embedder that knows vectors of single terms."""

    def term_vectors(self, found: Sequence[str]) -> Matrix:
        """Return (n, dimension) float32: unit rows, zero for unknown terms."""


@dataclass(frozen=True, slots=True)
class Bags:
    """The known terms of each passage, by ordinal, and one vector a term.

    ``vectors`` is (v, d) float16, one row a word of ``vocabulary``; passage ``i`` holds
    the words ``numbers[starts[i]:starts[i + 1]]``, repeats kept, in reading order.
    """

    vocabulary: tuple[str, ...]
    vectors: NDArray[np.float16]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]

    @classmethod
    def empty(cls, dimension: int) -> Bags:
        """Return the bags of no passages."""
        import numpy as np

        return cls(
            (),
            np.zeros((0, dimension), np.float16),
            np.zeros(1, np.int64),
            np.zeros(0, np.int32),
        )

    @classmethod
    def load(cls, directory: Path) -> Bags:
        """Read what :meth:`save` wrote; the arrays stay on disk until they are used."""
        import numpy as np

        with reading(directory):
            return cls(
                tuple((directory / "vocabulary.txt").read_text(encoding="utf-8").split()),
                np.load(directory / "words.npy", mmap_mode="r"),
                np.load(directory / "starts.npy", mmap_mode="r"),
                np.load(directory / "numbers.npy", mmap_mode="r"),
            )

    def save(self, directory: Path) -> None:
        """Write four files into the folder."""
        import numpy as np

        (directory / "vocabulary.txt").write_text("\n".join(self.vocabulary), encoding="utf-8")
        np.save(directory / "words.npy", self.vectors)
        np.save(directory / "starts.npy", self.starts)
        np.save(directory / "numbers.npy", self.numbers)

    def extended(self, passages: Sequence[Sequence[str]], embedder: TermEmbedder) -> Bags:
        """Add passages, each as its terms; terms the embedder does not know are left out."""
        import numpy as np

        numbers = {word: number for number, word in enumerate(self.vocabulary)}
        fresh = sorted({term for bag in passages for term in bag if term not in numbers})
        vectors = embedder.term_vectors(fresh).astype(np.float16)
        known = np.any(vectors, axis=1)
        words = [word for word, is_known in zip(fresh, known.tolist(), strict=True) if is_known]
        numbers |= {word: number for number, word in enumerate(words, len(numbers))}
        bags = [[numbers[term] for term in bag if term in numbers] for bag in passages]
        lengths = np.cumsum([len(bag) for bag in bags], dtype=np.int64)
        return Bags(
            (*self.vocabulary, *words),
            np.vstack([self.vectors, vectors[known]]),
            np.concatenate([self.starts, self.starts[-1] + lengths]),
            np.concatenate([self.numbers, np.array([*chain(*bags)], np.int32)]),
        )

    def kept(self, ordinals: Sequence[int]) -> Bags:
        """Keep these passages in this order, and only the words they use."""
        import numpy as np

        bags = [self.numbers[self.starts[o] : self.starts[o + 1]] for o in ordinals]
        numbers = np.concatenate([np.zeros(0, np.int32), *bags])
        used, renumbered = np.unique(numbers, return_inverse=True)
        lengths = [0, *(len(bag) for bag in bags)]
        return Bags(
            tuple(self.vocabulary[number] for number in used),
            self.vectors[used],
            np.cumsum(lengths, dtype=np.int64),
            renumbered.astype(np.int32),
        )

    def __len__(self) -> int:
        return len(self.starts) - 1

    def weights(self) -> Matrix:
        """Return (v,) float32: the inverse document frequency of each word, as in BM25."""
        import numpy as np

        passages = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        size = max(1, len(self.vocabulary))
        pairs = np.unique(passages * size + self.numbers)
        counts = np.bincount(pairs % size, minlength=len(self.vocabulary))
        return idf(counts, len(self.starts) - 1)

    def rows(self, weights: Matrix) -> Matrix:
        """Return (n, d) float32: each passage's weighted sum, L2-normalised or zero."""
        import numpy as np

        words = self.vectors.astype(np.float64) * weights[:, None]
        rows = np.zeros((len(self.starts) - 1, words.shape[1]))
        for row, start, end in zip(rows, self.starts, self.starts[1:], strict=False):
            words[self.numbers[start:end]].sum(axis=0, out=row)
        return normalised(rows)


def idf(counts: NDArray[np.int64], passages: int) -> Matrix:
    """Return the inverse document frequency of terms found in that many passages."""
    import numpy as np

    return np.log1p((passages - counts + 0.5) / (counts + 0.5)).astype(np.float32)


def rarest(passages: int) -> float:
    """Return the weight of a term that no passage holds."""
    return math.log1p((passages + 0.5) / 0.5)
