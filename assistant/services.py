"""The composition root: builds every service from the settings, once for a process.

Constructors below this module take plain values; secrets are opened here, on their way into an adapter.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from assistant.coach.coach import Coach
from assistant.coach.conversations import ConversationStore
from assistant.model.chat_model import ChatModel, make_chat_model
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.people.bookcase import Bookcase
from assistant.settings import IngestSettings, Settings
from ingest.limits import IngestLimits
from ingest.pipeline import Ingest
from knowledge.database import open_database
from knowledge.embedding import make_embedder
from knowledge.errors import SalescoachError
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.opening import LibraryConfig, open_library
from knowledge.ready_vectors import ReadyEmbedder, starter_vectors

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with passages done and passages in all."""


@dataclass(frozen=True)
class Services:
    """What the pages, the interface for programs and the command line work with; safe to share between threads."""

    settings: Settings
    library: Library
    ingest: Ingest
    glossary: Glossary
    conversations: ConversationStore
    bookcase: Bookcase
    coach: Coach
    model: ChatModel | None
    """None in library mode."""
    release: Callable[[], None] = field(repr=False)

    def warm_up(self) -> None:
        """Load what the first search needs (Chroma, the embedding model, the glossary), so that nobody waits for it.

        Raises:
            SalescoachError: one of them cannot be opened.
        """
        self.library.search("warm up")

    def close(self) -> None:
        """Let go of the library's folder and the database."""
        self.release()


def open_services(settings: Settings, *, progress: Progress | None = None) -> Services:
    """Return the services over the library that the settings name.

    What an interruption left is finished before this returns when `progress` is given, else in the background.

    Raises:
        SalescoachError: The library is in use, or one of its stores or models cannot be opened.
    """
    key, base_url = settings.openai_api_key.get_secret_value(), settings.openai_base_url
    database = settings.database_url or f"sqlite:///{settings.home / 'catalog.sqlite3'}"
    glossary = Glossary.load()
    library = open_library(
        LibraryConfig(
            home=settings.home,
            database_url=database,
            chroma_url=settings.chroma_url,
            batch_size=settings.embedding.batch_size,
        ),
        ReadyEmbedder(make_embedder(settings.embedding.model, api_key=key, base_url=base_url), starter_vectors()),
        glossary,
    )
    with ExitStack() as opened:
        opened.callback(library.close)
        engine = open_database(database)
        opened.callback(engine.dispose)
        opened.callback(_finish(library, progress))
        conversations = ConversationStore(engine, accounts=[PERSONAL_ACCOUNT])
        bookcase = Bookcase(engine)
        model = make_chat_model(settings.model, key, base_url)
        return Services(
            settings=settings,
            library=library,
            ingest=Ingest(library, _limits(settings.ingest)),
            glossary=glossary,
            conversations=conversations,
            bookcase=bookcase,
            coach=Coach(library, conversations, model, owned_books=bookcase.owned),
            model=model,
            release=opened.pop_all().close,
        )


def _limits(settings: IngestSettings) -> IngestLimits:
    return IngestLimits(max_megabytes=settings.max_megabytes, max_characters=settings.max_characters)


class _StopFinishing(Exception):  # noqa: N818 - a signal, not an error
    """Raised inside the library's progress callback: the rest is finished at the next start."""


def _finish(library: Library, progress: Progress | None) -> Callable[[], None]:
    """Finish what an interruption left, now or in a thread; returns what stops the thread."""
    if progress is not None:
        library.finish_pending(progress)
        return lambda: None
    stopping = threading.Event()

    def stop_when_asked(_done: int, _total: int) -> None:
        if stopping.is_set():
            raise _StopFinishing

    def finish() -> None:
        try:
            library.finish_pending(stop_when_asked)
        except _StopFinishing:
            logger.info("stopped before everything was finished")
        except SalescoachError as error:
            logger.warning("cannot finish what an interruption left: %s", error)

    thread = threading.Thread(target=finish, name="finish-pending", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        thread.join()

    return stop
