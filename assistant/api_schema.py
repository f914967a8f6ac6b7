"""The shapes that leave the house as JSON: what `/api` and `salescoach ... --json` print, from one set of models."""

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.coach.types import Answer, BookTip, Citation, Suggestion, Turn
from knowledge.types import Document, Hit, Language, SourceKind

HEADING_SEPARATOR = " > "


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SearchQuery(_Body):
    """What a search may ask for."""

    model_config = ConfigDict(str_strip_whitespace=True)

    q: str = Field(min_length=1, max_length=2000, description="The question or the words to look for.")
    top: int = Field(default=10, ge=1, le=50, description="Most passages to return.")
    language: Language | None = Field(default=None, description="Only passages in this language; both when left out.")
    kind: SourceKind | None = Field(default=None, description="Only this kind of document; all when left out.")


class AskBody(_Body):
    """A question to the coach."""

    model_config = ConfigDict(str_strip_whitespace=True)

    question: str = Field(min_length=1, max_length=2000, description="The coaching question.")
    conversation_id: str | None = Field(
        default=None, max_length=100, description="Continues this conversation; a new one when left out."
    )
    language: Language | None = Field(
        default=None, description="The asker's language, for when the question does not tell."
    )


class DocumentBody(_Body):
    """A document in the library, without its text."""

    document_id: str
    kind: SourceKind
    title: str
    authors: tuple[str, ...]
    language: str
    skills: tuple[str, ...]
    topics: tuple[str, ...]
    summary: str
    origin: str
    licence: str
    collection: str
    added_at: str | None = Field(description="ISO 8601.")

    @classmethod
    def of(cls, document: Document) -> "DocumentBody":
        """Return the body of a document."""
        return cls(
            document_id=document.id,
            kind=document.kind,
            title=document.title,
            authors=document.authors,
            language=document.language,
            skills=tuple(skill.value for skill in document.skills),
            topics=document.topics,
            summary=document.summary,
            origin=document.origin,
            licence=document.licence,
            collection=document.collection.value,
            added_at=document.added_at.isoformat() if document.added_at else None,
        )


class PassageBody(_Body):
    """A passage that was found."""

    passage_id: str
    document_id: str
    title: str
    kind: SourceKind
    language: str
    heading: str = Field(description=f"Headings above the passage, outermost first, joined with {HEADING_SEPARATOR!r}.")
    page: int | None = Field(description="First page; null where the document has no pages.")
    score: float = Field(description="0 to 1; higher is better.")
    text: str

    @classmethod
    def of(cls, hit: Hit) -> "PassageBody":
        """Return the body of a hit."""
        return cls(
            passage_id=hit.passage.id,
            document_id=hit.document.id,
            title=hit.document.title,
            kind=hit.document.kind,
            language=hit.document.language,
            heading=HEADING_SEPARATOR.join(hit.passage.locator.heading_path),
            page=hit.passage.locator.page_first,
            score=round(hit.score, 4),
            text=hit.passage.text,
        )


class SearchBody(_Body):
    """Passages, best first, and how far they can be relied upon."""

    evidence: Literal["strong", "weak", "none"]
    language: str = Field(description="The detected language of the question.")
    passages: tuple[PassageBody, ...]


class CitationBody(_Body):
    """A numbered, verbatim quote: `[number]` in the answer refers to it."""

    number: int
    document_id: str
    title: str
    heading: str = Field(description=f"Headings above the quote, joined with {HEADING_SEPARATOR!r}.")
    page: int | None
    quote: str

    @classmethod
    def of(cls, citation: Citation) -> "CitationBody":
        """Return the body of a citation."""
        return cls(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            heading=HEADING_SEPARATOR.join(citation.heading_path),
            page=citation.page_first,
            quote=citation.quote,
        )


class SuggestionBody(_Body):
    """Something to practise or to read next."""

    document_id: str
    title: str
    summary: str
    kind: str
    language: str

    @classmethod
    def of(cls, suggestion: Suggestion) -> "SuggestionBody":
        """Return the body of a suggestion."""
        return cls(
            document_id=suggestion.document_id,
            title=suggestion.title,
            summary=suggestion.summary,
            kind=suggestion.kind,
            language=suggestion.language,
        )


class BookTipBody(_Body):
    """A book to read whose text is not in the library."""

    book_id: str
    title: str
    authors: tuple[str, ...]
    year: int
    language: str
    note: str

    @classmethod
    def of(cls, tip: BookTip) -> "BookTipBody":
        """Return the body of a book tip."""
        return cls(**asdict(tip))


class AnswerBody(_Body):
    """An answer, as `salescoach ask --json` prints it."""

    answer: str = Field(description="Markdown in which [n] refers to the citation with that number.")
    mode: Literal["library", "model"]
    evidence: Literal["strong", "weak", "none"]
    citations: tuple[CitationBody, ...]
    practice: tuple[SuggestionBody, ...]
    reading: tuple[SuggestionBody, ...]
    books: tuple[BookTipBody, ...]

    @classmethod
    def of(cls, answer: Answer) -> "AnswerBody":
        """Return the body of an answer."""
        return cls(
            answer=answer.text,
            mode=answer.mode.value,
            evidence=answer.evidence.value,
            citations=tuple(CitationBody.of(citation) for citation in answer.citations),
            practice=tuple(SuggestionBody.of(suggestion) for suggestion in answer.practice),
            reading=tuple(SuggestionBody.of(suggestion) for suggestion in answer.reading),
            books=tuple(BookTipBody.of(tip) for tip in answer.books),
        )


class StepStartedEvent(_Body):
    """A step begins."""

    step: str


class StepFinishedEvent(_Body):
    """A step is done."""

    step: str
    seconds: float


class PassagesEvent(_Body):
    """The evidence, before anything is written."""

    evidence: Literal["strong", "weak", "none"]
    passages: tuple[PassageBody, ...]


class TokenEvent(_Body):
    """A piece of the answer as it is written; the last word is the answer event's."""

    text: str


class NoticeEvent(_Body):
    """The answer goes on in another way than asked, for example without the model."""

    kind: str


class AnswerEvent(AnswerBody):
    """The end: the answer as stored."""

    conversation_id: str
    turn_id: str
    language: Language
    notice: str | None
    nearest_topics: tuple[SuggestionBody, ...]
    follow_ups: tuple[str, ...]
    partial_text: str = Field(description="What a model had written before it failed.")

    @classmethod
    def of_turn(cls, turn: Turn) -> "AnswerEvent":
        """Return the event for a stored turn."""
        answer = turn.answer
        return cls(
            **dict(AnswerBody.of(answer)),
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            language=answer.language,
            notice=answer.notice.value if answer.notice else None,
            nearest_topics=tuple(SuggestionBody.of(topic) for topic in answer.nearest_topics),
            follow_ups=answer.follow_ups,
            partial_text=answer.partial_text,
        )


class ErrorBody(_Body):
    """What went wrong, in a sentence, and what to do about it."""

    error: str
    hint: str


class HealthBody(_Body):
    """Whether the library is open, and what is in it."""

    status: Literal["ok"]
    version: str
    mode: Literal["library", "model"]
    documents: int
    passages: int
    pending: int
    embedding_model: str
    vectors_ready: bool
