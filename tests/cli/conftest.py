import json
import sys
from dataclasses import dataclass

import pytest

from assistant.cli import main
from tests.texts import write_texts


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self):
        """The JSON on stdout."""
        return json.loads(self.out)


@pytest.fixture
def salescoach(monkeypatch, capsys):
    """Run the command in this process, as its entry point does."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["salescoach", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        return Ran(stopped.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def texts(tmp_path):
    """A folder with an article in each language and a practice case."""
    return write_texts(tmp_path / "texts")


@pytest.fixture
def filled(salescoach, texts):
    """The command, after the texts were added."""
    assert salescoach("add", texts).code == 0
    return salescoach
