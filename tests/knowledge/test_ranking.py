import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evidence import EvidenceThreshold, evidence_score, rarity_from
from knowledge.glossary import Glossary, Term
from knowledge.ranking import diversify, fuse, prepare
from knowledge.types import Evidence
from tests.builders import make_hit

GLOSSARY = Glossary((Term("prijs", "price"), Term("klant", "customer")), {})
SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50), max_size=6)


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_lie_between_zero_and_one_and_cover_all_candidates(words, vectors, share):
    fused = fuse(words, vectors, dict.fromkeys({**words, **vectors}, share))

    assert set(fused) == set(words) | set(vectors)
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())


@given(SCORES)
def test_without_vectors_the_order_of_words_stays(words):
    fused = fuse(words, {}, {})

    assert sorted(fused, key=lambda key: (-fused[key], key)) == sorted(words, key=lambda key: (-words[key], key))


def test_a_question_asks_both_languages():
    question = prepare("Is de prijs belangrijk?", "nl", GLOSSARY, frozenset({"en"}))

    assert "price" in "".join(question.words.weights["en"]) or "price" in question.words.weights["en"]
    assert any(term.startswith("prij") for term in question.words.weights["nl"])
    assert {probe.languages for probe in question.probes} == {frozenset({"nl"}), frozenset({"en"})}


def test_a_multilingual_model_is_asked_once_with_the_question_itself():
    question = prepare("Is de prijs belangrijk?", "nl", GLOSSARY, frozenset())

    assert [probe.text for probe in question.probes] == ["Is de prijs belangrijk?"]


def test_one_document_does_not_fill_the_page():
    mine = [make_hit(f"alpha{n} beta{n} gamma{n}", score=1 - n / 100, origin="long book") for n in range(10)]
    other = make_hit("something else entirely", score=0.85, origin="short article")

    chosen = diversify([*mine, other], top=5)

    assert other in chosen


def test_the_same_text_in_another_format_is_shown_once():
    text = "A long enough sentence about asking what the price is compared with before you answer."
    hits = [make_hit(text, origin="book.epub"), make_hit(text, origin="book.pdf", score=0.99)]

    assert diversify(hits, top=5) == hits[:1]


@pytest.mark.parametrize(("score", "evidence"), [(0.9, Evidence.STRONG), (0.0, Evidence.NONE)])
def test_the_threshold_has_three_outcomes(score, evidence):
    threshold = EvidenceThreshold()

    assert threshold.judge(score) is evidence
    assert threshold.judge((threshold.strong + threshold.weak) / 2) is Evidence.WEAK


def test_evidence_grows_with_the_words_that_are_covered():
    question = prepare("price customer negotiation", "en", GLOSSARY, frozenset({"en"}))
    rarity = rarity_from(lambda _term, _language: 1, 100)

    some = evidence_score(question, [make_hit("The price matters.")], 0.0, rarity)
    all_three = evidence_score(question, [make_hit("Price and customer and negotiation.")], 0.0, rarity)

    assert 0 < some < all_three <= 1


def test_a_word_that_no_passage_holds_weighs_most():
    rarity = rarity_from(lambda term, _language: {"common": 90, "rare": 1}.get(term, 0), 100)

    assert rarity("common", "en") < rarity("rare", "en") < rarity("unknown", "en")


def test_an_acronym_that_a_passage_explains_is_strong_evidence():
    question = prepare("What is a BATNA?", "en", GLOSSARY, frozenset({"en"}))
    rarity = rarity_from(lambda _term, _language: 1, 100)

    named = evidence_score(question, [make_hit("A BATNA is what you do when there is no deal.")], 0.2, rarity)
    other = evidence_score(question, [make_hit("A discount is what you give last.")], 0.2, rarity)

    assert EvidenceThreshold().judge(named) is Evidence.STRONG
    assert EvidenceThreshold().judge(other) is Evidence.NONE
