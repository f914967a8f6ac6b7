"""Bytes to text, and broken lines to whole ones."""

import pytest

from ingest.decoding import decode_text, tidy
from ingest.joining import join_lines, vocabulary_of
from ingest.reading_text import read_plain_paragraphs
from ingest.types import BlockKind


@pytest.mark.parametrize(
    "data",
    [
        "café – één".encode(),
        "café – één".encode("utf-8-sig"),
        "café – één".encode("utf-16"),
        "café – één".encode("cp1252"),
    ],
)
def test_usual_encodings_are_read(data: bytes) -> None:
    assert decode_text(data) == "café – één"


def test_declared_encoding_is_believed_after_utf8() -> None:
    markup = '<html><head><meta charset="iso-8859-2"></head>č</html>'

    assert "č" in decode_text(markup.encode("iso-8859-2"))
    assert decode_text("č".encode("iso-8859-2"), "iso-8859-2") == "č"
    assert decode_text(b"plain", "no-such-encoding") == "plain"


def test_soft_hyphens_ligatures_and_invisible_characters_go() -> None:
    assert tidy("ver\u00adkoop\u00ad\nproces \ufb01t\u200b a\u00a0b\r\nc\x00") == "verkoopproces fit a b\nc"


@pytest.mark.parametrize(
    ("lines", "elsewhere", "joined"),
    [
        (["the pur-", "chase was made"], "a purchase", "the purchase was made"),
        (["your self-", "confidence grows"], "", "your self-confidence grows"),
        (["een ver-", "koper belt"], "", "een verkoper belt"),
        (["the follow-", "up mail"], "a follow-up", "the follow-up mail"),
        (["Mr. Smith-", "Jones called"], "", "Mr. Smith-Jones called"),
        (["no hyphen", "here"], "", "no hyphen here"),
        (["wait—", "then ask"], "", "wait—then ask"),
        (["wait –", "then ask"], "", "wait – then ask"),
    ],
)
def test_words_broken_at_a_line_end_are_whole_again(lines: list[str], elsewhere: str, joined: str) -> None:
    assert join_lines(lines, vocabulary_of([elsewhere])) == joined


def test_wrapped_text_is_joined_and_lists_stay_lists() -> None:
    blocks = read_plain_paragraphs(
        "Ask the cus-\ntomer first.\nThen wait.\n\n- one\n- two\n\n1. three\n\nTitle\n=====\n\n***"
    )

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, "Ask the customer first. Then wait."),
        (BlockKind.ITEM, "one"),
        (BlockKind.ITEM, "two"),
        (BlockKind.ITEM, "three"),
        (BlockKind.HEADING, "Title"),
        (BlockKind.PARAGRAPH, "***"),
    ]


def test_text_with_a_line_to_a_paragraph_keeps_its_paragraphs() -> None:
    line = "A long line that nobody wrapped because the program did not. " * 3

    assert len(read_plain_paragraphs(f"{line}\n{line}\n{line}")) == 3


def test_empty_text_has_no_blocks() -> None:
    assert read_plain_paragraphs(" \n ") == []
