from datetime import UTC, datetime

import pytest

from assistant.coach.rewriting import needs_rewrite, small_talk, standalone
from assistant.coach.types import Answer, Mode, Turn
from assistant.model.chat_model import make_chat_model
from assistant.model.errors import ModelRateLimitedError, ModelUnreachableError
from assistant.settings import ModelSettings
from knowledge.types import Evidence
from tests.servers import Fault, closed_port


def turn(question, language, **options):
    answer = Answer("An answer.", Mode.LIBRARY, Evidence.STRONG, language, **options)
    return Turn("t", "c", question, question, answer, datetime.now(UTC))


DUTCH = turn("De klant zegt dat we te duur zijn, wat nu?", "nl")
ENGLISH = turn("How do I get past the secretary?", "en")

FOLLOW_UPS = {
    "nl": [
        "en als hij boos wordt?",
        "waarom?",
        "En per telefoon?",
        "Per telefoon?",
        "Kun je een voorbeeld geven?",
        "hoe zeg ik dat?",
        "wat als ze dan nee zegt?",
        "En bij een grote klant?",
        "geef een voorbeeldzin",
        "wat bedoel je daarmee?",
        "hoe vaak dan?",
        "Werkt dit ook bij kleine bedrijven?",
        "Hoe reageer ik als hij naar de concurrent gaat?",
        "kan het korter?",
        "nog een tip?",
        "ok en dan?",
    ],
    "en": [
        "what if she says no?",
        "and by phone?",
        "why?",
        "can you give an example?",
        "how do I say that?",
        "what about email?",
        "then what?",
        "which one works best?",
        "Does this approach work for enterprise accounts as well?",
        "How do I react when she compares us to a competitor?",
        "by phone?",
        "But what if they hang up?",
        "tell me more",
        "how so?",
    ],
}
INDEPENDENT = {
    "nl": [
        "Hoe kom ik langs de secretaresse?",
        "De klant zegt dat hij geen budget heeft, wat nu?",
        "Wat is SPIN?",
        "BANT?",
        "Koude acquisitie",
        "Hoe ga ik om met bezwaren?",
        "Wat zijn goede openingsvragen voor een eerste gesprek?",
        "Hoe haal ik mijn target dit kwartaal?",
        "Hoe maak ik duidelijk dat onze prijs klopt?",
        "Hoe ga ik om met een klant die niet beslist?",
    ],
    "en": [
        "How do I close a deal?",
        "What do I do when a customer says it's too expensive?",
        "What is MEDDIC?",
        "cold calling",
        "Is it better to email or call first in cold outreach?",
        "What if the customer says our price is too high?",
        "How do I hit my target this quarter?",
        "What questions uncover pain?",
        "my prospect ghosted me after the demo",
        "How should I follow up after a demo?",
    ],
}
BEFORE = {"nl": DUTCH, "en": ENGLISH}


def pairs(questions):
    return [(language, question) for language, some in questions.items() for question in some]


@pytest.mark.parametrize(("language", "question"), pairs(FOLLOW_UPS))
def test_follow_up_takes_along_what_was_asked_before(language, question):
    assert needs_rewrite(question, [BEFORE[language]])
    rewritten = standalone(question, [BEFORE[language]], None).question

    assert rewritten.startswith(question)
    assert ("duur" if language == "nl" else "secretary") in rewritten


@pytest.mark.parametrize(("language", "question"), pairs(INDEPENDENT))
def test_independent_question_is_left_alone(language, question):
    assert not needs_rewrite(question, [BEFORE[language]])
    assert standalone(question, [BEFORE[language]], None).question == question


@pytest.mark.parametrize(("language", "question"), pairs(FOLLOW_UPS))
def test_first_question_is_never_rewritten(language, question):
    assert standalone(question, [], None).question == question
    assert standalone(question, [turn("hoi", language, is_small_talk=True)], None).question == question


def test_small_talk_in_between_does_not_hide_what_was_asked():
    turns = [DUTCH, turn("dank je", "nl", is_small_talk=True)]

    assert standalone("en per telefoon?", turns, None).question == "en per telefoon? (klant zegt duur)"


def test_chain_of_follow_ups_keeps_the_subject_and_does_not_grow_without_end():
    turns, question = [DUTCH], ""
    for question in ("En per telefoon?", "en als hij boos wordt?", "waarom?") * 4:
        rewritten = standalone(question, turns, None).question
        turns.append(Turn("t", "c", question, rewritten, DUTCH.answer, datetime.now(UTC)))

    assert "duur" in turns[-1].search_question
    assert len(turns[-1].search_question) < 150


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hi"),
        ("nl", "hoi"),
        ("nl", "dank je"),
        ("en", "Dank je wel!"),
        ("nl", "Dankjewel, top!"),
        ("en", "ok thanks"),
        ("nl", "oké"),
        ("en", "thanks, that helps!"),
        ("en", "Thank you for your help"),
        ("nl", "bedankt voor je antwoord"),
        ("en", "Hi coach"),
        ("nl", "Goedemorgen allemaal"),
        ("nl", "👍"),
        ("nl", "hoe gaat het?"),
        ("nl", "ja"),
    ],
)
def test_small_talk_is_no_search(language, text):
    assert small_talk(text, language)
    assert not needs_rewrite(text, [BEFORE[language]])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hi, how do I close?"),
        ("nl", "ok en dan?"),
        ("nl", "goed gesprek"),
        ("nl", "hoe gaat het met de klant"),
        ("en", "top"),
        ("nl", "Bedankbrief schrijven"),
        ("en", "coach"),
    ],
)
def test_question_that_only_begins_politely_is_a_search(language, text):
    assert not small_talk(text, language)


# With a model ---------------------------------------------------------------------------------------------------------


def model_at(address):
    return make_chat_model(ModelSettings(timeout_seconds=20, max_retries=0), "", address)


@pytest.mark.parametrize(
    ("before", "question", "reply", "expected"),
    [
        (ENGLISH, "what if she says no?", "What if the secretary says no?", "What if the secretary says no?"),
        (ENGLISH, "why?", 'Question: "Why get past the secretary?"', "Why get past the secretary?"),
        (DUTCH, "en als hij boos wordt?", "Wat als de klant boos wordt?", "Wat als de klant boos wordt?"),
    ],
)
def test_model_rewrites_a_follow_up(faulty_endpoint, before, question, reply, expected):
    faulty_endpoint.replies = [reply]

    assert standalone(question, [before], model_at(faulty_endpoint.url)).question == expected


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Ask for her name [1].",
        "**In short** Ask the secretary for her name.",
        "- What if the secretary says no?\n- What if she hangs up?",
        "What about the weather in Paris?",
        "Wat als de secretaresse nee zegt?",
        "She says no. The secretary is only doing her job. Then call again and say no.",
        "What if the secretary says no " * 20,
    ],
)
def test_reply_that_is_no_question_about_the_same_is_not_used(faulty_endpoint, reply):
    faulty_endpoint.replies = [reply]

    result = standalone("what if she says no?", [ENGLISH], model_at(faulty_endpoint.url))

    assert result.question == "what if she says no? (past secretary)"
    assert result.error is None


def test_model_is_not_asked_about_a_first_or_an_independent_question(faulty_endpoint):
    model = model_at(faulty_endpoint.url)

    assert standalone("why?", [], model).question == "why?"
    assert standalone("How do I close a deal?", [ENGLISH], model).question == "How do I close a deal?"
    assert faulty_endpoint.requests == []


def test_failing_model_leaves_the_rules_and_says_why(faulty_endpoint):
    faulty_endpoint.faults = [Fault.RATE_LIMITED_FOR_LONG]

    limited = standalone("why?", [ENGLISH], model_at(faulty_endpoint.url))
    absent = standalone("why?", [ENGLISH], model_at(closed_port()))

    assert limited.question == absent.question == "why? (past secretary)"
    assert isinstance(limited.error, ModelRateLimitedError)
    assert isinstance(absent.error, ModelUnreachableError)
    assert standalone("why?", [ENGLISH], model_at(closed_port())).question == "why? (past secretary)"
