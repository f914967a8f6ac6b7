import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import analysis_version, compound_parts, is_stop_word, stem, terms, words


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("verkoopgesprek", ("verkoop", "gesprek")),
        ("verkoopgesprekken", ("verkoop", "gesprekken")),
        ("prijsbezwaar", ("prijs", "bezwaar")),
    ],
)
def test_dutch_compounds_fall_apart_into_known_words(compound, parts):
    assert compound_parts(compound) == parts


@pytest.mark.parametrize("word", ["prijs", "verkoop", "xyzxyzxyz", "ja"])
def test_words_that_are_no_compound_stay_whole(word):
    assert compound_parts(word) == ()


def test_terms_of_a_compound_meet_the_terms_of_its_parts():
    assert set(terms("gesprekken over verkoop", "nl")) <= set(terms("verkoopgesprekken", "nl"))


def test_inflections_share_a_term_in_their_own_language():
    assert terms("klanten", "nl") == terms("klant", "nl")
    assert terms("objections", "en") == terms("objection", "en")


def test_accents_case_and_apostrophes_do_not_matter():
    assert words("Één café, 't Loket’s") == words("een CAFE, 't loket's")


def test_acronyms_stay_findable():
    assert "meddic" in terms("Wat is MEDDIC?", "nl")
    assert "bant" in terms("Is BANT outdated?", "en")


def test_stop_words_belong_to_a_language():
    assert is_stop_word("het", "nl")
    assert not is_stop_word("het", "en")


@given(st.text(), st.sampled_from(["nl", "en", "de"]))
def test_any_text_gives_terms_without_spaces(text, language):
    assert all(term and " " not in term for term in terms(text, language))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_parts_of_a_compound_appear_in_it_in_order(word):
    position = 0
    for part in compound_parts(word):
        position = word.index(part, position) + len(part)


def test_version_names_functions_and_word_list():
    assert analysis_version() == analysis_version()
    assert stem("gesprekken", "nl") == stem("gesprek", "nl")
