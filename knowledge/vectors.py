"""What the library needs of a vector index, and one that is opened when it is first used.

Loading Chroma takes longer than anything else at start-up, and the first page asks nothing of it
(docs/decisions/fast-start.md).
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.embedding import Vectors
from knowledge.errors import StoreError


class VectorIndex(Protocol):
    """Vectors of one embedding model by passage id."""

    def upsert(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors; an id that is there already is overwritten."""

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget vectors; unknown ids are ignored."""

    def known(self, passage_ids: Sequence[str]) -> set[str]:
        """Return which of these ids have a vector."""

    def all_ids(self) -> set[str]:
        """Return the ids of all vectors."""

    def search(self, vector: Vectors, top: int, document_ids: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return passage ids and cosine similarities, best first, optionally from some documents only."""


@dataclass(frozen=True, slots=True)
class OpenedVectors:
    """A vector index with what its owner may do to the store behind it."""

    index: VectorIndex
    drop_collection: Callable[[str], None]
    close: Callable[[], None]


class LateVectorIndex:
    """A vector index that is opened at its first use, once; every use may therefore raise StoreError."""

    def __init__(self, opener: Callable[[], OpenedVectors]) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._opened: OpenedVectors | None = None
        self._is_closed = False

    def upsert(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors; an id that is there already is overwritten."""
        self._open().index.upsert(passage_ids, document_ids, vectors)

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget vectors; unknown ids are ignored."""
        self._open().index.delete(passage_ids)

    def known(self, passage_ids: Sequence[str]) -> set[str]:
        """Return which of these ids have a vector."""
        return self._open().index.known(passage_ids)

    def all_ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return self._open().index.all_ids()

    def search(self, vector: Vectors, top: int, document_ids: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return passage ids and cosine similarities, best first, optionally from some documents only."""
        return self._open().index.search(vector, top, document_ids)

    def drop_collection(self, name: str) -> None:
        """Delete another collection of the same store; does nothing when it is not there."""
        self._open().drop_collection(name)

    def close(self) -> None:
        """Let go of the store when it was opened; whatever uses the index afterwards gets a StoreError."""
        with self._lock:
            self._is_closed = True
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _open(self) -> OpenedVectors:
        with self._lock:
            if self._is_closed:
                raise StoreError("The vector store is closed.")
            if self._opened is None:
                self._opened = self._opener()
            return self._opened
