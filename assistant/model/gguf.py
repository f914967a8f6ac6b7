"""A model file on this machine, run by llama.cpp inside this process and spoken to like any other endpoint."""

import secrets
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from assistant.model.errors import LocalModelError
from assistant.model.messages import Message
from assistant.model.openai_chat import OpenAIChatModel
from assistant.settings import ModelSettings

# Room for the rules, eight passages, the conversation and an answer.
_CONTEXT_TOKENS = 8192
_SILENT = -1


class GgufChatModel:
    """Loads the file at the first question and keeps it as long as the process lives."""

    def __init__(self, path: Path, settings: ModelSettings) -> None:
        self.name = path.stem
        self._path = path
        self._settings = settings
        self._lock = Lock()
        self.address = ""
        """Where the model answers once it is loaded; every request needs its key."""
        self._server: object = None
        self._model: OpenAIChatModel | None = None

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply in pieces.

        Raises:
            LocalModelError: The file or the package that runs it is missing or unusable.
            ModelError: The subclass says what went wrong.
        """
        yield from self._loaded().stream(messages)

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole reply.

        Raises:
            ModelError: The subclass says what went wrong.
        """
        return self._loaded().complete(messages)

    def check(self) -> None:
        """Return when the model loads and replies.

        Raises:
            ModelError: The subclass says what went wrong.
        """
        self._loaded().check()

    def _loaded(self) -> OpenAIChatModel:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> OpenAIChatModel:
        if not self._path.is_file():
            raise LocalModelError(
                f"There is no model file at {str(self._path)!r}.",
                hint="Check the path in SALESCOACH_MODEL__NAME (gguf:PATH).",
                path=str(self._path),
            )
        if find_spec("xllamacpp") is None:
            raise LocalModelError(
                "The package that runs model files is not installed.", hint="pip install 'salescoach[local]'"
            )
        import xllamacpp

        # A key, because every program and web page on this machine can reach a loopback port.
        key = secrets.token_urlsafe()
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self._path)
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.api_keys = [key]
        parameters.cors_origins = "http://127.0.0.1"
        parameters.n_ctx = _CONTEXT_TOKENS
        parameters.n_parallel = 1
        parameters.ui = False
        parameters.endpoint_slots = False
        parameters.verbosity = _SILENT
        try:
            server = xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise LocalModelError(
                f"llama.cpp cannot load the model file {str(self._path)!r}.",
                hint="Check that it is a complete GGUF file of a chat model and that there is memory for it.",
                path=str(self._path),
            ) from error
        self._server = server  # it stops when nothing refers to it
        self.address = f"{server.listening_address}/v1"
        return OpenAIChatModel(self.name, base_url=self.address, api_key=key, settings=self._settings)
