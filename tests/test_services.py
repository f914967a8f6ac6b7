import time

import pytest

from assistant import services as composition
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.services import open_services
from assistant.settings import Settings
from knowledge.errors import EmbeddingError, LibraryInUseError, StoreError
from knowledge.opening import LibraryConfig, open_library
from tests.builders import make_document


class BreakingEmbedder:
    """The built-in model, until it is asked for vectors."""

    def __init__(self, whole):
        self.identity = whole.identity
        self.languages = whole.languages

    def embed(self, texts):
        raise EmbeddingError("The power went out.")


@pytest.fixture
def interrupted(embedder):
    """A library whose one document was left half indexed."""
    library = open_library(LibraryConfig(Settings().home), BreakingEmbedder(embedder))
    with pytest.raises(EmbeddingError):
        library.replace(*make_document("note.md", ["Ask what the price is compared with."]))
    library.close()


def test_the_library_belongs_to_one_process_until_it_is_closed():
    first = open_services(Settings())

    with pytest.raises(LibraryInUseError):
        open_services(Settings())
    first.close()

    open_services(Settings()).close()


def test_nothing_stays_open_when_opening_fails_half_way(monkeypatch):
    def fail(*_args, **_kwargs):
        raise StoreError("The conversations are gone.")

    with monkeypatch.context() as broken:
        broken.setattr(composition, "ConversationStore", fail)
        with pytest.raises(StoreError):
            open_services(Settings())

    open_services(Settings()).close()


def test_the_personal_account_can_keep_conversations_at_once(services):
    conversation = services.conversations.create(PERSONAL_ACCOUNT, "A first question")

    assert services.conversations.list(PERSONAL_ACCOUNT) == [conversation]


def test_without_an_endpoint_there_is_no_model(services):
    assert services.model is None


def test_an_endpoint_gives_model_mode_and_its_key_is_never_shown(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

    opened = open_services(Settings())

    assert opened.model is not None
    assert "sk-secret" not in repr(opened)
    opened.close()


def test_limits_come_from_the_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("SALESCOACH_INGEST__MAX_MEGABYTES", "1")
    (tmp_path / "long.txt").write_text("word " * 300_000)
    opened = open_services(Settings())

    report = opened.ingest.add(str(tmp_path / "long.txt"))

    assert report.failed[0].error is not None
    assert "SALESCOACH_INGEST__MAX_MEGABYTES" in report.failed[0].error.hint
    opened.close()


@pytest.mark.usefixtures("interrupted")
def test_an_interruption_is_finished_before_a_command():
    seen = []

    opened = open_services(Settings(), progress=lambda done, total: seen.append((done, total)))

    assert opened.library.statistics().pending == 0
    assert seen[-1] == (1, 1)
    opened.close()


@pytest.mark.usefixtures("interrupted")
def test_an_interruption_is_finished_behind_the_pages():
    opened = open_services(Settings())

    deadline = time.monotonic() + 60
    while opened.library.statistics().pending and time.monotonic() < deadline:
        time.sleep(0.05)

    assert [document.title for document in opened.library.documents()] == ["note.md"]
    opened.close()


def test_closing_does_not_wait_for_a_long_job_to_end():
    class Endless:
        calls = 0

        def finish_pending(self, progress):
            while True:
                self.calls += 1
                progress(1, 2)

    library = Endless()

    stop = composition._finish(library, None)
    while not library.calls:
        time.sleep(0.01)
    stop()

    calls = library.calls
    time.sleep(0.05)
    assert library.calls == calls
