"""Stand-ins for the services behind the pages: our own values, filled as a small team library would be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from assistant.coach.conversations import ConversationStore
from assistant.coach.types import (
    Answer,
    AnswerReady,
    CoachEvent,
    Notice,
    NoticeKind,
    PassagesFound,
    StepFinished,
    StepStarted,
    Token,
    Turn,
)
from assistant.model.errors import ModelUnreachableError
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.people.bookcase import Bookcase
from assistant.services import Services
from assistant.settings import Settings
from ingest.errors import CorruptDocumentError
from ingest.events import FileFinished, FileResult, FileStarted, IngestEvent, IngestReport, Outcome, PassagesIndexed
from knowledge.database import open_database
from knowledge.errors import DocumentNotFoundError, StoreError
from knowledge.glossary import Glossary
from knowledge.types import (
    Document,
    Evidence,
    Hit,
    LibraryStatistics,
    Passage,
    PracticeCase,
    SearchFilter,
    SearchResult,
    SourceKind,
    VerifyReport,
)
from tests.ui.samples import BOOK, CASE_EN, CASE_FIELDS, CASE_NL, FULL, PASSAGES, PRICE_EN, PRICE_NL, TERMS, TEXTS


@dataclass
class FakeLibrary:
    """A library in memory that searches by words in common."""

    all_documents: dict[str, Document]
    report: VerifyReport = field(default_factory=lambda: VerifyReport(passages=3))
    pending: int = 0
    fails: bool = False
    removed: list[str] = field(default_factory=list)
    repaired: int = 0

    def documents(self, where: SearchFilter = SearchFilter()) -> list[Document]:
        if self.fails:
            raise StoreError("The database cannot be used.", address="sqlite")
        return [document for document in self.all_documents.values() if _fits(document, where)]

    def document(self, document_id: str) -> Document:
        if document_id not in self.all_documents:
            raise DocumentNotFoundError(f"There is no document {document_id!r}.", id=document_id)
        return self.all_documents[document_id]

    def text_of(self, document_id: str) -> str:
        self.document(document_id)
        return TEXTS[document_id]

    def passage(self, passage_id: str) -> tuple[Passage, Document]:
        passage = PASSAGES.get(passage_id)
        if passage is None or passage.document_id not in self.all_documents:
            raise DocumentNotFoundError(f"There is no passage {passage_id!r}.", id=passage_id)
        return passage, self.document(passage.document_id)

    def search(
        self, query: str, *, top: int = 10, language: str | None = None, where: SearchFilter = SearchFilter()
    ) -> SearchResult:
        words = set(query.casefold().split())
        hits = [
            Hit(passage, self.document(passage.document_id), 0.8)
            for passage in PASSAGES.values()
            if words & set(passage.text.casefold().replace(".", "").split())
            and passage.document_id in self.all_documents
            and _fits(self.document(passage.document_id), where)
        ]
        evidence = Evidence.STRONG if hits else Evidence.NONE
        return SearchResult(tuple(hits[:top]), evidence, "nl", 0.8 if hits else 0.0)

    def cases(self, where: SearchFilter = SearchFilter()) -> list[PracticeCase]:
        wanted = replace(where, kinds=(SourceKind.PRACTICE_CASE,))
        return [self.case(document.id) for document in self.documents(wanted)]

    def case(self, document_id: str) -> PracticeCase:
        document = self.document(document_id)
        return replace(CASE_FIELDS, document_id=document.id, title=document.title, language=document.language)

    def statistics(self) -> LibraryStatistics:
        documents = self.documents()
        return LibraryStatistics(
            documents=len(documents),
            passages=1234 if documents else 0,
            pending=self.pending,
            cases=len(self.cases()),
            by_kind={kind.value: sum(document.kind is kind for document in documents) for kind in SourceKind},
            by_language={code: sum(document.language == code for document in documents) for code in ("nl", "en")},
            by_skill={},
            embedding_model="all-MiniLM-L6-v2",
            database="postgresql://coach:secret@db/salescoach",
            vector_store="embedded",
            vectors_ready=True,
        )

    def remove(self, document_id: str) -> Document:
        self.removed.append(document_id)
        return self.all_documents.pop(document_id)

    def verify(self) -> VerifyReport:
        return self.report

    def repair(self, progress: Callable[[int, int], None] | None = None) -> VerifyReport:
        self.repaired += 1
        if progress:
            progress(1, 2)
        return VerifyReport(passages=3)

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class FakeIngest:
    """Adds every file as the book, except `broken.*`, which fails."""

    library: FakeLibrary
    uploads: list[tuple[str, bool]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    starter_runs: int = 0

    def add(
        self, target: str, *, kind: SourceKind | None = None, on_event: Callable[[IngestEvent], None] | None = None
    ) -> IngestReport:
        self.addresses.append(target)
        return self._report(target, on_event)

    def add_upload(
        self,
        name: str,
        data: bytes,
        *,
        keep_both: bool = False,
        kind: SourceKind | None = None,
        on_event: Callable[[IngestEvent], None] | None = None,
    ) -> IngestReport:
        self.uploads.append((name, keep_both))
        return self._report(name, on_event)

    def sync_starter(self, on_event: Callable[[IngestEvent], None] | None = None) -> IngestReport:
        self.starter_runs += 1
        for document in (PRICE_NL, PRICE_EN, CASE_NL, CASE_EN):
            self.library.all_documents[document.id] = document
        return self._report("starter", on_event)

    def _report(self, name: str, on_event: Callable[[IngestEvent], None] | None) -> IngestReport:
        if name.startswith("broken"):
            error = CorruptDocumentError(f"{name!r} is damaged.", name=name)
            result = FileResult(name, Outcome.FAILED, error=error)
        else:
            self.library.all_documents[BOOK.id] = BOOK
            result = FileResult(name, Outcome.ADDED, BOOK, passages=7)
        for event in (FileStarted(name, 1, 1), PassagesIndexed(name, 3, 7), FileFinished(result)):
            if on_event:
                on_event(event)
        return IngestReport((result,), 0.1)


@dataclass
class FakeCoach:
    """Answers with the next answer in line, as the real coach does: event by event, stored before shown."""

    conversations: ConversationStore
    answers: list[Answer]
    notice: NoticeKind | None = None
    questions: list[str] = field(default_factory=list)

    def answer(
        self, question: str, *, account_id: str, conversation_id: str | None = None, language: str | None = None
    ) -> Iterator[CoachEvent]:
        self.questions.append(question)
        if conversation_id is None:
            conversation_id = self.conversations.create(account_id, question).id
        answer = self.answers.pop(0)
        yield StepStarted("find_evidence")
        yield StepFinished("find_evidence", 0.01)
        yield PassagesFound((), answer.evidence)
        if self.notice:
            yield Notice(self.notice)
        yield Token(answer.text)
        turn = Turn(f"turn-{len(self.questions)}", conversation_id, question, question, answer, datetime.now(UTC))
        self.conversations.append(account_id, turn)
        yield AnswerReady(turn)


@dataclass
class FakeModel:
    """A model that answers, or does not."""

    name: str = "gpt-4.1-mini"
    answers: bool = True

    def check(self) -> None:
        if not self.answers:
            raise ModelUnreachableError("The endpoint of the language model cannot be reached.")


def make_services(
    folder: Path,
    *,
    documents: Sequence[Document] = FULL,
    answers: Sequence[Answer] = (),
    model: FakeModel | None = None,
    starter: bool = False,
) -> Services:
    """Return services over a library in memory and a real database of conversations."""
    engine = open_database(f"sqlite:///{folder / 'catalog.sqlite3'}")
    conversations = ConversationStore(engine, accounts=[PERSONAL_ACCOUNT])
    library = FakeLibrary({document.id: document for document in documents})
    stand_ins = {
        "library": library,
        "ingest": FakeIngest(library),
        "coach": FakeCoach(conversations, list(answers)),
        "model": model,
    }
    return Services(
        settings=Settings(home=folder, starter=starter, _env_file=None),
        glossary=Glossary(TERMS, {}),
        conversations=conversations,
        bookcase=Bookcase(engine),
        release=engine.dispose,
        **stand_ins,
    )


def fake_library(services: Services) -> FakeLibrary:
    return cast("FakeLibrary", services.library)


def fake_ingest(services: Services) -> FakeIngest:
    return cast("FakeIngest", services.ingest)


def fake_coach(services: Services) -> FakeCoach:
    return cast("FakeCoach", services.coach)


def _fits(document: Document, where: SearchFilter) -> bool:
    return (
        (not where.kinds or document.kind in where.kinds)
        and (not where.languages or document.language in where.languages)
        and (not where.skills or bool(set(where.skills) & set(document.skills)))
    )
