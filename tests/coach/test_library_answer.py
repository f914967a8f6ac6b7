import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coach.cues import part_of
from assistant.coach.library_answer import compose
from knowledge.types import Evidence, Extract
from tests.builders import make_hit

ADVICE = "Ask at a price objection first what the customer compares the price with."
POINT = "A price objection is nearly always a question about value and seldom about money."
WARNING = "Never answer a price objection with a discount before you know the reason behind it."
DUTCH = "Vraag bij een prijsbezwaar eerst waarmee de klant jouw prijs vergelijkt."


def extract(text, score=0.9, **options):
    hit = make_hit(text, **options)
    return Extract(hit, 0, len(text), text, score)


def test_sentences_are_ordered_short_then_how_then_watch_out():
    composed = compose([extract(WARNING), extract(ADVICE), extract(POINT)], Evidence.STRONG, "en")

    labels = re.findall(r"\*\*(.+?)\*\*", composed.text)
    assert labels == ["In short", "How to do it", "Watch out"]
    assert [entry.quote for entry in composed.citations] == [POINT, ADVICE, WARNING]


def test_every_number_in_the_text_has_its_verbatim_quote():
    composed = compose([extract(WARNING), extract(ADVICE), extract(POINT)], Evidence.STRONG, "en")

    for entry in composed.citations:
        assert f"“{entry.quote}” [{entry.number}]" in composed.text
    assert [entry.number for entry in composed.citations] == [1, 2, 3]


def test_a_quote_in_the_other_language_is_marked():
    composed = compose([extract(POINT), extract(DUTCH, language="nl", origin="prijs")], Evidence.STRONG, "nl")

    assert composed.text.startswith("**In het kort**")
    assert f"“{POINT}” [1] (in het Engels)" in composed.text
    assert "(in het Nederlands)" not in composed.text


def test_weak_evidence_is_said_aloud():
    composed = compose([extract(POINT)], Evidence.WEAK, "nl")

    assert composed.text.startswith("De bibliotheek raakt hier alleen zijdelings aan.")
    assert len(composed.citations) == 1


def test_the_same_point_is_made_once():
    again = "Ask at a price objection first what the customer compares your price with today."

    assert len(compose([extract(ADVICE), extract(again, score=0.89)], Evidence.STRONG, "en").citations) == 1


def test_much_weaker_sentences_are_left_out():
    composed = compose([extract(ADVICE), extract(WARNING, score=0.2, origin="elsewhere")], Evidence.STRONG, "en")

    assert [entry.quote for entry in composed.citations] == [ADVICE]


@pytest.mark.parametrize(
    ("text", "heading", "part"),
    [
        (ADVICE, "", "how"),
        (WARNING, "", "watch"),
        (POINT, "", "short"),
        (POINT, "Valkuilen", "watch"),
        (POINT, "How to do it", "how"),
        ("Purchaser: you are simply too expensive for a company like ours.", "", None),
        (ADVICE, "Voorbeeld", None),
    ],
)
def test_sentences_find_their_part(text, heading, part):
    assert part_of(extract(text, heading=heading)) == part


SENTENCES = st.lists(st.sampled_from([ADVICE, POINT, WARNING, DUTCH]), min_size=1, max_size=6)


@given(SENTENCES, st.sampled_from(list(Evidence)), st.sampled_from(["nl", "en"]))
def test_numbers_run_from_one_without_gaps(texts, evidence, language):
    items = [extract(text, origin=f"note {n}", score=0.9 - n / 100) for n, text in enumerate(texts)]
    composed = compose(items, evidence, language)

    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", composed.text)]
    assert numbers == list(range(1, len(composed.citations) + 1))
