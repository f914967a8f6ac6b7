"""Writes knowledge/starter/vectors.npz: the vectors of the starter texts, embedded with the built-in model.

`make vectors` runs it; tests/knowledge/test_ready_vectors.py says when it must be run again.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from knowledge.embedding import EmbeddingIdentity, Vectors, builtin_minilm
from knowledge.opening import LibraryConfig, open_library
from knowledge.ready_vectors import write_vectors

PATH = Path(__file__).resolve().parent.parent / "knowledge" / "starter" / "vectors.npz"
_NO_MODEL = EmbeddingIdentity("listening", 1, "1")


class ListeningEmbedder:
    """Embeds nothing, and remembers what it was asked to embed."""

    languages: frozenset[str] = frozenset()

    def __init__(self, identity: EmbeddingIdentity = _NO_MODEL) -> None:
        self.identity = identity
        self.heard: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the same vector for every text."""
        self.heard.extend(texts)
        return np.ones((len(texts), self.identity.dimension), dtype=np.float32)


def starter_texts() -> list[str]:
    """Return what is embedded when the starter library is indexed, as the real path hands it to the model."""
    listening = ListeningEmbedder()
    with tempfile.TemporaryDirectory() as home:
        library = open_library(LibraryConfig(Path(home)), listening)
        try:
            report = Ingest(library, IngestLimits()).sync_starter()
        finally:
            library.close()
    if report.failed:
        sys.exit("\n".join(f"{result.name}: {result.error}" for result in report.failed))
    return listening.heard


def main() -> None:
    """Write the file."""
    texts = starter_texts()
    embedded = write_vectors(PATH, texts, builtin_minilm())
    sys.stdout.write(
        f"{PATH.name}: {len(set(texts))} passages, {embedded} embedded anew, {PATH.stat().st_size:,} bytes\n"
    )


if __name__ == "__main__":
    main()
