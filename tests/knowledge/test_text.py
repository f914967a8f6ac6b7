"""Sentence borders and language detection, on the kinds of text a sales library holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ids import content_hash, document_id, passage_id
from knowledge.text import UNDETERMINED, detect_language, detect_query_language, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dhr. De Vries belt. Hij koopt.", ["Dhr. De Vries belt.", "Hij koopt."]),
        ("Vraag bijv. Jan om hulp. Dan gaat het.", ["Vraag bijv. Jan om hulp.", "Dan gaat het."]),
        ("Dit geldt o.a. Philips. Ook ASML.", ["Dit geldt o.a. Philips.", "Ook ASML."]),
        ("Mr. Hawkins wrote it. Read it.", ["Mr. Hawkins wrote it.", "Read it."]),
        ("Use a story, e.g. Ford's. It works.", ["Use a story, e.g. Ford's.", "It works."]),
        ("See No. 5 below. No. He refused.", ["See No. 5 below.", "No.", "He refused."]),
        ("W. W. Atkinson said so. I agree.", ["W. W. Atkinson said so.", "I agree."]),
        ("He knows more than I. She too.", ["He knows more than I.", "She too."]),
        ("We spraken af om 5 p.m. Daarna niets.", ["We spraken af om 5 p.m.", "Daarna niets."]),
        ("Het kost 3.500 euro. Te duur!", ["Het kost 3.500 euro.", "Te duur!"]),
        ("Wait... Then ask. Done…", ["Wait...", "Then ask.", "Done…"]),
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_quotes_stay_with_their_sentence() -> None:
    text = '"What does it cost?" she asked. "Too much." He left. (Really.) ‘Waarom?’ Niemand wist het.'

    assert split(text) == [
        '"What does it cost?" she asked.',
        '"Too much."',
        "He left.",
        "(Really.)",
        "‘Waarom?’",
        "Niemand wist het.",
    ]


def test_dutch_clitic_begins_a_sentence() -> None:
    assert split("Hij belt. 's Avonds belt hij terug.") == ["Hij belt.", "'s Avonds belt hij terug."]


def test_lines_headings_and_list_marks_are_borders() -> None:
    text = "# De prijs\n\nEerst vragen\n- luister goed. Vat samen.\n2. vraag door\n> geciteerd"

    assert split(text) == ["De prijs", "Eerst vragen", "luister goed.", "Vat samen.", "vraag door", "geciteerd"]


def test_empty_text_has_no_sentences() -> None:
    assert split("") == []
    assert split(" \n\t\n") == []


@given(st.text(alphabet=st.sampled_from("aB.?! \n\"'#-1é"), max_size=200))
def test_spans_are_ordered_trimmed_and_lose_no_letter(text: str) -> None:
    spans = sentences(text)

    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(index in covered for index, char in enumerate(text) if char.isalpha())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De klant vindt het te duur en vraagt om korting op de offerte.", "nl"),
        ("The buyer asked for a discount before the end of the quarter.", "en"),
        ("Der Kunde sagt, dass das Angebot zu teuer ist, und möchte einen Rabatt.", "de"),
        ("Le client trouve que le prix est trop élevé pour son budget.", "fr"),
        ("El cliente dice que el precio es demasiado alto para este año.", "es"),
        ("12345 --- !!", UNDETERMINED),
        ("", UNDETERMINED),
    ],
)
def test_document_language_is_detected(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_long_text_is_judged_by_its_body_not_by_a_foreign_preface() -> None:
    preface = "The author wishes to thank everybody who helped to write this book. " * 80
    body = "De verkoper stelt een vraag en luistert dan naar het antwoord van de klant. " * 600

    assert detect_language(preface + body) == "nl"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("De klant zegt dat we te duur zijn, wat nu?", "nl"),
        ("wat is een USP", "nl"),
        ("tips voor discovery", "nl"),
        ("waarom?", "nl"),
        ("hoi", "nl"),
        ("offerte opvolgen", "nl"),
        ("how do I get past the secretary", "en"),
        ("what is SPIN", "en"),
        ("why?", "en"),
        ("too expensive", "en"),
        ("cold calling", "en"),
    ],
)
def test_short_question_is_dutch_or_english_whatever_the_default(question: str, language: str) -> None:
    assert detect_query_language(question, "nl") == language
    assert detect_query_language(question, "en") == language


@pytest.mark.parametrize("question", ["BANT?", "asdfgh", "", "123"])
def test_question_without_a_clue_takes_the_default(question: str) -> None:
    assert detect_query_language(question, "nl") == "nl"
    assert detect_query_language(question, "en") == "en"


def test_ids_are_stable_and_differ_by_each_part() -> None:
    ids = {
        passage_id("a1", 0, "text"),
        passage_id("a1", 1, "text"),
        passage_id("a2", 0, "text"),
        passage_id("a1", 0, "Text"),
    }

    assert len(ids) == 4
    assert passage_id("a1", 0, "text") in ids
    assert document_id("upload:a.pdf") == document_id("upload:a.pdf") != document_id("upload:b.pdf")
    assert document_id("bad\udcff.pdf")
    assert content_hash(b"x") != content_hash(b"y")
