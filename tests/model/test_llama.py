"""The protocol against a real server: llama.cpp with a small model, and the same behind a proxy that fails."""

import pytest

from assistant.model.chat_model import Message, make_chat_model
from assistant.model.errors import (
    ModelCutOffError,
    ModelRateLimitedError,
    ModelRefusedError,
    ModelTimedOutError,
    ModelUnreachableError,
)
from assistant.settings import ModelSettings
from tests.servers import Fault

pytestmark = pytest.mark.model_server

QUESTION = [Message("system", "Answer in one sentence."), Message("user", "How do I open a sales call?")]


def model_at(address, *, silence=120.0, tokens=24):
    model = make_chat_model(ModelSettings(name="smollm2", timeout_seconds=silence, max_tokens=tokens), "", address)
    assert model is not None
    return model


def test_real_server_streams_a_reply(llama_url):
    pieces = list(model_at(llama_url).stream(QUESTION))

    assert len(pieces) > 5
    assert "".join(pieces).strip()


def test_real_server_passes_the_check(llama_url):
    model_at(llama_url).check()


def test_real_server_refuses_what_does_not_fit_its_context(llama_url):
    with pytest.raises(ModelRefusedError):
        model_at(llama_url).complete([Message("user", "price " * 20_000)])


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.CUT_HALF_WAY, ModelCutOffError),
        (Fault.STOPPED_HALF_WAY, ModelCutOffError),
        (Fault.RATE_LIMITED, ModelRateLimitedError),
        (Fault.SERVER_ERROR, ModelUnreachableError),
        (Fault.GARBAGE, ModelUnreachableError),
    ],
)
def test_fault_in_front_of_the_real_server_has_its_own_error(faulty_llama, fault, expected):
    faulty_llama.faults = [fault] * 2

    with pytest.raises(expected):
        model_at(faulty_llama.url).complete(QUESTION)


def test_hang_in_front_of_the_real_server_ends(faulty_llama):
    faulty_llama.faults = [Fault.HANG]

    with pytest.raises(ModelTimedOutError):
        model_at(faulty_llama.url, silence=0.5).complete(QUESTION)


def test_server_error_that_passes_is_not_noticed(faulty_llama):
    faulty_llama.faults = [Fault.SERVER_ERROR]

    assert model_at(faulty_llama.url).complete(QUESTION).strip()
    assert len(faulty_llama.requests) == 2
