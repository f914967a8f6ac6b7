"""The root of every error that Salescoach raises on purpose, and the errors of the knowledge package."""


class SalescoachError(Exception):
    """An error that a person can read and do something about.

    `str(error)` is an English sentence; `hint` is the remedy in English. `details` holds the values inside the
    sentence, so that a page can say the same in another language (looked up by `code`).
    """

    retryable = False
    default_hint = ""

    def __init__(self, message: str, *, hint: str = "", **details: str) -> None:
        super().__init__(message)
        self.hint = hint or self.default_hint
        self.details = details

    @property
    def code(self) -> str:
        """The name under which translated sentences for this error are found."""
        return type(self).__name__


class KnowledgeError(SalescoachError):
    """Something is wrong with the library: its stores, its texts or its embedding model."""


class LibraryInUseError(KnowledgeError):
    """Another process owns the library folder."""

    default_hint = "Stop the other process, or use the running app in the browser or through /api."


class DocumentNotFoundError(KnowledgeError):
    """No document or passage has the id that was asked for."""

    default_hint = "It may have been removed. Look it up again with 'salescoach list' or on the Library page."


class InvalidCaseError(KnowledgeError):
    """A practice case lacks required fields or has values outside the closed lists."""

    default_hint = "Compare the file with docs/content.md, section 'Practice cases'."


class EmbeddingError(KnowledgeError):
    """The embedding model is missing, damaged or not answering."""

    default_hint = "Run 'make setup' again, or check SALESCOACH_EMBEDDING__MODEL on the Status page."


class StoreError(KnowledgeError):
    """A store (database, vectors or words) cannot be opened, read or written."""

    retryable = True
    default_hint = "Check that the disk has room and the folder is writable; then run 'salescoach verify --repair'."
