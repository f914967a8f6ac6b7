"""The starter library, indexed once a run; tests that need it work on a copy of the folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.services import Services, open_services
from assistant.settings import Settings


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with the starter texts, closed; copy it, do not open it."""
    home = tmp_path_factory.mktemp("starter") / "home"
    opened = open_services(Settings(home=home))
    try:
        report = opened.ingest.sync_starter()
        assert report.results
        assert not report.failed
    finally:
        opened.close()
    return home


@pytest.fixture
def starter_services(starter_home: Path, tmp_path: Path) -> Iterator[Services]:
    """All services over a copy of the starter library, in library mode."""
    home = tmp_path / "starter-home"
    shutil.copytree(starter_home, home)
    opened = open_services(Settings(home=home))
    yield opened
    opened.close()
