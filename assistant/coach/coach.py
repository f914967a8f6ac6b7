"""One question to step events and one Answer: rewrite, find evidence, write, check citations, suggest, store."""

import time
import uuid
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from assistant.coach import evidence, follow_ups, library_answer, model_answer, rewriting, suggesting
from assistant.coach.conversations import ConversationStore
from assistant.coach.errors import EmptyQuestionError
from assistant.coach.frames import frame
from assistant.coach.types import (
    Answer,
    AnswerReady,
    CoachEvent,
    Mode,
    Notice,
    NoticeKind,
    PassagesFound,
    Step,
    StepFinished,
    StepStarted,
    Token,
    Turn,
)
from assistant.model.chat_model import ChatModel
from assistant.model.errors import ModelError
from knowledge.library import Library
from knowledge.text import detect_query_language
from knowledge.types import Evidence, Hit, Language, SearchResult

_LOOKED_AT = 16
_REMEMBERED_TURNS = 6
_LONGEST_QUESTION = 2000

_T = TypeVar("_T")
_Steps = Generator[CoachEvent, None, _T]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that is known before searching."""

    question: str
    language: Language
    account_id: str
    conversation_id: str
    turns: Sequence[Turn]
    search_question: str = ""
    failure: ModelError | None = None
    """What went wrong when the model was asked to rewrite; it is then not waited for a second time."""


class Coach:
    """Answers questions from the library; with a language model when there is one, without inventing either way."""

    def __init__(
        self,
        library: Library,
        conversations: ConversationStore,
        model: ChatModel | None = None,
        *,
        owned_books: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._library = library
        self._conversations = conversations
        self._model = model
        self._owned_books = owned_books

    def ask(
        self, question: str, *, account_id: str, conversation_id: str | None = None, language: Language | None = None
    ) -> Turn:
        """Return the stored turn; the same as draining `answer`."""
        events = self.answer(question, account_id=account_id, conversation_id=conversation_id, language=language)
        return next(event.turn for event in events if isinstance(event, AnswerReady))

    def answer(
        self, question: str, *, account_id: str, conversation_id: str | None = None, language: Language | None = None
    ) -> Iterator[CoachEvent]:
        """Yield what happens until `AnswerReady`, which carries the stored turn.

        `language` is the asker's when the question itself does not tell. Without `conversation_id` a conversation is
        begun. Raises EmptyQuestionError, ConversationNotFoundError, StoreError; a failing model only changes the mode.
        """
        asked = self._begin(question, account_id, conversation_id, language)
        if rewriting.small_talk(asked.question, asked.language):
            yield from self._finish(asked, _small_talk(asked.language))
            return
        standalone = yield from _step("rewrite", lambda: self._standalone(asked))
        asked = replace(asked, search_question=standalone.question, failure=standalone.error)
        found = yield from _step("find_evidence", lambda: self._find(asked))
        hits = evidence.quotable(found.hits, asked.language, self._library)
        yield PassagesFound(hits, found.evidence if hits else Evidence.NONE)
        if found.evidence is Evidence.NONE or not hits:
            yield from self._finish(asked, self._no_evidence(asked, found))
            return
        written = yield from self._write(asked, found, hits)
        answer = yield from _step("suggest", lambda: self._suggest(asked, found, written))
        yield from self._finish(asked, answer)

    def _begin(self, question: str, account_id: str, conversation_id: str | None, language: Language | None) -> _Asked:
        text = " ".join(question.split())
        if not any(char.isalnum() for char in text) or len(text) > _LONGEST_QUESTION:
            raise EmptyQuestionError(f"A question needs words, and at most {_LONGEST_QUESTION} characters.")
        if conversation_id is None:
            conversation_id = self._conversations.create(account_id, text).id
        turns = self._conversations.turns(account_id, conversation_id)[-_REMEMBERED_TURNS:]
        spoken = detect_query_language(text, language or "en")
        return _Asked(text, spoken, account_id, conversation_id, turns)

    def _standalone(self, asked: _Asked) -> rewriting.Standalone:
        return rewriting.standalone(asked.question, asked.turns, self._model)

    def _find(self, asked: _Asked) -> SearchResult:
        return self._library.search(asked.search_question, top=_LOOKED_AT, language=asked.language)

    def _write(self, asked: _Asked, found: SearchResult, hits: tuple[Hit, ...]) -> _Steps[Answer]:
        """Write with the model where there is one; the library's own sentences otherwise or when it fails."""
        if self._model is None or asked.failure is not None:
            composed = yield from _step("write", lambda: self._compose(asked, found, hits))
            return (yield from _with_notice(composed, asked.failure))
        streamed: list[str] = []
        try:
            yield StepStarted("write")
            began = time.monotonic()
            writing = model_answer.write(asked.search_question, hits, asked.turns, asked.language, self._model)
            outcome = yield from _remember(writing, streamed)
            yield StepFinished("write", time.monotonic() - began)
        except GeneratorExit:
            # The person pressed stop: keep what they have read, with its citations checked.
            if streamed:
                self._store(asked, self._stopped(asked, found, hits, "".join(streamed)))
            raise
        if isinstance(outcome, model_answer.ModelFailed):
            yield Notice(outcome.notice)
            composed = self._compose(asked, found, hits)
            return replace(composed, notice=outcome.notice, partial_text=outcome.partial_text)
        resolved = outcome.resolved
        return Answer(resolved.text, Mode.MODEL, found.evidence, asked.language, resolved.citations)

    def _compose(self, asked: _Asked, found: SearchResult, hits: Sequence[Hit]) -> Answer:
        extracts = self._library.extract(asked.search_question, hits, asked.language)
        notice = None if found.vectors_used else NoticeKind.VECTORS_REBUILDING
        if not extracts:
            return replace(self._no_evidence(asked, found), notice=notice)
        composed = library_answer.compose(extracts, found.evidence, asked.language)
        return Answer(composed.text, Mode.LIBRARY, found.evidence, asked.language, composed.citations, notice=notice)

    def _stopped(self, asked: _Asked, found: SearchResult, hits: Sequence[Hit], text: str) -> Answer:
        resolved = model_answer.resolve_partial(text, hits, asked.language)
        return Answer(
            resolved.text, Mode.MODEL, found.evidence, asked.language, resolved.citations, notice=NoticeKind.STOPPED
        )

    def _no_evidence(self, asked: _Asked, found: SearchResult) -> Answer:
        self._conversations.record_gap(asked.account_id, asked.question, asked.language)
        topics = suggesting.nearest_topics(found.hits, asked.language, self._library)
        text = frame(asked.language).none
        return Answer(text, Mode.LIBRARY, Evidence.NONE, asked.language, nearest_topics=topics)

    def _suggest(self, asked: _Asked, found: SearchResult, answer: Answer) -> Answer:
        skills = suggesting.skills_of(found.hits)
        return replace(
            answer,
            practice=suggesting.practice_for(asked.search_question, skills, asked.language, self._library),
            reading=suggesting.reading_for(found.hits, answer.citations, asked.language, self._library),
            books=suggesting.books_for(found.hits, asked.language, self._library, self._owned_books()),
            follow_ups=follow_ups.for_skills(found.hits, asked.language, (asked.question, *_questions(asked.turns))),
        )

    def _finish(self, asked: _Asked, answer: Answer) -> Iterator[CoachEvent]:
        turn = yield from _step("store", lambda: self._store(asked, answer))
        yield AnswerReady(turn)

    def _store(self, asked: _Asked, answer: Answer) -> Turn:
        """Store before showing: a shown answer is a stored answer."""
        turn = Turn(
            id=uuid.uuid4().hex,
            conversation_id=asked.conversation_id,
            question=asked.question,
            search_question=asked.search_question or asked.question,
            answer=answer,
            asked_at=datetime.now(UTC),
        )
        self._conversations.append(asked.account_id, turn)
        return turn


def _step(name: Step, work: Callable[[], _T]) -> _Steps[_T]:
    yield StepStarted(name)
    began = time.monotonic()
    result = work()
    yield StepFinished(name, time.monotonic() - began)
    return result


def _with_notice(answer: Answer, failure: ModelError | None) -> _Steps[Answer]:
    """Say why the library answers where the model was expected to."""
    if failure is None:
        return answer
    notice = model_answer.notice_of(failure)
    yield Notice(notice)
    return replace(answer, notice=notice)


def _remember(writing: Generator[Token, None, _T], streamed: list[str]) -> _Steps[_T]:
    """Pass tokens on and keep them, so that nothing is lost when the person stops."""
    while True:
        try:
            token = next(writing)
        except StopIteration as stop:
            result: _T = stop.value
            return result
        streamed.append(token.text)
        yield token


def _small_talk(language: Language) -> Answer:
    text = frame(language).small_talk
    return Answer(text, Mode.LIBRARY, Evidence.NONE, language, is_small_talk=True)


def _questions(turns: Sequence[Turn]) -> list[str]:
    return [turn.question for turn in turns]
