"""Dense vectors of text: Kiwi's own word vectors by default, any sentence-transformer else.

The default needs no download. Kiwi's CoNgram model (https://github.com/bab2min/Kiwi)
knows a 256-dimensional unit vector for each of some 70,000 morphemes but tells only
cosines between two of them. The cosines with 256 independent landmarks hold the whole
vector: with S the landmarks' cosines among each other and s those of a morpheme, the
rows s·S^(-1/2) have exactly the model's cosines. The symmetric root, unlike a list of
eigenvectors, has no signs or order of its own, so any machine finds the same.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from urllib.parse import quote

from kg.errors import GraphError
from kg.search.analyzer import kiwi, morphemes_of_all, terms
from kg.search.landmarks import LANDMARKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DEFAULT = "kiwi-cong"

_NOUN_TAGS = ("NNG", "NNP", "XR", "NNB", "NR", "MAG")
_VERB_TAGS = ("VV", "VA")
_PROBES = 4  # equal cosines with as many landmarks mean the same morpheme


@runtime_checkable
class Embedder(Protocol):
    """Whatever turns texts into vectors."""

    @property
    def name(self) -> str:
        """What the index remembers, so that queries use the same model."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return (n, dimension) float32, rows L2-normalised (or zero: nothing is known)."""


class ConGram:
    """Vectors from Kiwi's CoNgram model; a text is the mean of its terms."""

    name = DEFAULT
    dimension = len(LANDMARKS)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return (n, 256) float32, rows L2-normalised or zero; all terms weigh the same."""
        import numpy as np

        analysed = zip(morphemes_of_all(texts), texts, strict=True)
        bags = [terms(found, text) for found, text in analysed]
        known = {term: number for number, term in enumerate(sorted(set(chain(*bags))))}
        vectors = self.term_vectors(list(known))
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, bag in zip(rows, bags, strict=True):
            row[:] = vectors[[known[term] for term in bag]].sum(axis=0)
        return normalised(rows)

    def term_vectors(self, found: Sequence[str]) -> Matrix:
        """Return (n, 256) float32: a unit row for each term Kiwi knows, zero for others."""
        import numpy as np

        similarities = list(map(_similarities, found))
        if not any(similarities):  # as of most words of a question that no passage has
            return np.zeros((len(found), self.dimension), np.float32)
        # In double precision, so that what is rounded does not hang on how rows are batched.
        rows = np.zeros((len(found), self.dimension))
        for row, known in zip(rows, similarities, strict=True):
            if known is not None:
                row[:] = known
        return normalised(rows @ _basis())


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by its name on the hub or its folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load_transformer(name)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return (n, dimension) float32, rows L2-normalised."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        rows = self._model.encode(
            list(texts), convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, np.float32)


def embedder(name: str) -> Embedder:
    """Return the embedder of that name; raise GraphError if its model cannot be had."""
    return ConGram() if name == DEFAULT else SentenceTransformerEmbedder(name)


def version(name: str) -> str:
    """Return the version of the model that ships with the program; empty for others.

    Vectors of two versions of Kiwi's model do not compare.
    """
    if name != DEFAULT:
        return ""
    from importlib.metadata import version as installed

    return installed("kiwipiepy_model")


def normalised(rows: NDArray[np.floating[Any]]) -> Matrix:
    """Scale each row to length one; rows of zeros stay."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 1e-6, lengths, np.inf)).astype(np.float32)


@lru_cache(maxsize=1)
def _similarity() -> Any:
    """Kiwi's cosine of two morphemes, without the checks that double its time."""
    from kiwipiepy import Kiwi

    return super(Kiwi, kiwi()).morpheme_similarity


_by_number = False


def compare_by_number() -> None:
    """Let :func:`similarity` learn Kiwi's number of each morpheme the first time it is compared.

    That takes as long as forty comparisons and makes every later one several times faster:
    for processes that answer many questions.
    """
    global _by_number  # noqa: PLW0603 - a setting of the process, like Kiwi itself
    _by_number = True


def similarity(a: tuple[str, str], b: tuple[str, str]) -> float:
    """Return how near two morphemes (form, tag) are in meaning, -1 to 1; 0 for unknown ones."""
    if _by_number:
        left, right = _numbered(a), _numbered(b)
        return float(_similarity()(left, right)) if left and right else 0.0
    try:
        return float(_similarity()(a, b))
    except (ValueError, KeyError):  # a morpheme that Kiwi's model does not know
        return 0.0


@lru_cache(maxsize=1 << 14)
def _numbered(reading: tuple[str, str]) -> int | tuple[str, str] | None:
    """Kiwi's number of a reading, its name where that is not told, ``None`` if unknown."""
    try:
        _similarity()(reading, _landmarks()[0])
    except (ValueError, KeyError):
        return None
    return _number(reading) or reading


@lru_cache(maxsize=1024)  # questions share their words
def _similarities(term: str) -> tuple[float, ...] | None:
    similarity = _similarity()
    for reading in _readings(term):
        try:
            first = similarity(reading, LANDMARKS[0])
        except ValueError:  # unknown, or several morphemes of that form and tag
            continue
        if not math.isnan(first):  # forms the model has no vector of
            return tuple(map(similarity, repeat(_number(reading) or reading), _landmarks()))
    return None


def _number(reading: str | tuple[str, str]) -> int | None:
    """Return Kiwi's number of a reading, seven times faster to compare than its name.

    Analysing the form tells it, mostly: the number is believed when its first cosines are
    those of the name.
    """
    form, tag = (reading, None) if isinstance(reading, str) else reading
    forced = [(0, len(form)) if tag is None else (0, len(form), tag)]
    tokens = kiwi().tokenize(form, pretokenized=forced)
    similarity, probes = _similarity(), _landmarks()[:_PROBES]
    number: int = tokens[0].id
    try:
        same = all(similarity(number, probe) == similarity(reading, probe) for probe in probes)
    except ValueError:  # a form that the dictionary lacks got a number of its own
        return None
    return number if same and len(tokens) == 1 else None


def _readings(term: str) -> list[str | tuple[str, str]]:
    """What a term may be in Kiwi's dictionary: a plain form, else with its part of speech."""
    if not any("가" <= character <= "힣" for character in term):
        return []
    nouns = [(term, tag) for tag in _NOUN_TAGS]
    if term.endswith("다") and len(term) > 1:
        return [*nouns[:2], *((term[:-1], tag) for tag in _VERB_TAGS)]
    return [term, *nouns]


@lru_cache(maxsize=1)
def _landmarks() -> list[int]:
    """Kiwi's numbers of the landmarks: three times faster to compare than their names."""
    return [kiwi().tokenize(landmark)[0].id for landmark in LANDMARKS]


@lru_cache(maxsize=1)
def _basis() -> NDArray[np.float64]:
    """The inverse symmetric root of the landmarks' cosines, (256, 256) float64."""
    import numpy as np

    similarity, landmarks = _similarity(), _landmarks()
    cosines = np.zeros((len(landmarks), len(landmarks)))
    for i, landmark in enumerate(landmarks):
        cosines[i, : i + 1] = [similarity(landmark, other) for other in landmarks[: i + 1]]
    values, axes = np.linalg.eigh(cosines)  # reads the lower triangle only
    # The model stores whole numbers of 8 bits; below this an eigenvalue may be rounding.
    values = np.maximum(values, 3e-4)
    root: NDArray[np.float64] = (axes / np.sqrt(values)) @ axes.T
    return root


def _load_transformer(name: str) -> Any:
    """Load a sentence-transformers model; its many ways to fail become one line."""
    import warnings

    _require_reachable(name)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)  # torch's own imports
        warnings.filterwarnings("ignore", category=FutureWarning)
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(name)
        except ImportError as exc:
            raise GraphError(
                f"cannot embed with {name!r}: sentence-transformers is not installed; "
                f"pip install sentence-transformers, or use {DEFAULT!r}"
            ) from exc
        except (OSError, ValueError, RuntimeError, KeyError) as exc:
            raise _unloadable(name, exc) from exc


def _require_reachable(name: str) -> None:
    """Tell at once that a model cannot be downloaded: the hub's client retries for a minute."""
    from urllib.error import HTTPError
    from urllib.request import urlopen

    if Path(name).is_dir() or os.environ.get("HF_HUB_OFFLINE") or _is_downloaded(name):
        return
    if Path(name).is_absolute() or name.count("/") > 1 or name.startswith("."):
        raise _unloadable(name, FileNotFoundError("no such folder"))
    hub = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    try:
        urlopen(f"{hub}/api/models/{quote(name)}", timeout=10).close()
    except HTTPError:
        return  # reached: loading says what is wrong with the name
    except OSError as exc:
        raise _unloadable(name, exc) from exc


def _is_downloaded(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    names = (name, f"sentence-transformers/{name}")
    try:
        return any(isinstance(try_to_load_from_cache(one, "modules.json"), str) for one in names)
    except HFValidationError:
        return False


def _unloadable(name: str, reason: Exception) -> GraphError:
    return GraphError(
        f"cannot load the embedding model {name!r}: {' '.join(str(reason).split())[:160]}; "
        f"expected a sentence-transformers folder, a model name and a network, or {DEFAULT!r}"
    )
