"""The process is killed at random moments while it indexes; nothing may be lost, doubled or half there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.embedding import builtin_minilm
from knowledge.opening import LibraryConfig, open_library
from tests.knowledge.interrupted_indexing import documents

ROOT = Path(__file__).resolve().parents[2]
KILLS = 30


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_thirty_kills_lose_and_double_nothing(home):
    chance = random.Random(20260101)  # noqa: S311  repeatable, not secret
    finished_runs = 0
    for generation in range(KILLS):
        command = [sys.executable, "-m", "tests.knowledge.interrupted_indexing", str(home), str(generation)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline().strip() == "opened"
            time.sleep(chance.uniform(0.0, 0.6))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            finished_runs += worker.stdout.readline().strip() == "finished"
    assert finished_runs < KILLS

    library = open_library(LibraryConfig(home), builtin_minilm())
    try:
        library.finish_pending()
        assert library.verify().is_clean
        for document, body, passages in documents(KILLS - 1):
            library.replace(document, body, passages)
        assert library.verify().is_clean
        expected = documents(KILLS - 1)
        assert {document.id for document in library.documents()} == {document.id for document, _, _ in expected}
        for document, body, passages in expected:
            assert library.text_of(document.id) == body
            assert library.passages_of(document.id) == passages
    finally:
        library.close()
