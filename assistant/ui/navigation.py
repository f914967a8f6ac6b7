"""The pages by name, and going from one to another with parameters in the address."""

from collections.abc import Callable
from enum import StrEnum
from typing import NoReturn

import streamlit as st

from assistant.ui import state
from assistant.ui.state import Address
from assistant.ui.wording import Wording


class PageName(StrEnum):
    """The pages, in the order of the menu; the value is the page's address."""

    ASK = "ask"
    LIBRARY = "library"
    CASES = "cases"
    READING = "reading"
    GLOSSARY = "glossary"
    STATUS = "status"


_ICONS = {
    PageName.ASK: ":material/forum:",
    PageName.LIBRARY: ":material/menu_book:",
    PageName.CASES: ":material/exercise:",
    PageName.READING: ":material/auto_stories:",
    PageName.GLOSSARY: ":material/translate:",
    PageName.STATUS: ":material/tune:",
}


def make_page(name: PageName, render: Callable[[], None], wording: Wording) -> st.Page:
    """Return the page for Streamlit's menu."""
    return st.Page(
        render, title=wording(f"menu.{name}"), icon=_ICONS[name], url_path=name, default=name is PageName.ASK
    )


def go_to(name: PageName, **parameters: str) -> NoReturn:
    """Show another page; `parameters` are names of `Address` in lower case."""
    address = {Address[key.upper()].value: value for key, value in parameters.items() if value}
    language = state.in_address(Address.LANGUAGE)
    if language:
        address[Address.LANGUAGE.value] = language
    # Streamlit knows a registered page by its address, not by its function.
    st.switch_page(st.Page(_registered, url_path=name, default=name is PageName.ASK), query_params=address)


def go_to_document(document_id: str, passage_id: str = "") -> NoReturn:
    """Show a document in the library, at a passage when given."""
    go_to(PageName.LIBRARY, document=document_id, passage=passage_id)


def go_to_case(document_id: str) -> NoReturn:
    """Show a practice case."""
    go_to(PageName.CASES, case=document_id)


def go_to_book(book_id: str) -> NoReturn:
    """Show a book of the reading list."""
    go_to(PageName.READING, book=book_id)


def _registered() -> None:
    """Stand in for the page that the router registered under the same address."""
