"""BM25 over passages in tantivy: derived data, rebuildable from the catalog.

The only module that imports tantivy. The text goes in as terms of knowledge.analysis, one field a language, so that a
question and a passage are analysed by the same code.
"""

import shutil
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from knowledge.analysis import analysis_version, terms
from knowledge.errors import StoreError

_HEAP_BYTES = 64_000_000
_FIELDS = {"nl": ("nl", "nl_head"), "en": ("en", "en_head")}
_HEAD_BOOST = 0.5
"""Words of title and headings count half: they say what a section is about, not what it advises."""


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What the index needs of one passage."""

    passage_id: str
    document_id: str
    language: str
    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class WordQuery:
    """Weighted terms per field language ("nl", "en"), already analysed."""

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.weights.values())


class WordIndex:
    """A tantivy index in a folder of its own; one writer, any number of searching threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"words-{analysis_version()}"
        for outdated in set(folder.glob("words-*")) - {self._folder}:
            shutil.rmtree(outdated)
        self._schema = _schema()
        self._lock = threading.Lock()
        try:
            self._index = self._open()
            self._writer = self._index.writer(_HEAP_BYTES, 1)
        except ValueError as error:  # tantivy's only exception for input and output
            raise StoreError(f"The word index in {folder} cannot be opened: {error}") from error

    def upsert(self, entries: Iterable[WordEntry]) -> None:
        """Store entries and make them findable; an id that is there already is overwritten."""
        with self._lock:
            for entry in entries:
                self._writer.delete_documents_by_term("passage_id", entry.passage_id)
                own = "nl" if entry.language == "nl" else "en"
                text_field, head_field = _FIELDS[own]
                document = tantivy.Document()
                document.add_text("passage_id", entry.passage_id)
                document.add_text("document_id", entry.document_id)
                document.add_text(text_field, " ".join(terms(entry.text, own)))
                document.add_text(head_field, " ".join(terms(entry.heading, own)))
                self._writer.add_document(document)
            self._commit()

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are ignored."""
        with self._lock:
            for passage_id in passage_ids:
                self._writer.delete_documents_by_term("passage_id", passage_id)
            self._commit()

    def all_ids(self) -> set[str]:
        """Return the ids of all entries."""
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
        return {str(searcher.doc(address).to_dict()["passage_id"][0]) for _, address in found}

    def count(self) -> int:
        """Return the number of entries."""
        return int(self._index.searcher().num_docs)

    def frequency(self, term: str, language: str) -> int:
        """Return in how many passages of a language field a term occurs."""
        return int(self._index.searcher().doc_freq(_FIELDS[language][0], term))

    def search(self, query: WordQuery, top: int, document_ids: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Return passage ids and BM25 scores, best first, optionally from some documents only."""
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(name, term), weight * boost))
            for language, weighted in query.weights.items()
            for name, boost in zip(_FIELDS[language], (1.0, _HEAD_BOOST), strict=True)
            for term, weight in weighted.items()
        ]
        if not clauses:
            return []
        asked = tantivy.Query.boolean_query(clauses)
        if document_ids:
            allowed = tantivy.Query.term_set_query(self._schema, "document_id", list(document_ids))
            silent = tantivy.Query.const_score_query(allowed, 0.0)
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, asked), (tantivy.Occur.Must, silent)])
        searcher = self._index.searcher()
        hits = searcher.search(asked, top, count=False).hits
        return [(str(searcher.doc(address).to_dict()["passage_id"][0]), float(score)) for score, address in hits]

    def close(self) -> None:
        """Finish merging and let go of the folder."""
        with self._lock:
            self._writer.wait_merging_threads()

    def _open(self) -> tantivy.Index:
        """Open or create; a damaged or foreign index is emptied, since the catalog can fill it again."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self._schema, path=str(self._folder))
        except ValueError:
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            return tantivy.Index(self._schema, path=str(self._folder))

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term, "freq")

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document_id", stored=False, tokenizer_name="raw", index_option="basic")
    for names in _FIELDS.values():
        for name in names:
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
