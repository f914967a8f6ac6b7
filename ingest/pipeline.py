"""Adding documents: gather, read, clean, describe, split, replace. One bad document never stops the others."""

import logging
import time
from collections.abc import Sequence

from ingest.cleaning import clean
from ingest.describing import describe, outline
from ingest.errors import EmptyDocumentError
from ingest.events import FileFinished, FileResult, FileStarted, IngestReport, OnEvent, Outcome, PassagesIndexed
from ingest.gathering import gather
from ingest.limits import IngestLimits
from ingest.ports import DocumentLibrary
from ingest.reading import read
from ingest.rendering import render
from ingest.splitting import split
from ingest.starter import starter_sources
from ingest.types import Source, Wishes
from ingest.uploads import upload_name, upload_origin
from ingest.web import Finding
from knowledge.errors import SalescoachError
from knowledge.ids import document_id
from knowledge.types import Collection, Document, DocumentState, SourceKind

logger = logging.getLogger(__name__)


class Ingest:
    """Adds files, folders, web pages, feeds, uploads and the starter texts to a library."""

    def __init__(self, library: DocumentLibrary, limits: IngestLimits) -> None:
        self._library = library
        self._limits = limits

    def add(
        self,
        target: str,
        *,
        kind: SourceKind | None = None,
        language: str | None = None,
        on_event: OnEvent | None = None,
    ) -> IngestReport:
        """Add a file, a folder with all folders in it, a web page or a feed; returns what became of each document.

        What cannot be read is reported as failed with its error; nothing is raised for it.
        """
        started = time.perf_counter()
        emit = on_event or _silent
        try:
            findings = gather(target, self._limits)
        except SalescoachError as error:
            emit(FileStarted(target, 1, 1))
            result = _failed(target, error, started)
            emit(FileFinished(result))
            return IngestReport((result,), time.perf_counter() - started)
        return self._add_all(findings, Wishes(kind, language), emit)

    def add_upload(
        self,
        name: str,
        data: bytes,
        *,
        keep_both: bool = False,
        kind: SourceKind | None = None,
        language: str | None = None,
        on_event: OnEvent | None = None,
    ) -> IngestReport:
        """Add a file from the browser; one of the same name is replaced, unless both are to be kept."""
        bare = upload_name(name)
        origin = upload_origin(name, data)
        if keep_both and self._holds_other(origin, data):
            origin = upload_origin(name, data, keeps_both=True)
        source = Source(bare, origin, data)
        return self._add_all([Finding(bare, lambda: source)], Wishes(kind, language), on_event or _silent)

    def sync_starter(self, on_event: OnEvent | None = None) -> IngestReport:
        """Bring the starter texts up to date with this version of the program; cheap when they are.

        What a person removed stays away; what the program no longer carries is removed. Only texts that need work
        are announced in events.
        """
        started = time.perf_counter()
        known = {doc.origin: doc for doc in self._library.documents() if doc.collection is Collection.STARTER}
        sources = list(starter_sources())
        current = [source for source in sources if _is_current(source, known.get(source.origin))]
        unchanged = [FileResult(source.name, Outcome.UNCHANGED, known[source.origin]) for source in current]
        changed = [s for s in sources if s not in current and not self._library.is_dismissed(s.origin)]
        report = self._add_all([_ready(source) for source in changed], Wishes(), on_event or _silent)
        gone = [doc for origin, doc in known.items() if origin not in {source.origin for source in sources}]
        removed = tuple(self._library.withdraw(document.id) for document in gone)
        return IngestReport((*unchanged, *report.results), time.perf_counter() - started, removed)

    def _add_all(self, findings: Sequence[Finding], wishes: Wishes, emit: OnEvent) -> IngestReport:
        started = time.perf_counter()
        results: list[FileResult] = []
        for index, finding in enumerate(findings, start=1):
            emit(FileStarted(finding.name, index, len(findings)))
            result = self._add_one(finding, wishes, emit)
            logger.info("%s: %s, %d passages, %.1f s", result.name, result.outcome, result.passages, result.seconds)
            results.append(result)
            emit(FileFinished(result))
        return IngestReport(tuple(results), time.perf_counter() - started)

    def _add_one(self, finding: Finding, wishes: Wishes, emit: OnEvent) -> FileResult:
        started = time.perf_counter()
        try:
            source = finding.load()
            present = self._already_there(source, wishes)
            if present is not None:
                return FileResult(finding.name, Outcome.UNCHANGED, present, seconds=time.perf_counter() - started)
            state, document, passages = self._take_in(finding.name, source, wishes, emit)
        except SalescoachError as error:
            return _failed(finding.name, error, started)
        outcome = Outcome.UPDATED if state is DocumentState.CHANGED else Outcome.ADDED
        return FileResult(finding.name, outcome, document, passages, seconds=time.perf_counter() - started)

    def _take_in(self, name: str, source: Source, wishes: Wishes, emit: OnEvent) -> tuple[DocumentState, Document, int]:
        parsed = clean(read(source, self._limits))
        content = render(parsed)
        document = describe(source, parsed, content.text, wishes)
        passages = split(document.id, content, document.title)
        if not passages:
            raise EmptyDocumentError(f"{source.name!r} holds no text that can be searched.", name=source.name)
        state = self._library.replace(
            document,
            content.text,
            passages,
            case=parsed.case,
            progress=lambda done, total: emit(PassagesIndexed(name, done, total)),
        )
        return state, document, len(passages)

    def _already_there(self, source: Source, wishes: Wishes) -> Document | None:
        """Return the document that already holds this source: under its own origin, or the same bytes under another."""
        document = outline(source, wishes)
        state = self._library.state_of(document)
        if state is DocumentState.UNCHANGED:
            return self._library.document(document.id)
        if state is DocumentState.PENDING:
            return None
        twin = self._library.same_content(document.content_hash)
        if twin is None or twin.id == document.id:
            return None
        if state is DocumentState.CHANGED:
            # The new version of this one is another document that is already there: the old version goes.
            self._library.withdraw(document.id)
        return twin

    def _holds_other(self, origin: str, data: bytes) -> bool:
        """Tell whether the library holds other bytes under this origin."""
        held = {document.id: document for document in self._library.documents()}.get(document_id(origin))
        return held is not None and held.content_hash != outline(Source("", origin, data), Wishes()).content_hash


def _is_current(source: Source, known: Document | None) -> bool:
    return known is not None and known.fingerprint == outline(source, Wishes()).fingerprint


def _ready(source: Source) -> Finding:
    return Finding(source.name, lambda: source)


def _failed(name: str, error: SalescoachError, started: float) -> FileResult:
    logger.info("%s: failed: %s", name, error)
    return FileResult(name, Outcome.FAILED, error=error, seconds=time.perf_counter() - started)


def _silent(_event: object) -> None:
    """Report nothing."""
