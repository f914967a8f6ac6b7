"""The team's bookcase."""

import pytest

from assistant.coach.conversations import ConversationStore
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.people.bookcase import Bookcase
from knowledge.database import open_database


@pytest.fixture
def bookcase(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite3'}")
    ConversationStore(engine, accounts=[PERSONAL_ACCOUNT])
    yield Bookcase(engine)
    engine.dispose()


def test_marks_are_kept_once_and_can_be_taken_back(bookcase):
    assert bookcase.owned() == frozenset()

    bookcase.mark(PERSONAL_ACCOUNT, "spin-selling")
    bookcase.mark(PERSONAL_ACCOUNT, "spin-selling")
    bookcase.mark(PERSONAL_ACCOUNT, "influence")
    bookcase.unmark("influence")
    bookcase.unmark("never-marked")

    assert bookcase.owned() == {"spin-selling"}
