"""A vector index that is opened at its first use, and what that keeps out of start-up."""

import subprocess
import sys

import numpy as np
import pytest

from knowledge.embedding import EmbeddingIdentity
from knowledge.errors import StoreError
from knowledge.opening import LibraryConfig, open_library
from knowledge.vector_index import ChromaIndex, delete_collection, open_chroma
from knowledge.vectors import LateVectorIndex, OpenedVectors

IDENTITY = EmbeddingIdentity("late", 3, "1")


@pytest.fixture
def openings():
    return []


@pytest.fixture
def late(tmp_path, openings):
    def opener():
        openings.append("opened")
        client = open_chroma(tmp_path)
        return OpenedVectors(ChromaIndex(client, IDENTITY), lambda name: delete_collection(client, name), client.close)

    index = LateVectorIndex(opener)
    yield index
    index.close()


def test_it_is_opened_once_and_only_when_used(late, openings):
    assert not openings

    late.upsert(["east", "north", "up"], ["one", "one", "two"], np.eye(3, dtype=np.float32))
    late.delete(["up"])

    assert late.all_ids() == late.known(["east", "north", "up"]) == {"east", "north"}
    assert late.search(np.array([1, 0, 0], dtype=np.float32), top=1)[0][0] == "east"
    assert openings == ["opened"]


def test_a_closed_index_says_so_instead_of_opening_again(late, openings):
    late.close()

    with pytest.raises(StoreError, match="closed"):
        late.all_ids()
    assert not openings


def test_a_store_that_cannot_be_opened_leaves_the_library_usable(tmp_path, embedder):
    library = open_library(LibraryConfig(tmp_path / "home", chroma_url="http://127.0.0.1:9"), embedder)

    assert library.documents() == []
    with pytest.raises(StoreError):
        library.verify()
    library.close()


OPEN_A_LIBRARY = """
from pathlib import Path
from knowledge.embedding import builtin_minilm
from knowledge.opening import LibraryConfig, open_library
open_library(LibraryConfig(Path({home!r})), builtin_minilm()).close()
"""


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        (OPEN_A_LIBRARY, {"chromadb", "onnxruntime", "tokenizers"}),
        ("import app", {"assistant.services", "chromadb", "onnxruntime", "sqlalchemy", "langchain_core"}),
    ],
    ids=["opening a library", "before the server listens"],
)
def test_what_only_a_search_needs_is_not_loaded(tmp_path, program, unwanted):
    code = f"{program.format(home=str(tmp_path))}\nimport sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not unwanted & set(ran.stdout.split())
