"""What narrows a list: words to look for, and a skill, a language or another choice that may stay open."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

from assistant.ui.wording import Wording
from knowledge.types import Skill

_Option = TypeVar("_Option")


def search_words(title: str, placeholder: str, *, key: str) -> str:
    """Return what is typed in a search box."""
    return st.text_input(
        title,
        placeholder=placeholder,
        icon=":material/search:",
        label_visibility="collapsed",
        key=key,
        persist_state="session",
    )


def choose(
    options: Sequence[_Option], name: Callable[[_Option], str], *, title: str, placeholder: str, key: str
) -> _Option | None:
    """Return the option chosen; None while the choice is open."""
    chosen: _Option | None = st.selectbox(
        title,
        options,
        index=None,
        format_func=name,
        placeholder=placeholder,
        label_visibility="collapsed",
        key=key,
        persist_state="session",
    )
    return chosen


def choose_skill(
    tagged: Iterable[Sequence[Skill]], *, key: str, wording: Wording, placeholder: str = "filter.all_skills"
) -> Skill | None:
    """Return the skill chosen, out of those that occur in the lists of skills given."""
    present = {skill for skills in tagged for skill in skills}
    return choose(
        [skill for skill in Skill if skill in present],
        lambda skill: wording(f"skill.{skill}"),
        title=wording("filter.skill"),
        placeholder=wording(placeholder),
        key=key,
    )


def choose_language(languages: Iterable[str], *, key: str, wording: Wording) -> str | None:
    """Return the language chosen, out of those that occur."""
    return choose(
        sorted(set(languages)),
        wording.language_name,
        title=wording("filter.language"),
        placeholder=wording("filter.all_languages"),
        key=key,
    )
