from knowledge.glossary import Glossary, Term
from knowledge.types import Skill

SMALL = Glossary(
    (
        Term("bezwaar", "objection", ("bezwaren",), ("objections", "pushback"), (Skill.OBJECTION_HANDLING,)),
        Term("te duur", "too expensive", ("prijzig",), ("costly",)),
        Term("prijs", "price"),
    ),
    {"klant": ("customer", "client")},
)


def test_terms_are_found_by_their_inflections():
    assert SMALL.translate("veel bezwaren", "nl")[0].targets == ("objection", "objections", "pushback")


def test_the_longest_term_wins():
    assert [found.source for found in SMALL.translate("dat is te duur", "nl")] == ["te duur"]


def test_both_directions_work():
    assert SMALL.translate("a costly thing", "en")[0].targets[0] == "te duur"


def test_common_words_translate_too():
    assert SMALL.translate("de klant", "nl")[0].targets == ("customer", "client")


def test_a_compound_is_translated_by_its_parts():
    assert SMALL.translate("prijsbezwaar", "nl")[0].targets == ("price", "objection")


def test_unknown_words_give_nothing():
    assert SMALL.translate("qwertyuiop", "nl") == []


def test_the_shipped_glossary_has_eight_hundred_pairs_with_notes():
    glossary = Glossary.load()

    assert len(glossary.terms) >= 800
    assert len({term.nl for term in glossary.terms}) == len(glossary.terms)
    assert all(term.nl and term.en and term.nl_note and term.en_note for term in glossary.terms)
    assert {skill for term in glossary.terms for skill in term.skills} <= set(Skill)


def test_the_shipped_glossary_bridges_a_typical_question():
    english = {
        word for found in Glossary.load().translate("De klant vindt ons te duur", "nl") for word in found.targets
    }

    assert {"customer", "too expensive"} <= english or {"customer", "expensive"} <= english
