"""The look of every page: its style sheet, its mark, and the language of the reader."""

from functools import cache
from importlib import resources

import streamlit as st

from assistant.ui import services, state
from assistant.ui.wording import Wording, wording_in

# An open book. The name beside it is text in the style sheet: an image in a page cannot use the page's fonts.
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
    '<path d="M2 7C6 4.900 10.500 5 15 7.400v19C10.500 24 6 23.900 2 26z" fill="#2f8a6c"/>'
    '<path d="M30 7C26 4.900 21.500 5 17 7.400v19C21.500 24 26 23.900 30 26z" fill="#c96a3b"/></svg>'
)


def apply_look(*, printing: bool) -> None:
    """Set icon, mark and styles; a view for printing has no side bar or menu. Must come before the menu is made."""
    # Without an icon of ours the browser would fetch the menu's icons from the web, one for each page.
    st.set_page_config(page_icon=_ICON, layout="centered")
    st.html(f"<style>{_style_sheet('look.css')}</style>")
    if printing:
        st.html(f"<style>{_style_sheet('print.css')}</style>")
    st.logo(_ICON, size="large")


def reader_wording() -> Wording:
    """Return the wording in the reader's language."""
    return wording_in(state.language(services.get_settings().language))


@cache
def _style_sheet(name: str) -> str:
    return (resources.files("assistant.ui") / name).read_text(encoding="utf-8")
