"""The Ask page: a conversation with the coach, kept in the database and in the address."""

import sys
import time
from collections.abc import Sequence
from contextlib import closing
from typing import assert_never

import streamlit as st

from assistant.coach.errors import ConversationNotFoundError
from assistant.coach.follow_ups import examples
from assistant.coach.types import AnswerReady, CoachEvent, Notice, PassagesFound, StepFinished, StepStarted, Token, Turn
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.services import Services
from assistant.ui import services as ui_services
from assistant.ui import state
from assistant.ui.answer_view import show_answer, show_question
from assistant.ui.browser import pressed_citation, scroll_to
from assistant.ui.conversation_list import show_conversations
from assistant.ui.elements import empty_list, show_html
from assistant.ui.errors import show_error, show_errors
from assistant.ui.evidence_panel import open_evidence
from assistant.ui.filters import choose_skill
from assistant.ui.look import reader_wording
from assistant.ui.markup import label, prose_html
from assistant.ui.navigation import PageName, go_to
from assistant.ui.streaming import interruptible
from assistant.ui.wording import Wording
from knowledge.types import Skill

_SECONDS_BETWEEN_PAINTS = 0.08
_LONGEST_QUESTION = 2000


def render() -> None:
    """Show the page."""
    wording = reader_wording()
    with show_errors(wording):
        services = ui_services.get_services()
        identifier = state.conversation_id()
        with st.sidebar:
            show_conversations(services.conversations, identifier, wording)
        turns = _turns(services, identifier, wording)
        typed = st.chat_input(
            wording("ask.placeholder"), key="ask-input", max_chars=_LONGEST_QUESTION, submit_mode="stop"
        )
        question = (typed or state.take_question() or "").strip()
        stopped = _stopped(turns, services)
        if not turns and not question and stopped is None:
            _show_start(services, wording)
            return
        _show_turns(turns, services, wording, more_to_come=bool(question))
        if question:
            state.keep_stopped(None)
            _answer(question, services, wording, stop_button=not typed)
        elif stopped is not None:
            _show_stopped(stopped, wording)


def _turns(services: Services, identifier: str | None, wording: Wording) -> Sequence[Turn]:
    if identifier is None:
        return ()
    try:
        return services.conversations.turns(PERSONAL_ACCOUNT, identifier)
    except ConversationNotFoundError as error:
        state.open_conversation(None)
        show_error(error, wording)
        return ()


def _show_start(services: Services, wording: Wording) -> None:
    statistics = services.library.statistics()
    st.title(wording("ask.title"))
    st.markdown(wording("ask.explanation"))
    if statistics.documents == 0:
        empty_list(wording("library.empty"), wording("ask.empty_library"))
        if st.button(wording("answer.to_library"), type="primary"):
            go_to(PageName.LIBRARY)
        return
    skill = _choose_subject(wording)
    with st.container(key="examples", gap=None):
        for number, question in enumerate(examples(wording.language, state.examples_turn(), skill), start=1):
            if st.button(
                label(question),
                key=f"example-{number}",
                type="tertiary",
                width="stretch",
                icon=":material/arrow_forward:",
                icon_position="right",
            ):
                state.ask_next(question)
                st.rerun()
    texts = wording.count("library.texts", statistics.documents)
    st.caption(wording("ask.library_size", texts=texts, cases=wording.count("cases.number", statistics.cases)))
    # A page with a chat input begins at its end.
    scroll_to("h1", key="scroll-start", block="start")


def _choose_subject(wording: Wording) -> Skill | None:
    """Offer examples about one skill, and other ones."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="examples-about"):
        skill = choose_skill([tuple(Skill)], key="examples-skill", wording=wording, placeholder="ask.examples_about")
        if st.button(wording("ask.other_examples"), key="other-examples", type="tertiary", icon=":material/refresh:"):
            state.next_examples()
            st.rerun()
    return skill


def _show_turns(turns: Sequence[Turn], services: Services, wording: Wording, *, more_to_come: bool) -> None:
    for position, turn in enumerate(turns):
        is_last = position == len(turns) - 1
        with st.container(key=f"turn-{turn.id}"):
            show_question(turn.question)
            show_answer(turn, services, wording, is_last=is_last and not more_to_come)
    target = pressed_citation()
    for turn in turns:
        for citation in turn.answer.citations:
            if target == f"{turn.id}:{citation.number}":
                open_evidence(turn, citation, services.library, wording)
    if turns and not more_to_come:
        scroll_to(f".st-key-turn-{turns[-1].id}", key=f"scroll-{turns[-1].id}", block="start")


def _answer(question: str, services: Services, wording: Wording, *, stop_button: bool) -> None:
    """Stream one answer, then show the page again with the answer as stored."""
    with st.container(key="turn-now"):
        show_question(question)
        paper = _Paper(wording)
        scroll_to(".st-key-turn-now", key=f"scroll-now-{question}", block="start")
        if stop_button:
            st.button(wording("ask.stop"), key="stop", icon=":material/stop_circle:")
        identifier = _conversation_for(question, services)
        events = services.coach.answer(
            question, account_id=PERSONAL_ACCOUNT, conversation_id=identifier, language=wording.language
        )
        try:
            # Closing tells the coach, which keeps what its model had written.
            with closing(interruptible(events, paper.stay)) as heard:
                for event in heard:
                    paper.show(event)
        finally:
            # Stopping is an exception of Streamlit's that is no Exception.
            if sys.exception() is not None and not isinstance(sys.exception(), Exception):
                state.keep_stopped(state.StoppedAnswer(question, paper.text, identifier))
    st.rerun()


def _conversation_for(question: str, services: Services) -> str | None:
    """Return the open conversation, begun now when there is none: its address then survives a refresh half way."""
    identifier = state.conversation_id()
    if identifier is None and any(letter.isalnum() for letter in question):
        identifier = services.conversations.create(PERSONAL_ACCOUNT, question).id
        state.open_conversation(identifier)
    return identifier


class _Paper:
    """Where an answer appears while it is written: a quiet line for the step, and the text so far."""

    def __init__(self, wording: Wording) -> None:
        self.text = ""
        self._wording = wording
        self._line = st.empty()
        self._body = st.empty()
        self._painted = 0.0
        self._step = ""

    def stay(self) -> None:
        """Show step and text again: any command to the page lets Streamlit stop here when a person asks for it."""
        self._line.caption(self._step)
        self._paint()

    def show(self, event: CoachEvent) -> None:
        """Show one event."""
        match event:
            case StepStarted(step=step):
                self._tell(self._wording(f"step.{step}"))
            case PassagesFound(hits=hits):
                self._tell(self._wording.count("ask.passages_found", len(hits)))
            case Token(text=text):
                self.text += text
                self._paint()
            case Notice(kind=kind):
                st.warning(self._wording(f"notice.{kind}"))
                self.text = ""
            case StepFinished() | AnswerReady():
                pass
            case _:
                assert_never(event)

    def _tell(self, step: str) -> None:
        self._step = f"{step} …"
        self._line.caption(self._step)

    def _paint(self) -> None:
        now = time.monotonic()
        # Each paint sends the whole text: a few a second read as streaming, more only cost.
        if now - self._painted >= _SECONDS_BETWEEN_PAINTS and self.text.strip():
            self._painted = now
            with self._body:
                show_html(prose_html(self.text, top_heading=4))


def _stopped(turns: Sequence[Turn], services: Services) -> state.StoppedAnswer | None:
    """Return the question that was stopped without the coach storing it; a refresh leaves only its conversation."""
    identifier = state.conversation_id()
    stopped = state.stopped_answer()
    if stopped is not None and stopped.conversation_id == identifier:
        is_stored = bool(turns) and turns[-1].question == stopped.question
        return None if is_stored else stopped
    if identifier is None or turns:
        return None
    return state.StoppedAnswer(services.conversations.get(PERSONAL_ACCOUNT, identifier).title, "", identifier)


def _show_stopped(stopped: state.StoppedAnswer, wording: Wording) -> None:
    show_question(stopped.question)
    st.info(wording("ask.stopped"))
    if stopped.text.strip():
        show_html(prose_html(stopped.text, top_heading=4))
    if st.button(wording("ask.again"), key="ask-again", icon=":material/refresh:"):
        state.keep_stopped(None)
        state.ask_next(stopped.question)
        st.rerun()
