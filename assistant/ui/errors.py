"""Every error as a sentence and a remedy in the reader's language; the pages' only catch-all."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.ui.markup import label
from assistant.ui.wording import Wording, table
from knowledge.errors import SalescoachError

logger = logging.getLogger(__name__)


@contextmanager
def show_errors(wording: Wording) -> Iterator[None]:
    """Show what goes wrong inside the block; what nobody foresaw is also logged with its traceback."""
    try:
        yield
    except SalescoachError as error:
        logger.info("Shown to a person: %s", error.code)
        show_error(error, wording)
    except Exception:
        logger.exception("A page failed")
        st.error(f"**{wording('error.unexpected')}**\n\n{wording('error.unexpected_remedy')}")


def show_error(error: SalescoachError, wording: Wording) -> None:
    """Show one error with its remedy."""
    sentence, remedy = sentence_and_remedy(error, wording)
    st.error(f"**{label(sentence)}**" + (f"\n\n{label(remedy)}" if remedy else ""))


def sentence_and_remedy(error: SalescoachError, wording: Wording) -> tuple[str, str]:
    """Return what happened and what to do about it, in the wording's language when it has words for the error.

    English is what the error itself says. For a subclass without Dutch words, those of its parent hold.
    """
    if wording.language == "nl":
        dutch = table("errors_nl")
        for kind in type(error).__mro__:
            sentence = _filled(dutch.get(f"{kind.__name__}.sentence", ""), error)
            if sentence:
                return sentence, _filled(dutch[f"{kind.__name__}.remedy"], error) or error.hint
    return str(error), error.hint


def _filled(template: str, error: SalescoachError) -> str:
    """Return the template with the error's details; empty when the error lacks one of them."""
    try:
        return template.format(**error.details)
    except KeyError:
        return ""
