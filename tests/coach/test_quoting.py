import pytest

from assistant.coach.quoting import closest_quote, is_verbatim, without_false_quotations
from tests.builders import make_hit

TEXT = (
    "Many sellers give in too soon. Ask first what the customer compares your price with. Then be silent and wait. "
    "A discount that comes too early – say, in the first minute – teaches the customer to ask for more.\n\n"
    "Write down what you hear."
)
HIT = make_hit(TEXT, origin="price talk")
DUTCH = make_hit(
    "Veel verkopers geven te vroeg toe. Vraag eerst waarmee de klant je prijs vergelijkt. Zwijg daarna en wacht af.",
    origin="prijs gesprek",
    language="nl",
)


@pytest.mark.parametrize(
    "quote",
    [
        "Ask first what the customer compares your price with.",
        "ask first what the customer compares your price with",
        "Then be silent\n and wait",
        "too early - say, in the first minute - teaches",
        "Many sellers … be silent and wait",
        "Many sellers give in [...] Write down what you hear.",
    ],
)
def test_words_of_the_passage_are_verbatim(quote):
    assert is_verbatim(quote, HIT.passage)


@pytest.mark.parametrize(
    "quote",
    [
        "Ask what the customer compares your price with.",
        "be silent and wait … Many sellers",
        "ers give in too so",
        "",
        "…",
    ],
)
def test_other_words_are_not(quote):
    assert not is_verbatim(quote, HIT.passage)


@pytest.mark.parametrize(
    ("claim", "begins"),
    [
        ("Find out what he is comparing the price to", "Ask first what the customer compares your price with."),
        ("An early discount only makes the customer want more", "A discount that comes too early"),
        ("Sellers give in too soon", "Many sellers give in too soon."),
        ("Nothing about this", "Many sellers give in too soon."),
    ],
)
def test_quote_is_the_sentence_that_says_what_the_claim_says(claim, begins):
    quote = closest_quote([claim], "en", HIT)

    assert quote in TEXT
    assert quote.startswith(begins)


def test_short_sentence_takes_its_neighbour_along_within_the_paragraph():
    assert closest_quote(["Be silent"], "en", HIT).startswith("Then be silent and wait. A discount")
    assert closest_quote(["Write down what you hear"], "en", HIT) == "Write down what you hear."


def test_quote_suits_the_claim_that_matches_best():
    quote = closest_quote(["Completely different", "a discount too early teaches the customer"], "en", HIT)

    assert quote.startswith("A discount that comes too early")


def test_claim_in_the_other_language_finds_its_sentence_through_the_glossary():
    assert closest_quote(["Ask with what the customer compares the price"], "en", DUTCH).startswith("Vraag eerst")
    assert closest_quote(["Vraag waarmee de klant de prijs vergelijkt"], "nl", HIT).startswith("Ask first")


@pytest.mark.parametrize("text", ["", " ", "One", "word " * 400])
def test_odd_passages_give_a_verbatim_piece(text):
    quote = closest_quote(["Ask first"], "en", make_hit(text))

    assert quote in text
    assert len(quote) <= 600


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("He says “Then be silent and wait” [1].", "He says “Then be silent and wait” [1]."),
        ('As [1] puts it: "Then be silent and wait."', 'As [1] puts it: "Then be silent and wait."'),
        ("He says “Never be silent, keep talking” [1].", "He says Never be silent, keep talking [1]."),
        ("As [1] puts it: „Keep talking all the time”.", "As [1] puts it: Keep talking all the time."),
        ("‘Always keep talking to them’ [1]", "Always keep talking to them [1]"),
        ("'Always keep talking, don't stop' [1]", "Always keep talking, don't stop [1]"),
        ("Say “What do you compare it with?” Then wait [1].", "Say “What do you compare it with?” Then wait [1]."),
        ("Ask for the “real budget” [1].", "Ask for the “real budget” [1]."),
        ("Price talk says: “Keep talking all the time.”", "Price talk says: Keep talking all the time."),
        ("Say: “What do you compare it with?”", "Say: “What do you compare it with?”"),
        ("“Zwijg daarna en wacht af” [1][2]", "“Zwijg daarna en wacht af” [1][2]"),
        ("The customer's and the buyer's wish [1]", "The customer's and the buyer's wish [1]"),
    ],
)
def test_only_attributed_quotations_that_are_not_verbatim_lose_their_marks(line, expected):
    assert without_false_quotations(line, [HIT, DUTCH]) == expected
