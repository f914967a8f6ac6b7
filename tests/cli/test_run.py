import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.cli_browser import open_when_ready
from tests.conftest import free_port

PROGRAM = Path(sys.executable).with_name("salescoach")


def test_run_says_when_the_port_is_taken(salescoach):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ran = salescoach("run", "--port", port, "--no-browser")

    assert ran.code == 1
    assert f"Port {port} cannot be used" in ran.err
    assert "--port" in ran.err


@pytest.mark.slow
def test_run_indexes_the_starter_texts_then_serves_pages_and_routes(tmp_path):
    port = free_port()
    with _started(port, tmp_path) as server:
        try:
            health = _when_ready(f"http://127.0.0.1:{port}/api/health", server)
            page = httpx.get(f"http://localhost:{port}/")
            second = subprocess.run([PROGRAM, "list"], cwd=tmp_path, capture_output=True, text=True, check=False)
        finally:
            server.send_signal(signal.SIGTERM)
            said = server.communicate(timeout=60)[0]

    assert health["documents"] >= 40
    assert "<title>" in page.text
    assert second.returncode == 1
    assert "in use by another process" in second.stderr
    assert f"Salescoach: http://localhost:{port}" in said
    assert "Starter" in said or "added" in said

    again = free_port()
    with _started(again, tmp_path) as server:
        try:
            assert _when_ready(f"http://127.0.0.1:{again}/api/health", server) == health
        finally:
            server.send_signal(signal.SIGTERM)
            said = server.communicate(timeout=60)[0]
    assert "added" not in said
    assert "unchanged" not in said


def test_the_browser_opens_when_the_server_answers(monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"

        assert open_when_ready(address)

    assert opened == [address]


def _started(port, folder):
    return subprocess.Popen(
        [PROGRAM, "run", "--no-browser", "--port", str(port)],
        cwd=folder,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _when_ready(address, server):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert server.poll() is None, server.communicate()[0]
        try:
            return httpx.get(address, timeout=60).raise_for_status().json()
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer")
