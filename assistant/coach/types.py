"""The values of one coaching answer and the events that lead to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from knowledge.types import Evidence, Hit, Language


class Mode(StrEnum):
    """Who wrote the answer: the library's own sentences, or a language model over cited passages."""

    LIBRARY = "library"
    MODEL = "model"


class NoticeKind(StrEnum):
    """Why an answer differs from what was asked for; the page words it in the reader's language."""

    MODEL_UNREACHABLE = "model_unreachable"
    MODEL_REFUSED = "model_refused"
    MODEL_RATE_LIMITED = "model_rate_limited"
    MODEL_TIMED_OUT = "model_timed_out"
    MODEL_CUT_OFF = "model_cut_off"
    MODEL_UNUSABLE = "model_unusable"
    """The model's text carried no valid citation."""
    VECTORS_REBUILDING = "vectors_rebuilding"
    STOPPED = "stopped"
    """The person stopped the answer while it was being written."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim quote from one passage. Numbers start at 1, in order of appearance in the answer."""

    number: int
    passage_id: str
    document_id: str
    title: str
    authors: tuple[str, ...]
    heading_path: tuple[str, ...]
    page_first: int | None
    page_last: int | None
    quote: str
    """A verbatim piece of the passage."""
    language: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to do or read next: a practice case or another document."""

    document_id: str
    title: str
    summary: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class BookTip:
    """A book of the reading list, worth reading for the question although its text is not in the library."""

    book_id: str
    title: str
    authors: tuple[str, ...]
    year: int
    language: str
    note: str
    """What a seller takes from it, in the asker's language."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets for one question.

    `text` is plain Markdown (paragraphs, `**bold**` labels, lists) in which `[n]` refers to `citations`.
    With `Evidence.NONE` it has no citations and `nearest_topics` says what the library does know about.
    `partial_text` keeps what a model had streamed before it failed.
    """

    text: str
    mode: Mode
    evidence: Evidence
    language: Language
    citations: tuple[Citation, ...] = ()
    practice: tuple[Suggestion, ...] = ()
    reading: tuple[Suggestion, ...] = ()
    books: tuple[BookTip, ...] = ()
    nearest_topics: tuple[Suggestion, ...] = ()
    follow_ups: tuple[str, ...] = ()
    notice: NoticeKind | None = None
    partial_text: str = ""
    is_small_talk: bool = False
    """True for a greeting or a thank-you: nothing was searched, so missing evidence means nothing."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A thumb with an optional reason, given by the person who asked."""

    thumb: Literal["up", "down"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer, as stored: yesterday's answer shows yesterday's citations."""

    id: str
    conversation_id: str
    question: str
    search_question: str
    answer: Answer
    asked_at: datetime
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A named series of turns that belongs to one account."""

    id: str
    account_id: str
    title: str
    created_at: datetime
    updated_at: datetime


Step = Literal["rewrite", "find_evidence", "write", "suggest", "store"]


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step of the pipeline begins."""

    step: Step


@dataclass(frozen=True, slots=True)
class StepFinished:
    """A step of the pipeline is done; `seconds` is wall-clock time."""

    step: Step
    seconds: float


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """The evidence, before anything is written."""

    hits: tuple[Hit, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer's text as it is written. Numbers in it are provisional until `AnswerReady`."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The answer goes on in another way than asked, and why."""

    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class AnswerReady:
    """The end: the turn as stored."""

    turn: Turn


CoachEvent = StepStarted | StepFinished | PassagesFound | Token | Notice | AnswerReady

__all__ = [
    "Answer",
    "AnswerReady",
    "BookTip",
    "Citation",
    "CoachEvent",
    "Conversation",
    "Feedback",
    "Mode",
    "Notice",
    "NoticeKind",
    "PassagesFound",
    "Step",
    "StepFinished",
    "StepStarted",
    "Suggestion",
    "Token",
    "Turn",
]
