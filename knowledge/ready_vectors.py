"""Vectors that come with the program: those of the starter texts, so that a first start need not embed them.

`make vectors` writes the file anew; a text that is not in it is embedded like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from knowledge.embedding import Embedder, EmbeddingIdentity, Vectors

_KEY_BYTES = 8


def starter_vectors() -> Traversable:
    """Return the file with the vectors of the starter texts."""
    return resources.files("knowledge") / "starter" / "vectors.npz"


class ReadyEmbedder:
    """An embedder that looks a text up in a file before it embeds it; of the file's model, or it looks up nothing."""

    def __init__(self, embedder: Embedder, file: Traversable) -> None:
        self._embedder = embedder
        self._file = file

    @property
    def identity(self) -> EmbeddingIdentity:
        """The identity of the model."""
        return self._embedder.identity

    @property
    def languages(self) -> frozenset[str]:
        """Languages the model understands."""
        return self._embedder.languages

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text; those of the file are rounded to half precision (error below 0.001)."""
        found = [self._ready.get(_key(text)) for text in texts]
        missing = [text for text, vector in zip(texts, found, strict=True) if vector is None]
        embedded = iter(self._embedder.embed(missing))
        rows = [next(embedded) if vector is None else vector for vector in found]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.identity.dimension)

    @cached_property
    def _ready(self) -> Mapping[bytes, Vectors]:
        return read_vectors(self._file, self.identity)


def read_vectors(file: Traversable, identity: EmbeddingIdentity) -> dict[bytes, Vectors]:
    """Return the vectors of a file by the key of their text; empty when there is no file, or another model made it."""
    if not file.is_file():
        return {}
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        if str(stored["model"]) != identity.collection:
            return {}
        keys, vectors = stored["keys"].tobytes(), stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    starts = range(0, len(keys), _KEY_BYTES)
    return {keys[start : start + _KEY_BYTES]: vector for start, vector in zip(starts, vectors, strict=True)}


def write_vectors(path: Path, texts: Iterable[str], embedder: Embedder, batch_size: int = 32) -> int:
    """Write the vectors of texts to a file, keeping those it holds already; returns how many were embedded.

    Kept vectors are the same to the last bit, so that a change of one text changes little in the file's history.
    """
    known = read_vectors(path, embedder.identity)
    wanted = {_key(text): text for text in texts}
    missing = sorted((text for key, text in wanted.items() if key not in known), key=len)
    for start in range(0, len(missing), batch_size):
        batch = missing[start : start + batch_size]
        known |= dict(zip(map(_key, batch), embedder.embed(batch), strict=True))
    keys = sorted(wanted)
    np.savez(
        path,
        model=np.array(embedder.identity.collection),
        keys=np.frombuffer(b"".join(keys), dtype=np.uint8),
        vectors=np.array([known[key] for key in keys], dtype=np.float16).reshape(
            len(keys), embedder.identity.dimension
        ),
    )
    return len(missing)


def _key(text: str) -> bytes:
    return sha256(text.encode()).digest()[:_KEY_BYTES]
