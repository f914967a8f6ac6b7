import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assistant.api import api_routes
from assistant.api_security import LocalOnly, is_loopback
from knowledge.errors import StoreError


@pytest.fixture
def client():
    """Routes over services that cannot be opened: 503 says that a request came through the guard."""

    def services():
        raise StoreError("closed")

    with TestClient(Starlette(routes=api_routes(services)), base_url="http://localhost:8501") as opened:
        yield opened


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "127.1.2.3", "[::1]:8501", "[::1]"])
def test_loopback_hosts_come_through(client, host):
    assert client.get("/api/health", headers={"Host": host}).status_code == 503


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "localhost.evil.example", "192.168.1.7", "0.0.0.1", "[::2]", "[", ""]
)
def test_other_hosts_are_refused(client, host):
    response = client.get("/api/health", headers={"Host": host})

    assert response.status_code == 403
    assert response.json()["error"]


@pytest.mark.parametrize("address", ["/api/docs", "/api/openapi.json", "/api/nothing"])
def test_every_address_is_guarded(client, address):
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_posts_of_other_pages_are_refused(client, headers):
    assert client.post("/api/ask", json={"question": "price?"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost:8501"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_posts_of_programs_and_own_pages_come_through(client, headers):
    assert client.post("/api/ask", json={"question": "price?"}, headers=headers).status_code == 503


def test_no_page_elsewhere_may_read_the_answers(client):
    response = client.get("/api/health", headers={"Origin": "http://evil.example"})

    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(("host", "expected"), [("LOCALHOST", True), ("localhost.", True), ("", False), ("1", False)])
def test_loopback_names(host, expected):
    assert is_loopback(host) is expected


@pytest.fixture
def whole_app():
    """An app guarded as a whole, with a connection such as the pages use."""

    async def connection(websocket):
        await websocket.accept()
        await websocket.send_text("welcome")
        await websocket.close()

    app = Starlette(routes=[WebSocketRoute("/stream", connection)], middleware=[Middleware(LocalOnly)])
    with TestClient(app, base_url="http://localhost:8501") as opened:
        yield opened


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost:8501"}])
def test_connections_of_own_pages_come_through(whole_app, headers):
    with whole_app.websocket_connect("ws://localhost:8501/stream", headers=headers) as connection:
        assert connection.receive_text() == "welcome"


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
def test_connections_of_other_pages_are_refused(whole_app, headers):
    with (
        pytest.raises(WebSocketDisconnect),
        whole_app.websocket_connect("ws://localhost:8501/stream", headers=headers),
    ):
        pass
