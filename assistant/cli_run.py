"""The command that starts the app: starter texts first, with progress; then Streamlit takes the process over."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.cli_library import opened_services
from assistant.cli_output import tell
from assistant.cli_settings import load_settings
from assistant.settings import Settings
from assistant.version import VERSION
from knowledge.errors import SalescoachError

APP = Path(__file__).resolve().parent.parent / "app.py"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_STAMP = "starter.stamp"


class StartError(SalescoachError):
    """The app cannot be started as asked."""


def run(host: str, port: int, *, open_browser: bool) -> None:
    """Index the starter texts when they changed, then become the web server; does not return."""
    _check_address(host, port)
    _index_starter(load_settings())
    address = f"http://{'localhost' if host != '::1' else '[::1]'}:{port}"
    tell(f"Salescoach: {address}  (stop with Ctrl+C)")
    if open_browser:
        _open_when_ready(address)
    command = [
        sys.executable, "-m", "streamlit", "run", str(APP),
        f"--server.address={host}", f"--server.port={port}",
        # Headless: Streamlit would otherwise ask for an e-mail address at its first start.
        "--server.headless=true", "--browser.gatherUsageStats=false",
    ]  # fmt: skip
    sys.stdout.flush()
    sys.stderr.flush()
    # Replaced instead of started, so that signals and the exit code are those of the server.
    os.execv(sys.executable, command)  # noqa: S606 - no shell, our own interpreter


def _check_address(host: str, port: int) -> None:
    if host not in _LOOPBACK:
        raise StartError(
            f"Salescoach does not listen on {host!r} yet: there is no sign-in, so anyone on the network could read "
            "and change the library.",
            hint="Use 127.0.0.1, localhost or ::1.",
        )
    if not APP.is_file():
        raise StartError("app.py is missing.", hint="Start from a clone of the repository, after 'make setup'.")
    try:
        with socket.socket(socket.AF_INET6 if host == "::1" else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StartError(
            f"Port {port} cannot be used: {error.strerror}.",
            hint=f"Salescoach may be running already at http://localhost:{port}; or choose another with --port.",
        ) from error


def _index_starter(settings: Settings) -> None:
    """Bring the starter texts up to date; skips opening the library when nothing changed since the last time."""
    stamp, fingerprint = settings.home / _STAMP, _starter_fingerprint(settings)
    if not settings.starter or (stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint):
        return
    from assistant.cli_progress import IngestProgress

    with opened_services() as services, IngestProgress("Starter texts") as progress:
        report = services.ingest.sync_starter(on_event=progress)
    for result in report.failed:
        tell(f"{result.name}: {result.error}")
    if not report.failed:
        stamp.write_text(fingerprint, encoding="utf-8")


def _starter_fingerprint(settings: Settings) -> str:
    """Return what the indexed starter texts depend on: the texts, the embedding model, the version, the stores."""
    digest = sha256(f"{VERSION} {settings.embedding.model} {settings.database_url} {settings.chroma_url}".encode())
    for content in _files(resources.files("knowledge") / "starter"):
        digest.update(sha256(content).digest())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        else:
            yield entry.name.encode() + entry.read_bytes()


def _open_when_ready(address: str) -> None:
    """Start a small process that outlives this one's program and opens the page when the server answers."""
    if sys.platform.startswith("linux") and not _Desktop().is_present:
        return
    subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "assistant.cli_browser", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class _Desktop(BaseSettings):
    """Whether there is a screen; without one `webbrowser` would start a text browser in this terminal."""

    model_config = SettingsConfigDict(extra="ignore")

    display: str = ""
    wayland_display: str = ""

    @property
    def is_present(self) -> bool:
        """True in a graphical session."""
        return bool(self.display or self.wayland_display)
