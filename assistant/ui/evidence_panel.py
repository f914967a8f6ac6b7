"""The panel that a citation opens: the quote inside its passage, and where it comes from."""

import streamlit as st

from assistant.coach.types import Citation, Turn
from assistant.ui.browser import copy_button
from assistant.ui.elements import evidence_badge, facts, place, show_html
from assistant.ui.errors import show_errors
from assistant.ui.markup import label, plain_html, prose_html
from assistant.ui.navigation import go_to_document
from assistant.ui.wording import Wording
from knowledge.errors import DocumentNotFoundError
from knowledge.library import Library
from knowledge.types import Passage

_PANEL_WIDTH = 480


def open_evidence(turn: Turn, citation: Citation, library: Library, wording: Wording) -> None:
    """Open the panel for one citation of a turn."""

    def panel() -> None:
        with show_errors(wording):
            _panel(turn, citation, library, wording)

    title = wording("evidence_panel.title", number=citation.number)
    st.dialog(title, width=_PANEL_WIDTH, position="right")(panel)()


def _panel(turn: Turn, citation: Citation, library: Library, wording: Wording) -> None:
    st.markdown(f"### {label(citation.title)}")
    facts(", ".join(citation.authors), place(citation, wording))
    with st.container(horizontal=True, gap="xsmall"):
        evidence_badge(turn.answer.evidence, wording)
        if citation.language != turn.answer.language:
            st.badge(wording("evidence_panel.other_language", name=wording.language_name(citation.language)))
    passage = _passage(citation, library)
    if passage is None:
        show_html(plain_html(citation.quote, css_class="sc-quote", language=citation.language))
        st.info(wording("evidence_panel.passage_gone"))
    else:
        show_html(f'<div class="sc-passage">{_highlighted(citation, passage)}</div>')
    with st.container(horizontal=True, gap="small"):
        if passage is not None and st.button(wording("evidence_panel.open"), key="evidence-open", type="primary"):
            go_to_document(citation.document_id, citation.passage_id)
        copy_button(
            f"“{citation.quote}”\n— {citation.title}"
            + (f", {place(citation, wording)}" if place(citation, wording) else ""),
            label=wording("evidence_panel.copy"),
            done=wording("copy.done"),
            key="evidence-copy",
        )


def _passage(citation: Citation, library: Library) -> Passage | None:
    """Return the passage as it is now; None when it has gone with its document or with an older version of it."""
    try:
        return library.passage(citation.passage_id)[0]
    except DocumentNotFoundError:
        return None


def _highlighted(citation: Citation, passage: Passage) -> str:
    start = passage.text.find(citation.quote)
    mark = (start, start + len(citation.quote)) if start >= 0 else None
    return prose_html(passage.text, language=citation.language, mark=mark, top_heading=4)
