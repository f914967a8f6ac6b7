"""The Library page: browsing, searching, adding and reading, in Dutch and in English."""

import pytest

from ingest.events import Outcome
from tests.ui import fakes
from tests.ui.conftest import pieces, press, texts
from tests.ui.samples import BOOK, FULL


def labels(test):
    return [button.label for button in test.button]


@pytest.mark.parametrize(
    ("language", "title", "count"), [("nl", "Bibliotheek", "5 teksten"), ("en", "Library", "5 texts")]
)
def test_list_shows_every_text(open_page, language, title, count):
    test = open_page("library", language)

    assert test.title[0].value == title
    assert count in texts(test)
    assert "De klant zegt dat je te duur bent" in labels(test)
    assert r"Certain Success \*in\* \<b\>Selling\</b\>" in labels(test)


def test_filters_narrow_the_list(open_page):
    test = open_page("library")

    test.selectbox(key="library-kind").set_value("book").run()

    assert "1 tekst" in texts(test)
    assert "De klant zegt dat je te duur bent" not in labels(test)


def test_filter_is_still_there_after_reading(open_page):
    test = open_page("library")
    test.selectbox(key="library-kind").set_value("book").run()

    press(test, f"open-{BOOK.id}")
    press(test, "reader-back")

    assert "1 tekst" in texts(test)


def test_search_finds_titles_and_passages(open_page):
    test = open_page("library")

    test.text_input(key="library-search").set_value("prijs").run()

    assert "In de teksten" in texts(test)
    assert "Vraag eerst waarmee de klant de prijs vergelijkt." in texts(test)
    press(test, "open-hit-p-d-price-nl")
    assert test.query_params["passage"] == "p-d-price-nl"


@pytest.mark.parametrize(("language", "words"), [("nl", "Niets gevonden."), ("en", "Nothing found.")])
def test_search_without_result_says_so(open_page, language, words):
    test = open_page("library", language)

    test.text_input(key="library-search").set_value("zzz").run()

    assert words in texts(test)


@pytest.mark.parametrize(("language", "words"), [("nl", "De bibliotheek is leeg."), ("en", "The library is empty.")])
def test_empty_library_says_how_to_fill_it(open_page, language, words):
    test = open_page("library", language, documents=())

    assert words in texts(test)
    assert not test.error


@pytest.mark.parametrize(
    ("language", "sentence", "remedy"),
    [
        ("nl", "De opslag van de bibliotheek kan niet worden geopend", "Controleer of er ruimte is op de schijf"),
        ("en", "The database cannot be used.", "Check that the disk has room"),
    ],
)
def test_failing_store_gives_a_sentence_and_a_remedy(open_page, services_for, language, sentence, remedy):
    services = services_for()
    fakes.fake_library(services).fails = True

    test = open_page("library", language, services=services)

    assert sentence in test.error[0].value
    assert remedy in test.error[0].value


def test_upload_reports_on_each_file(open_page, services_for):
    services = services_for(documents=FULL[:2])
    test = open_page("library", services=services)

    test.file_uploader[0].set_value(
        [("book.epub", b"book", "application/epub+zip"), ("broken.pdf", b"x", "application/pdf")]
    ).run()
    press(test, "upload-add")

    shown = texts(test)
    assert "1 toegevoegd, 1 mislukt" in shown
    assert "Toegevoegd" in shown
    assert "Het bestand broken.pdf is beschadigd" in shown
    assert "Download of exporteer het opnieuw" in shown
    assert fakes.fake_ingest(services).uploads == [("book.epub", False), ("broken.pdf", False)]


def test_upload_in_english_reports_in_english(open_page):
    test = open_page("library", "en", documents=FULL[:2])

    test.file_uploader[0].set_value([("broken.pdf", b"x", "application/pdf")]).run()
    press(test, "upload-add")

    assert "1 failed" in texts(test)
    assert "is damaged" in texts(test)


@pytest.mark.parametrize(("choice", "keeps_both"), [("replace", False), ("keep_both", True)])
def test_same_name_asks_to_replace_or_keep_both(open_page, services_for, choice, keeps_both):
    services = services_for()
    test = open_page("library", services=services)

    test.file_uploader[0].set_value([("certain-success.epub", b"new", "application/epub+zip")]).run()
    test.radio[0].set_value(choice).run()
    press(test, "upload-add")

    assert fakes.fake_ingest(services).uploads == [("certain-success.epub", keeps_both)]


def test_address_is_added(open_page, services_for):
    services = services_for()
    test = open_page("library", services=services)
    assert test.button(key="address-add").disabled

    test.text_input(key="address-0").set_value("https://example.org/feed").run()
    press(test, "address-add")

    assert fakes.fake_ingest(services).addresses == ["https://example.org/feed"]
    assert "1 toegevoegd" in texts(test)


def test_document_is_read_with_the_cited_passage_marked(open_page):
    test = open_page("library", doc="d-price-nl", passage="p-d-price-nl")

    text = next(piece for piece in pieces(test) if "sc-reading" in piece)
    assert '<mark id="cited">Vraag eerst waarmee de klant de prijs vergelijkt.' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<h2>De klant zegt dat je te duur bent</h2>" not in text
    assert not test.error


def test_book_is_read_by_chapter_and_opens_at_the_passage(open_page):
    test = open_page("library", doc=BOOK.id, passage=f"p-{BOOK.id}")

    reading = [piece for piece in pieces(test) if "sc-reading" in piece]
    assert len(reading) == 1
    assert "Chapter 6. Getting in" in reading[0]
    assert "Chapter 5" not in reading[0]
    assert '<mark id="cited">' in reading[0]

    press(test, "next-top")
    assert "Chapter 7. Getting in" in "".join(pieces(test))
    assert test.query_params["s"] == "6"


def test_section_beyond_the_end_is_the_last_one(open_page):
    test = open_page("library", doc=BOOK.id, s="99")

    assert "Chapter 8. Getting in" in "".join(pieces(test))


def test_twin_in_the_other_language_is_one_press_away(open_page):
    test = open_page("library", doc="d-price-nl")

    press(test, "reader-twin")

    assert test.title[0].value == "The customer says you are too expensive"


def test_print_view_shows_the_text_and_the_way_back(open_page):
    test = open_page("library", doc="d-price-nl")

    press(test, "reader-print")

    assert test.query_params["view"] == "print"
    assert "Terug naar lezen" in labels(test)
    assert "Verwijder" not in labels(test)
    press(test, "print-back")
    assert "view" not in test.query_params


def test_removing_asks_to_be_sure(open_page, services_for):
    services = services_for()
    test = open_page("library", services=services, doc="d-price-nl")
    assert test.button(key="remove").disabled

    test.checkbox(key="remove-sure").check().run()
    press(test, "remove")

    assert fakes.fake_library(services).removed == ["d-price-nl"]
    assert test.title[0].value == "Bibliotheek"
    assert "4 teksten" in texts(test)


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Deze tekst staat niet (meer) in de bibliotheek."), ("en", "There is no document")]
)
def test_unknown_document_gives_a_sentence(open_page, language, words):
    test = open_page("library", language, doc="gone")

    assert words in test.error[0].value.replace("\\", "")


def test_every_outcome_has_words(open_page):
    from assistant.ui.wording import wording_in

    for language in ("nl", "en"):
        assert all(wording_in(language).has(f"outcome.{outcome}") for outcome in Outcome)
        assert all(wording_in(language).has(f"outcome_count.{outcome}.one") for outcome in Outcome)
