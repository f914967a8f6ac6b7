"""The port to a language model, and the choice of the adapter behind it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.model.gguf import GgufChatModel
from assistant.model.messages import Message, Role
from assistant.model.openai_chat import OpenAIChatModel
from assistant.settings import ModelSettings

DEFAULT_NAME = "gpt-4.1-mini"

_LOCAL_PREFIX = "gguf:"


class ChatModel(Protocol):
    """A language model that writes. Every method raises subclasses of `ModelError` and nothing else."""

    @property
    def name(self) -> str:
        """The model's name, as a person knows it."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply in pieces, as they arrive."""

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole reply."""

    def check(self) -> None:
        """Return when the model replies to a one-word question: the connection test of the Status page."""


def make_chat_model(settings: ModelSettings, api_key: str, base_url: str) -> ChatModel | None:
    """Return the model that the settings name; None means library mode.

    Nothing is contacted or loaded before the first question.
    """
    key, address = api_key.strip(), base_url.strip()
    name = settings.name.strip() or (DEFAULT_NAME if key or address else "")
    if not name:
        return None
    if name.startswith(_LOCAL_PREFIX):
        return GgufChatModel(Path(name.removeprefix(_LOCAL_PREFIX)).expanduser(), settings)
    return OpenAIChatModel(name, base_url=address, api_key=key, settings=settings)


__all__ = ["DEFAULT_NAME", "ChatModel", "Message", "Role", "make_chat_model"]
