"""What is not the text of a book goes; its chapters and side notes become headings."""

import pytest

from ingest.cleaning import clean
from ingest.types import Block, BlockKind, ParsedDocument, page_mark
from tests.ingest.files import PROSE, make_docx, make_epub, make_pdf, prose, wrapped

HEADER = """The Project Gutenberg eBook of The Art of Selling, by Neil Rackham

This eBook is for the use of anyone anywhere at no cost and with almost no restrictions whatsoever.

Title: The Art of Selling

Author: Neil Rackham and Anna Smit

Release Date: January 4, 2005 [EBook #14589]

Language: English

*** START OF THIS PROJECT GUTENBERG EBOOK THE ART OF SELLING ***

Produced by a team of volunteers
"""
FOOTER = """End of Project Gutenberg's The Art of Selling, by Neil Rackham

*** END OF THIS PROJECT GUTENBERG EBOOK THE ART OF SELLING ***

START: FULL LICENSE

THE FULL PROJECT GUTENBERG LICENSE. PLEASE READ THIS BEFORE YOU DISTRIBUTE OR USE THIS WORK.
"""
BODY = f"""CHAPTER I

_Asking First_

{prose(150)}

CHAPTER II

THE ANSWER

{prose(150)}
"""


def heading(text: str, level: int = 1) -> Block:
    return Block(text, BlockKind.HEADING, level=level)


def item(text: str) -> Block:
    return Block(text, BlockKind.ITEM, marker="-")


def cleaned(*blocks: Block) -> list[str]:
    return [f"{'#' * block.level} {block.text}".strip() for block in clean(ParsedDocument(blocks)).blocks]


# Legal text ---------------------------------------------------------------------------------------------------------


def test_gutenberg_text_keeps_what_its_header_says_and_nothing_else_of_it(ingest, shelf) -> None:
    ingest.add_upload("14589.txt", f"{HEADER}\n{BODY}\n{FOOTER}".encode())

    assert shelf.only.title == "The Art of Selling"
    assert shelf.only.authors == ("Neil Rackham", "Anna Smit")
    assert "Gutenberg" not in shelf.only_text
    assert "volunteers" not in shelf.only_text
    paths = [passage.locator.heading_path for passage in shelf.only_passages]
    assert paths == [("CHAPTER I: Asking First",), ("CHAPTER II: THE ANSWER",)]


def _as_docx() -> bytes:
    return make_docx(*(("Normal", part) for part in f"{HEADER}\n{BODY}\n{FOOTER}".split("\n\n") if part.strip()))


def _as_epub() -> bytes:
    parts = f"{HEADER}\n{BODY}\n{FOOTER}".split("\n\n")
    return make_epub(
        "".join(f"<p>{part.strip()}</p>" for part in parts), title="The Project Gutenberg eBook of X, by Y"
    )


def _as_pdf() -> bytes:
    lines, top = [], 780.0
    for part in f"{HEADER}\n{BODY}\n{FOOTER}".split("\n\n"):
        paragraph = wrapped(part.strip(), top=top, size=8, characters=110)
        top = paragraph[-1].y - 20
        lines += paragraph
    return make_pdf([lines])


@pytest.mark.parametrize(("name", "make"), [("b.docx", _as_docx), ("b.epub", _as_epub), ("b.pdf", _as_pdf)])
def test_gutenberg_text_is_stripped_in_every_format(ingest, shelf, name: str, make) -> None:
    report = ingest.add_upload(name, make())

    assert not report.failed
    assert (shelf.only.title, shelf.only.authors) == ("The Art of Selling", ("Neil Rackham", "Anna Smit"))
    assert "GUTENBERG" not in shelf.only_text.upper()
    assert shelf.only_text.startswith("## CHAPTER I: Asking First")


def test_transcribers_notes_go_at_both_ends() -> None:
    texts = cleaned(
        Block("*** START OF THE PROJECT GUTENBERG EBOOK X ***"),
        Block("TRANSCRIBER'S NOTE:"),
        Block("The author's use of asterisks has been preserved as printed in the original publication."),
        Block("[Illustration: a man with a hat]"),
        heading("X"),
        *(Block(f"{PROSE} {number}") for number in range(30)),
        Block("Transcriber's Notes"),
        Block("Page 22: a missing quote mark was added."),
        item("Page 34: extra word removed."),
        Block("*** END OF THE PROJECT GUTENBERG EBOOK X ***"),
        Block("Donations to the foundation are welcome."),
    )

    assert texts[0] == "# X"
    assert len(texts) == 31


def test_page_of_the_header_is_remembered_for_the_book() -> None:
    blocks = (
        Block(f"{page_mark(1)}*** START OF THE PROJECT GUTENBERG EBOOK X ***"),
        Block("Produced by a team"),
        Block(PROSE),
    )

    assert clean(ParsedDocument(blocks)).blocks == (Block(f"{page_mark(1)}{PROSE}"),)


def test_start_mark_lost_in_conversion_still_ends_the_header() -> None:
    texts = cleaned(
        Block("The Project Gutenberg eBook of X, by Y"),
        Block("Title: X"),
        Block("This text from Project Gutenberg may be copied."),
        Block(PROSE),
        Block("[Transcriber's Note: a long note that fills a paragraph and ends there.]"),
        Block(f"{PROSE} Again."),
        Block("End of Project Gutenberg's X"),
    )

    assert texts == [PROSE, f"{PROSE} Again."]


def test_header_and_book_in_one_paragraph_come_apart() -> None:
    text = f"{HEADER.replace(chr(10), ' ').partition('Produced')[0]} {PROSE}"

    assert cleaned(Block(text), Block(PROSE)) == [PROSE, PROSE]


def test_text_about_project_gutenberg_is_not_stripped() -> None:
    blocks = [Block(f"Project Gutenberg has free books. {PROSE}"), Block("Read one before you call.")]

    assert len(cleaned(*blocks)) == 2


# Listings -----------------------------------------------------------------------------------------------------------


def test_table_of_contents_goes_and_its_page_is_remembered() -> None:
    document = ParsedDocument(
        (
            heading("Contents", 2),
            item("CHAPTER: I.; Opening; PAGE: 9"),
            item(f"CHAPTER: II.; Closing; PAGE: 31{page_mark(8)}"),
            heading("Opening", 2),
            Block(PROSE),
        )
    )

    first, second = clean(document).blocks

    assert first.text == f"{page_mark(8)}Opening"
    assert second.text == PROSE


@pytest.mark.parametrize("name", ["Contents", "Table of Contents", "Inhoud", "Inhoudsopgave"])
def test_contents_without_page_numbers_end_at_the_first_heading(name: str) -> None:
    assert cleaned(Block(name), Block("Opening"), Block("Closing"), heading("Opening"), Block(PROSE)) == [
        "# Opening",
        PROSE,
    ]


def test_section_that_is_called_contents_stays() -> None:
    assert cleaned(heading("Inhoud"), Block(PROSE)) == ["# Inhoud", PROSE]


def test_index_at_the_end_goes() -> None:
    entries = [Block("Advertising, 12, 40-41"), heading("B", 3), Block("Buyers, 7"), Block("see also Customers")]

    assert cleaned(*(Block(PROSE) for _ in range(9)), heading("Index"), *entries) == [PROSE] * 9


def test_ornaments_go() -> None:
    assert cleaned(Block("* * *"), Block(PROSE), Block("————")) == [PROSE]


def test_title_page_of_a_book_goes_and_names_the_author() -> None:
    document = ParsedDocument(
        (
            heading("THE ART OF SELLING"),
            Block("BY"),
            Block("NEIL RACKHAM"),
            Block("THIRD EDITION"),
            heading("Preface", 2),
            *(Block(PROSE) for _ in range(120)),
        )
    )

    result = clean(document)

    assert result.description.authors == ("Neil Rackham",)
    assert result.blocks[0].text == "Preface"


def test_short_text_has_no_title_page() -> None:
    assert cleaned(heading("Note"), Block("By me"), Block(PROSE))[:2] == ["# Note", "By me"]


# Headings -----------------------------------------------------------------------------------------------------------


def test_chapter_number_and_title_are_one_heading() -> None:
    assert cleaned(heading("HOOFDSTUK 3", 2), Block("De prijs bespreken", is_emphasised=True), Block(PROSE))[0] == (
        "## HOOFDSTUK 3: De prijs bespreken"
    )
    assert cleaned(heading("Chapter 4. Closing", 2), Block(PROSE))[0] == "## Chapter 4: Closing"
    assert cleaned(Block("CHAPTER III"), Block("THE MIND OF THE SALESMAN (Continued)"), Block(PROSE))[0] == (
        "## CHAPTER III: THE MIND OF THE SALESMAN (Continued)"
    )


def test_sentence_about_a_chapter_stays_a_sentence() -> None:
    for sentence in ("Chapter 2 says that you must ask first.", "Part one of the answer is silence, and it works."):
        assert cleaned(Block(sentence), Block(PROSE))[0] == sentence


def test_side_notes_become_headings_below_their_chapter() -> None:
    texts = cleaned(
        heading("Chapter 1", 2),
        Block(f"[Sidenote: Why Ask First]{page_mark(4)}{PROSE}"),
        Block("[Sidenote: Who Buys?]"),
        Block(f"The buyer [Sidenote: not here] decides. {PROSE}"),
    )

    assert texts[1] == "### Why Ask First"
    assert texts[2].endswith(PROSE)
    assert texts[3] == "### Who Buys?"
    assert texts[4] == f"The buyer decides. {PROSE}"


def test_line_in_title_case_above_prose_is_a_heading() -> None:
    assert cleaned(heading("One", 2), Block("Value of Practical Psychology"), Block(PROSE))[1] == (
        "### Value of Practical Psychology"
    )


@pytest.mark.parametrize(
    "line",
    [
        "This is a short sentence.",
        "he said no to it",
        "Met vriendelijke groet,",
        "Ask what the price is compared with",
        "1920",
    ],
)
def test_ordinary_short_lines_are_no_headings(line: str) -> None:
    assert cleaned(heading("One", 2), Block(line), Block(PROSE))[1] == line


def test_chapter_title_that_is_a_heading_of_its_own_joins_its_number() -> None:
    assert cleaned(heading("CHAPTER I", 2), heading("The Opening", 3), Block(PROSE))[0] == "## CHAPTER I: The Opening"
    assert cleaned(heading("CHAPTER I", 2), item("first"), Block(PROSE))[0] == "## CHAPTER I"
    assert cleaned(Block("Chapter 1 of the plan"), Block(PROSE))[0] == "Chapter 1 of the plan"


def test_last_line_is_no_heading() -> None:
    assert cleaned(Block(PROSE), Block("EDGAR A. GUEST"))[1] == "EDGAR A. GUEST"


def test_underscores_around_words_go_and_those_inside_stay() -> None:
    assert cleaned(Block(f"_Your_ success is _dis_-qualified by snake_case_words. {PROSE}"))[0].startswith(
        "Your success is dis-qualified by snake_case_words."
    )


def test_markdown_is_taken_at_its_word(ingest, shelf) -> None:
    ingest.add_upload("a.md", f"# Notes\n\nJan de Vries Verkoper\n\n{PROSE}".encode())

    assert shelf.only_text.startswith("# Notes\n\nJan de Vries Verkoper")
    assert shelf.only_passages[0].text.startswith("Jan de Vries Verkoper")
