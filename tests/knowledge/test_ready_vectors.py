"""Vectors that come with the program: complete for the starter texts, and those of the built-in model."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import EmbeddingIdentity
from knowledge.ready_vectors import ReadyEmbedder, read_vectors, starter_vectors, write_vectors
from scripts.write_vectors import ListeningEmbedder, starter_texts


class CountingEmbedder(ListeningEmbedder):
    """Tells texts apart by their first letter."""

    def __init__(self, version="1"):
        super().__init__(EmbeddingIdentity("counting", 2, version))

    def embed(self, texts):
        self.heard.extend(texts)
        return np.array([[1.0, 0.0] if text.startswith("a") else [0.0, 1.0] for text in texts], np.float32).reshape(
            -1, 2
        )


@pytest.fixture
def file(tmp_path):
    write_vectors(tmp_path / "vectors.npz", ["apple", "pear"], CountingEmbedder())
    return tmp_path / "vectors.npz"


def test_known_texts_are_looked_up_and_others_embedded_in_their_place(file):
    inner = CountingEmbedder()

    found = ReadyEmbedder(inner, file).embed(["pear", "another", "apple", "berry"])

    assert inner.heard == ["another", "berry"]
    assert found.tolist() == [[0, 1], [1, 0], [1, 0], [0, 1]]
    assert ReadyEmbedder(inner, file).embed([]).shape == (0, 2)


def test_vectors_of_another_model_are_not_used(file):
    inner = CountingEmbedder(version="2")

    ReadyEmbedder(inner, file).embed(["apple"])

    assert inner.heard == ["apple"]


def test_without_a_file_everything_is_embedded(tmp_path):
    inner = CountingEmbedder()

    assert ReadyEmbedder(inner, Path(tmp_path / "none.npz")).embed(["apple"]).tolist() == [[1, 0]]
    assert ReadyEmbedder(inner, Path(tmp_path)).identity is inner.identity


def test_writing_again_keeps_what_is_there_and_forgets_what_is_gone(file):
    before, inner = file.read_bytes(), CountingEmbedder()

    assert write_vectors(file, ["pear", "apple"], inner) == 0
    assert file.read_bytes() == before
    assert write_vectors(file, ["apple", "cherry"], inner) == 1
    assert inner.heard == ["cherry"]
    assert len(read_vectors(file, inner.identity)) == 2


@pytest.fixture(scope="module")
def texts():
    return starter_texts()


def test_every_starter_passage_has_its_vector(texts, embedder):
    listening = ListeningEmbedder(embedder.identity)

    ReadyEmbedder(listening, starter_vectors()).embed(texts)

    assert listening.heard == [], "run 'make vectors'"
    assert len(read_vectors(starter_vectors(), embedder.identity)) == len(set(texts)), "run 'make vectors'"


def test_the_vectors_are_those_of_the_built_in_model(texts, embedder):
    sample = texts[:: len(texts) // 25]

    cosines = (ReadyEmbedder(embedder, starter_vectors()).embed(sample) * embedder.embed(sample)).sum(axis=1)

    assert cosines.min() > 0.9999
