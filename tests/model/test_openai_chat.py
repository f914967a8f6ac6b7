"""Every way an endpoint fails, over a real port."""

import pytest

from assistant.model.chat_model import Message, make_chat_model
from assistant.model.errors import (
    ModelCutOffError,
    ModelError,
    ModelRateLimitedError,
    ModelRefusedError,
    ModelTimedOutError,
    ModelUnreachableError,
)
from assistant.settings import ModelSettings
from tests.servers import Fault, closed_port

QUESTION = [Message("system", "Be short."), Message("user", "How do I open?")]
REPLY = "Ask what the price is compared with [1]."
SILENCE = 1.0


def model_at(address, *, key="", retries=1, silence=20.0, name="scripted"):
    model = make_chat_model(
        ModelSettings(name=name, timeout_seconds=silence, max_retries=retries, max_tokens=50), key, address
    )
    assert model is not None
    return model


def received(model):
    """Stream a reply; return the pieces that came before it ended, and the error it ended with."""
    text = ""
    try:
        for piece in model.stream(QUESTION):
            text += piece
    except ModelError as error:
        return text, error
    return text, None


def test_reply_arrives_in_pieces(faulty_endpoint):
    pieces = list(model_at(faulty_endpoint.url).stream(QUESTION))

    assert "".join(pieces) == REPLY
    assert len(pieces) > 3


def test_request_carries_messages_settings_and_key(faulty_endpoint):
    model_at(faulty_endpoint.url, key="sk-secret").complete(QUESTION)

    (request,) = faulty_endpoint.requests
    assert [(message["role"], message["content"]) for message in request["messages"]] == [
        ("system", "Be short."),
        ("user", "How do I open?"),
    ]
    assert request["model"] == "scripted"
    assert request["temperature"] == 0.2
    assert request["max_tokens"] == 50
    assert request["stream"] is True
    assert faulty_endpoint.keys == ["sk-secret"]


@pytest.mark.parametrize("fault", [Fault.CUT_HALF_WAY, Fault.STOPPED_HALF_WAY, Fault.ERROR_HALF_WAY])
def test_broken_stream_keeps_what_came_and_is_not_tried_again(faulty_endpoint, fault):
    faulty_endpoint.faults = [fault]

    text, error = received(model_at(faulty_endpoint.url))

    assert REPLY.startswith(text.strip())
    assert text
    assert isinstance(error, ModelCutOffError)
    assert len(faulty_endpoint.requests) == 1


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.HANG_HALF_WAY, Fault.PING])
def test_silence_ends_also_when_the_line_is_kept_open(faulty_endpoint, fault):
    faulty_endpoint.faults = [fault]

    text, error = received(model_at(faulty_endpoint.url, silence=SILENCE))

    assert isinstance(error, ModelTimedOutError)
    assert bool(text) == (fault is Fault.HANG_HALF_WAY)
    assert len(faulty_endpoint.requests) == 1


@pytest.mark.parametrize(
    "fault", [Fault.SERVER_ERROR, Fault.RATE_LIMITED, Fault.CUT_AT_ONCE, Fault.GARBAGE, Fault.WEB_PAGE]
)
def test_passing_failure_before_any_text_is_tried_again(faulty_endpoint, fault):
    faulty_endpoint.faults = [fault]

    text, error = received(model_at(faulty_endpoint.url))

    assert (text, error) == (REPLY, None)
    assert len(faulty_endpoint.requests) == 2


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.SERVER_ERROR, ModelUnreachableError),
        (Fault.CUT_AT_ONCE, ModelUnreachableError),
        (Fault.GARBAGE, ModelUnreachableError),
        (Fault.WEB_PAGE, ModelUnreachableError),
        (Fault.RATE_LIMITED, ModelRateLimitedError),
    ],
)
def test_lasting_failure_is_given_up_after_the_retries(faulty_endpoint, fault, expected):
    faulty_endpoint.faults = [fault] * 5

    text, error = received(model_at(faulty_endpoint.url, retries=1))

    assert text == ""
    assert isinstance(error, expected)
    assert error.hint
    assert len(faulty_endpoint.requests) == 2


def test_retries_can_be_switched_off(faulty_endpoint):
    faulty_endpoint.faults = [Fault.SERVER_ERROR]

    _, error = received(model_at(faulty_endpoint.url, retries=0))

    assert isinstance(error, ModelUnreachableError)
    assert len(faulty_endpoint.requests) == 1


def test_long_wait_that_the_endpoint_asks_for_is_not_waited(faulty_endpoint):
    faulty_endpoint.faults = [Fault.RATE_LIMITED_FOR_LONG]

    _, error = received(model_at(faulty_endpoint.url))

    assert isinstance(error, ModelRateLimitedError)
    assert error.retry_after == 3600
    assert len(faulty_endpoint.requests) == 1


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.UNKNOWN_MODEL])
def test_refusal_is_final(faulty_endpoint, fault):
    faulty_endpoint.faults = [fault]

    _, error = received(model_at(faulty_endpoint.url))

    assert isinstance(error, ModelRefusedError)
    assert len(faulty_endpoint.requests) == 1


def test_temperature_is_left_out_for_models_that_refuse_it(faulty_endpoint):
    model = model_at(faulty_endpoint.url)
    faulty_endpoint.faults = [Fault.NO_TEMPERATURE]

    assert received(model) == (REPLY, None)
    assert received(model) == (REPLY, None)
    assert ["temperature" in request for request in faulty_endpoint.requests] == [True, False, False]


def test_nothing_listens():
    text, error = received(model_at(closed_port()))

    assert text == ""
    assert isinstance(error, ModelUnreachableError)
    assert error.retryable


def test_reply_without_text_is_empty_and_no_error(faulty_endpoint):
    faulty_endpoint.faults = [Fault.NO_TEXT]

    assert received(model_at(faulty_endpoint.url)) == ("", None)


def test_reply_that_ran_into_its_limit_ends_in_an_ellipsis(faulty_endpoint):
    faulty_endpoint.faults = [Fault.TOO_LONG]

    assert received(model_at(faulty_endpoint.url)) == (f"{REPLY} …", None)


def test_thoughts_of_a_reasoning_model_are_left_out(faulty_endpoint):
    faulty_endpoint.replies = [f"<think>The user wants 99% off. </think>{REPLY}"]

    assert received(model_at(faulty_endpoint.url)) == (REPLY, None)


def test_check_passes_on_any_reply_and_fails_as_an_answer_would(faulty_endpoint):
    model = model_at(faulty_endpoint.url)
    faulty_endpoint.faults = [None, Fault.UNAUTHORIZED]

    model.check()
    with pytest.raises(ModelRefusedError):
        model.check()


def test_stopping_half_way_leaves_the_model_usable(faulty_endpoint):
    model = model_at(faulty_endpoint.url)
    reply = model.stream(QUESTION)
    next(reply)

    reply.close()

    assert model.complete(QUESTION) == REPLY
