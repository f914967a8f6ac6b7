"""Passages: exact slices, whole sentences, one heading each, of a size that can be cited."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.rendering import render
from ingest.splitting import MAX_WORDS, MIN_WORDS, split
from ingest.types import Block, BlockKind, ParsedDocument, page_mark
from tests.ingest.files import prose

_lengths = st.lists(st.integers(1, 300), min_size=1, max_size=8)


def _prose_of(lengths: list[int]) -> str:
    """Sentences of so many words, no two words alike in a paragraph."""
    sentences = (" ".join(f"w{number}x{word}" for word in range(length)) for number, length in enumerate(lengths))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


_odd_texts = st.text(max_size=60).map(lambda text: text.replace("\ue000", "").replace("\ue001", ""))
_texts = st.one_of(_lengths.map(_prose_of), _odd_texts)
_blocks = st.one_of(
    st.builds(Block, _texts),
    st.builds(Block, _texts, st.just(BlockKind.HEADING), level=st.integers(1, 4)),
    st.builds(Block, _texts, st.just(BlockKind.ITEM), level=st.integers(0, 2), marker=st.just("-")),
)


def passages_of(*blocks: Block, title: str = ""):
    return split("d", render(ParsedDocument(blocks, has_printed_pages=True)), title)


def heading(text: str, level: int = 1) -> Block:
    return Block(text, BlockKind.HEADING, level=level)


@settings(max_examples=200, deadline=None)
@given(st.lists(_blocks, max_size=25))
def test_every_passage_is_an_exact_slice_in_order(blocks: list[Block]) -> None:
    document = render(ParsedDocument(tuple(blocks)))

    passages = split("d", document, "")

    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        place = passage.locator
        assert passage.text == document.text[place.char_start : place.char_end]
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text.split()) <= MAX_WORDS
    assert all(one.locator.char_end <= two.locator.char_start for one, two in pairwise(passages))


@settings(max_examples=100, deadline=None)
@given(st.lists(_blocks, max_size=25))
def test_no_passage_holds_a_heading_and_no_prose_is_lost(blocks: list[Block]) -> None:
    document = render(ParsedDocument(tuple(blocks)))

    passages = split("d", document, "")

    covered = [(passage.locator.char_start, passage.locator.char_end) for passage in passages]
    for span in document.spans:
        if span.kind is BlockKind.HEADING:
            assert not any(start < span.end and span.start < end for start, end in covered)
        elif len(document.text[span.start : span.end].split()) >= 8:
            inside = [(start, end) for start, end in covered if start < span.end and span.start < end]
            taken = set(" ".join(document.text[start:end] for start, end in inside).split())
            assert set(document.text[span.start : span.end].split()) <= taken | {"-"}


@settings(max_examples=100, deadline=None)
@given(st.lists(_blocks, max_size=15))
def test_splitting_is_deterministic(blocks: list[Block]) -> None:
    assert passages_of(*blocks) == passages_of(*blocks)


def test_long_section_gives_passages_of_the_wished_size() -> None:
    passages = passages_of(*(Block(prose(90)) for _ in range(20)))

    words = [len(passage.text.split()) for passage in passages]
    assert all(MIN_WORDS <= count <= MAX_WORDS for count in words)


def test_passages_end_with_a_paragraph_where_that_fits() -> None:
    paragraphs = [prose(150) for _ in range(4)]

    passages = passages_of(*map(Block, paragraphs))

    assert [passage.text for passage in passages] == paragraphs


def test_short_section_gives_a_short_passage_under_its_own_heading() -> None:
    passages = passages_of(heading("One"), Block("Ask first."), heading("Two"), Block(prose(150)))

    assert passages[0].text == "Ask first."
    assert [passage.locator.heading_path for passage in passages] == [("One",), ("Two",)]


def test_heading_path_follows_the_levels_and_leaves_out_the_title() -> None:
    passages = passages_of(
        heading("THE BOOK", 1),
        heading("Chapter 1", 2),
        heading("Price", 3),
        Block("Ask what the price is compared with."),
        heading("Chapter 2", 2),
        Block("Then listen to the answer."),
        title="The Book",
    )

    assert [passage.locator.heading_path for passage in passages] == [("Chapter 1", "Price"), ("Chapter 2",)]


def test_overlong_sentence_is_split_at_words() -> None:
    words = " ".join(f"word{number}" for number in range(500))

    passages = passages_of(Block(words))

    assert [len(passage.text.split()) for passage in passages] == [167, 167, 166]
    assert " ".join(passage.text for passage in passages) == words


def test_fragment_without_a_sentence_is_no_passage() -> None:
    assert passages_of(heading("Colophon"), Block("THIRD EDITION"), Block("Detroit 1920")) == []


def test_short_list_is_a_passage() -> None:
    items = [Block(text, BlockKind.ITEM, marker="-") for text in ("ask", "listen", "sum up")]

    (passage,) = passages_of(heading("Steps"), *items)

    assert passage.text == "- ask\n- listen\n- sum up"


def test_passage_knows_its_first_and_last_page() -> None:
    text = page_mark(7) + prose(60) + page_mark(8) + " " + prose(60)

    (passage,) = passages_of(Block(text))

    assert (passage.locator.page_first, passage.locator.page_last) == (7, 8)
    assert "\ue000" not in passage.text


def test_text_before_the_first_known_page_has_none() -> None:
    first, second = passages_of(
        heading("A"), Block("Before any page."), heading("B"), Block(page_mark(3) + "After it.")
    )

    assert first.locator.page_first is None
    assert second.locator.page_first == 3
