"""The questions that the coach offers are questions that the starter library answers."""

import pytest

from assistant.coach.follow_ups import questions
from assistant.people.accounts import PERSONAL_ACCOUNT
from knowledge.types import LANGUAGES, Evidence

SHOWN_IN_DOCS = 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offered_question_is_answered_and_the_best_ones_strongly(starter_services, language):
    weak, unanswered = [], []
    for listed in questions().values():
        for position, question in enumerate(listed):
            wording = question.wording(language)
            turn = starter_services.coach.ask(wording, account_id=PERSONAL_ACCOUNT, language=language)
            if turn.answer.evidence is Evidence.NONE:
                unanswered.append(wording)
            elif position < SHOWN_IN_DOCS and turn.answer.evidence is not Evidence.STRONG:
                weak.append(wording)

    assert (weak, unanswered) == ([], [])
