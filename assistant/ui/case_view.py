"""One practice case, laid out for the people at the table: each reads only what is theirs."""

import streamlit as st

from assistant.ui import state
from assistant.ui.browser import print_button
from assistant.ui.dialogue_view import show_dialogue
from assistant.ui.elements import facts, show_html, skill_badges
from assistant.ui.markup import label, prose_html
from assistant.ui.navigation import PageName, go_to, go_to_case, go_to_document
from assistant.ui.state import PLAY_VIEW, PRINT_VIEW, Address
from assistant.ui.wording import Wording
from knowledge.library import Library
from knowledge.types import Document, PracticeCase, SearchFilter, SourceKind


def case_facts(case: PracticeCase, wording: Wording) -> tuple[str, ...]:
    """Return level, time, group and industry in words."""
    level = wording(f"level.{case.level}") if wording.has(f"level.{case.level}") else case.level
    group = wording(f"group.{case.group}") if wording.has(f"group.{case.group}") else case.group
    return level, wording("case.minutes", n=case.minutes), group, case.industry


def show_case(case: PracticeCase, library: Library, wording: Wording) -> None:
    """Show a practice case, its conversation to practise, or the view for printing: each brief on its own sheet."""
    if state.in_address(Address.VIEW) == PRINT_VIEW:
        _show_for_print(case, wording)
        return
    if case.dialogue is not None and state.in_address(Address.VIEW) == PLAY_VIEW:
        show_dialogue(case, case.dialogue, library, wording)
        return
    if st.button(wording("case.back"), key="case-back", type="tertiary", icon=":material/arrow_back:"):
        go_to(PageName.CASES)
    _show_head(case, wording)
    _show_tools(case, library, wording)
    _show_part("case.situation", case.situation, case, wording)
    _show_part("case.assignment", case.assignment, case, wording)
    _show_briefs(case, wording)
    _show_hints(case, wording)
    _show_theory(case, library, wording)
    _show_closed("case.model_approach", case.model_approach, case, wording)
    _show_list("case.checks", case.checks, case, wording)
    _show_list("case.debrief", case.debrief, case, wording)
    _show_part("case.commitment", case.commitment, case, wording)
    _show_variants(case, wording)


def _show_head(case: PracticeCase, wording: Wording) -> None:
    st.title(label(case.title))
    facts(*case_facts(case, wording))
    skill_badges(case.skills, wording)
    if case.summary:
        st.markdown(f"*{label(case.summary)}*")
    if case.goal:
        with st.container(border=True, key="case-goal", gap="xxsmall"):
            st.caption(wording("case.goal"))
            st.markdown(f"**{label(case.goal)}**")


def _show_tools(case: PracticeCase, library: Library, wording: Wording) -> None:
    with st.container(horizontal=True, gap="small", key="case-tools"):
        if case.dialogue is not None and st.button(
            wording("play.start"), key="case-play", type="primary", icon=":material/forum:"
        ):
            state.put_in_address(Address.VIEW, PLAY_VIEW)
            st.rerun()
        twin = _twin(case, library)
        if twin is not None:
            name = wording("reader.twin", language=wording.language_name(twin.language))
            if st.button(name, key="case-twin", icon=":material/translate:"):
                go_to_case(twin.id)
        if st.button(wording("reader.print"), key="case-print", icon=":material/print:"):
            state.put_in_address(Address.VIEW, PRINT_VIEW)
            st.rerun()
        if st.button(wording("case.as_text"), key="case-as-text", icon=":material/menu_book:"):
            go_to_document(case.document_id)


def _show_briefs(case: PracticeCase, wording: Wording) -> None:
    if not (case.seller_brief or case.buyer_brief or case.observer_sheet):
        return
    st.markdown(f"#### {wording('case.briefs')}")
    _show_closed("case.seller_brief", case.seller_brief, case, wording, icon=":material/person:")
    _show_closed("case.buyer_brief", case.buyer_brief, case, wording, icon=":material/lock:")
    _show_closed("case.observer_sheet", case.observer_sheet, case, wording, icon=":material/visibility:")


def _show_hints(case: PracticeCase, wording: Wording) -> None:
    if not case.hints:
        return
    st.markdown(f"#### {wording('case.hints')}")
    # One at a time: a seller opens the next hint only when the one before did not help.
    for number, hint in enumerate(case.hints, start=1):
        with st.expander(wording("case.hint", n=number), key=f"hint-{number}", icon=":material/lightbulb:"):
            _show_text(hint, case)


def _show_theory(case: PracticeCase, library: Library, wording: Wording) -> None:
    article = _theory_article(case, library)
    if not case.theory and article is None:
        return
    with st.expander(wording("case.theory"), icon=":material/school:"):
        if case.theory:
            _show_text(case.theory, case)
        if article is not None:
            st.caption(wording("case.read_more"))
            if st.button(label(article.title), key="theory-article", type="tertiary", icon=":material/menu_book:"):
                go_to_document(article.id)


def _show_variants(case: PracticeCase, wording: Wording) -> None:
    if not case.variants:
        return
    with st.expander(wording("case.variants"), icon=":material/tune:"):
        for name, text in case.variants.items():
            title = wording(f"variant.{name}") if wording.has(f"variant.{name}") else name
            st.markdown(f"**{label(title)}**")
            _show_text(text, case)


def _show_part(key: str, text: str, case: PracticeCase, wording: Wording) -> None:
    if text.strip():
        st.markdown(f"#### {wording(key)}")
        _show_text(text, case)


def _show_closed(key: str, text: str, case: PracticeCase, wording: Wording, *, icon: str = ":material/key:") -> None:
    if text.strip():
        with st.expander(wording(key), icon=icon):
            _show_text(text, case)


def _show_list(key: str, items: tuple[str, ...], case: PracticeCase, wording: Wording) -> None:
    if items:
        st.markdown(f"#### {wording(key)}")
        _show_text("\n".join(f"{number}. {' '.join(item.split())}" for number, item in enumerate(items, start=1)), case)


def _show_text(text: str, case: PracticeCase) -> None:
    show_html(prose_html(text, language=case.language, top_heading=5))


def _twin(case: PracticeCase, library: Library) -> Document | None:
    pair_id = library.document(case.document_id).pair_id
    if not pair_id:
        return None
    others = library.documents(SearchFilter(kinds=(SourceKind.PRACTICE_CASE,)))
    return next((other for other in others if other.pair_id == pair_id and other.id != case.document_id), None)


def _theory_article(case: PracticeCase, library: Library) -> Document | None:
    if not case.theory_article:
        return None
    articles = library.documents(SearchFilter(kinds=(SourceKind.ARTICLE,), languages=(case.language,)))
    return next((article for article in articles if article.pair_id == case.theory_article), None)


def _show_for_print(case: PracticeCase, wording: Wording) -> None:
    with st.container(horizontal=True, gap="small", key="print-tools"):
        if st.button(wording("case.back_to_case"), key="print-back", icon=":material/arrow_back:"):
            state.put_in_address(Address.VIEW, "")
            st.rerun()
        print_button(label=wording("reader.print_now"), key="print-now")
    _show_head(case, wording)
    sheets = {
        "case.situation": case.situation,
        "case.assignment": case.assignment,
        "case.seller_brief": case.seller_brief,
        "case.buyer_brief": case.buyer_brief,
        "case.observer_sheet": case.observer_sheet,
    }
    for key, text in sheets.items():
        with st.container(key=f"sheet-{key.removeprefix('case.')}"):
            _show_part(key, text, case, wording)
    with st.container(key="sheet-leader"):
        _show_list("case.checks", case.checks, case, wording)
        _show_list("case.debrief", case.debrief, case, wording)
        _show_part("case.model_approach", case.model_approach, case, wording)
        _show_part("case.commitment", case.commitment, case, wording)
