"""Stopping while nothing comes: the page is let go at once, the events are closed when they let go."""

from threading import Event

import pytest

from assistant.coach.types import Token
from assistant.ui.streaming import interruptible


class StopPage(BaseException):
    """As Streamlit's own: no Exception."""


def test_events_come_through_in_order():
    events = iter([Token("a"), Token("b")])

    assert list(interruptible(events, lambda: None)) == [Token("a"), Token("b")]


def test_error_comes_through():
    def failing():
        yield Token("a")
        raise KeyError("x")

    with pytest.raises(KeyError):
        list(interruptible(failing(), lambda: None))


def test_check_may_stop_while_nothing_comes_and_the_events_are_closed():
    may_go_on, closed = Event(), Event()

    def silent():
        try:
            yield Token("a")
            may_go_on.wait(30)
            yield Token("b")
        finally:
            closed.set()

    def stop():
        raise StopPage

    heard = interruptible(silent(), stop)
    assert next(heard) == Token("a")
    with pytest.raises(StopPage):
        next(heard)
    assert not closed.is_set()

    may_go_on.set()
    assert closed.wait(30)
