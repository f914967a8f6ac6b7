"""The Ask page: from a question to a cited answer, in Dutch and in English."""

from dataclasses import replace

import pytest

from assistant.coach.types import BookTip, NoticeKind
from assistant.people.accounts import PERSONAL_ACCOUNT
from knowledge.types import Skill
from tests.ui import fakes
from tests.ui.conftest import pieces, press, press_in_dialog, texts
from tests.ui.samples import FALLEN_BACK_NL, NONE_NL, STRONG_EN, STRONG_NL, WEAK_NL


def ask(test, question):
    return test.chat_input[0].set_value(question).run()


@pytest.mark.parametrize(
    ("language", "title", "example"),
    [
        ("nl", "Waar loop je tegenaan?", "De klant zegt dat we te duur zijn. Wat antwoord ik?"),
        ("en", "What are you up against?", "What do I say when a customer tells me we're too expensive?"),
    ],
)
def test_start_offers_examples_in_the_language_of_the_browser(open_page, language, title, example):
    test = open_page(language=language)

    assert test.title[0].value == title
    assert example in [button.label for button in test.button]
    assert not test.error


def test_question_gets_answer_with_numbers_chips_and_suggestions(open_page):
    test = ask(open_page(answers=[STRONG_NL]), "Te duur?")

    shown = texts(test)
    assert 'data-cite="turn-1:1"' in shown
    assert "1 · De klant zegt dat je te duur bent, In het kort" in shown
    assert "p. 41-42 (Engels)" in shown
    assert "Goed onderbouwd" in shown
    assert "Tien procent eraf voor vrijdag" in shown
    assert "Hoe verdedig ik mijn prijs?" in shown
    assert not test.error


def test_text_of_an_answer_never_becomes_markup(open_page):
    test = ask(open_page(answers=[STRONG_NL]), "<b>Te duur?</b>")

    html = "".join(pieces(test))
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; [7]" in html
    assert "&lt;b&gt;Te duur?&lt;/b&gt;" in html
    assert 'data-cite="turn-1:7"' not in html


def test_answer_in_english_is_framed_in_english(open_page):
    test = ask(open_page(language="en", answers=[STRONG_EN]), "Too expensive?")

    shown = texts(test)
    assert "Well supported" in shown
    assert "In the library's own words" in shown
    assert "Try it" in shown


def test_other_examples_and_examples_of_one_skill(open_page):
    test = open_page(language="en")
    first = [button.label for button in test.button if (button.key or "").startswith("example-")]

    press(test, "other-examples")
    others = [button.label for button in test.button if (button.key or "").startswith("example-")]
    test.selectbox(key="examples-skill").select(Skill.FORECASTING).run()

    assert len(first) == len(others) == 6
    assert not set(first) & set(others)
    assert "forecast" in texts(test)


def test_book_tip_opens_the_reading_list(open_page, services_for):
    tip = BookTip("spin-selling", "SPIN Selling", ("Neil Rackham",), 1988, "en", "Vier soorten vragen.")
    services = services_for(answers=[replace(STRONG_NL, reading=(), books=(tip,))])
    services.bookcase.mark(PERSONAL_ACCOUNT, tip.book_id)
    test = ask(open_page(services=services), "Te duur?")

    assert "Boek · Neil Rackham · 1988 · staat in jullie boekenkast" in texts(test)
    press(test, "open-reading-turn-1-book-0")

    assert test.query_params["book"] == "spin-selling"


def test_example_is_asked_when_pressed(open_page, services_for):
    services = services_for(answers=[STRONG_NL])
    test = open_page(services=services)

    press(test, "example-2")

    assert fakes.fake_coach(services).questions == ["Hoe kom ik langs de secretaresse?"]
    assert "Goed onderbouwd" in texts(test)


def test_conversation_stays_in_the_address_and_survives_a_refresh(open_page, services_for):
    services = services_for(answers=[STRONG_NL])
    first = ask(open_page(services=services), "Te duur?")
    address = first.query_params["c"]

    refreshed = open_page(services=services, c=address)

    assert "Goed onderbouwd" in texts(refreshed)
    assert "Te duur?" in texts(refreshed)


def test_follow_up_is_asked_in_the_same_conversation(open_page, services_for):
    services = services_for(answers=[STRONG_NL, WEAK_NL])
    test = ask(open_page(services=services), "Te duur?")

    press(test, "follow-turn-1-0")

    conversations = services.conversations.list(PERSONAL_ACCOUNT)
    assert len(conversations) == 1
    assert len(services.conversations.turns(PERSONAL_ACCOUNT, conversations[0].id)) == 2


def test_chip_opens_the_quote_inside_its_passage(open_page):
    test = ask(open_page(answers=[STRONG_NL]), "Te duur?")

    press(test, "chip-turn-1-1-1")

    passage = next(piece for piece in pieces(test) if "sc-passage" in piece)
    assert '<mark id="cited">Vraag eerst waarmee de klant de prijs vergelijkt.</mark>' in passage
    assert "Een prijs zonder vergelijking zegt niets." in passage
    assert "Open in de bibliotheek" in texts(test)


def test_evidence_leads_to_the_document_in_the_library(open_page):
    test = ask(open_page(answers=[STRONG_NL]), "Te duur?")
    press(test, "chip-turn-1-1-1")

    press_in_dialog(test, "chip-turn-1-1-1", "evidence-open")

    assert test.title[0].value == "De klant zegt dat je te duur bent"
    assert test.query_params["doc"] == "d-price-nl"
    assert test.query_params["passage"] == "p-d-price-nl"


def test_quote_in_the_other_language_is_marked_so(open_page):
    test = ask(open_page(answers=[STRONG_NL]), "Te duur?")

    press(test, "chip-turn-1-3-2")

    assert "In het Engels" in texts(test)
    assert "p. 41-42" in texts(test)


def test_quote_of_a_removed_document_is_still_shown(open_page, services_for):
    services = services_for(answers=[STRONG_NL])
    test = ask(open_page(services=services), "Te duur?")
    services.library.remove("d-price-nl")

    press(test, "chip-turn-1-1-1")

    assert "sindsdien gewijzigd of verwijderd" in texts(test)
    assert any("sc-quote" in piece for piece in pieces(test))


def test_weak_evidence_is_said_aloud(open_page):
    test = ask(open_page(answers=[WEAK_NL]), "Te duur?")

    assert "Zwak onderbouwd" in texts(test)
    assert "De bibliotheek zegt hier weinig over" in texts(test)


def test_no_evidence_says_so_and_what_to_do(open_page):
    test = ask(open_page(answers=[NONE_NL]), "Hoe repareer ik een fiets?")

    shown = texts(test)
    assert "Geen onderbouwing" in shown
    assert "Waar de bibliotheek wel iets over weet" in shown
    assert "De klant zegt dat je te duur bent" in shown
    assert "Voeg het toe aan de bibliotheek" in shown


@pytest.mark.parametrize(("language", "words"), [("nl", "brak halverwege af"), ("en", "broke off half way")])
def test_fall_back_is_said_and_what_was_streamed_is_kept(open_page, language, words):
    test = ask(open_page(language=language, answers=[FALLEN_BACK_NL]), "Te duur?")

    assert words in test.warning[0].value
    assert any("Vraag eerst waarm" in piece for piece in pieces(test))


def test_every_notice_has_words():
    from assistant.ui.wording import wording_in

    for language in ("nl", "en"):
        assert all(wording_in(language).has(f"notice.{kind}") for kind in NoticeKind)


def test_thumb_and_reason_are_kept(open_page, services_for):
    services = services_for(answers=[STRONG_NL])
    test = ask(open_page(services=services), "Te duur?")

    test.feedback[0].set_value(0).run()
    test.text_input(key="reason-text-turn-1").set_value("Te lang")
    next(button for button in test.button if button.label == "Bewaar").click().run()

    conversation = services.conversations.list(PERSONAL_ACCOUNT)[0]
    turn = services.conversations.turns(PERSONAL_ACCOUNT, conversation.id)[0]
    assert turn.feedback.thumb == "down"
    assert turn.feedback.reason == "Te lang"
    assert "Genoteerd: Te lang" in texts(test)


def test_conversations_are_listed_renamed_and_deleted(open_page, services_for):
    services = services_for(answers=[STRONG_NL, STRONG_NL])
    test = ask(open_page(services=services), "Eerste vraag?")
    press(test, "conversation-new")
    assert test.title[0].value == "Waar loop je tegenaan?"
    ask(test, "Tweede vraag?")
    newest, oldest = services.conversations.list(PERSONAL_ACCOUNT)
    assert (newest.title, oldest.title) == ("Tweede vraag?", "Eerste vraag?")

    press(test, f"conversation-open-{oldest.id}")
    assert test.query_params["c"] == oldest.id
    press(test, f"conversation-more-{oldest.id}")
    next(field for field in test.text_input if field.label == "Titel").set_value("Prijs")
    next(button for button in test.button if button.label == "Bewaar titel").click()
    press(test, f"conversation-more-{oldest.id}")
    assert services.conversations.get(PERSONAL_ACCOUNT, oldest.id).title == "Prijs"

    press(test, f"conversation-more-{oldest.id}")
    test.button(key=f"conversation-more-{oldest.id}").click()
    test.checkbox(key=f"delete-sure-{oldest.id}").check().run()
    press_in_dialog(test, f"conversation-more-{oldest.id}", f"delete-{oldest.id}")
    assert [conversation.id for conversation in services.conversations.list(PERSONAL_ACCOUNT)] == [newest.id]
    assert "c" not in test.query_params


def test_question_that_was_never_answered_can_be_asked_again(open_page, services_for):
    services = services_for(answers=[STRONG_NL])
    conversation = services.conversations.create(PERSONAL_ACCOUNT, "Te duur?")

    test = open_page(services=services, c=conversation.id)
    assert "Je hebt dit antwoord gestopt." in texts(test)
    press(test, "ask-again")

    assert "Goed onderbouwd" in texts(test)
    assert len(services.conversations.list(PERSONAL_ACCOUNT)) == 1


def test_unknown_conversation_gives_a_sentence_and_a_fresh_start(open_page):
    test = open_page(c="gone")

    assert "Dit gesprek is er niet (meer)." in test.error[0].value
    assert test.title[0].value == "Waar loop je tegenaan?"


@pytest.mark.parametrize(("language", "words"), [("nl", "De bibliotheek is leeg."), ("en", "The library is empty.")])
def test_empty_library_says_what_to_do_first(open_page, language, words):
    test = open_page(language=language, documents=())

    assert words in texts(test)
    assert not [button for button in test.button if (button.key or "").startswith("example-")]


def test_question_without_words_gets_a_sentence(open_page, services_for):
    services = services_for()

    def refuse(*args, **kwargs):
        from assistant.coach.errors import EmptyQuestionError

        raise EmptyQuestionError("A question needs words.")

    fakes.fake_coach(services).answer = refuse
    test = ask(open_page(services=services), "???")

    assert "Er staan geen woorden in de vraag" in test.error[0].value
    assert services.conversations.list(PERSONAL_ACCOUNT) == []
