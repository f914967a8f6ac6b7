"""A chat model at an OpenAI-compatible endpoint: when to try again, and when to give up.

What goes over the wire and what its failures mean is in `openai_wire`.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from assistant.model.errors import (
    ModelCutOffError,
    ModelError,
    ModelRateLimitedError,
    ModelRefusedError,
    ModelUnreachableError,
)
from assistant.model.messages import Message
from assistant.model.thinking import without_thinking
from assistant.settings import ModelSettings

if TYPE_CHECKING:
    from assistant.model.openai_wire import Wire

_FIRST_PAUSE = 0.5
# Someone is waiting: the library's answer now is worth more than the model's in half a minute.
_LONGEST_PAUSE = 8.0

_CHECK = (Message("user", "Reply with one word: ready."),)


class OpenAIChatModel:
    """Streams replies; tries again only as long as nothing of a reply was seen."""

    def __init__(self, name: str, *, base_url: str, api_key: str, settings: ModelSettings) -> None:
        self.name = name
        self._base_url = base_url
        self._api_key = api_key
        self._settings = settings
        self._temperature: float | None = settings.temperature
        self._wire: Wire | None = None

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply in pieces.

        Raises:
            ModelError: The subclass says what went wrong; pieces that were yielded before stand.
        """
        yield from without_thinking(self._pieces(messages))

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole reply.

        Raises:
            ModelError: The subclass says what went wrong.
        """
        return "".join(self.stream(messages))

    def check(self) -> None:
        """Return when the endpoint replies with this key and model.

        Raises:
            ModelError: The subclass says what went wrong.
        """
        reply = self.stream(_CHECK)
        next(reply, None)

    def _pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        for attempt in count():
            begun = False
            try:
                for piece in self._connected().stream(messages):
                    begun = True
                    yield piece
            except (ModelUnreachableError, ModelRateLimitedError, ModelCutOffError) as error:
                pause = _pause(error, attempt)
                if begun or attempt >= self._settings.max_retries or pause > _LONGEST_PAUSE:
                    raise
                time.sleep(pause)
            except ModelRefusedError as error:
                # Reasoning models accept no temperature but their own; the endpoint names the parameter.
                if error.details.get("parameter") != "temperature" or self._temperature is None:
                    raise
                self._temperature, self._wire = None, None
            else:
                return

    def _connected(self) -> "Wire":
        if not self._base_url and not self._api_key:
            raise ModelRefusedError(
                f"The model {self.name!r} needs a key or the address of an endpoint.",
                hint="Set OPENAI_API_KEY, or OPENAI_BASE_URL for another endpoint.",
                model=self.name,
            )
        if not self._api_key.isascii() or not self._api_key.isprintable():
            raise ModelRefusedError("The key holds characters that no key has.", hint="Copy OPENAI_API_KEY once more.")
        wire = self._wire
        if wire is None:
            # langchain and openai take seconds to import: library mode and the first page do without.
            from assistant.model.openai_wire import Wire

            wire = Wire(
                self.name,
                base_url=self._base_url,
                api_key=self._api_key,
                settings=self._settings,
                temperature=self._temperature,
            )
            self._wire = wire
        return wire


def _pause(error: ModelError, attempt: int) -> float:
    if isinstance(error, ModelRateLimitedError) and error.retry_after is not None:
        return error.retry_after
    return float(_FIRST_PAUSE * 2**attempt)
