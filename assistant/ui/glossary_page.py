"""The Glossary page: Dutch and English sales terms side by side, with a line of explanation."""

import streamlit as st

from assistant.ui import services as ui_services
from assistant.ui.elements import empty_list, show_html
from assistant.ui.errors import show_errors
from assistant.ui.filters import search_words
from assistant.ui.look import reader_wording
from assistant.ui.markup import table_html
from assistant.ui.wording import Wording
from knowledge.glossary import Term

_ON_ONE_PAGE = 40


def render() -> None:
    """Show the page."""
    wording = reader_wording()
    with show_errors(wording):
        terms = ui_services.get_services().glossary.terms
        st.title(wording("glossary.title"))
        st.markdown(wording("glossary.explanation"))
        words = search_words(wording("glossary.search"), wording("glossary.search_placeholder"), key="glossary-search")
        found = matching(terms, words)
        if not found:
            empty_list(wording("glossary.none_found"), wording("glossary.none_found_advice"))
            return
        st.caption(wording.count("glossary.terms", len(found)))
        _show_terms(found, wording, is_search=bool(words.strip()))


def matching(terms: tuple[Term, ...], words: str) -> list[Term]:
    """Return the terms with the words in their names, forms or notes; those whose name begins so come first."""
    needle = words.strip().casefold()
    if not needle:
        return list(terms)
    found = [term for term in terms if needle in _everything(term)]
    return sorted(
        found, key=lambda term: not term.nl.casefold().startswith(needle) and not term.en.casefold().startswith(needle)
    )


def _everything(term: Term) -> str:
    return " ".join((term.nl, term.en, *term.nl_forms, *term.en_forms, term.nl_note, term.en_note)).casefold()


def _show_terms(found: list[Term], wording: Wording, *, is_search: bool) -> None:
    is_dutch = wording.language == "nl"
    ordered = found if is_search else sorted(found, key=lambda term: (term.nl if is_dutch else term.en).casefold())
    pages = -(-len(ordered) // _ON_ONE_PAGE)
    place = st.container()
    page = st.pagination(pages, key=f"glossary-page-{pages}") if pages > 1 else 1
    rows = []
    for term in ordered[(page - 1) * _ON_ONE_PAGE : page * _ON_ONE_PAGE]:
        dutch, english = (term.nl, "nl"), (term.en, "en")
        own, other = (dutch, english) if is_dutch else (english, dutch)
        rows.append((own, other, (term.nl_note if is_dutch else term.en_note, wording.language)))
    heads = [wording("language.nl"), wording("language.en")]
    with place:
        show_html(table_html((*(heads if is_dutch else heads[::-1]), wording("glossary.note")), rows))
