"""How long a person waits: from `salescoach run` to the first page, for a page change, and for a search.

    python -m bench.startup [--add PATH ...] [--rounds 3]

Indexes the starter texts and what `--add` names in a folder of its own, then starts the app anew in each round, as a
person would, with a real browser where Chromium and Playwright are there. Prints one JSON object, in milliseconds.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PROGRAM = Path(sys.executable).with_name("salescoach")
_PATIENCE_SECONDS = 120.0
_READY = "[data-testid='stChatInput']"
_QUESTIONS = (
    "De klant zegt dat we te duur zijn, wat nu?",
    "How do I get past the secretary?",
    "Hoe open ik een eerste gesprek?",
    "What do I ask to find out what matters to the customer?",
)

Round = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--add", nargs="*", default=[], metavar="PATH", help="documents to index besides the starter")
    parser.add_argument("--rounds", type=int, default=3, help="how often the app is started")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="salescoach-bench-") as home, _browser() as browser:
        environment = {**os.environ, "SALESCOACH_HOME": home}
        _start_once(environment)
        for path in arguments.add:
            subprocess.run([_PROGRAM, "add", path], env=environment, check=True, stdout=sys.stderr)
        rounds = [_round(environment, browser) for _ in range(arguments.rounds)]
        print(json.dumps({**_library(environment), **_summary(rounds)}, indent=2))


def _summary(rounds: list[Round]) -> dict[str, object]:
    names = rounds[0].keys()
    values = {name: [value for measured in rounds for value in measured[name]] for name in names}
    return {
        name: {"median": round(statistics.median(found)), "worst": round(max(found)), "n": len(found)}
        for name, found in values.items()
        if found
    }


def _library(environment: dict[str, str]) -> dict[str, object]:
    ran = subprocess.run(
        [_PROGRAM, "list", "--summary", "--json"], env=environment, check=True, capture_output=True, text=True
    )
    counts = json.loads(ran.stdout)
    return {"documents": counts["documents"], "passages": counts["passages"]}


def _start_once(environment: dict[str, str]) -> None:
    """Index the starter texts, by starting and stopping the app."""
    with _app(environment) as address:
        _wait_for(f"{address}/api/health", patience=900)


def _round(environment: dict[str, str], browser: "Browser | None") -> Round:
    began = time.perf_counter()
    with _app(environment) as address:
        _wait_for(f"{address}/_stcore/health")
        measured: Round = {"start_to_server_ms": [_since(began)], "start_to_first_page_ms": [], "page_change_ms": []}
        if browser is not None:
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector(_READY)
            measured["start_to_first_page_ms"] = [_since(began)]
            measured["page_change_ms"] = _page_changes(page)
            page.close()
        measured["search_ms"] = _searches(address)
    return measured


def _page_changes(page: "Page") -> list[float]:
    """Return how long each page of the menu takes to appear; the first visit of each is left out."""
    links = page.locator("[data-testid='stSidebarNavLink']")
    times: list[float] = []
    for visit in range(3):
        for index in range(links.count()):
            target = links.nth((index + 1) % links.count())
            began = time.perf_counter()
            target.click()
            page.wait_for_function(
                "path => location.pathname === path && document.querySelector('[data-testid=stApp]')"
                ".getAttribute('data-test-script-state') === 'notRunning' && document.querySelector('h1')",
                arg=urllib.parse.urlsplit(target.get_attribute("href") or "").path,
                polling=20,
            )
            if visit:
                times.append(_since(began))
    return times


def _searches(address: str) -> list[float]:
    times: list[float] = []
    for question in (*_QUESTIONS, *_QUESTIONS, *_QUESTIONS):
        began = time.perf_counter()
        _get(f"{address}/api/search?{urllib.parse.urlencode({'q': question})}")
        times.append(_since(began))
    return times[len(_QUESTIONS) :]


@contextmanager
def _app(environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    command = [str(_PROGRAM), "run", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=sys.stderr) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


@contextmanager
def _browser() -> "Iterator[Browser | None]":
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        print("No Chromium or Playwright: pages are not measured.", file=sys.stderr)
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _wait_for(address: str, patience: float = _PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            _get(address)
        except OSError:
            time.sleep(0.02)
        else:
            return
    sys.exit(f"{address} did not answer within {patience:.0f} s")


def _get(address: str) -> None:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
        answer.read()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
