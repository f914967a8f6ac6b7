"""One suite for every vector index: embedded in a folder, and on a server."""

import uuid

import numpy as np
import pytest

from knowledge.embedding import EmbeddingIdentity
from knowledge.errors import StoreError
from knowledge.vector_index import ChromaIndex, delete_collection, open_chroma


@pytest.fixture(params=["embedded", pytest.param("server", marks=pytest.mark.chroma_server)])
def client(request, tmp_path):
    url = request.getfixturevalue("chroma_url") if request.param == "server" else ""
    opened = open_chroma(None if url else tmp_path, url)
    yield opened
    opened.close()


@pytest.fixture
def identity():
    return EmbeddingIdentity(f"test-{uuid.uuid4().hex[:8]}", 3, "1")


@pytest.fixture
def index(client, identity):
    made = ChromaIndex(client, identity)
    made.upsert(["east", "north", "up"], ["one", "one", "two"], np.eye(3, dtype=np.float32))
    yield made
    delete_collection(client, identity.collection)


def test_the_nearest_vector_comes_first_with_its_cosine(index):
    found = index.search(np.array([1.0, 0.1, 0.0], dtype=np.float32), top=2)

    assert [passage for passage, _ in found] == ["east", "north"]
    assert found[0][1] == pytest.approx(1 / np.hypot(1, 0.1), abs=1e-3)


def test_upserting_again_changes_nothing(index):
    index.upsert(["east"], ["one"], np.eye(3, dtype=np.float32)[:1])

    assert index.all_ids() == {"east", "north", "up"}


def test_search_can_be_held_to_some_documents(index):
    found = index.search(np.array([1.0, 0.0, 0.0], dtype=np.float32), top=3, document_ids=["two"])

    assert [passage for passage, _ in found] == ["up"]


def test_deleted_vectors_are_gone_and_unknown_ids_do_no_harm(index):
    index.delete(["east", "nowhere"])

    assert index.all_ids() == {"north", "up"}
    assert index.known(["east", "north"]) == {"north"}


def test_asking_for_more_than_there_is_returns_what_there_is(index):
    assert len(index.search(np.array([0.0, 1.0, 0.0], dtype=np.float32), top=50)) == 3


def test_another_dimension_is_another_collection(client, identity, index):
    wider = EmbeddingIdentity(identity.name, 5, "1")
    beside = ChromaIndex(client, wider)
    beside.upsert(["east"], ["one"], np.ones((1, 5), dtype=np.float32))

    assert beside.all_ids() == {"east"}
    assert len(index.all_ids()) == 3
    delete_collection(client, wider.collection)


def test_dropping_a_collection_twice_is_no_error(client, identity, index):
    delete_collection(client, identity.collection)
    delete_collection(client, identity.collection)


def test_a_server_that_is_not_there_is_said_so():
    with pytest.raises(StoreError, match="cannot be opened"):
        open_chroma(None, "http://127.0.0.1:9")
