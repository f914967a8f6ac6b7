"""What adding documents needs from the library, and no more."""

from collections.abc import Callable, Sequence
from typing import Protocol

from knowledge.types import Document, DocumentState, Passage, PracticeCase, SearchFilter


class DocumentLibrary(Protocol):
    """The part of `knowledge.library.Library` that takes documents in."""

    def state_of(self, document: Document) -> DocumentState:
        """Return whether the document is absent, changed, unchanged or waiting to be indexed."""

    def same_content(self, content_hash: str) -> Document | None:
        """Return an indexed document with these bytes, whatever its origin."""

    def replace(
        self,
        document: Document,
        text: str,
        passages: Sequence[Passage],
        *,
        case: PracticeCase | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> DocumentState:
        """Put a document in, or in the place of its earlier version; returns the state it was found in."""

    def withdraw(self, document_id: str) -> Document:
        """Take a document out and return what it was; it may come back."""

    def document(self, document_id: str) -> Document:
        """Return a document; raises DocumentNotFoundError."""

    def documents(self, where: SearchFilter = SearchFilter()) -> list[Document]:
        """Return the documents that pass the filter."""

    def is_dismissed(self, origin: str) -> bool:
        """Return whether a person removed this starter text."""
