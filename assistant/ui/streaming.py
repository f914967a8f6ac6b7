"""Waiting for a slow answer without being deaf: a person can press stop while the model is silent."""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

from assistant.coach.types import CoachEvent

_SECONDS_BETWEEN_CHECKS = 0.2


def interruptible(events: Iterator[CoachEvent], check: Callable[[], None]) -> Generator[CoachEvent]:
    """Yield the events, calling `check` a few times a second meanwhile; it may raise to stop.

    Streamlit can only stop a page between its commands, never inside a network call. So another thread waits for the
    events. When this generator is closed, that thread closes the events as soon as they let go.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")
    try:
        while (event := _result(pool.submit(next, events, None), check)) is not None:
            yield event
    finally:
        if isinstance(events, Generator):
            pool.submit(events.close)
        pool.shutdown(wait=False)


def _result(future: Future[CoachEvent | None], check: Callable[[], None]) -> CoachEvent | None:
    while not wait([future], timeout=_SECONDS_BETWEEN_CHECKS).done:
        check()
    return future.result()
