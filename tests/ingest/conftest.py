"""A library in memory, adding documents to it, and a web server on this machine."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from tests.fakes import InMemoryLibrary


@pytest.fixture
def shelf() -> InMemoryLibrary:
    return InMemoryLibrary()


@pytest.fixture
def ingest(shelf: InMemoryLibrary) -> Ingest:
    return Ingest(shelf, IngestLimits(max_megabytes=5, request_seconds=5))


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A web site in memory; `requests` are the paths that were asked for."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.address + path

    def page(self, path: str, body: str | bytes, media: str = "text/html; charset=utf-8", status: int = 200) -> str:
        """Serve a page and return its address."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Type", media)
            request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        self.answers[path] = answer
        return self.url(path)

    def redirect(self, path: str, target: str) -> str:
        """Send visitors of `path` on to `target` and return the address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(302)
            request.send_header("Location", target)
            request.send_header("Content-Length", "0")
            request.end_headers()

        self.answers[path] = answer
        return self.url(path)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.requests.append(self.path)
            answer = served.answers.get(self.path)
            if answer:
                answer(self)
            else:
                self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


def article_page(title: str, body: str, *, author: str = "", head: str = "") -> str:
    """Return a web page with navigation around an article."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><meta name="author" content="{author}">{head}'
        "</head><body><nav><a href='/'>Home</a> <a href='/shop'>Shop</a></nav>"
        f"<article><h1>{title}</h1>{body}</article>"
        "<footer>All rights reserved. Cookie settings.</footer></body></html>"
    )
