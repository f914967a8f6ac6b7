"""Which sentences of a passage may be quoted as an answer."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.extracting import candidates
from tests.builders import make_hit


def quotable(text):
    return [found.text for found in candidates([make_hit(text)])]


def test_what_is_said_between_quotation_marks_is_not_cut_in_the_middle():
    text = (
        'Geef het gevoel ruimte als de som af is: "Op papier klopt het. Wat zegt je gevoel erbij?" '
        "Schrijf het antwoord op voordat je verder praat."
    )

    assert quotable(text) == [
        'Geef het gevoel ruimte als de som af is: "Op papier klopt het. Wat zegt je gevoel erbij?"',
        "Schrijf het antwoord op voordat je verder praat.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        'Ask first what the customer compares with: "What are you putting our quote next to?"',
        "Ask first what the customer compares with: “What are you putting our quote next to?”",
    ],
)
def test_advice_that_ends_in_a_question_to_ask_is_quotable(sentence):
    assert quotable(sentence) == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "What would you say to a customer who asks for ten per cent?",
        '"What would you say to a customer who asks for ten per cent?"',
    ],
)
def test_a_question_by_itself_is_no_advice(text):
    assert quotable(text) == []


def test_of_a_quotation_too_long_to_read_only_the_sentences_inside_are_left():
    inside = "We will look at this together next week."
    text = f'Say it slowly and calmly: "{" ".join([inside] * 12)}" Then wait until the other answers you.'

    assert quotable(text) == [*[inside] * 10, "Then wait until the other answers you."]


def test_a_quotation_that_never_closes_does_not_swallow_the_paragraph():
    text = '"The first letter is written at home today. The second letter is written at the office tomorrow.'

    assert quotable(text) == [
        '"The first letter is written at home today.',
        "The second letter is written at the office tomorrow.",
    ]


@given(st.text(alphabet='ab .?!"“”\nZ', max_size=200))
def test_candidates_are_verbatim_and_in_order(text):
    found = candidates([make_hit(text)])

    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
