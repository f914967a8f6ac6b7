"""The one door to the library: add, replace, remove, find passages and cases, count, verify.

SQL is the truth; vectors and words are derived. A write goes: PENDING in the catalog, vectors, words, then INDEXED.
Whatever interrupts it is finished by `finish_pending`, from the catalog alone.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.catalog import Catalog
from knowledge.embedding import Embedder
from knowledge.errors import DocumentNotFoundError
from knowledge.evidence import EvidenceSigns
from knowledge.searching import Rankings, Searcher
from knowledge.types import (
    Document,
    DocumentState,
    Extract,
    Hit,
    LibraryStatistics,
    Passage,
    PracticeCase,
    SearchFilter,
    SearchResult,
    Skill,
    SourceKind,
    VerifyReport,
)
from knowledge.vectors import VectorIndex
from knowledge.word_index import WordEntry, WordIndex

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with passages done and passages in all."""

_VECTORS_FACT = "vector_collection"


@dataclass(frozen=True, slots=True)
class Stores:
    """The parts a library stands on; made by knowledge.opening."""

    catalog: Catalog
    vectors: VectorIndex
    words: WordIndex
    embedder: Embedder
    drop_collection: Callable[[str], None]
    release: Callable[[], None]
    database: str
    vector_store: str
    batch_size: int = 32


class Library:
    """Documents, passages and practice cases; safe to use from several threads."""

    def __init__(self, stores: Stores, searcher: Searcher) -> None:
        self._stores = stores
        self._catalog = stores.catalog
        self._searcher = searcher
        self._writing = threading.RLock()
        self._collection = stores.embedder.identity.collection
        if not self._catalog.fact(_VECTORS_FACT):
            self._catalog.note_fact(_VECTORS_FACT, self._collection)

    # Writing --------------------------------------------------------------------------------------------------------

    def state_of(self, document: Document) -> DocumentState:
        """Return whether the document is absent, changed, unchanged or waiting to be indexed."""
        return self._catalog.state_of(document)

    def same_content(self, content_hash: str) -> Document | None:
        """Return an indexed document with these bytes, whatever its origin."""
        return self._catalog.same_content(content_hash)

    def replace(
        self,
        document: Document,
        text: str,
        passages: Sequence[Passage],
        *,
        case: PracticeCase | None = None,
        progress: Progress | None = None,
    ) -> DocumentState:
        """Put a document in, or in the place of its earlier version; returns the state it was found in.

        Idempotent, and resumable after a crash. Raises EmbeddingError or StoreError; the earlier version then stays.
        """
        with self._writing:
            state = self._catalog.state_of(document)
            if state is DocumentState.UNCHANGED:
                return state
            if state is not DocumentState.PENDING:
                self._catalog.begin(document, text, passages, case)
            self._index(document.id, progress or _silent)
            return state

    def remove(self, document_id: str) -> Document:
        """Take a document out and return what it was; a removed starter text does not come back by itself."""
        with self._writing:
            document = self.withdraw(document_id)
            if document.origin.startswith("starter:"):
                self._catalog.dismiss(document.origin)
            return document

    def withdraw(self, document_id: str) -> Document:
        """Take a document out and return what it was; unlike what a person removes, it may come back."""
        with self._writing:
            document = self._catalog.document(document_id)
            self._catalog.remove(document_id)
            self._forget_stale()
            return document

    def is_dismissed(self, origin: str) -> bool:
        """Return whether a person removed this starter text."""
        return self._catalog.is_dismissed(origin)

    def finish_pending(self, progress: Progress | None = None) -> int:
        """Finish what an interruption left, fill indexes that are behind; returns the number of documents finished."""
        report = progress or _silent
        with self._writing:
            waiting = self._catalog.pending()
            for document_id in waiting:
                self._index(document_id, report)
            self._forget_stale()
            if self._stores.words.count() != len(self._catalog.indexed_ids()):
                self._fill_words()
            if not self.vectors_ready:
                self._rebuild_vectors(report)
            return len(waiting)

    # Reading --------------------------------------------------------------------------------------------------------

    @property
    def vectors_ready(self) -> bool:
        """False while the vectors of another embedding model are still the ones in use."""
        return self._catalog.fact(_VECTORS_FACT) == self._collection

    def search(
        self, query: str, *, top: int = 10, language: str | None = None, where: SearchFilter = SearchFilter()
    ) -> SearchResult:
        """Return passages that may answer the query, best first, and how far they can be relied upon.

        `language` is that of the query, detected when left out.
        """
        return self._searcher.search(query, top, language, where, use_vectors=self.vectors_ready)

    def rank(self, query: str, language: str, pool: int) -> Rankings:
        """Return the scores of words, vectors and both, before diversity: what benchmarks compare."""
        return self._searcher.rank(query, language, SearchFilter(), use_vectors=self.vectors_ready, pool=pool)

    def evidence_signs(self, query: str, language: str) -> EvidenceSigns:
        """Return what the evidence for a query is judged by."""
        return self._searcher.signs(query, language, use_vectors=self.vectors_ready)

    def extract(self, question: str, hits: Sequence[Hit], language: str) -> list[Extract]:
        """Return the sentences of the hits that may answer the question (asked in `language`), best first."""
        return self._searcher.extract(question, hits, language, use_vectors=self.vectors_ready)

    def documents(self, where: SearchFilter = SearchFilter()) -> list[Document]:
        """Return the documents that pass the filter, by title."""
        return self._catalog.documents(where)

    def document(self, document_id: str) -> Document:
        """Return a document; raises DocumentNotFoundError."""
        return self._catalog.document(document_id)

    def text_of(self, document_id: str) -> str:
        """Return the cleaned text that the document's passages point into; raises DocumentNotFoundError."""
        return self._catalog.body(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in reading order."""
        return self._catalog.passages_of(document_id)

    def passage(self, passage_id: str) -> tuple[Passage, Document]:
        """Return a passage and its document; raises DocumentNotFoundError."""
        found = self._catalog.passages([passage_id])
        if passage_id not in found:
            raise DocumentNotFoundError(f"There is no passage {passage_id!r}.", id=passage_id)
        return found[passage_id], self._catalog.document(found[passage_id].document_id)

    def cases(self, where: SearchFilter = SearchFilter()) -> list[PracticeCase]:
        """Return the practice cases that pass the filter, by title."""
        return self._catalog.cases(where)

    def case(self, document_id: str) -> PracticeCase:
        """Return the practice case of a document; raises DocumentNotFoundError."""
        found = self._catalog.cases(SearchFilter(document_ids=(document_id,)))
        if not found:
            raise DocumentNotFoundError(f"There is no practice case {document_id!r}.", id=document_id)
        return found[0]

    def statistics(self) -> LibraryStatistics:
        """Return counts of what is in, and where it is kept."""
        documents = self._catalog.documents()
        return LibraryStatistics(
            documents=len(documents),
            passages=len(self._catalog.indexed_ids()),
            pending=len(self._catalog.pending()),
            cases=sum(document.kind is SourceKind.PRACTICE_CASE for document in documents),
            by_kind=_count(document.kind.value for document in documents),
            by_language=_count(document.language for document in documents),
            by_skill={skill.value: _by_kind_and_language(documents, skill) for skill in Skill},
            embedding_model=self._stores.embedder.identity.name,
            database=self._stores.database,
            vector_store=self._stores.vector_store,
            vectors_ready=self.vectors_ready,
        )

    # Keeping the stores in step -------------------------------------------------------------------------------------

    def verify(self) -> VerifyReport:
        """Compare the derived stores with the catalog."""
        with self._writing:
            indexed, pending = self._catalog.indexed_ids(), self._catalog.pending_ids()
            vectors, words = self._stores.vectors.all_ids(), self._stores.words.all_ids()
            return VerifyReport(
                passages=len(indexed),
                pending_documents=tuple(self._catalog.pending()),
                missing_vectors=tuple(sorted(indexed - vectors)),
                stray_vectors=tuple(sorted(vectors - indexed - pending)),
                missing_words=tuple(sorted(indexed - words)),
                stray_words=tuple(sorted(words - indexed - pending)),
            )

    def repair(self, progress: Progress | None = None) -> VerifyReport:
        """Make the derived stores equal to the catalog and return what verify then says."""
        with self._writing:
            self.finish_pending(progress)
            found = self.verify()
            self._stores.vectors.delete(found.stray_vectors)
            self._stores.words.delete(found.stray_words)
            if found.missing_words:
                self._fill_words()
            if found.missing_vectors:
                self._rebuild_vectors(progress or _silent)
            return self.verify()

    def close(self) -> None:
        """Let go of the folder, so that another process may open it."""
        with self._writing:
            self._stores.words.close()
            self._stores.release()

    # Private --------------------------------------------------------------------------------------------------------

    def _index(self, document_id: str, progress: Progress) -> None:
        document, passages = self._catalog.pending_document(document_id)
        self._embed(document, passages, progress)
        self._stores.words.upsert(_entry(document, passage) for passage in passages)
        self._catalog.mark_indexed(document_id)
        self._forget_stale()
        logger.info("indexed %s: %d passages", document_id, len(passages))

    def _embed(self, document: Document, passages: Sequence[Passage], progress: Progress) -> None:
        """Embed the passages that have no vector yet, those of similar length together: padding costs time."""
        known = self._stores.vectors.known([passage.id for passage in passages])
        waiting = sorted((p for p in passages if p.id not in known), key=lambda p: len(p.text))
        done = len(passages) - len(waiting)
        progress(done, len(passages))
        for start in range(0, len(waiting), self._stores.batch_size):
            batch = waiting[start : start + self._stores.batch_size]
            vectors = self._stores.embedder.embed([_embedded_text(passage) for passage in batch])
            self._stores.vectors.upsert([p.id for p in batch], [document.id] * len(batch), vectors)
            done += len(batch)
            progress(done, len(passages))

    def _forget_stale(self) -> None:
        noted = self._catalog.stale_ids()
        if not noted:
            return
        gone = noted - self._catalog.indexed_ids() - self._catalog.pending_ids()
        self._stores.vectors.delete(sorted(gone))
        self._stores.words.delete(sorted(gone))
        self._catalog.forget_stale(noted)

    def _fill_words(self) -> None:
        known = self._stores.words.all_ids()
        for document in self._catalog.documents():
            passages = self._catalog.passages_of(document.id)
            missing = [_entry(document, passage) for passage in passages if passage.id not in known]
            if missing:
                self._stores.words.upsert(missing)
        self._stores.words.delete(known - self._catalog.indexed_ids() - self._catalog.pending_ids())

    def _rebuild_vectors(self, progress: Progress) -> None:
        """Fill the collection of the present model beside the old one, switch, then drop the old one."""
        documents = self._catalog.documents()
        total, before = len(self._catalog.indexed_ids()), 0
        for document in documents:
            passages = self._catalog.passages_of(document.id)
            self._embed(document, passages, _shifted(progress, before, total))
            before += len(passages)
        outdated = self._catalog.fact(_VECTORS_FACT)
        self._catalog.note_fact(_VECTORS_FACT, self._collection)
        if outdated != self._collection:
            self._stores.drop_collection(outdated)


def _entry(document: Document, passage: Passage) -> WordEntry:
    heading = " ".join((document.title, *passage.locator.heading_path))
    return WordEntry(passage.id, document.id, document.language, passage.text, heading)


def _embedded_text(passage: Passage) -> str:
    """Return the passage with its innermost heading, which often names what the text calls 'it'."""
    heading = passage.locator.heading_path[-1:]
    return "\n".join((*heading, passage.text))


def _by_kind_and_language(documents: Sequence[Document], skill: Skill) -> dict[str, dict[str, int]]:
    tagged = [document for document in documents if skill in document.skills]
    return {
        kind.value: _count(document.language for document in tagged if document.kind is kind)
        for kind in SourceKind
        if any(document.kind is kind for document in tagged)
    }


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def _silent(_done: int, _total: int) -> None:
    """Report nothing."""
