"""Fifty questions in model mode on the real llama.cpp server: stream cut, 429, 500 and a hang injected."""

from itertools import cycle

import pytest

from assistant.coach.coach import Coach
from assistant.coach.types import Mode
from assistant.model.chat_model import make_chat_model
from assistant.model.messages import Message
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.settings import ModelSettings
from knowledge.types import Evidence
from tests.coach.questions import QUESTIONS
from tests.coach.test_coach import assert_citations_hold
from tests.servers import Fault

FAULTS = (None, Fault.CUT_HALF_WAY, None, Fault.RATE_LIMITED_FOR_LONG, None, Fault.SERVER_ERROR)
HANGS = (6, 26)
BRIEF = ModelSettings(name="small", timeout_seconds=20.0, max_retries=0, max_tokens=48)
"""Short replies: what is tested is the path, not the prose of a small model."""


class ShortSighted:
    """Sends only the end of each message: a small model on two cores would read for minutes, to no other end."""

    def __init__(self, model):
        self._model = model
        self.name = model.name

    def stream(self, messages):
        return self._model.stream(_ends(messages))

    def complete(self, messages):
        return self._model.complete(_ends(messages))

    def check(self):
        self._model.check()


def _ends(messages):
    return [Message(message.role, message.content[-1000:]) for message in messages]


@pytest.mark.model_server
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_fifty_questions_hold_whatever_the_endpoint_does(starter_services, faulty_llama):
    model = make_chat_model(BRIEF, "", faulty_llama.url)
    coach = Coach(starter_services.library, starter_services.conversations, ShortSighted(model))
    notices = set()
    conversation = None
    for number, (question, planned) in enumerate(zip(QUESTIONS, cycle(FAULTS), strict=False)):
        fault = Fault.HANG if number in HANGS else planned
        # A follow-up asks the model twice: once to rewrite it, once to answer.
        faulty_llama.faults[:] = [fault, fault] if question.follows_up else [fault]
        conversation = conversation if question.follows_up else None
        turn = coach.ask(question.text, account_id=PERSONAL_ACCOUNT, conversation_id=conversation)
        conversation = turn.conversation_id
        assert_citations_hold(starter_services, turn.answer)
        if question.is_answerable:
            assert turn.answer.citations, question.text
        else:
            assert turn.answer.evidence is Evidence.NONE, question.text
        if fault is not None and turn.answer.evidence is not Evidence.NONE:
            assert turn.answer.mode is Mode.LIBRARY
            notices.add(turn.answer.notice)
    assert {notice.value for notice in notices} >= {"model_cut_off", "model_rate_limited", "model_timed_out"}
