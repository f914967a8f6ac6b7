"""One question and its answer on the page: paragraphs with their sources, what to do next, feedback."""

from collections.abc import Mapping

import streamlit as st

from assistant.coach.types import Answer, Citation, Feedback, NoticeKind, Turn
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.services import Services
from assistant.ui import state
from assistant.ui.browser import copy_button
from assistant.ui.elements import book_cards, evidence_badge, place, show_html, source_text, suggestion_cards
from assistant.ui.evidence_panel import open_evidence
from assistant.ui.markup import blocks, label, numbers_in, plain_html, prose_html, with_citation_buttons
from assistant.ui.navigation import PageName, go_to
from assistant.ui.wording import Wording
from knowledge.types import Evidence

_ANSWER_HEADING = 4
_THUMBS = ("down", "up")


def show_question(question: str) -> None:
    """Show what was asked."""
    show_html(plain_html(question, css_class="sc-question"))


def show_answer(turn: Turn, services: Services, wording: Wording, *, is_last: bool) -> None:
    """Show an answer; only the last one of a conversation offers what to ask next."""
    answer = turn.answer
    _show_notice(turn, wording)
    if not answer.is_small_talk:
        _show_evidence(answer, wording)
    _show_text(turn, services, wording)
    if answer.evidence is Evidence.NONE and not answer.is_small_talk:
        _show_what_to_do_without_evidence(turn, wording)
    _show_suggestions(turn, services, wording)
    _show_tools(turn, services, wording)
    if is_last:
        _show_follow_ups(turn, wording)


def answer_as_text(answer: Answer, wording: Wording) -> str:
    """Return the answer with its sources below, for the clipboard."""
    lines = [answer.text]
    if answer.citations:
        lines += ["", wording("answer.sources")]
        lines += [f"[{citation.number}] {_full_name(citation, wording)}" for citation in answer.citations]
    return "\n".join(lines)


def _show_evidence(answer: Answer, wording: Wording) -> None:
    """Say how far the answer can be trusted, before it is read."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        evidence_badge(answer.evidence, wording)
        if answer.evidence is Evidence.WEAK:
            st.caption(wording("answer.weak_evidence"))
        elif answer.evidence is Evidence.STRONG:
            st.caption(wording(f"mode.{answer.mode}"))


def _show_notice(turn: Turn, wording: Wording) -> None:
    answer = turn.answer
    if answer.notice is None:
        return
    show = st.info if answer.notice is NoticeKind.STOPPED else st.warning
    show(wording(f"notice.{answer.notice}"))
    if answer.partial_text:
        with st.expander(wording("answer.partial_text")):
            show_html(prose_html(answer.partial_text, language=answer.language, top_heading=_ANSWER_HEADING))


def _show_text(turn: Turn, services: Services, wording: Wording) -> None:
    answer = turn.answer
    citations = {citation.number: citation for citation in answer.citations}
    names = {number: f"{number} · {_full_name(citation, wording)}" for number, citation in citations.items()}
    with st.container(key=f"answer-{turn.id}", gap="small"):
        for position, block in enumerate(blocks(answer.text)):
            html = prose_html(block, language=answer.language, top_heading=_ANSWER_HEADING)
            show_html(with_citation_buttons(html, turn.id, names))
            _show_chips(turn, numbers_in(block), position, citations, services, wording)


def _show_chips(
    turn: Turn,
    numbers: tuple[int, ...],
    position: int,
    citations: Mapping[int, Citation],
    services: Services,
    wording: Wording,
) -> None:
    known = [citations[number] for number in numbers if number in citations]
    if not known:
        return
    shown: set[str] = set()
    with st.container(horizontal=True, gap="xxsmall", key=f"chips-{turn.id}-{position}"):
        for citation in known:
            source = source_text(citation, wording, foreign=citation.language != turn.answer.language)
            # Several quotes from one place: its name once, then only numbers.
            name = str(citation.number) if source in shown else f"{citation.number} · {source}"
            shown.add(source)
            key = f"chip-{turn.id}-{position}-{citation.number}"
            if st.button(label(name), key=key, type="tertiary", wrap=True, help=label(_full_name(citation, wording))):
                open_evidence(turn, citation, services.library, wording)


def _show_what_to_do_without_evidence(turn: Turn, wording: Wording) -> None:
    suggestion_cards(wording("answer.nearest"), turn.answer.nearest_topics, f"near-{turn.id}", wording)
    with st.container(border=True, key=f"gap-{turn.id}", gap="xsmall"):
        st.markdown(wording("answer.add_to_library"))
        if st.button(wording("answer.to_library"), key=f"add-{turn.id}"):
            go_to(PageName.LIBRARY)


def _show_suggestions(turn: Turn, services: Services, wording: Wording) -> None:
    answer = turn.answer
    reads = bool(answer.reading or answer.books)
    if not (answer.practice or reads):
        return
    with st.container(key=f"next-{turn.id}"):
        columns = st.columns(2) if answer.practice and reads else [st.container(), st.container()]
        with columns[0]:
            suggestion_cards(wording("answer.practice"), answer.practice, f"practice-{turn.id}", wording)
        with columns[1]:
            suggestion_cards(wording("answer.reading"), answer.reading, f"reading-{turn.id}", wording)
            if answer.books:
                if not answer.reading:
                    st.markdown(f"##### {wording('answer.reading')}")
                book_cards(answer.books, services.bookcase.owned(), f"reading-{turn.id}", wording)


def _show_tools(turn: Turn, services: Services, wording: Wording) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"tools-{turn.id}"):
        copy_button(
            answer_as_text(turn.answer, wording),
            label=wording("copy.answer"),
            done=wording("copy.done"),
            key=f"copy-{turn.id}",
        )
        stored = turn.feedback
        default = _THUMBS.index(stored.thumb) if stored else None
        thumb = st.feedback("thumbs", key=f"thumb-{turn.id}", default=default)
    if thumb is None:
        return
    chosen = _THUMBS[thumb]
    if stored is None or stored.thumb != chosen:
        stored = Feedback(thumb="up" if chosen == "up" else "down")
        services.conversations.set_feedback(PERSONAL_ACCOUNT, turn.id, stored)
    _ask_reason(turn, stored, services, wording)


def _ask_reason(turn: Turn, feedback: Feedback, services: Services, wording: Wording) -> None:
    if feedback.reason:
        st.caption(wording("feedback.thanks", reason=label(feedback.reason)))
        return
    with st.form(f"reason-{turn.id}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input(wording(f"feedback.why_{feedback.thumb}"), key=f"reason-text-{turn.id}", max_chars=500)
        if st.form_submit_button(wording("feedback.save")) and reason.strip():
            services.conversations.set_feedback(
                PERSONAL_ACCOUNT, turn.id, Feedback(thumb=feedback.thumb, reason=reason.strip())
            )
            st.rerun()


def _show_follow_ups(turn: Turn, wording: Wording) -> None:
    if not turn.answer.follow_ups:
        return
    st.caption(wording("answer.follow_ups"))
    with st.container(horizontal=True, gap="xsmall", key=f"follow-{turn.id}"):
        for position, question in enumerate(turn.answer.follow_ups):
            if st.button(label(question), key=f"follow-{turn.id}-{position}"):
                state.ask_next(question)
                st.rerun()


def _full_name(citation: Citation, wording: Wording) -> str:
    parts = (citation.title, ", ".join(citation.authors), place(citation, wording))
    return ", ".join(part for part in parts if part)
