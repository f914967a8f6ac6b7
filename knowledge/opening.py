"""Opens a library: takes the folder's lock, opens the stores and puts them together."""

import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.catalog import Catalog
from knowledge.database import open_database
from knowledge.embedding import Embedder, EmbeddingIdentity
from knowledge.errors import LibraryInUseError, StoreError
from knowledge.glossary import Glossary
from knowledge.library import Library, Stores
from knowledge.searching import Searcher
from knowledge.vectors import LateVectorIndex, OpenedVectors
from knowledge.word_index import WordIndex


@dataclass(frozen=True, slots=True)
class LibraryConfig:
    """Where a library is kept; empty addresses mean: inside the folder."""

    home: Path
    database_url: str = ""
    chroma_url: str = ""
    batch_size: int = 32

    @property
    def catalog_url(self) -> str:
        """The address of the database, which also holds conversations."""
        return self.database_url or f"sqlite:///{self.home / 'catalog.sqlite3'}"


def open_library(config: LibraryConfig, embedder: Embedder, glossary: Glossary | None = None) -> Library:
    """Return the library in a folder, made when it is not there.

    Raises LibraryInUseError when another process has it open, StoreError when the catalog or the word index cannot be
    opened. The vector store is opened at its first use.
    """
    lock = _lock(config.home)
    try:
        engine = open_database(config.catalog_url)
        catalog, vectors = Catalog(engine), LateVectorIndex(lambda: _open_vectors(config, embedder.identity))
        words = WordIndex(config.home)
    except BaseException:
        lock.release()
        raise

    def release() -> None:
        engine.dispose()
        vectors.close()
        lock.release()

    stores = Stores(
        catalog=catalog,
        vectors=vectors,
        words=words,
        embedder=embedder,
        drop_collection=vectors.drop_collection,
        release=release,
        database=engine.url.render_as_string(hide_password=True),
        vector_store=config.chroma_url or str(config.home / "vectors"),
        batch_size=config.batch_size,
    )
    searcher = Searcher(catalog, vectors, words, embedder, glossary or Glossary.load())
    return Library(stores, searcher)


def _open_vectors(config: LibraryConfig, identity: EmbeddingIdentity) -> OpenedVectors:
    from knowledge.vector_index import ChromaIndex, delete_collection, open_chroma

    client = open_chroma(None if config.chroma_url else config.home / "vectors", config.chroma_url)
    return OpenedVectors(ChromaIndex(client, identity), lambda name: delete_collection(client, name), client.close)


def _lock(home: Path) -> FileLock:
    """Take the folder for this process; the owner's process id is in a note beside the lock."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "library.lock", blocking=False)
        lock.acquire()
        (home / "library.owner").write_text(str(os.getpid()), encoding="utf-8")
    except Timeout as error:
        owner = _owner(home)
        raise LibraryInUseError(
            f"The library in {home} is in use by another process{owner}.", home=str(home), owner=owner
        ) from error
    except OSError as error:
        raise StoreError(
            f"The library folder {home} cannot be used: {error.strerror}.",
            hint="Choose a folder you can write to with SALESCOACH_HOME.",
            home=str(home),
        ) from error
    return lock


def _owner(home: Path) -> str:
    try:
        return f" ({(home / 'library.owner').read_text(encoding='utf-8')})"
    except OSError:
        return ""
