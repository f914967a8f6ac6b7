"""What a browser tab remembers: the address (survives a refresh) and the session (does not).

The only module that names keys of `st.session_state`, and the only one that reads or writes the address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from ingest.events import IngestReport
from knowledge.types import LANGUAGES, Language


class Address(StrEnum):
    """The parameters of the address."""

    LANGUAGE = "lang"
    CONVERSATION = "c"
    DOCUMENT = "doc"
    PASSAGE = "passage"
    SECTION = "s"
    CASE = "case"
    BOOK = "book"
    VIEW = "view"
    MOVES = "moves"


class _Key(StrEnum):
    LANGUAGE = "chosen_language"
    CONVERSATION = "open_conversation"
    QUESTION = "question_to_ask"
    STOPPED = "stopped_answer"
    REPORTS = "ingest_reports"
    ADDING_ROUND = "adding_round"
    VERIFY = "verify_report"
    EXAMPLES = "examples_turn"


PRINT_VIEW = "print"
PLAY_VIEW = "play"


@dataclass(frozen=True, slots=True)
class StoppedAnswer:
    """What was on the page when a person pressed stop."""

    question: str
    text: str
    conversation_id: str | None


def in_address(name: Address) -> str:
    """Return a parameter of the address; empty when absent."""
    return str(st.query_params.get(name, ""))


def put_in_address(name: Address, value: str) -> None:
    """Write a parameter of the address; an empty value removes it."""
    if not value:
        st.query_params.pop(name, None)
    elif in_address(name) != value:
        st.query_params[name] = value


def language(default: str) -> Language:
    """Return the language of the pages: chosen in the address, chosen earlier, set, or the browser's."""
    chosen = in_address(Address.LANGUAGE) or str(st.session_state.get(_Key.LANGUAGE, ""))
    for candidate in (chosen, default, *_browser_languages()):
        for known in LANGUAGES:
            if candidate.lower().startswith(known):
                return known
    return "en"


def keep_language() -> None:
    """Keep a chosen language in the address, which going to another page clears."""
    chosen = in_address(Address.LANGUAGE) or str(st.session_state.get(_Key.LANGUAGE, ""))
    if chosen in LANGUAGES:
        choose_language(chosen)


def choose_language(chosen: str) -> None:
    """Remember the language a person chose."""
    st.session_state[_Key.LANGUAGE] = chosen
    put_in_address(Address.LANGUAGE, chosen)


def conversation_id() -> str | None:
    """Return the open conversation: the one in the address, else the one this tab had open before."""
    found = in_address(Address.CONVERSATION) or st.session_state.get(_Key.CONVERSATION)
    if not found:
        return None
    open_conversation(str(found))
    return str(found)


def open_conversation(identifier: str | None) -> None:
    """Make a conversation (None: a new one) the open one."""
    st.session_state[_Key.CONVERSATION] = identifier
    put_in_address(Address.CONVERSATION, identifier or "")


def ask_next(question: str) -> None:
    """Ask a question at the next run, as if it were typed."""
    st.session_state[_Key.QUESTION] = question


def take_question() -> str | None:
    """Return the question left by `ask_next`, once."""
    question = st.session_state.pop(_Key.QUESTION, None)
    return str(question) if question else None


def examples_turn() -> int:
    """Return how often other examples were asked for."""
    return int(st.session_state.get(_Key.EXAMPLES, 0))


def next_examples() -> None:
    """Show other examples at the next run."""
    st.session_state[_Key.EXAMPLES] = examples_turn() + 1


def tick(key: str, *, is_ticked: bool) -> None:
    """Set the checkbox with a key, before it is drawn, to what is stored."""
    st.session_state[key] = is_ticked


def is_ticked(key: str) -> bool:
    """Return whether the checkbox with a key is ticked."""
    return bool(st.session_state.get(key, False))


def keep_stopped(answer: StoppedAnswer | None) -> None:
    """Remember (None: forget) the answer that was stopped half way."""
    st.session_state[_Key.STOPPED] = answer


def stopped_answer() -> StoppedAnswer | None:
    """Return the answer that was stopped half way, if any."""
    found = st.session_state.get(_Key.STOPPED)
    return found if isinstance(found, StoppedAnswer) else None


def keep_reports(reports: Sequence[IngestReport]) -> None:
    """Show these reports until the next addition, and empty the form that led to them."""
    st.session_state[_Key.REPORTS] = tuple(reports)
    st.session_state[_Key.ADDING_ROUND] = adding_round() + 1


def reports() -> tuple[IngestReport, ...]:
    """Return the reports of the last addition."""
    return tuple(st.session_state.get(_Key.REPORTS, ()))


def adding_round() -> int:
    """Return a number that changes after each addition: a new form key empties the form."""
    return int(st.session_state.get(_Key.ADDING_ROUND, 0))


def _browser_languages() -> tuple[str, ...]:
    accepted = str(st.context.headers.get("Accept-Language", ""))
    return (st.context.locale or "", *(part.strip() for part in accepted.split(",")))
