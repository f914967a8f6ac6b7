"""The router: Streamlit runs this file at every interaction, on every page."""

import streamlit as st

from assistant.ui import ask_page, cases_page, glossary_page, library_page, reading_page, services, state, status_page
from assistant.ui.browser import close_side_bar_on_phone
from assistant.ui.errors import show_errors
from assistant.ui.look import apply_look, reader_wording
from assistant.ui.navigation import PageName, make_page
from assistant.ui.state import PRINT_VIEW, Address
from assistant.ui.wording import Wording, wording_in
from knowledge.types import LANGUAGES

_RENDERERS = {
    PageName.ASK: ask_page.render,
    PageName.LIBRARY: library_page.render,
    PageName.CASES: cases_page.render,
    PageName.READING: reading_page.render,
    PageName.GLOSSARY: glossary_page.render,
    PageName.STATUS: status_page.render,
}


def main() -> None:
    """Show the page in the address."""
    with show_errors(wording_in(state.language(""))):
        wording = reader_wording()
        apply_look(printing=state.in_address(Address.VIEW) == PRINT_VIEW)
        page = st.navigation([make_page(name, render, wording) for name, render in _RENDERERS.items()])
        state.keep_language()
        services.prepare_starter(services.get_services(), wording)
        page.run()
        with st.sidebar:
            _choose_language(wording)
            close_side_bar_on_phone(key=f"close-{page.url_path}-{state.in_address(Address.CONVERSATION)}")
        services.note_page_shown()


def _choose_language(wording: Wording) -> None:
    with st.container(key="language", horizontal=True, gap="xsmall"):
        for language in LANGUAGES:
            is_current = language == wording.language
            # Each language by its own name, in its own language: whoever needs it cannot read the other.
            if st.button(
                wording_in(language)(f"language_own_name.{language}"),
                key=f"language-{language}",
                type="tertiary",
                disabled=is_current,
            ):
                state.choose_language(language)
                st.rerun()


main()
