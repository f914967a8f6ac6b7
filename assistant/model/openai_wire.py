"""The wire to an OpenAI-compatible endpoint: langchain's ChatOpenAI, and what its failures mean.

The only module that knows the types and exceptions of langchain, openai and its HTTP client. It never tries again:
`openai_chat` does. Importing it takes seconds, so nothing imports it before it is needed.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import httpx2
import openai
from langchain_core.exceptions import ContextOverflowError
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.model.errors import (
    ModelCutOffError,
    ModelError,
    ModelRateLimitedError,
    ModelRefusedError,
    ModelTimedOutError,
    ModelUnreachableError,
)
from assistant.model.messages import Message
from assistant.settings import ModelSettings

_OPENAI: Final = "https://api.openai.com/v1"
_LONGEST_CONNECT: Final = 10.0
# A reply may take this many times the longest silence altogether.
_SILENCES: Final = 10

# What ChatOpenAI lets through when the endpoint sends something else than the protocol: JSON that does not parse
# or validate, fields that are missing or of another type, no event at all.
_NOT_THE_PROTOCOL: Final = (ValueError, LookupError, TypeError, AttributeError)


class Wire:
    """One endpoint, one model, one HTTP client; safe to use from several threads."""

    def __init__(
        self, name: str, *, base_url: str, api_key: str, settings: ModelSettings, temperature: float | None
    ) -> None:
        address = base_url or _OPENAI
        host = _host(address)
        at_openai = host.endswith("openai.com")
        silence = settings.timeout_seconds
        self._chat = ChatOpenAI(
            model=name,
            base_url=address,
            # The client demands a key; local endpoints ignore it.
            api_key=SecretStr(api_key or "none"),
            streaming=True,
            stream_usage=False,
            use_responses_api=False,
            max_retries=0,
            timeout=httpx2.Timeout(silence, connect=min(silence, _LONGEST_CONNECT)),
            http_client=_http_client(host, silence),
            temperature=temperature,
            # ChatOpenAI sends OpenAI's newer name for the limit, which not every other endpoint knows.
            max_completion_tokens=settings.max_tokens if at_openai else None,
            extra_body=None if at_openai else {"max_tokens": settings.max_tokens},
        )

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of one reply.

        Raises:
            ModelError: The subclass says what went wrong.
        """
        conversation = [{"role": message.role, "content": message.content} for message in messages]
        finish = ""
        begun = False
        try:
            chunks = self._chat.stream(conversation)
            try:
                for chunk in chunks:
                    finish = str(chunk.response_metadata.get("finish_reason") or finish)
                    if text := str(chunk.text):
                        begun = True
                        yield text
            finally:
                _close(chunks)
        except openai.OpenAIError as error:
            raise _meaning(error, begun=begun) from error
        except _NOT_THE_PROTOCOL as error:
            raise _broken("does not speak the chat protocol", begun=begun) from error
        yield from _ending(finish, begun=begun)


class _Attentive(httpx2.SyncByteStream):
    """The bytes of a reply; ends one that keeps the line open without saying anything.

    The HTTP client's own timeout sees every byte as a sign of life, also the comments (`: ping`) that servers and
    proxies send to keep a connection open. Only the time spent waiting for the endpoint counts.
    """

    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request, silence: float) -> None:
        self._stream = stream
        self._request = request
        self._silence = silence

    def __iter__(self) -> Iterator[bytes]:
        silent = altogether = 0.0
        since = time.monotonic()
        for block in self._stream:
            waited = time.monotonic() - since
            silent += waited
            altogether += waited
            if silent > self._silence or altogether > self._silence * _SILENCES:
                raise openai.APITimeoutError(request=self._request)
            if not _is_comment(block):
                silent = 0.0
            yield block
            since = time.monotonic()

    def close(self) -> None:
        self._stream.close()


def _is_comment(block: bytes) -> bool:
    return all(line.startswith(b":") or not line.strip() for line in block.splitlines())


def _http_client(host: str, silence: float) -> httpx2.Client:
    def attend(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Attentive(response.stream, response.request, silence)

    # A proxy set for the internet cannot see this machine's own ports.
    trust_env = not _is_loopback(host)
    return openai.DefaultHttpxClient(event_hooks={"response": [attend]}, trust_env=trust_env)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise ModelUnreachableError(f"{address!r} is not the address of an endpoint.", address=address)
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _close(chunks: Iterator[object]) -> None:
    # A reply that nobody waits for any more must not keep the model busy.
    if isinstance(chunks, Generator):
        chunks.close()


def _meaning(error: openai.OpenAIError, *, begun: bool) -> ModelError:
    if isinstance(error, openai.APITimeoutError):
        return ModelTimedOutError("The language model did not answer in time.")
    if isinstance(error, openai.APIStatusError):
        return _meaning_of_status(error)
    if isinstance(error, ContextOverflowError):
        return ModelRefusedError("The question and its sources are too long for the language model.")
    if isinstance(error, openai.APIConnectionError):
        return _broken("cannot be reached", begun=begun)
    return _broken("failed", begun=begun)


def _meaning_of_status(error: openai.APIStatusError) -> ModelError:
    status = error.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ModelRateLimitedError(
            "The endpoint of the language model accepts no more requests now (HTTP 429).",
            retry_after=_seconds(error.response.headers.get("retry-after", "")),
        )
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT):
        return ModelTimedOutError(f"The language model did not answer in time (HTTP {status}).")
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return ModelRefusedError(
            f"The endpoint of the language model refuses the request (HTTP {status}).",
            status=str(status),
            parameter=error.param or "",
        )
    return ModelUnreachableError(f"The endpoint of the language model fails (HTTP {status}).", status=str(status))


def _broken(what: str, *, begun: bool) -> ModelError:
    if begun:
        return ModelCutOffError("The reply of the language model broke off.")
    return ModelUnreachableError(f"The endpoint of the language model {what}.")


def _ending(finish: str, *, begun: bool) -> Iterator[str]:
    """Yield what a reply that came to an end still lacks."""
    if not finish:
        raise ModelCutOffError("The reply of the language model stopped before its end.")
    if finish == "content_filter":
        raise ModelRefusedError("The endpoint's content filter stopped the language model.")
    if finish == "length" and begun:
        yield " …"


def _seconds(retry_after: str) -> float | None:
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        return None
