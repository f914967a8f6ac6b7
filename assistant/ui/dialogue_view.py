"""Practising the conversation of a case alone: the buyer's line, three answers to choose from, and what each does."""

from collections.abc import Mapping

import streamlit as st

from assistant.practice.walk import Move, Walk, checks_shown, replay
from assistant.ui import state
from assistant.ui.browser import scroll_to
from assistant.ui.elements import BadgeColour, show_html
from assistant.ui.markup import label, prose_html
from assistant.ui.navigation import go_to_document
from assistant.ui.state import Address
from assistant.ui.wording import Wording
from knowledge.dialogue import Dialogue, DialogueEnding, DialogueTurn, Outcome, Rating
from knowledge.library import Library
from knowledge.types import Document, PracticeCase, SearchFilter, SourceKind

_RATING_COLOURS: dict[Rating, BadgeColour] = {Rating.STRONG: "green", Rating.FAIR: "orange", Rating.WEAK: "red"}
_OUTCOME_COLOURS: dict[Outcome, BadgeColour] = {Outcome.WON: "green", Outcome.PARTLY: "orange", Outcome.LOST: "red"}


def show_dialogue(case: PracticeCase, dialogue: Dialogue, library: Library, wording: Wording) -> None:
    """Show the conversation so far, kept in the address, and what can be said next."""
    walk = replay(dialogue, [int(digit) for digit in state.in_address(Address.MOVES) if digit.isdecimal()])
    articles = _articles(case, library)
    if st.button(wording("case.back_to_case"), key="play-back", type="tertiary", icon=":material/arrow_back:"):
        _leave()
    st.title(label(case.title))
    st.markdown(wording("play.explanation"))
    _show_beforehand(case, wording, is_open=not walk.moves)
    for number, move in enumerate(walk.moves, start=1):
        _show_move(number, move, case, articles, wording)
    if walk.turn is not None:
        _show_turn(walk, walk.turn, case, wording)
    if walk.ending is not None:
        _show_ending(walk, walk.ending, case, articles, wording)
    _show_tools(walk, wording)
    if walk.moves:
        scroll_to(f".st-key-coach-{len(walk.moves)}", key=f"scroll-move-{_taken(walk)}", block="center")


def _show_beforehand(case: PracticeCase, wording: Wording, *, is_open: bool) -> None:
    """Show what a seller knows before the conversation, and what will be looked at: never the buyer's brief."""
    parts = (("case.situation", case.situation), ("case.seller_brief", case.seller_brief))
    with st.expander(wording("play.beforehand"), expanded=is_open, icon=":material/person:"):
        for key, text in parts:
            if text.strip():
                st.markdown(f"**{wording(key)}**")
                show_html(prose_html(text, language=case.language, top_heading=5))
        if case.checks:
            st.markdown(f"**{wording('case.checks')}**")
            checks = "\n".join(f"- {' '.join(check.split())}" for check in case.checks)
            show_html(prose_html(checks, language=case.language))


def _show_move(number: int, move: Move, case: PracticeCase, articles: Mapping[str, Document], wording: Wording) -> None:
    _show_line("buyer", number, move.turn.buyer, case, wording)
    _show_line("seller", number, move.choice.seller, case, wording)
    with st.container(key=f"coach-{number}", gap="xxsmall"):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.badge(wording(f"rating.{move.choice.rating}"), color=_RATING_COLOURS[move.choice.rating])
            if move.choice.principle:
                st.markdown(f"**{label(move.choice.principle)}**")
        if move.choice.feedback:
            show_html(prose_html(move.choice.feedback, language=case.language))
        article = articles.get(move.choice.article)
        if article is not None and st.button(
            label(article.title), key=f"play-article-{number}", type="tertiary", icon=":material/menu_book:"
        ):
            go_to_document(article.id)


def _show_turn(walk: Walk, turn: DialogueTurn, case: PracticeCase, wording: Wording) -> None:
    _show_line("buyer", len(walk.moves) + 1, turn.buyer, case, wording)
    st.caption(wording("play.your_turn"))
    with st.container(key="play-choices", gap="xsmall"):
        for number, choice in enumerate(turn.choices, start=1):
            key = f"say-{len(walk.moves)}-{number}"
            if st.button(label(choice.seller), key=key, width="stretch", wrap=True):
                state.put_in_address(Address.MOVES, f"{_taken(walk)}{number}")
                st.rerun()


def _show_ending(
    walk: Walk, ending: DialogueEnding, case: PracticeCase, articles: Mapping[str, Document], wording: Wording
) -> None:
    _show_line("buyer", len(walk.moves) + 1, ending.buyer, case, wording)
    with st.container(border=True, key="play-ending", gap="small"):
        st.badge(wording(f"play.{ending.outcome}"), color=_OUTCOME_COLOURS[ending.outcome])
        if ending.lesson:
            show_html(prose_html(ending.lesson, language=case.language))
        counts = (wording.count(f"play.{rating}_lines", walk.ratings[rating]) for rating in Rating)
        st.caption(" · ".join(counts))
        if case.checks:
            st.markdown(f"**{wording('play.checks_shown')}**")
            for number, found in enumerate(checks_shown(case.checks, walk), start=1):
                mark = ":material/check:" if found.line else ":material/close:"
                st.markdown(f"{mark} {label(found.check)}")
                if found.line:
                    with st.container(key=f"play-proof-{number}"):
                        show_html(prose_html(f"“{found.line}”", language=case.language))
        _show_reading(walk, articles, wording)


def _show_reading(walk: Walk, articles: Mapping[str, Document], wording: Wording) -> None:
    """Offer the theory behind the lines that could have been stronger, each article once."""
    missed = [move.choice.article for move in walk.moves if move.choice.rating is not Rating.STRONG]
    reading = [articles[name] for name in dict.fromkeys(missed) if name in articles]
    if not reading:
        return
    st.markdown(f"**{wording('play.reading')}**")
    for article in reading:
        if st.button(
            label(article.title), key=f"play-reading-{article.id}", type="tertiary", icon=":material/menu_book:"
        ):
            go_to_document(article.id)


def _show_tools(walk: Walk, wording: Wording) -> None:
    if not walk.moves:
        return
    with st.container(horizontal=True, gap="small", key="tools-play"):
        if st.button(wording("play.undo"), key="play-undo", icon=":material/undo:"):
            state.put_in_address(Address.MOVES, _taken(walk)[:-1])
            st.rerun()
        if st.button(
            wording("play.again"),
            key="play-again",
            icon=":material/replay:",
            type="primary" if walk.ending else "secondary",
        ):
            state.put_in_address(Address.MOVES, "")
            st.rerun()


def _show_line(who: str, number: int, text: str, case: PracticeCase, wording: Wording) -> None:
    with st.container(key=f"{who}-{number}", gap=None):
        st.caption(wording(f"play.{who}"))
        show_html(prose_html(text, language=case.language))


def _articles(case: PracticeCase, library: Library) -> dict[str, Document]:
    """Return the articles in the language of the case by the id that a dialogue names them with."""
    where = SearchFilter(kinds=(SourceKind.ARTICLE,), languages=(case.language,))
    return {article.pair_id: article for article in library.documents(where) if article.pair_id}


def _taken(walk: Walk) -> str:
    """Return the moves as the address holds them: one digit each, without what could not be played."""
    return "".join(str(move.number) for move in walk.moves)


def _leave() -> None:
    state.put_in_address(Address.VIEW, "")
    state.put_in_address(Address.MOVES, "")
    st.rerun()
