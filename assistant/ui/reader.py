"""Reading one document: a chapter at a time, with the cited passage marked; a view for printing; removing it."""

from dataclasses import dataclass

import streamlit as st

from assistant.services import Services
from assistant.ui import state
from assistant.ui.browser import print_button, scroll_to
from assistant.ui.elements import document_facts, facts, show_html, skill_badges
from assistant.ui.markup import label, prose_html
from assistant.ui.navigation import PageName, go_to, go_to_case, go_to_document
from assistant.ui.reading import Section, section_at, sections
from assistant.ui.state import PRINT_VIEW, Address
from assistant.ui.wording import Wording
from knowledge.errors import DocumentNotFoundError
from knowledge.library import Library
from knowledge.types import Document, Passage, SourceKind


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is open: the text in sections, the one on the page, and the cited passage when the address names one."""

    document: Document
    text: str
    found: list[Section]
    index: int
    passage: Passage | None

    @property
    def section(self) -> Section:
        return self.found[self.index]


def render_document(document_id: str, services: Services, wording: Wording) -> None:
    """Show a document; an unknown id raises DocumentNotFoundError."""
    reading = _open(document_id, services.library)
    if state.in_address(Address.VIEW) == PRINT_VIEW:
        _show_for_print(reading, wording)
        return
    if st.button(wording("reader.back"), key="reader-back", type="tertiary", icon=":material/arrow_back:"):
        go_to(PageName.LIBRARY)
    _show_head(reading.document, wording)
    _show_tools(reading, services, wording)
    _show_steps(reading, wording, where="top")
    _show_section(reading)
    _show_steps(reading, wording, where="bottom")


def _open(document_id: str, library: Library) -> _Reading:
    document = library.document(document_id)
    text = library.text_of(document_id)
    found = sections(text)
    passage = _passage(document_id, library)
    chosen = state.in_address(Address.SECTION)
    if chosen.isdecimal():
        index = min(int(chosen), len(found) - 1)
    else:
        index = section_at(found, passage.locator.char_start) if passage else 0
    return _Reading(document, text, found, index, passage)


def _passage(document_id: str, library: Library) -> Passage | None:
    """Return the passage of the address; None when there is none, or it has gone with an older version."""
    identifier = state.in_address(Address.PASSAGE)
    if not identifier:
        return None
    try:
        passage, document = library.passage(identifier)
    except DocumentNotFoundError:
        return None
    return passage if document.id == document_id else None


def _show_head(document: Document, wording: Wording) -> None:
    st.title(label(document.title))
    facts(*document_facts(document, wording))
    skill_badges(document.skills, wording)
    if document.summary:
        st.markdown(f"*{label(document.summary)}*")


def _show_tools(reading: _Reading, services: Services, wording: Wording) -> None:
    document = reading.document
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="reader-tools"):
        if document.kind is SourceKind.PRACTICE_CASE and st.button(wording("reader.as_case"), key="reader-case"):
            go_to_case(document.id)
        twin = _twin(document, services.library)
        if twin is not None:
            name = wording("reader.twin", language=wording.language_name(twin.language))
            if st.button(name, key="reader-twin", icon=":material/translate:"):
                go_to_document(twin.id)
        if st.button(wording("reader.print"), key="reader-print", icon=":material/print:"):
            state.put_in_address(Address.SECTION, str(reading.index))
            state.put_in_address(Address.VIEW, PRINT_VIEW)
            st.rerun()
        with st.popover(wording("reader.details"), icon=":material/info:"):
            _show_details(reading, services, wording)


def _twin(document: Document, library: Library) -> Document | None:
    """Return the same text in the other language, when the library has it."""
    if not document.pair_id:
        return None
    twins = (other for other in library.documents() if other.pair_id == document.pair_id and other.id != document.id)
    return next((twin for twin in twins if twin.kind is document.kind), None)


def _show_details(reading: _Reading, services: Services, wording: Wording) -> None:
    document = reading.document
    rows = {
        "reader.origin": document.origin,
        "reader.licence": document.licence,
        "reader.added": wording.date(document.added_at),
        "reader.topics": ", ".join(document.topics),
    }
    for key, value in rows.items():
        if value:
            st.caption(f"{wording(key)}: {label(value)}")
    st.divider()
    sure = st.checkbox(wording("reader.remove_sure"), key="remove-sure")
    if st.button(wording("reader.remove"), key="remove", icon=":material/delete:", disabled=not sure):
        services.library.remove(document.id)
        st.toast(wording("reader.removed", title=label(document.title)))
        go_to(PageName.LIBRARY)


def _show_steps(reading: _Reading, wording: Wording, *, where: str) -> None:
    """Show the way through the sections of a long text; nothing for a short one."""
    count = len(reading.found)
    if count == 1:
        return
    names = [section.title or wording("reader.beginning") for section in reading.found]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom", key=f"steps-{where}"):
        previous = st.button(
            wording("reader.previous"),
            key=f"previous-{where}",
            icon=":material/chevron_left:",
            disabled=reading.index == 0,
        )
        if where == "top":
            chosen = st.selectbox(
                wording("reader.section"),
                range(count),
                index=reading.index,
                format_func=lambda index: names[index],
                label_visibility="collapsed",
            )
        else:
            chosen = reading.index
            st.caption(wording("reader.position", n=reading.index + 1, total=count))
        following = st.button(
            wording("reader.next"),
            key=f"next-{where}",
            icon=":material/chevron_right:",
            icon_position="right",
            disabled=reading.index == count - 1,
        )
    wanted = reading.index - 1 if previous else reading.index + 1 if following else chosen
    if wanted != reading.index:
        state.put_in_address(Address.SECTION, str(wanted))
        st.rerun()


def _show_section(reading: _Reading) -> None:
    section = reading.section
    with st.container(key=f"page-{reading.document.id}-{reading.index}"):
        show_html(_html(reading))
    if _mark(reading) is not None:
        scroll_to("#cited", key=f"scroll-{reading.passage.id if reading.passage else ''}")
    elif section.start:
        scroll_to(".st-key-steps-top", key=f"scroll-{reading.document.id}-{reading.index}", block="start")


def _html(reading: _Reading) -> str:
    text = _without_title(reading.text[reading.section.start : reading.section.end], reading.document.title)
    return prose_html(text, language=reading.document.language, mark=_mark(reading), top_heading=2).replace(
        'class="sc-prose"', 'class="sc-prose sc-reading"', 1
    )


def _without_title(text: str, title: str) -> str:
    """Return the text with its first heading blanked when that repeats the title; positions stay the same."""
    first, _, _ = text.partition("\n")
    if first.lstrip("# ").strip().casefold() == title.casefold():
        return " " * len(first) + text[len(first) :]
    return text


def _mark(reading: _Reading) -> tuple[int, int] | None:
    if reading.passage is None:
        return None
    section, locator = reading.section, reading.passage.locator
    start, end = max(locator.char_start, section.start), min(locator.char_end, section.end)
    return (start - section.start, end - section.start) if start < end else None


def _show_for_print(reading: _Reading, wording: Wording) -> None:
    with st.container(horizontal=True, gap="small", key="print-tools"):
        if st.button(wording("reader.back_to_reading"), key="print-back", icon=":material/arrow_back:"):
            state.put_in_address(Address.VIEW, "")
            st.rerun()
        print_button(label=wording("reader.print_now"), key="print-now")
        if len(reading.found) > 1:
            st.caption(wording("reader.prints_section"))
    _show_head(reading.document, wording)
    show_html(_html(reading))
    source = ", ".join(part for part in (reading.document.origin, reading.document.licence) if part)
    facts(source)
