"""Runs the pages in Streamlit's simulator, on stand-in services."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from assistant.coach.types import Answer
from assistant.services import Services
from knowledge.types import Document
from tests.ui import fakes
from tests.ui.samples import FULL

SCRIPT = Path(__file__).resolve().parents[2] / "assistant" / "ui" / "script.py"
TIMEOUT = 30

Open = Callable[..., AppTest]


@pytest.fixture
def services_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Make the pages run on stand-in services; returns what makes them."""
    made: list[Services] = []

    def make(**kwargs: Any) -> Services:
        services = fakes.make_services(tmp_path, **kwargs)
        made.append(services)
        monkeypatch.setattr("assistant.services.open_services", lambda _settings: services)
        return services

    st.cache_resource.clear()
    yield make
    st.cache_resource.clear()
    for services in made:
        services.close()


@pytest.fixture
def open_page(services_for: Callable[..., Services]) -> Open:
    """Open a page in a language: `open_page("library", "nl", doc="d-book")`."""

    def open_it(
        page: str = "ask",
        language: str = "nl",
        *,
        documents: Sequence[Document] = FULL,
        answers: Sequence[Answer] = (),
        services: Services | None = None,
        **address: str,
    ) -> AppTest:
        if services is None:
            services_for(documents=documents, answers=answers)
        test = AppTest.from_file(SCRIPT, default_timeout=TIMEOUT)
        test.context["locale"] = "nl-NL" if language == "nl" else "en-GB"
        test.run()
        if page != "ask":
            # The simulator's own way knows pages in files only; Streamlit knows a page by a hash of its address.
            test._page_hash = calc_hash(page)
        for name, value in address.items():
            test.query_params[name] = value
        return test.run()

    return open_it


def texts(test: AppTest) -> str:
    """Return everything that is written on the page."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "error",
        "success",
        "metric",
    )
    found = [
        getattr(element, "value", "") or getattr(element, "body", "") for kind in kinds for element in test.get(kind)
    ]
    labels = [button.label for button in test.button]
    expanders = [expander.label for expander in test.expander]
    return "\n".join(str(text) for text in (*found, *pieces(test), *labels, *expanders))


def pieces(test: AppTest) -> list[str]:
    """Return the pieces of HTML on the page, without the style sheets."""
    return [element.value for element in test.get("html") if not element.value.startswith("<style>")]


def press(test: AppTest, key: str) -> AppTest:
    """Press the button with a key and run."""
    return test.button(key=key).click().run()


def press_in_dialog(test: AppTest, opener: str, key: str) -> AppTest:
    """Press a button in an open dialog: the simulator runs the whole page, so the opener is pressed along with it."""
    test.button(key=opener).click()
    return press(test, key)
