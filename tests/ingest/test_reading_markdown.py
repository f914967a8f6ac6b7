"""Markdown: emphasis, links, pictures and HTML go; headings, lists and page numbers stay."""

from ingest.reading_markdown import read_markdown
from ingest.rendering import render
from ingest.types import BlockKind, ParsedDocument


def text_of(markdown: str, *, holds_html: bool = True) -> str:
    return render(ParsedDocument(read_markdown(markdown, holds_html=holds_html))).text


def test_emphasis_links_and_pictures_lose_their_marks() -> None:
    text = text_of("**Ask** _first_, see [the guide](https://example.org) ![a picture](x.png) and `code`.")

    assert text == "Ask first, see the guide and code."


def test_html_of_a_writer_goes_and_breaks_stay_breaks() -> None:
    assert text_of("One<br>two <b>bold</b><!-- secret --> end.") == "One\ntwo bold end."
    assert text_of("<script>alert(1)</script>\n\nText stays.") == "Text stays."


def test_tags_in_converted_text_are_text() -> None:
    assert text_of("Press <enter> to go on.", holds_html=False) == "Press <enter> to go on."


def test_wrapped_paragraph_becomes_one_line_and_snake_case_stays() -> None:
    assert (
        text_of("The first\nline of snake_case_words\nand 2 * 3 = 6.")
        == "The first line of snake_case_words and 2 * 3 = 6."
    )


def test_lists_keep_their_marks_and_depth() -> None:
    text = text_of("1. Ask\n2. Listen\n   - really\n   - again\n\n- Sum up")

    assert text == "1. Ask\n2. Listen\n  - really\n  - again\n- Sum up"


def test_second_paragraph_of_an_item_is_a_paragraph() -> None:
    blocks = read_markdown("- Ask first.\n\n  Then wait.\n- Listen.", holds_html=True)

    assert [block.kind for block in blocks] == [BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.ITEM]


def test_table_rows_read_without_their_table() -> None:
    text = text_of("| Phase | Goal |\n|---|---|\n| Opening | Trust |\n| Close | A date |")

    assert text == "- Phase: Opening; Goal: Trust\n- Phase: Close; Goal: A date"


def test_headings_keep_level_and_lose_emphasis() -> None:
    assert text_of("# The *Book*\n\nText.\n\nPart\n----\n\nMore.") == "# The Book\n\nText.\n\n## Part\n\nMore."


def test_transcribed_page_numbers_become_marks_also_inside_a_word() -> None:
    document = render(
        ParsedDocument(read_markdown("First re[Pg 10]garding price.\n\n[Pg 11]\n\nNext.", holds_html=False))
    )

    assert document.text == "First regarding price.\n\nNext."
    assert document.page_at(document.text.index("garding")) == 10
    assert document.page_at(document.text.index("Next")) == 11
    assert document.page_at(0) is None


def test_numbers_in_brackets_that_do_not_ascend_are_no_pages() -> None:
    document = render(ParsedDocument(read_markdown("See [p 90] and [p 12] and [p 40] and [p 3].", holds_html=True)))

    assert document.page_numbers == ()


def test_footnote_marks_go_and_their_text_stays() -> None:
    assert text_of("Ask first.[^1]\n\n[^1]: As Rackham says.") == "Ask first.\n\nAs Rackham says."


def test_paragraph_cannot_pose_as_a_heading() -> None:
    assert text_of("\\# not a heading").startswith("not a heading")


def test_picture_that_a_converter_made_a_link_goes() -> None:
    assert text_of("[Frontispiece](images/image1.jpg)\n\nText.", holds_html=False) == "Text."


def test_code_keeps_its_lines_and_a_table_without_rows_its_cells() -> None:
    assert text_of("```\nfirst   line\n\nsecond\nthird\n```") == "first line\n\nsecond\nthird"
    assert text_of("| one | two |\n|---|---|") == "- one; two"
