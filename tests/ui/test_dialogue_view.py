"""Practising the conversation of a case alone, on the Cases page."""

import pytest

from tests.ui.conftest import press, texts
from tests.ui.samples import CASE_NL


@pytest.fixture
def conversation(open_page):
    """Open the conversation of the sample case at a place in it."""

    def open_it(moves: str = "", language: str = "nl"):
        return open_page("cases", language, case=CASE_NL.id, view="play", moves=moves)

    return open_it


def test_a_case_offers_its_conversation(open_page):
    page = open_page("cases", "nl", case=CASE_NL.id)

    press(page, "case-play")

    assert "Jullie zijn te duur." in texts(page)
    assert page.query_params["view"] == "play"


def test_checks_are_visible_before_the_first_answer_and_the_buyers_brief_never(conversation):
    page = conversation()

    assert "Vraagt naar de vergelijking." in texts(page)
    assert "Je wilt de prijs houden." in texts(page)
    assert "Je hebt geen ander aanbod" not in texts(page)


def test_an_answer_is_judged_and_the_other_responds(conversation):
    page = press(conversation(), "say-0-2")

    shown = texts(page)
    assert not page.exception
    assert "Sterk" in shown
    assert "**Vraag eerst**" in shown
    assert "Met een ander." in shown
    assert page.query_params["moves"] == "2"


def test_a_good_ending_counts_the_lines_and_the_checks(conversation):
    page = conversation("21")

    shown = texts(page)
    assert "Gelukt" in shown
    assert "1 sterk antwoord · 1 redelijk antwoord · 0 zwakke antwoorden" in shown
    assert "“Vergeleken waarmee?”" in shown
    assert ":material/close: Geeft geen korting weg zonder tegenprestatie." in shown


def test_a_bad_ending_offers_the_theory_behind_it(conversation):
    page = conversation("1")

    press(page, "play-reading-d-price-nl")

    assert page.query_params["doc"] == "d-price-nl"


def test_one_step_back_and_starting_again(conversation):
    page = conversation("21")

    press(page, "play-undo")
    assert page.query_params["moves"] == "2"
    press(page, "play-again")
    assert "moves" not in page.query_params
    press(page, "play-back")
    assert "view" not in page.query_params


@pytest.mark.parametrize("moves", ["9", "2x1", "2111111", "²"])
def test_an_address_that_was_tampered_with_shows_a_conversation(conversation, moves):
    page = conversation(moves, "en")

    assert not page.exception
    assert not page.error
    assert "Jullie zijn te duur." in texts(page)


def test_a_conversation_goes_on_from_an_address_that_was_tampered_with(conversation):
    page = press(conversation("2x9"), "say-1-1")

    assert "Goed, zet het op papier." in texts(page)
    assert page.query_params["moves"] == "21"
