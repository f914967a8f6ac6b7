"""What happens while documents are added, as typed events, and the report at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import SalescoachError
from knowledge.types import Document


class Outcome(StrEnum):
    """How adding one document ended."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileStarted:
    """Work on a document begins; `index` counts from 1 to `total`."""

    name: str
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class PassagesIndexed:
    """`done` of `total` passages of a document can be searched for."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FileResult:
    """How adding one document ended.

    With `UNCHANGED`, `document` is the one already in the library: under this origin, or under another one that
    holds the same bytes.
    """

    name: str
    outcome: Outcome
    document: Document | None = None
    passages: int = 0
    error: SalescoachError | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FileFinished:
    """Work on a document ended, well or not."""

    result: FileResult


IngestEvent = FileStarted | PassagesIndexed | FileFinished
OnEvent = Callable[[IngestEvent], None]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of everything that was to be added, in order."""

    results: tuple[FileResult, ...]
    seconds: float
    removed: tuple[Document, ...] = ()
    """Starter texts that left the library because this version no longer carries them."""

    @property
    def added(self) -> tuple[FileResult, ...]:
        """Documents that were not in the library before."""
        return self._with(Outcome.ADDED)

    @property
    def updated(self) -> tuple[FileResult, ...]:
        """Documents of which a new version replaced the old one."""
        return self._with(Outcome.UPDATED)

    @property
    def unchanged(self) -> tuple[FileResult, ...]:
        """Documents that were already there."""
        return self._with(Outcome.UNCHANGED)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """Documents that could not be read, each with its error."""
        return self._with(Outcome.FAILED)

    @property
    def passages(self) -> int:
        """The number of passages that were indexed."""
        return sum(result.passages for result in (*self.added, *self.updated))

    def _with(self, outcome: Outcome) -> tuple[FileResult, ...]:
        return tuple(result for result in self.results if result.outcome is outcome)
