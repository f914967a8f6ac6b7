"""The conversations in the side bar: open, rename, export, delete."""

import streamlit as st

from assistant.coach.conversations import ConversationStore
from assistant.coach.exporting import conversation_markdown
from assistant.coach.types import Conversation
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.ui import state
from assistant.ui.errors import show_errors
from assistant.ui.markup import label
from assistant.ui.wording import Wording

_SHOWN_AT_FIRST = 15
_LONGEST_TITLE = 120


def show_conversations(store: ConversationStore, open_id: str | None, wording: Wording) -> None:
    """List the conversations, the latest first, with a button for a new one."""
    if st.button(wording("conversations.new"), key="conversation-new", icon=":material/add:", width="stretch"):
        state.keep_stopped(None)
        state.open_conversation(None)
        st.rerun()
    conversations = store.list(PERSONAL_ACCOUNT)
    if not conversations:
        st.caption(wording("conversations.empty"))
        return
    with st.container(key="conversations", gap="xxsmall"):
        for conversation in conversations[:_SHOWN_AT_FIRST]:
            _row(conversation, store, open_id, wording)
        if len(conversations) > _SHOWN_AT_FIRST:
            with st.expander(wording("conversations.older", n=len(conversations) - _SHOWN_AT_FIRST)):
                for conversation in conversations[_SHOWN_AT_FIRST:]:
                    _row(conversation, store, open_id, wording)


def _row(conversation: Conversation, store: ConversationStore, open_id: str | None, wording: Wording) -> None:
    is_open = conversation.id == open_id
    kind = "current-conversation" if is_open else "conversation"
    with st.container(
        horizontal=True, gap=None, vertical_alignment="center", key=f"{kind}-{conversation.id}", wrap=False
    ):
        if st.button(
            label(conversation.title),
            key=f"conversation-open-{conversation.id}",
            type="tertiary",
            width="stretch",
            help=label(conversation.title),
        ):
            state.keep_stopped(None)
            state.open_conversation(conversation.id)
            st.rerun()
        if st.button(
            # The style sheet leaves only the icon to see; the words are for who cannot see it.
            wording("conversations.more"),
            key=f"conversation-more-{conversation.id}",
            type="tertiary",
            icon=":material/more_horiz:",
            help=wording("conversations.more"),
        ):
            _open_details(conversation, store, wording)


def _open_details(conversation: Conversation, store: ConversationStore, wording: Wording) -> None:
    def details() -> None:
        with show_errors(wording):
            _rename(conversation, store, wording)
            _export(conversation, store, wording)
            _delete(conversation, store, wording)

    st.dialog(wording("conversations.details"))(details)()


def _rename(conversation: Conversation, store: ConversationStore, wording: Wording) -> None:
    with st.form(f"rename-{conversation.id}", border=False):
        title = st.text_input(wording("conversations.title"), value=conversation.title, max_chars=_LONGEST_TITLE)
        if st.form_submit_button(wording("conversations.rename")) and title.strip():
            store.rename(PERSONAL_ACCOUNT, conversation.id, title)
            st.rerun()


def _export(conversation: Conversation, store: ConversationStore, wording: Wording) -> None:
    turns = store.turns(PERSONAL_ACCOUNT, conversation.id)
    st.download_button(
        wording("conversations.export"),
        conversation_markdown(conversation, turns, wording.language),
        file_name=f"{_file_name(conversation.title)}.md",
        mime="text/markdown",
        icon=":material/download:",
        on_click="ignore",
    )


def _delete(conversation: Conversation, store: ConversationStore, wording: Wording) -> None:
    st.divider()
    sure = st.checkbox(wording("conversations.delete_sure"), key=f"delete-sure-{conversation.id}")
    if st.button(wording("conversations.delete"), key=f"delete-{conversation.id}", disabled=not sure):
        store.delete(PERSONAL_ACCOUNT, conversation.id)
        if state.conversation_id() == conversation.id:
            state.open_conversation(None)
        st.rerun()


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or "salescoach"
