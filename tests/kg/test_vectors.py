"""FAISS gives what multiplication gives; centring takes out what all vectors share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.search.embedders import normalised
from kg.search.vectors import Centre, VectorIndex


@pytest.fixture
def rows() -> np.ndarray:
    return normalised(np.random.default_rng(7).normal(size=(120, 16)).astype(np.float32))


def test_best_is_exact(rows: np.ndarray) -> None:
    expected = rows @ rows[3]
    found = VectorIndex.of(rows).best(rows[3], 5)
    assert list(found) == list(np.argsort(-expected)[:5])
    assert np.allclose(list(found.values()), np.sort(expected)[::-1][:5], atol=1e-6)


def test_best_among(rows: np.ndarray) -> None:
    found = VectorIndex.of(rows).best(rows[3], 10, among=[8, 3, 90])
    assert set(found) == {3, 8, 90}
    assert found[3] == pytest.approx(1, abs=1e-5)
    assert VectorIndex.of(rows).best(rows[3], 10, among=[]) == {}


def test_a_vector_of_zeros_finds_nothing(rows: np.ndarray) -> None:
    assert VectorIndex.of(rows).best(np.zeros(16, np.float32), 5) == {}


def test_saved_and_mapped(rows: np.ndarray, tmp_path: Path) -> None:
    VectorIndex.of(rows).save(tmp_path / "한글.faiss")
    loaded = VectorIndex.load(tmp_path / "한글.faiss")
    assert (len(loaded), loaded.dimension) == (120, 16)
    assert loaded.best(rows[3], 5) == VectorIndex.of(rows).best(rows[3], 5)


def test_centre_takes_out_the_shared_direction(rows: np.ndarray, tmp_path: Path) -> None:
    shared = np.zeros(16, np.float32)
    shared[0] = 4
    shifted = normalised(rows + shared)
    assert (shifted @ shifted.T).mean() > 0.8
    centre = Centre.of(shifted)
    centred = centre.apply(shifted)
    assert abs((centred @ centred.T).mean()) < 0.05
    assert np.allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)
    centre.save(tmp_path / "centre.npy")
    assert np.array_equal(Centre.load(tmp_path / "centre.npy").apply(shifted), centred)


def test_centre_gives_up_components_only_in_a_corpus_of_some_size(rows: np.ndarray) -> None:
    assert Centre.of(rows[:49]).components.shape == (0, 16)
    components = Centre.of(rows).components
    assert components.shape == (2, 16)
    assert np.allclose(components @ components.T, np.eye(2), atol=1e-5)


def test_centre_of_nothing_and_of_zeros() -> None:
    empty = np.zeros((0, 4), np.float32)
    assert Centre.of(empty).apply(empty).shape == (0, 4)
    rows = np.eye(4, dtype=np.float32)
    assert not Centre.of(rows).apply(np.zeros((1, 4), np.float32)).any()


def test_scores_are_those_of_the_search_in_the_order_asked(rows: np.ndarray) -> None:
    index = VectorIndex.of(rows)
    found = index.best(rows[3], 100)
    ordinals = [1, 3, 8, 90]
    assert index.scores(rows[3], ordinals).tolist() == [found[o] for o in ordinals]
    assert index.scores(np.zeros(16, np.float32), ordinals).tolist() == [0.0] * 4
    assert index.scores(rows[3], []).tolist() == []
