"""The services behind the pages: opened once for the process, and the starter library indexed where it is missing."""

import logging
import threading
import time
from typing import TYPE_CHECKING

import streamlit as st

from assistant.settings import Settings
from assistant.ui.ingest_progress import IngestProgress
from assistant.ui.wording import Wording
from knowledge.errors import SalescoachError
from knowledge.types import Collection, Document

if TYPE_CHECKING:
    from assistant.services import Services

logger = logging.getLogger(__name__)

_WARM_UP_WITHOUT_PAGE_SECONDS = 5.0
_BROWSER_DRAWS_SECONDS = 1.0


def _close(services: "Services") -> None:
    services.close()


@st.cache_resource(show_spinner=False)
def get_settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()


@st.cache_resource(show_spinner=False, on_release=_close)
def get_services() -> "Services":
    """Return the services of this process, opened at the first call.

    Raises:
        SalescoachError: they cannot be opened; the next call tries again.
    """
    # Chroma, ONNX and LangChain take a second to load; the server listens meanwhile (docs/decisions/fast-start.md).
    from assistant.services import open_services

    return open_services(get_settings())


def open_services_early() -> None:
    """Begin opening the services in the background, so that the first page need not wait for all of it.

    What only a search needs is loaded after the first page, or when none was asked for within a few seconds.
    """
    threading.Thread(target=_open_quietly, name="open-services", daemon=True).start()


def note_page_shown() -> None:
    """Note that a page was shown: the processor is free for what the first search needs."""
    _page_shown().set()


@st.cache_resource(show_spinner=False)
def _page_shown() -> threading.Event:
    return threading.Event()


def _open_quietly() -> None:
    try:
        services = get_services()
        if _page_shown().wait(timeout=_WARM_UP_WITHOUT_PAGE_SECONDS):
            time.sleep(_BROWSER_DRAWS_SECONDS)
        services.warm_up()
    except SalescoachError as error:
        # Every page tries again, and shows what is wrong.
        logger.warning("Cannot open the library or its search: %s", error)


def close_services() -> None:
    """Close the services when they were opened, so that another process may open the library."""
    get_services.clear()


class _Starter:
    """Whether this process has seen to the starter library; one session does, the others wait."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done = threading.Event()


@st.cache_resource(show_spinner=False)
def _starter() -> _Starter:
    return _Starter()


def prepare_starter(services: "Services", wording: Wording) -> None:
    """Index the starter library with visible progress when it is wanted and none of it is there yet.

    `salescoach run` does this before the pages start, and also brings in newer versions of the texts.
    """
    starter = _starter()
    if starter.done.is_set() or not services.settings.starter:
        return
    with starter.lock:
        if not starter.done.is_set() and not has_starter(services.library.documents()):
            _index_starter(services, wording)
        starter.done.set()


def _index_starter(services: "Services", wording: Wording) -> None:
    place = st.empty()
    with place.container():
        st.subheader(wording("starter.title"))
        st.write(wording("starter.explanation"))
        services.ingest.sync_starter(IngestProgress(wording))
    place.empty()


def has_starter(documents: list[Document]) -> bool:
    """Return whether texts of the starter library are among the documents."""
    return any(document.collection is Collection.STARTER for document in documents)
