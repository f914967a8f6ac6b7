"""The Cases page: browse practice cases, and read one."""

from collections.abc import Sequence

import streamlit as st

from assistant.services import Services
from assistant.ui import services as ui_services
from assistant.ui import state
from assistant.ui.case_view import case_facts, show_case
from assistant.ui.elements import empty_list, facts, skill_badges
from assistant.ui.errors import show_errors
from assistant.ui.filters import choose, choose_skill
from assistant.ui.look import reader_wording
from assistant.ui.markup import label
from assistant.ui.navigation import PageName, go_to, go_to_case
from assistant.ui.state import Address
from assistant.ui.wording import Wording
from knowledge.types import PracticeCase

_LEVELS = ("junior", "medior", "senior")
_ON_ONE_PAGE = 12


def render() -> None:
    """Show the page: the case in the address, or the list."""
    wording = reader_wording()
    with show_errors(wording):
        services = ui_services.get_services()
        document_id = state.in_address(Address.CASE)
        if document_id:
            show_case(services.library.case(document_id), services.library, wording)
        else:
            _show_list(services, wording)


def _show_list(services: Services, wording: Wording) -> None:
    st.title(wording("cases.title"))
    st.markdown(wording("cases.explanation"))
    everything = services.library.cases()
    if not everything:
        empty_list(wording("cases.empty"), wording("cases.empty_advice"))
        if st.button(wording("answer.to_library")):
            go_to(PageName.LIBRARY)
        return
    cases = _filtered(everything, wording)
    if not cases:
        empty_list(wording("cases.none_found"), wording("cases.none_found_advice"))
        return
    st.caption(wording.count("cases.number", len(cases)))
    pages = -(-len(cases) // _ON_ONE_PAGE)
    place = st.container(key="case-list", gap="small")
    page = st.pagination(pages, key=f"cases-page-{pages}", persist_state="session") if pages > 1 else 1
    with place:
        for case in cases[(page - 1) * _ON_ONE_PAGE : page * _ON_ONE_PAGE]:
            _show_card(case, wording)


def _filtered(everything: Sequence[PracticeCase], wording: Wording) -> list[PracticeCase]:
    languages = sorted({case.language for case in everything})
    # The reader's own language comes first; an empty choice is offered, because a preset one cannot be cleared.
    choices = ["", *languages]
    with st.container(horizontal=True, gap="small", key="case-filters"):
        skill = choose_skill((case.skills for case in everything), key="case-skill", wording=wording)
        level = choose(
            [level for level in _LEVELS if any(case.level == level for case in everything)],
            lambda level: wording(f"level.{level}"),
            title=wording("filter.level"),
            placeholder=wording("filter.all_levels"),
            key="case-level",
        )
        language = st.selectbox(
            wording("filter.language"),
            choices,
            index=choices.index(wording.language) if wording.language in languages else 0,
            format_func=lambda code: wording.language_name(code) if code else wording("filter.all_languages"),
            label_visibility="collapsed",
            key=f"case-language-{wording.language}",
            persist_state="session",
        )
    cases = [
        case
        for case in everything
        if (skill is None or skill in case.skills)
        and (level is None or case.level == level)
        and (not language or case.language == language)
    ]
    return sorted(cases, key=lambda case: (_level_order(case), case.title.casefold()))


def _level_order(case: PracticeCase) -> int:
    return _LEVELS.index(case.level) if case.level in _LEVELS else len(_LEVELS)


def _show_card(case: PracticeCase, wording: Wording) -> None:
    with st.container(border=True, key=f"case-{case.document_id}", gap="xxsmall"):
        if st.button(label(case.title), key=f"open-case-{case.document_id}", type="tertiary"):
            go_to_case(case.document_id)
        if case.summary or case.goal:
            st.markdown(label(case.summary or case.goal))
        facts(*case_facts(case, wording), wording.language_name(case.language))
        skill_badges(case.skills, wording)
