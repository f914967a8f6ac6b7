"""Model mode: the model writes, code checks every citation, and failure is a value that says why."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant.coach.citations import ResolvedText, provisional, resolve, without_numbers
from assistant.coach.prompting import answer_messages, repair_messages
from assistant.coach.types import NoticeKind, Token, Turn
from assistant.model.chat_model import ChatModel
from assistant.model.errors import (
    ModelCutOffError,
    ModelError,
    ModelRateLimitedError,
    ModelRefusedError,
    ModelTimedOutError,
)
from assistant.model.messages import Message
from knowledge.types import Hit, Language

_NOTICES: tuple[tuple[type[ModelError], NoticeKind], ...] = (
    (ModelRefusedError, NoticeKind.MODEL_REFUSED),
    (ModelRateLimitedError, NoticeKind.MODEL_RATE_LIMITED),
    (ModelTimedOutError, NoticeKind.MODEL_TIMED_OUT),
    (ModelCutOffError, NoticeKind.MODEL_CUT_OFF),
)


@dataclass(frozen=True, slots=True)
class ModelWritten:
    """An answer with at least one citation that holds."""

    resolved: ResolvedText
    raw_text: str
    repaired: bool = False
    """True when the model had to be asked twice; what was streamed is then not what stands."""


@dataclass(frozen=True, slots=True)
class ModelFailed:
    """Why there is no answer of the model, and what it had written, harmless and without numbers."""

    notice: NoticeKind
    partial_text: str
    error: ModelError | None = None


def write(
    question: str, hits: Sequence[Hit], turns: Sequence[Turn], language: Language, model: ChatModel
) -> Generator[Token, None, ModelWritten | ModelFailed]:
    """Yield the answer as it is written, safe to show; the generator's value is how it ended. Needs hits.

    Numbers in the tokens are those of `hits`, until the checked text replaces them. An answer without a single valid
    citation is asked for once more, silently.
    """
    asked = answer_messages(question, hits, turns, language)
    replied: list[str] = []
    try:
        for piece in provisional(_kept(model.stream(asked), replied), hits):
            yield Token(piece)
    except ModelError as error:
        return ModelFailed(notice_of(error), without_numbers("".join(replied), hits), error)
    raw_text = "".join(replied)
    resolved = resolve(raw_text, hits, language)
    if resolved.citations:
        return ModelWritten(resolved, raw_text)
    return _repair(asked, raw_text, hits, language, model)


def resolve_partial(text: str, hits: Sequence[Hit], language: Language) -> ResolvedText:
    """Return what a person had read when they stopped the answer, with its citations checked."""
    return resolve(text, hits, language)


def notice_of(error: ModelError) -> NoticeKind:
    """Return what to tell the reader about a failure."""
    return next((kind for known, kind in _NOTICES if isinstance(error, known)), NoticeKind.MODEL_UNREACHABLE)


def _repair(
    asked: Sequence[Message], raw_text: str, hits: Sequence[Hit], language: Language, model: ChatModel
) -> ModelWritten | ModelFailed:
    partial_text = without_numbers(raw_text, hits)
    try:
        again = model.complete(repair_messages(asked, raw_text, hits, language))
    except ModelError as error:
        return ModelFailed(notice_of(error), partial_text, error)
    resolved = resolve(again, hits, language)
    if resolved.citations:
        return ModelWritten(resolved, again, repaired=True)
    return ModelFailed(NoticeKind.MODEL_UNUSABLE, partial_text)


def _kept(pieces: Iterator[str], kept: list[str]) -> Iterator[str]:
    for piece in pieces:
        kept.append(piece)
        yield piece
