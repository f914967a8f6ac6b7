import re

import pytest

from assistant.coach.coach import Coach
from assistant.coach.errors import ConversationNotFoundError, EmptyQuestionError
from assistant.coach.types import AnswerReady, Mode, Notice, NoticeKind, PassagesFound, StepFinished, StepStarted, Token
from assistant.model.errors import ModelCutOffError, ModelUnreachableError
from assistant.people.accounts import PERSONAL_ACCOUNT
from knowledge.types import Evidence
from tests.coach.questions import QUESTIONS


def ask(services, question, **options):
    return services.coach.ask(question, account_id=PERSONAL_ACCOUNT, **options)


def assert_citations_hold(services, answer):
    """Every number has its citation, every citation its number, every quote stands verbatim in its passage."""
    used = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert sorted(set(used)) == [entry.number for entry in answer.citations]
    assert [entry.number for entry in answer.citations] == list(range(1, len(answer.citations) + 1))
    for entry in answer.citations:
        passage, document = services.library.passage(entry.passage_id)
        assert entry.quote in passage.text
        assert entry.quote in services.library.text_of(document.id)
        assert (entry.document_id, entry.title) == (document.id, document.title)


def test_fifty_questions_are_cited_truly_or_not_answered(starter_services):
    conversation = None
    for question in QUESTIONS:
        turn = ask(starter_services, question.text, conversation_id=conversation if question.follows_up else None)
        conversation = turn.conversation_id
        assert_citations_hold(starter_services, turn.answer)
        if question.is_answerable:
            assert turn.answer.citations, question.text
        else:
            assert turn.answer.evidence is Evidence.NONE, question.text
            assert not turn.answer.citations


def test_an_answer_comes_with_practice_and_reading_in_the_askers_language(starter_services):
    answer = ask(starter_services, "De klant zegt dat we te duur zijn, wat nu?").answer

    assert answer.evidence is Evidence.STRONG
    assert answer.language == "nl"
    assert 1 <= len(answer.practice) <= 3
    assert {item.kind for item in answer.practice} == {"practice_case"}
    assert {item.language for item in (*answer.practice, *answer.reading)} == {"nl"}
    shown = [item.document_id for item in (*answer.practice, *answer.reading)]
    assert len(shown) == len(set(shown))
    assert not set(shown) & {entry.document_id for entry in answer.citations}


def test_what_cannot_be_answered_is_noted_as_a_gap(starter_services):
    answer = ask(starter_services, "hoe bak ik een appeltaart").answer

    assert answer.mode is Mode.LIBRARY
    assert [gap.question for gap in starter_services.conversations.gaps(PERSONAL_ACCOUNT)] == [
        "hoe bak ik een appeltaart"
    ]


def test_small_talk_is_no_search_and_no_gap(starter_services):
    answer = ask(starter_services, "Bedankt!").answer

    assert answer.is_small_talk
    assert "bezwaar" in answer.text
    assert list(starter_services.conversations.gaps(PERSONAL_ACCOUNT)) == []


def test_a_follow_up_is_searched_with_what_went_before(starter_services):
    first = ask(starter_services, "how do I get past the secretary")
    second = ask(starter_services, "and by e-mail?", conversation_id=first.conversation_id)

    assert "secretary" in second.search_question
    assert second.question == "and by e-mail?"


def test_events_come_in_order_and_the_shown_turn_is_the_stored_one(starter_services):
    events = list(starter_services.coach.answer("how do I get past the secretary", account_id=PERSONAL_ACCOUNT))

    steps = [event.step for event in events if isinstance(event, StepStarted)]
    assert steps == ["rewrite", "find_evidence", "write", "suggest", "store"]
    assert steps == [event.step for event in events if isinstance(event, StepFinished)]
    assert sum(isinstance(event, PassagesFound) for event in events) == 1
    assert isinstance(events[-1], AnswerReady)
    turn = events[-1].turn
    assert list(starter_services.conversations.turns(PERSONAL_ACCOUNT, turn.conversation_id)) == [turn]


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 5000])
def test_a_question_without_words_is_refused_before_anything_is_stored(services, question):
    with pytest.raises(EmptyQuestionError):
        ask(services, question)
    assert services.conversations.list(PERSONAL_ACCOUNT) == []


def test_another_persons_conversation_cannot_be_continued(services):
    with pytest.raises(ConversationNotFoundError):
        ask(services, "how do I sell?", conversation_id="not-mine")


def test_an_empty_library_says_so(services):
    answer = ask(services, "how do I get past the secretary").answer

    assert answer.evidence is Evidence.NONE
    assert answer.nearest_topics == ()


class ScriptedModel:
    """A chat model that says what it is told to, then fails when told to."""

    name = "scripted"

    def __init__(self, pieces, failure=None):
        self.pieces = pieces
        self.failure = failure
        self.asked = []

    def stream(self, messages):
        self.asked.append(messages)
        yield from self.pieces
        if self.failure:
            raise self.failure

    def complete(self, messages):
        self.asked.append(messages)
        if self.failure:
            raise self.failure
        return "".join(self.pieces)

    def check(self):
        """Always well."""


def coach_with(services, model):
    return Coach(services.library, services.conversations, model)


def test_a_models_answer_is_streamed_and_its_invented_numbers_are_removed(starter_services):
    model = ScriptedModel(["Say honestly who you are [1]. ", "Also send a gift [99]."])
    events = list(
        coach_with(starter_services, model).answer("how do I get past the secretary", account_id=PERSONAL_ACCOUNT)
    )

    answer = events[-1].turn.answer
    assert answer.mode is Mode.MODEL
    assert "[99]" not in answer.text
    assert [entry.number for entry in answer.citations] == [1]
    assert_citations_hold(starter_services, answer)
    assert any(isinstance(event, Token) for event in events)


@pytest.mark.parametrize(
    ("failure", "notice"),
    [
        (ModelUnreachableError("gone"), NoticeKind.MODEL_UNREACHABLE),
        (ModelCutOffError("cut"), NoticeKind.MODEL_CUT_OFF),
    ],
)
def test_a_failing_model_leaves_the_librarys_answer_and_what_was_streamed(starter_services, failure, notice):
    model = ScriptedModel(["Say honestly who "], failure)
    events = list(
        coach_with(starter_services, model).answer("how do I get past the secretary", account_id=PERSONAL_ACCOUNT)
    )

    answer = events[-1].turn.answer
    assert answer.mode is Mode.LIBRARY
    assert answer.notice is notice
    assert answer.partial_text.startswith("Say honestly who")
    assert answer.citations
    assert Notice(notice) in events


def test_stopping_keeps_what_was_read(starter_services):
    model = ScriptedModel(["Say honestly who you are [1]. ", "Never reached."])
    events = coach_with(starter_services, model).answer("how do I get past the secretary", account_id=PERSONAL_ACCOUNT)
    for event in events:
        if isinstance(event, Token):
            break
    events.close()

    (conversation,) = starter_services.conversations.list(PERSONAL_ACCOUNT)
    (turn,) = starter_services.conversations.turns(PERSONAL_ACCOUNT, conversation.id)
    assert turn.answer.notice is NoticeKind.STOPPED
    assert turn.answer.text.startswith("Say honestly")
    assert_citations_hold(starter_services, turn.answer)


def test_without_evidence_the_model_is_not_asked(starter_services):
    model = ScriptedModel(["anything [1]"])
    turn = coach_with(starter_services, model).ask("who painted the night watch", account_id=PERSONAL_ACCOUNT)

    assert turn.answer.evidence is Evidence.NONE
    assert model.asked == []


def test_a_model_that_fails_to_rewrite_is_not_waited_for_again(starter_services):
    model = ScriptedModel(["anything"], ModelUnreachableError("gone"))
    coach = coach_with(starter_services, model)
    first = ask(starter_services, "how do I get past the secretary")
    turn = coach.ask(
        "and what if she asks what it is about?", account_id=PERSONAL_ACCOUNT, conversation_id=first.conversation_id
    )

    assert len(model.asked) == 1
    assert turn.answer.mode is Mode.LIBRARY
    assert turn.answer.notice is NoticeKind.MODEL_UNREACHABLE
    assert turn.answer.citations
