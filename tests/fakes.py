"""Stand-ins of our own for parts that tests do not want to run for real."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from knowledge.errors import DocumentNotFoundError
from knowledge.types import Document, DocumentState, Passage, PracticeCase, SearchFilter


@dataclass
class InMemoryLibrary:
    """A library without stores: keeps what it is given and answers what adding documents asks."""

    kept: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    cases: dict[str, PracticeCase] = field(default_factory=dict)
    dismissed: set[str] = field(default_factory=set)
    pending: set[str] = field(default_factory=set)
    replaced: int = 0

    def state_of(self, document: Document) -> DocumentState:
        known = self.kept.get(document.id)
        if known is None:
            return DocumentState.ABSENT
        if known.fingerprint != document.fingerprint:
            return DocumentState.CHANGED
        return DocumentState.PENDING if document.id in self.pending else DocumentState.UNCHANGED

    def same_content(self, content_hash: str) -> Document | None:
        return next((document for document in self.kept.values() if document.content_hash == content_hash), None)

    def replace(
        self,
        document: Document,
        text: str,
        passages: Sequence[Passage],
        *,
        case: PracticeCase | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> DocumentState:
        state = self.state_of(document)
        for done in range(len(passages) + 1):
            if progress:
                progress(done, len(passages))
        self.kept[document.id] = document
        self.texts[document.id] = text
        self.passages[document.id] = list(passages)
        if case is not None:
            self.cases[document.id] = case
        self.pending.discard(document.id)
        self.replaced += 1
        return state

    def withdraw(self, document_id: str) -> Document:
        document = self.document(document_id)
        for store in (self.kept, self.texts, self.passages, self.cases):
            store.pop(document_id, None)
        return document

    def document(self, document_id: str) -> Document:
        if document_id not in self.kept:
            raise DocumentNotFoundError(f"There is no document {document_id!r}.")
        return self.kept[document_id]

    def documents(self, where: SearchFilter = SearchFilter()) -> list[Document]:
        return list(self.kept.values())

    def is_dismissed(self, origin: str) -> bool:
        return origin in self.dismissed

    @property
    def only(self) -> Document:
        """The one document that was added."""
        (document,) = self.kept.values()
        return document

    @property
    def only_text(self) -> str:
        """The text of the one document that was added."""
        return self.texts[self.only.id]

    @property
    def only_passages(self) -> list[Passage]:
        """The passages of the one document that was added."""
        return self.passages[self.only.id]
