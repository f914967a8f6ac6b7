"""Practising a conversation alone, and marking a book, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("locale", "screen", "title", "start", "ending"),
    [
        ("nl-NL", DESKTOP, "Acht cent per doos", "Oefen dit gesprek alleen", "Wat je hebt laten zien"),
        ("en-GB", PHONE, "Eight cents a box", "Practise this conversation alone", "What you have shown"),
    ],
)
def test_conversation_is_played_to_its_end_and_survives_a_refresh(visit, app, locale, screen, title, start, ending):
    page = visit(app, locale=locale, screen=screen).open("/cases")
    page.get_by_role("button", name=title).click()
    page.get_by_role("button", name=start).click()

    page.locator(".st-key-play-choices button").first.click()
    expect(page.locator(".st-key-coach-1")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"moves=1"))
    page.reload()
    expect(page.locator(".st-key-coach-1")).to_be_visible()

    for move in range(2, 20):
        if page.get_by_text(ending).count():
            break
        page.locator(".st-key-play-choices button").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f".st-key-coach-{move}")).to_be_visible()
        expect(page.locator(".st-key-play-choices button, .st-key-play-ending").first).to_be_visible()
    expect(page.get_by_text(ending)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_owned_book_stays_marked(visit, app):
    page = visit(app).open("/reading")
    mark = page.locator(".st-key-owned-spin-selling input")

    page.locator(".st-key-owned-spin-selling label").click()
    page.locator(".st-key-reading-owned label").click()
    expect(page.get_by_text("1 boek", exact=True)).to_be_visible()
    page.reload()

    expect(mark).to_be_checked()
