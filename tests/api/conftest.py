import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.api import api_routes
from assistant.services import open_services
from assistant.settings import ModelSettings, Settings
from tests.texts import write_texts


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Services over a library with an article in each language and a practice case; tests add conversations only."""
    folder = tmp_path_factory.mktemp("api")
    # Every value is named: the environment is cleaned for single tests, not for a module.
    settings = Settings(
        home=folder / "home",
        database_url="",
        chroma_url="",
        openai_api_key=SecretStr(""),
        openai_base_url="",
        model=ModelSettings(),
    )
    opened = open_services(settings)
    report = opened.ingest.add(str(write_texts(folder / "texts")))
    assert not report.failed
    yield opened
    opened.close()


@pytest.fixture
def client(filled):
    with TestClient(Starlette(routes=api_routes(lambda: filled)), base_url="http://localhost:8501") as opened:
        yield opened
