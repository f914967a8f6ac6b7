"""The real app in a process of its own, and a real Chromium that may reach nothing else."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "knowledge" / "starter"
TEXTS = ("articles/{}/price-objection.md", "articles/{}/past-the-gatekeeper.md", "cases/{}/case-too-expensive.yaml")
PATIENCE_SECONDS = 120
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Without these, Chromium looks for its maker's hosts at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with a few starter texts in both languages."""
    home = tmp_path_factory.mktemp("browser") / "home"
    files = [str(STARTER / text.format(language)) for text in TEXTS for language in ("nl", "en")]
    subprocess.run(
        [sys.executable, "-m", "assistant.cli", "add", *files],
        cwd=ROOT,
        env=environment(home),
        check=True,
        capture_output=True,
    )
    return home


@pytest.fixture(scope="session")
def app(library_home: Path) -> Iterator[str]:
    """The address of the running app, in library mode."""
    with running_app(library_home) as address:
        yield address


@contextmanager
def running_app(home: Path, **settings: str) -> Iterator[str]:
    """Run the app on a free port; ends that one process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    log = home.parent / f"app-{port}.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=environment(home, **settings), stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_stcore/health", process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Return what a person with a clean machine would have, and nothing of this one's settings."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home.parent),
        "LANG": "C.UTF-8",
        "SALESCOACH_HOME": str(home),
        "SALESCOACH_STARTER": "false",
        "no_proxy": "127.0.0.1,localhost",
        "https_proxy": "http://127.0.0.1:9",
        **settings,
    }


def wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the app ended with code {process.returncode}:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(address):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("Chromium must be installed (Debian: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One person at one screen."""

    page: Page
    app: str
    strangers: list[str] = field(default_factory=list)
    """Requests to any other place than the app."""

    def open(self, path: str = "/") -> Page:
        self.page.goto(f"{self.app}{path}")
        expect(self.page.locator("h1, .sc-question").first).to_be_visible()
        return self.page

    def ask(self, question: str) -> None:
        self.page.locator("[data-testid=stChatInput] textarea").fill(question)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("[class*=st-key-answer-]").last).to_be_visible()

    def note_stranger(self, request: Request) -> None:
        if not request.url.startswith((self.app, self.app.replace("http", "ws"), "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Come in with a language, a screen and a theme; afterwards nothing may have been fetched from elsewhere."""
    visits: list[Visit] = []

    def come_in(app: str, *, locale: str = "nl-NL", screen: dict[str, int] = DESKTOP, theme: str = "light") -> Visit:
        context = chromium.new_context(viewport=screen, locale=locale, color_scheme=theme)
        made = Visit(context.new_page(), app)
        made.page.on("request", made.note_stranger)
        visits.append(made)
        return made

    yield come_in
    for one in visits:
        one.page.context.close()
    assert [stranger for one in visits for stranger in one.strangers] == []
