"""Small pieces that several pages show: where a quote stands, badges, facts, cards, empty lists."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

import streamlit as st

from assistant.coach.types import BookTip, Citation, Suggestion
from assistant.ui.markup import label
from assistant.ui.navigation import go_to_book, go_to_case, go_to_document
from assistant.ui.wording import Wording
from knowledge.types import Document, Evidence, Locator, Skill, SourceKind

BadgeColour = Literal["green", "orange", "gray", "red"]

_EVIDENCE_COLOURS: dict[Evidence, BadgeColour] = {
    Evidence.STRONG: "green",
    Evidence.WEAK: "orange",
    Evidence.NONE: "gray",
}
_LONGEST_CHIP_TITLE = 44
_MOST_BADGES = 4


def show_html(html: str) -> None:
    """Show HTML made by `markup`; the only call that puts HTML on a page, beside the style sheet."""
    st.html(html)


def evidence_badge(evidence: Evidence, wording: Wording) -> None:
    """Show how far the answer can be relied upon."""
    st.badge(wording(f"evidence.{evidence}"), color=_EVIDENCE_COLOURS[evidence])


def skill_badges(skills: Sequence[Skill], wording: Wording) -> None:
    """Show the first skills as badges."""
    if not skills:
        return
    with st.container(horizontal=True, gap="xxsmall"):
        for skill in skills[:_MOST_BADGES]:
            st.badge(wording(f"skill.{skill}"), color="gray")


def place(source: Citation | Locator, wording: Wording) -> str:
    """Return chapter and page, such as 'Chapter 3 › Price, p. 41-42'; empty when the document has neither."""
    return ", ".join(part for part in (" › ".join(source.heading_path), pages(source, wording)) if part)


def pages(source: Citation | Locator, wording: Wording) -> str:
    """Return the page or pages, such as 'p. 41-42'; empty without page numbers."""
    if source.page_first is None:
        return ""
    if source.page_last is None or source.page_last == source.page_first:
        return wording("place.page", page=source.page_first)
    return wording("place.pages", first=source.page_first, last=source.page_last)


def source_text(citation: Citation, wording: Wording, *, foreign: bool) -> str:
    """Return the short name of a source: 'Title, chapter, p. 41 (English)'."""
    parts = [_shortened(citation.title, _LONGEST_CHIP_TITLE)]
    if citation.heading_path:
        parts.append(_shortened(citation.heading_path[-1], _LONGEST_CHIP_TITLE))
    if pages(citation, wording):
        parts.append(pages(citation, wording))
    note = f" ({wording.language_name(citation.language)})" if foreign else ""
    return f"{', '.join(parts)}{note}"


def facts(*parts: str) -> None:
    """Show short facts on one quiet line."""
    st.caption(" · ".join(label(part) for part in parts if part))


def document_facts(document: Document, wording: Wording) -> tuple[str, ...]:
    """Return what a list says of a document."""
    return (
        wording(f"kind.{document.kind}"),
        ", ".join(document.authors),
        wording.language_name(document.language),
        document.published,
    )


def suggestion_cards(title: str, suggestions: Sequence[Suggestion], key: str, wording: Wording) -> None:
    """Show suggestions as cards that open the case or the document."""
    if not suggestions:
        return
    st.markdown(f"##### {title}")
    for position, suggestion in enumerate(suggestions):
        is_case = suggestion.kind == SourceKind.PRACTICE_CASE
        open_it: Callable[[str], None] = go_to_case if is_case else go_to_document
        with st.container(border=True, key=f"card-{key}-{position}", gap="xxsmall"):
            if st.button(label(suggestion.title), key=f"open-{key}-{position}", type="tertiary"):
                open_it(suggestion.document_id)
            if suggestion.summary:
                facts(suggestion.summary)
            facts(_kind(suggestion.kind, wording), wording.language_name(suggestion.language))


def book_cards(tips: Sequence[BookTip], owned: Collection[str], key: str, wording: Wording) -> None:
    """Show books of the reading list as cards that open them there."""
    for position, tip in enumerate(tips):
        with st.container(border=True, key=f"card-{key}-book-{position}", gap="xxsmall"):
            if st.button(label(tip.title), key=f"open-{key}-book-{position}", type="tertiary"):
                go_to_book(tip.book_id)
            facts(tip.note)
            in_bookcase = wording("reading.in_bookcase") if tip.book_id in owned else ""
            facts(wording("kind.book"), ", ".join(tip.authors), str(tip.year), in_bookcase)


def empty_list(title: str, advice: str) -> None:
    """Show that a list has nothing in it, and what to do about that."""
    with st.container(border=True, key=f"empty-{abs(hash(title))}", gap="xsmall", horizontal_alignment="center"):
        st.markdown(f"**{title}**")
        st.caption(advice)


def _kind(kind: str, wording: Wording) -> str:
    return wording(f"kind.{kind}") if wording.has(f"kind.{kind}") else kind


def _shortened(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
