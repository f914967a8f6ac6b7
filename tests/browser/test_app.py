"""The main job in a real browser: ask, open a citation, add a book, come back, on a desk and on a phone."""

import io
import json
import re
from urllib.request import urlopen

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, running_app
from tests.servers import Fault, FaultyProxy

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

QUESTION_NL = "De klant zegt dat we te duur zijn, wat nu?"
QUESTION_EN = "how do I get past the secretary"


@pytest.mark.parametrize(
    ("locale", "question", "title", "evidence", "heading"),
    [
        ("nl-NL", QUESTION_NL, "Waar loop je tegenaan?", "Goed onderbouwd", "In het kort"),
        ("en-GB", QUESTION_EN, "What are you up against?", "Well supported", "In short"),
    ],
)
def test_question_gets_a_cited_answer(visit, app, locale, question, title, evidence, heading):
    someone = visit(app, locale=locale)
    page = someone.open()
    expect(page.get_by_role("heading", name=title)).to_be_visible()

    someone.ask(question)

    expect(page.get_by_text(evidence)).to_be_visible()
    expect(page.get_by_text(heading, exact=True).first).to_be_visible()
    expect(page.locator("button.sc-cite").first).to_have_text("1")
    expect(page.locator("[class*=st-key-card-practice-]").first).to_be_visible()


def test_citation_opens_its_quote_and_leads_to_the_passage_in_the_library(visit, app):
    someone = visit(app)
    page = someone.open()
    someone.ask(QUESTION_NL)

    page.locator("button.sc-cite").first.click()

    panel = page.get_by_role("dialog")
    quote = panel.locator("mark").first
    expect(quote).to_be_visible()
    answer = page.locator("[class*=st-key-answer-]").inner_text()
    assert quote.inner_text().rstrip(".") in answer

    panel.get_by_role("button", name="Open in de bibliotheek").click()
    expect(page.locator(".sc-reading")).to_be_visible()
    expect(page.locator("mark#cited")).to_be_in_viewport()
    assert re.search(r"/library\?.*passage=", page.url)


def test_citation_opens_from_the_keyboard(visit, app):
    someone = visit(app)
    page = someone.open()
    someone.ask(QUESTION_NL)

    page.locator("button.sc-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_refresh_keeps_the_conversation(visit, app):
    someone = visit(app)
    page = someone.open()
    someone.ask(QUESTION_NL)
    expect(page).to_have_url(re.compile(r"\?c=\w+"))

    page.reload()

    expect(page.locator(".sc-question")).to_have_text(QUESTION_NL)
    expect(page.locator("button.sc-cite").first).to_be_visible()
    expect(page.locator("[class*=st-key-current-conversation-]")).to_contain_text(QUESTION_NL)


def test_book_is_uploaded_read_and_asked_about(visit, app):
    someone = visit(app)
    page = someone.open("/library")
    book = {"name": "ijsverkoop.docx", "mimeType": "application/octet-stream", "buffer": a_book()}
    add = page.get_by_role("button", name="Voeg toe", exact=True).first
    page.get_by_text("Voeg toe aan de bibliotheek").first.click()

    for outcome in ("Toegevoegd", "Was er al"):
        expect(add).to_be_disabled()
        page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(book)
        add.click()
        expect(page.get_by_text(outcome, exact=True)).to_be_visible(timeout=120_000)

    page.get_by_role("button", name="IJs verkopen aan de kust").first.click()
    expect(page.get_by_role("heading", name="IJs verkopen aan de kust")).to_be_visible()
    expect(page.locator(".sc-reading")).to_contain_text("schepijs")

    someone.open()
    someone.ask("Wanneer verkoop ik schepijs op het strand?")
    expect(page.locator("[class*=st-key-chips-]").first).to_contain_text("IJs verkopen aan de kust")


def test_broken_file_gets_a_sentence_and_a_remedy(visit, app):
    page = visit(app).open("/library")

    page.get_by_text("Voeg toe aan de bibliotheek").first.click()
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(
        {"name": "kapot.epub", "mimeType": "application/epub+zip", "buffer": b"PK\x03\x04 not a book"}
    )
    page.get_by_role("button", name="Voeg toe", exact=True).first.click()

    expect(page.get_by_text("Mislukt", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("kapot.epub is beschadigd"))).to_be_visible()


def test_language_is_switched_and_kept(visit, app):
    page = visit(app).open()

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="What are you up against?")).to_be_visible()
    page.get_by_role("link", name="Glossary").click()

    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en"))
    page.reload()
    expect(page.get_by_role("heading", name="Glossary")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_phone_never_scrolls_sideways(visit, app, theme):
    someone = visit(app, locale="en-GB", screen=PHONE, theme=theme)
    page = someone.open()
    assert sideways(page) == []

    someone.ask(QUESTION_EN)
    assert sideways(page) == []
    for path in ("/library", "/cases", "/glossary", "/status"):
        someone.open(path)
        assert sideways(page) == [], path
    page.goto(f"{app}/cases")
    page.locator("[class*=st-key-open-case-] button").first.click()
    expect(page.get_by_role("heading", name="Situation")).to_be_visible()
    assert sideways(page) == []


def test_phone_menu_closes_after_a_choice(visit, app):
    page = visit(app, screen=PHONE).open()
    menu = page.get_by_role("region", name="Sidebar")

    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.get_by_role("link", name="Woordenlijst").click()

    expect(page.get_by_role("heading", name="Woordenlijst")).to_be_visible()
    expect(menu).not_to_be_in_viewport()


def test_programs_find_the_interface_beside_the_pages(app):
    with urlopen(f"{app}/api/health") as reply:
        health = json.load(reply)

    assert health["status"] == "ok"
    assert health["documents"] >= 6


def test_print_view_has_only_the_text(visit, app):
    page = visit(app).open("/cases")
    page.locator("[class*=st-key-open-case-] button").first.click()
    page.get_by_role("button", name="Afdrukweergave").click()
    expect(page.get_by_role("button", name="Druk af")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Situatie")).to_be_visible()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.get_by_role("button", name="Druk af")).to_be_hidden()


def test_answer_can_be_copied(visit, app):
    someone = visit(app)
    page = someone.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    someone.ask(QUESTION_NL)

    page.get_by_role("button", name="Kopieer").click()

    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1]" in copied
    assert "Bronnen:" in copied


def test_stop_works_while_the_model_is_silent(visit, library_home, tmp_path):
    home = copied_home(library_home, tmp_path)
    with FaultyProxy(replies=["Vraag eerst waarmee de klant vergelijkt [1]. Wacht dan op antwoord [1]."]) as endpoint:
        endpoint.faults = [Fault.HANG_HALF_WAY]
        settings = {"OPENAI_BASE_URL": endpoint.url, "SALESCOACH_MODEL__TIMEOUT_SECONDS": "5"}
        with running_app(home, **settings) as address:
            someone = visit(address)
            page = someone.open()
            page.locator("[data-testid=stChatInput] textarea").fill(QUESTION_NL)
            page.keyboard.press("Enter")
            expect(page.get_by_text("Vraag eerst waarmee")).to_be_visible()

            page.locator("[data-testid=stChatInput] button").last.click()

            expect(page.locator("[data-testid=stChatInput] textarea")).to_be_enabled(timeout=3_000)
            expect(page.get_by_text("Vraag eerst waarmee")).to_be_visible()
            page.reload()
            expect(page.locator(".sc-question")).to_have_text(QUESTION_NL)


def test_model_that_breaks_off_leads_to_the_library_with_a_notice(visit, library_home, tmp_path):
    home = copied_home(library_home, tmp_path)
    with FaultyProxy(replies=["Vraag eerst waarmee de klant vergelijkt [1]. Wacht dan op antwoord [1]."]) as endpoint:
        endpoint.faults = [Fault.CUT_HALF_WAY, Fault.CUT_HALF_WAY]
        settings = {"OPENAI_BASE_URL": endpoint.url, "SALESCOACH_MODEL__TIMEOUT_SECONDS": "5"}
        with running_app(home, **settings) as address:
            someone = visit(address)
            page = someone.open()
            someone.ask(QUESTION_NL)

            expect(page.get_by_text(re.compile("brak halverwege af")).first).to_be_visible()
            expect(page.get_by_text("In de woorden van de bibliotheek")).to_be_visible()
            page.get_by_text("Wat het taalmodel al had geschreven").click()
            expect(page.get_by_text("Vraag eerst waarmee")).to_be_visible()


def test_second_process_on_the_same_library_says_so(visit, app, library_home):
    with running_app(library_home) as second:
        page = visit(second, locale="en-GB").page
        page.goto(second)

        expect(page.get_by_text(re.compile("in use by another process"))).to_be_visible()
        expect(page.get_by_text(re.compile("Stop the other process"))).to_be_visible()


def a_book() -> bytes:
    """A small book in Word's format, about something that no starter text knows."""
    book = docx.Document()
    book.core_properties.title = "IJs verkopen aan de kust"
    book.core_properties.author = "R. de Boer"
    for number in range(1, 4):
        book.add_heading(f"Hoofdstuk {number}. Het strand", level=1)
        book.add_paragraph(
            "Verkoop schepijs op het strand wanneer de zon het hoogst staat en de badgasten uit zee komen. "
            "Een verkoper van schepijs op het strand zet zijn kar naast de trap naar de boulevard. "
            f"In week {number} van het seizoen is schepijs op het strand duurder dan in de stad."
        )
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def copied_home(library_home, tmp_path):
    """Return a copy of the library for an app of its own: one process owns a library."""
    import shutil

    home = tmp_path / "own" / "home"
    shutil.copytree(library_home, home, ignore=shutil.ignore_patterns("*.lock"))
    return home


def sideways(page) -> list[str]:
    """Return what is wider than its room: nothing on a good phone page."""
    return page.evaluate(
        """() => [...document.querySelectorAll("*")]
            .filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1
                && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
                && !e.closest("[data-testid=stSidebar]"))
            .concat(document.documentElement.scrollWidth > innerWidth ? [document.body] : [])
            .map((e) => e.dataset.testid || e.className || e.tagName)"""
    )
