"""Practice cases, glossary, status, the language of the pages and what happens before there are services."""

import pytest

from knowledge.errors import LibraryInUseError
from knowledge.types import VerifyReport
from tests.ui import fakes
from tests.ui.conftest import pieces, press, texts
from tests.ui.samples import BOOK, FULL


@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("nl", "Tien procent eraf voor vrijdag", "Ten percent off by Friday"),
        ("en", "Ten percent off by Friday", "Tien procent eraf voor vrijdag"),
    ],
)
def test_cases_begin_with_those_in_the_readers_language(open_page, language, own, other):
    test = open_page("cases", language)

    labels = [button.label for button in test.button]
    assert own in labels
    assert other not in labels


def test_cases_of_every_language_are_one_choice_away(open_page):
    test = open_page("cases")

    test.selectbox(key="case-language-nl").set_value("").run()

    assert "2 oefencases" in texts(test)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Er zijn nog geen oefencases."), ("en", "There are no practice cases yet.")]
)
def test_library_without_cases_says_how_to_add_one(open_page, language, words):
    test = open_page("cases", language, documents=(BOOK,))

    assert words in texts(test)


def test_case_shows_its_parts_and_keeps_the_buyer_brief_closed(open_page):
    test = open_page("cases", case="d-case-nl")

    assert test.title[0].value == "Tien procent eraf voor vrijdag"
    closed = {expander.label: expander for expander in test.expander}
    buyer = closed["Briefing voor de koper (vertrouwelijk, alleen voor de koper)"]
    assert not buyer.proto.expanded
    assert "Vertrouwelijk. Je hebt geen ander aanbod." in "".join(piece.value for piece in buyer.get("html"))
    shown = texts(test)
    for part in (
        "Situatie",
        "Opdracht",
        "Checks: gezien of gehoord?",
        "Nabespreking",
        "Deze week",
        "Makkelijker",
        "telefoon",
    ):
        assert part in shown
    assert "Medior · 20 minuten · In drietallen · verpakkingen" in shown


def test_case_leads_to_its_theory_and_its_twin(open_page):
    test = open_page("cases", case="d-case-nl")

    press(test, "theory-article")
    assert test.query_params["doc"] == "d-price-nl"

    other = open_page("cases", case="d-case-nl")
    press(other, "case-twin")
    assert other.query_params["case"] == "d-case-en"


def test_case_has_a_view_for_printing(open_page):
    test = open_page("cases", case="d-case-nl")

    press(test, "case-print")

    assert not test.expander
    assert "Je wilt de prijs houden." in "".join(pieces(test))


def test_unknown_case_gives_a_sentence(open_page):
    test = open_page("cases", case="gone")

    assert "staat niet (meer) in de bibliotheek" in test.error[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("language", "title", "first"), [("nl", "Woordenlijst", "bezwaar"), ("en", "Glossary", "objection")]
)
def test_glossary_puts_the_readers_language_first(open_page, language, title, first):
    test = open_page("glossary", language)

    assert test.title[0].value == title
    table = "".join(pieces(test))
    assert f">{first}</td>" in table.split("<tbody>")[1].split("<tr>")[1].split("</td>")[0] + "</td>"


def test_glossary_is_searched_in_both_languages_and_forms(open_page):
    test = open_page("glossary")

    test.text_input(key="glossary-search").set_value("quote").run()
    assert "offerte" in "".join(pieces(test))
    assert "bezwaar" not in "".join(pieces(test))

    test.text_input(key="glossary-search").set_value("zzz").run()
    assert "Geen term gevonden." in texts(test)


@pytest.mark.parametrize(("language", "mode"), [("nl", "**Bibliotheekmodus.**"), ("en", "**Library mode.**")])
def test_status_shows_counts_stores_and_settings(open_page, language, mode):
    test = open_page("status", language)

    shown = texts(test)
    assert mode in shown
    assert next(metric.value for metric in test.metric) == "5"
    assert "all-MiniLM-L6-v2" in shown
    assert "SALESCOACH_MODEL__TIMEOUT_SECONDS" in shown
    assert "secret" not in shown.replace("secretaresse", "")


def test_status_of_an_empty_library(open_page):
    test = open_page("status", documents=())

    assert "De bibliotheek is leeg." in texts(test)


@pytest.mark.parametrize(
    ("answers", "words"), [(True, "gpt-4.1-mini antwoordt."), (False, "Het taalmodel is niet bereikbaar.")]
)
def test_status_tests_the_connection(open_page, services_for, answers, words):
    services = services_for(model=fakes.FakeModel(answers=answers))
    test = open_page("status", services=services)

    press(test, "model-test")

    alerts = [alert.value for alert in (*test.success, *test.error)]
    assert any(words in alert for alert in alerts)
    assert "Alle instellingen" in [expander.label for expander in test.expander]


def test_status_verifies_and_repairs(open_page, services_for):
    services = services_for()
    test = open_page("status", services=services)
    press(test, "verify")
    assert "Alles klopt: 3 passages." in test.success[0].value

    fakes.fake_library(services).report = VerifyReport(passages=3, missing_vectors=("p1",))
    press(test, "verify")
    assert "Ontbrekende vectoren: 1" in test.warning[0].value

    press(test, "repair")
    assert fakes.fake_library(services).repaired == 1
    assert test.success


def test_status_says_what_cannot_be_found_yet(open_page, services_for):
    services = services_for()
    fakes.fake_library(services).pending = 2

    test = open_page("status", "en", services=services)

    assert "2 texts are not fully indexed yet" in test.warning[0].value


def test_language_is_chosen_and_stays_in_the_address_on_every_page(open_page):
    test = open_page()

    press(test, "language-en")
    assert test.title[0].value == "What are you up against?"
    assert test.query_params["lang"] == "en"

    from streamlit.util import calc_hash

    test._page_hash = calc_hash("glossary")
    test.query_params.clear()
    test.run()
    assert test.title[0].value == "Glossary"
    assert test.query_params["lang"] == "en"


def test_language_of_the_address_outranks_the_browser(open_page):
    test = open_page("status", "en", lang="nl")

    assert "Taalmodel" in texts(test)


@pytest.mark.parametrize(
    ("language", "sentence", "remedy"),
    [
        ("nl", "is in gebruik bij een ander proces", "Stop dat andere proces"),
        ("en", "is in use by another process", "Stop the other process"),
    ],
)
@pytest.mark.parametrize("page", ["ask", "library", "cases", "glossary", "status"])
def test_library_in_use_gives_a_sentence_and_a_remedy(
    open_page, services_for, monkeypatch, page, language, sentence, remedy
):
    services = services_for()

    def refuse(_settings):
        raise LibraryInUseError("The library in /x is in use by another process.", home="/x", owner="")

    monkeypatch.setattr("assistant.services.open_services", refuse)

    test = open_page(page, language, services=services)

    assert sentence in test.error[0].value
    assert remedy in test.error[0].value


def test_unforeseen_error_gives_a_sentence_and_is_logged(open_page, services_for, caplog):
    services = services_for()

    def break_down():
        raise ZeroDivisionError("secret detail")

    fakes.fake_library(services).statistics = break_down
    test = open_page("status", services=services)

    assert "Er ging iets mis dat we niet hadden voorzien." in test.error[0].value
    assert "secret detail" not in texts(test)
    assert "ZeroDivisionError" in caplog.text


def test_missing_starter_library_is_indexed_once_with_progress(open_page, services_for):
    services = services_for(documents=(), starter=True)

    test = open_page(services=services)
    test.run()

    assert fakes.fake_ingest(services).starter_runs == 1
    assert "De klant zegt dat we te duur zijn. Wat antwoord ik?" in texts(test)


def test_present_starter_library_is_left_alone(open_page, services_for):
    services = services_for(documents=FULL, starter=True)

    open_page(services=services)

    assert fakes.fake_ingest(services).starter_runs == 0
