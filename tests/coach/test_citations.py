import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coach.citations import citation, provisional, resolve, without_numbers
from tests.builders import make_hit

ONE = make_hit(
    "Ask first what the customer compares your price with. Then be silent.", origin="price", heading="In short"
)
TWO = make_hit("Sum up what you heard. Agree on the next step before you leave.", origin="close")
THREE = make_hit("Luister eerst. Vraag daarna door naar de reden van het bezwaar.", origin="luister", language="nl")
LINKED = make_hit("The form is on https://good.example/form today.", origin="form")
EMPTY = make_hit("", origin="empty")
HITS = [ONE, TWO, THREE]


def text_of(text, hits=HITS):
    return resolve(text, hits, "en").text


def passages_of(text, hits=HITS):
    return [entry.passage_id for entry in resolve(text, hits, "en").citations]


def test_numbers_follow_the_order_of_appearance():
    resolved = resolve("Agree on a next step [2]. Ask what he compares with [1]. Sum up [2].", HITS, "en")

    assert resolved.text == "Agree on a next step [1]. Ask what he compares with [2]. Sum up [1]."
    assert [(entry.number, entry.title) for entry in resolved.citations] == [(1, "close"), (2, "price")]
    assert resolved.removed == 0


def test_citation_knows_its_place_and_a_verbatim_quote():
    (entry,) = resolve("Find out what the price is compared with [1].", HITS, "en").citations

    assert entry.quote == "Ask first what the customer compares your price with."
    assert entry.heading_path == ("In short",)
    assert (entry.passage_id, entry.document_id) == (ONE.passage.id, ONE.document.id)
    assert entry == citation(1, ONE, entry.quote)


def test_quote_belongs_to_the_sentence_before_the_number():
    resolved = resolve("Sum up what was heard. [2] Something else.", HITS, "en")
    other = resolve("Agree on the step that comes next. [2]", HITS, "en")

    assert resolved.citations[0].quote.startswith("Sum up what you heard.")
    assert other.citations[0].quote == "Agree on the next step before you leave."


def test_number_at_the_start_of_a_line_belongs_to_what_follows():
    (entry,) = resolve("[2] Agree on the next step before leaving.", HITS, "en").citations

    assert entry.quote == "Agree on the next step before you leave."


@pytest.mark.parametrize("marker", ["[4]", "[0]", "[99]", "【7】", "[source 9]", "[4, 5]", "[2024]"])
def test_invented_numbers_are_removed_and_counted(marker):
    resolved = resolve(f"Ask first {marker}. Then wait [1].", HITS, "en")

    assert resolved.text == "Ask first. Then wait [1]."
    assert resolved.removed >= 1


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [
        ("[1][2]", "[1][2]"),
        ("[1, 2]", "[1][2]"),
        ("[1;3]", "[1][2]"),
        ("[1 en 2]", "[1][2]"),
        ("[1-3]", "[1][2][3]"),
        ("[2–3]", "[1][2]"),
        ("[1-999999]", "[1][2][3]"),
        ("【1】", "[1]"),
        ("【1†source】", "[1]"),
        ("［２］", "[1]"),
        ("[source 1]", "[1]"),
        ("[Bron 1, bron 2]", "[1][2]"),
        ("[^1]", "[1]"),
        ("[1, p. 12]", "[1]"),
        ("[1](https://evil.example)", "[1]"),
        ("[[1]]", "([1])"),
        ("[1] [1]", "[1]"),
        ("[1, 7]", "[1]"),
        ("(1)", "(1)"),
        ("[12345678]", "(12345678)"),
        ("[your name]", "(your name)"),
        ("[1](see above)", "[1]"),
        ("[1][x](y)", "[1] x"),
    ],
)
def test_markers_come_into_one_form(proposed, expected):
    assert text_of(f"Ask {proposed}").removeprefix("Ask ") == expected.replace("[1] x", "[1]x")


def test_one_passage_has_one_number_also_when_found_twice():
    assert text_of("Ask [1] and wait [2].", [ONE, ONE]) == "Ask [1] and wait [1]."
    assert len(passages_of("Ask [1][2].", [ONE, ONE])) == 1


@pytest.mark.parametrize(
    "listing",
    [
        "Sources:\n[1] Price, chapter 2\n[2] Close",
        "**Bronnen**\n- [1] Price\n- [3] Luister",
        "## References\n\n1. Price",
        "Sources: [1], [2], [3]",
        "Bron:",
    ],
)
def test_list_of_sources_at_the_end_supports_nothing(listing):
    resolved = resolve(f"Sum up [2].\n\n{listing}", HITS, "en")

    assert resolved.text == "Sum up [1]."
    assert [entry.title for entry in resolved.citations] == ["close"]


def test_section_that_is_no_list_of_sources_stays():
    text = "Be honest.\n\nSources\n\nAlways name your sources to a buyer [1]."

    assert text_of(text) == text
    assert text_of("Sources:\n- Name your sources [1].") == "Sources:\n- Name your sources [1]."


def test_definition_at_the_start_of_a_line_cannot_hide_it():
    assert text_of("[1]: Ask first.") == "[1] Ask first."


def test_advice_without_a_number_is_counted():
    text = (
        "**How to do it**\n- Ask what the price is compared with before you say anything. [1]\n"
        "- Always wear a blue tie when you visit a large customer.\n\n"
        "Do this the next time that you come by:\n\nWhat would you say to a customer like that?"
    )

    assert resolve(text, HITS, "en").uncited == 1


@pytest.mark.parametrize("text", ["", "   ", "No numbers at all here.", "[9]"])
def test_text_without_valid_numbers_has_no_citations(text):
    assert resolve(text, HITS, "en").citations == ()
    assert resolve("Ask [1].", [], "en").citations == ()


def test_failed_answer_is_kept_without_numbers():
    assert without_numbers("Ask first [1]. Then <b>wait</b> [9] and [2", HITS) == "Ask first. Then wait and"


def test_stream_shows_whole_words_and_holds_back_what_may_become_harmful():
    pieces = ["Ask fi", "rst [", "1", "], then ![pi", "c](https://evil.exa", "mple/x.png) wait [9] ", "<scr", "ipt>x"]

    shown = list(provisional(pieces, HITS))

    assert shown[0] == "Ask "
    assert "".join(shown) == "Ask first [1], then pic wait x"
    assert not any("[" in piece and "]" not in piece for piece in shown)


def test_bracket_that_never_closes_does_not_hold_the_stream_up():
    pieces = ["An [open bracket ", *["and more words "] * 40]

    shown = list(provisional(pieces, HITS))

    assert len(shown) > 2
    assert "".join(shown).startswith("An (open bracket and more")


TOKENS = st.sampled_from(
    [
        *"ab1 <>/![]()`#*-=_\n:.\\'\"&;~^|“”‘’„9",
        "http://x",
        "www.a",
        "<b>",
        "think>",
        "<!--",
        "](",
        "![",
        "[1]",
        "[2]",
        "[99]",
        "[1-3]",
        "【1†a】",
        "[1, 2]",
        "Sources:",
        "\n",
        "what the customer compares your price with",
        "https://good.example/form",
        '"Sum up what you',
        'heard."',
        "never said this at all",
        "[source 2]",
        " en ",
    ]
)
MODEL_TEXTS = st.one_of(
    st.lists(TOKENS, max_size=40).map("".join), st.lists(TOKENS, max_size=25).map(" ".join), st.text(max_size=80)
)
FOUND = st.lists(st.sampled_from([ONE, TWO, THREE, LINKED, EMPTY]), max_size=6)


@settings(deadline=None)
@given(MODEL_TEXTS, FOUND)
def test_every_number_resolves_and_every_quote_is_verbatim(text, hits):
    resolved = resolve(text, hits, "en")

    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", resolved.text)]
    assert list(dict.fromkeys(numbers)) == [entry.number for entry in resolved.citations]
    assert [entry.number for entry in resolved.citations] == list(range(1, len(resolved.citations) + 1))
    texts = {hit.passage.id: hit.passage.text for hit in hits}
    assert len({entry.passage_id for entry in resolved.citations}) == len(resolved.citations)
    assert all(entry.quote in texts[entry.passage_id] for entry in resolved.citations)
    assert all(entry.quote or not texts[entry.passage_id] for entry in resolved.citations)


@settings(deadline=None)
@given(MODEL_TEXTS, FOUND)
def test_resolving_twice_changes_nothing_more(text, hits):
    once = resolve(text, hits, "en")
    by_id = {hit.passage.id: hit for hit in hits}
    cited = [by_id.pop(entry.passage_id) for entry in once.citations]

    twice = resolve(once.text, [*cited, *by_id.values()], "en")

    assert twice.text == once.text
    assert twice.removed == 0
    assert [entry.passage_id for entry in twice.citations] == [entry.passage_id for entry in once.citations]


@settings(deadline=None)
@given(MODEL_TEXTS, FOUND, st.integers(1, 7))
def test_stream_never_shows_html_links_or_invented_numbers(text, hits, size):
    shown = "".join(provisional((text[start : start + size] for start in range(0, len(text), size)), hits))

    assert not re.search(r"<[A-Za-z/!?]", shown)
    assert "](" not in shown
    assert all(1 <= int(number) <= len(hits) for number in re.findall(r"\[(\d+)\]", shown))
    assert all("https://good.example/form" in address for address in re.findall(r"\w+://\S+", shown))
