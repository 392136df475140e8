"""Kiwi's vectors hold Kiwi's cosines; other models load or fail in one line."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from kg.errors import GraphError
from kg.search.analyzer import kiwi
from kg.search.embedders import (
    DEFAULT,
    ConGram,
    Embedder,
    SentenceTransformerEmbedder,
    embedder,
    version,
)
from kg.search.landmarks import LANDMARKS

WORDS = ["반도체", "메모리", "서버", "투자", "공장", "강물", "음악", "빠르다", "공급", "엔비디아"]


def readings(word: str) -> str | tuple[str, str]:
    return (word[:-1], "VA") if word == "빠르다" else word


def test_vectors_hold_the_cosines_of_the_model() -> None:
    vectors = ConGram().term_vectors(WORDS)
    assert vectors.shape == (len(WORDS), 256)
    assert vectors.dtype == np.float32
    expected = [
        [kiwi().morpheme_similarity(readings(a), readings(b)) for b in WORDS] for a in WORDS
    ]
    assert np.abs(vectors @ vectors.T - expected).max() < 0.01


def test_the_model_has_256_dimensions() -> None:
    """More words than landmarks span no more than the landmarks do."""
    words = [
        *LANDMARKS,
        *(token.form for i in range(1000, 1400) if (token := kiwi().morpheme(i)).tag == "NNG"),
    ]
    values = np.linalg.svd(ConGram().term_vectors(words), compute_uv=False)
    assert values[255] > 0.1
    assert len(values) == 256


def test_landmarks_are_what_kiwi_takes_them_for() -> None:
    assert len(set(LANDMARKS)) == 256
    tokens = [kiwi().tokenize(landmark) for landmark in LANDMARKS]
    own = [
        kiwi().morpheme_similarity(t[0].id, word) for t, word in zip(tokens, LANDMARKS, strict=True)
    ]
    assert min(own) > 0.99


def test_unknown_terms_are_zero() -> None:
    vectors = ConGram().term_vectors(["hbm3e", "1000", "뷁쉙뷁", "다"])
    assert not vectors[:3].any()


def test_texts_of_like_meaning_are_near() -> None:
    about_chips, paraphrase, about_music = ConGram().encode(
        ["메모리 반도체 가격이 올랐다", "디램 값이 인상되었다", "가수가 새 노래를 불렀다"]
    )
    assert about_chips @ paraphrase > about_chips @ about_music + 0.1


def test_encode_shapes_and_empty_texts() -> None:
    rows = ConGram().encode(["", "🚀", "반도체 투자"])
    assert rows.shape == (3, 256)
    assert not rows[:2].any()
    assert np.linalg.norm(rows[2]) == pytest.approx(1, abs=1e-5)
    assert ConGram().encode([]).shape == (0, 256)
    assert np.array_equal(ConGram().encode(["반도체 투자"])[0], rows[2])


def test_default_embedder() -> None:
    found = embedder(DEFAULT)
    assert isinstance(found, ConGram)
    assert isinstance(found, Embedder)
    assert version(DEFAULT)
    assert version("other/model") == ""


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a one-layer BERT with a vocabulary of syllables, and save it with mean pooling."""
    folder = tmp_path_factory.mktemp("tiny")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the libraries warn of while they build is theirs
        import torch
        from sentence_transformers import SentenceTransformer, models
        from transformers import BertConfig, BertModel, BertTokenizerFast

        torch.manual_seed(0)
        pieces = list("반도체투자가격이올랐다칩서버음악노래엔비디아")
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *pieces, *(f"##{p}" for p in pieces)]
        (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
        config = BertConfig(
            vocab_size=len(set(words)), hidden_size=24, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=32, max_position_embeddings=64,
        )  # fmt: skip
        BertModel(config).save_pretrained(folder / "bert")
        BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
        bert = models.Transformer(str(folder / "bert"))
        pooling = models.Pooling(bert.get_embedding_dimension())
        SentenceTransformer(modules=[bert, pooling], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.mark.slow
def test_a_sentence_transformer_from_a_folder(tiny_model: Path) -> None:
    found = SentenceTransformerEmbedder(str(tiny_model))
    rows = found.encode(["반도체 투자", "음악", "반도체 투자"])
    assert (found.name, found.dimension) == (str(tiny_model), 24)
    assert rows.shape == (3, 24)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], rows[2], atol=1e-5)
    assert not np.allclose(rows[0], rows[1], atol=1e-3)
    assert found.encode([]).shape == (0, 24)


def test_a_missing_model_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody listens there
    for name in (str(tmp_path / "없는-모델"), "no-such-owner/no-such-model"):
        with pytest.raises(GraphError) as caught:
            embedder(name)
        message = str(caught.value)
        assert repr(name) in message
        assert DEFAULT in message
        assert "\n" not in message


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot load the embedding model") as caught:
        SentenceTransformerEmbedder(str(tmp_path))
    assert "\n" not in str(caught.value)
