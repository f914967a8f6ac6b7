"""The Reading list page."""

import pytest

from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.ui.reading_page import matching
from knowledge.reading_list import ReadingList
from tests.ui.conftest import press, texts

SPIN = ReadingList.load().get("spin-selling")


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("Leeslijst", "Staat in onze boekenkast")), ("en", ("Reading list", "In our bookcase"))],
)
def test_list_shows_books_in_the_readers_language(open_page, language, words):
    page = open_page("reading", language)

    shown = texts(page)
    assert not page.exception
    assert words[0] in shown
    assert SPIN.note(language).split(",")[0] in shown
    assert page.checkbox(key="owned-spin-selling").label == words[1]


def test_marked_books_are_kept_and_can_be_shown_alone(open_page, services_for):
    services = services_for()
    page = open_page("reading", "nl", services=services)

    page.checkbox(key="owned-spin-selling").check().run()
    page.checkbox(key="reading-owned").check().run()

    assert services.bookcase.owned() == {"spin-selling"}
    assert "1 boek" in texts(page)
    page.checkbox(key="owned-spin-selling").uncheck().run()
    assert services.bookcase.owned() == frozenset()


def test_search_that_finds_nothing_says_what_to_do(open_page):
    page = open_page("reading", "en")

    page.text_input(key="reading-search").input("quantum chromodynamics").run()

    assert "No book found." in texts(page)


def test_book_in_the_address_is_shown_alone(open_page):
    page = open_page("reading", "nl", book="influence")

    assert "Cialdini" in texts(page)
    assert "Neil Rackham" not in texts(page)
    press(page, "whole-list")
    assert "Neil Rackham" in texts(page)


def test_words_are_sought_in_titles_authors_topics_and_notes():
    assert SPIN in matching(ReadingList.load().books, "rackham spin")
    assert matching(ReadingList.load().books, "rackham cialdini") == []


def test_a_tab_that_was_open_already_does_not_take_back_what_another_marked(open_page, services_for):
    services = services_for()
    page = open_page("reading", "nl", services=services)

    services.bookcase.mark(PERSONAL_ACCOUNT, "spin-selling")
    page.text_input(key="reading-search").input("rackham").run()

    assert services.bookcase.owned() == {"spin-selling"}
    assert page.checkbox(key="owned-spin-selling").value
