import anyio
from starlette.requests import Request

from assistant import api
from assistant.coach.types import StepStarted, Token
from knowledge.errors import StoreError


def request_that_hangs_up_after(events):
    """A request whose caller is gone once it has been asked for `events` times."""
    asked = 0

    async def receive():
        nonlocal asked
        asked += 1
        if asked <= events:
            await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


def drained(request, events):
    async def drain():
        return [piece async for piece in api._event_stream(request, events, next(events))]

    return anyio.run(drain)


def test_the_coach_is_stopped_when_the_caller_hangs_up():
    closed = []

    def answer():
        try:
            while True:
                yield Token("word ")
        except GeneratorExit:
            closed.append(True)
            raise

    pieces = drained(request_that_hangs_up_after(3), answer())

    assert len(pieces) == 3
    assert closed == [True]


def test_an_error_half_way_is_the_last_event():
    def answer():
        yield StepStarted("find_evidence")
        raise StoreError("The disk is full.")

    pieces = drained(request_that_hangs_up_after(9), answer())

    assert [piece.split("\n")[0] for piece in pieces] == ["event: step_started", "event: error"]
    assert "The disk is full." in pieces[-1]


def test_line_breaks_in_a_token_stay_inside_one_event():
    pieces = drained(request_that_hangs_up_after(9), iter([Token("one\n\nevent: answer\ndata: {}")]))

    assert len(pieces) == 1
    assert pieces[0].count("\n") == 3
