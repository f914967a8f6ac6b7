"""A long text in pages: nothing lost, nothing twice, chapters where the text has them."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.reading import section_at, sections

PARAGRAPH = "A sentence that fills a line of a book, and then some more of it.\n\n"


@given(
    st.lists(st.one_of(st.sampled_from(["# One\n\n", "## Two\n\n", "### Three\n\n"]), st.just(PARAGRAPH)), max_size=60),
    st.integers(200, 3000),
)
def test_sections_are_the_whole_text_in_order(pieces, longest):
    text = "".join(pieces)

    found = sections(text, longest=longest)

    assert "".join(text[section.start : section.end] for section in found) == text
    assert all(section.end - section.start <= longest + 400 for section in found)


def test_short_text_is_one_section():
    assert [(one.start, one.end) for one in sections("# A\n\ntext")] == [(0, 9)]


def test_long_text_is_cut_at_its_chapters():
    text = "".join(f"# Chapter {number}\n\n" + PARAGRAPH * 10 for number in range(1, 5))

    assert [one.title for one in sections(text, longest=900)] == [f"Chapter {number}" for number in range(1, 5)]


def test_long_chapter_is_cut_at_its_own_headings_and_then_between_paragraphs():
    text = "# One\n\n## A\n\n" + PARAGRAPH * 10 + "## B\n\n" + PARAGRAPH * 40

    found = sections(text, longest=1000)

    assert [one.title for one in found][:3] == ["A", "B", "B (2)"]
    assert text[: found[2].start].endswith("\n\n")


def test_title_page_joins_the_first_chapter():
    text = "The title\n\nby somebody\n\n" + "".join(f"# Chapter {n}\n\n" + PARAGRAPH * 10 for n in (1, 2))

    assert [one.title for one in sections(text, longest=900)] == ["Chapter 1", "Chapter 2"]


def test_position_leads_to_its_section():
    text = "".join(f"# Chapter {number}\n\n" + PARAGRAPH * 10 for number in range(1, 5))
    found = sections(text, longest=900)

    assert section_at(found, text.index("# Chapter 3") + 20) == 2
    assert section_at(found, len(text) + 5) == 3
