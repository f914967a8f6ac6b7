"""What every test stands on: a clean environment, no network, and real stores and servers that end with the run."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: how long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.model_fixtures", "tests.starter_fixtures"]

_SETTINGS = ("SALESCOACH_", "OPENAI_")
_ADDRESSES = ("DATABASE_URL", "CHROMA_URL")
_CLOSED_PROXY = "http://127.0.0.1:9"
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "", None})


def pytest_configure() -> None:
    """End in good order when told to, so that no server outlives the run."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test its own library folder and no settings of the person who runs it.

    Child processes inherit a proxy that is not there, so that they too reach this machine alone.
    """
    from assistant.settings import Settings

    for name in list(os.environ):
        if name.upper().startswith(_SETTINGS) or name.upper() in _ADDRESSES:
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("SALESCOACH_HOME", str(tmp_path / "home"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, _CLOSED_PROXY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "localhost,127.0.0.1,::1")


@pytest.fixture(autouse=True)
def no_name_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to look up any name but this machine's; pytest-socket refuses the connections themselves."""
    genuine = socket.getaddrinfo

    def local_only(host: str | bytes | None, *args: object, **kwargs: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in _LOOPBACK_NAMES and not str(name).startswith("127."):
            raise socket.gaierror(socket.EAI_NONAME, f"tests do not look up {name!r}")
        return genuine(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", local_only)


@pytest.fixture(scope="session")
def embedder():
    """The built-in embedding model, loaded once."""
    from knowledge.embedding import builtin_minilm

    return builtin_minilm()


@pytest.fixture
def library(tmp_path: Path, embedder):
    """An empty, real library in a folder of its own."""
    from knowledge.opening import LibraryConfig, open_library

    opened = open_library(LibraryConfig(tmp_path / "home"), embedder)
    yield opened
    opened.close()


@pytest.fixture
def services():
    """All services over an empty library, in library mode."""
    from assistant.services import open_services
    from assistant.settings import Settings

    opened = open_services(Settings())
    yield opened
    opened.close()


# Servers ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server of this test run; mark such tests `postgres`.

    It listens on a Unix socket in its own folder, so that no port can clash.
    """
    binaries = _postgres_binaries()
    if binaries is None:
        _missing("PostgreSQL's server programs (Debian: postgresql)")
    user = _server_user()
    folder = Path(tempfile.mkdtemp(prefix="sc-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        _run_as(user, binaries / "initdb", "-D", folder / "data", "-U", "salescoach", "-A", "trust", "-E", "UTF8", "-N")
        options = ["-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        with subprocess.Popen(
            [binaries / "postgres", *options], user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                _wait_until(lambda: _postgres_is_ready(folder), server)
                yield f"postgresql+psycopg://salescoach@/postgres?host={folder}"
            finally:
                server.terminate()
                server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> str:
    """The address of a fresh, empty database on the server of this run."""
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return postgres_url.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server; mark such tests `chroma_server`. It is shared: use names of your own."""
    port = free_port()
    folder = tmp_path_factory.mktemp("chroma")
    program = Path(sys.executable).with_name("chroma")
    command = [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_until(lambda: _listens(port), server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_binaries() -> Path | None:
    found = shutil.which("initdb")
    if found and os.geteuid() != 0:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    return Path(found).resolve().parent if found else None


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: name another user then."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _postgres_is_ready(folder: Path) -> bool:
    import psycopg

    try:
        psycopg.connect(f"postgresql://salescoach@/postgres?host={folder}").close()
    except psycopg.OperationalError:
        return False
    return True


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _run_as(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, user=user, check=True, stdout=subprocess.DEVNULL, cwd="/", env={"PATH": os.defpath})


def _wait_until(is_ready: Callable[[], bool], server: "subprocess.Popen[bytes]", patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while not is_ready():
        if server.poll() is not None:
            pytest.fail(f"{server.args!r} ended with code {server.returncode}")
        if time.monotonic() > deadline:
            pytest.fail(f"{server.args!r} did not start within {patience:.0f} s")
        time.sleep(0.1)


def _missing(what: str) -> None:
    """Skip where a developer lacks a program; fail under `make test`, which installs it."""
    if os.environ.get("NEED_TEST_SERVERS"):
        pytest.fail(f"{what} must be installed")
    pytest.skip(f"{what} must be installed")
