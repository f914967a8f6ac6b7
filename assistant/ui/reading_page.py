"""The Reading list page: well-known books of the field, and which of them stand in the team's bookcase."""

from collections.abc import Collection, Sequence

import streamlit as st

from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.services import Services
from assistant.ui import services as ui_services
from assistant.ui import state
from assistant.ui.elements import empty_list, facts, skill_badges
from assistant.ui.errors import show_errors
from assistant.ui.filters import choose_language, choose_skill, search_words
from assistant.ui.look import reader_wording
from assistant.ui.markup import label
from assistant.ui.navigation import go_to_document
from assistant.ui.state import Address
from assistant.ui.wording import Wording
from knowledge.reading_list import ListedBook, ReadingList
from knowledge.types import Document, SearchFilter, SourceKind

_ON_ONE_PAGE = 15


def render() -> None:
    """Show the page: the book in the address, or the list."""
    wording = reader_wording()
    with show_errors(wording):
        services = ui_services.get_services()
        owned = services.bookcase.owned()
        texts = services.library.documents(SearchFilter(kinds=(SourceKind.BOOK,)))
        st.title(wording("reading.title"))
        chosen = ReadingList.load().get(state.in_address(Address.BOOK))
        if chosen is not None:
            if st.button(
                wording("reading.whole_list"), key="whole-list", type="tertiary", icon=":material/arrow_back:"
            ):
                state.put_in_address(Address.BOOK, "")
                st.rerun()
            _show_book(chosen, owned, texts, services, wording)
            return
        st.markdown(wording("reading.explanation"))
        _show_list(owned, texts, services, wording)


def matching(books: Sequence[ListedBook], words: str) -> list[ListedBook]:
    """Return the books with all the words in their title, authors, topics or notes."""
    wanted = words.casefold().split()
    return [book for book in books if all(word in _everything(book) for word in wanted)]


def _everything(book: ListedBook) -> str:
    return " ".join((book.title, *book.authors, *book.topics, *book.methods, book.nl, book.en)).casefold()


def _show_list(owned: Collection[str], texts: Sequence[Document], services: Services, wording: Wording) -> None:
    found = _filtered(ReadingList.load().books, owned, wording)
    if not found:
        empty_list(wording("reading.none_found"), wording("reading.none_found_advice"))
        return
    st.caption(wording.count("reading.books", len(found)))
    pages = -(-len(found) // _ON_ONE_PAGE)
    place = st.container(key="reading-list", gap="small")
    page = st.pagination(pages, key=f"reading-page-{pages}", persist_state="session") if pages > 1 else 1
    with place:
        for book in found[(page - 1) * _ON_ONE_PAGE : page * _ON_ONE_PAGE]:
            _show_book(book, owned, texts, services, wording)


def _filtered(books: Sequence[ListedBook], owned: Collection[str], wording: Wording) -> list[ListedBook]:
    words = search_words(wording("reading.search"), wording("reading.search_placeholder"), key="reading-search")
    with st.container(horizontal=True, gap="small", key="reading-filters", vertical_alignment="center"):
        skill = choose_skill((book.skills for book in books), key="reading-skill", wording=wording)
        language = choose_language((book.language for book in books), key="reading-language", wording=wording)
        only_owned = st.checkbox(wording("reading.only_owned"), key="reading-owned")
    return [
        book
        for book in matching(books, words)
        if (skill is None or skill in book.skills)
        and (language is None or book.language == language)
        and (not only_owned or book.id in owned)
    ]


def _show_book(
    book: ListedBook, owned: Collection[str], texts: Sequence[Document], services: Services, wording: Wording
) -> None:
    with st.container(border=True, key=f"listed-{book.id}", gap="xxsmall"):
        st.markdown(f"**{label(book.title)}**")
        facts(", ".join(book.authors), str(book.year), wording.language_name(book.language))
        st.markdown(label(book.note(wording.language)))
        skill_badges(book.skills, wording)
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"listed-tools-{book.id}"):
            key = f"owned-{book.id}"
            # The bookcase decides what is ticked, not what this tab remembers: others mark books too.
            state.tick(key, is_ticked=book.id in owned)
            st.checkbox(wording("reading.owned"), key=key, on_change=_mark, args=(book.id, key, services))
            text = book.is_in(texts)
            if text is not None and st.button(
                wording("reading.open_text"), key=f"listed-text-{book.id}", type="tertiary", icon=":material/menu_book:"
            ):
                go_to_document(text.id)


def _mark(book_id: str, key: str, services: Services) -> None:
    """Keep what a person just ticked; called before the page is drawn again."""
    if state.is_ticked(key):
        services.bookcase.mark(PERSONAL_ACCOUNT, book_id)
    else:
        services.bookcase.unmark(book_id)
