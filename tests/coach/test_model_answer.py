"""Model mode over a real port: what is streamed, what stands in the end, and every way it fails."""

import pytest

from assistant.coach.model_answer import ModelFailed, ModelWritten, notice_of, resolve_partial, write
from assistant.coach.types import NoticeKind
from assistant.model.chat_model import make_chat_model
from assistant.model.errors import LocalModelError
from assistant.settings import ModelSettings
from tests.builders import make_hit
from tests.servers import Fault, closed_port

HITS = [
    make_hit("Ask first what the customer compares your price with. Then be silent.", origin="price"),
    make_hit("Sum up what you heard. Agree on the next step before you leave.", origin="close"),
]
REPLY = "**In short**\nFind out what the price is compared with [2]. Then sum up [1]."


def written(address, *, silence=20.0, retries=0, tokens=60):
    """Return what was streamed and how the writing ended."""
    settings = ModelSettings(timeout_seconds=silence, max_retries=retries, max_tokens=tokens)
    writing = write("Too expensive?", HITS, [], "en", make_chat_model(settings, "", address))
    streamed = ""
    while True:
        try:
            streamed += next(writing).text
        except StopIteration as stop:
            return streamed, stop.value


def test_answer_is_streamed_with_the_models_numbers_and_ends_renumbered(faulty_endpoint):
    faulty_endpoint.replies = [REPLY]

    streamed, outcome = written(faulty_endpoint.url)

    assert streamed == REPLY
    assert isinstance(outcome, ModelWritten)
    assert outcome.resolved.text == REPLY.replace("[2]", "[n]").replace("[1]", "[2]").replace("[n]", "[1]")
    assert [entry.title for entry in outcome.resolved.citations] == ["close", "price"]
    assert outcome.raw_text == REPLY
    assert not outcome.repaired


def test_model_is_given_the_passages_and_the_question(faulty_endpoint):
    written(faulty_endpoint.url)

    (request,) = faulty_endpoint.requests
    user = request["messages"][-1]["content"]
    assert all(hit.passage.text in user for hit in HITS)
    assert user.endswith("Too expensive?")


@pytest.mark.parametrize("useless", ["Ask first.", "Ask first [7].", "", "I cannot answer that."])
def test_answer_without_a_valid_number_is_asked_for_once_more(faulty_endpoint, useless):
    faulty_endpoint.replies = [useless, REPLY]

    _, outcome = written(faulty_endpoint.url)

    assert isinstance(outcome, ModelWritten)
    assert outcome.repaired
    assert len(outcome.resolved.citations) == 2
    assert len(faulty_endpoint.requests) == 2
    assert [message["role"] for message in faulty_endpoint.requests[1]["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]


def test_second_answer_without_a_valid_number_is_unusable(faulty_endpoint):
    faulty_endpoint.replies = ["Ask <b>first</b> [9]."]

    streamed, outcome = written(faulty_endpoint.url)

    assert outcome == ModelFailed(NoticeKind.MODEL_UNUSABLE, "Ask first.")
    assert "<" not in streamed
    assert len(faulty_endpoint.requests) == 2


def test_failing_repair_says_how_it_failed_and_keeps_the_first_answer(faulty_endpoint):
    faulty_endpoint.replies = ["Ask first."]
    faulty_endpoint.faults = [None, Fault.SERVER_ERROR]

    _, outcome = written(faulty_endpoint.url)

    assert (outcome.notice, outcome.partial_text) == (NoticeKind.MODEL_UNREACHABLE, "Ask first.")


@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        (Fault.CUT_HALF_WAY, NoticeKind.MODEL_CUT_OFF),
        (Fault.STOPPED_HALF_WAY, NoticeKind.MODEL_CUT_OFF),
        (Fault.ERROR_HALF_WAY, NoticeKind.MODEL_CUT_OFF),
        (Fault.HANG_HALF_WAY, NoticeKind.MODEL_TIMED_OUT),
    ],
)
def test_what_was_streamed_before_a_failure_is_kept_without_numbers(faulty_endpoint, fault, notice):
    faulty_endpoint.replies = ["Find out [1] what the price is compared with, and then sum it all up [2]."]
    faulty_endpoint.faults = [fault]

    streamed, outcome = written(faulty_endpoint.url, silence=1.0)

    assert outcome.notice is notice
    assert outcome.partial_text.startswith("Find out what the price")
    assert streamed.startswith("Find out [1] what the price")
    assert "[" not in outcome.partial_text


@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        (Fault.HANG, NoticeKind.MODEL_TIMED_OUT),
        (Fault.PING, NoticeKind.MODEL_TIMED_OUT),
        (Fault.RATE_LIMITED, NoticeKind.MODEL_RATE_LIMITED),
        (Fault.SERVER_ERROR, NoticeKind.MODEL_UNREACHABLE),
        (Fault.CUT_AT_ONCE, NoticeKind.MODEL_UNREACHABLE),
        (Fault.GARBAGE, NoticeKind.MODEL_UNREACHABLE),
        (Fault.WEB_PAGE, NoticeKind.MODEL_UNREACHABLE),
        (Fault.UNAUTHORIZED, NoticeKind.MODEL_REFUSED),
        (Fault.UNKNOWN_MODEL, NoticeKind.MODEL_REFUSED),
    ],
)
def test_failure_before_any_text_has_its_notice(faulty_endpoint, fault, notice):
    faulty_endpoint.faults = [fault]

    streamed, outcome = written(faulty_endpoint.url, silence=1.0)

    assert (streamed, outcome.notice, outcome.partial_text) == ("", notice, "")
    assert outcome.error.hint


def test_nothing_listens():
    assert written(closed_port())[1].notice is NoticeKind.MODEL_UNREACHABLE


def test_local_model_that_is_missing_is_unreachable():
    assert notice_of(LocalModelError("no file")) is NoticeKind.MODEL_UNREACHABLE


def test_stopped_answer_keeps_its_citations():
    resolved = resolve_partial("Find out what the price is compared with [1]. Then [", HITS, "en")

    assert resolved.text == "Find out what the price is compared with [1]. Then"
    assert [entry.title for entry in resolved.citations] == ["price"]


@pytest.mark.model_server
def test_real_model_ends_in_checked_citations_or_in_a_notice(llama_url):
    _, outcome = written(llama_url, silence=200)

    if isinstance(outcome, ModelWritten):
        assert outcome.resolved.citations
        texts = {hit.passage.id: hit.passage.text for hit in HITS}
        assert all(entry.quote in texts[entry.passage_id] for entry in outcome.resolved.citations)
    else:
        assert outcome.notice is NoticeKind.MODEL_UNUSABLE


@pytest.mark.model_server
@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        (Fault.CUT_HALF_WAY, NoticeKind.MODEL_CUT_OFF),
        (Fault.RATE_LIMITED, NoticeKind.MODEL_RATE_LIMITED),
        (Fault.SERVER_ERROR, NoticeKind.MODEL_UNREACHABLE),
        (Fault.HANG, NoticeKind.MODEL_TIMED_OUT),
    ],
)
def test_fault_in_front_of_the_real_model_has_its_notice(faulty_llama, fault, notice):
    faulty_llama.faults = [fault]

    _, outcome = written(faulty_llama.url, silence=1.0 if fault is Fault.HANG else 200, tokens=20)

    assert outcome.notice is notice
