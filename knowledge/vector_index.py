"""Passage vectors in Chroma, embedded in a folder or on a server: derived data, rebuildable from the catalog.

The only module that imports chromadb. Cosine is set explicitly; what comes out is a similarity, higher is better.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.types import Where
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from httpx import HTTPError

from knowledge.embedding import EmbeddingIdentity, Vectors
from knowledge.errors import StoreError

_ROWS_A_CALL = 1000
"""Stays below Chroma's own limit and SQLite's number of parameters."""


class ChromaIndex:
    """A Chroma collection named after the identity of the embedding model."""

    def __init__(self, client: Client, identity: EmbeddingIdentity) -> None:
        self.name = identity.collection
        try:
            self._collection = client.get_or_create_collection(
                self.name,
                metadata={"model": identity.name, "dimension": identity.dimension, "version": identity.version},
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        except (ChromaError, HTTPError, ValueError) as error:
            raise StoreError(f"The vector collection {self.name!r} cannot be opened: {error}") from error

    def upsert(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors; an id that is there already is overwritten."""
        for start in range(0, len(passage_ids), _ROWS_A_CALL):
            rows = slice(start, start + _ROWS_A_CALL)
            self._collection.upsert(
                ids=list(passage_ids[rows]),
                embeddings=np.asarray(vectors[rows], dtype=np.float32),
                metadatas=[{"document_id": owner} for owner in document_ids[rows]],
            )

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget vectors; unknown ids are ignored."""
        remaining = iter(passage_ids)
        while ids := list(islice(remaining, _ROWS_A_CALL)):
            self._collection.delete(ids=ids)

    def known(self, passage_ids: Sequence[str]) -> set[str]:
        """Return which of these ids have a vector."""
        found: set[str] = set()
        for start in range(0, len(passage_ids), _ROWS_A_CALL):
            ids = list(passage_ids[start : start + _ROWS_A_CALL])
            found.update(self._collection.get(ids=ids, include=[])["ids"])
        return found

    def all_ids(self) -> set[str]:
        """Return the ids of all vectors."""
        found: set[str] = set()
        while page := self._collection.get(limit=10 * _ROWS_A_CALL, offset=len(found), include=[])["ids"]:
            found.update(page)
        return found

    def search(self, vector: Vectors, top: int, document_ids: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return passage ids and cosine similarities, best first, optionally from some documents only."""
        allowed = cast("Where", {"document_id": {"$in": list(document_ids)}}) if document_ids else None
        try:
            reply = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32).reshape(1, -1),
                n_results=top,
                where=allowed,
                include=["distances"],
            )
        except (ChromaError, HTTPError) as error:
            raise StoreError(f"The vector store does not answer: {error}") from error
        distances = reply["distances"] or [[]]
        return [(found, 1.0 - distance) for found, distance in zip(reply["ids"][0], distances[0], strict=True)]


def open_chroma(folder: Path | None, url: str = "") -> Client:
    """Return a client on a server when `url` is given, else on a folder that this process owns alone."""
    settings = Settings(anonymized_telemetry=False, is_persistent=not url)
    try:
        if url:
            parts = urlsplit(url)
            return _client(
                chromadb.HttpClient(
                    host=parts.hostname or "localhost",
                    port=parts.port or (443 if parts.scheme == "https" else 8000),
                    ssl=parts.scheme == "https",
                    settings=Settings(anonymized_telemetry=False),
                )
            )
        return _client(chromadb.PersistentClient(path=str(folder), settings=settings))
    except (ChromaError, HTTPError, ValueError) as error:
        place = url or str(folder)
        raise StoreError(
            f"The vector store at {place} cannot be opened: {error}",
            hint="Check CHROMA_URL and that the Chroma server runs." if url else "",
        ) from error


def delete_collection(client: Client, name: str) -> None:
    """Delete a collection by name; does nothing when it is not there."""
    try:
        client.delete_collection(name)
    except NotFoundError:
        return


def _client(made: object) -> Client:
    """Return what chromadb's factories make as the class it is: their annotation leaves `close` out."""
    if not isinstance(made, Client):
        raise StoreError(f"Chroma returned {type(made).__name__}, not a client.")
    return made
