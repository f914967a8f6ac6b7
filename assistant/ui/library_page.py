"""The Library page: browse, search, add and read."""

from dataclasses import dataclass

import streamlit as st

from assistant.services import Services
from assistant.ui import services as ui_services
from assistant.ui import state
from assistant.ui.elements import document_facts, empty_list, facts, place
from assistant.ui.errors import show_errors
from assistant.ui.filters import choose, choose_language, choose_skill, search_words
from assistant.ui.library_adding import show_adding
from assistant.ui.look import reader_wording
from assistant.ui.markup import excerpt, label
from assistant.ui.navigation import go_to_document
from assistant.ui.reader import render_document
from assistant.ui.state import Address
from assistant.ui.wording import Wording
from knowledge.types import Document, Evidence, SearchFilter, SourceKind

_ON_ONE_PAGE = 20
_PASSAGES = 8


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a person looks for."""

    words: str
    where: SearchFilter


def render() -> None:
    """Show the page: the document in the address, or the list."""
    wording = reader_wording()
    with show_errors(wording):
        services = ui_services.get_services()
        document_id = state.in_address(Address.DOCUMENT)
        if document_id:
            render_document(document_id, services, wording)
        else:
            _show_list(services, wording)


def _show_list(services: Services, wording: Wording) -> None:
    st.title(wording("library.title"))
    everything = services.library.documents()
    with st.expander(
        wording("adding.title"), icon=":material/add:", expanded=not everything or bool(state.reports()), key="adding"
    ):
        show_adding(services, everything, wording)
    if not everything:
        empty_list(wording("library.empty"), wording("library.empty_advice"))
        return
    wanted = _ask_what(everything, wording)
    documents = services.library.documents(wanted.where)
    if wanted.words:
        _show_found(wanted, documents, services, wording)
    else:
        _show_documents(documents, wording)


def _ask_what(everything: list[Document], wording: Wording) -> _Wanted:
    words = search_words(wording("library.search"), wording("library.search_placeholder"), key="library-search")
    with st.container(horizontal=True, gap="small", key="library-filters"):
        kind = choose(
            list(SourceKind),
            lambda kind: wording(f"kind.{kind}"),
            title=wording("filter.kind"),
            placeholder=wording("filter.all_kinds"),
            key="library-kind",
        )
        skill = choose_skill((document.skills for document in everything), key="library-skill", wording=wording)
        language = choose_language(
            (document.language for document in everything), key="library-language", wording=wording
        )
    where = SearchFilter(
        kinds=(kind,) if kind else (), skills=(skill,) if skill else (), languages=(language,) if language else ()
    )
    return _Wanted(words.strip(), where)


def _show_documents(documents: list[Document], wording: Wording) -> None:
    if not documents:
        empty_list(wording("library.none_found"), wording("library.none_found_advice"))
        return
    ordered = sorted(documents, key=lambda document: (document.title.casefold(), document.language))
    st.caption(wording.count("library.texts", len(ordered)))
    pages = -(-len(ordered) // _ON_ONE_PAGE)
    page = 1
    place_for_list = st.container(key="library-list", gap="xsmall")
    if pages > 1:
        page = st.pagination(pages, key=f"library-page-{pages}", persist_state="session")
    with place_for_list:
        for document in ordered[(page - 1) * _ON_ONE_PAGE : page * _ON_ONE_PAGE]:
            _show_row(document, wording)


def _show_row(document: Document, wording: Wording) -> None:
    with st.container(key=f"document-{document.id}", gap=None):
        if st.button(label(document.title), key=f"open-{document.id}", type="tertiary"):
            go_to_document(document.id)
        skills = wording.listed("skill", tuple(document.skills[:3]))
        facts(*document_facts(document, wording), skills)


def _show_found(wanted: _Wanted, documents: list[Document], services: Services, wording: Wording) -> None:
    needle = wanted.words.casefold()
    titles = [one for one in documents if needle in f"{one.title} {' '.join(one.authors)}".casefold()]
    result = services.library.search(wanted.words, top=_PASSAGES, where=wanted.where)
    if not titles and (not result.hits or result.evidence is Evidence.NONE):
        empty_list(wording("library.none_found"), wording("library.none_found_advice"))
        return
    if titles:
        st.markdown(f"##### {wording('library.in_titles')}")
        with st.container(key="library-list", gap="xsmall"):
            for document in titles[:_ON_ONE_PAGE]:
                _show_row(document, wording)
    if result.hits and result.evidence is not Evidence.NONE:
        st.markdown(f"##### {wording('library.in_texts')}")
        if result.evidence is Evidence.WEAK:
            st.caption(wording("library.weak_match"))
        for hit in result.hits:
            with st.container(border=True, key=f"hit-{hit.passage.id}", gap="xxsmall"):
                if st.button(label(hit.document.title), key=f"open-hit-{hit.passage.id}", type="tertiary"):
                    go_to_document(hit.document.id, hit.passage.id)
                st.markdown(label(excerpt(hit.passage.text)))
                facts(place(hit.passage.locator, wording), wording.language_name(hit.document.language))
